/* news/correction.h - saying in public what was wrong in a text that was out.
 *
 * A correction belongs to an item that visitors can see, and is seen while the item is:
 * on its page and in the list of all. Nothing changes or removes one. Items are named as
 * in news/desk.h; RC_NOT_FOUND, RC_BUSY, RC_FAILED everywhere. */
#ifndef NEWS_CORRECTION_H
#define NEWS_CORRECTION_H

#include "model/correction.h"
#include "news/desk.h"

/* Adds one, of now and of the actor; the white space around the text is dropped.
 *   RC_INVALID   field "text": it is empty, too long or no text, or the item has too many
 *   RC_CONFLICT  the item is not visible
 *   RC_DENIED    RIGHT_ITEM_CORRECT */
enum rc news_correction_add(const struct desk *d, struct str name, struct str text,
                            struct err *err) MUST_CHECK;

/* An item as the newsroom sees it, and its corrections. RC_DENIED: RIGHT_ITEM_VIEW. */
struct desk_corrections {
    struct desk_item item;
    struct corrections corrections;
    bool is_visible;  /* else none can be added, and visitors see none */
    bool may_correct; /* the actor, as far as rights go */
};
enum rc news_correction_list(const struct desk *d, struct str name, struct arena *a,
                             struct desk_corrections *out, struct err *err) MUST_CHECK;

#endif
