/* web/admin/item_translations.c - the translations of an item: which there are, what its
 * source says by now, making one, linking and unlinking. */
#include "news/translation.h"
#include "web/admin/item.h"
#include "web/handlers.h"

enum { TRANSLATION_COLUMNS = 4, BLOCKS_MAX = 5 };

static const struct form_spec make_form[] = {
    {"lang", FIELD_CHOICE, S_STAFF_ITEM_LANGUAGE, S__MAX, 8, true, NULL, 0},
};
static const struct form_spec link_form[] = {
    {"other", FIELD_LINE, S_STAFF_LINK_OTHER, S_STAFF_LINK_OTHER_HINT, ITEM_URL_MAX, true,
     "off", 0},
};
static const struct form_spec reflects_form[] = {
    {"number", FIELD_HIDDEN, S__MAX, S__MAX, 20, true, NULL, 0},
};

/* The page under way: its parts, and the form that was refused, if one was. */
struct page {
    struct visit *v;
    const struct desk_translations *t;
    const struct form *make, *link; /* NULL: as they are at first */
    struct view_block blocks[BLOCKS_MAX];
    int n;
};

static struct str
address_of(struct visit *v, const struct desk_translations *t, const char *more)
{
    return item_address(v, t->item.item.id, str_fmt(v->a, "translations/%s", more).p);
}

static struct str
version(struct visit *v, int64_t number)
{
    return str_fmt(v->a, "%.*s %lld", STR_ARG(staff_word(v, S_STAFF_REVISION)),
                   (long long)number);
}

static struct str
language(const struct visit *v, struct str code)
{
    int lang = site_lang_find(&v->w->site, code);
    return lang >= 0 ? v->w->view.langs[lang].name : code;
}

/* ---- which there are ---- */

/* What an item of the group reflects, and whether that is still so. */
static struct str
reflected(struct visit *v, const struct translation *t)
{
    if (t->source_id == 0)
        return STR("–");
    struct str what = version(v, t->reflects);
    return t->stale_since == TIME_NONE
               ? what
               : str_fmt(v->a, "%.*s, %.*s %.*s", STR_ARG(what),
                         STR_ARG(staff_word(v, S_STAFF_STALE_SINCE)),
                         STR_ARG(staff_moment(v, t->stale_since)));
}

static void
fill_row(struct page *p, int i, struct view_cell *row)
{
    struct visit *v = p->v;
    const struct desk_line *l = &p->t->all[i].line;
    bool is_gone = l->withdrawn_at != TIME_NONE && l->withdrawn_at <= v->now;
    row[0].text = p->t->may_view[i] ? l->title : staff_word(v, S_STAFF_NOT_YOURS);
    if (p->t->may_view[i])
        row[0].url = item_address(v, l->item_id, "translations/");
    row[1].text = language(v, l->lang);
    row[2].text =
        is_gone ? staff_word(v, S_STAFF_WITHDRAWN) : item_state_name(v, l->state);
    row[3].text = reflected(v, &p->t->all[i].translation);
}

static void
add_table(struct page *p)
{
    struct visit *v = p->v;
    struct view_cell *cells =
        arena_array(v->a, struct view_cell, p->t->n * TRANSLATION_COLUMNS);
    struct str *columns = arena_array(v->a, struct str, TRANSLATION_COLUMNS);
    struct view_table *table = arena_alloc(v->a, sizeof *table);
    columns[0] = staff_word(v, S_STAFF_ITEM_TITLE);
    columns[1] = staff_word(v, S_STAFF_ITEM_LANGUAGE);
    columns[2] = staff_word(v, S_STAFF_STATE);
    columns[3] = staff_word(v, S_STAFF_REFLECTS);
    for (int i = 0; i < p->t->n; i++)
        fill_row(p, i, &cells[i * TRANSLATION_COLUMNS]);
    *table = (struct view_table){.name = staff_word(v, S_STAFF_TRANSLATIONS),
                                 .columns = columns,
                                 .n_columns = TRANSLATION_COLUMNS,
                                 .cells = cells,
                                 .n_rows = p->t->n,
                                 .empty = staff_word(v, S_STAFF_NO_TRANSLATIONS)};
    p->blocks[p->n++] = (struct view_block){.table = table};
}

