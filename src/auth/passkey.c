/* auth/passkey.c - a person's passkeys: challenges, adding, removing. */
#include "auth/passkey.h"

#include <sodium.h>

#include "auth/password.h"
#include "auth/webauthn.h"
#include "auth/within.h"
#include "store/factor.h"
#include "store/passkey.h"
#include "store/person.h"

#include "base/hash.h"
#include "base/utf8.h"

static const char *const uses[PASSKEY_USE__MAX] = {
    [PASSKEY_CREATE] = "webauthn.create",
    [PASSKEY_GET] = "webauthn.get",
};

/* ---- challenges ---- */

/* The challenge of a ticket ("TIME-RANDOM"): nobody without the server's key can make
 * one for a time to come. */
static enum rc
value_of(struct auth *au, struct str token, enum passkey_use use, struct str ticket,
         struct arena *a, struct str *out, struct err *err)
{
    unsigned char bits[HASH_SIZE];
    char text[HASH_HEX_SIZE];
    struct str secret;
    TRY(store_passkey_secret(au->st, a, &secret, err));
    struct str hex = hash_keyed(a, secret,
                                str_fmt(a, "%s %.*s %.*s", uses[use],
                                        STR_ARG(token_hash(a, token)), STR_ARG(ticket)));
    sodium_hex2bin(bits, sizeof bits, hex.p, hex.n, NULL, NULL, NULL);
    sodium_bin2base64(text, sizeof text, bits, sizeof bits,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    *out = str_copy(a, str_of(text));
    return RC_OK;
}

enum rc
auth_passkey_challenge(struct auth *au, struct str token, enum passkey_use use,
                       int64_t now, struct arena *a, struct passkey_challenge *out,
                       struct err *err)
{
    out->ticket = str_fmt(a, "%lld-%.*s", (long long)now, STR_ARG(hash_random_hex(a)));
    out->party = webauthn_party(au->rules.origin);
    return value_of(au, token, use, out->ticket, a, &out->value, err);
}

static enum rc
take(struct auth *au, struct str value, int64_t now, struct err *err)
{
    TRY(store_challenge_drop_old(au->st, now - PASSKEY_WAIT_S, err));
    enum rc rc = store_challenge_take(au->st, value, now, err);
    if (rc == RC_CONFLICT)
        return err_set(err, RC_DENIED, "the challenge has been answered already");
    return rc;
}

enum rc
passkey_take_challenge(struct auth *au, struct str token, enum passkey_use use,
                       const struct passkey_answer *w, int64_t now, struct arena *a,
                       struct err *err)
{
    struct str ticket = w->ticket, value;
    int64_t made = 0;
    if (!str_to_int(str_cut(&ticket, '-'), 0, now, &made) || ticket.n != HASH_HEX_SIZE)
        return err_set(err, RC_DENIED, "not a ticket of ours");
    if (made <= now - PASSKEY_WAIT_S)
        return err_set(err, RC_DENIED, "the challenge is too old");
    TRY(value_of(au, token, use, w->ticket, a, &value, err));
    TRY(store_write_begin(au->st, err));
    TRY(auth_finish(au, take(au, value, now, err), err));
    return webauthn_client_data(w->client_data, uses[use], value, au->rules.origin, a,
                                err);
}

enum rc
auth_passkey_user(struct auth *au, int64_t person_id, struct arena *a, struct str *out,
                  struct err *err)
{
    struct str secret;
    TRY(store_passkey_secret(au->st, a, &secret, err));
    *out = hash_keyed(a, secret, str_fmt(a, "person %lld", (long long)person_id));
    return RC_OK;
}

/* ---- adding ---- */

static enum rc
check_name(struct str name, struct err *err)
{
    if (name.n == 0 || name.n > PASSKEY_NAME_MAX || utf8_check(name) < name.n ||
        utf8_find_control(name) < name.n || str_find(name, '\n') < name.n)
        return err_field(err, "name", "not a name of one line, 1 to %d bytes",
                         PASSKEY_NAME_MAX);
    return RC_OK;
}

/* Hints are words of a few letters; what is not is no hint. */
static struct str
tidy_transports(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || s.p[i] == '-' || s.p[i] == ','))
            return STR("");
    return s.n <= PASSKEY_TRANSPORTS_MAX ? s : STR("");
}

