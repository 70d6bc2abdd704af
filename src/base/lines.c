/* base/lines.c - bounded line reader. */
#include "base/lines.h"

#include <errno.h>
#include <unistd.h>

void
lines_init(struct lines *l, struct arena *a, int fd, size_t limit)
{
    *l = (struct lines){.fd = fd, .limit = limit, .p = arena_alloc(a, limit + 1)};
}

/* Reads more behind what is there; 0 at the end of the file. */
static enum rc
fill(struct lines *l, size_t *got, struct err *err)
{
    if (l->from > 0) {
        memmove(l->p, l->p + l->from, l->end - l->from);
        l->end -= l->from;
        l->from = 0;
    }
    ssize_t n;
    do
        n = read(l->fd, l->p + l->end, l->limit + 1 - l->end);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return err_set(err, RC_FAILED, "reading: %s", strerrordesc_np(errno));
    *got = (size_t)n;
    l->end += (size_t)n;
    return RC_OK;
}

/* Throws the rest of an overlong line away. */
static enum rc
skip_line(struct lines *l, struct err *err)
{
    size_t got = 1;
    while (got > 0) {
        char *hit = memchr(l->p + l->from, '\n', l->end - l->from);
        size_t n = hit != NULL ? (size_t)(hit + 1 - (l->p + l->from)) : l->end - l->from;
        l->from += n;
        l->offset += (int64_t)n;
        if (hit != NULL)
            break;
        TRY(fill(l, &got, err));
    }
    return err_set(err, RC_LIMIT, "the line is longer than %zu bytes", l->limit);
}

static struct str
give(struct lines *l, size_t n, size_t n_end)
{
    struct str line = {l->p + l->from, n};
    l->from += n + n_end;
    l->offset += (int64_t)(n + n_end);
    if (line.n > 0 && line.p[line.n - 1] == '\r')
        line.n--;
    return line;
}

enum rc
lines_next(struct lines *l, struct str *line, struct err *err)
{
    size_t got = 1;
    l->number++;
    for (;;) {
        size_t have = l->end - l->from;
        char *hit = memchr(l->p + l->from, '\n', have);
        if (hit != NULL) {
            *line = give(l, (size_t)(hit - (l->p + l->from)), 1);
            return RC_OK;
        }
        if (have > l->limit)
            return skip_line(l, err);
        if (got == 0) {
            if (have == 0)
                return RC_NOT_FOUND;
            *line = give(l, have, 0);
            return RC_OK;
        }
        TRY(fill(l, &got, err));
    }
}
