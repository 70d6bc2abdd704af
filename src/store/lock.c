/* store/lock.c - one writer at a time, in turn, with a time limit.
 *
 * Byte LOCK of the file is the lock, byte DOOR the door to it. Whoever wants the lock
 * holds the door while waiting, so that a process that writes batch after batch finds the
 * door shut and cannot overtake one that waits. The bytes behind are what processes hold
 * for other reasons. The locks belong to the open file (OFD
 * locks of fcntl(2)), not to the process, and end with it. */
#include "store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/time.h"

enum { DOOR, LOCK, NUMBERS };

enum rc
lock_open(const char *db_path, int *fd, struct err *err)
{
    char path[4096];
    int n = snprintf(path, sizeof path, "%s-lock", db_path);
    if (n < 0 || (size_t)n >= sizeof path)
        return err_set(err, RC_FAILED, "path too long: %s", db_path);
    *fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (*fd < 0)
        return err_set(err, RC_FAILED, "%s: %s", path, strerrordesc_np(errno));
    return RC_OK;
}

static int
set_byte(int fd, short type, off_t byte)
{
    struct flock l = {.l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};
    return fcntl(fd, F_OFD_SETLK, &l);
}

/* The waiting call of fcntl() has no time limit; short sleeps do, and a write transaction
 * of ours lasts 250 ms at most. */
static enum rc
take_byte(int fd, int byte, int64_t end, struct err *err)
{
    struct timespec pause = {.tv_nsec = 1000000};
    while (set_byte(fd, F_WRLCK, byte) != 0) {
        if (errno != EAGAIN && errno != EACCES && errno != EINTR)
            return err_set(err, RC_FAILED, "write lock: %s", strerrordesc_np(errno));
        if (time_monotonic_ms() >= end)
            return err_set(err, RC_BUSY,
                           "another process has held the write lock for %d s",
                           LOCK_WAIT_MS / 1000);
        nanosleep(&pause, NULL);
    }
    return RC_OK;
}

enum rc
lock_take(int fd, struct err *err)
{
    int64_t end = time_monotonic_ms() + LOCK_WAIT_MS;
    TRY(take_byte(fd, DOOR, end, err));
    enum rc rc = take_byte(fd, LOCK, end, err);
    set_byte(fd, F_UNLCK, DOOR);
    return rc;
}

void
lock_give(int fd)
{
    set_byte(fd, F_UNLCK, LOCK);
}

enum rc
lock_hold(int fd, uint64_t number, struct err *err)
{
    if (set_byte(fd, F_WRLCK, NUMBERS + (off_t)number) == 0)
        return RC_OK;
    return errno == EAGAIN || errno == EACCES
               ? err_set(err, RC_CONFLICT, "another process is at it")
               : err_set(err, RC_FAILED, "lock file: %s", strerrordesc_np(errno));
}

void
lock_let_go(int fd, uint64_t number)
{
    set_byte(fd, F_UNLCK, NUMBERS + (off_t)number);
}
