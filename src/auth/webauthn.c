/* auth/webauthn.c - what authenticators and browsers say, read and checked. */
#include "auth/webauthn.h"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>

#include <jansson.h>
#include <sodium.h>

#include "auth/cbor.h"

/* Authenticator data (section 6.1): digest of the party, flags, count; when a key was
 * made, its maker (16 bytes), the length of the credential's id (2 bytes), the id, and
 * the key in CBOR; then extensions in CBOR. */
enum {
    TEXT_MAX = 8192, /* bytes of base64url */
    PARTY_HASH = 32,
    FLAGS_AT = 32,
    HEAD = 37,
    ID_LENGTH_AT = 53,
    ID_AT = 55,
    FLAG_PRESENT = 1 << 0,
    FLAG_VERIFIED = 1 << 2,
    FLAG_KEY = 1 << 6,
    FLAG_EXTENSIONS = 1 << 7,
    CREDENTIAL_MAX = 1023 /* bytes; section 4 */
};

struct bytes {
    unsigned char *p;
    size_t n;
};

static enum rc
read_bytes(struct str text, struct arena *a, struct bytes *out, struct err *err)
{
    if (text.n == 0 || text.n > TEXT_MAX)
        return err_set(err, RC_INVALID, "a passkey's data are missing or too long");
    out->p = arena_alloc(a, text.n);
    if (sodium_base642bin(out->p, text.n, text.p, text.n, NULL, &out->n, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return err_set(err, RC_INVALID, "a passkey's data are no base64url");
    return RC_OK;
}

static struct str
write_bytes(struct arena *a, const unsigned char *p, size_t n)
{
    size_t size = sodium_base64_ENCODED_LEN(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *out = arena_alloc(a, size);
    sodium_bin2base64(out, size, p, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return str_of(out);
}

/* Is everything there that the data say is there, and no more? */
static bool
is_whole(struct bytes b, bool is_new)
{
    size_t at = is_new ? ID_AT : HEAD;
    if (b.n < at || ((b.p[FLAGS_AT] & FLAG_KEY) != 0) != is_new)
        return false;
    if (is_new)
        at += (size_t)b.p[ID_LENGTH_AT] << 8 | b.p[ID_LENGTH_AT + 1];
    bool has_extensions = (b.p[FLAGS_AT] & FLAG_EXTENSIONS) != 0;
    return at <= b.n && cbor_is_whole(b.p + at, b.n - at, is_new + has_extensions);
}

/* ---- what the browser says ---- */

static bool
is_text(const json_t *object, const char *key, struct str text)
{
    const json_t *v = json_object_get(object, key);
    struct str s = {json_string_value(v), json_string_length(v)};
    return s.p != NULL && str_eq(s, text);
}

static enum rc
check_members(const json_t *o, const char *type, struct str challenge, struct str origin,
              struct err *err)
{
    if (!is_text(o, "type", str_of(type)))
        return err_set(err, RC_DENIED, "the passkey was asked for something else");
    if (!is_text(o, "challenge", challenge))
        return err_set(err, RC_DENIED, "the passkey answers another challenge");
    if (!is_text(o, "origin", origin))
        return err_set(err, RC_DENIED, "the passkey was used at another address");
    if (json_is_true(json_object_get(o, "crossOrigin")))
        return err_set(err, RC_DENIED, "the passkey was used in another site's frame");
    return RC_OK;
}

enum rc
webauthn_client_data(struct str client_data, const char *type, struct str challenge,
                     struct str origin, struct arena *a, struct err *err)
{
    struct bytes b;
    TRY(read_bytes(client_data, a, &b, err));
    json_t *o = json_loadb((char *)b.p, b.n, JSON_REJECT_DUPLICATES, NULL);
    enum rc rc = json_is_object(o)
                     ? check_members(o, type, challenge, origin, err)
                     : err_set(err, RC_INVALID, "a passkey's client data are no JSON");
    json_decref(o);
    return rc;
}

struct str
webauthn_party(struct str origin)
{
    struct str host = str_from(origin, str_find_str(origin, STR("://")) + 3);
    return str_sub(host, 0, str_find(host, ':'));
}

/* ---- a new passkey ---- */

static bool
is_of_party(struct bytes auth_data, struct str party)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, (const unsigned char *)party.p, party.n);
    return auth_data.n >= PARTY_HASH && memcmp(auth_data.p, hash, PARTY_HASH) == 0;
}

static fido_cred_t *
parse_as(int algorithm, struct bytes auth_data)
{
    fido_cred_t *c = fido_cred_new();
    if (c != NULL && fido_cred_set_type(c, algorithm) == FIDO_OK &&
        fido_cred_set_authdata_raw(c, auth_data.p, auth_data.n) == FIDO_OK)
        return c;
    fido_cred_free(&c);
    return NULL;
}

/* libfido2 wants to be told which algorithm it will find. */
static fido_cred_t *
parse(struct bytes auth_data)
{
    static const int algorithms[] = {COSE_ES256, COSE_EDDSA, COSE_RS256};
    fido_cred_t *c = NULL;
    for (size_t i = 0; i < N_ELEMENTS(algorithms) && c == NULL; i++)
        c = parse_as(algorithms[i], auth_data);
    return c;
}

static enum rc
take_new(const fido_cred_t *c, struct arena *a, struct passkey *out, struct err *err)
{
    enum { NEEDED = FLAG_PRESENT | FLAG_VERIFIED };
    size_t id_n = fido_cred_id_len(c), key_n = fido_cred_pubkey_len(c);
    if ((fido_cred_flags(c) & NEEDED) != NEEDED)
        return err_set(err, RC_DENIED, "the passkey did not check who is there");
    if (id_n == 0 || id_n > CREDENTIAL_MAX || key_n == 0)
        return err_set(err, RC_INVALID, "a passkey without a key");
    out->credential = write_bytes(a, fido_cred_id_ptr(c), id_n);
    out->public_key = write_bytes(a, fido_cred_pubkey_ptr(c), key_n);
    out->algorithm = fido_cred_type(c);
    out->sign_count = fido_cred_sigcount(c);
    return RC_OK;
}

enum rc
webauthn_new(struct str auth_data, struct str party, struct arena *a, struct passkey *out,
             struct err *err)
{
    struct bytes b;
    TRY(read_bytes(auth_data, a, &b, err));
    if (!is_of_party(b, party))
        return err_set(err, RC_DENIED, "the passkey is for another site");
    fido_cred_t *c = is_whole(b, true) ? parse(b) : NULL;
    if (c == NULL)
        return err_set(err, RC_INVALID, "not a key that a passkey may have");
    enum rc rc = take_new(c, a, out, err);
    fido_cred_free(&c);
    return rc;
}

/* ---- one that is known ---- */

/* A public key as the library wants it; exactly one of these. */
union key {
    es256_pk_t *es256;
    eddsa_pk_t *eddsa;
    rs256_pk_t *rs256;
    void *any;
};

static bool
read_key(int64_t algorithm, struct bytes b, union key *k)
{
    switch (algorithm) {
    case COSE_ES256:
        k->es256 = es256_pk_new();
        return k->es256 != NULL && es256_pk_from_ptr(k->es256, b.p, b.n) == FIDO_OK;
    case COSE_EDDSA:
        k->eddsa = eddsa_pk_new();
        return k->eddsa != NULL && eddsa_pk_from_ptr(k->eddsa, b.p, b.n) == FIDO_OK;
    case COSE_RS256:
        k->rs256 = rs256_pk_new();
        return k->rs256 != NULL && rs256_pk_from_ptr(k->rs256, b.p, b.n) == FIDO_OK;
    default:
        return false;
    }
}

static void
free_key(int64_t algorithm, union key *k)
{
    switch (algorithm) {
    case COSE_ES256:
        es256_pk_free(&k->es256);
        break;
    case COSE_EDDSA:
        eddsa_pk_free(&k->eddsa);
        break;
    case COSE_RS256:
        rs256_pk_free(&k->rs256);
        break;
    default:
        break;
    }
}

static bool
is_signed_by(const fido_assert_t *as, const struct passkey *p, struct bytes key)
{
    union key k = {.any = NULL};
    bool is_right = read_key(p->algorithm, key, &k) &&
                    fido_assert_verify(as, 0, (int)p->algorithm, k.any) == FIDO_OK;
    free_key(p->algorithm, &k);
    return is_right;
}

/* The library compares the party's digest and the flags as it verifies. */
static bool
is_set(fido_assert_t *as, const struct bytes b[3], const char *party, bool must_verify)
{
    return fido_assert_set_rp(as, party) == FIDO_OK &&
           fido_assert_set_up(as, FIDO_OPT_TRUE) == FIDO_OK &&
           fido_assert_set_uv(as, must_verify ? FIDO_OPT_TRUE : FIDO_OPT_OMIT) ==
               FIDO_OK &&
           fido_assert_set_count(as, 1) == FIDO_OK &&
           fido_assert_set_clientdata(as, b[0].p, b[0].n) == FIDO_OK &&
           fido_assert_set_authdata_raw(as, 0, b[1].p, b[1].n) == FIDO_OK &&
           fido_assert_set_sig(as, 0, b[2].p, b[2].n) == FIDO_OK;
}

enum rc
webauthn_check(const struct passkey *p, const struct webauthn_proof *w, struct str party,
               bool must_verify, struct arena *a, int64_t *count, struct err *err)
{
    struct bytes b[3], key;
    TRY(read_bytes(w->client_data, a, &b[0], err));
    TRY(read_bytes(w->auth_data, a, &b[1], err));
    TRY(read_bytes(w->signature, a, &b[2], err));
    TRY(read_bytes(p->public_key, a, &key, err));
    fido_assert_t *as = fido_assert_new();
    bool is_right = as != NULL && is_whole(b[1], false) &&
                    is_set(as, b, str_z(a, party), must_verify) &&
                    is_signed_by(as, p, key);
    *count = is_right ? fido_assert_sigcount(as, 0) : 0;
    fido_assert_free(&as);
    return is_right ? RC_OK : err_set(err, RC_DENIED, "not signed by the passkey");
}
