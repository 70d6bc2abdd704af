/* tests/unit/test_counters.c - counters: shared by processes, printed for Prometheus. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ops/counters.h"

static int
set_up(void **state)
{
    static struct arena a;
    struct err err;
    arena_init(&a);
    *state = &a;
    return ops_counters_open(&err) == RC_OK ? 0 : -1;
}

static int
tear_down(void **state)
{
    ops_counters_close();
    arena_done(*state);
    return 0;
}

static void
test_processes_share(void **state)
{
    (void)state;
    enum { PROCESSES = 4, ROUNDS = 20000 };
    for (int p = 0; p < PROCESSES; p++) {
        if (fork() != 0)
            continue;
        for (int i = 0; i < ROUNDS; i++)
            ops_count(OPS_REQUESTS, 1);
        abort(); /* dying takes no count along */
    }
    int status, n_aborted = 0;
    while (wait(&status) > 0)
        n_aborted += WIFSIGNALED(status);
    assert_int_equal(n_aborted, PROCESSES);
    assert_int_equal(ops_counter(OPS_REQUESTS), PROCESSES * ROUNDS);
}

static void
test_open_begins_at_zero_and_close_leaves_own(void **state)
{
    (void)state;
    struct err err;
    ops_count(OPS_SQL_BUSY, 5);
    assert_int_equal(ops_counters_open(&err), RC_OK);
    assert_int_equal(ops_counter(OPS_SQL_BUSY), 0);
    ops_count(OPS_SQL_BUSY, 2);
    ops_counters_close();
    ops_counters_close();
    int64_t own = ops_counter(OPS_SQL_BUSY);
    ops_count(OPS_SQL_BUSY, 3);
    assert_int_equal(ops_counter(OPS_SQL_BUSY), own + 3);
}

static void
test_status_classes(void **state)
{
    (void)state;
    static const int statuses[] = {199, 200, 299, 304, 404, 410, 499, 500, 503, 600, -1};
    for (size_t i = 0; i < N_ELEMENTS(statuses); i++)
        ops_count_status(statuses[i]);
    assert_int_equal(ops_counter(OPS_RESPONSES_2XX), 2);
    assert_int_equal(ops_counter(OPS_RESPONSES_3XX), 1);
    assert_int_equal(ops_counter(OPS_RESPONSES_4XX), 3);
    assert_int_equal(ops_counter(OPS_RESPONSES_5XX), 2);
}

static void
test_text(void **state)
{
    struct buf b;
    buf_init(&b, *state, 64 * 1024);
    ops_count(OPS_RESPONSES_4XX, 7);
    ops_count(OPS_REQUEST_US, INT64_C(9000000000000001));
    ops_set(OPS_WORKERS, 8);
    ops_counters_print(&b);
    assert_true(buf_ok(&b));
    assert_non_null(strstr(b.p, "\n# HELP byline_workers Public worker processes alive.\n"
                                "# TYPE byline_workers gauge\nbyline_workers 8\n"));
    assert_non_null(strstr(b.p, "# TYPE byline_responses_total counter\n"
                                "byline_responses_total{class=\"2xx\"} 0\n"
                                "byline_responses_total{class=\"3xx\"} 0\n"
                                "byline_responses_total{class=\"4xx\"} 7\n"
                                "byline_responses_total{class=\"5xx\"} 0\n"));
    assert_non_null(strstr(b.p, "\nbyline_request_seconds_total 9000000000.000001\n"));
}

/* The rules of the format (version 0.0.4): TYPE before the samples of its metric, once;
 * samples of one metric together; counters end in _total; a line feed at the end. */
static void
test_text_obeys_the_format(void **state)
{
    struct arena *a = *state;
    struct buf b;
    buf_init(&b, a, 64 * 1024);
    ops_counters_print(&b);
    struct str rest = buf_str(&b), metric = {NULL, 0}, seen[OPS_COUNTER__MAX];
    int n_seen = 0, n_samples = 0;
    while (rest.n > 0) {
        struct str line = str_cut(&rest, '\n');
        if (str_starts(line, STR("# HELP "))) {
            line = str_from(line, 7);
            metric = str_cut(&line, ' ');
            assert_true(line.n > 0);
            for (int i = 0; i < n_seen; i++)
                assert_false(str_eq(seen[i], metric));
            seen[n_seen++] = metric;
        } else if (str_starts(line, STR("# TYPE "))) {
            line = str_from(line, 7);
            assert_true(str_eq(str_cut(&line, ' '), metric));
            assert_int_equal(str_eq_z(line, "counter"), str_ends(metric, STR("_total")));
        } else {
            assert_true(str_starts(line, metric));
            assert_true(line.p[metric.n] == ' ' || line.p[metric.n] == '{');
            n_samples++;
        }
    }
    assert_int_equal(n_samples, OPS_COUNTER__MAX);
    assert_int_equal(b.p[b.n - 1], '\n');
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_processes_share),
        TEST(test_open_begins_at_zero_and_close_leaves_own),
        TEST(test_status_classes),
        TEST(test_text),
        TEST(test_text_obeys_the_format),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
