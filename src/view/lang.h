/* view/lang.h - the interface strings of a language, and dates in its words.
 *
 * A language file (templates/lang/CODE.ini) is built in or an operator's own of the same
 * name; the operator may add languages. English is the master: another file must have
 * exactly its keys. */
#ifndef VIEW_LANG_H
#define VIEW_LANG_H

#include "model/site.h"
#include "tpl/tpl.h"

#include "base/err.h"
#include "base/str.h"

struct view_lang {
    struct str code, name, dir;  /* "ru", "Русский", "ltr" */
    struct str date, month_year; /* patterns of %d %m %Y %B */
    struct str months[13];       /* [1..12] */
    struct str strings[S__MAX];
};

/* Loads the file of each language of the site: out[i] belongs to site->langs[i]. folder
 * is the operator's templates folder (absent: none). Texts live in a. RC_INVALID  a wrong
 * file: err->text begins with "file:line: " or "file: " RC_NOT_FOUND  a language without
 * a file */
enum rc view_langs_load(struct str folder, const struct site *site, struct arena *a,
                        struct view_lang *out, struct err *err) MUST_CHECK;

/* The office's date of an instant in the language's format ("18.05.2023"). */
struct str view_date(const struct view_lang *l, struct arena *a, int64_t t);

/* "May 2023" */
struct str view_month(const struct view_lang *l, struct arena *a, int year, int month);

#endif
