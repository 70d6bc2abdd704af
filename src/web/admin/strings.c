/* web/admin/strings.c - words of the public site, changed over the language files'. */
#include "news/wording.h"
#include "tpl/names.h"
#include "view/wording.h"
#include "web/handlers.h"
#include "web/staff.h"

#include "base/norm.h"

enum { WORD_COLUMNS = 3, GROUPS_MAX = 12, SEARCH_MAX = 100 };

#define LIST "/admin/strings/"

static struct str
key_of(enum tpl_string s)
{
    return str_of(tpl_string_key(s));
}

static struct str
address_of(struct visit *v, int lang, enum tpl_string s)
{
    return str_fmt(v->a, LIST "?lang=%.*s&key=%s", STR_ARG(v->w->site.langs[lang].code),
                   tpl_string_key(s));
}

static bool
is_changed(const struct visit *v, int lang, enum tpl_string s)
{
    const struct wordings *w = &v->w->news.wordings;
    for (int i = 0; i < w->n; i++)
        if (str_eq(w->all[i].lang, v->w->site.langs[lang].code) &&
            str_eq(w->all[i].key, key_of(s)))
            return true;
    return false;
}

/* ---- list ---- */

static const struct form_spec search_form[] = {
    {"lang", FIELD_CHOICE, S_LANGUAGE, S__MAX, 8, true, NULL, 0},
    {"holds", FIELD_LINE, S_WORDS_SEARCH, S_WORDS_SEARCH_HINT, SEARCH_MAX, false, "off",
     0},
};

