/* tests/unit/test_log.c - log lines: their form, and that no value can forge one. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ops/log.h"

#include "base/utf8.h"

/* Standard error goes to a file during each test; `heard` is what arrived there. */
static int real_stderr, file_fd;
static char heard[256 * 1024];

static int
set_up(void **state)
{
    (void)state;
    FILE *f = tmpfile();
    if (f == NULL)
        return -1;
    file_fd = dup(fileno(f));
    fclose(f);
    real_stderr = dup(STDERR_FILENO);
    dup2(file_fd, STDERR_FILENO);
    fcntl(file_fd, F_SETFL, O_APPEND);
    log_init(LOG_INFO, "test");
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    dup2(real_stderr, STDERR_FILENO);
    close(real_stderr);
    close(file_fd);
    return 0;
}

static struct str
listen(void)
{
    ssize_t n = pread(file_fd, heard, sizeof heard - 1, 0);
    assert_true(n >= 0);
    heard[n] = '\0';
    return (struct str){heard, (size_t)n};
}

/* What stands behind the time, of the one line there must be. */
static const char *
line(void)
{
    struct str s = listen();
    assert_true(s.n > 0 && s.n <= 2048);
    assert_int_equal(str_find(s, '\n'), s.n - 1);
    assert_int_equal(utf8_check(s), s.n);
    heard[s.n - 1] = '\0';
    assert_int_equal(ftruncate(file_fd, 0), 0);
    return heard + strlen("time=2024-01-01T00:00:00.000Z ");
}

static void
test_form(void **state)
{
    (void)state;
    log_event(LOG_WARN, "worker_died", LOG_I("pid", -12), LOG_Z("signal", "SIGSEGV"),
              LOG_S("path", STR("/news/")), LOG_END);
    assert_string_equal(line(), "level=warn event=worker_died role=test pid=-12 "
                                "signal=SIGSEGV path=/news/");
    int year, ms;
    char z;
    assert_true(memcmp(heard, "time=", 5) == 0 && heard[15] == 'T' && heard[24] == '.');
    year = (int)strtol(heard + 5, NULL, 10);
    ms = (int)strtol(heard + 25, NULL, 10);
    z = heard[28];
    assert_in_range(year, 2024, 2200);
    assert_in_range(ms, 0, 999);
    assert_int_equal(z, 'Z');
}

static void
test_levels(void **state)
{
    (void)state;
    log_event(LOG_DEBUG, "unheard", LOG_END);
    assert_int_equal(listen().n, 0);
    log_init(LOG_ERROR, "work");
    log_event(LOG_WARN, "unheard", LOG_END);
    assert_int_equal(listen().n, 0);
    log_event(LOG_ERROR, "heard", LOG_END);
    assert_string_equal(line(), "level=error event=heard role=work");
    assert_int_equal(log_level_read("debug"), LOG_DEBUG);
    assert_int_equal(log_level_read("error"), LOG_ERROR);
    assert_int_equal(log_level_read("loud"), -1);
}

static void
test_values_are_quoted(void **state)
{
    (void)state;
    static const struct {
        const char *value, *line;
    } cases[] = {
        {"", "v=\"\""},
        {"a b", "v=\"a b\""},
        {"a=b", "v=\"a=b\""},
        {"\"", "v=\"\\\"\""},
        {"\\", "v=\"\\\\\""},
        {"Жуков", "v=\"Жуков\""},
        {"x\nlevel=error event=forged", "v=\"x\xef\xbf\xbdlevel=error event=forged\""},
        {"\x1b[31m", "v=\"\xef\xbf\xbd[31m\""},
        {"\x7f", "v=\"\xef\xbf\xbd\""},
        {"a\xc2\x9b"
         "b",
         "v=\"a\xef\xbf\xbd"
         "b\""},
        {"a\xe2\x80\xa8"
         "b",
         "v=\"a\xef\xbf\xbd"
         "b\""},
        {"a\xe2\x80\xae"
         "b",
         "v=\"a\xef\xbf\xbd"
         "b\""},
        {"a\xff"
         "b",
         "v=\"a\xef\xbf\xbd"
         "b\""},
        {"a\xd0", "v=\"a\xef\xbf\xbd\""},
        {"\xf0\x9f\x98\x80", "v=\"\xf0\x9f\x98\x80\""},
    };
    const char *head = "level=info event=e role=test ";
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        log_event(LOG_INFO, "e", LOG_Z("v", cases[i].value), LOG_END);
        const char *got = line();
        assert_memory_equal(got, head, strlen(head));
        assert_string_equal(got + strlen(head), cases[i].line);
    }
}

/* The next value of a line as a reader of logfmt takes it: *p moves behind it and the
 * blank that follows. The key goes to key[32], the value to value[64]. */
static void
take_pair(const char **p, char *key, char *value)
{
    size_t n = strcspn(*p, "=");
    assert_in_range(n, 1, 31);
    assert_int_equal((*p)[n], '=');
    memcpy(key, *p, n);
    key[n] = '\0';
    *p += n + 1;
    bool is_quoted = **p == '"';
    for (*p += is_quoted; is_quoted ? **p != '"' : **p != ' ' && **p != '\0'; ++*p) {
        assert_true(is_quoted || (**p != '"' && **p != '\\' && **p != '='));
        *p += is_quoted && **p == '\\';
        assert_true(**p != '\0');
        *value++ = **p;
    }
    *value = '\0';
    *p += is_quoted;
    assert_true(**p == ' ' || **p == '\0');
    *p += **p == ' ';
}

