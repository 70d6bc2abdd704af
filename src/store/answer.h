/* store/answer.h - what programs were answered, by the key that came with the request.
 *
 * A key is a person's. While it is held, no other process adds an answer to it; so
 * whoever holds it, finds none and adds one is the only one that does. */
#ifndef STORE_ANSWER_H
#define STORE_ANSWER_H

#include "model/desk.h"
#include "store/store.h"

/* Holds the key until it is let go or the process ends, whichever way. RC_CONFLICT when
 * another process holds it; RC_FAILED. One at a time. */
enum rc store_answer_hold(struct store *st, int64_t person_id, struct str key,
                          struct err *err) MUST_CHECK;
/* Lets go what is held; nothing is fine. */
void store_answer_let_go(struct store *st);

/* What was answered to the key; out->digest tells to which request. RC_NOT_FOUND. */
enum rc store_answer_of(struct store *st, int64_t person_id, struct str key,
                        struct arena *a, struct answer *out, struct err *err) MUST_CHECK;

/* Both inside store_write_begin. */
enum rc store_answer_add(struct store *st, int64_t person_id, const struct answer *w,
                         int64_t now, struct err *err) MUST_CHECK;
enum rc store_answer_drop_old(struct store *st, int64_t until,
                              struct err *err) MUST_CHECK;

#endif
