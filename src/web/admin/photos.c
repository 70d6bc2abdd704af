/* web/admin/photos.c - the photo library: what is in it, found by words, by dates, by
 * what is still to be done. */
#include "web/admin/photo.h"
#include "web/handlers.h"

#include "base/time.h"

enum { PHOTOS_LINES = 24, WORD_MAX = 40 };

static const struct form_spec fields[] = {
    {"q", FIELD_LINE, S_LIBRARY_PHOTOS_WORDS, S_LIBRARY_PHOTOS_WORDS_HINT,
     LIBRARY_WORDS_MAX, false, "off", 0},
    {"state", FIELD_CHOICE, S_STAFF_STATE, S__MAX, WORD_MAX, false, NULL, 0},
    {"credit", FIELD_LINE, S_LIBRARY_FIELD_CREDIT, S__MAX, LIBRARY_WORDS_MAX, false,
     "off", 0},
    {"creator", FIELD_LINE, S_LIBRARY_FIELD_CREATOR, S__MAX, LIBRARY_WORDS_MAX, false,
     "off", 0},
    {"caption", FIELD_LINE, S_LIBRARY_FIELD_CAPTION, S__MAX, LIBRARY_WORDS_MAX, false,
     "off", 0},
    {"from", FIELD_DAY, S_LIBRARY_PHOTOS_FROM, S__MAX, WORD_MAX, false, NULL, 0},
    {"until", FIELD_DAY, S_LIBRARY_PHOTOS_UNTIL, S__MAX, WORD_MAX, false, NULL, 0},
};
enum { N_FIELDS = N_ELEMENTS(fields) };

static const enum tpl_string states[LIBRARY__MAX] = {
    [LIBRARY_ANY] = S_LIBRARY_PHOTOS_ALL,
    [LIBRARY_TO_CONFIRM] = S_LIBRARY_TO_CONFIRM,
    [LIBRARY_WITHOUT_CREDIT] = S_LIBRARY_NO_CREDIT,
    [LIBRARY_UNUSED] = S_LIBRARY_UNUSED,
    [LIBRARY_ENDING] = S_LIBRARY_PHOTOS_ENDING,
    [LIBRARY_ENDED] = S_LIBRARY_ENDED,
    [LIBRARY_WITHDRAWN] = S_LIBRARY_WITHDRAWN,
};

/* In the address no word is all. */
static const char *
word_of(int state)
{
    return state == LIBRARY_ANY ? "" : library_state_word((enum library_state)state);
}

/* What is asked for: the form as it stands in the address, and its meaning. */
struct filter {
    struct form form;
    struct library_filter asked;
    bool is_any;
};

/* ---- from the address ---- */

static void
offer_states(struct visit *v, struct form *form)
{
    struct view_option *options = arena_array(v->a, struct view_option, LIBRARY__MAX);
    for (int i = 0; i < LIBRARY__MAX; i++)
        options[i] = (struct view_option){str_of(word_of(i)), staff_word(v, states[i])};
    form_options(form, "state", options, LIBRARY__MAX);
}

static struct str
take_day(struct form *form, const char *name)
{
    struct str day = form_value(form, name);
    bool is_date = false;
    int64_t t;
    struct err err;
    if (day.n > 0 && (time_read(day, &t, &is_date, &err) != RC_OK || !is_date))
        form_error(form, name, S_LIST_NO_DAY);
    return day;
}

