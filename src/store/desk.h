/* store/desk.h - the newsroom's list of items, beside the texts. Everything that changes
 * runs inside store_write_begin. */
#ifndef STORE_DESK_H
#define STORE_DESK_H

#include "model/desk.h"
#include "store/store.h"

/* Writes the item's line: section, language, title and state of its newest revision. The
 * author is kept from the first time. */
enum rc store_desk_set(struct store *st, const struct desk_line *line,
                       struct err *err) MUST_CHECK;
enum rc store_desk_set_state(struct store *st, int64_t item_id, enum desk_state state,
                             int64_t now, struct err *err) MUST_CHECK;

/* State, author and changed_at of an item's line. RC_NOT_FOUND when an older program
 * added the item and nobody saved it since. */
enum rc store_desk_of_item(struct store *st, int64_t item_id, struct arena *a,
                           struct desk_line *out, struct err *err) MUST_CHECK;

/* Makes the lines that are missing. */
enum rc store_desk_fill(struct store *st, struct err *err) MUST_CHECK;

/* One walk: the lines of one language and one state (and section or author) from a
 * position on: what was changed before it, newest first; with is_up after it, oldest
 * first. Up to limit. 1 statement. */
struct desk_walk {
    int64_t section_id, author_id; /* 0: all; not both */
    struct str lang;
    enum desk_state state;
    bool is_up;
    struct cursor from;
    int limit;
};
enum rc store_desk_walk(struct store *st, const struct desk_walk *w, struct arena *a,
                        struct desk_line *out, int *n, struct err *err) MUST_CHECK;

#endif
