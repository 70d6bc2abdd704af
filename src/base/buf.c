/* base/buf.c - bounded growing buffer. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>

void
buf_init(struct buf *b, struct arena *a, size_t limit)
{
    *b = (struct buf){.arena = a, .limit = limit};
}

/* Old blocks stay in the arena until it ends; doubling keeps that under twice the
 * final size. */
static bool
make_room(struct buf *b, size_t n)
{
    if (b->failed || n > b->limit - b->n) {
        b->failed = true;
        return false;
    }
    if (b->n + n < b->size)
        return true;
    size_t need = b->n + n + 1;
    size_t size = b->size > 0 ? b->size * 2 : 256;
    if (size < need)
        size = need;
    char *p = arena_alloc(b->arena, size);
    if (b->n > 0)
        memcpy(p, b->p, b->n);
    b->p = p;
    b->size = size;
    return true;
}

char *
buf_space(struct buf *b, size_t n)
{
    return make_room(b, n) ? b->p + b->n : NULL;
}

void
buf_filled(struct buf *b, size_t n)
{
    b->n += n;
    b->p[b->n] = '\0';
}

void
buf_add(struct buf *b, struct str s)
{
    char *to = buf_space(b, s.n);
    if (to == NULL)
        return;
    if (s.n > 0)
        memcpy(to, s.p, s.n);
    buf_filled(b, s.n);
}

void
buf_add_z(struct buf *b, const char *z)
{
    buf_add(b, str_of(z));
}

void
buf_add_c(struct buf *b, char c)
{
    buf_add(b, (struct str){&c, 1});
}

void
buf_fmt(struct buf *b, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    b->failed = b->failed || n < 0;
    char *to = buf_space(b, n >= 0 ? (size_t)n : 0);
    if (to != NULL) {
        (void)vsnprintf(to, (size_t)n + 1, fmt, again);
        buf_filled(b, (size_t)n);
    }
    va_end(again);
}

void
buf_clear(struct buf *b)
{
    b->n = 0;
    b->failed = false;
    if (b->p != NULL)
        b->p[0] = '\0';
}

bool
buf_ok(const struct buf *b)
{
    return !b->failed;
}

struct str
buf_str(const struct buf *b)
{
    return (struct str){b->p != NULL ? b->p : "", b->n};
}
