/* store/lock.c - one writer at a time, in turn, with a time limit.
 *
 * Place LOCK of the file (base/places.h) is the lock, place DOOR the door to it. Whoever
 * wants the lock holds the door while waiting, so that a process that writes batch after
 * batch finds the door shut and cannot overtake one that waits. The places behind are
 * what processes hold for other reasons. */
#include "store/lock.h"

#include <errno.h>
#include <string.h>
#include <time.h>

#include "base/places.h"
#include "base/time.h"

enum { DOOR, LOCK, NUMBERS };

enum rc
lock_open(const char *db_path, int *fd, struct err *err)
{
    return places_open(db_path, "-lock", 0640, fd, err);
}

/* The waiting call of fcntl() has no time limit; short sleeps do, and a write transaction
 * of ours lasts 250 ms at most. */
static enum rc
take_byte(int fd, int byte, int64_t end, struct err *err)
{
    struct timespec pause = {.tv_nsec = 1000000};
    while (!places_take(fd, byte)) {
        if (!places_are_taken())
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
    places_give(fd, DOOR);
    return rc;
}

void
lock_give(int fd)
{
    places_give(fd, LOCK);
}

enum rc
lock_hold(int fd, uint64_t number, struct err *err)
{
    if (places_take(fd, NUMBERS + (off_t)number))
        return RC_OK;
    return places_are_taken()
               ? err_set(err, RC_CONFLICT, "another process is at it")
               : err_set(err, RC_FAILED, "lock file: %s", strerrordesc_np(errno));
}

void
lock_let_go(int fd, uint64_t number)
{
    places_give(fd, NUMBERS + (off_t)number);
}
