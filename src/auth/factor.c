/* auth/factor.c - authenticator codes and recovery codes. */
#include "auth/factor.h"

#include <liboath/oath.h>

#include <sodium.h>

#include "auth/within.h"
#include "store/factor.h"
#include "store/passkey.h"
#include "store/person.h"

#include "base/hash.h"

enum {
    SECRET_SIZE = 20, /* bytes, as RFC 4226 section 4 advises */
    STEP_S = 30,
    DIGITS = 6,
    WINDOW = 1,        /* steps early or late */
    RECOVERY_LEN = 16, /* signs of 32: 80 bits */
    CODE_MAX = 32
};

/* ---- Base32 (RFC 4648 section 6), as authenticators take it ---- */

static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

static struct str
new_secret(struct arena *a)
{
    enum { LEN = SECRET_SIZE * 8 / 5 };
    char *p = arena_alloc(a, LEN);
    for (size_t i = 0; i < LEN; i++)
        p[i] = base32[randombytes_uniform(32)];
    return (struct str){p, LEN};
}

/* The bytes of a secret; false when it is damaged. */
static bool
read_secret(struct str s, unsigned char key[SECRET_SIZE])
{
    unsigned bits = 0, held = 0;
    size_t n = 0;
    for (size_t i = 0; i < s.n && n < SECRET_SIZE; i++) {
        const char *at = s.p[i] != '\0' ? strchr(base32, s.p[i]) : NULL;
        if (at == NULL)
            return false;
        bits = (bits << 5 | (unsigned)(at - base32)) & 0xfff;
        held += 5;
        if (held >= 8) {
            held -= 8;
            key[n++] = (unsigned char)(bits >> held);
        }
    }
    return n == SECRET_SIZE;
}

/* Signs of an address as they are, everything else as %XX. */
static struct str
escape(struct arena *a, struct str s)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                "0123456789-._~";
    static const char hex[] = "0123456789ABCDEF";
    char *p = arena_alloc(a, s.n * 3 + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c != '\0' && strchr(plain, c) != NULL) {
            p[n++] = (char)c;
        } else {
            p[n++] = '%';
            p[n++] = hex[c >> 4];
            p[n++] = hex[c & 15];
        }
    }
    return (struct str){p, n};
}

static struct str
uri_of(struct arena *a, struct str issuer, struct str login, struct str secret)
{
    struct str by = escape(a, issuer);
    return str_fmt(a,
                   "otpauth://totp/%.*s:%.*s?secret=%.*s&issuer=%.*s"
                   "&algorithm=SHA1&digits=%d&period=%d",
                   STR_ARG(by), STR_ARG(escape(a, login)), STR_ARG(secret), STR_ARG(by),
                   DIGITS, STEP_S);
}

/* ---- codes ---- */