/* Every byte, alone and before a letter, in a key and in a value: still one line of the
 * same pairs, and the value comes back but for what becomes U+FFFD. */
static void
test_no_byte_breaks_a_line(void **state)
{
    (void)state;
    for (int c = 0; c < 256; c++) {
        char text[] = {(char)c, 'a', '\0'}, key[32], value[64], want[8];
        bool is_kept = c >= 0x20 && c < 0x7f;
        snprintf(want, sizeof want, is_kept ? "%c" : "\xef\xbf\xbd", c);
        log_event(LOG_INFO, text, LOG_Z(c != 0 ? text : "k", text),
                  LOG_S("s", ((struct str){text, 1})), LOG_END);
        const char *l = line();
        for (const char *p = l; *p != '\0'; p++)
            assert_true((unsigned char)*p >= 0x20 && *p != 0x7f);
        for (int i = 0; i < 5; i++) /* level, event, role, the odd key, s */
            take_pair(&l, key, value);
        assert_string_equal(key, "s");
        assert_string_equal(value, want);
        assert_string_equal(l, "");
    }
}

static void
test_absent_and_nul(void **state)
{
    (void)state;
    log_event(LOG_INFO, "e", LOG_Z("z", NULL), LOG_S("s", ((struct str){NULL, 0})),
              LOG_S("n", ((struct str){"a\0b", 3})), LOG_END);
    assert_string_equal(line(), "level=info event=e role=test z=\"\" s=\"\" "
                                "n=\"a\xef\xbf\xbd"
                                "b\"");
}

static void
test_errors(void **state)
{
    (void)state;
    struct err err;
    err_field_at(&err, "title", "src/x.c", 7, "line %d: too \"long\"", 3);
    log_event(LOG_ERROR, "import_failed", LOG_ERR(&err), LOG_I("n", 1), LOG_END);
    assert_string_equal(line(), "level=error event=import_failed role=test rc=invalid "
                                "field=title text=\"line 3: too \\\"long\\\"\" "
                                "src=src/x.c:7 n=1");
    err_set_at(&err, RC_BUSY, "src/y.c", 8, "locked");
    log_event(LOG_ERROR, "e", LOG_ERR(&err), LOG_ERR(NULL), LOG_END);
    assert_string_equal(line(), "level=error event=e role=test rc=busy text=locked "
                                "src=src/y.c:8");
}

static void
test_long_values_are_cut(void **state)
{
    (void)state;
    static char text[100000];
    for (size_t i = 0; i + 2 < sizeof text; i += 2)
        memcpy(text + i, "\xd0\xaf", 2);
    log_event(LOG_INFO, "e", LOG_Z("a", text), LOG_I("b", 1), LOG_END);
    struct str s = str_of(line());
    assert_true(str_ends(s, STR("\xe2\x80\xa6\" b=1")));
}

/* Around the limit every length is tried: the line stays whole, with its quotes closed,
 * and what does not fit is left out, not written behind the end. */
static void
test_lines_are_bounded(void **state)
{
    (void)state;
    static char filler[1024];
    memset(filler, ' ', sizeof filler);
    bool was_whole = false, was_cut = false;
    for (size_t n = 0; n < 512; n++) {
        struct str v = {filler, n}, most = {filler, 512};
        log_event(LOG_INFO, "e", LOG_S("a", most), LOG_S("b", most), LOG_S("c", most),
                  LOG_S("d", v), LOG_Z("f", "x y"), LOG_I("g", 1234567), LOG_END);
        struct str s = str_of(line());
        size_t n_quotes = 0;
        for (size_t i = 0; i < s.n; i++)
            n_quotes += s.p[i] == '"';
        assert_int_equal(n_quotes % 2, 0);
        bool is_whole = str_ends(s, STR(" f=\"x y\" g=1234567"));
        assert_true(is_whole || str_ends(s, STR(" cut=yes")));
        assert_false(is_whole && was_cut);
        was_whole = was_whole || is_whole;
        was_cut = was_cut || !is_whole;
    }
    assert_true(was_whole && was_cut);
}

static void
test_errno_is_kept(void **state)
{
    (void)state;
    errno = ENOSPC;
    log_event(LOG_INFO, "e", LOG_END);
    assert_int_equal(errno, ENOSPC);
    (void)line();
}

/* Several processes at once: no line is mixed with another. */
static void
test_lines_of_processes_do_not_mix(void **state)
{
    (void)state;
    enum { PROCESSES = 4, LINES = 200 };
    for (int p = 0; p < PROCESSES; p++) {
        if (fork() != 0)
            continue;
        for (int i = 0; i < LINES; i++)
            log_event(LOG_INFO, "e", LOG_I("p", p), LOG_Z("v", "some longer text here"),
                      LOG_END);
        _exit(0);
    }
    while (wait(NULL) > 0)
        ;
    struct str rest = listen();
    int n = 0;
    while (rest.n > 0) {
        struct str one = str_cut(&rest, '\n');
        assert_true(str_starts(one, STR("time=")));
        assert_true(str_ends(one, STR(" v=\"some longer text here\"")));
        n++;
    }
    assert_int_equal(n, PROCESSES * LINES);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_form),
        TEST(test_levels),
        TEST(test_values_are_quoted),
        TEST(test_no_byte_breaks_a_line),
        TEST(test_absent_and_nul),
        TEST(test_errors),
        TEST(test_long_values_are_cut),
        TEST(test_lines_are_bounded),
        TEST(test_errno_is_kept),
        TEST(test_lines_of_processes_do_not_mix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
