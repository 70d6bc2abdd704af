/* view/lang.c - language files. */
#include "view/lang.h"

#include <stdio.h>

#include "tpl/names.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/ini.h"
#include "base/time.h"
#include "base/utf8.h"

enum { FILE_MAX = 256 * 1024 };

struct load {
    struct arena *a;
    struct view_lang *l;
    const char *where;
};

static struct str *
language_key(struct view_lang *l, const char *name)
{
    const struct {
        const char *name;
        struct str *to;
    } keys[] = {{"code", &l->code},
                {"name", &l->name},
                {"dir", &l->dir},
                {"date", &l->date},
                {"month_year", &l->month_year}};
    for (size_t i = 0; i < N_ELEMENTS(keys); i++)
        if (strcmp(keys[i].name, name) == 0)
            return keys[i].to;
    return NULL;
}

static struct str *
month_key(struct view_lang *l, const char *name)
{
    int64_t month;
    return str_to_int(str_of(name), 1, 12, &month) ? &l->months[month] : NULL;
}

static struct str *
string_key(struct view_lang *l, const char *name)
{
    for (int i = 0; i < S__MAX; i++)
        if (strcmp(tpl_string_key((enum tpl_string)i), name) == 0)
            return &l->strings[i];
    return NULL;
}

static const struct {
    const char *name;
    struct str *(*find)(struct view_lang *l, const char *name);
} sections[] = {
    {"language", language_key}, {"months", month_key}, {"strings", string_key}};

static enum rc
entry(void *ctx, const char *section, const char *name, const char *value, int line,
      struct err *err)
{
    struct load *load = ctx;
    struct str *to = NULL;
    for (size_t i = 0; i < N_ELEMENTS(sections); i++)
        if (strcmp(sections[i].name, section) == 0)
            to = sections[i].find(load->l, name);
    if (to == NULL)
        return err_field(err, name, "%s:%d: there is no \"%s\" in [%s]", load->where,
                         line, name, section);
    if (to->p != NULL)
        return err_field(err, name, "%s:%d: \"%s\" is there twice", load->where, line,
                         name);
    if (value[0] == '\0')
        return err_field(err, name, "%s:%d: \"%s\" is empty", load->where, line, name);
    *to = str_copy(load->a, str_of(value));
    return RC_OK;
}

static enum rc
check_complete(const struct load *load, struct str code, struct err *err)
{
    static const char *const keys[] = {"code", "name", "dir", "date", "month_year"};
    struct view_lang *l = load->l;
    for (size_t i = 0; i < N_ELEMENTS(keys); i++)
        if (language_key(l, keys[i])->p == NULL)
            return err_field(err, keys[i], "%s: \"%s\" is missing in [language]",
                             load->where, keys[i]);
    for (int i = 1; i <= 12; i++)
        if (l->months[i].p == NULL)
            return err_field(err, "months", "%s: \"%d\" is missing in [months]",
                             load->where, i);
    for (int i = 0; i < S__MAX; i++)
        if (l->strings[i].p == NULL)
            return err_field(err, tpl_string_key((enum tpl_string)i),
                             "%s: \"%s\" is missing in [strings]", load->where,
                             tpl_string_key((enum tpl_string)i));
    if (!str_eq(l->code, code))
        return err_field(err, "code", "%s: code is \"%.*s\", not \"%.*s\"", load->where,
                         STR_ARG(l->code), STR_ARG(code));
    if (!str_eq_z(l->dir, "ltr") && !str_eq_z(l->dir, "rtl"))
        return err_field(err, "dir", "%s: dir must be ltr or rtl", load->where);
    return RC_OK;
}

static enum rc
read_builtin(struct str code, struct arena *a, struct str *text, struct err *err)
{
    struct str name = str_fmt(a, "lang/%.*s.ini", STR_ARG(code));
    for (uint64_t i = 0; i < tpl_builtin_n_langs; i++)
        if (str_eq_z(name, tpl_builtin_langs[i].name)) {
            *text = (struct str){tpl_builtin_langs[i].bytes, tpl_builtin_langs[i].size};
            return RC_OK;
        }
    return err_set(err, RC_NOT_FOUND,
                   "there is no language file %.*s (put one into the "
                   "folder of the setting templates_dir)",
                   STR_ARG(name));
}

/* The operator's file goes before the built-in one. */
static enum rc
read_file(struct str folder, struct str code, struct load *load, struct str *text,
          struct err *err)
{
    struct str name = str_fmt(load->a, "lang/%.*s.ini", STR_ARG(code));
    load->where = name.p;
    if (folder.n > 0) {
        const char *path = file_join(load->a, folder, name);
        enum rc rc = file_read(load->a, path, FILE_MAX, text, err);
        if (rc == RC_OK)
            load->where = path;
        if (rc != RC_NOT_FOUND)
            return rc;
    }
    return read_builtin(code, load->a, text, err);
}

static enum rc
load_one(struct str folder, struct str code, struct arena *a, struct view_lang *l,
         struct err *err)
{
    struct load load = {.a = a, .l = l};
    struct str text = {NULL, 0};
    *l = (struct view_lang){0};
    TRY(read_file(folder, code, &load, &text, err));
    if (utf8_check(text) < text.n)
        return err_set(err, RC_INVALID, "%s: not valid UTF-8", load.where);
    TRY(ini_read(text, load.where, entry, &load, err));
    return check_complete(&load, code, err);
}

enum rc
view_langs_load(struct str folder, const struct site *site, struct arena *a,
                struct view_lang *out, struct err *err)
{
    for (int i = 0; i < site->n_langs; i++)
        TRY(load_one(folder, site->langs[i].code, a, &out[i], err));
    return RC_OK;
}

/* Fills a pattern of %d %m %Y %B; any other character stands for itself. */
static struct str
fill_pattern(const struct view_lang *l, struct arena *a, struct str pattern,
             const struct civil *c)
{
    struct buf out;
    buf_init(&out, a, 400);
    for (size_t i = 0; i < pattern.n; i++) {
        char what = '\0';
        if (pattern.p[i] == '%' && i + 1 < pattern.n)
            what = pattern.p[++i];
        if (what == 'd')
            buf_fmt(&out, "%02d", c->day);
        else if (what == 'm')
            buf_fmt(&out, "%02d", c->month);
        else if (what == 'Y')
            buf_fmt(&out, "%04d", c->year);
        else if (what == 'B')
            buf_add(&out, l->months[c->month]);
        else
            buf_add_c(&out, pattern.p[i]);
    }
    return buf_str(&out);
}

struct str
view_date(const struct view_lang *l, struct arena *a, int64_t t)
{
    struct civil c = time_office(t);
    return fill_pattern(l, a, l->date, &c);
}

struct str
view_month(const struct view_lang *l, struct arena *a, int year, int month)
{
    struct civil c = {.year = year, .month = month, .day = 1};
    return fill_pattern(l, a, l->month_year, &c);
}
