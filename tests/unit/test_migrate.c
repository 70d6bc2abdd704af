/* test_migrate.c - schema steps, and files that are refused. */
#include <grp.h>
#include <sys/wait.h>

#include "made.h"
#include "store/migrate.h"
#include "store/query.h"

/* ---- released steps ---- */

/* Lines "digest  file" as sha256sum writes them. Gives how many do not hold; *n counts.
 */
static int
check_released(struct made *m, struct str list, const char *dir, int *n)
{
    int n_bad = 0;
    while (list.p != NULL) {
        struct str file = str_cut(&list, '\n'), digest = str_cut(&file, ' '), now;
        if (digest.n != HASH_HEX_SIZE)
            continue;
        const char *path = file_join(&m->a, str_of(dir), str_trim(file));
        OK(m, hash_file(&m->a, path, &now, &m->err));
        n_bad += !str_eq(now, digest);
        ++*n;
    }
    return n_bad;
}

static void
test_released_steps_never_change(void **state)
{
    (void)state;
    struct made m;
    struct str list;
    int n = 0;
    made_folder(&m);
    OK(&m, file_read(&m.a, "sql/migrate/RELEASED", 65536, &list, &m.err));
    assert_int_equal(check_released(&m, list, "sql/migrate", &n), 0);
    assert_true(n >= 1);
    made_end(&m);
}

/* The test itself must be able to fail. */
static void
test_a_changed_step_is_found(void **state)
{
    (void)state;
    struct made m;
    struct str list, sql;
    int n = 0;
    made_folder(&m);
    OK(&m, file_read(&m.a, "sql/migrate/RELEASED", 65536, &list, &m.err));
    OK(&m, file_read(&m.a, "sql/migrate/0001_news.sql", 65536, &sql, &m.err));
    struct str changed = str_fmt(&m.a, "%.*s ", STR_ARG(sql));
    OK(&m, file_write(made_path(&m, "0001_news.sql"), changed, 0644, &m.err));
    size_t at = str_find_str(list, STR("  0001_")) - HASH_HEX_SIZE;
    struct str first = str_sub(list, at, HASH_HEX_SIZE + strlen("  0001_news.sql"));
    assert_int_equal(check_released(&m, first, m.dir, &n), 1);
    made_end(&m);
}

static void
test_steps_are_numbered_from_one(void **state)
{
    (void)state;
    for (int i = 0; i < store_schema_version(STORE_NEWS); i++)
        assert_int_equal(migrations[i].number, i + 1);
}

/* ---- one road ---- */

/* The schema as text, in an order of its own. */
static struct str
schema_of(struct made *m, sqlite3 *db)
{
    sqlite3_stmt *stmt = NULL;
    struct str all = STR("");
    const char *sql = "SELECT type || ' ' || name || ': ' || COALESCE(sql, '') "
                      "FROM sqlite_master ORDER BY type, name";
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    while (sqlite3_step(stmt) == SQLITE_ROW)
        all = str_fmt(&m->a, "%.*s\n%s", STR_ARG(all), sqlite3_column_text(stmt, 0));
    sqlite3_finalize(stmt);
    return all;
}

