/* store/passkey.h - passkeys, and the challenges that were answered.
 *
 * Everything that changes runs inside store_write_begin. */
#ifndef STORE_PASSKEY_H
#define STORE_PASSKEY_H

#include "model/passkey.h"
#include "store/store.h"

/* RC_NOT_FOUND. */
enum rc store_passkey_by_credential(struct store *st, struct str credential,
                                    struct arena *a, struct passkey *out,
                                    struct err *err) MUST_CHECK;

/* All of a person's (up to PASSKEYS_MAX), in the order in which they were made. */
enum rc store_passkey_of_person(struct store *st, int64_t person_id, struct arena *a,
                                struct passkey out[PASSKEYS_MAX], int *n,
                                struct err *err) MUST_CHECK;

/* id and used_at are not looked at. RC_CONFLICT when the credential is there already. */
enum rc store_passkey_add(struct store *st, const struct passkey *p,
                          struct err *err) MUST_CHECK;
enum rc store_passkey_used(struct store *st, int64_t id, int64_t sign_count, int64_t now,
                           struct err *err) MUST_CHECK;

/* One of a person's (RC_NOT_FOUND); all of a person's. */
enum rc store_passkey_drop(struct store *st, int64_t id, int64_t person_id,
                           struct err *err) MUST_CHECK;
enum rc store_passkey_drop_all(struct store *st, int64_t person_id,
                               struct err *err) MUST_CHECK;

/* The key under which challenges are made. */
enum rc store_passkey_secret(struct store *st, struct arena *a, struct str *out,
                             struct err *err) MUST_CHECK;

/* Notes that a challenge was answered: RC_CONFLICT the second time. Forgets those that
 * were answered at or before `until`. */
enum rc store_challenge_take(struct store *st, struct str value, int64_t now,
                             struct err *err) MUST_CHECK;
enum rc store_challenge_drop_old(struct store *st, int64_t until,
                                 struct err *err) MUST_CHECK;

#endif
