/* base/gzip.c - one-shot compression; measuring. */
#include "base/gzip.h"

#include <assert.h>
#include <limits.h>
#define ZLIB_CONST /* or its input pointer is not const */
#include <zlib.h>

#include "base/compiler.h"

enum { WINDOW_BITS_GZIP = 15 + 16, MEM_LEVEL = 8 };

static void *
take(void *arena, unsigned n, unsigned size)
{
    return arena_alloc(arena, (size_t)n * size);
}

/* The arena takes it all back at once. */
static void
give_back(void *arena, void *p)
{
    (void)arena;
    (void)p;
}

static void
done(void *arena)
{
    arena_done(arena);
}

/* zlib's own 270 KB live in an arena inside the caller's: given back at once when all
 * goes well, and with the caller's when memory runs out half-way. */
static struct arena *
work_arena(struct arena *a)
{
    struct arena *work = arena_new(a, struct arena);
    arena_init(work);
    arena_at_end(a, done, work);
    return work;
}

struct str
gzip_pack(struct arena *a, struct str s, int level)
{
    assert(level >= 1 && level <= 9 && s.n <= UINT_MAX / 2);
    struct arena *work = work_arena(a);
    z_stream z = {.zalloc = take, .zfree = give_back, .opaque = work};
    int rc = deflateInit2(&z, level, Z_DEFLATED, WINDOW_BITS_GZIP, MEM_LEVEL,
                          Z_DEFAULT_STRATEGY);
    assert(rc == Z_OK);
    size_t bound = deflateBound(&z, s.n);
    unsigned char *to = arena_alloc(a, bound);
    z.next_in = (const unsigned char *)s.p;
    z.avail_in = (unsigned)s.n;
    z.next_out = to;
    z.avail_out = (unsigned)bound;
    rc = deflate(&z, Z_FINISH);
    assert(rc == Z_STREAM_END); /* deflateBound promises the room */
    size_t n = bound - z.avail_out;
    arena_done(work);
    return (struct str){(const char *)to, n};
}

size_t
zlib_unpacked_size(struct str s, size_t most)
{
    AT_END(arena_done) struct arena work;
    unsigned char piece[4096];
    size_t n = 0;
    arena_init(&work);
    z_stream z = {.zalloc = take,
                  .zfree = give_back,
                  .opaque = &work,
                  .next_in = (const unsigned char *)s.p,
                  .avail_in = s.n < UINT_MAX ? (unsigned)s.n : UINT_MAX};
    int rc = inflateInit(&z);
    assert(rc == Z_OK);
    while (rc == Z_OK && n < most) {
        z.next_out = piece;
        z.avail_out = sizeof piece;
        rc = inflate(&z, Z_NO_FLUSH);
        n += sizeof piece - z.avail_out;
    }
    return n < most ? n : most;
}
