/* store/factor.h - second factors and recovery codes as they are remembered.
 *
 * Everything that changes runs inside store_write_begin. */
#ifndef STORE_FACTOR_H
#define STORE_FACTOR_H

#include "store/store.h"

struct factor {
    struct str secret; /* Base32 */
    bool is_confirmed;
    int64_t last_step; /* of 30 s since 1970: codes up to it are used up */
};

/* RC_NOT_FOUND. */
enum rc store_factor_of(struct store *st, int64_t person_id, struct arena *a,
                        struct factor *out, struct err *err) MUST_CHECK;

/* Keeps a secret that is to be confirmed; a confirmed one stays as it is. */
enum rc store_factor_begin(struct store *st, int64_t person_id, struct str secret,
                           struct err *err) MUST_CHECK;

/* Codes up to this step are used up; from now on it is confirmed. */
enum rc store_factor_take_step(struct store *st, int64_t person_id, int64_t step,
                               struct err *err) MUST_CHECK;

/* Takes factor and codes away. */
enum rc store_factor_drop(struct store *st, int64_t person_id,
                          struct err *err) MUST_CHECK;

/* Recovery codes, by their SHA-256: new ones in place of all others; using one up
 * (RC_NOT_FOUND when it is none); how many are left. */
enum rc store_factor_set_codes(struct store *st, int64_t person_id,
                               const struct str *hashes, int n,
                               struct err *err) MUST_CHECK;
enum rc store_factor_take_code(struct store *st, int64_t person_id, struct str hash,
                               struct err *err) MUST_CHECK;
enum rc store_factor_codes_left(struct store *st, int64_t person_id, int *out,
                                struct err *err) MUST_CHECK;

#endif
