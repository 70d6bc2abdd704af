/* store/query.c - the one thin layer over sqlite3 statements. */
#include "store/query.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "base/time.h"

const struct query_text query_texts[Q__MAX] = {
#define QUERY(db, name, where, n_params, slow, sql) \
    {db, #name, where, slow, sql, n_params},
#include "queries.def"
#undef QUERY
};

/* What SQLite's primary result codes mean to a caller. */
static enum rc
rc_of(int code)
{
    switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return RC_OK;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_INTERRUPT:
        return RC_BUSY;
    case SQLITE_CONSTRAINT:
        return RC_CONFLICT;
    default:
        return RC_FAILED;
    }
}

/* What SQLite says about a file in words that tell an operator what to do. */
static const struct {
    int code;
    const char *text;
} texts[] = {
    {SQLITE_FULL, "cannot grow: the disk is full"},
    {SQLITE_NOTADB, "is not a database: the setting database must name one of byline's"},
    {SQLITE_CORRUPT, "is damaged: stop everything that writes to it and put a backup in "
                     "its place"},
};

/* The system's own word for a failed read or write ("File too large"). SQLite keeps it of
 * statements, but not of COMMIT; errno was 0 before the call. */
static enum rc
system_error(struct store *st, int code, const char *what, struct err *err)
{
    int number = errno, kept = st->db != NULL ? sqlite3_system_errno(st->db) : 0;
    if (kept != 0)
        number = kept;
    return err_set(err, rc_of(code), "%s: %s: %s%s%s", st->path, what,
                   st->db != NULL ? sqlite3_errmsg(st->db) : sqlite3_errstr(code),
                   number != 0 ? ": " : "", number != 0 ? strerrordesc_np(number) : "");
}

/* What says that the file cannot be read as it is. SQLITE_READONLY: a reader has found
 * something that only a writer can put right. */
static bool
is_about_file(int primary)
{
    static const int codes[] = {SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_IOERR,
                                SQLITE_CANTOPEN, SQLITE_READONLY};
    for (size_t i = 0; i < N_ELEMENTS(codes); i++)
        if (primary == codes[i])
            return true;
    return false;
}

enum rc
query_error(struct store *st, int code, const char *what, struct err *err)
{
    int primary = code & 0xff;
    st->is_broken = st->is_broken || is_about_file(primary);
    for (size_t i = 0; i < N_ELEMENTS(texts); i++)
        if (primary == texts[i].code)
            return err_set(err, rc_of(code), "%s %s", st->path, texts[i].text);
    if (primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN)
        return system_error(st, code, what, err);
    return err_set(err, rc_of(code), "%s: %s: %s", st->path, what,
                   st->db != NULL ? sqlite3_errmsg(st->db) : sqlite3_errstr(code));
}

static enum rc
prepare(struct store *st, enum query_id id, struct err *err)
{
    if (st->stmts[id] != NULL)
        return RC_OK;
    int code = sqlite3_prepare_v3(st->db, query_texts[id].sql, -1,
                                  SQLITE_PREPARE_PERSISTENT, &st->stmts[id], NULL);
    if (code != SQLITE_OK)
        return query_error(st, code, query_texts[id].name, err);
    return RC_OK;
}

/* SQLITE_STATIC: the bytes need only live until the statement has been stepped, and all
 * callers keep them longer than their query. */
static int
bind_str(sqlite3_stmt *stmt, int i, struct str s, bool absent_is_empty)
{
    if (s.p == NULL && !absent_is_empty)
        return sqlite3_bind_null(stmt, i);
    return sqlite3_bind_text(stmt, i, s.p != NULL ? s.p : "", (int)s.n, SQLITE_STATIC);
}

static int
bind_one(sqlite3_stmt *stmt, int i, char kind, va_list *ap)
{
    if (kind == 's' || kind == 'e')
        return bind_str(stmt, i, va_arg(*ap, struct str), kind == 'e');
    int64_t v = va_arg(*ap, int64_t);
    if (kind == 't' && v == TIME_NONE)
        return sqlite3_bind_null(stmt, i);
    return sqlite3_bind_int64(stmt, i, v);
}

static enum rc
start(struct store *st, enum query_id id, struct query *q, struct err *err,
      const char *kinds, va_list *ap)
{
    *q = (struct query){.st = st};
    assert(query_texts[id].db == st->kind);
    TRY(prepare(st, id, err));
    st->n_statements++;
    q->stmt = st->stmts[id];
    for (int i = 0; kinds[i] != '\0'; i++) {
        int code = bind_one(q->stmt, i + 1, kinds[i], ap);
        if (code != SQLITE_OK)
            return query_error(st, code, query_texts[id].name, err);
    }
    return RC_OK;
}

enum rc
query_start(struct store *st, enum query_id id, struct query *q, struct err *err,
            const char *kinds, ...)
{
    va_list ap;
    va_start(ap, kinds);
    enum rc rc = start(st, id, q, err, kinds, &ap);
    va_end(ap);
    return rc;
}

enum rc
query_row(struct query *q, struct err *err)
{
    q->column = 0;
    errno = 0;
    int code = sqlite3_step(q->stmt);
    if (code == SQLITE_ROW)
        return RC_OK;
    if (code == SQLITE_DONE)
        return RC_NOT_FOUND;
    return query_error(q->st, code, "reading", err);
}

int64_t
query_int(struct query *q)
{
    return sqlite3_column_int64(q->stmt, q->column++);
}

int64_t
query_time(struct query *q)
{
    if (sqlite3_column_type(q->stmt, q->column) == SQLITE_NULL) {
        q->column++;
        return TIME_NONE;
    }
    return query_int(q);
}

struct str
query_str(struct query *q, struct arena *a)
{
    int i = q->column++;
    const unsigned char *p = sqlite3_column_text(q->stmt, i);
    if (p == NULL)
        return (struct str){NULL, 0};
    return str_copy(
        a, (struct str){(const char *)p, (size_t)sqlite3_column_bytes(q->stmt, i)});
}

void
query_skip(struct query *q, int n)
{
    q->column += n;
}

void
query_end(struct query *q)
{
    if (q->stmt != NULL)
        sqlite3_reset(q->stmt);
    q->stmt = NULL;
}

enum rc
query_do(struct store *st, enum query_id id, struct err *err, const char *kinds, ...)
{
    struct query q AT_END(query_end) = {0};
    va_list ap;
    va_start(ap, kinds);
    enum rc rc = start(st, id, &q, err, kinds, &ap);
    va_end(ap);
    if (rc != RC_OK)
        return rc;
    rc = query_row(&q, err);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}
