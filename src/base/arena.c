/* base/arena.c - chunked bump allocation. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define POISON(p, n)   ASAN_POISON_MEMORY_REGION((p), (n))
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
#else
#define POISON(p, n)   ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#endif

enum { CHUNK_MIN = 32 * 1024, ALIGN = alignof(max_align_t) };

struct arena_chunk {
    struct arena_chunk *next;
    size_t size, used;
    alignas(max_align_t) unsigned char bytes[];
};

struct arena_end {
    struct arena_end *next;
    void (*fn)(void *);
    void *arg;
};

void
arena_init(struct arena *a)
{
    memset(a, 0, sizeof *a);
}

static void
run_ends(struct arena *a)
{
    for (struct arena_end *e = a->ends; e != NULL; e = e->next)
        e->fn(e->arg);
    a->ends = NULL;
}

static void
free_chunks(struct arena_chunk *c)
{
    while (c != NULL) {
        struct arena_chunk *next = c->next;
        UNPOISON(c->bytes, c->size);
        mem_free(c);
        c = next;
    }
}

void
arena_done(struct arena *a)
{
    run_ends(a);
    free_chunks(a->head);
    arena_init(a);
}

void
arena_reset(struct arena *a)
{
    run_ends(a);
    struct arena_chunk *keep = a->head;
    if (keep != NULL) {
        free_chunks(keep->next);
        keep->next = NULL;
        keep->used = 0;
        POISON(keep->bytes, keep->size);
    }
    a->used = 0;
}

static void
add_chunk(struct arena *a, size_t at_least)
{
    size_t size = at_least > CHUNK_MIN ? at_least : CHUNK_MIN;
    struct arena_chunk *c = mem_alloc(sizeof *c + size);
    c->next = a->head;
    c->size = size;
    c->used = 0;
    POISON(c->bytes, size);
    a->head = c;
}

void *
arena_alloc(struct arena *a, size_t n)
{
    /* One byte more than asked keeps neighbours apart for the sanitizer. */
    size_t need = (n + ALIGN) / ALIGN * ALIGN;
    if (need < n || need > SIZE_MAX / 2)
        need = SIZE_MAX / 2; /* overflow: mem_alloc will refuse it */
    if (a->head == NULL || a->head->size - a->head->used < need)
        add_chunk(a, need);
    void *p = a->head->bytes + a->head->used;
    a->head->used += need;
    a->used += need;
    UNPOISON(p, n);
    return p;
}

void *
arena_zalloc(struct arena *a, size_t n)
{
    return memset(arena_alloc(a, n), 0, n);
}

char *
arena_copy(struct arena *a, const void *p, size_t n)
{
    char *copy = arena_alloc(a, n + 1);
    if (n > 0)
        memcpy(copy, p, n);
    copy[n] = '\0';
    return copy;
}

void
arena_at_end(struct arena *a, void (*fn)(void *), void *arg)
{
    struct arena_end *e = arena_alloc(a, sizeof *e);
    e->next = a->ends;
    e->fn = fn;
    e->arg = arg;
    a->ends = e;
}
