/* news/spool.h - checked items on their way from the first pass of an import to the
 * second, in a file: what is stored is what was checked, and is parsed once.
 *
 * A record is the struct as it stands in memory with its texts behind it, for the process
 * that wrote it and for nobody else. */
#ifndef NEWS_SPOOL_H
#define NEWS_SPOOL_H

#include "news/exchange.h"

#include "base/buf.h"

struct spool {
    int fd;
    struct buf out; /* what is not written yet */
    char *in;       /* what is read but not given out: from .. end */
    size_t from, end;
};

/* An item with its place in the input. */
struct spooled {
    struct exchange x;
    int64_t line;   /* number, from 1 */
    int64_t offset; /* of the byte behind it */
};

/* fd is an empty file, open for reading and writing; it stays the caller's. */
void spool_init(struct spool *s, struct arena *a, int fd);

/* Adds one at the end. RC_FAILED when the file cannot grow. */
enum rc spool_put(struct spool *s, const struct spooled *one, struct err *err) MUST_CHECK;

/* Goes to the beginning, to read what has been put. RC_FAILED. */
enum rc spool_rewind(struct spool *s, struct err *err) MUST_CHECK;

/* The next one, all of it in a. RC_NOT_FOUND after the last; RC_FAILED. */
enum rc spool_next(struct spool *s, struct arena *a, struct spooled *out,
                   struct err *err) MUST_CHECK;

#endif