/* As it was typed, without blanks and hyphens, capitals small; "" when too long. */
static struct str
tidy(struct arena *a, struct str code)
{
    char *p = arena_zalloc(a, CODE_MAX + 1);
    size_t n = 0;
    for (size_t i = 0; i < code.n; i++) {
        char c = code.p[i];
        if (c == ' ' || c == '-')
            continue;
        if (n == CODE_MAX || c == '\0')
            return STR("");
        p[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
    }
    return (struct str){p, n};
}

static enum rc
wrong_code(struct err *err)
{
    return err_set(err, RC_DENIED, "not the code of the second factor");
}

/* The step whose code this is; RC_DENIED when of none now. */
static enum rc
find_step(struct str secret, const char *code, int64_t now, int64_t *step,
          struct err *err)
{
    unsigned char key[SECRET_SIZE];
    int off = 0;
    if (!read_secret(secret, key))
        return err_set(err, RC_FAILED, "a second factor's secret is damaged");
    int rc = oath_totp_validate2((const char *)key, sizeof key, now, STEP_S, 0, WINDOW,
                                 &off, code);
    sodium_memzero(key, sizeof key);
    *step = now / STEP_S + off;
    return rc >= 0 ? RC_OK : wrong_code(err);
}

static enum rc
take_totp(struct store *st, int64_t person_id, const struct factor *f, struct str code,
          int64_t now, struct err *err)
{
    int64_t step = 0;
    TRY(find_step(f->secret, code.p, now, &step, err));
    if (step <= f->last_step)
        return wrong_code(err);
    return store_factor_take_step(st, person_id, step, err);
}

enum rc
factor_take(struct store *st, int64_t person_id, struct str code, int64_t now,
            struct arena *a, struct err *err)
{
    struct factor f = {.is_confirmed = false};
    struct str typed = tidy(a, code);
    enum rc rc = store_factor_of(st, person_id, a, &f, err);
    if (rc != RC_OK && rc != RC_NOT_FOUND)
        return rc;
    if (f.is_confirmed && typed.n == DIGITS)
        return take_totp(st, person_id, &f, typed, now, err);
    rc = store_factor_take_code(st, person_id, hash_sha256(a, typed), err);
    return rc == RC_NOT_FOUND ? wrong_code(err) : rc;
}

/* Shown in groups of four; stored as the SHA-256 of what tidy() makes of it. */
enum rc
factor_make_codes(struct store *st, int64_t person_id, struct arena *a,
                  struct str codes[FACTOR_CODES], struct err *err)
{
    static const char signs[] = "abcdefghjkmnpqrstuvwxyz23456789";
    struct str hashes[FACTOR_CODES];
    for (int i = 0; i < FACTOR_CODES; i++) {
        char *p = arena_zalloc(a, RECOVERY_LEN * 2);
        size_t n = 0;
        for (int k = 0; k < RECOVERY_LEN; k++) {
            if (k > 0 && k % 4 == 0)
                p[n++] = '-';
            p[n++] = signs[randombytes_uniform(sizeof signs - 1)];
        }
        codes[i] = (struct str){p, n};
        hashes[i] = hash_sha256(a, tidy(a, codes[i]));
    }
    return store_factor_set_codes(st, person_id, hashes, FACTOR_CODES, err);
}

/* ---- setting up ---- */

static enum rc
begin(struct auth *au, int64_t person_id, struct str secret, struct arena *a,
      struct err *err)
{
    struct factor f;
    TRY(store_factor_begin(au->st, person_id, secret, err));
    TRY(store_factor_of(au->st, person_id, a, &f, err));
    if (f.is_confirmed)
        return err_set(err, RC_CONFLICT, "there is a second factor already");
    return RC_OK;
}

enum rc
auth_factor_begin(struct auth *au, const struct person *p, struct str issuer,
                  struct arena *a, struct str *secret, struct str *uri, struct err *err)
{
    struct str new = new_secret(a);
    struct auth_note note = {.action = "factor begin", .whom = p->login};
    TRY(store_write_begin(au->st, err));
    TRY(auth_end(au, begin(au, p->id, new, a, err), &note, err));
    *secret = new;
    *uri = uri_of(a, issuer, p->login, new);
    return RC_OK;
}

static enum rc
confirm(struct auth *au, int64_t person_id, struct str code, int64_t now, struct arena *a,
        struct str codes[FACTOR_CODES], struct err *err)
{
    struct factor f;
    struct str typed = tidy(a, code);
    enum rc rc = store_factor_of(au->st, person_id, a, &f, err);
    if (rc == RC_NOT_FOUND || (rc == RC_OK && f.is_confirmed))
        return err_set(err, RC_CONFLICT, "no second factor waits to be confirmed");
    TRY(rc);
    if (typed.n != DIGITS)
        return wrong_code(err);
    TRY(take_totp(au->st, person_id, &f, typed, now, err));
    return factor_make_codes(au->st, person_id, a, codes, err);
}

enum rc
auth_factor_confirm(struct auth *au, const struct person *p, struct str code, int64_t now,
                    struct arena *a, struct str codes[FACTOR_CODES], struct err *err)
{
    struct auth_note note = {.action = "factor add", .whom = p->login};
    TRY(store_write_begin(au->st, err));
    return auth_end(au, confirm(au, p->id, code, now, a, codes, err), &note, err);
}

static enum rc
new_codes(struct auth *au, int64_t person_id, struct arena *a,
          struct str codes[FACTOR_CODES], struct err *err)
{
    struct person p;
    TRY(store_person_by_id(au->st, person_id, a, &p, err));
    if (!p.has_second_factor)
        return err_set(err, RC_CONFLICT, "there is no second factor");
    return factor_make_codes(au->st, person_id, a, codes, err);
}

enum rc
auth_factor_new_codes(struct auth *au, const struct person *p, struct arena *a,
                      struct str codes[FACTOR_CODES], struct err *err)
{
    struct auth_note note = {.action = "recovery codes", .whom = p->login};
    TRY(store_write_begin(au->st, err));
    return auth_end(au, new_codes(au, p->id, a, codes, err), &note, err);
}

enum rc
auth_factor_codes_left(struct auth *au, int64_t person_id, int *n, struct err *err)
{
    return store_factor_codes_left(au->st, person_id, n, err);
}

static enum rc
reset(struct auth *au, int64_t person_id, struct err *err)
{
    TRY(store_factor_drop(au->st, person_id, err));
    TRY(store_passkey_drop_all(au->st, person_id, err));
    return store_session_end_all(au->st, person_id, err);
}

enum rc
auth_factor_reset(struct auth *au, const struct person *p, struct err *err)
{
    struct auth_note note = {.action = "factor reset", .whom = p->login};
    TRY(store_write_begin(au->st, err));
    return auth_end(au, reset(au, p->id, err), &note, err);
}
