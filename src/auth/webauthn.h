/* auth/webauthn.h - what an authenticator says, read and checked (W3C WebAuthn Level 2,
 * sections 7.1 and 7.2), with libfido2; no database, no clock.
 *
 * The bytes of others come in base64url (RFC 4648 section 5, no padding), as the page
 * sends them. Attestation is "none": who made the authenticator is nobody's business. */
#ifndef AUTH_WEBAUTHN_H
#define AUTH_WEBAUTHN_H

#include "model/passkey.h"

#include "base/err.h"

/* What the browser says it was asked (section 5.8.1): is it this ceremony
 * ("webauthn.create", "webauthn.get"), this challenge (base64url) and this origin, in no
 * frame of another site's? RC_DENIED; RC_INVALID when it is no such thing at all. */
enum rc webauthn_client_data(struct str client_data, const char *type,
                             struct str challenge, struct str origin, struct arena *a,
                             struct err *err) MUST_CHECK;

/* The party that the passkeys of an origin belong to: "https://news.example:8443" has
 * "news.example". */
struct str webauthn_party(struct str origin);

/* Reads a new passkey out of the authenticator data (section 6.1): credential, algorithm,
 * public key and count of out. The person was there and was verified; the key is one of
 * ES256, EdDSA, RS256.
 *   RC_DENIED   of another party, or nobody was verified
 *   RC_INVALID  cut off, no key, another algorithm */
enum rc webauthn_new(struct str auth_data, struct str party, struct arena *a,
                     struct passkey *out, struct err *err) MUST_CHECK;

/* What is said by a passkey that is known. */
struct webauthn_proof {
    struct str client_data, auth_data, signature;
};

/* Did this passkey sign it, for this party, with somebody there (verified, if that is
 * asked)? count becomes the authenticator's. Whether the client data are right is
 * webauthn_client_data's. RC_DENIED, RC_INVALID. */
enum rc webauthn_check(const struct passkey *p, const struct webauthn_proof *w,
                       struct str party, bool must_verify, struct arena *a,
                       int64_t *count, struct err *err) MUST_CHECK;

#endif
