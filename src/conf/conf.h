/* conf/conf.h - the settings: file, environment and flags to one constant struct.
 *
 * The table conf/settings.def says what there is. A value comes from, later over
 * earlier: the table's default, the INI file, the environment (BYLINE_ITEMS_PER_PAGE),
 * the overrides (--set items_per_page=30). A wrong setting is refused, never repaired.
 * Lower layers get values out of this struct, not the struct. */
#ifndef CONF_CONF_H
#define CONF_CONF_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

enum { CONF_LANGS_MAX = 8 };

/* Languages of the site; code[0] is the default. Each is 2 or 3 letters a-z. */
struct conf_langs {
    const char *code[CONF_LANGS_MAX];
    int n;
};

/* A text with variants: any is the plain one; lang[i] belongs to languages.code[i] and
 * is any where no variant was given, so it is never NULL for i < languages.n. */
struct conf_text {
    const char *any;
    const char *lang[CONF_LANGS_MAX];
};

#define CONF_C_TEXT      const char *
#define CONF_C_TEXT_LANG struct conf_text
#define CONF_C_INT       int64_t
#define CONF_C_BOOL      bool
#define CONF_C_WORD      const char *
#define CONF_C_PATH      const char *
#define CONF_C_ORIGIN    const char *
#define CONF_C_LISTEN    const char *
#define CONF_C_EMAIL     const char *
#define CONF_C_ZONE      const char *
#define CONF_C_LANGS     struct conf_langs

/* One member per row of the table, of its type and name. Texts are NUL-terminated,
 * never NULL, valid UTF-8 without control characters. Constant after conf_load. */
struct conf {
#define SETTING(name, type, section, limits, def, unit, help) CONF_C_##type name;
#include "conf/settings.def"
#undef SETTING
};

/* Where settings come from; all parts may be absent. */
struct conf_source {
    const char *path;        /* INI file, or NULL */
    const char *const *env;  /* "NAME=value" ended by NULL (environ), or NULL */
    const char *const *sets; /* "name=value" each, of --set flags in order */
    int n_sets;
};

/* Loads and checks all settings. In the environment only names that begin with BYLINE_
 * count; BYLINE_CONFIG and names that begin with BYLINE__ are no settings and skipped;
 * a language's variant of site_name is BYLINE_SITE_NAME_RU.
 *   out      set only on RC_OK; its texts live in a
 *   returns  RC_OK; RC_NOT_FOUND (no such file); RC_INVALID: err->field is the setting,
 *            err->text one line with file:line (or "environment", "--set"), name, value
 *            given and what is allowed, for unknown names the nearest known one;
 *            RC_LIMIT (file over 256 KiB); RC_FAILED (file cannot be read)
 * On RC_OK the process's office zone (base/time.h) is the one loaded; the zone is tried
 * last, so a refused load leaves it as it was. */
enum rc conf_load(const struct conf_source *from, struct arena *a, struct conf *out,
                  struct err *err) MUST_CHECK;

/* A text for a language: its variant, else the plain one. */
const char *conf_text_for(const struct conf *c, const struct conf_text *t,
                          struct str lang);

/* Position of a language in c->languages, or -1. */
int conf_lang_index(const struct conf *c, struct str lang);

/* Appends a settings file in which every setting stands, commented out, with its help,
 * what is allowed and its default. Loading it gives the defaults. */
void conf_print_sample(struct buf *out);

/* Appends the same as Markdown: a heading and a table per section. */
void conf_print_docs(struct buf *out);

#endif
