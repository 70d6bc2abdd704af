/* auth/within.h - what the files of this folder share; private here. */
#ifndef AUTH_WITHIN_H
#define AUTH_WITHIN_H

#include "auth/passkey.h"
#include "store/audit.h"
#include "store/session.h"

struct auth {
    struct store *st;
    struct auth_rules rules;
    int slots;        /* see password.h */
    struct actor who; /* see auth_act_as */
    int64_t now;
};

enum {
    STEP_WAIT_S = 600,            /* from the password to the second factor */
    DEVICE_S = 365 * TIME_DAY_S,  /* a device is known so long after it was seen */
    SEEN_EVERY_S = TIME_MINUTE_S, /* how exactly the use of a session is noted */
    SESSIONS_MAX = 100            /* of one person that are listed */
};

/* 256 random bits as hex, and what of such a token is stored. */
struct str token_new(struct arena *a);
struct str token_hash(struct arena *a, struct str token);

/* When sessions that are over were last seen and begun. */
struct session_limits auth_limits(const struct auth *au, int64_t now);

/* The key of a login. RC_LIMIT, RC_INVALID (no UTF-8), RC_FAILED. */
enum rc auth_login_key(struct str login, struct arena *a, struct str *key,
                       struct err *err) MUST_CHECK;

/* Is this an answer to a challenge of that session? It is used up, whatever follows.
 * Outside of a transaction. RC_DENIED, RC_INVALID. */
enum rc passkey_take_challenge(struct auth *au, struct str token, enum passkey_use use,
                               const struct passkey_answer *w, int64_t now,
                               struct arena *a, struct err *err) MUST_CHECK;

/* Did this passkey sign the answer? Alone, it must have verified who is there, and say
 * whose it is. count becomes the device's. RC_DENIED, RC_INVALID. */
enum rc passkey_check(struct auth *au, const struct passkey *p,
                      const struct passkey_answer *w, bool is_alone, struct arena *a,
                      int64_t *count, struct err *err) MUST_CHECK;

/* New recovery codes in place of all others. Inside a transaction. */
enum rc factor_make_codes(struct store *st, int64_t person_id, struct arena *a,
                          struct str codes[FACTOR_CODES], struct err *err) MUST_CHECK;

/* Where an address belongs: IPv4 as it is; of IPv6 the first 64 bits, which one household
 * or office has. */
struct str auth_network(struct arena *a, struct str address);

/* The name under which failures are counted. */
struct str auth_counted(struct arena *a, const char *kind, struct str what);

/* What was done, for the audit log. */
struct auth_note {
    const char *action;      /* a word or two of model/audit.def */
    struct str whom;         /* login of the account */
    struct str detail;       /* absent: nothing to say */
    const struct actor *who; /* NULL: who asks */
};

/* Ends a write transaction by how it went: its line in the audit log and commit, or
 * rollback. */
enum rc auth_end(struct auth *au, enum rc rc, const struct auth_note *note,
                 struct err *err) MUST_CHECK;

/* A transaction that only tells of something: a sign-in that was refused. */
enum rc auth_tell(struct auth *au, const struct auth_note *note,
                  struct err *err) MUST_CHECK;

/* Ends one of which there is nothing to tell: counters, how long a session was in use. */
enum rc auth_finish(struct auth *au, enum rc rc, struct err *err) MUST_CHECK;

#endif
