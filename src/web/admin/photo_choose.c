/* web/admin/photo_choose.c - photos for an item: from the library, or from the person's
 * machine. Nothing is changed here: the form comes back with all that was typed (a
 * working copy, ?unsaved=) and the photos behind its own (?add=). js/choose.js shows the
 * page within the form. */
#include "web/admin/item.h"
#include "web/admin/photo.h"
#include "web/handlers.h"

enum { CHOOSE_LINES = 24, DRAFT_MAX = 64 };

static const struct form_spec choose_fields[] = {
    {"q", FIELD_LINE, S_LIBRARY_PHOTOS_WORDS, S_LIBRARY_PHOTOS_WORDS_HINT,
     LIBRARY_WORDS_MAX, false, "off", 0},
    {"unsaved", FIELD_HIDDEN, S__MAX, S__MAX, DRAFT_MAX, false, NULL, 0},
};

/* The page while it is put together. */
struct choose {
    struct visit *v;
    int64_t item_id; /* 0: a new item */
    struct form form;
    struct library_page page;
};

/* An address with the word of the kept text, if there is one, and more. */
static struct str
address_of(const struct choose *c, const char *below, struct str more)
{
    struct visit *v = c->v;
    struct str unsaved = form_value(&c->form, "unsaved");
    struct str to = item_form_address(v, c->item_id, below);
    struct str kept = STR("");
    if (unsaved.n > 0)
        kept = str_fmt(v->a, "unsaved=%.*s", STR_ARG(http_encode_value(v->a, unsaved)));
    return str_fmt(v->a, "%.*s%s%.*s%s%.*s", STR_ARG(to), kept.n + more.n > 0 ? "?" : "",
                   STR_ARG(kept), kept.n > 0 && more.n > 0 ? "&" : "", STR_ARG(more));
}

static struct view_tiles
tiles_of(const struct choose *c)
{
    struct visit *v = c->v;
    struct str words = http_encode_value(v->a, form_value(&c->form, "q"));
    struct view_tiles t = photo_tiles(v, c->page.all, c->page.n);
    t.action = item_form_address(v, c->item_id, "");
    t.kept = STR("unsaved");
    t.kept_value = form_value(&c->form, "unsaved");
    t.pick = STR("add");
    t.pick_label = staff_word(v, S_LIST_PICK);
    t.button = staff_word(v, S_USE_TAKE);
    photo_ways(v, address_of(c, "photos/", str_fmt(v->a, "q=%.*s", STR_ARG(words))),
               &c->page, &t);
    return t;
}

static enum rc
show(struct choose *c, struct view_staff_frame *f, struct http_response *r,
     struct err *err)
{
    struct visit *v = c->v;
    struct view_link back = {address_of(c, "", STR("")), staff_word(v, S_USE_BACK)};
    struct view_button find = {NULL, NULL, staff_word(v, S_LIST_FIND)};
    struct view_form asked = {.action = item_form_address(v, c->item_id, "photos/"),
                              .fields = c->form.fields,
                              .n_fields = c->form.n,
                              .buttons = &find,
                              .n_buttons = 1,
                              .is_question = true,
                              .is_inline = true};
    struct view_tiles tiles = tiles_of(c);
    struct view_block blocks[] = {
        {.links = &back, .n_links = 1},
        {.heading = staff_word(v, S_LIBRARY_PHOTOS), .form = &asked},
        {.tiles = &tiles},
    };
    f->title = staff_word(v, S_USE_CHOOSE);
    return staff_page(v, f, blocks, N_ELEMENTS(blocks), c->form.n_errors > 0 ? 422 : 200,
                      r, err);
}

static enum rc
read_asked(struct choose *c, struct library_filter *asked, struct err *err)
{
    struct visit *v = c->v;
    TRY(form_read_query(&c->form, v, choose_fields, N_ELEMENTS(choose_fields), err));
    *asked = (struct library_filter){.words = form_value(&c->form, "q")};
    return photo_read_place(v, asked, err);
}

enum rc
admin_photos_choose(struct visit *v, struct http_response *r, struct err *err)
{
    struct choose c = {.v = v};
    struct view_staff_frame f = staff_frame(v, S_USE_CHOOSE, PLACE_NEW_ITEM);
    struct library_filter asked;
    struct item_visit iv;
    if (v->match.route->id != ROUTE_ITEM_NEW_CHOOSE) {
        TRY(item_open(v, &iv, err));
        if (!iv.now.may_edit)
            return err_set(err, RC_DENIED, "nothing can be written there now");
        c.item_id = iv.now.item.id;
        f = item_frame(v, &iv.now, ITEM_PAGE_EDIT);
    }
    TRY(read_asked(&c, &asked, err));
    TRY(visit_data(v, err));
    struct desk d = staff_desk(v);
    if (c.form.n_errors == 0)
        TRY(news_library_list(&d, &asked, CHOOSE_LINES, v->a, &c.page, err));
    return show(&c, &f, r, err);
}
