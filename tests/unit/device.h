/* device.h - an authenticator made up for tests: keys by OpenSSL, the bytes it says by
 * hand (W3C WebAuthn Level 2 section 6.1, CBOR by RFC 8949, COSE by RFC 9053). */
#ifndef DEVICE_H
#define DEVICE_H

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>

#include <sodium.h>

#include "made.h"

enum { ES256 = -7, EDDSA = -8, RS256 = -257, ES384 = -35 };
enum { PRESENT = 1, VERIFIED = 4, HAS_KEY = 64 };

struct device {
    struct arena *a;
    EVP_PKEY *key;
    int algorithm;
    const char *id;     /* of the credential, 16 bytes */
    const char *party;  /* whose digest it says */
    const char *origin; /* that the browser says */
    unsigned flags;
    unsigned count;
};

static inline struct device
device_new(struct arena *a, int algorithm, const char *id)
{
    struct device d = {a,
                       NULL,
                       algorithm,
                       id,
                       "news.example",
                       "https://news.example",
                       PRESENT | VERIFIED,
                       1};
    d.key = algorithm == ES256   ? EVP_EC_gen("P-256")
            : algorithm == ES384 ? EVP_EC_gen("P-384")
            : algorithm == EDDSA ? EVP_PKEY_Q_keygen(NULL, NULL, "ED25519")
                                 : EVP_RSA_gen(2048);
    assert_non_null(d.key);
    return d;
}

static inline void
device_end(struct device *d)
{
    EVP_PKEY_free(d->key);
}

static inline struct str
joined(struct arena *a, struct str x, struct str y)
{
    char *p = arena_alloc(a, x.n + y.n + 1);
    memcpy(p, x.p, x.n);
    memcpy(p + x.n, y.p, y.n);
    return (struct str){p, x.n + y.n};
}

static inline struct str
base64(struct arena *a, struct str s)
{
    size_t size =
        sodium_base64_ENCODED_LEN(s.n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *p = arena_alloc(a, size);
    sodium_bin2base64(p, size, (const unsigned char *)s.p, s.n,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return str_of(p);
}

/* A point of a curve: its two coordinates as the map's members -2 and -3. */
static inline struct str
cose_curve(struct device *d, struct str head, unsigned char size)
{
    unsigned char point[200];
    size_t n = 0;
    char mark[] = {'\x21', '\x58', (char)size, 0},
         mark2[] = {'\x22', '\x58', (char)size, 0};
    assert_int_equal(EVP_PKEY_get_octet_string_param(d->key, OSSL_PKEY_PARAM_PUB_KEY,
                                                     point, sizeof point, &n),
                     1);
    assert_int_equal(n, 1 + 2 * size);
    struct str s = joined(d->a, head, (struct str){mark, 3});
    s = joined(d->a, s, (struct str){(char *)point + 1, size});
    s = joined(d->a, s, (struct str){mark2, 3});
    return joined(d->a, s, (struct str){(char *)point + 1 + size, size});
}

static inline struct str
cose_rsa(struct device *d)
{
    BIGNUM *n = NULL;
    unsigned char modulus[256];
    assert_int_equal(EVP_PKEY_get_bn_param(d->key, OSSL_PKEY_PARAM_RSA_N, &n), 1);
    assert_int_equal(BN_bn2binpad(n, modulus, sizeof modulus), sizeof modulus);
    BN_free(n);
    struct str s = joined(d->a, STR("\xa4\x01\x03\x03\x39\x01\x00\x20\x59\x01\x00"),
                          (struct str){(char *)modulus, sizeof modulus});
    return joined(d->a, s, STR("\x21\x43\x01\x00\x01"));
}

static inline struct str
cose_ed25519(struct device *d)
{
    unsigned char point[32];
    size_t n = sizeof point;
    assert_int_equal(EVP_PKEY_get_raw_public_key(d->key, point, &n), 1);
    return joined(d->a, STR("\xa4\x01\x01\x03\x27\x20\x06\x21\x58\x20"),
                  (struct str){(char *)point, n});
}

static inline struct str
cose_key(struct device *d)
{
    return d->algorithm == ES256 ? cose_curve(d, STR("\xa5\x01\x02\x03\x26\x20\x01"), 32)
           : d->algorithm == ES384
               ? cose_curve(d, STR("\xa5\x01\x02\x03\x38\x22\x20\x02"), 48)
           : d->algorithm == EDDSA ? cose_ed25519(d)
                                   : cose_rsa(d);
}

/* Authenticator data, with the key when it is made. */
static inline struct str
device_data(struct device *d, bool is_new)
{
    unsigned char head[37];
    SHA256((const unsigned char *)d->party, strlen(d->party), head);
    head[32] = (unsigned char)(d->flags | (is_new ? HAS_KEY : 0));
    for (int i = 0; i < 4; i++)
        head[33 + i] = (unsigned char)(d->count >> (24 - 8 * i));
    struct str s = joined(d->a, (struct str){(char *)head, sizeof head}, STR(""));
    if (!is_new)
        return s;
    s = joined(d->a, s, STR("0123456789abcdef\x00\x10")); /* maker, length of the id */
    s = joined(d->a, s, (struct str){d->id, 16});
    return joined(d->a, s, cose_key(d));
}

/* What the browser adds, as JSON. */
static inline struct str
device_client(struct device *d, const char *type, struct str challenge)
{
    return str_fmt(d->a,
                   "{\"type\":\"%s\",\"challenge\":\"%.*s\",\"origin\":\"%s\","
                   "\"crossOrigin\":false}",
                   type, STR_ARG(challenge), d->origin);
}

/* The signature over authenticator data and the digest of client data. */
static inline struct str
device_sign(struct device *d, struct str data, struct str client)
{
    unsigned char digest[32], *out = arena_alloc(d->a, 512);
    size_t n = 512;
    SHA256((const unsigned char *)client.p, client.n, digest);
    struct str all = joined(d->a, data, (struct str){(char *)digest, sizeof digest});
    EVP_MD_CTX *c = EVP_MD_CTX_new();
    const EVP_MD *md = d->algorithm == EDDSA ? NULL : EVP_sha256();
    assert_int_equal(EVP_DigestSignInit(c, NULL, md, NULL, d->key), 1);
    assert_int_equal(EVP_DigestSign(c, out, &n, (const unsigned char *)all.p, all.n), 1);
    EVP_MD_CTX_free(c);
    return (struct str){(char *)out, n};
}

#endif