/* A parameter of the address; absent when it is not there. */
static enum rc
param(const struct visit *v, const char *name, struct str *out, struct err *err)
{
    *out = (struct str){NULL, 0};
    enum rc rc = http_request_param(&v->req, name, out, err);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* The language asked for; the site's first one when there is none. */
static enum rc
read_lang(const struct visit *v, int *out, struct err *err)
{
    struct str code;
    TRY(param(v, "lang", &code, err));
    *out = code.p == NULL ? 0 : site_lang_find(&v->w->site, code);
    return *out >= 0 ? RC_OK : err_field(err, "lang", "not a language of the site");
}

/* In its text or its key, in whatever case. */
static bool
holds(const struct visit *v, int lang, enum tpl_string s, struct str part)
{
    struct err err;
    struct str text = view_string(&v->w->view, lang, s);
    text = str_fmt(v->a, "%s %.*s", tpl_string_key(s), STR_ARG(text));
    return part.n == 0 || (norm_fold(v->a, text, &text, &err) == RC_OK &&
                           norm_fold(v->a, part, &part, &err) == RC_OK &&
                           str_find_str(text, part) < text.n);
}

static void
fill_row(struct visit *v, int lang, enum tpl_string s, struct view_cell *row)
{
    row[0].text = view_string(&v->w->view, lang, s);
    row[0].url = address_of(v, lang, s);
    row[1].text = key_of(s);
    if (is_changed(v, lang, s))
        row[2].text = view_word_of_file(&v->w->view, lang, s);
}

/* The words of one group that are looked for, from *at on; *at becomes the next group's
 * first one. */
static struct view_table
table_of(struct visit *v, int lang, struct str part, int *at)
{
    enum tpl_string group = view_words[*at].group;
    struct str *columns = arena_array(v->a, struct str, WORD_COLUMNS);
    struct view_cell *cells =
        arena_array(v->a, struct view_cell, view_n_words * WORD_COLUMNS);
    struct view_table t = {.name = staff_word(v, group),
                           .columns = columns,
                           .n_columns = WORD_COLUMNS,
                           .cells = cells,
                           .empty = staff_word(v, S_WORDS_EMPTY)};
    columns[0] = staff_word(v, S_WORDS_NOW);
    columns[1] = staff_word(v, S_WORDS_KEY);
    columns[2] = staff_word(v, S_WORDS_FILE);
    for (; *at < view_n_words && view_words[*at].group == group; ++*at)
        if (holds(v, lang, view_words[*at].word, part))
            fill_row(v, lang, view_words[*at].word, &cells[WORD_COLUMNS * t.n_rows++]);
    return t;
}

static enum rc
show_list(struct visit *v, int lang, struct str part, struct http_response *r,
          struct err *err)
{
    struct view_staff_frame f = staff_frame(v, S_STAFF_WORDS, PLACE_WORDS);
    struct view_table tables[GROUPS_MAX];
    struct view_block blocks[GROUPS_MAX + 2];
    struct form form;
    struct view_button show = {NULL, NULL, staff_word(v, S_WORDS_SHOW)};
    int n = 0, n_tables = 0;
    form_begin(&form, v, search_form, N_ELEMENTS(search_form));
    form_languages(&form, "lang");
    form_set(&form, "lang", v->w->site.langs[lang].code);
    form_set(&form, "holds", part);
    struct view_form search = {.action = STR(LIST),
                               .fields = form.fields,
                               .n_fields = form.n,
                               .buttons = &show,
                               .n_buttons = 1,
                               .is_inline = true,
                               .is_question = true};
    blocks[n++] =
        (struct view_block){.line = staff_word(v, S_WORDS_TEXT), .form = &search};
    for (int at = 0; at < view_n_words && n_tables < GROUPS_MAX;) {
        struct view_table *t = &tables[n_tables];
        *t = table_of(v, lang, part, &at);
        if (t->n_rows == 0)
            continue;
        n_tables++;
        blocks[n++] = (struct view_block){.heading = t->name, .table = t};
    }
    if (n_tables == 0)
        blocks[n++] = (struct view_block){.line = staff_word(v, S_WORDS_EMPTY)};
    return staff_page(v, &f, blocks, n, 200, r, err);
}

/* ---- one word ---- */

static const struct form_spec word_form[] = {
    {"lang", FIELD_HIDDEN, S__MAX, S__MAX, 8, true, NULL, 0},
    {"key", FIELD_HIDDEN, S__MAX, S__MAX, 60, true, NULL, 0},
    {"text", FIELD_LINE, S_WORDS_WORD, S__MAX, WORDING_MAX * 4, false, "off", 0},
};

static enum rc
show_word(struct visit *v, int lang, enum tpl_string s, const struct form *form,
          struct http_response *r, struct err *err)
{
    struct view_staff_frame f = staff_frame(v, S_STAFF_WORDS, PLACE_WORDS);
    struct view_button buttons[] = {
        {"do", "save", staff_word(v, S_STAFF_SAVE)},
        {"do", "reset", staff_word(v, S_WORDS_RESET)},
    };
    struct view_form shown = {.action = STR(LIST),
                              .buttons = buttons,
                              .n_buttons = is_changed(v, lang, s) ? 2 : 1};
    shown.cancel = str_fmt(v->a, LIST "?lang=%.*s", STR_ARG(v->w->site.langs[lang].code));
    struct view_block block = {
        .line = str_fmt(v->a, "%.*s, %.*s: %.*s", STR_ARG(v->w->view.langs[lang].name),
                        STR_ARG(staff_word(v, S_WORDS_KEY)), STR_ARG(key_of(s))),
        .line2 = str_fmt(v->a, "%.*s: %.*s", STR_ARG(staff_word(v, S_WORDS_FILE)),
                         STR_ARG(view_word_of_file(&v->w->view, lang, s))),
    };
    return staff_form_page(v, &f, &block, form, &shown, r, err);
}

enum rc
admin_strings(struct visit *v, struct http_response *r, struct err *err)
{
    struct str key, part;
    struct form form;
    int lang = 0;
    TRY(visit_data(v, err));
    TRY(read_lang(v, &lang, err));
    TRY(param(v, "key", &key, err));
    TRY(param(v, "holds", &part, err));
    if (key.p == NULL)
        return show_list(v, lang, str_trim(part), r, err);
    enum tpl_string s = view_word_find(key);
    if (s == S__MAX)
        return err_set(err, RC_NOT_FOUND, "no word that may be changed");
    form_begin(&form, v, word_form, N_ELEMENTS(word_form));
    form_set(&form, "lang", v->w->site.langs[lang].code);
    form_set(&form, "key", key);
    form_set(&form, "text", view_string(&v->w->view, lang, s));
    return show_word(v, lang, s, &form, r, err);
}

static enum rc
save(struct visit *v, const struct form *form, bool is_reset, struct err *err)
{
    struct wording w = {form_value(form, "lang"), form_value(form, "key"),
                        form_value(form, "text")};
    struct desk d = staff_desk(v);
    enum rc rc = is_reset ? news_wording_reset(&d, w.lang, w.key, err)
                          : news_wording_set(&d, &w, err);
    return is_reset && rc == RC_NOT_FOUND ? RC_OK : rc; /* it is the file's already */
}

enum rc
admin_string_save(struct visit *v, struct http_response *r, struct err *err)
{
    struct form form;
    TRY(visit_data(v, err));
    TRY(form_read(&form, v, word_form, N_ELEMENTS(word_form), err));
    bool is_reset = str_eq_z(http_form_get(&v->staff.form, "do"), "reset");
    int lang = site_lang_find(&v->w->site, form_value(&form, "lang"));
    enum tpl_string s = view_word_find(form_value(&form, "key"));
    if (lang < 0 || s == S__MAX)
        return err_set(err, RC_NOT_FOUND, "no word that may be changed");
    if (form.n_errors > 0)
        return show_word(v, lang, s, &form, r, err);
    enum rc rc = save(v, &form, is_reset, err);
    if (rc == RC_OK)
        return staff_see_other(v, STR(LIST), is_reset ? "word-reset" : "saved", r);
    if (rc != RC_INVALID)
        return rc;
    form_error(&form, "text", S_WORDS_BAD);
    return show_word(v, lang, s, &form, r, err);
}
