/* tests/unit/test_walls.c - a photo helper that tries what it must not do is stopped,
 * each time (tests/unit/naughty_photo.c). */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "media/helper.h"
#include "model/refusal.h"

#include "base/file.h"

#ifdef __SANITIZE_ADDRESS__
enum { IS_ASAN = 1 };
#else
enum { IS_ASAN = 0 };
#endif

struct fixture {
    struct arena a;
    struct err err;
    char dir[40];
    struct media_helper helper;
    struct media_answer answer;
};

static int
set_up(void **state)
{
    static struct fixture f;
    char self[512];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self);
    f = (struct fixture){.dir = "/tmp/byline-walls-XXXXXX"};
    arena_init(&f.a);
    *state = &f;
    while (n > 0 && self[n - 1] != '/')
        n--;
    if (mkdtemp(f.dir) == NULL ||
        media_helper_open(f.dir, 1, &f.a, &f.helper, &f.err) != RC_OK)
        return -1;
    f.helper.program = str_fmt(&f.a, "%.*snaughty-photo", (int)n, self).p;
    return 0;
}

static int
tear_down(void **state)
{
    struct fixture *f = *state;
    media_helper_close(&f->helper);
    unlink(file_join(&f->a, str_of(f->dir), STR(".helpers")));
    int failed = rmdir(f->dir);
    arena_done(&f->a);
    return failed;
}

static struct str
order_of(struct fixture *f, const char *deed)
{
    return str_fmt(&f->a, "{\"do\":\"%s\"}", deed);
}

static enum rc
ask(struct fixture *f, const char *deed)
{
    f->err = (struct err){0};
    return media_helper_run(&f->helper, order_of(f, deed), STR("x"), &f->a, &f->answer,
                            &f->err);
}

static void
assert_fails_with(struct fixture *f, const char *deed, int code)
{
    enum rc rc = ask(f, deed);
    if (rc != RC_OK || !str_eq(f->answer.json, str_fmt(&f->a, "{\"errno\":%d}", code)))
        fail_msg("%s: %s %s %.*s", deed, rc_name(rc), f->err.text,
                 STR_ARG(f->answer.json));
}

static void
assert_ended(struct fixture *f, const char *deed, enum rc rc, const char *says)
{
    enum rc got = ask(f, deed);
    if (got != rc || strstr(f->err.text, says) == NULL)
        fail_msg("%s: %s %s %.*s", deed, rc_name(got), f->err.text,
                 STR_ARG(f->answer.json));
}

/* Landlock alone forbids these to a sanitizer build. */
static void
test_files(void **state)
{
    assert_fails_with(*state, "open_to_read", EACCES);
    assert_fails_with(*state, "open_to_write", EACCES);
    assert_fails_with(*state, "open_by_openat2", IS_ASAN ? EACCES : ENOSYS);
    if (!IS_ASAN) {
        assert_fails_with(*state, "look_around", EACCES);
        assert_fails_with(*state, "duplicate", ENOSYS);
    }
    assert_false(file_exists("/tmp/byline-naughty"));
}

static void
test_calls(void **state)
{
    static const char *const deadly[] = {
        "use_socket",    "use_unix_socket", "connect_somewhere", "split",
        "split_by_call", "run_program",     "signal_starter",    "trace_starter",
    };
    /* A program is a file, and a sanitizer build may not open any. */
    if (IS_ASAN)
        assert_fails_with(*state, "run_program", EACCES);
    else
        for (size_t i = 0; i < N_ELEMENTS(deadly); i++)
            assert_ended(*state, deadly[i], RC_FAILED, "ended by SIGSYS");
}

static void
test_limits(void **state)
{
    struct fixture *f = *state;
    if (!IS_ASAN) {
        assert_fails_with(f, "take_memory", ENOMEM);
        assert_ended(f, "answer_much", RC_LIMIT, "too large");
        assert_int_equal(f->err.reason, REFUSED_FILE_EFFORT);
    }
    f->helper.limit_ms = 300; /* its life is as long as its starter says */
    assert_ended(f, "spin", RC_LIMIT, "was killed");
    assert_int_equal(f->err.reason, REFUSED_FILE_EFFORT);
}

static struct str
read_proc(struct fixture *f, pid_t pid, const char *name)
{
    struct str text;
    const char *path = str_fmt(&f->a, "/proc/%d/%s", (int)pid, name).p;
    if (file_read(&f->a, path, 65536, &text, &f->err) != RC_OK)
        fail_msg("%s", f->err.text);
    return text;
}

static bool
says(struct str text, const char *line)
{
    return str_find_str(text, str_of(line)) < text.n;
}

/* As the kernel sees it while it works; it starts without walls, so they are waited for.
 */
static void
test_seen_from_outside(void **state)
{
    struct fixture *f = *state;
    struct timespec pause = {.tv_nsec = 10 * 1000000};
    struct media_run run;
    static const char *const limits[] = {
        "Max cpu time              20                   21",
        "Max open files            0                    0",
        "Max core file size        0                    0",
        "Max address space         1073741824           1073741824",
        "Max file size             134217728            134217728",
    };
    assert_int_equal(
        media_run_begin(&f->helper, order_of(f, "sleep_long"), STR("x"), &run, &f->err),
        RC_OK);
    const char *last = IS_ASAN ? "NoNewPrivs:\t1" : "Seccomp:\t2";
    for (int i = 0; i < 1000 && !says(read_proc(f, run.pid, "status"), last); i++)
        nanosleep(&pause, NULL);
    struct str status = read_proc(f, run.pid, "status");
    assert_true(says(status, last));
    assert_true(says(status, "NoNewPrivs:\t1"));
    assert_true(says(status, "Threads:\t1"));
    for (size_t i = 0; i < N_ELEMENTS(limits) && !IS_ASAN; i++)
        if (!says(read_proc(f, run.pid, "limits"), limits[i]))
            fail_msg("%s", limits[i]);
    run.end_ms = 0;
    assert_int_equal(media_run_end(&run, &f->a, &f->answer, &f->err), RC_LIMIT);
}

/* The setting sandbox = off, and proof that the deeds above work where nothing stops
 * them. */
static void
test_no_walls(void **state)
{
    struct fixture *f = *state;
    static const char *const harmless[] = {
        "open_to_read",    "look_around", "duplicate",     "use_socket",
        "use_unix_socket", "split",       "split_by_call", "take_memory"};
    f->helper.has_walls = false;
    for (size_t i = 0; i < N_ELEMENTS(harmless); i++)
        assert_fails_with(f, harmless[i], 0);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_files),    TEST(test_calls),
        TEST(test_limits),   TEST(test_seen_from_outside),
        TEST(test_no_walls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
