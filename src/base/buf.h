/* base/buf.h - a buffer that grows in an arena up to a limit given at birth.
 *
 * Once an append does not fit, that one and all later ones do nothing and
 * buf_ok() is false: append freely, check once. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

struct buf {
    struct arena *arena;
    char *p;      /* always NUL-terminated once something was appended */
    size_t n;     /* bytes held */
    size_t size;  /* bytes allocated */
    size_t limit; /* bytes it may ever hold */
    bool failed;
};

/* An empty buffer of at most limit bytes; its bytes live as long as a. */
void buf_init(struct buf *b, struct arena *a, size_t limit);

void buf_add(struct buf *b, struct str s);
void buf_add_z(struct buf *b, const char *z);
void buf_add_c(struct buf *b, char c);
void buf_fmt(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Space for n more bytes that the caller fills and confirms with buf_filled; NULL
 * when they do not fit (the buffer has then failed). */
char *buf_space(struct buf *b, size_t n);
void buf_filled(struct buf *b, size_t n);

/* Forgets the contents, keeps the memory. */
void buf_clear(struct buf *b);

bool buf_ok(const struct buf *b);

/* What it holds; valid until the next append. */
struct str buf_str(const struct buf *b);

#endif