/* ---- forms ---- */

/* Fields and one button. */
static struct view_form *
form_of(struct visit *v, const struct form *form, struct str action, enum tpl_string word)
{
    struct view_form *f = arena_alloc(v->a, sizeof *f);
    struct view_button *button = arena_alloc(v->a, sizeof *button);
    *button = (struct view_button){"do", "1", staff_word(v, word)};
    *f = (struct view_form){.action = action, .buttons = button, .n_buttons = 1};
    if (form != NULL) {
        f->fields = form->fields;
        f->n_fields = form->n;
    }
    return f;
}

/* What the source says by now, and the word that this text says it too. */
static void
add_source(struct page *p)
{
    struct visit *v = p->v;
    const struct desk_translations *t = p->t;
    struct view_block *b = &p->blocks[p->n++];
    struct view_compared *all = arena_array(v->a, struct view_compared, t->since.n);
    struct form *form = arena_alloc(v->a, sizeof *form);
    for (int i = 0; i < t->since.n; i++)
        all[i] = item_compared(v, t->since.fields[i].name, &t->since.fields[i].diff);
    *b = (struct view_block){
        .heading = str_fmt(v->a, "%.*s: %.*s", STR_ARG(staff_word(v, S_STAFF_SOURCE)),
                           STR_ARG(t->source_title)),
        .line = str_fmt(v->a, "%.*s %lld. %.*s",
                        STR_ARG(staff_word(v, S_STAFF_REFLECTS_VERSION)),
                        (long long)t->translation.reflects,
                        STR_ARG(staff_word(v, t->since.n > 0 ? S_STAFF_SOURCE_CHANGED
                                                             : S_STAFF_SOURCE_SAME))),
        .compared = all,
        .n_compared = t->since.n};
    if (t->since.n == 0 || !t->item.may_edit)
        return;
    form_begin(form, v, reflects_form, N_ELEMENTS(reflects_form));
    form_set(form, "number", str_fmt(v->a, "%lld", (long long)t->source_now));
    b->form = form_of(v, form, address_of(v, t, "reflects/"), S_STAFF_REFLECTS_NOW);
}

/* The languages that no item of the group has. */
static int
free_languages(struct visit *v, const struct desk_translations *t,
               struct view_option *options)
{
    const struct site *site = &v->w->site;
    int n = 0;
    for (int lang = 0; lang < site->n_langs; lang++) {
        struct str code = site->langs[lang].code;
        bool is_taken = str_eq(code, t->item.item.lang);
        for (int i = 0; i < t->n; i++)
            is_taken |= str_eq(code, t->all[i].line.lang);
        if (!is_taken)
            options[n++] = (struct view_option){code, language(v, code)};
    }
    return n;
}

static void
offer_languages(struct visit *v, const struct desk_translations *t, struct form *form)
{
    struct view_option *options = arena_array(v->a, struct view_option, SITE_LANGS_MAX);
    int n = free_languages(v, t, options);
    form_options(form, "lang", options, n);
    if (n > 0 && form_value(form, "lang").n == 0)
        form_set(form, "lang", options[0].value);
}

static void
add_make(struct page *p)
{
    struct visit *v = p->v;
    struct view_option options[SITE_LANGS_MAX];
    struct form *form = arena_alloc(v->a, sizeof *form);
    if (!p->t->may_write || free_languages(v, p->t, options) == 0)
        return;
    form_begin(form, v, make_form, N_ELEMENTS(make_form));
    offer_languages(v, p->t, form);
    p->blocks[p->n++] = (struct view_block){
        .heading = staff_word(v, S_STAFF_MAKE_TRANSLATION),
        .line = staff_word(v, S_STAFF_MAKE_TRANSLATION_TEXT),
        .form = form_of(v, p->make != NULL ? p->make : form, address_of(v, p->t, "new/"),
                        S_STAFF_MAKE_TRANSLATION_DO)};
}

