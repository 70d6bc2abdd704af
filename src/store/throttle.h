/* store/throttle.h - failures of signing in, and the devices that are known.
 *
 * What is counted is named by a text; a count is forgotten when its window began at or
 * before `since`. Everything that changes runs inside store_write_begin. */
#ifndef STORE_THROTTLE_H
#define STORE_THROTTLE_H

#include "store/store.h"

struct throttle {
    int64_t failures, began_at; /* 0 failures when nothing is counted */
};

enum rc store_throttle_of(struct store *st, struct str what, int64_t since,
                          struct throttle *out, struct err *err) MUST_CHECK;
/* One more; begins a new window at now when the old one is over. */
enum rc store_throttle_count(struct store *st, struct str what, int64_t now,
                             int64_t since, struct err *err) MUST_CHECK;
/* One less; none. */
enum rc store_throttle_uncount(struct store *st, struct str what,
                               struct err *err) MUST_CHECK;
enum rc store_throttle_forget(struct store *st, struct str what,
                              struct err *err) MUST_CHECK;
/* Forgets all whose window is over. */
enum rc store_throttle_drop_old(struct store *st, int64_t since,
                                struct err *err) MUST_CHECK;

/* Is the device with this token's SHA-256 one of the person's, seen after `since`? */
enum rc store_device_is_known(struct store *st, struct str token_hash, int64_t person_id,
                              int64_t since, bool *out, struct err *err) MUST_CHECK;
/* Remembers it, or that it was seen. */
enum rc store_device_seen(struct store *st, struct str token_hash, int64_t person_id,
                          int64_t now, struct err *err) MUST_CHECK;
enum rc store_device_forget_all(struct store *st, int64_t person_id,
                                struct err *err) MUST_CHECK;
enum rc store_device_drop_old(struct store *st, int64_t since,
                              struct err *err) MUST_CHECK;

#endif
