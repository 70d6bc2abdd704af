/* base/lines.h - reading a file line by line, with a limit on a line's length. */
#ifndef BASE_LINES_H
#define BASE_LINES_H

#include "base/err.h"
#include "base/str.h"

struct lines {
    int fd;
    size_t limit;     /* bytes of the longest line accepted */
    char *p;          /* limit + 1 bytes */
    size_t from, end; /* what of p is read but not yet given out */
    int64_t number;   /* of the line given out last, from 1 */
    int64_t offset;   /* bytes of the file given out so far */
};

/* Reads fd from its current position; the buffer is in a and fd stays the caller's. */
void lines_init(struct lines *l, struct arena *a, int fd, size_t limit);

/* The next line without its end ("\n" or "\r\n"); valid until the next call.
 * RC_NOT_FOUND after the last one; RC_LIMIT for one that is too long (which is skipped:
 * go on with the next call); RC_FAILED when reading fails. */
enum rc lines_next(struct lines *l, struct str *line, struct err *err) MUST_CHECK;

#endif
