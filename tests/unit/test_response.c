/* tests/unit/test_response.c - the bytes of an answer, and what ends the process. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "http/response.h"

#include "base/compiler.h"

static struct arena arena;

static int
set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

static const char *
written(const struct http_response *r)
{
    struct buf b;
    buf_init(&b, &arena, 100000);
    http_response_write(r, &b);
    assert_true(buf_ok(&b));
    return buf_str(&b).p;
}

static void
test_bytes(void **state)
{
    (void)state;
    struct http_response r = {.status = 200, .body = STR("hello\n")};
    http_response_header(&r, STR("Content-Type"), STR("text/html; charset=utf-8"));
    http_response_header(&r, STR("X-Empty"), STR(""));
    assert_string_equal(written(&r), "Status: 200 OK\r\n"
                                     "Content-Type: text/html; charset=utf-8\r\n"
                                     "X-Empty: \r\n"
                                     "Content-Length: 6\r\n"
                                     "\r\n"
                                     "hello\n");
}

static void
test_bodies(void **state)
{
    (void)state;
    static const struct {
        int status;
        bool has_no_body;
        const char *want;
    } rows[] = {
        {200, false, "Status: 200 OK\r\nContent-Length: 4\r\n\r\nbody"},
        {200, true, "Status: 200 OK\r\nContent-Length: 4\r\n\r\n"}, /* HEAD */
        {404, true, "Status: 404 Not Found\r\nContent-Length: 4\r\n\r\n"},
        {410, false, "Status: 410 Gone\r\nContent-Length: 4\r\n\r\nbody"},
        {304, true, "Status: 304 Not Modified\r\n\r\n"},
        {304, false, "Status: 304 Not Modified\r\n\r\n"}, /* can have none */
        {204, false, "Status: 204 No Content\r\n\r\n"},
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct http_response r = {.status = rows[i].status,
                                  .body = STR("body"),
                                  .has_no_body = rows[i].has_no_body};
        assert_string_equal(written(&r), rows[i].want);
    }
    struct http_response no_body = {.status = 301};
    assert_string_equal(written(&no_body),
                        "Status: 301 Moved Permanently\r\nContent-Length: 0\r\n\r\n");
}

static void
test_binary_body(void **state)
{
    (void)state;
    struct http_response r = {.status = 200, .body = STR("a\0\r\n\r\nb")};
    struct buf b;
    buf_init(&b, &arena, 1000);
    http_response_write(&r, &b);
    assert_true(str_ends(buf_str(&b), STR("Content-Length: 7\r\n\r\na\0\r\n\r\nb")));
}

static void
test_too_large_is_seen(void **state)
{
    (void)state;
    struct http_response r = {.status = 200, .body = STR("body")};
    struct buf b;
    buf_init(&b, &arena, 20);
    http_response_write(&r, &b);
    assert_false(buf_ok(&b));
}

static void
test_find(void **state)
{
    (void)state;
    struct http_response r = {.status = 200};
    assert_null(http_response_find(&r, "ETag").p);
    http_response_header(&r, STR("ETag"), STR("\"x\""));
    http_response_header(&r, STR("ETagger"), STR("no"));
    assert_true(str_eq_z(http_response_find(&r, "etag"), "\"x\""));
    assert_true(str_eq_z(http_response_find(&r, "ETAG"), "\"x\""));
    assert_null(http_response_find(&r, "ETa").p);
    assert_null(http_response_find(&r, "").p);
}

static void
test_status_texts(void **state)
{
    (void)state;
    static const int sent[] = {200, 301, 303, 304, 400, 403, 404,
                               405, 410, 413, 414, 500, 503};
    for (size_t i = 0; i < N_ELEMENTS(sent); i++)
        assert_true(http_status_text(sent[i])[0] != '\0');
    assert_string_equal(http_status_text(404), "Not Found");
    assert_string_equal(http_status_text(299), "");
    assert_string_equal(http_status_text(0), "");
    assert_string_equal(http_status_text(-1), "");
}

/* Does adding the header end the process with SIGABRT? Tried in a child. */
static bool
is_fatal(struct http_response *r, struct str name, struct str value)
{
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        close(STDERR_FILENO); /* the assertion's text is expected */
        signal(SIGABRT, SIG_DFL);
        http_response_header(r, name, value);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void
test_every_byte_of_a_value(void **state)
{
    (void)state;
    for (int c = 0; c < 256; c++) {
        struct http_response r = {.status = 200};
        const char value[3] = {'a', (char)c, 'b'};
        bool want = c < 0x20 || c == 0x7f;
        if (is_fatal(&r, STR("X"), (struct str){value, 3}) != want)
            fail_msg("byte %02x", (unsigned)c);
    }
}

static void
test_every_byte_of_a_name(void **state)
{
    (void)state;
    static const char others[] = "!#$%&'*+-.^_`|~";
    for (int c = 0; c < 256; c++) {
        struct http_response r = {.status = 200};
        const char name[3] = {'a', (char)c, 'b'};
        bool is_tchar = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        (c >= '0' && c <= '9') || (c != 0 && strchr(others, c) != NULL);
        if (is_fatal(&r, (struct str){name, 3}, STR("x")) == is_tchar)
            fail_msg("byte %02x", (unsigned)c);
    }
    struct http_response r = {.status = 200};
    assert_true(is_fatal(&r, STR(""), STR("x")));
}

static void
test_response_splitting(void **state)
{
    (void)state;
    struct http_response r = {.status = 301};
    assert_true(is_fatal(&r, STR("Location"), STR("/\r\nSet-Cookie: a=b")));
    assert_true(is_fatal(&r, STR("Location"), STR("/\nX: y")));
    assert_true(is_fatal(&r, STR("Location"), STR("/\r")));
    assert_true(is_fatal(&r, STR("X: y\r\nZ"), STR("x")));
    assert_false(is_fatal(&r, STR("Location"), STR("/Ж?a=b c")));
}

static void
test_too_many_headers(void **state)
{
    (void)state;
    struct http_response r = {.status = 200};
    for (int i = 0; i < HTTP_HEADERS_MAX; i++)
        http_response_header(&r, STR("X"), STR("y"));
    assert_int_equal(r.n_headers, HTTP_HEADERS_MAX);
    assert_true(is_fatal(&r, STR("X"), STR("y")));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_bodies),
        cmocka_unit_test(test_binary_body),
        cmocka_unit_test(test_too_large_is_seen),
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_status_texts),
        cmocka_unit_test(test_every_byte_of_a_value),
        cmocka_unit_test(test_every_byte_of_a_name),
        cmocka_unit_test(test_response_splitting),
        cmocka_unit_test(test_too_many_headers),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
