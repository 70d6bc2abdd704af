/* store/session.h - sessions, by the SHA-256 of their tokens.
 *
 * A session is over when it was last seen at or before seen_since, or began at or before
 * began_since; the caller knows how long they last. Everything that changes runs inside
 * store_write_begin. */
#ifndef STORE_SESSION_H
#define STORE_SESSION_H

#include "model/session.h"
#include "store/store.h"

struct session_limits {
    int64_t seen_since, began_since;
};

/* RC_NOT_FOUND when there is none or it is over. */
enum rc store_session_by_token(struct store *st, struct str token_hash,
                               struct session_limits limits, struct arena *a,
                               struct session *out, struct err *err) MUST_CHECK;

/* s->id is not looked at. */
enum rc store_session_add(struct store *st, const struct session *s,
                          struct str token_hash, struct err *err) MUST_CHECK;
enum rc store_session_seen(struct store *st, int64_t id, int64_t now,
                           struct err *err) MUST_CHECK;
enum rc store_session_set_token(struct store *st, int64_t id, struct str token_hash,
                                struct err *err) MUST_CHECK;

/* Up to `most` whole sessions of a person, the last seen first. */
enum rc store_session_of_person(struct store *st, int64_t person_id,
                                struct session_limits limits, int most, struct arena *a,
                                struct session *out, int *n, struct err *err) MUST_CHECK;

/* Ends the one of a token (none is fine); one of a person's (RC_NOT_FOUND); all of a
 * person's; all that are over. */
enum rc store_session_end(struct store *st, struct str token_hash,
                          struct err *err) MUST_CHECK;
enum rc store_session_end_one(struct store *st, int64_t id, int64_t person_id,
                              struct err *err) MUST_CHECK;
enum rc store_session_end_all(struct store *st, int64_t person_id,
                              struct err *err) MUST_CHECK;
enum rc store_session_drop_over(struct store *st, struct session_limits limits,
                                struct err *err) MUST_CHECK;
/* The login of somebody who is disabled and has a session all the same. RC_NOT_FOUND. */
enum rc store_session_of_disabled(struct store *st, struct arena *a, struct str *login,
                                  struct err *err) MUST_CHECK;

#endif
