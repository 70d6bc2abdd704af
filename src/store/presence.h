/* store/presence.h - who is at which item, as accounts.db remembers it. */
#ifndef STORE_PRESENCE_H
#define STORE_PRESENCE_H

#include "model/together.h"
#include "store/store.h"

/* Since when a person is at an item, and until when that counts. RC_NOT_FOUND. */
enum rc store_presence_of(struct store *st, int64_t item_id, int64_t person_id,
                          int64_t *began_at, int64_t *until, struct err *err) MUST_CHECK;
/* Inside store_write_begin, as what follows. */
enum rc store_presence_set(struct store *st, int64_t item_id, int64_t person_id,
                           int64_t began_at, int64_t until, struct err *err) MUST_CHECK;
/* All that counts no more. */
enum rc store_presence_drop_old(struct store *st, int64_t now,
                                struct err *err) MUST_CHECK;
enum rc store_presence_drop(struct store *st, int64_t item_id, int64_t person_id,
                            struct err *err) MUST_CHECK;

/* People beside this one who are at the item now, some PRESENCE_MOST of them. */
enum rc store_presence_others(struct store *st, int64_t item_id, int64_t person_id,
                              int64_t now, struct arena *a, struct presences *out,
                              struct err *err) MUST_CHECK;

#endif
