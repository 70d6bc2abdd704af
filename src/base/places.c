/* base/places.c - byte locks of a file. */
#include "base/places.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

enum rc
places_open(const char *path, const char *suffix, mode_t mode, int *fd, struct err *err)
{
    char whole[4096];
    int n = snprintf(whole, sizeof whole, "%s%s", path, suffix);
    if (n < 0 || (size_t)n >= sizeof whole)
        return err_set(err, RC_FAILED, "path too long: %s", path);
    *fd = open(whole, O_RDWR | O_CREAT | O_CLOEXEC, mode);
    if (*fd < 0)
        return err_set(err, RC_FAILED, "%s: %s", whole, strerrordesc_np(errno));
    return RC_OK;
}

static bool
set_byte(int fd, short type, off_t place)
{
    struct flock l = {.l_type = type, .l_whence = SEEK_SET, .l_start = place, .l_len = 1};
    return fcntl(fd, F_OFD_SETLK, &l) == 0;
}

bool
places_take(int fd, off_t place)
{
    return set_byte(fd, F_WRLCK, place);
}

int
places_take_any(int fd, int n)
{
    for (int i = 0; i < n; i++)
        if (places_take(fd, i))
            return i;
    return -1;
}

bool
places_are_taken(void)
{
    return errno == EAGAIN || errno == EACCES || errno == EINTR;
}

void
places_give(int fd, off_t place)
{
    set_byte(fd, F_UNLCK, place);
}
