/* test_plans.c - every statement's query plan, on the real schema.
 *
 * A walk along an index that a LIMIT ends is what listings are made of; a scan of a
 * table, an index made for one query or a sort are not, unless the statement's own
 * comment admits it ("slow: why"). */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/migrate.h"
#include "store/query.h"

#include "base/time.h"

static sqlite3 *
open_schema(enum store_kind kind)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    for (int i = 0; i < schemas[kind].n_steps; i++)
        assert_int_equal(sqlite3_exec(db, schemas[kind].steps[i].sql, NULL, NULL, NULL),
                         SQLITE_OK);
    return db;
}

static bool
is_bad_step(const char *step, const char *sql)
{
    bool is_limited = strstr(sql, "LIMIT") != NULL;
    const char *words = strstr(step, " VIRTUAL TABLE INDEX ");
    if (strstr(step, "AUTOMATIC") != NULL || strstr(step, "TEMP B-TREE") != NULL)
        return true;
    /* FTS5 says behind the colon what it looks up: M a word, = or < a row. */
    if (words != NULL)
        return step[strlen(step) - 1] == ':';
    if (strncmp(step, "SCAN", 4) != 0 || strstr(step, "CONSTANT ROW") != NULL)
        return false;
    /* The rows of a subquery that is searched itself, like a counted walk. */
    if (strcmp(step, "SCAN newer") == 0)
        return false;
    return strstr(step, "USING") == NULL || !is_limited;
}

static int
check_statement(sqlite3 *db, const struct query_text *q)
{
    char sql[8192];
    sqlite3_stmt *stmt = NULL;
    int n_bad = 0;
    snprintf(sql, sizeof sql, "EXPLAIN QUERY PLAN %s", q->sql);
    if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK) {
        print_error("%s %s: %s\n", q->where, q->name, sqlite3_errmsg(db));
        return 1;
    }
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        const char *step = (const char *)sqlite3_column_text(stmt, 3);
        if (is_bad_step(step, q->sql) && q->slow[0] == '\0') {
            print_error("%s %s: %s\n", q->where, q->name, step);
            n_bad++;
        }
    }
    if (sqlite3_bind_parameter_count(stmt) != q->n_params)
        n_bad++;
    sqlite3_finalize(stmt);
    return n_bad;
}

static void
test_every_plan(void **state)
{
    (void)state;
    sqlite3 *dbs[STORE_KIND__MAX];
    int n_bad = 0, n_of[STORE_KIND__MAX] = {0};
    for (int i = 0; i < STORE_KIND__MAX; i++)
        dbs[i] = open_schema((enum store_kind)i);
    for (int i = 0; i < Q__MAX; i++) {
        n_bad += check_statement(dbs[query_texts[i].db], &query_texts[i]);
        n_of[query_texts[i].db]++;
    }
    for (int i = 0; i < STORE_KIND__MAX; i++) {
        assert_true(n_of[i] > 0);
        sqlite3_close(dbs[i]);
    }
    assert_int_equal(n_bad, 0);
}

/* The test itself must be able to fail. */
static void
test_bad_plans_are_found(void **state)
{
    (void)state;
    static const struct query_text bad[] = {
        {STORE_NEWS, "SCANS", "-", "", "SELECT id FROM item WHERE title = $1", 1},
        {STORE_NEWS, "SORTS", "-", "",
         "SELECT id FROM item WHERE lang = $1 ORDER BY title LIMIT 5", 1},
        {STORE_NEWS, "WALKS_ALL", "-", "", "SELECT lang FROM item ORDER BY lang", 0},
        {STORE_NEWS, "READS_ALL", "-", "",
         "SELECT title FROM desk_words WHERE tags = $1 LIMIT 5", 1},
    };
    sqlite3 *db = open_schema(STORE_NEWS);
    for (size_t i = 0; i < N_ELEMENTS(bad); i++)
        assert_true(check_statement(db, &bad[i]) > 0);
    sqlite3_close(db);
}

/* A listing must start at the cursor, not walk up to it: what its first step searches. */
static void
check_searches(const enum query_id *listings, size_t n, const char *index,
               const char *columns)
{
    sqlite3 *db = open_schema(STORE_NEWS);
    for (size_t i = 0; i < n; i++) {
        char sql[8192];
        sqlite3_stmt *stmt = NULL;
        snprintf(sql, sizeof sql, "EXPLAIN QUERY PLAN %s", query_texts[listings[i]].sql);
        assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
        const char *step = (const char *)sqlite3_column_text(stmt, 3);
        assert_non_null(strstr(step, index));
        assert_non_null(strstr(step, columns));
        sqlite3_finalize(stmt);
    }
    sqlite3_close(db);
}

static void
test_listings_search(void **state)
{
    (void)state;
    static const enum query_id listings[] = {Q_LISTING_BEFORE, Q_LISTING_AFTER,
                                             Q_LISTING_SECTION_BEFORE,
                                             Q_LISTING_SECTION_AFTER};
    check_searches(listings, N_ELEMENTS(listings), "SEARCH i USING INDEX item_",
                   "published_at,tie)");
}

static void
test_corrections_search(void **state)
{
    (void)state;
    static const enum query_id listings[] = {Q_CORRECTION_BEFORE, Q_CORRECTION_AFTER};
    check_searches(listings, N_ELEMENTS(listings), "SEARCH c USING INDEX correction_lang",
                   "at,tie)");
}

/* What was said in public, and who did what, is only ever added to. */
static void
test_some_tables_only_grow(void **state)
{
    (void)state;
    static const char *const words[] = {
        "UPDATE correction", "DELETE FROM correction", "REPLACE INTO correction",
        "UPDATE audit",      "DELETE FROM audit",      "REPLACE INTO audit"};
    for (int i = 0; i < Q__MAX; i++)
        for (size_t j = 0; j < N_ELEMENTS(words); j++)
            if (strstr(query_texts[i].sql, words[j]) != NULL)
                fail_msg("%s: %s", query_texts[i].name, words[j]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_plan),
        cmocka_unit_test(test_bad_plans_are_found),
        cmocka_unit_test(test_listings_search),
        cmocka_unit_test(test_corrections_search),
        cmocka_unit_test(test_some_tables_only_grow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
