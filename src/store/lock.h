/* store/lock.h - the exclusive lock under which all writing happens; private here. */
#ifndef STORE_LOCK_H
#define STORE_LOCK_H

#include <stdint.h>

#include "base/err.h"

enum { LOCK_WAIT_MS = 5000 };

/* Opens (makes) the lock file of a database. Each process opens it itself: a descriptor
 * that came through fork() would exclude nobody. RC_FAILED. */
enum rc lock_open(const char *db_path, int *fd, struct err *err) MUST_CHECK;

/* Takes the lock, waiting up to LOCK_WAIT_MS. RC_BUSY, RC_FAILED. */
enum rc lock_take(int fd, struct err *err) MUST_CHECK;

void lock_give(int fd);

/* Holds a number (below 2^62), without waiting. RC_CONFLICT when another one holds it;
 * RC_FAILED. Has nothing to do with the lock. */
enum rc lock_hold(int fd, uint64_t number, struct err *err) MUST_CHECK;
void lock_let_go(int fd, uint64_t number);

#endif
