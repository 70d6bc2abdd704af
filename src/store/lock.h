/* store/lock.h - the exclusive lock under which all writing happens; private here. */
#ifndef STORE_LOCK_H
#define STORE_LOCK_H

#include "base/err.h"

enum { LOCK_WAIT_MS = 5000 };

/* Opens (makes) the lock file of a database. Each process opens it itself: a descriptor
 * that came through fork() would exclude nobody. RC_FAILED. */
enum rc lock_open(const char *db_path, int *fd, struct err *err) MUST_CHECK;

/* Takes the lock, waiting up to LOCK_WAIT_MS. RC_BUSY, RC_FAILED. */
enum rc lock_take(int fd, struct err *err) MUST_CHECK;

void lock_give(int fd);

#endif
