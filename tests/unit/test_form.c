/* tests/unit/test_form.c - bodies, forms and cookies: what is taken, what is refused. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */

#include "http/body.h"
#include "http/cookie.h"
#include "http/form.h"

#include "base/buf.h"
#include "base/compiler.h"

static struct arena arena;

static int
tear_down(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

static void
check_str(struct str have, const char *want)
{
    if (want == NULL ? have.p != NULL : !str_eq_z(have, want))
        fail_msg("\"%.*s\", not \"%s\"", STR_ARG(have), want != NULL ? want : "(absent)");
}

/* ---- bodies ---- */

/* A connection that gives its bytes in pieces, then ends or breaks. */
struct pipe {
    struct str left;
    size_t piece;
    bool breaks;
};

static long
read_pipe(void *ctx, char *p, size_t n)
{
    struct pipe *pipe = ctx;
    if (pipe->left.n == 0)
        return pipe->breaks ? -1 : 0;
    size_t got = pipe->piece < n ? pipe->piece : n;
    got = got < pipe->left.n ? got : pipe->left.n;
    memcpy(p, pipe->left.p, got);
    pipe->left = str_from(pipe->left, got);
    return (long)got;
}

static enum rc
read_body(const char *bytes, bool breaks, int64_t length, struct str *out)
{
    struct pipe pipe = {str_of(bytes), 3, breaks};
    struct http_env env = {.body_ctx = &pipe, .read = read_pipe};
    struct err err = {0};
    return http_body_read(&env, length, 10, &arena, out, &err);
}

static void
test_body(void **state)
{
    struct str out;
    (void)state;
    assert_int_equal(read_body("a=1&b=22", false, 8, &out), RC_OK);
    check_str(out, "a=1&b=22");
    assert_int_equal(read_body("", false, 0, &out), RC_OK);
    check_str(out, "");
    assert_int_equal(read_body("0123456789", false, 10, &out), RC_OK);
}

static void
test_body_refused(void **state)
{
    struct str out;
    (void)state;
    assert_int_equal(read_body("a=1&b=2", false, 8, &out), RC_INVALID);   /* shorter */
    assert_int_equal(read_body("a=1&b=222", false, 8, &out), RC_INVALID); /* longer */
    assert_int_equal(read_body("a=1&b=22", true, 8, &out), RC_INVALID);   /* broken */
    assert_int_equal(read_body("0123456789a", false, 11, &out), RC_LIMIT);
    struct http_env no_reader = {0};
    struct err err = {0};
    assert_int_equal(http_body_read(&no_reader, 1, 10, &arena, &out, &err), RC_INVALID);
    assert_int_equal(http_body_read(&no_reader, -1, 10, &arena, &out, &err), RC_LIMIT);
}

/* ---- forms ---- */

static enum rc
read_form(const char *body, struct http_form *form, struct err *err)
{
    *err = (struct err){0};
    return http_form_read(&arena, str_of(body), form, err);
}

static void
test_form(void **state)
{
    static struct http_form f;
    struct err err;
    (void)state;
    assert_int_equal(
        read_form("title=A+b%20c&body=%D0%96%0D%0Ax%0Dy%0Az%09.&&e=&n", &f, &err), RC_OK);
    assert_int_equal(f.n, 4);
    check_str(http_form_get(&f, "title"), "A b c");
    check_str(http_form_get(&f, "body"), "Ж\nx\ny\nz\t.");
    check_str(http_form_get(&f, "e"), "");
    check_str(http_form_get(&f, "n"), "");
    check_str(http_form_get(&f, "titl"), NULL);
    check_str(http_form_get(&f, "titles"), NULL);
    assert_int_equal(read_form("", &f, &err), RC_OK);
    assert_int_equal(f.n, 0);
    assert_int_equal(read_form("a=b=c%3D", &f, &err), RC_OK);
    check_str(http_form_get(&f, "a"), "b=c=");
}

static void
test_form_refused(void **state)
{
    static const struct {
        const char *body, *field;
    } rows[] = {
        {"a=1&a=2", "a"},  {"a=1&%61=2", "a"}, {"a=%ff&a=2", "a"}, {"a=1&a=%ff", "a"},
        {"a=%", "a"},      {"a=%4", "a"},      {"a=%zz", "a"},     {"a%0A=1", "form"},
        {"%ff=1", "form"}, {"%=1", "form"},    {"=1&=2", ""},
    };
    static struct http_form f;
    struct err err;
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        if (read_form(rows[i].body, &f, &err) != RC_INVALID)
            fail_msg("%s was taken", rows[i].body);
        assert_string_equal(err.field, rows[i].field);
    }
}

/* What is no text is nobody's value, but can be shown. */
static void
test_form_mended(void **state)
{
    static const struct {
        const char *body, *shown;
    } rows[] = {
        {"a=x%00y", "x\uFFFDy"},      {"a=%1b", "\uFFFD"},
        {"a=%7F%0D%0A", "\uFFFD\n"},  {"a=%ff%fe", "\uFFFD\uFFFD"},
        {"a=%C0%AF", "\uFFFD\uFFFD"}, {"a=%ED%A0%80", "\uFFFD\uFFFD\uFFFD"},
        {"a=%EF%BF%BE.", "\uFFFD."},  {"a=%D0%96%D0", "Ж\uFFFD"},
    };
    static struct http_form f;
    struct err err;
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        assert_int_equal(read_form(rows[i].body, &f, &err), RC_OK);
        assert_int_equal(f.n_mended, 1);
        check_str(http_form_get(&f, "a"), NULL);
        check_str(http_form_mended(&f, "a"), rows[i].shown);
    }
    assert_int_equal(read_form("a=%ff&b=1", &f, &err), RC_OK);
    check_str(http_form_get(&f, "b"), "1");
    check_str(http_form_mended(&f, "b"), NULL);
    check_str(http_form_mended(&f, "c"), NULL);
}

