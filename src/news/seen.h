/* news/seen.h - which item identities an input has named already, and on which line. */
#ifndef NEWS_SEEN_H
#define NEWS_SEEN_H

#include "base/arena.h"
#include "base/str.h"

struct seen {
    struct arena *arena;
    uint64_t *keys; /* 0: free */
    uint32_t *lines;
    size_t size, n; /* size is a power of two */
};

void seen_init(struct seen *s, struct arena *a);

/* Remembers an identity; answers the line that named it before, or 0. Identities are
 * compared by a 64-bit digest: at a million items the chance of a false answer is one in
 * 37 million. */
int64_t seen_add(struct seen *s, struct str identity, int64_t line);

/* Row numbers of a table that are marked, a bit for each. */
struct marks {
    struct arena *arena;
    unsigned char *bits;
    size_t size; /* bytes */
};

void marks_add(struct marks *m, int64_t number);
bool marks_has(const struct marks *m, int64_t number);

#endif