static enum rc
read_filter(struct visit *v, struct filter *f, struct err *err)
{
    *f = (struct filter){0};
    struct form *form = &f->form;
    TRY(form_read_query(form, v, fields, N_FIELDS, err));
    offer_states(v, form);
    form_check_choices(form);
    f->asked = (struct library_filter){.words = form_value(form, "q"),
                                       .credit = form_value(form, "credit"),
                                       .creator = form_value(form, "creator"),
                                       .caption = form_value(form, "caption"),
                                       .from = take_day(form, "from"),
                                       .until = take_day(form, "until")};
    for (int i = 0; i < LIBRARY__MAX; i++)
        if (str_eq_z(form_value(form, "state"), word_of(i)))
            f->asked.state = (enum library_state)i;
    for (int i = 0; i < N_FIELDS; i++)
        f->is_any = f->is_any || form->fields[i].value.n > 0;
    for (int i = 2; i < N_FIELDS; i++)
        form->fields[i].fold = staff_word(v, S_LIST_FILTER);
    return photo_read_place(v, &f->asked, err);
}

/* ---- addresses ---- */

/* The list by this filter, from its beginning. */
static struct str
address_of(struct visit *v, const struct filter *f)
{
    char mark;
    return form_address(v, PHOTOS, &f->form, &mark);
}

/* A link for each state, in a row below the heading. */
static void
add_views(struct visit *v, const struct filter *filter, struct view_staff_frame *f)
{
    struct view_link *links = arena_array(v->a, struct view_link, LIBRARY__MAX);
    struct str here = address_of(v, filter);
    f->page = -1;
    f->pages = links;
    f->n_pages = LIBRARY__MAX;
    f->pages_name = staff_word(v, S_LIST_VIEWS);
    for (int i = 0; i < LIBRARY__MAX; i++) {
        links[i].name = staff_word(v, states[i]);
        links[i].url = i == LIBRARY_ANY ? STR(PHOTOS)
                                        : str_fmt(v->a, PHOTOS "?state=%s", word_of(i));
        if (str_eq(links[i].url, here))
            f->page = i;
    }
}

/* ---- the page ---- */

static struct view_tiles
tiles_of(struct visit *v, const struct filter *filter, const struct library_page *page)
{
    struct view_tiles t = photo_tiles(v, page->all, page->n);
    t.action = STR(PHOTOS "batch/");
    t.pick = STR("ids");
    t.pick_label = staff_word(v, S_LIST_PICK);
    t.button = staff_word(v, S_LIBRARY_PHOTOS_BATCH);
    photo_ways(v, address_of(v, filter), page, &t);
    return t;
}

enum rc
admin_photos(struct visit *v, struct http_response *r, struct err *err)
{
    struct view_staff_frame f = staff_frame(v, S_LIBRARY_PHOTOS, PLACE_PHOTOS);
    struct filter filter;
    struct library_page page = {0};
    TRY(read_filter(v, &filter, err));
    TRY(visit_data(v, err));
    struct desk d = staff_desk(v);
    bool is_wrong = filter.form.n_errors > 0;
    if (!is_wrong)
        TRY(news_library_list(&d, &filter.asked, PHOTOS_LINES, v->a, &page, err));
    struct view_button find = {NULL, NULL, staff_word(v, S_LIST_FIND)};
    struct view_form asked = {.action = STR(PHOTOS),
                              .fields = filter.form.fields,
                              .n_fields = filter.form.n,
                              .buttons = &find,
                              .n_buttons = 1,
                              .is_question = true,
                              .is_inline = true,
                              .is_open = filter.is_any && filter.asked.state == 0};
    struct view_tiles tiles = tiles_of(v, &filter, &page);
    struct view_form bring = photo_new_form(v, S__MAX);
    struct view_block blocks[] = {
        {.heading = staff_word(v, S_PHOTOS_NEW), .form = &bring},
        {.form = &asked},
        {.tiles = &tiles}};
    add_views(v, &filter, &f);
    if (page.is_cut)
        blocks[2].line = str_fmt(
            v->a, "%.*s %d", STR_ARG(staff_word(v, S_LIBRARY_PHOTOS_CUT)), LIBRARY_LOOKS);
    if (is_wrong)
        f.problem = staff_word(v, S_STAFF_LOOK_BELOW);
    return staff_page(v, &f, blocks, N_ELEMENTS(blocks), is_wrong ? 422 : 200, r, err);
}
