/* auth/factor.h - the second factor: an authenticator's codes (TOTP, RFC 6238: SHA-1, 30
 * s, 6 digits, one step early or late) and recovery codes.
 *
 * Setting it up takes two steps, so that nobody is locked out by a code that was never
 * seen: begin, show the secret, confirm with a code made from it. */
#ifndef AUTH_FACTOR_H
#define AUTH_FACTOR_H

#include "auth/auth.h"

enum { FACTOR_CODES = 10 };

/* Recovery codes come with the first second factor, this or a passkey (auth/passkey.h),
 * and stand in for either. */

/* A new secret that counts for nothing until it is confirmed.
 *   secret  Base32 (RFC 4648) to be typed
 *   uri     otpauth://totp/... to be drawn as a QR code; issuer is the site's name
 * RC_CONFLICT when the person has an authenticator already. */
enum rc auth_factor_begin(struct auth *au, const struct person *p, struct str issuer,
                          struct arena *a, struct str *secret, struct str *uri,
                          struct err *err) MUST_CHECK;

/* Makes it count, with a code of it; gives the recovery codes, which are shown this once
 * and stored as hashes. RC_DENIED (wrong code), RC_CONFLICT (nothing was begun). */
enum rc auth_factor_confirm(struct auth *au, const struct person *p, struct str code,
                            int64_t now, struct arena *a, struct str codes[FACTOR_CODES],
                            struct err *err) MUST_CHECK;

/* New recovery codes; the old ones are void. RC_CONFLICT without a second factor. */
enum rc auth_factor_new_codes(struct auth *au, const struct person *p, struct arena *a,
                              struct str codes[FACTOR_CODES], struct err *err) MUST_CHECK;

/* How many recovery codes are left. */
enum rc auth_factor_codes_left(struct auth *au, int64_t person_id, int *n,
                               struct err *err) MUST_CHECK;

/* Takes authenticator, passkeys and recovery codes away, and ends all their sessions. */
enum rc auth_factor_reset(struct auth *au, const struct person *p,
                          struct err *err) MUST_CHECK;

/* Is the code right, and used for the first time? Takes it. For auth_second_factor,
 * inside its transaction. RC_OK, RC_DENIED, RC_FAILED. */
enum rc factor_take(struct store *st, int64_t person_id, struct str code, int64_t now,
                    struct arena *a, struct err *err) MUST_CHECK;

#endif