/* A file that went through the first steps only, as an older program left it. */
static void
make_older(struct made *m, int version)
{
    sqlite3 *db = NULL;
    char number[100];
    assert_int_equal(sqlite3_open(m->db, &db), SQLITE_OK);
    for (int i = 0; i < version; i++)
        assert_int_equal(sqlite3_exec(db, migrations[i].sql, NULL, NULL, NULL),
                         SQLITE_OK);
    snprintf(number, sizeof number, "PRAGMA application_id=%d; PRAGMA user_version=%d",
             0x42796c6e, version);
    assert_int_equal(sqlite3_exec(db, number, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void
test_every_older_one_ends_at_todays_schema(void **state)
{
    (void)state;
    struct made today;
    made_site(&today);
    struct str wanted = schema_of(&today, today.st->db);
    assert_true(str_find_str(wanted, STR("table item:")) < wanted.n);
    for (int version = 1; version <= store_schema_version(STORE_NEWS); version++) {
        struct made m;
        made_folder(&m);
        make_older(&m, version);
        OK(&m, store_open(m.db, STORE_WRITE, &m.st, &m.err));
        assert_true(str_eq(schema_of(&m, m.st->db), wanted));
        OK(&m, store_check(m.st, &m.err));
        made_end(&m);
    }
    made_end(&today);
}

static int64_t
number_in(struct made *m, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_prepare_v2(m->st->db, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    int64_t v = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return v;
}

static void
test_a_new_one_says_what_it_is(void **state)
{
    (void)state;
    struct made m;
    made_site(&m);
    assert_int_equal(number_in(&m, "PRAGMA user_version"),
                     store_schema_version(STORE_NEWS));
    assert_int_equal(number_in(&m, "PRAGMA application_id"), 0x42796c6e);
    made_end(&m);
}

/* ---- files that are refused ---- */

/* A site's database whose pages are all in the file itself. */
static void
make_flat(struct made *m)
{
    sqlite3 *db = NULL;
    made_site(m);
    made_section(m, "events", 0);
    store_close(m->st);
    m->st = NULL;
    assert_int_equal(sqlite3_open(m->db, &db), SQLITE_OK);
    sqlite3_exec(db, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL);
    int keep = 1;
    sqlite3_file_control(db, "main", SQLITE_FCNTL_PERSIST_WAL, &keep);
    sqlite3_close(db);
}

static struct str
digest(struct made *m)
{
    struct str hex;
    OK(m, hash_file(&m->a, m->db, &hex, &m->err));
    return hex;
}

/* Both modes refuse the file with this code and these words, name it, and leave it. */
static void
check_refused(struct made *m, enum rc code, const char *words)
{
    struct str before = digest(m);
    for (int mode = STORE_READ; mode <= STORE_WRITE; mode++) {
        REFUSED(m, code, words,
                store_open(m->db, (enum store_mode)mode, &m->st, &m->err));
        assert_null(m->st);
        assert_non_null(strstr(m->err.text, m->db));
    }
    assert_true(str_eq(digest(m), before));
}

static void
run_sql(struct made *m, const char *sql)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(m->db, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    int keep = 1;
    sqlite3_file_control(db, "main", SQLITE_FCNTL_PERSIST_WAL, &keep);
    sqlite3_close(db);
}

/* What items said of photos before there was a library is what the library says, and
 * follows it; what another item said otherwise stays its own. */
static void
test_photos_from_before_the_library(void **state)
{
    (void)state;
    static const char *const items =
        "INSERT INTO section (id, slug, position) VALUES (1, 'events', 1);"
        "INSERT INTO item (id, public_id, has_source_id, lang, section_id, slug, title,"
        " lead, published_at, is_date_only, tie, visible_from, visible_until,"
        " photo_credit) VALUES (1, 'a', 1, 'en', 1, 'a', 'A', '', 1, 0, 1, 1, 9, ''),"
        " (2, 'b', 1, 'en', 1, 'b', 'B', '', 1, 0, 2, 1, 9, 'Of the item');"
        "INSERT INTO photo (id, sha256, ext, width_px, height_px, bytes)"
        " VALUES (1, 'x', 'jpg', 1, 1, 1);"
        "INSERT INTO item_photo (item_id, position, photo_id, credit, has_own_credit,"
        " credit_url, creator, caption, alt, is_decorative, licence, usage_terms, focal,"
        " expires_at) VALUES"
        " (1, 1, 1, 'Agnecy', 1, 'https://a.example/', 'Ann', 'Caption', 'Alt', 0, '', '',"
        "  '', 253402300800),"
        " (2, 1, 1, 'Agnecy', 1, '', 'Ann', 'Another', 'Alt', 0, '', '', '',"
        "  253402300800),"
        " (2, 2, 1, 'Of the item', 0, '', '', '', '', 0, '', '', '', 253402300800);";
    struct made m;
    made_folder(&m);
    make_older(&m, 11);
    run_sql(&m, items);
    OK(&m, store_open(m.db, STORE_WRITE, &m.st, &m.err));
    assert_int_equal(
        number_in(&m, "SELECT COUNT(*) FROM item_photo WHERE has_own_credit = 0"
                      " AND creator || alt || credit_url = '' AND credit || ' ' ||"
                      " has_photo_credit || ' ' || caption IN"
                      " ('Agnecy 1 ', 'Agnecy 1 Another', 'Of the item 0 ')"),
        3);
    assert_int_equal(number_in(&m, "SELECT COUNT(*) FROM photo WHERE credit = 'Agnecy'"
                                   " AND creator = 'Ann' AND caption = 'Caption'"
                                   " AND credit_url = 'https://a.example/'"),
                     1);
    made_end(&m);
}

static void
test_newer_schema(void **state)
{
    (void)state;
    struct made m;
    char sql[60];
    make_flat(&m);
    snprintf(sql, sizeof sql, "PRAGMA user_version=%d",
             store_schema_version(STORE_NEWS) + 1);
    run_sql(&m, sql);
    check_refused(&m, RC_CONFLICT, "newer byline");
    assert_non_null(strstr(m.err.text, "install that version"));
    made_end(&m);
}

/* Readers need the -wal and -shm files even to see that a file is not ours. */
static void
make_wal_files(struct made *m)
{
    OK(m, file_write(made_path(m, "news.db-wal"), STR(""), 0644, &m->err));
    OK(m, file_write(made_path(m, "news.db-shm"), STR(""), 0644, &m->err));
}

static void
test_database_of_another_program(void **state)
{
    (void)state;
    static const char *const others[] = {
        "CREATE TABLE t (a)", "CREATE TABLE t (a); PRAGMA user_version=1",
        "CREATE TABLE t (a); PRAGMA user_version=1; PRAGMA application_id=7",
        "PRAGMA application_id=1115255918", /* ours, but nothing in it */
    };
    for (size_t i = 0; i < N_ELEMENTS(others); i++) {
        struct made m;
        made_folder(&m);
        run_sql(&m, others[i]);
        make_wal_files(&m);
        check_refused(&m, RC_CONFLICT, "another program");
        assert_non_null(strstr(m.err.text, "setting database"));
        made_end(&m);
    }
}

static void
test_no_database(void **state)
{
    (void)state;
    struct made m;
    made_folder(&m);
    make_wal_files(&m);
    struct str text = str_fmt(&m.a, "%0600d", 7);
    OK(&m, file_write(m.db, text, 0644, &m.err));
    check_refused(&m, RC_FAILED, "is not a database");
    OK(&m, file_write(m.db, STR(""), 0644, &m.err));
    check_refused(&m, RC_CONFLICT, "another program");
    made_end(&m);
}

static void
test_truncated(void **state)
{
    (void)state;
    struct made m;
    struct stat info;
    make_flat(&m);
    assert_int_equal(stat(m.db, &info), 0);
    assert_int_equal(truncate(m.db, info.st_size / 2), 0);
    check_refused(&m, RC_FAILED, "is damaged");
    assert_non_null(strstr(m.err.text, "backup"));
    made_end(&m);
}

/* Damage inside is not seen by opening, but by whoever reads there, and by the check. */
static void
test_damaged_inside(void **state)
{
    (void)state;
    struct made m;
    struct str bytes;
    make_flat(&m);
    OK(&m, file_read(&m.a, m.db, 1 << 20, &bytes, &m.err));
    memset((char *)(uintptr_t)bytes.p + 4096, 0xa5, bytes.n - 4096);
    OK(&m, file_write(m.db, bytes, 0644, &m.err));
    enum rc rc = store_open(m.db, STORE_WRITE, &m.st, &m.err);
    if (rc == RC_OK)
        rc = store_check(m.st, &m.err);
    assert_int_equal(rc, RC_FAILED);
    assert_non_null(strstr(m.err.text, "damaged"));
    made_end(&m);
}

static void
test_missing(void **state)
{
    (void)state;
    struct made m;
    made_folder(&m);
    for (int mode = STORE_READ; mode <= STORE_WRITE; mode++)
        REFUSED(&m, RC_NOT_FOUND, m.db,
                store_open(m.db, (enum store_mode)mode, &m.st, &m.err));
    assert_false(file_exists(m.db));
    assert_false(file_exists(made_path(&m, "news.db-lock")));
    made_end(&m);
}

/* Permissions mean nothing to root, so another user tries. */
static enum rc
open_as_nobody(struct made *m, enum store_mode mode)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct store *st = NULL;
        if (geteuid() == 0 &&
            (setgroups(0, NULL) != 0 || setgid(65534) != 0 || setuid(65534) != 0))
            _exit(RC__MAX);
        enum rc rc = store_open(m->db, mode, &st, &m->err);
        const char *words = mode == STORE_READ ? "may not be read" : "may not be written";
        _exit(rc == RC_OK || strstr(m->err.text, words) != NULL ? (int)rc : RC__MAX);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return (enum rc)WEXITSTATUS(status);
}

static void
test_read_only_file(void **state)
{
    (void)state;
    struct made m;
    make_flat(&m);
    assert_int_equal(chmod(m.dir, 0777), 0);
    assert_int_equal(chmod(m.db, 0444), 0);
    assert_int_equal(chmod(made_path(&m, "news.db-wal"), 0444), 0);
    assert_int_equal(chmod(made_path(&m, "news.db-shm"), 0444), 0);
    struct str before = digest(&m);
    assert_int_equal(open_as_nobody(&m, STORE_WRITE), RC_FAILED);
    assert_int_equal(open_as_nobody(&m, STORE_READ), RC_OK);
    assert_int_equal(chmod(m.db, 0), 0);
    assert_int_equal(open_as_nobody(&m, STORE_READ), RC_FAILED);
    assert_int_equal(chmod(m.db, 0600), 0);
    assert_true(str_eq(digest(&m), before));
    made_end(&m);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_released_steps_never_change),
        cmocka_unit_test(test_a_changed_step_is_found),
        cmocka_unit_test(test_steps_are_numbered_from_one),
        cmocka_unit_test(test_every_older_one_ends_at_todays_schema),
        cmocka_unit_test(test_photos_from_before_the_library),
        cmocka_unit_test(test_a_new_one_says_what_it_is),
        cmocka_unit_test(test_newer_schema),
        cmocka_unit_test(test_database_of_another_program),
        cmocka_unit_test(test_no_database),
        cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_damaged_inside),
        cmocka_unit_test(test_missing),
        cmocka_unit_test(test_read_only_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
