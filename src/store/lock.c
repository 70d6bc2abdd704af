/* store/lock.c - flock() with a time limit. */
#include "store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/time.h"

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

/* flock() has no time limit of its own; short sleeps keep the wait fair enough, because
 * a write transaction of ours lasts 250 ms at most. */
enum rc
lock_take(int fd, struct err *err)
{
    int64_t end = time_monotonic_ms() + LOCK_WAIT_MS;
    struct timespec pause = {.tv_nsec = 1000000};
    while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return err_set(err, RC_FAILED, "write lock: %s", strerrordesc_np(errno));
        if (time_monotonic_ms() >= end)
            return err_set(err, RC_BUSY,
                           "another process has held the write lock for "
                           "%d s",
                           LOCK_WAIT_MS / 1000);
        nanosleep(&pause, NULL);
    }
    return RC_OK;
}

void
lock_give(int fd)
{
    flock(fd, LOCK_UN);
}
