/* model/passkey.h - a key that somebody's device keeps and that opens the newsroom. */
#ifndef MODEL_PASSKEY_H
#define MODEL_PASSKEY_H

#include <stdint.h>

#include "base/str.h"

enum {
    PASSKEY_NAME_MAX = 100,       /* bytes */
    PASSKEY_TRANSPORTS_MAX = 100, /* bytes */
    PASSKEYS_MAX = 20             /* of one person */
};

struct passkey {
    int64_t id, person_id;
    struct str credential; /* its id, base64url (RFC 4648 section 5, no padding) */
    int64_t algorithm;     /* COSE (RFC 9053): -7, -8, -257 */
    struct str public_key; /* base64url of what libfido2 makes of it */
    int64_t sign_count;    /* the last one that was seen; 0: this device does not count */
    struct str transports; /* "internal,hybrid": hints for browsers */
    struct str name;       /* as its owner calls it */
    int64_t made_at, used_at; /* TIME_NONE: not used yet */
};

#endif
