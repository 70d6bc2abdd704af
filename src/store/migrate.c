/* store/migrate.c - numbered schema steps. */
#include "store/migrate.h"

#include <stdio.h>

const struct migration migrations[] = {
#define MIGRATION(number, file, sql) {number, file, sql},
#include "migrations.def"
#undef MIGRATION
};

static const struct migration accounts[] = {
#define MIGRATION(number, file, sql) {number, file, sql},
#include "migrations_accounts.def"
#undef MIGRATION
};

/* The numbers are "Byln" and "Byla". */
const struct schema schemas[STORE_KIND__MAX] = {
    [STORE_NEWS] = {migrations, N_ELEMENTS(migrations), 0x42796c6e, "database"},
    [STORE_ACCOUNTS] = {accounts, N_ELEMENTS(accounts), 0x42796c61, "accounts"},
};

int
store_schema_version(enum store_kind kind)
{
    return schemas[kind].n_steps;
}

static enum rc
read_pragma(struct store *st, const char *sql, int64_t *out, struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    int code = sqlite3_prepare_v2(st->db, sql, -1, &stmt, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(stmt);
    enum rc rc = RC_OK;
    if (code == SQLITE_ROW)
        *out = sqlite3_column_int64(stmt, 0);
    else
        rc = query_error(st, code, "reading the schema's number", err);
    sqlite3_finalize(stmt);
    return rc;
}

enum rc
migrate_version(struct store *st, int *version, struct err *err)
{
    int64_t application = 0, number = 0;
    const struct schema *own = &schemas[st->kind];
    TRY(read_pragma(st, "PRAGMA application_id", &application, err));
    TRY(read_pragma(st, "PRAGMA user_version", &number, err));
    if (application != own->application_id || number < 1)
        return err_set(err, RC_CONFLICT,
                       "%s is a database of another program or kind: the setting %s "
                       "must name one of byline's",
                       st->path, own->setting);
    if (number > own->n_steps)
        return err_set(err, RC_CONFLICT,
                       "%s was made by a newer byline (schema %lld, this one knows %d): "
                       "install that version",
                       st->path, (long long)number, own->n_steps);
    *version = (int)number;
    return RC_OK;
}

static enum rc
run_step(struct store *st, const struct migration *m, struct err *err)
{
    char number[100];
    (void)snprintf(number, sizeof number,
                   "PRAGMA application_id=%d; PRAGMA user_version=%d; COMMIT",
                   schemas[st->kind].application_id, m->number);
    int code = sqlite3_exec(st->db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_exec(st->db, m->sql, NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_exec(st->db, number, NULL, NULL, NULL);
    if (code == SQLITE_OK)
        return RC_OK;
    enum rc rc = query_error(st, code, m->file, err);
    sqlite3_exec(st->db, "ROLLBACK", NULL, NULL, NULL);
    return rc;
}

enum rc
migrate_from(struct store *st, int version, struct err *err)
{
    const struct schema *own = &schemas[st->kind];
    for (int i = version; i < own->n_steps; i++)
        TRY(run_step(st, &own->steps[i], err));
    return RC_OK;
}

enum rc
migrate_check(struct store *st, struct err *err)
{
    int version = 0;
    TRY(migrate_version(st, &version, err));
    if (version < store_schema_version(st->kind))
        return err_set(err, RC_CONFLICT,
                       "%s has schema %d, this program needs %d: run `byline check` or "
                       "start `byline serve`, which bring it up to date",
                       st->path, version, store_schema_version(st->kind));
    return RC_OK;
}
