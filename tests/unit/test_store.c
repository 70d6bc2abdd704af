/* test_store.c - the open database: modes, hardening, transactions, checkpoints. */
#include "made.h"
#include "store/query.h"
#include "store/site.h"

static int64_t
pragma(struct made *m, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_prepare_v2(m->st->db, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    int64_t v = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return v;
}

static bool
runs(struct made *m, const char *sql)
{
    return sqlite3_exec(m->st->db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static void
reopen(struct made *m, enum store_mode mode)
{
    store_close(m->st);
    OK(m, store_open(m->db, mode, &m->st, &m->err));
}

static void
test_create(void **state)
{
    (void)state;
    struct made m;
    made_folder(&m);
    OK(&m, store_create(m.db, &m.err));
    assert_true(file_exists(made_path(&m, "news.db-wal")));
    assert_true(file_exists(made_path(&m, "news.db-shm")));
    assert_false(file_exists(made_path(&m, "news.db-new")));
    static const char *const files[] = {"news.db", "news.db-wal", "news.db-shm",
                                        "news.db-lock"};
    for (size_t i = 0; i < N_ELEMENTS(files); i++) { /* drafts are not for everybody */
        struct stat st;
        assert_int_equal(stat(made_path(&m, files[i]), &st), 0);
        assert_int_equal(st.st_mode & 07777, 0640);
    }
    REFUSED(&m, RC_CONFLICT, "already there", store_create(m.db, &m.err));
    OK(&m, store_open(m.db, STORE_READ, &m.st, &m.err)); /* at once, by a reader */
    assert_string_equal(store_path(m.st), m.db);
    made_end(&m);
}

/* What a killed `init` leaves does not stand in the way of the next one. */
static void
test_create_after_a_kill(void **state)
{
    (void)state;
    struct made m;
    made_folder(&m);
    OK(&m, file_write(made_path(&m, "news.db-new"), STR("half of it"), 0644, &m.err));
    OK(&m, file_write(made_path(&m, "news.db-new-journal"), STR("x"), 0644, &m.err));
    OK(&m, store_create(m.db, &m.err));
    OK(&m, store_open(m.db, STORE_WRITE, &m.st, &m.err));
    OK(&m, store_check(m.st, &m.err));
    made_end(&m);
}

static void
test_create_without_folder(void **state)
{
    (void)state;
    struct made m;
    made_folder(&m);
    REFUSED(&m, RC_FAILED, "none/news.db",
            store_create(made_path(&m, "none/news.db"), &m.err));
    made_end(&m);
}

static void
test_hardened(void **state)
{
    (void)state;
    static const struct {
        int option, value;
    } wanted[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},
        {SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1},
        {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
    };
    struct made m;
    made_site(&m);
    for (int mode = STORE_READ; mode <= STORE_WRITE; mode++) {
        reopen(&m, (enum store_mode)mode);
        for (size_t i = 0; i < N_ELEMENTS(wanted); i++) {
            int value = -1;
            sqlite3_db_config(m.st->db, wanted[i].option, -1, &value);
            assert_int_equal(value, wanted[i].value);
        }
        assert_int_equal(sqlite3_limit(m.st->db, SQLITE_LIMIT_EXPR_DEPTH, -1), 40);
        assert_int_equal(sqlite3_limit(m.st->db, SQLITE_LIMIT_VARIABLE_NUMBER, -1), 100);
        assert_false(runs(&m, "ATTACH ':memory:' AS other"));
        assert_false(runs(&m, "SELECT load_extension('x')"));
        assert_false(runs(&m, "SELECT \"no such column\" FROM item"));
        assert_int_equal(pragma(&m, "PRAGMA mmap_size"), 0);
        assert_int_equal(pragma(&m, "PRAGMA cell_size_check"), 1);
    }
    made_end(&m);
}

static void
test_writer_is_durable(void **state)
{
    (void)state;
    struct made m;
    made_site(&m);
    assert_int_equal(pragma(&m, "PRAGMA synchronous"), 2); /* FULL */
    assert_int_equal(pragma(&m, "PRAGMA wal_autocheckpoint"), 0);
    assert_int_equal(pragma(&m, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"),
                     1);
    assert_false(runs(&m, "INSERT INTO item_text VALUES (99, 'text', '', '')"));
    assert_false(runs(&m, "UPDATE sqlite_master SET sql = ''"));
    made_end(&m);
}

static void
test_reader_cannot_write(void **state)
{
    (void)state;
    struct made m;
    struct site_state site;
    made_site(&m);
    reopen(&m, STORE_READ);
    assert_false(runs(&m, "UPDATE site_state SET version = 99"));
    assert_false(runs(&m, "CREATE TABLE t (a)"));
    assert_false(runs(&m, "PRAGMA query_only = 0; UPDATE site_state SET version = 99"));
    OK(&m, store_site_state(m.st, &site, &m.err));
    assert_int_equal(site.version, 1);
    made_end(&m);
}

/* A reader needs files that only a writer makes, and says which. */
static void
test_reader_without_wal(void **state)
{
    (void)state;
    static const char *const ends[] = {"news.db-wal", "news.db-shm"};
    struct made m;
    made_site(&m);
    for (size_t i = 0; i < N_ELEMENTS(ends); i++) {
        reopen(&m, STORE_WRITE);
        store_close(m.st);
        m.st = NULL;
        assert_int_equal(remove(made_path(&m, ends[i])), 0);
        REFUSED(&m, RC_FAILED, ends[i], store_open(m.db, STORE_READ, &m.st, &m.err));
        assert_non_null(strstr(m.err.text, "byline check"));
    }
    made_end(&m);
}

static void
test_a_read_sees_one_moment(void **state)
{
    (void)state;
    struct made m;
    struct store *reader = NULL;
    struct site_state before, during, after;
    made_site(&m);
    OK(&m, store_open(m.db, STORE_READ, &reader, &m.err));
    OK(&m, store_read_begin(reader, &m.err));
    OK(&m, store_site_state(reader, &before, &m.err));
    made_begin(&m);
    made_commit(&m);
    OK(&m, store_site_state(reader, &during, &m.err));
    store_read_end(reader);
    OK(&m, store_site_state(reader, &after, &m.err));
    assert_int_equal(during.version, before.version);
    assert_int_equal(after.version, before.version + 1);
    assert_int_equal(after.changed_at, m.now);
    store_close(reader);
    made_end(&m);
}

static void
test_commit_and_rollback(void **state)
{
    (void)state;
    struct made m;
    struct site_state site;
    made_site(&m);
    made_begin(&m);
    OK(&m, store_write_commit(m.st, false, m.now, &m.err));
    OK(&m, store_site_state(m.st, &site, &m.err));
    assert_int_equal(site.version, 1); /* nothing was changed */
    made_begin(&m);
    assert_true(runs(&m, "UPDATE site_state SET version = 50"));
    store_write_rollback(m.st);
    OK(&m, store_site_state(m.st, &site, &m.err));
    assert_int_equal(site.version, 1);
    store_write_rollback(m.st); /* nothing to roll back: nothing happens */
    made_begin(&m);
    made_commit(&m);
    OK(&m, store_site_state(m.st, &site, &m.err));
    assert_int_equal(site.version, 2);
    made_end(&m);
}

/* SQLite's own word for a full disk, from a file that may not grow. */
static void
test_full_disk(void **state)
{
    (void)state;
    struct made m;
    struct site_state site;
    made_site(&m);
    char sql[80];
    snprintf(sql, sizeof sql, "PRAGMA max_page_count=%d",
             (int)pragma(&m, "PRAGMA page_count"));
    assert_true(runs(&m, sql));
    enum rc rc = RC_OK;
    int64_t id = 0;
    made_begin(&m);
    for (int i = 0; rc == RC_OK && i < 200; i++) {
        struct section s = {.slug = str_fmt(&m.a, "section-of-some-length-%d", i)};
        rc = store_section_add(m.st, &m.site, &s, &m.err);
        if (rc == RC_OK)
            id = s.id;
    }
    assert_int_equal(rc, RC_FAILED);
    assert_true(id > 1); /* some of them fitted */
    assert_non_null(strstr(m.err.text, "the disk is full"));
    store_write_rollback(m.st);
    OK(&m, store_site_state(m.st, &site, &m.err));
    assert_int_equal(site.version, 1);
    made_read_sections(&m);
    assert_int_equal(m.sections.n, 0);
    OK(&m, store_check(m.st, &m.err));
    made_end(&m);
}

static off_t
wal_size(struct made *m)
{
    struct stat info;
    assert_int_equal(stat(made_path(m, "news.db-wal"), &info), 0);
    return info.st_size;
}

/* Makes the WAL longer by whole megabytes. */
static void
write_megabytes(struct made *m, int n)
{
    char sql[100];
    made_begin(m);
    snprintf(sql, sizeof sql, "INSERT INTO ballast VALUES (randomblob(%d))", n << 20);
    assert_true(runs(m, sql));
    made_commit(m);
}

static void
test_checkpoint_rule(void **state)
{
    (void)state;
    struct made m;
    struct store *reader = NULL;
    int frames = 0;
    made_site(&m);
    assert_true(runs(&m, "CREATE TABLE ballast (b BLOB)"));
    OK(&m, store_checkpoint(m.st, &frames, &m.err));
    assert_int_equal(frames, -1); /* not due */
    write_megabytes(&m, 3);
    OK(&m, store_checkpoint(m.st, &frames, &m.err));
    assert_int_equal(frames, -1);
    write_megabytes(&m, 2);
    off_t size = wal_size(&m);
    OK(&m, store_checkpoint(m.st, &frames, &m.err));
    assert_true(frames > 5 << 8);         /* pages of 4 KiB: all that was written */
    assert_int_equal(wal_size(&m), size); /* PASSIVE leaves the file */

    /* Past 16 MiB, with a reader of an old moment: no error, and nothing lost. */
    OK(&m, store_open(m.db, STORE_READ, &reader, &m.err));
    OK(&m, store_read_begin(reader, &m.err));
    struct site_state site;
    OK(&m, store_site_state(reader, &site, &m.err));
    write_megabytes(&m, 17);
    OK(&m, store_checkpoint(m.st, &frames, &m.err));
    assert_true(wal_size(&m) > 16 << 20);
    store_read_end(reader);
    store_close(reader);
    OK(&m, store_checkpoint(m.st, NULL, &m.err));
    assert_int_equal(wal_size(&m), 0); /* TRUNCATE */
    OK(&m, store_check(m.st, &m.err));
    assert_int_equal(pragma(&m, "SELECT SUM(LENGTH(b)) FROM ballast"), 22 << 20);
    made_end(&m);
}

/* Neither writing nor closing moves a page into the database file. */
static void
test_nothing_checkpoints_by_itself(void **state)
{
    (void)state;
    struct made m;
    struct stat before, after;
    made_site(&m);
    assert_true(runs(&m, "CREATE TABLE ballast (b BLOB)"));
    assert_int_equal(stat(m.db, &before), 0);
    write_megabytes(&m, 6);
    store_close(m.st);
    m.st = NULL;
    assert_int_equal(stat(m.db, &after), 0);
    assert_int_equal(after.st_size, before.st_size);
    assert_true(wal_size(&m) > 6 << 20);
    made_end(&m);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_create),
        cmocka_unit_test(test_create_after_a_kill),
        cmocka_unit_test(test_create_without_folder),
        cmocka_unit_test(test_hardened),
        cmocka_unit_test(test_writer_is_durable),
        cmocka_unit_test(test_reader_cannot_write),
        cmocka_unit_test(test_reader_without_wal),
        cmocka_unit_test(test_a_read_sees_one_moment),
        cmocka_unit_test(test_commit_and_rollback),
        cmocka_unit_test(test_full_disk),
        cmocka_unit_test(test_checkpoint_rule),
        cmocka_unit_test(test_nothing_checkpoints_by_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
