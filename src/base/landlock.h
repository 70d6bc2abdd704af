/* base/landlock.h - giving up the file system and the network, but for what is named
 * (Landlock; kernel documentation, userspace-api/landlock). */
#ifndef BASE_LANDLOCK_H
#define BASE_LANDLOCK_H

#include <stdint.h>

#include "base/err.h"

/* Rights to files, by Landlock's bits. */
enum {
    LANDLOCK_EXECUTE = 1 << 0,
    LANDLOCK_WRITE_FILE = 1 << 1,
    LANDLOCK_READ_FILE = 1 << 2,
    LANDLOCK_READ_DIR = 1 << 3,
    LANDLOCK_REMOVE_DIR = 1 << 4, /* moving one, too */
    LANDLOCK_REMOVE_FILE = 1 << 5,
    LANDLOCK_MAKE_DIR = 1 << 7,
    LANDLOCK_MAKE_REG = 1 << 8,
    LANDLOCK_REFER = 1 << 13, /* moving a file to another folder */
    LANDLOCK_TRUNCATE = 1 << 14
};

/* Version of the kernel's interface, 0 when it has none. */
int landlock_abi(void);

struct landlock {
    int fd;
    uint64_t handled; /* rights to files that this kernel can forbid */
};

/* Begins with nothing allowed of all that this kernel can forbid: files; from version 4
 * TCP, from version 6 abstract sockets and signals to processes outside. RC_FAILED. */
enum rc landlock_begin(struct landlock *l, struct err *err) MUST_CHECK;

/* Allows rights below a folder, or to a file; a path that is not there is skipped.
 * RC_FAILED. */
enum rc landlock_allow(struct landlock *l, const char *path, unsigned rights,
                       struct err *err) MUST_CHECK;

/* From now on, for good, for this thread and what it starts. No-new-privileges must be
 * set. RC_FAILED. */
enum rc landlock_enter(const struct landlock *l, struct err *err) MUST_CHECK;

/* After landlock_begin, whatever came then. */
void landlock_end(struct landlock *l);

#endif
