/* store/correction.h - corrections as they are remembered: added, never changed. */
#ifndef STORE_CORRECTION_H
#define STORE_CORRECTION_H

#include "model/correction.h"
#include "model/cursor.h"
#include "model/item.h"
#include "store/store.h"

/* Adds one to an item (its id and lang are used), inside store_write_begin. The
 * same one (time, text, author) is there once: *is_added false. person_id 0: a command.
 */
enum rc store_correction_add(struct store *st, const struct item *it,
                             const struct correction *c, int64_t person_id,
                             bool *is_added, struct err *err) MUST_CHECK;

/* All of an item. 1 statement. */
enum rc store_correction_of_item(struct store *st, int64_t item_id, struct arena *a,
                                 struct corrections *out, struct err *err) MUST_CHECK;

/* A walk over those of the items that are visible at now, from a cursor on: newest first,
 * or with is_newer the other way, oldest first. Up to limit lines. 1 statement. */
struct correction_walk {
    struct str lang;
    struct cursor from;
    bool is_newer;
    int64_t now;
    int limit;
};
enum rc store_correction_walk(struct store *st, const struct correction_walk *w,
                              struct arena *a, struct correction_line *out, int *n,
                              struct err *err) MUST_CHECK;

#endif
