/* auth/hash.c - password hashes, and how many are computed at once.
 *
 * Each computation takes 64 MiB and a processor for a while, and anybody may ask for one.
 * So it needs one of four places in a file beside the database (base/places.h), which
 * hold over all processes, commands too.
 */
#include <errno.h>
#include <time.h>

#include <sodium.h>

#include "auth/password.h"

#include "base/norm.h"
#include "base/places.h"
#include "base/time.h"
#include "base/utf8.h"

enum {
    PASSES = 3,
    MEMORY = 64 << 20,
    PAUSE_NS = 5000000,
    SECRET_SIZE = PASSWORD_MAX * 3
};
_Static_assert(PASSWORD_HASH_SIZE >= crypto_pwhash_STRBYTES, "a hash fits");

/* A hash of no password, of the same cost as all others. */
static const char nobody[] =
    "$argon2id$v=19$m=65536,t=3,p=1$O4"
    "+uNfIViLU5LuJNB4Q6Fg$hiA7hUU/w0ld7Q3zFEpQqwGReSmkqWqRbxCiyOMj+00";

enum rc
password_slots_open(const char *db_path, int *fd, struct err *err)
{
    return places_open(db_path, "-slots", 0600, fd, err);
}

static enum rc
take_slot(int fd, int *slot, struct err *err)
{
    int64_t end = time_monotonic_ms() + PASSWORD_WAIT_MS;
    struct timespec pause = {.tv_nsec = PAUSE_NS};
    while ((*slot = places_take_any(fd, PASSWORD_SLOTS)) < 0) {
        if (!places_are_taken())
            return err_set(err, RC_FAILED, "password places: %s", strerrordesc_np(errno));
        if (time_monotonic_ms() >= end)
            return err_set(err, RC_BUSY, "%d passwords are being computed",
                           PASSWORD_SLOTS);
        nanosleep(&pause, NULL);
    }
    return RC_OK;
}

/* A password in its normal form, in memory that is kept out of swap and core files where
 * the system allows it. */
struct secret {
    char p[SECRET_SIZE];
    size_t n;
};

static void
secret_wipe(struct secret *s)
{
    sodium_munlock(s, sizeof *s);
}

static enum rc
secret_read(struct secret *s, struct str password, struct err *err)
{
    s->n = 0;
    sodium_mlock(s, sizeof *s);
    if (password.n > PASSWORD_MAX || utf8_check(password) < password.n)
        return err_set(err, RC_INVALID, "no password that anybody has");
    return norm_nfc_secret(password, s->p, sizeof s->p, &s->n, err);
}

enum rc
password_hash(int slots, struct str password, char hash[PASSWORD_HASH_SIZE],
              struct err *err)
{
    struct secret s AT_END(secret_wipe);
    int slot = -1;
    TRY(secret_read(&s, password, err));
    TRY(take_slot(slots, &slot, err));
    int failed = crypto_pwhash_str(hash, s.p, s.n, PASSES, MEMORY);
    places_give(slots, slot);
    return failed == 0 ? RC_OK
                       : err_set(err, RC_FAILED, "no memory to compute a password hash");
}

/* What can be nobody's password is computed all the same: the time tells nothing. */
enum rc
password_verify(int slots, struct str password, struct str hash, struct err *err)
{
    struct secret s AT_END(secret_wipe);
    char copy[PASSWORD_HASH_SIZE] = {0};
    int slot = -1;
    bool is_possible =
        secret_read(&s, password, NULL) == RC_OK && hash.n > 0 && hash.n < sizeof copy;
    struct str against = is_possible ? hash : str_of(nobody);
    memcpy(copy, against.p, against.n);
    TRY(take_slot(slots, &slot, err));
    bool is_right = crypto_pwhash_str_verify(copy, s.p, s.n) == 0;
    places_give(slots, slot);
    if (!is_possible || !is_right)
        return err_set(err, RC_DENIED, "not the password");
    return RC_OK;
}
