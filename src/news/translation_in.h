/* news/translation_in.h - what saving and approving ask about translations; private to
 * news/. */
#ifndef NEWS_TRANSLATION_IN_H
#define NEWS_TRANSLATION_IN_H

#include "model/desk.h"
#include "news/save.h"

/* Is title, lead or body another? */
bool translation_text_differs(const struct item *a, const struct item *b);

/* Is the item's place in its group free? RC_INVALID, field "lang", when another item of
 * the group has its language. */
enum rc translation_check_group(struct store *st, const struct item *it, struct arena *a,
                                struct err *err) MUST_CHECK;

/* An item's text is now this one: notes which translations of it are stale. */
enum rc translation_note_text(const struct save *s, const struct item *it,
                              struct arena *a, struct err *err) MUST_CHECK;

/* Is the body of a translation (its line says of what) still its source's? */
enum rc translation_is_untouched(struct store *st, const struct desk_line *line,
                                 const struct item *it, struct arena *a, bool *out,
                                 struct err *err) MUST_CHECK;

#endif
