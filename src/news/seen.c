/* news/seen.c - open addressing over digests, and bits by number. */
#include "news/seen.h"

#include "base/hash.h"

enum { FIRST_SIZE = 1024 };

static void
make_table(struct seen *s, size_t size)
{
    s->keys = arena_array(s->arena, uint64_t, size);
    s->lines = arena_array(s->arena, uint32_t, size);
    s->size = size;
}

void
seen_init(struct seen *s, struct arena *a)
{
    *s = (struct seen){.arena = a};
    make_table(s, FIRST_SIZE);
}

/* The place of a key, or the free place where it belongs. */
static size_t
place_of(const struct seen *s, uint64_t key)
{
    size_t i = key & (s->size - 1);
    while (s->keys[i] != 0 && s->keys[i] != key)
        i = (i + 1) & (s->size - 1);
    return i;
}

static void
grow(struct seen *s)
{
    struct seen old = *s;
    make_table(s, old.size * 2);
    for (size_t i = 0; i < old.size; i++)
        if (old.keys[i] != 0) {
            size_t to = place_of(s, old.keys[i]);
            s->keys[to] = old.keys[i];
            s->lines[to] = old.lines[i];
        }
}

int64_t
seen_add(struct seen *s, struct str identity, int64_t line)
{
    uint64_t key = hash_fast(identity) | 1;
    if (s->n * 2 >= s->size)
        grow(s);
    size_t at = place_of(s, key);
    if (s->keys[at] != 0)
        return s->lines[at];
    s->keys[at] = key;
    s->lines[at] = (uint32_t)line;
    s->n++;
    return 0;
}

void
marks_add(struct marks *m, int64_t number)
{
    size_t at = (size_t)number / 8;
    if (at >= m->size) {
        size_t size = at * 2 + FIRST_SIZE;
        unsigned char *more = arena_zalloc(m->arena, size);
        if (m->size > 0)
            memcpy(more, m->bits, m->size);
        m->bits = more;
        m->size = size;
    }
    m->bits[at] |= (unsigned char)(1 << number % 8);
}

bool
marks_has(const struct marks *m, int64_t number)
{
    size_t at = (size_t)number / 8;
    return at < m->size && (m->bits[at] >> number % 8 & 1) != 0;
}
