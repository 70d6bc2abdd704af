/* store/store.c - opening, hardening, transactions and checkpoints. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/lock.h"
#include "store/migrate.h"
#include "store/query.h"
#include "store/words.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/time.h"

enum { WAL_PASSIVE = 4 << 20, WAL_TRUNCATE = 16 << 20, TRUNCATE_WAIT_MS = 200 };
enum { NOT_FOR_OTHERS = 0137 /* leaves 0640: drafts are in there too */ };

/* SQLite's limits, far above what we need and far below what hurts. */
static const struct {
    int id, value;
} limits[] = {
    {SQLITE_LIMIT_LENGTH, 64 << 20},    {SQLITE_LIMIT_SQL_LENGTH, 100000},
    {SQLITE_LIMIT_EXPR_DEPTH, 40},      {SQLITE_LIMIT_VARIABLE_NUMBER, 100},
    {SQLITE_LIMIT_COMPOUND_SELECT, 10}, {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50},
    {SQLITE_LIMIT_ATTACHED, 0},         {SQLITE_LIMIT_TRIGGER_DEPTH, 5},
};

static const struct {
    int option, value;
} switches[] = {
    {SQLITE_DBCONFIG_DEFENSIVE, 1},
    {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
    {SQLITE_DBCONFIG_DQS_DML, 0},
    {SQLITE_DBCONFIG_DQS_DDL, 0},
    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
    {SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1},
    {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
};

static enum rc
run(struct store *st, const char *sql, struct err *err)
{
    errno = 0;
    int code = sqlite3_exec(st->db, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? RC_OK : query_error(st, code, sql, err);
}

/* NO_CKPT_ON_CLOSE comes before anything is read: closing must never checkpoint. */
static void
harden(struct store *st)
{
    for (size_t i = 0; i < N_ELEMENTS(switches); i++)
        sqlite3_db_config(st->db, switches[i].option, switches[i].value, (int *)NULL);
    for (size_t i = 0; i < N_ELEMENTS(limits); i++)
        sqlite3_limit(st->db, limits[i].id, limits[i].value);
    sqlite3_busy_timeout(st->db, st->mode == STORE_READ ? 500 : LOCK_WAIT_MS);
}

static const char *const pragmas_read = "PRAGMA mmap_size=0; PRAGMA query_only=1;"
                                        "PRAGMA cell_size_check=1;";
/* The last one reads, which is what makes the -wal and -shm files. */
static const char *const pragmas_write =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;"
    "PRAGMA mmap_size=0; PRAGMA cell_size_check=1; PRAGMA user_version;";

static struct store *
new_store(enum store_kind kind, const char *path, enum store_mode mode)
{
    struct store *st = mem_alloc(sizeof *st);
    size_t n = strlen(path);
    memset(st, 0, sizeof *st);
    st->path = mem_alloc(n + 1);
    memcpy(st->path, path, n + 1);
    st->kind = kind;
    st->mode = mode;
    st->lock_fd = -1;
    return st;
}

static enum rc
connect_db(struct store *st, int flags, struct err *err)
{
    int code = sqlite3_open_v2(st->path, &st->db,
                               flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    if (code != SQLITE_OK)
        return query_error(st, code, "opening", err);
    harden(st);
    return RC_OK;
}

/* ---- the three files ---- */

enum { FILE_DB, FILE_WAL, FILE_SHM };
static const char *const file_ends[STORE_FILES] = {"", "-wal", "-shm"};

static bool
file_path(const struct store *st, int file, char *path, size_t size)
{
    int n = snprintf(path, size, "%s%s", st->path, file_ends[file]);
    return n >= 0 && (size_t)n < size;
}

/* All zero where there is none. */
static struct file_id
file_id(const struct store *st, int file)
{
    char path[4096];
    struct stat info;
    if (!file_path(st, file, path, sizeof path) || stat(path, &info) != 0)
        return (struct file_id){0, 0};
    return (struct file_id){info.st_dev, info.st_ino};
}

static bool
is_same_file(struct file_id a, struct file_id b)
{
    return a.dev == b.dev && a.ino == b.ino;
}

static void
remember_files(struct store *st)
{
    for (int i = 0; i < STORE_FILES; i++)
        st->files[i] = file_id(st, i);
}

bool
store_is_current(const struct store *st)
{
    for (int i = 0; i < STORE_FILES; i++)
        if (!is_same_file(st->files[i], file_id(st, i)))
            return false;
    return true;
}

bool
store_is_broken(const struct store *st)
{
    return st->is_broken;
}

/* Ours are still open, so another file cannot have got the number of one of them. */
enum rc
store_drop_leftovers(struct store *st, struct err *err)
{
    struct file_id db = file_id(st, FILE_DB);
    if (db.ino == 0 || is_same_file(db, st->files[FILE_DB]))
        return RC_OK;
    TRY(lock_take(st->lock_fd, err));
    for (int i = FILE_WAL; i < STORE_FILES; i++) {
        char path[4096];
        if (is_same_file(file_id(st, i), st->files[i]) &&
            file_path(st, i, path, sizeof path))
            unlink(path);
    }
    lock_give(st->lock_fd);
    return RC_OK;
}

/* The first read of a WAL database by a read-only connection needs both files. */
static enum rc
check_wal_files(const struct store *st, struct err *err)
{
    for (int i = FILE_WAL; i < STORE_FILES; i++)
        if (file_id(st, i).ino == 0)
            return err_set(err, RC_FAILED,
                           "%s%s is missing: readers need it, and only a writer makes it "
                           "(run `byline check`, or start `byline serve`)",
                           st->path, file_ends[i]);
    return RC_OK;
}

/* ---- opening ---- */

/* A read-only connection's first statement may find that the file is no database. */
static enum rc
open_read(struct store *st, struct err *err)
{
    TRY(check_wal_files(st, err));
    TRY(connect_db(st, SQLITE_OPEN_READONLY, err));
    TRY(run(st, pragmas_read, err));
    return migrate_check(st, err);
}

/* A file that is not ours is refused before anything is written to it. */
static enum rc
connect_write(struct store *st, struct err *err)
{
    int version = 0;
    TRY(connect_db(st, SQLITE_OPEN_READWRITE, err));
    TRY(migrate_version(st, &version, err));
    TRY(run(st, pragmas_write, err));
    TRY(migrate_from(st, version, err));
    return st->kind == STORE_NEWS ? words_keep(st, err) : RC_OK;
}

/* Switching to WAL and recovery after a crash write: so under the lock. */
static enum rc
open_write(struct store *st, struct err *err)
{
    TRY(lock_open(st->path, &st->lock_fd, err));
    TRY(lock_take(st->lock_fd, err));
    enum rc rc = connect_write(st, err);
    lock_give(st->lock_fd);
    return rc;
}

/* Asked of the system, which knows why not; SQLite would open it read-only instead. */
static enum rc
check_file(const char *path, enum store_mode mode, struct err *err)
{
    if (access(path, F_OK) != 0)
        return err_set(err, errno == ENOENT ? RC_NOT_FOUND : RC_FAILED, "%s: %s", path,
                       strerrordesc_np(errno));
    if (access(path, mode == STORE_READ ? R_OK : R_OK | W_OK) != 0)
        return err_set(err, RC_FAILED, "%s may not be %s: %s (run byline as its owner)",
                       path, mode == STORE_READ ? "read" : "written",
                       strerrordesc_np(errno));
    return RC_OK;
}

static enum rc
open_kind(enum store_kind kind, const char *path, enum store_mode mode,
          struct store **out, struct err *err)
{
    *out = NULL;
    TRY(check_file(path, mode, err));
    struct store *st = new_store(kind, path, mode);
    enum rc rc = mode == STORE_READ ? open_read(st, err) : open_write(st, err);
    if (rc != RC_OK) {
        store_close(st);
        return rc;
    }
    remember_files(st);
    *out = st;
    return RC_OK;
}

enum rc
store_open(const char *path, enum store_mode mode, struct store **out, struct err *err)
{
    return open_kind(STORE_NEWS, path, mode, out, err);
}

enum rc
store_open_accounts(const char *path, struct store **out, struct err *err)
{
    return open_kind(STORE_ACCOUNTS, path, STORE_WRITE, out, err);
}

/* Makes a whole database in a file of its own; what is left of one begun before goes. */
static enum rc
build(enum store_kind kind, const char *path, struct err *err)
{
    unlink(path);
    struct store *st = new_store(kind, path, STORE_WRITE);
    mode_t kept = umask(NOT_FOR_OTHERS); /* SQLite gives the other files the same mode */
    enum rc rc = connect_db(st, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err);
    if (rc == RC_OK)
        rc = migrate_from(st, 0, err);
    umask(kept);
    store_close(st);
    return rc;
}

/* Under its name there is the whole database or nothing, whenever we are cut off. */
static enum rc
build_aside(enum store_kind kind, const char *path, struct err *err)
{
    char aside[4096];
    int n = snprintf(aside, sizeof aside, "%s-new", path);
    if (n < 0 || (size_t)n >= sizeof aside)
        return err_set(err, RC_FAILED, "path too long: %s", path);
    if (access(path, F_OK) == 0)
        return err_set(err, RC_CONFLICT, "%s is already there", path);
    enum rc rc = build(kind, aside, err);
    if (rc == RC_OK && rename(aside, path) != 0)
        rc = err_set(err, RC_FAILED, "%s: %s", path, strerrordesc_np(errno));
    if (rc == RC_OK && !file_sync_folder_of(path))
        rc = err_set(err, RC_FAILED, "%s: sync folder: %s", path, strerrordesc_np(errno));
    if (rc != RC_OK)
        unlink(aside);
    return rc;
}

static enum rc
create(enum store_kind kind, const char *path, struct err *err)
{
    int lock_fd = -1;
    struct store *st = NULL;
    if (access(path, F_OK) == 0)
        return err_set(err, RC_CONFLICT, "%s is already there", path);
    TRY(lock_open(path, &lock_fd, err));
    enum rc rc = lock_take(lock_fd, err);
    if (rc == RC_OK)
        rc = build_aside(kind, path, err);
    close(lock_fd);
    if (rc == RC_OK)
        rc = open_kind(kind, path, STORE_WRITE, &st, err);
    store_close(st);
    return rc;
}

enum rc
store_create(const char *path, struct err *err)
{
    return create(STORE_NEWS, path, err);
}

enum rc
store_create_accounts(const char *path, struct err *err)
{
    return create(STORE_ACCOUNTS, path, err);
}

void
store_close(struct store *st)
{
    if (st == NULL)
        return;
    for (int i = 0; i < Q__MAX; i++)
        sqlite3_finalize(st->stmts[i]);
    sqlite3_close(st->db);
    if (st->lock_fd >= 0)
        close(st->lock_fd);
    mem_free(st->path);
    mem_free(st);
}

enum rc
store_read_begin(struct store *st, struct err *err)
{
    return run(st, "BEGIN", err);
}

void
store_read_end(struct store *st)
{
    if (!sqlite3_get_autocommit(st->db))
        sqlite3_exec(st->db, "COMMIT", NULL, NULL, NULL);
}

enum rc
store_write_begin(struct store *st, struct err *err)
{
    TRY(lock_take(st->lock_fd, err));
    enum rc rc = run(st, "BEGIN IMMEDIATE", err);
    if (rc != RC_OK)
        lock_give(st->lock_fd);
    st->is_writing = rc == RC_OK;
    return rc;
}

enum rc
store_write_commit(struct store *st, bool is_changed, int64_t now, struct err *err)
{
    enum rc rc = RC_OK;
    if (is_changed)
        rc = query_do(st, Q_SITE_CHANGED, err, "i", now);
    if (rc == RC_OK)
        rc = run(st, "COMMIT", err);
    if (rc != RC_OK) {
        store_write_rollback(st);
        return rc;
    }
    st->is_writing = false;
    lock_give(st->lock_fd);
    return RC_OK;
}

void
store_write_rollback(struct store *st)
{
    if (!st->is_writing)
        return;
    if (!sqlite3_get_autocommit(st->db))
        sqlite3_exec(st->db, "ROLLBACK", NULL, NULL, NULL);
    st->is_writing = false;
    lock_give(st->lock_fd);
}

int64_t
store_wal_bytes(const struct store *st)
{
    char path[4096];
    struct stat info;
    if (!file_path(st, FILE_WAL, path, sizeof path) || stat(path, &info) != 0)
        return 0;
    return info.st_size;
}

/* A reader or a busy file only postpones a checkpoint, so that is no error. */
static enum rc
checkpoint(struct store *st, int mode, int *done_frames, struct err *err)
{
    int in_wal = 0;
    sqlite3_busy_timeout(st->db, TRUNCATE_WAIT_MS);
    errno = 0;
    int code = sqlite3_wal_checkpoint_v2(st->db, NULL, mode, &in_wal, done_frames);
    sqlite3_busy_timeout(st->db, LOCK_WAIT_MS);
    if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY)
        return query_error(st, code, "checkpoint", err);
    return RC_OK;
}

enum rc
store_checkpoint(struct store *st, int *done_frames, struct err *err)
{
    int ignored = -1, *done = done_frames != NULL ? done_frames : &ignored;
    int64_t size = store_wal_bytes(st);
    *done = -1;
    if (size < WAL_PASSIVE)
        return RC_OK;
    TRY(lock_take(st->lock_fd, err));
    enum rc rc = checkpoint(
        st, size < WAL_TRUNCATE ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_TRUNCATE,
        done, err);
    lock_give(st->lock_fd);
    return rc;
}

enum rc
store_check(struct store *st, struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    int code = sqlite3_prepare_v2(st->db, "PRAGMA integrity_check(1)", -1, &stmt, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(stmt);
    const char *text =
        code == SQLITE_ROW ? (const char *)sqlite3_column_text(stmt, 0) : NULL;
    enum rc rc = RC_OK;
    if (text == NULL)
        rc = query_error(st, code, "integrity check", err);
    else if (strcmp(text, "ok") != 0)
        rc = err_set(err, RC_FAILED, "%s is damaged: %s", st->path, text);
    sqlite3_finalize(stmt);
    return rc;
}

int64_t
store_n_statements(const struct store *st)
{
    return st->n_statements;
}

void
store_set_bulk(struct store *st)
{
    sqlite3_exec(st->db, "PRAGMA cache_size=-262144", NULL, NULL, NULL);
}

const char *
store_path(const struct store *st)
{
    return st->path;
}
