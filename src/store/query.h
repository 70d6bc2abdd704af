/* store/query.h - running a named statement; private to this folder.
 *
 * Statements live in sql/query/ (accounts.db: sql/accounts/query/), are known by number,
 * prepared on first use and kept. Columns are read in the order of the SELECT list. A
 * struct query must be ended; use AT_END(query_end). */
#ifndef STORE_QUERY_H
#define STORE_QUERY_H

#include <sys/types.h>

#include <sqlite3.h>

#include "store/store.h"

#include "base/err.h"
#include "base/str.h"

enum query_id {
#define QUERY(db, name, where, n_params, slow, sql) Q_##name,
#include "queries.def"
#undef QUERY
    Q__MAX
};

struct query_text {
    enum store_kind db;
    const char *name, *where, *slow, *sql;
    int n_params;
};
/* The statements, by number. */
extern const struct query_text query_texts[Q__MAX];

struct query {
    struct store *st;
    sqlite3_stmt *stmt;
    int column; /* the next one to be read */
};

/* Starts a statement. kinds has a letter for each parameter, in order:
 *   's' struct str (absent: NULL)     'i' int64_t
 *   'e' struct str (absent: '')       't' int64_t instant (TIME_NONE: NULL)
 * The statement must be one of the database that is open. RC_FAILED; RC_BUSY. */
enum rc query_start(struct store *st, enum query_id id, struct query *q, struct err *err,
                    const char *kinds, ...) MUST_CHECK;

/* Goes to the next row: RC_OK, RC_NOT_FOUND after the last one, RC_BUSY, RC_CONFLICT
 * (a constraint of the schema), RC_FAILED. */
enum rc query_row(struct query *q, struct err *err) MUST_CHECK;

/* The next column of the row. A NULL text is absent; query_time gives TIME_NONE. */
int64_t query_int(struct query *q);
int64_t query_time(struct query *q);
struct str query_str(struct query *q, struct arena *a);
void query_skip(struct query *q, int n);

void query_end(struct query *q);

/* Runs a statement that gives no rows. */
enum rc query_do(struct store *st, enum query_id id, struct err *err, const char *kinds,
                 ...) MUST_CHECK;

/* SQLite's result as ours, with its own text. */
enum rc query_error(struct store *st, int code, const char *what, struct err *err);

/* The connection, for the files that open, lock and check it. */
/* The database, its -wal, its -shm. */
enum { STORE_FILES = 3 };

/* Which file lay at a path. */
struct file_id {
    dev_t dev;
    ino_t ino;
};

struct store {
    sqlite3 *db;
    sqlite3_stmt *stmts[Q__MAX];
    enum store_kind kind;
    char *path;
    int lock_fd;
    uint64_t held; /* the key of store/answer.h, while is_holding */
    bool is_holding;
    enum store_mode mode;
    bool is_writing;
    bool is_broken;
    struct file_id files[STORE_FILES]; /* as they were opened */
    int64_t n_statements;
};

#endif