static void
add_links(struct page *p)
{
    struct visit *v = p->v;
    struct form *form = arena_alloc(v->a, sizeof *form);
    if (!p->t->may_link)
        return;
    form_begin(form, v, link_form, N_ELEMENTS(link_form));
    p->blocks[p->n++] = (struct view_block){
        .heading = staff_word(v, S_STAFF_LINK),
        .line = staff_word(v, S_STAFF_LINK_TEXT),
        .form = form_of(v, p->link != NULL ? p->link : form, address_of(v, p->t, "link/"),
                        S_STAFF_LINK_DO)};
    if (p->t->item.item.group.n > 0)
        p->blocks[p->n++] = (struct view_block){
            .heading = staff_word(v, S_STAFF_UNLINK),
            .line = staff_word(v, S_STAFF_UNLINK_TEXT),
            .form = form_of(v, NULL, address_of(v, p->t, "unlink/"), S_STAFF_UNLINK_DO)};
}

static enum rc
show(struct page *p, struct http_response *r, struct err *err)
{
    struct visit *v = p->v;
    struct view_staff_frame f = item_frame(v, &p->t->item, ITEM_PAGE_TRANSLATIONS);
    bool is_refused = p->make != NULL || p->link != NULL;
    add_table(p);
    if (p->t->has_source)
        add_source(p);
    add_make(p);
    add_links(p);
    if (is_refused)
        f.problem = staff_word(v, S_STAFF_LOOK_BELOW);
    return staff_page(v, &f, p->blocks, p->n, is_refused ? 422 : 200, r, err);
}

static enum rc
open_page(struct visit *v, struct item_visit *iv, struct desk_translations *t,
          struct err *err)
{
    TRY(item_open(v, iv, err));
    TRY(news_translation_list(&iv->d, iv->name, v->a, t, err));
    t->item = iv->now; /* with what the person may do */
    return RC_OK;
}

enum rc
admin_translations(struct visit *v, struct http_response *r, struct err *err)
{
    struct item_visit iv;
    struct desk_translations t;
    struct page p = {.v = v, .t = &t};
    TRY(open_page(v, &iv, &t, err));
    return show(&p, r, err);
}

/* ---- what is done ---- */

/* Somebody was quicker: a message that says so. */
static enum rc
meanwhile(struct visit *v, struct http_response *r, struct err *err)
{
    return staff_message(v, 409, S_CONFLICT_TITLE, staff_word(v, S_STAFF_MEANWHILE), r,
                         err);
}

enum rc
admin_translation_make(struct visit *v, struct http_response *r, struct err *err)
{
    struct item_visit iv;
    struct desk_translations t;
    struct desk_saved saved;
    struct form form;
    enum rc rc = RC_INVALID;
    TRY(open_page(v, &iv, &t, err));
    TRY(form_read(&form, v, make_form, N_ELEMENTS(make_form), err));
    offer_languages(v, &t, &form);
    form_check_choices(&form);
    if (form.n_errors == 0)
        rc = news_translation_make(&iv.d, iv.name, form_value(&form, "lang"), v->a,
                                   &saved, err);
    if (rc == RC_OK)
        return staff_see_other(v, item_address(v, saved.id, ""), "translated", r);
    if (rc == RC_CONFLICT)
        return meanwhile(v, r, err);
    if (rc != RC_INVALID)
        return rc;
    form_error(&form, "lang", S_STAFF_LINK_TAKEN);
    return show(&(struct page){.v = v, .t = &t, .make = &form}, r, err);
}

