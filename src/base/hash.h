/* base/hash.h - digests and random bytes, by libsodium. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/err.h"
#include "base/str.h"

enum { HASH_SIZE = 32, HASH_HEX_SIZE = 64 };

/* Must be called once per process before the others; RC_FAILED without entropy. */
enum rc hash_init(struct err *err) MUST_CHECK;

/* SHA-256 (FIPS 180-4) as 64 lower-case hex digits in the arena. */
struct str hash_sha256(struct arena *a, struct str bytes);

/* SHA-256 of a file read in blocks. RC_NOT_FOUND, RC_FAILED. */
enum rc hash_file(struct arena *a, const char *path, struct str *hex,
                  struct err *err) MUST_CHECK;

/* A SHA-256 of bytes that come in pieces: start, add as often as there are pieces, then
 * end once, which gives 64 lower-case hex digits in the arena. */
struct hash_sum {
    _Alignas(16) unsigned char state[128]; /* libsodium's */
};
void hash_sum_start(struct hash_sum *s);
void hash_sum_add(struct hash_sum *s, struct str bytes);
struct str hash_sum_end(struct hash_sum *s, struct arena *a);

/* A fast keyless 64-bit digest (SipHash-2-4 with a fixed key): for ETags and cache
 * keys, where a collision costs a stale page and nobody chooses both inputs. */
uint64_t hash_fast(struct str bytes);

/* BLAKE2b (RFC 7693) of bytes under a key of 16 to 64 bytes, as 64 lower-case hex digits
 * in the arena: who does not have the key cannot make it. */
struct str hash_keyed(struct arena *a, struct str key, struct str bytes);

/* Are they the same? Takes as long for every pair of one length. */
bool hash_is_same(struct str a, struct str b);

/* 256 random bits as 64 lower-case hex digits in the arena. */
struct str hash_random_hex(struct arena *a);

/* n random bytes from the kernel. */
void hash_random(void *p, size_t n);

/* Overwrites a secret, in a way that no compiler leaves out. */
void hash_wipe(void *p, size_t n);

#endif
