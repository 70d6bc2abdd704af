/* store/migrate.h - bringing a database to today's schema; private to this folder.
 *
 * Steps are sql/migrate/NNNN_*.sql (accounts.db: sql/accounts/migrate/), numbered from 1,
 * each run in a transaction with its number, which user_version keeps. A new database
 * takes the same road. */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "store/query.h"

struct migration {
    int number;
    const char *file, *sql;
};
extern const struct migration migrations[];

/* What is to be known of each of the two databases. */
struct schema {
    const struct migration *steps;
    int n_steps;
    int application_id;  /* in the header of the file, so that we know our own */
    const char *setting; /* that names the file */
};
extern const struct schema schemas[STORE_KIND__MAX];

/* The number of the schema a file has. RC_CONFLICT when it is no database of ours or of a
 * newer program, RC_FAILED. Nothing is written. */
enum rc migrate_version(struct store *st, int *version, struct err *err) MUST_CHECK;

/* Runs the steps after version; 0 makes the schema of a new database. The caller holds
 * the write lock. RC_FAILED. */
enum rc migrate_from(struct store *st, int version, struct err *err) MUST_CHECK;

/* Only looks: the codes of migrate_version, and RC_CONFLICT when the file is older than
 * this program. */
enum rc migrate_check(struct store *st, struct err *err) MUST_CHECK;

#endif
