/* base/hash.c - digests and random bytes. */
#include "base/hash.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <sodium.h>

enum { BLOCK_SIZE = 64 * 1024 };

enum rc
hash_init(struct err *err)
{
    if (sodium_init() < 0)
        return err_set(err, RC_FAILED, "no random bytes from the kernel");
    return RC_OK;
}

static struct str
hex_of(struct arena *a, const unsigned char digest[HASH_SIZE])
{
    char *hex = arena_alloc(a, HASH_HEX_SIZE + 1);
    sodium_bin2hex(hex, HASH_HEX_SIZE + 1, digest, HASH_SIZE);
    return (struct str){hex, HASH_HEX_SIZE};
}

struct str
hash_sha256(struct arena *a, struct str bytes)
{
    unsigned char digest[HASH_SIZE];
    crypto_hash_sha256(digest, (const unsigned char *)bytes.p, bytes.n);
    return hex_of(a, digest);
}

static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(struct hash_sum),
              "libsodium's state has grown");

static crypto_hash_sha256_state *
state_of(struct hash_sum *s)
{
    return (crypto_hash_sha256_state *)(void *)s->state;
}

void
hash_sum_start(struct hash_sum *s)
{
    crypto_hash_sha256_init(state_of(s));
}

void
hash_sum_add(struct hash_sum *s, struct str bytes)
{
    crypto_hash_sha256_update(state_of(s), (const unsigned char *)bytes.p, bytes.n);
}

struct str
hash_sum_end(struct hash_sum *s, struct arena *a)
{
    unsigned char digest[HASH_SIZE];
    crypto_hash_sha256_final(state_of(s), digest);
    return hex_of(a, digest);
}

/* Feeds the descriptor to its end; false with errno. */
static bool
digest_fd(int fd, unsigned char digest[HASH_SIZE])
{
    unsigned char block[BLOCK_SIZE];
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    ssize_t n;
    while ((n = read(fd, block, sizeof block)) != 0) {
        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0)
            crypto_hash_sha256_update(&state, block, (unsigned long long)n);
    }
    crypto_hash_sha256_final(&state, digest);
    return true;
}

enum rc
hash_file(struct arena *a, const char *path, struct str *hex, struct err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_set(err, errno == ENOENT ? RC_NOT_FOUND : RC_FAILED, "%s: %s", path,
                       strerrordesc_np(errno));
    unsigned char digest[HASH_SIZE];
    bool is_read = digest_fd(fd, digest);
    int why = errno;
    close(fd);
    if (!is_read)
        return err_set(err, RC_FAILED, "%s: %s", path, strerrordesc_np(why));
    *hex = hex_of(a, digest);
    return RC_OK;
}

struct str
hash_keyed(struct arena *a, struct str key, struct str bytes)
{
    unsigned char digest[HASH_SIZE];
    assert(key.n >= crypto_generichash_KEYBYTES_MIN &&
           key.n <= crypto_generichash_KEYBYTES_MAX);
    crypto_generichash(digest, sizeof digest, (const unsigned char *)bytes.p, bytes.n,
                       (const unsigned char *)key.p, key.n);
    return hex_of(a, digest);
}

bool
hash_is_same(struct str a, struct str b)
{
    return a.n == b.n && sodium_memcmp(a.p, b.p, a.n) == 0;
}

struct str
hash_random_hex(struct arena *a)
{
    unsigned char bits[HASH_SIZE];
    hash_random(bits, sizeof bits);
    return hex_of(a, bits);
}

uint64_t
hash_fast(struct str bytes)
{
    static const unsigned char key[crypto_shorthash_KEYBYTES] = "byline etag key";
    unsigned char digest[crypto_shorthash_BYTES];
    crypto_shorthash(digest, (const unsigned char *)bytes.p, bytes.n, key);
    uint64_t v = 0;
    for (size_t i = 0; i < sizeof digest; i++)
        v |= (uint64_t)digest[i] << (8 * i); /* the same number on every machine */
    return v;
}

void
hash_random(void *p, size_t n)
{
    if (n > 0)
        randombytes_buf(p, n);
}

void
hash_wipe(void *p, size_t n)
{
    if (n > 0)
        sodium_memzero(p, n);
}
