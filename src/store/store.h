/* store/store.h - an open database: who may open it how, transactions, the write lock.
 *
 * The store remembers; it answers the questions of the newsroom, one function each, in
 * the other headers of this folder, and never hands out SQL. Answers live in the arena
 * given. A struct store belongs to one process and is never carried across fork().
 *
 * SQLite 3.40 can damage a WAL file when two connections write or checkpoint at once
 * (fixed in 3.51.3). So every write transaction and every checkpoint runs under one
 * exclusive lock on the file DATABASE-lock, no connection checkpoints by itself, and
 * readers are read-only. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct store;

/* There are two files. What is asked of one is never asked of the other. */
enum store_kind {
    STORE_NEWS,     /* news.db: what visitors may one day see, and its history */
    STORE_ACCOUNTS, /* accounts.db: people, password hashes, sessions */
    STORE_KIND__MAX
};

enum store_mode {
    STORE_READ, /* public processes: read-only, needs -wal and -shm in place */
    STORE_WRITE /* commands, staff and work processes */
};

/* Makes a new database with today's schema, owned by the caller, with the -wal and -shm
 * files that readers need, closed to others (mode 0640). Cut off at any moment, it leaves
 * a whole database or none. RC_CONFLICT when the file is already there, RC_BUSY,
 * RC_FAILED. */
enum rc store_create(const char *path, struct err *err) MUST_CHECK;
/* The same for accounts.db. */
enum rc store_create_accounts(const char *path, struct err *err) MUST_CHECK;

/* Opens an existing database. STORE_WRITE brings an older schema up to date first.
 *   RC_NOT_FOUND  no such file
 *   RC_CONFLICT   made by a newer byline, or a database of another program; for
 *                 STORE_READ also by an older byline
 *   RC_BUSY       the write lock could not be had within 5 s
 *   RC_FAILED     damaged, not a database, or may not be read or written; for STORE_READ
 *                 also when the -wal or -shm file is missing
 * A file that is refused is left as it is. */
enum rc store_open(const char *path, enum store_mode mode, struct store **out,
                   struct err *err) MUST_CHECK;
/* The same for accounts.db, for reading and writing; RC_CONFLICT also for a news.db. */
enum rc store_open_accounts(const char *path, struct store **out,
                            struct err *err) MUST_CHECK;

/* Are the files at the path still the ones that were opened: the database, its -wal, its
 * -shm? When not, somebody has removed or replaced one of them, other processes no longer
 * see what this one sees, and it must be opened anew. Costs 3 stat(2). */
bool store_is_current(const struct store *st);

/* For the keeper of a database whose file was replaced, before it opens the new one: the
 * -wal and -shm of the old one go, if they still lie there; SQLite would take them for
 * the new one's. RC_BUSY, RC_FAILED as store_write_begin. */
enum rc store_drop_leftovers(struct store *st, struct err *err) MUST_CHECK;

/* Has a statement found that the file cannot be read as it is (damaged, an error of the
 * disk, a repair that only a writer can make)? It may be well again when opened anew. */
bool store_is_broken(const struct store *st);

/* Closes; NULL is fine. Leaves -wal and -shm in place. */
void store_close(struct store *st);

/* A read transaction: everything asked until the end sees one moment. */
enum rc store_read_begin(struct store *st, struct err *err) MUST_CHECK;
void store_read_end(struct store *st);

/* A write transaction under the lock. RC_BUSY after 5 s of waiting. Ends with exactly
 * one of commit and rollback; only a commit that returned RC_OK has stored anything. With
 * is_changed (news.db only) the data version goes up, and now becomes the time of the
 * last change. */
enum rc store_write_begin(struct store *st, struct err *err) MUST_CHECK;
enum rc store_write_commit(struct store *st, bool is_changed, int64_t now,
                           struct err *err) MUST_CHECK;
void store_write_rollback(struct store *st);

/* Moves the WAL into the database file under the lock: PASSIVE when the WAL is past
 * 4 MiB, TRUNCATE (waiting at most 200 ms for readers) past 16 MiB; else nothing.
 *   done_frames  how many pages were moved, -1 when nothing was due; may be NULL */
enum rc store_checkpoint(struct store *st, int *done_frames, struct err *err) MUST_CHECK;

/* The size of the -wal file as it is now, 0 when there is none. */
int64_t store_wal_bytes(const struct store *st);

/* Reads through the whole file for damage. RC_FAILED with the first finding. */
enum rc store_check(struct store *st, struct err *err) MUST_CHECK;

/* How many statements this connection has run; for budgets and counters. */
int64_t store_n_statements(const struct store *st);

/* More memory for a command that writes a lot (import). */
void store_set_bulk(struct store *st);

/* The file it was opened from. */
const char *store_path(const struct store *st);

/* The schema this program knows (number of its newest migration). */
int store_schema_version(enum store_kind kind);

#endif
