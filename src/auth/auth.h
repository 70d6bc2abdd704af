/* auth/auth.h - who is asking: people, signing in, sessions.
 *
 * All of it lives in accounts.db. Passwords, tokens, codes and hashes never reach a log
 * line or an error's text; what is kept of a token is its SHA-256. Copies made here are
 * wiped; a caller wipes its own with hash_wipe (base/hash.h).
 *
 * Signing in is one question or two: auth_sign_in with the password, then, when the
 * person has a second factor, auth_second_factor; or a passkey, alone or as the second
 * (auth/passkey.h). Every step gives a new token. */
#ifndef AUTH_AUTH_H
#define AUTH_AUTH_H

#include "model/actor.h"
#include "model/person.h"
#include "model/session.h"
#include "store/store.h"

#include "base/err.h"

struct auth;

/* How long and how often, from the settings. */
struct auth_rules {
    int64_t idle_s, absolute_s; /* a session ends so long after its last, first use */
    int64_t tries;              /* failures per account (strangers' devices together) */
    int64_t tries_address;      /* failures per network address */
    int64_t window_s;           /* failures are forgotten after so long */
    struct str origin;          /* the site's address, to which passkeys belong */
};

/* Uses an open accounts.db, which stays the caller's, opened for writing. RC_FAILED. */
enum rc auth_open(struct store *accounts, const struct auth_rules *rules,
                  struct auth **out, struct err *err) MUST_CHECK;
void auth_close(struct auth *au);

/* Who asks from now on, and when: what is changed below is told of them in the audit log
 * of accounts.db, in the same transaction. Texts are borrowed until the next call. */
void auth_act_as(struct auth *au, const struct actor *who, int64_t now);

/* ---- signing in ---- */

/* What came with a request. Texts of any length and bytes; an address is IPv4 or IPv6. */
struct auth_attempt {
    struct str login, password;
    struct str device; /* the device cookie's value, absent: none */
    struct str address, agent;
    int64_t now;
};

/* What a successful step gives. */
struct auth_grant {
    struct str token;         /* for the session cookie: 64 hex digits, 256 bits */
    struct str device;        /* for the device cookie (set it for a year); absent until
                               * the person is signed in whole */
    bool needs_second_factor; /* the token is good for auth_second_factor only */
    struct person person;
    int64_t retry_after_s; /* with RC_LIMIT: when to try again */
    bool is_copied;        /* with RC_DENIED: see auth_passkey_sign_in */
};

/* The first step. Takes as long for a name that is not known as for one that is.
 *   RC_DENIED  wrong name, wrong password, disabled: one answer for all
 *   RC_LIMIT   too many failures; out->retry_after_s is set. The known device of the
 *              real owner is not stopped by the failures of others
 *   RC_BUSY    four passwords are being computed and none was done within 2 s
 *   RC_FAILED */
enum rc auth_sign_in(struct auth *au, const struct auth_attempt *t, struct arena *a,
                     struct auth_grant *out, struct err *err) MUST_CHECK;

/* The second step: a code of the authenticator (RFC 6238, 6 digits) or a recovery code,
 * spaces and hyphens ignored, in t->password; token is the first step's. Codes are good
 * once. RC_DENIED (wrong code, used code, no such waiting session), RC_LIMIT, RC_FAILED.
 */
enum rc auth_second_factor(struct auth *au, struct str token,
                           const struct auth_attempt *t, struct arena *a,
                           struct auth_grant *out, struct err *err) MUST_CHECK;

/* Is this the password of the person (asked again before something grave)? Counts as a
 * try. The codes of auth_sign_in. */
enum rc auth_confirm(struct auth *au, const struct person *p,
                     const struct auth_attempt *t, struct arena *a,
                     struct err *err) MUST_CHECK;

/* ---- sessions ---- */

/* The whole session of a token and its person, who is not disabled. Reads only.
 * RC_NOT_FOUND when there is none, it is over, or waits for the second factor. */
enum rc auth_session_find(struct auth *au, struct str token, int64_t now, struct arena *a,
                          struct session *out, struct person *person,
                          struct err *err) MUST_CHECK;

/* Notes that a session is in use, so that it does not end as idle; writes at most once a
 * minute. */
enum rc auth_session_seen(struct auth *au, const struct session *s, int64_t now,
                          struct err *err) MUST_CHECK;

/* A new token for the same session (after a change of rights); the old one is void.
 * RC_NOT_FOUND. */
enum rc auth_session_renew(struct auth *au, struct str token, int64_t now,
                           struct arena *a, struct str *new_token,
                           struct err *err) MUST_CHECK;

/* Signing out. A token without a session is fine. */
enum rc auth_session_end(struct auth *au, struct str token, struct err *err) MUST_CHECK;

/* A person's whole sessions that are not over, the last used first. */
enum rc auth_session_list(struct auth *au, int64_t person_id, int64_t now,
                          struct arena *a, struct session **out, int *n,
                          struct err *err) MUST_CHECK;

/* Ends one of a person's sessions by its id in the list. RC_NOT_FOUND when it is none of
 * theirs. */
enum rc auth_session_end_one(struct auth *au, int64_t person_id, int64_t id,
                             struct err *err) MUST_CHECK;

#endif
