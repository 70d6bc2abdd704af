/* base/places.h - numbered places that one process holds at a time, on this machine.
 *
 * A place is a byte of a file that is locked (open file description locks, fcntl(2),
 * F_OFD_SETLK). The lock belongs to the open file, so a process that dies leaves its
 * places, and whoever is to be excluded must open the file itself: a descriptor that came
 * through fork() excludes nobody. */
#ifndef BASE_PLACES_H
#define BASE_PLACES_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"

/* Opens (makes, with mode) the file path + suffix. Close *fd with close(). RC_FAILED. */
enum rc places_open(const char *path, const char *suffix, mode_t mode, int *fd,
                    struct err *err) MUST_CHECK;

/* Takes a place (0 and up) without waiting. False: errno is EAGAIN, EACCES or EINTR when
 * somebody else has it, else what failed. */
bool places_take(int fd, off_t place);

/* Takes the first free one of n places: its number, or -1 as places_take says. */
int places_take_any(int fd, int n);

/* After a failure: does somebody else have it? */
bool places_are_taken(void);

void places_give(int fd, off_t place);

#endif
