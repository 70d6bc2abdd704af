/* auth/passkey.h - passkeys: keys that a person's devices keep (W3C WebAuthn Level 2).
 *
 * Every one of them serves twice: alone, when the device has verified who is there, and
 * as the second factor after the password. How a challenge is made and answered:
 *
 * A page shows a challenge (256 bits, digested out of random bits and the time under a
 * key of the server and the session's token) and carries a ticket, from which it can be
 * made again. So nothing is stored until it is answered, which it can be once, by the
 * same session and kind of page, within PASSKEY_WAIT_S. */
#ifndef AUTH_PASSKEY_H
#define AUTH_PASSKEY_H

#include "auth/factor.h"
#include "model/passkey.h"

enum { PASSKEY_WAIT_S = 300 };

/* What the page is for, as client data call it. */
enum passkey_use { PASSKEY_CREATE, PASSKEY_GET, PASSKEY_USE__MAX };

struct passkey_challenge {
    struct str ticket;
    struct str value; /* base64url */
    struct str party; /* the relying party's id: the host of the site's address */
};

/* For a page of the session with this token, signed in or not. RC_FAILED, RC_BUSY. */
enum rc auth_passkey_challenge(struct auth *au, struct str token, enum passkey_use use,
                               int64_t now, struct arena *a,
                               struct passkey_challenge *out, struct err *err) MUST_CHECK;

/* What the page sends back. Binary values are in base64url. */
struct passkey_answer {
    struct str ticket, client_data, auth_data;
    struct str credential, signature; /* PASSKEY_GET */
    struct str user;                  /* PASSKEY_GET: by whom; "" when not known */
    struct str transports, name;      /* PASSKEY_CREATE */
};

/* By which name an authenticator knows the person: 64 signs that tell nothing. */
enum rc auth_passkey_user(struct auth *au, int64_t person_id, struct arena *a,
                          struct str *out, struct err *err) MUST_CHECK;

/* Adds a passkey to a person who is signed in with this token. When it is the first
 * second factor there are recovery codes, shown this once (*has_codes).
 *   RC_DENIED    not an answer to a challenge of this session, or a device that does not
 *                check who is there
 *   RC_INVALID   bytes that are no passkey; field "name": not a name
 *   RC_CONFLICT  it is there already
 *   RC_LIMIT     PASSKEYS_MAX are enough */
enum rc auth_passkey_add(struct auth *au, const struct person *p, struct str token,
                         const struct passkey_answer *w, int64_t now, struct arena *a,
                         struct str codes[FACTOR_CODES], bool *has_codes,
                         struct err *err) MUST_CHECK;

/* A person's passkeys, oldest first. */
enum rc auth_passkey_list(struct auth *au, int64_t person_id, struct arena *a,
                          struct passkey out[PASSKEYS_MAX], int *n,
                          struct err *err) MUST_CHECK;

/* The person whose session waits for the second factor. RC_NOT_FOUND: it does not. */
enum rc auth_waiting(struct auth *au, struct str token, int64_t now, struct arena *a,
                     struct person *out, struct err *err) MUST_CHECK;

/* Takes one of a person's away; recovery codes go with the last second factor.
 * RC_NOT_FOUND. RC_CONFLICT when it is the last one and the password, given, is too
 * short to stand alone. */
enum rc auth_passkey_remove(struct auth *au, const struct person *p, int64_t id,
                            struct str password, struct arena *a,
                            struct err *err) MUST_CHECK;

/* Signs in by passkey: as the second step when the token's session waits for it, else
 * alone. Codes as auth_sign_in; RC_INVALID too. out->is_copied: the passkey counts less
 * than before, which is refused, because there may be two of it. */
enum rc auth_passkey_sign_in(struct auth *au, struct str token,
                             const struct passkey_answer *w, const struct auth_attempt *t,
                             struct arena *a, struct auth_grant *out,
                             struct err *err) MUST_CHECK;

#endif
