/* base/arena.h - memory that is given back all at once.
 *
 * A request has one arena; whatever a function returns lives there and nobody
 * frees it. Things of other libraries (JSON values, statements) are registered
 * with arena_at_end where they are made and let go in reverse order.
 *
 * Under AddressSanitizer the unused part of every chunk is off limits, so an
 * overrun of an arena block is seen like one of a malloc block. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_chunk;
struct arena_end;

struct arena {
    struct arena_chunk *head; /* newest chunk, NULL until the first allocation */
    struct arena_end *ends;   /* what to run at the end, newest first */
    size_t used;              /* bytes handed out since init or reset, for budgets */
};

/* Makes an empty arena. Nothing is allocated yet. */
void arena_init(struct arena *a);

/* Runs the registered clean-ups, newest first, and gives all memory back. The
 * arena is empty and may be used again. */
void arena_done(struct arena *a);

/* Same, but keeps one chunk for the next round (a worker's next request). */
void arena_reset(struct arena *a);

/* n bytes aligned for any type, contents undefined; lives as long as a. */
void *arena_alloc(struct arena *a, size_t n);

/* n bytes of zeros. */
void *arena_zalloc(struct arena *a, size_t n);

/* A copy of n bytes with a NUL byte after it. */
char *arena_copy(struct arena *a, const void *p, size_t n);

/* fn(arg) runs when the arena ends. */
void arena_at_end(struct arena *a, void (*fn)(void *arg), void *arg);

/* One zeroed object, or an array of n. */
#define arena_new(a, type)      ((type *)arena_zalloc((a), sizeof(type)))
#define arena_array(a, type, n) ((type *)arena_zalloc((a), sizeof(type) * (size_t)(n)))

#endif