static void
test_form_limits(void **state)
{
    static struct http_form f;
    struct err err;
    struct buf body;
    (void)state;
    buf_init(&body, &arena, 2 * HTTP_FORM_MAX);
    for (int i = 0; i < HTTP_FIELDS_MAX; i++)
        buf_fmt(&body, "f%d=1&", i);
    assert_int_equal(http_form_read(&arena, buf_str(&body), &f, &err), RC_OK);
    assert_int_equal(f.n, HTTP_FIELDS_MAX);
    buf_add_z(&body, "more=1");
    assert_int_equal(http_form_read(&arena, buf_str(&body), &f, &err), RC_LIMIT);
    buf_clear(&body);
    buf_add_z(&body, "a=");
    while (buf_str(&body).n < HTTP_FORM_MAX)
        buf_add_c(&body, 'x');
    assert_int_equal(http_form_read(&arena, buf_str(&body), &f, &err), RC_OK);
    buf_add_c(&body, 'x');
    assert_int_equal(http_form_read(&arena, buf_str(&body), &f, &err), RC_LIMIT);
}

static void
test_form_type(void **state)
{
    static const char *const good[] = {
        "application/x-www-form-urlencoded",
        "Application/X-WWW-Form-Urlencoded",
        "application/x-www-form-urlencoded; charset=UTF-8",
        "application/x-www-form-urlencoded;charset=\"utf-8\"",
        "application/x-www-form-urlencoded; a=b; charset=utf-8",
    };
    static const char *const bad[] = {
        "",
        "text/plain",
        "application/x-www-form-urlencodedx",
        "application/x-www-form-urlencoded; charset=windows-1251",
        "multipart/form-data; boundary=x",
        "application/json",
        "text/plain; application/x-www-form-urlencoded",
    };
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(good); i++)
        assert_true(http_form_is_type(str_of(good[i])));
    for (size_t i = 0; i < N_ELEMENTS(bad); i++)
        assert_false(http_form_is_type(str_of(bad[i])));
    assert_false(http_form_is_type((struct str){NULL, 0}));
}

/* ---- cookies ---- */

static void
test_cookie_find(void **state)
{
    static const struct {
        const char *header, *value;
    } rows[] = {
        {"__Host-byline=abc", "abc"},
        {"a=1; __Host-byline=abc; b=2", "abc"},
        {"a=1;__Host-byline=abc", "abc"},
        {"a=1; \t__Host-byline=abc \t", "abc"},
        {"x__Host-byline=bad; __Host-byline=abc", "abc"},
        {"__Host-bylinex=bad; __Host-byline=abc", "abc"},
        {"__host-byline=bad; __Host-byline=abc", "abc"},
        {"__Host-bylin=bad; __Host-byline=abc", "abc"},
        {"__Host-byline; __Host-byline=abc", "abc"},
        {"=__Host-byline=bad; __Host-byline=abc", "abc"},
        {"__Host-byline=", ""},
        {"__Host-byline=a=b", "a=b"},
        {"__Host-byline=one; __Host-byline=two", NULL},
        {"__Host-byline=one; __Host-byline=one", NULL},
        {"x__Host-byline=bad", NULL},
        {"__Host-byline", NULL},
        {"", NULL},
        {";;;", NULL},
    };
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++)
        check_str(http_cookie_find(str_of(rows[i].header), "__Host-byline"),
                  rows[i].value);
    check_str(http_cookie_find((struct str){NULL, 0}, "a"), NULL);
}

static void
test_cookie_write(void **state)
{
    (void)state;
    check_str(http_cookie_write(&arena, "__Host-byline", STR("aZ09-_.~"), -1),
              "__Host-byline=aZ09-_.~; Path=/; Secure; HttpOnly; SameSite=Strict");
    check_str(http_cookie_write(&arena, "__Host-byline", STR(""), 0),
              "__Host-byline=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
}

static void
test_a_written_form_is_read_back(void **state)
{
    static const struct str values[] = {
        STR_INIT(""),           STR_INIT("plain"),        STR_INIT("a&b=c+d%41 e\n\tf"),
        STR_INIT("Ж “quoted”"), STR_INIT("%&+=%&+=%&+="), STR_INIT("=&=")};
    struct http_form form = {.n = (int)N_ELEMENTS(values)}, again;
    struct err err;
    (void)state;
    for (int i = 0; i < form.n; i++)
        form.fields[i] = (struct http_param){str_fmt(&arena, "n=%d&+%%", i), values[i]};
    struct str body = http_form_write(&arena, &form);
    assert_int_equal(http_form_read(&arena, body, &again, &err), RC_OK);
    assert_int_equal(again.n, form.n);
    for (int i = 0; i < form.n; i++) {
        assert_true(str_eq(again.fields[i].name, form.fields[i].name));
        assert_true(str_eq(again.fields[i].value, form.fields[i].value));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_body, tear_down),
        cmocka_unit_test_teardown(test_body_refused, tear_down),
        cmocka_unit_test_teardown(test_form, tear_down),
        cmocka_unit_test_teardown(test_form_refused, tear_down),
        cmocka_unit_test_teardown(test_form_mended, tear_down),
        cmocka_unit_test_teardown(test_form_limits, tear_down),
        cmocka_unit_test_teardown(test_form_type, tear_down),
        cmocka_unit_test_teardown(test_a_written_form_is_read_back, tear_down),
        cmocka_unit_test_teardown(test_cookie_find, tear_down),
        cmocka_unit_test_teardown(test_cookie_write, tear_down),
    };
    arena_init(&arena);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
