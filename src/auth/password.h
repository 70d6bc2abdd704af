/* auth/password.h - which passwords are good enough, and their hashes.
 *
 * Argon2id (RFC 9106) of 64 MiB and three passes, by libsodium. At most PASSWORD_SLOTS
 * are computed at once by all processes that use one accounts.db together. */
#ifndef AUTH_PASSWORD_H
#define AUTH_PASSWORD_H

#include "model/person.h"

#include "base/err.h"

enum {
    PASSWORD_MIN = 15,            /* characters */
    PASSWORD_MIN_WITH_FACTOR = 8, /* characters, when there is a second factor */
    PASSWORD_MAX = 1024,          /* bytes */
    PASSWORD_SLOTS = 4,
    PASSWORD_WAIT_MS = 2000,
    PASSWORD_HASH_SIZE = 128 /* a hash as text with its NUL byte */
};

enum password_fault {
    PASSWORD_FINE,
    PASSWORD_TOO_SHORT,
    PASSWORD_TOO_LONG,
    PASSWORD_NOT_TEXT, /* no valid UTF-8 */
    PASSWORD_COMMON,   /* begins everybody's list of guesses */
    PASSWORD_IS_NAME,  /* little more than that and the person's name */
    PASSWORD_FAULT__MAX
};

/* Is it good enough for this person? Any characters count, each code point as one. The
 * minimum is the lower one when p->has_second_factor. */
enum password_fault auth_password_fault(struct str password, const struct person *p,
                                        struct arena *a);

/* The fault in words for the operator, static storage. */
const char *auth_password_fault_text(enum password_fault f);

/* A password nobody can guess: five groups of four letters and digits (99 bits). */
struct str auth_password_random(struct arena *a);

/* Opens the file that counts the computations, beside the database. */
enum rc password_slots_open(const char *db_path, int *fd, struct err *err) MUST_CHECK;

/* Computes a hash. The password may be in any normal form. RC_BUSY, RC_FAILED. */
enum rc password_hash(int slots, struct str password, char hash[PASSWORD_HASH_SIZE],
                      struct err *err) MUST_CHECK;

/* Compares; an absent or empty hash takes the same time as any other and never matches.
 * RC_OK, RC_DENIED, RC_BUSY, RC_FAILED. */
enum rc password_verify(int slots, struct str password, struct str hash,
                        struct err *err) MUST_CHECK;

#endif
