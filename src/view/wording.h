/* view/wording.h - words of the public site that the newsroom changed, over those of the
 * language files. */
#ifndef VIEW_WORDING_H
#define VIEW_WORDING_H

#include "model/wording.h"
#include "view/view.h"

/* The words that may be changed, by group; group is its name, the same for neighbours. */
struct view_word {
    enum tpl_string word, group;
};
extern const struct view_word view_words[];
extern const int view_n_words;

/* The word of a key of the language files; S__MAX: none that may be changed. */
enum tpl_string view_word_find(struct str key);

/* The language file's own text. */
struct str view_word_of_file(const struct view *v, int lang, enum tpl_string s);

/* Shows exactly these words from now on. Does nothing when it does already; else all
 * templates get their strings anew, some milliseconds. What is not a language of the site
 * or a word that may be changed is left out. On a failure everything stays as it was. */
enum rc view_set_wordings(struct view *v, const struct wordings *w,
                          struct err *err) MUST_CHECK;

#endif