/* What people paste: an address of the site or of the newsroom, whole or its path; or an
 * id. */
static enum rc
name_of(struct visit *v, const struct item_visit *iv, struct str pasted, struct str *out,
        struct err *err)
{
    static const struct str room = STR_INIT("/admin/items/");
    int64_t number = 0;
    size_t scheme = str_find_str(pasted, STR("://"));
    if (scheme < pasted.n) {
        struct str rest = str_from(pasted, scheme + 3);
        pasted = str_from(rest, str_find(rest, '/'));
    }
    if (str_starts(pasted, STR("/"))) {
        pasted = str_sub(pasted, 0, str_find(pasted, '?'));
        pasted = str_sub(pasted, 0, str_find(pasted, '#'));
    }
    *out = pasted;
    if (!str_starts(pasted, room))
        return RC_OK;
    struct str rest = str_from(pasted, room.n);
    if (!str_to_int(str_sub(rest, 0, str_find(rest, '/')), 1, INT64_MAX, &number))
        return RC_OK;
    enum rc rc = news_desk_name(&iv->d, number, v->a, out, err);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static const enum tpl_string refusals[LINK_REFUSAL__MAX] = {
    [LINK_UNKNOWN] = S_STAFF_LINK_UNKNOWN, [LINK_SAME_LANGUAGE] = S_STAFF_LINK_SAME,
    [LINK_CIRCLE] = S_STAFF_LINK_CIRCLE,   [LINK_TAKEN] = S_STAFF_LINK_TAKEN,
    [LINK_BOTH] = S_STAFF_LINK_BOTH,
};

enum rc
admin_translation_link(struct visit *v, struct http_response *r, struct err *err)
{
    struct item_visit iv;
    struct desk_translations t;
    struct form form;
    struct str other;
    enum translation_refusal why = LINK_UNKNOWN;
    TRY(open_page(v, &iv, &t, err));
    TRY(form_read(&form, v, link_form, N_ELEMENTS(link_form), err));
    struct page p = {.v = v, .t = &t, .link = &form};
    if (form.n_errors > 0)
        return show(&p, r, err);
    TRY(name_of(v, &iv, form_value(&form, "other"), &other, err));
    enum rc rc = news_translation_link(&iv.d, iv.name, other, &why, err);
    if (rc == RC_OK)
        return staff_see_other(v, address_of(v, &t, ""), "linked", r);
    if (rc != RC_INVALID && (rc != RC_DENIED || !t.may_link))
        return rc;
    form_error(&form, "other", rc == RC_DENIED ? S_STAFF_LINK_DENIED : refusals[why]);
    return show(&p, r, err);
}

enum rc
admin_translation_unlink(struct visit *v, struct http_response *r, struct err *err)
{
    struct item_visit iv;
    TRY(item_open(v, &iv, err));
    enum rc rc = news_translation_unlink(&iv.d, iv.name, err);
    if (rc == RC_CONFLICT)
        return meanwhile(v, r, err);
    TRY(rc);
    return staff_see_other(v, item_address(v, iv.now.item.id, "translations/"),
                           "unlinked", r);
}

enum rc
admin_translation_reflects(struct visit *v, struct http_response *r, struct err *err)
{
    struct item_visit iv;
    struct form form;
    int64_t number = 0;
    TRY(item_open(v, &iv, err));
    TRY(form_read(&form, v, reflects_form, N_ELEMENTS(reflects_form), err));
    if (!str_to_int(form_value(&form, "number"), 1, INT64_MAX, &number))
        return err_field(err, "number", "no number of a version");
    enum rc rc = news_translation_reflects(&iv.d, iv.name, number, err);
    if (rc == RC_CONFLICT)
        return meanwhile(v, r, err);
    TRY(rc);
    return staff_see_other(v, item_address(v, iv.now.item.id, "translations/"), "saved",
                           r);
}
