/* tpl/tpl.h - fills the templates of templates/ with facts.
 *
 * Names are constants made from the templates at build (tpl_names.h):
 *   TPL_SITE_CARD  the file templates/site/card.tpl        enum tpl_file
 *   T_TITLE        a {{TITLE}}, {{#TITLE}} or {{>TITLE}}    enum tpl_name
 *   S_GO_BACK      the text go_back of templates/lang/en.ini   enum tpl_string
 * so a misspelt name does not compile. Setting a name that the file of the
 * dictionary does not use is a mistake too: tpl_expand then answers RC_FAILED.
 *
 * Everything set with tpl_set_str is escaped for the place where it stands; the engine
 * makes a blank of each tab and line end in it, but where the template says
 * {{NAME:x-lines}}. HTML goes through unescaped only as a struct tpl_html, and only where
 * the template says {{NAME:x-html}}; a srcset attribute is {{NAME:x-srcset}} and shows
 * only what tpl_set_srcset wrote.
 *
 * Not for threads: one process uses one set at a time. */
#ifndef TPL_TPL_H
#define TPL_TPL_H

#include <stdint.h>

#include "tpl_names.h"

#include "base/err.h"
#include "base/str.h"

struct tpl_set;  /* all templates in all languages */
struct tpl_dict; /* what one file (or one section of it) is filled with */

/* One language: its code ("ru") and its texts by enum tpl_string, S__MAX of them,
 * plain text (escaped when they are put into the templates). */
struct tpl_lang {
    struct str code;
    const struct str *strings;
};

/* HTML that may be shown as it is. Made by tpl_expand_html and tpl_html_trusted only. */
struct tpl_html {
    struct str s;
};

/* A file that was built into the program: name below templates/ ("site/card.tpl",
 * "lang/en.ini") and bytes, NUL-terminated beyond size. */
struct tpl_source {
    const char *name;
    const char *bytes;
    uint64_t size;
};

/* The templates (by enum tpl_file, TPL__MAX of them) and the language files (as many as
 * tpl_builtin_n_langs says, sorted by name) as built in. */
extern const struct tpl_source tpl_builtin[];
extern const struct tpl_source tpl_builtin_langs[];
extern const uint64_t tpl_builtin_n_langs;

/* Loads every template for every language: the operator's file of the same name below
 * folder first (folder absent: none), else the built-in one. The strings of the
 * language replace {{S_…}}; every text passes tpl_lint; an operator's file may use only
 * names that the built-in one of that name uses.
 * Language files below folder/lang are not read here and not complained about; names
 * that begin with a dot are ignored; any other file we do not know is refused.
 * RC_INVALID: err->text begins with "file:line: " (or "file: "), nothing is loaded and
 * sets that are open stay usable. RC_LIMIT: a file over 256 KB. RC_FAILED: a folder or
 * file that cannot be read.
 * langs and their strings are copied. The caller ends *out with tpl_close. */
enum rc tpl_open(struct str folder, const struct tpl_lang *langs, int n_langs,
                 struct tpl_set **out, struct err *err) MUST_CHECK;

/* Puts other strings into all templates of a set; langs are those of tpl_open, in their
 * order. On a failure the set stays as it was. Reads no file; takes some milliseconds.
 * RC_LIMIT, RC_FAILED, RC_INVALID. */
enum rc tpl_reword(struct tpl_set *set, const struct tpl_lang *langs,
                   struct err *err) MUST_CHECK;

/* Gives everything back; NULL is fine. */
void tpl_close(struct tpl_set *set);

/* An empty dictionary for a file. It lives as long as a, and so must all texts that are
 * set in it: they are not copied. */
struct tpl_dict *tpl_dict_new(struct arena *a, enum tpl_file file);

/* The arena it was made in, where the texts set in it must live. */
struct arena *tpl_arena(const struct tpl_dict *d);

/* Sets {{NAME}}; the last value set wins. An absent text shows as nothing. Sections see
 * the values of the dictionary around them, included files do not. */
void tpl_set_str(struct tpl_dict *d, enum tpl_name name, struct str text);
void tpl_set_int(struct tpl_dict *d, enum tpl_name name, int64_t value);

/* Sets {{NAME:x-html}}. Where the template says plain {{NAME}}, it is escaped. */
void tpl_set_html(struct tpl_dict *d, enum tpl_name name, struct tpl_html html);

/* One image of a srcset attribute: its address and how wide it is. */
struct tpl_candidate {
    struct str address;
    int width_px;
};

/* Sets {{NAME:x-srcset}}, written here and nowhere else, so that what stands in a srcset
 * is a list of paths of the site. Left out: an address that is no path of it, or holds
 * other bytes than letters, digits and -./_ (HTML section 4.8.4.2.1). */
void tpl_set_srcset(struct tpl_dict *d, enum tpl_name name,
                    const struct tpl_candidate *all, int n);

/* Shows {{#NAME}}…{{/NAME}} once, with the values of d. Again: nothing changes. */
void tpl_show(struct tpl_dict *d, enum tpl_name name);

/* Shows the section once more, with a dictionary of its own (inside d). */
struct tpl_dict *tpl_section(struct tpl_dict *d, enum tpl_name name);

/* Puts a file where {{>NAME}} stands, once more; the answer is its dictionary. */
struct tpl_dict *tpl_include(struct tpl_dict *d, enum tpl_name name, enum tpl_file file);

/* Fills the file of d in a language of the set, at most limit bytes, into the arena d
 * was made in. A {{>NAME}} that is reached without tpl_include is an error, not nothing:
 * put optional ones into a section. RC_LIMIT, RC_FAILED (also for an unknown language).
 */
enum rc tpl_expand(const struct tpl_set *set, struct str lang, const struct tpl_dict *d,
                   size_t limit, struct str *out, struct err *err) MUST_CHECK;

/* Same, for a part that is set into another page with tpl_set_html. */
enum rc tpl_expand_html(const struct tpl_set *set, struct str lang,
                        const struct tpl_dict *d, size_t limit, struct tpl_html *out,
                        struct err *err) MUST_CHECK;

/* Vouches for HTML made elsewhere: stored HTML that went through the body renderer, a
 * picture that view_qr or view_crops drew, JSON of view_linked, and nothing else. Every
 * use is a place to review. */
static inline struct tpl_html
tpl_html_trusted(struct str s)
{
    return (struct tpl_html){s};
}

/* s as HTML text or double-quoted attribute value: & < > " ' are escaped, and braces,
 * so that the answer may become part of a template. Lives in a. */
struct str tpl_escape_html(struct arena *a, struct str s);

#endif