/* p is read anew: it was another transaction that knew it. */
static enum rc
add(struct auth *au, const struct passkey *k, struct arena *a,
    struct str codes[FACTOR_CODES], bool *has_codes, struct err *err)
{
    struct passkey all[PASSKEYS_MAX];
    struct person p;
    int n = 0;
    TRY(store_person_by_id(au->st, k->person_id, a, &p, err));
    TRY(store_passkey_of_person(au->st, p.id, a, all, &n, err));
    if (n == PASSKEYS_MAX)
        return err_set(err, RC_LIMIT, "nobody needs more than %d passkeys", PASSKEYS_MAX);
    TRY(store_passkey_add(au->st, k, err));
    *has_codes = !p.has_second_factor;
    return *has_codes ? factor_make_codes(au->st, p.id, a, codes, err) : RC_OK;
}

enum rc
auth_passkey_add(struct auth *au, const struct person *p, struct str token,
                 const struct passkey_answer *w, int64_t now, struct arena *a,
                 struct str codes[FACTOR_CODES], bool *has_codes, struct err *err)
{
    struct passkey k = {.person_id = p->id,
                        .name = w->name,
                        .transports = tidy_transports(w->transports),
                        .made_at = now};
    TRY(check_name(w->name, err));
    TRY(passkey_take_challenge(au, token, PASSKEY_CREATE, w, now, a, err));
    TRY(webauthn_new(w->auth_data, webauthn_party(au->rules.origin), a, &k, err));
    struct auth_note note = {.action = "passkey add", .whom = p->login, .detail = k.name};
    TRY(store_write_begin(au->st, err));
    return auth_end(au, add(au, &k, a, codes, has_codes, err), &note, err);
}

enum rc
auth_passkey_list(struct auth *au, int64_t person_id, struct arena *a,
                  struct passkey out[PASSKEYS_MAX], int *n, struct err *err)
{
    return store_passkey_of_person(au->st, person_id, a, out, n, err);
}

/* ---- removing ---- */

static enum rc
drop(struct auth *au, const struct person *was, int64_t id, struct str password,
     struct arena *a, struct err *err)
{
    struct person p;
    enum rc rc = store_passkey_drop(au->st, id, was->id, err);
    if (rc == RC_NOT_FOUND)
        return err_set(err, rc, "no such passkey");
    TRY(rc);
    TRY(store_person_by_id(au->st, was->id, a, &p, err));
    if (p.has_second_factor)
        return RC_OK;
    if (auth_password_fault(password, &p, a) != PASSWORD_FINE)
        return err_set(err, RC_CONFLICT, "the password is too short to stand alone");
    return store_factor_drop(au->st, p.id, err);
}

enum rc
auth_passkey_remove(struct auth *au, const struct person *p, int64_t id,
                    struct str password, struct arena *a, struct err *err)
{
    struct auth_note note = {.action = "passkey remove", .whom = p->login};
    TRY(store_write_begin(au->st, err));
    return auth_end(au, drop(au, p, id, password, a, err), &note, err);
}

/* ---- signing in ---- */

/* Somebody who signs in by passkey alone is found by it: it must say whose it is. */
static enum rc
check_user(struct auth *au, const struct passkey *p, struct str user, struct arena *a,
           struct err *err)
{
    struct str name;
    char text[HASH_HEX_SIZE * 2];
    TRY(auth_passkey_user(au, p->person_id, a, &name, err));
    sodium_bin2base64(text, sizeof text, (const unsigned char *)name.p, name.n,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return str_eq_z(user, text)
               ? RC_OK
               : err_set(err, RC_DENIED, "the passkey is not of the person it names");
}

enum rc
passkey_check(struct auth *au, const struct passkey *p, const struct passkey_answer *w,
              bool is_alone, struct arena *a, int64_t *count, struct err *err)
{
    struct webauthn_proof proof = {w->client_data, w->auth_data, w->signature};
    if (is_alone)
        TRY(check_user(au, p, w->user, a, err));
    return webauthn_check(p, &proof, webauthn_party(au->rules.origin), is_alone, a, count,
                          err);
}
