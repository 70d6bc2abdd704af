/* store/migrate.h - bringing a database to today's schema; private to this folder.
 *
 * Steps are sql/migrate/NNNN_*.sql, numbered from 1, each run in a transaction with its
 * number, which user_version keeps. A new database takes the same road. */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "store/query.h"

struct migration {
    int number;
    const char *file, *sql;
};
extern const struct migration migrations[];

/* Runs what is missing; the caller holds the write lock. RC_CONFLICT when the file is
 * newer than this program or no database of ours, RC_FAILED. */
enum rc migrate_up(struct store *st, struct err *err) MUST_CHECK;

/* Only looks: the same codes, and RC_CONFLICT when it is older than this program. */
enum rc migrate_check(struct store *st, struct err *err) MUST_CHECK;

#endif
