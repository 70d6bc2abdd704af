/* tests/unit/test_request.c - what is let in, what is refused, and with which status. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <stdio.h>

#include "http/field.h"
#include "http/percent.h"
#include "http/request.h"

#include "base/buf.h"
#include "base/compiler.h"

/* The variables of one request, as pairs of name and value; the last is {NULL, NULL}. */
struct var {
    const char *name, *value;
};

static const char *
get_var(void *ctx, const char *name)
{
    for (const struct var *v = ctx; v->name != NULL; v++)
        if (strcmp(v->name, name) == 0)
            return v->value;
    return NULL;
}

static int
count_var(void *ctx, const char *name)
{
    int n = 0;
    for (const struct var *v = ctx; v->name != NULL; v++)
        n += strcmp(v->name, name) == 0;
    return n;
}

struct fixture {
    struct arena arena;
    struct http_request req;
    struct err err;
    int status;
    struct var vars[16];
    int n_vars;
};

static int
set_up(void **state)
{
    static struct fixture f;
    memset(&f, 0, sizeof f);
    arena_init(&f.arena);
    *state = &f;
    return 0;
}

static int
tear_down(void **state)
{
    struct fixture *f = *state;
    arena_done(&f->arena);
    return 0;
}

static void
add_var(struct fixture *f, const char *name, const char *value)
{
    f->vars[f->n_vars++] = (struct var){name, value};
    f->vars[f->n_vars] = (struct var){NULL, NULL};
}

static void
begin(struct fixture *f, const char *method, const char *uri)
{
    f->n_vars = 0;
    add_var(f, "REQUEST_METHOD", method);
    add_var(f, "REQUEST_URI", uri);
    add_var(f, "SERVER_PROTOCOL", "HTTP/1.1");
}

static enum rc
decode(struct fixture *f)
{
    struct http_env env = {.ctx = f->vars, .get = get_var, .count = count_var};
    f->status = 200;
    memset(&f->err, 0, sizeof f->err);
    enum rc rc = http_request_decode(&env, &f->arena, &f->req, &f->status, &f->err);
    assert_in_range(f->req.id.n, 1, HTTP_ID_SIZE); /* whatever happens */
    assert_int_equal(rc == RC_OK, f->status == 200);
    if (rc != RC_OK) {
        assert_null(f->req.redirect.p);
        assert_true(f->err.text[0] != '\0');
    }
    return rc;
}

static enum rc
decode_target(struct fixture *f, const char *method, const char *uri)
{
    begin(f, method, uri);
    return decode(f);
}

static void
check_str(struct str have, const char *want)
{
    if (want == NULL ? have.p != NULL : !str_eq_z(have, want))
        fail_msg("%.*s, not %s", STR_ARG(have), want != NULL ? want : "(absent)");
}

static void
test_plain(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(decode_target(f, "GET", "/news/?before=abc"), RC_OK);
    assert_int_equal(f->req.method, HTTP_GET);
    check_str(f->req.path, "/news/");
    check_str(f->req.redirect, NULL);
    check_str(f->req.raw_target, "/news/?before=abc");
    assert_int_equal(f->req.n_params, 1);
    check_str(f->req.params[0].name, "before");
    check_str(f->req.params[0].value, "abc");
    check_str(f->req.if_none_match, NULL);
    check_str(f->req.if_modified_since, NULL);
    check_str(f->req.remote_addr, NULL);
    assert_false(f->req.accepts_gzip);
    assert_false(f->req.is_https);
    assert_int_equal(f->req.content_length, 0);
}

static void
test_canonical_paths(void **state)
{
    static const struct {
        const char *uri, *path;
    } rows[] = {
        {"/", "/"},
        {"/news/2024/", "/news/2024/"},
        {"/News", "/News"}, /* letters and slashes are the route table's business */
        {"/.well-known/security.txt", "/.well-known/security.txt"},
        {"/a-b_c~d.e", "/a-b_c~d.e"},
        {"/...", "/..."},
        {"/..a/a..", "/..a/a.."},
        {"/%D0%96", "/Ж"},
        {"/a%20b", "/a b"},
        {"/100%25", "/100%"},
        {"/100%25/x", "/100%/x"},
        {"/%25zz", "/%zz"},
        {"/a%3Fb", "/a?b"},
        {"/a%3Bb%2B", "/a;b+"},
        {"/?", "/"},
        {"http://example.org/news/", "/news/"},
        {"HTTPS://example.org:443/news/?a=1", "/news/"},
        {"http://example.org", "/"},
        {"http://example.org?a=1", "/"},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        if (decode_target(f, "POST", rows[i].uri) != RC_OK)
            fail_msg("%s: %s", rows[i].uri, f->err.text);
        check_str(f->req.path, rows[i].path);
        check_str(f->req.redirect, NULL);
        check_str(f->req.raw_target, rows[i].uri);
    }
}

static void
test_redirects(void **state)
{
    static const struct {
        const char *uri, *path, *to;
    } rows[] = {
        {"//", "/", "/"},
        {"//evil.example/", "/evil.example/", "/evil.example/"},
        {"///news////2024//", "/news/2024/", "/news/2024/"},
        {"/%6eews/", "/news/", "/news/"},
        {"/news/?", "/news/", NULL},
        {"//news/?", "/news/", "/news/?"},
        {"/%6Eews/?a=%6E&b", "/news/", "/news/?a=%6E&b"}, /* query word for word */
        {"//news/?q=Ж \"<>%20'", "/news/", "/news/?q=%D0%96%20%22%3C%3E%20'"},
        {"/%d0%96", "/Ж", "/%D0%96"},
        {"/Ж", "/Ж", "/%D0%96"},
        {"/a+b", "/a+b", "/a%2Bb"},
        {"/a#b", "/a#b", "/a%23b"},
        {"/a:b@c", "/a:b@c", "/a%3Ab%40c"},
        {"/a b", "/a b", "/a%20b"},
        {"/%2e%2e%2e", "/...", "/..."},
        {"/%7Euser", "/~user", "/~user"},
        {"/100%", NULL, NULL},
        {"http://evil.example//x", "/x", "/x"},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        static const char *const methods[] = {"GET", "HEAD", "POST", "PUT", "DELETE"};
        for (size_t m = 0; m < N_ELEMENTS(methods); m++) {
            enum rc rc = decode_target(f, methods[m], rows[i].uri);
            bool is_refused = rows[i].path == NULL || (rows[i].to != NULL && m >= 2);
            if (rc != (is_refused ? RC_INVALID : RC_OK) ||
                f->status != (is_refused ? 400 : 200))
                fail_msg("%s %s: %d %s", methods[m], rows[i].uri, f->status, f->err.text);
            if (is_refused)
                continue;
            check_str(f->req.path, rows[i].path);
            check_str(f->req.redirect, rows[i].to);
        }
    }
}

static void
test_bad_targets(void **state)
{
    static const struct {
        const char *uri;
        const char *field;
    } rows[] = {
        {"news", "path"},
        {"*", "path"},
        {"?a=1", "path"},
        {"http:/x", "path"},
        {"ftp://example.org/", "path"},
        {"example.org:443", "path"},
        {"/%", "path"},
        {"/%4", "path"},
        {"/%zz", "path"},
        {"/%4z", "path"},
        {"/a%", "path"},
        {"/%00", "path"},
        {"/a%00.html", "path"},
        {"/%0d%0aSet-Cookie:x", "path"},
        {"/%09", "path"},
        {"/%1f", "path"},
        {"/%7f", "path"},
        {"/a\x01", "path"},
        {"/a\tb", "path"},
        {"/a\nb", "path"},
        {"/a\x7f", "path"},
        {"/a%2fb", "path"},
        {"/a%2Fb", "path"},
        {"/%2f", "path"},
        {"/a%5cb", "path"},
        {"/a%5Cb", "path"},
        {"/a\\b", "path"},
        {"/.", "path"},
        {"/..", "path"},
        {"/../", "path"},
        {"/a/../b", "path"},
        {"/a/./b", "path"},
        {"/a/..", "path"},
        {"/a/.", "path"},
        {"//..//", "path"},
        {"/%2e%2e/etc/passwd", "path"},
        {"/.%2e/etc/passwd", "path"},
        {"/%2E/", "path"},
        {"/%252e%252e/", "path"},
        {"/%252f", "path"},
        {"/%2541", "path"},
        {"/%25%34%31", "path"},
        {"/%ff", "path"},
        {"/\xff", "path"},
        {"/%c0%af", "path"},
        {"/%c0%ae%c0%ae/", "path"},
        {"/%ed%a0%80", "path"},
        {"/%f4%90%80%80", "path"},
        {"/%d0", "path"},
        {"/%ef%bf%bf", "path"},
        {"/?a=%", "query"},
        {"/?a=%4", "query"},
        {"/?a=%zz", "query"},
        {"/?%=1", "query"},
        {"/?a=%ff", "query"},
        {"/?a=\xff", "query"},
        {"/?a=%00", "query"},
        {"/?a=%0d%0ab", "query"},
        {"/?a=\rb", "query"},
        {"/?a=\tb", "query"},
        {"/?a=\x7f", "query"},
        {"//?a=\nb", "query"},
    };
    static const char *const methods[] = {"GET", "HEAD", "POST"};
    struct fixture *f = *state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++)
        for (size_t m = 0; m < N_ELEMENTS(methods); m++) {
            if (decode_target(f, methods[m], rows[i].uri) != RC_INVALID ||
                f->status != 400)
                fail_msg("%s: %d", rows[i].uri, f->status);
            assert_string_equal(f->err.field, rows[i].field);
        }
}

/* Each byte in a path, raw and encoded: refused, or decoded to itself. */
static void
test_every_byte_of_a_path(void **state)
{
    struct fixture *f = *state;
    for (int c = 1; c < 256; c++) {
        char raw[] = "/xay", coded[8], path[] = "/xay";
        bool is_refused = c < 0x20 || c == 0x7f || c == '\\' || c >= 0x80;
        raw[2] = path[2] = (char)c;
        snprintf(coded, sizeof coded, "/x%%%02Xy", (unsigned)c);
        if (c != '%' && c != '?') {
            assert_int_equal(decode_target(f, "GET", raw),
                             is_refused ? RC_INVALID : RC_OK);
            if (!is_refused)
                check_str(f->req.path, path);
        }
        is_refused = is_refused || c == '/';
        assert_int_equal(decode_target(f, "GET", coded), is_refused ? RC_INVALID : RC_OK);
        if (!is_refused)
            check_str(f->req.path, path);
    }
}

static void
test_encoder_over_all_bytes(void **state)
{
    struct fixture *f = *state;
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                "0123456789-._~/";
    for (int c = 0; c < 256; c++) {
        const char p[1] = {(char)c};
        char want[4];
        if (c != 0 && strchr(plain, c) != NULL)
            snprintf(want, sizeof want, "%c", c);
        else
            snprintf(want, sizeof want, "%%%02X", (unsigned)c);
        struct str coded = http_encode_path(&f->arena, (struct str){p, 1});
        check_str(coded, want);
        struct str back;
        assert_true(http_percent_decode(&f->arena, coded, false, &back));
        assert_int_equal(back.n, 1);
        assert_int_equal((unsigned char)back.p[0], c);
    }
    check_str(http_encode_path(&f->arena, (struct str){NULL, 0}), "");
}

/* Where a visitor is sent, no further redirect waits. */
static void
test_canonical_is_final(void **state)
{
    struct fixture *f = *state;
    static const char alphabet[] = "a/%2.5fe4+ Z~";
    unsigned x = 7;
    int n_redirects = 0;
    for (int i = 0; i < 200000; i++) {
        char uri[12] = "/";
        for (size_t k = 1; k < sizeof uri - 1; k++) {
            x = x * 1103515245 + 12345;
            uri[k] = alphabet[(x >> 16) % (sizeof alphabet - 1)];
        }
        if (i % 1000 == 0)
            arena_reset(&f->arena);
        if (decode_target(f, "GET", uri) != RC_OK || f->req.redirect.p == NULL)
            continue;
        struct str first = f->req.path;
        const char *to = str_z(&f->arena, f->req.redirect);
        assert_true(to[0] == '/' && to[1] != '/');
        assert_int_equal(decode_target(f, "GET", to), RC_OK);
        assert_null(f->req.redirect.p);
        assert_true(str_eq(f->req.path, first));
        n_redirects++;
    }
    assert_true(n_redirects > 1000);
}

static void
test_lengths(void **state)
{
    struct fixture *f = *state;
    static const struct {
        size_t path, query;
        int status;
    } rows[] = {
        {HTTP_PATH_MAX, 0, 200},      {HTTP_PATH_MAX + 1, 0, 414},
        {9 * 1024, 0, 414},           {1, HTTP_QUERY_MAX, 200},
        {1, HTTP_QUERY_MAX + 1, 414}, {HTTP_PATH_MAX, HTTP_QUERY_MAX, 200},
        {100000, 100000, 414},
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        char *path = arena_zalloc(&f->arena, rows[i].path + 1);
        char *query = arena_zalloc(&f->arena, rows[i].query + 1);
        memset(path, 'a', rows[i].path);
        memset(query, 'a', rows[i].query);
        path[0] = '/';
        const char *uri = str_fmt(&f->arena, "%s?%s", path, query).p;
        enum rc rc = decode_target(f, "GET", uri);
        assert_int_equal(f->status, rows[i].status);
        assert_int_equal(rc, rows[i].status == 200 ? RC_OK : RC_INVALID);
    }
}

static void
test_queries(void **state)
{
    static const struct {
        const char *query;
        int n;
        struct {
            const char *name, *value;
        } params[4];
    } rows[] = {
        {"", 0, {{0}}},
        {"&&&", 0, {{0}}},
        {"a", 1, {{"a", ""}}},
        {"a=", 1, {{"a", ""}}},
        {"=a", 1, {{"", "a"}}},
        {"=", 1, {{"", ""}}},
        {"a=1&b=2", 2, {{"a", "1"}, {"b", "2"}}},
        {"&a=1&&b=2&", 2, {{"a", "1"}, {"b", "2"}}},
        {"a=1&a=2", 2, {{"a", "1"}, {"a", "2"}}},
        {"a=b=c", 1, {{"a", "b=c"}}},
        {"a=1;b=2", 1, {{"a", "1;b=2"}}},
        {"a=b+c%2Bd", 1, {{"a", "b c+d"}}},
        {"%61=%3D%26", 1, {{"a", "=&"}}},
        {"q=%D0%96%D1%83%D0%BA", 1, {{"q", "Жук"}}},
        {"q=Жук", 1, {{"q", "Жук"}}},
        {"a=?b", 1, {{"a", "?b"}}},
        {"a=%2e%2e%2f%5c%2541", 1, {{"a", "../\\%41"}}}, /* a path's rules end here */
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        const char *uri = str_fmt(&f->arena, "/?%s", rows[i].query).p;
        if (decode_target(f, "GET", uri) != RC_OK)
            fail_msg("%s: %s", uri, f->err.text);
        assert_int_equal(f->req.n_params, rows[i].n);
        for (int k = 0; k < rows[i].n; k++) {
            check_str(f->req.params[k].name, rows[i].params[k].name);
            check_str(f->req.params[k].value, rows[i].params[k].value);
            assert_non_null(f->req.params[k].value.p);
        }
    }
}

static void
test_many_params(void **state)
{
    struct fixture *f = *state;
    struct buf b;
    buf_init(&b, &f->arena, 4096);
    buf_add_z(&b, "/?");
    for (int i = 0; i < HTTP_PARAMS_MAX; i++)
        buf_fmt(&b, "p%d=%d&", i, i);
    assert_int_equal(decode_target(f, "GET", buf_str(&b).p), RC_OK);
    assert_int_equal(f->req.n_params, HTTP_PARAMS_MAX);
    check_str(f->req.params[31].value, "31");
    buf_add_z(&b, "one=more");
    assert_int_equal(decode_target(f, "GET", buf_str(&b).p), RC_INVALID);
    assert_int_equal(f->status, 400);
}

static void
test_param(void **state)
{
    struct fixture *f = *state;
    struct str out = {NULL, 0};
    assert_int_equal(decode_target(f, "GET", "/?a=1&b=2&a=3&bc=4&e="), RC_OK);
    assert_int_equal(http_request_param(&f->req, "b", &out, &f->err), RC_OK);
    check_str(out, "2"); /* "bc" is another name */
    assert_int_equal(http_request_param(&f->req, "e", &out, &f->err), RC_OK);
    check_str(out, "");
    out = STR("untouched");
    assert_int_equal(http_request_param(&f->req, "c", &out, &f->err), RC_NOT_FOUND);
    assert_int_equal(http_request_param(&f->req, "B", &out, &f->err), RC_NOT_FOUND);
    assert_int_equal(http_request_param(&f->req, "a", &out, &f->err), RC_INVALID);
    assert_string_equal(f->err.field, "a");
    check_str(out, "untouched");
}

static void
test_methods(void **state)
{
    struct fixture *f = *state;
    static const char *const good[] = {"GET", "HEAD", "POST", "PUT", "DELETE"};
    static const char *const bad[] = {"get",   "Get",      "GETX",  "GE",      "OPTIONS",
                                      "TRACE", "CONNECT",  "PATCH", "BREW",    " GET",
                                      "GET ",  "PROPFIND", "-",     "\xff\xfe"};
    for (int m = 0; m < HTTP_METHOD__MAX; m++) {
        assert_int_equal(decode_target(f, good[m], "/"), RC_OK);
        assert_int_equal(f->req.method, m);
        assert_string_equal(http_method_name((enum http_method)m), good[m]);
    }
    for (size_t i = 0; i < N_ELEMENTS(bad); i++) {
        assert_int_equal(decode_target(f, bad[i], "/"), RC_INVALID);
        assert_int_equal(f->status, 405);
    }
    assert_string_equal(http_method_name(HTTP_METHOD__MAX), "");
}

static void
test_missing_variables(void **state)
{
    struct fixture *f = *state;
    for (int missing = 0; missing < 3; missing++)
        for (int is_empty = 0; is_empty < 2; is_empty++) {
            begin(f, "HEAD", "/");
            const char *name = f->vars[missing].name;
            if (is_empty)
                f->vars[missing].value = "";
            else
                f->vars[missing].name = "UNUSED";
            assert_int_equal(decode(f), RC_FAILED);
            assert_int_equal(f->status, 500);
            assert_non_null(strstr(f->err.text, name));
            assert_non_null(strstr(f->err.text, "set-up"));
        }
    f->vars[0].name = NULL; /* nothing at all */
    assert_int_equal(decode(f), RC_FAILED);
}

static void
test_doubled_variables(void **state)
{
    static const char *const names[] = {
        "REQUEST_METHOD",       "REQUEST_URI",
        "SERVER_PROTOCOL",      "CONTENT_LENGTH",
        "HTTP_IF_NONE_MATCH",   "HTTP_IF_MODIFIED_SINCE",
        "HTTP_ACCEPT_ENCODING", HTTP_REQUEST_ID_VAR,
        "REMOTE_ADDR",          "HTTPS",
        "REQUEST_SCHEME",       "CONTENT_TYPE",
        "HTTP_COOKIE",          "HTTP_ORIGIN",
        "HTTP_SEC_FETCH_SITE",  "HTTP_ACCEPT_LANGUAGE",
        "HTTP_USER_AGENT",      "HTTP_ACCEPT",
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < N_ELEMENTS(names); i++) {
        begin(f, "GET", "/");
        if (get_var(f->vars, names[i]) == NULL)
            add_var(f, names[i], "0");
        add_var(f, names[i], "0");
        assert_int_equal(decode(f), RC_INVALID);
        assert_int_equal(f->status, 400);
        assert_string_equal(f->err.field, names[i]);
    }
    begin(f, "GET", "/");
    add_var(f, "HTTP_PRAGMA", "a"); /* what nobody looks at may come as it likes */
    add_var(f, "HTTP_PRAGMA", "b");
    assert_int_equal(decode(f), RC_OK);
    struct http_env plain_cgi = {.ctx = f->vars, .get = get_var};
    assert_int_equal(
        http_request_decode(&plain_cgi, &f->arena, &f->req, &f->status, &f->err), RC_OK);
}

static void
test_content_length(void **state)
{
    static const struct {
        const char *method, *length;
        int status;
        int64_t n;
    } rows[] = {
        {"GET", "", 200, 0},
        {"GET", "0", 200, 0},
        {"GET", "1", 413, 1},
        {"HEAD", "100", 413, 100},
        {"POST", "100", 200, 100},
        {"POST", "9223372036854775807", 200, INT64_MAX},
        {"POST", "9223372036854775808", 400, 0},
        {"POST", "-1", 400, 0},
        {"GET", "-1", 400, 0},
        {"POST", "x", 400, 0},
        {"POST", "1x", 400, 0},
        {"POST", " 1", 400, 0},
        {"POST", "+1", 400, 0},
        {"POST", "0x10", 400, 0},
        {"POST", "1,1", 400, 0},
        {"PUT", "5", 200, 5},
        {"DELETE", "5", 200, 5},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        begin(f, rows[i].method, "/");
        add_var(f, "CONTENT_LENGTH", rows[i].length);
        decode(f);
        if (f->status != rows[i].status || f->req.content_length != rows[i].n)
            fail_msg("%s %s: %d", rows[i].method, rows[i].length, f->status);
    }
}

static void
test_request_id(void **state)
{
    struct fixture *f = *state;
    static const char *const good[] = {"0", "0123456789abcdef0123456789abcdef", "abc"};
    static const char *const bad[] = {"",     "0123456789abcdef0123456789abcdef0",
                                      "ABC",  "xyz",
                                      "a b",  "a\nlevel=error",
                                      "\xff", "-"};
    for (size_t i = 0; i < N_ELEMENTS(good); i++) {
        begin(f, "GET", "/");
        add_var(f, HTTP_REQUEST_ID_VAR, good[i]);
        assert_int_equal(decode(f), RC_OK);
        check_str(f->req.id, good[i]);
    }
    for (size_t i = 0; i < N_ELEMENTS(bad); i++) {
        begin(f, "GET", "/");
        add_var(f, HTTP_REQUEST_ID_VAR, bad[i]);
        add_var(f, "HTTP_X_REQUEST_ID", "abcdef"); /* the client's: not believed */
        assert_int_equal(decode(f), RC_OK);
        struct str first = f->req.id;
        assert_int_equal(first.n, HTTP_ID_SIZE);
        for (size_t k = 0; k < first.n; k++)
            assert_non_null(strchr("0123456789abcdef", first.p[k]));
        assert_int_equal(decode(f), RC_OK);
        assert_false(str_eq(f->req.id, first));
    }
}

static void
test_fields(void **state)
{
    struct fixture *f = *state;
    begin(f, "GET", "/");
    add_var(f, "HTTP_IF_NONE_MATCH", "\"abc\"");
    add_var(f, "HTTP_IF_MODIFIED_SINCE", "Sun, 06 Nov 1994 08:49:37 GMT");
    add_var(f, "HTTP_ACCEPT_ENCODING", "br, gzip");
    add_var(f, "REMOTE_ADDR", "::1");
    assert_int_equal(decode(f), RC_OK);
    check_str(f->req.if_none_match, "\"abc\"");
    check_str(f->req.if_modified_since, "Sun, 06 Nov 1994 08:49:37 GMT");
    check_str(f->req.remote_addr, "::1");
    assert_true(f->req.accepts_gzip);
    begin(f, "GET", "/"); /* nginx sends the absent ones empty */
    add_var(f, "HTTP_IF_NONE_MATCH", "");
    add_var(f, "HTTP_IF_MODIFIED_SINCE", "");
    add_var(f, "REMOTE_ADDR", "");
    assert_int_equal(decode(f), RC_OK);
    check_str(f->req.if_none_match, NULL);
    check_str(f->req.if_modified_since, NULL);
    check_str(f->req.remote_addr, NULL);
}

static void
test_https(void **state)
{
    static const struct {
        const char *name, *value;
        bool is_https;
    } rows[] = {
        {"HTTPS", "on", true},
        {"HTTPS", "", false},
        {"HTTPS", "off", false},
        {"REQUEST_SCHEME", "https", true},
        {"REQUEST_SCHEME", "http", false},
        {"HTTP_X_FORWARDED_PROTO", "https", false},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        begin(f, "GET", "/");
        add_var(f, rows[i].name, rows[i].value);
        assert_int_equal(decode(f), RC_OK);
        assert_int_equal(f->req.is_https, rows[i].is_https);
    }
}

static void
test_accept_encoding(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        bool accepts;
    } rows[] = {
        {NULL, false},
        {"", false},
        {"gzip", true},
        {"x-gzip", true},
        {"GZip", true},
        {" gzip ", true},
        {"br, gzip;q=0.5", true},
        {"br,gzip ; q=1.000", true},
        {"gzip;Q=0.001", true},
        {"gzip;q=0", false},
        {"gzip;q=0.", false},
        {"gzip;q=0.000", false},
        {"gzip;q=", false},
        {"gzip;q=2", false},
        {"gzip;q=-1", false},
        {"gzip;q=0.0001", false},
        {"gzip;q=x", false},
        {"gzip;x=1", false},
        {"identity", false},
        {"*", false},
        {"notgzip", false},
        {"gzipped", false},
        {"gzip2, br", false},
        {"deflate;q=0, gzip;q=1", true},
        {",,gzip,,", true},
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++)
        if (http_field_accepts_gzip(str_of(rows[i].value)) != rows[i].accepts)
            fail_msg("%s", rows[i].value);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

static void
test_accept_language(void **state)
{
    static const struct {
        const char *value;
        int best;
    } rows[] = {
        {"ru", 1},
        {"ru-RU,ru;q=0.9,en;q=0.8", 1},
        {"en-GB, ru", 0},
        {"de, RU;q=0.1", 1},
        {"en;q=0.2, ru;q=0.3", 1},
        {"en;q=0, ru;q=0.001", 1},
        {"en;q=x, ru", 1},
        {"de", -1},
        {"*", -1},
        {"", -1},
        {"russian", -1},
        {"ru;q=0", -1},
        {"en;q=0.5,ru;q=0.5", 0},
    };
    const struct str codes[] = {STR("en"), STR("ru")};
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++)
        if (http_field_language(str_of(rows[i].value), codes, 2) != rows[i].best)
            fail_msg("%s", rows[i].value);
    assert_int_equal(http_field_language((struct str){NULL, 0}, codes, 2), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_plain),
        TEST(test_canonical_paths),
        TEST(test_redirects),
        TEST(test_bad_targets),
        TEST(test_every_byte_of_a_path),
        TEST(test_encoder_over_all_bytes),
        TEST(test_canonical_is_final),
        TEST(test_lengths),
        TEST(test_queries),
        TEST(test_many_params),
        TEST(test_param),
        TEST(test_methods),
        TEST(test_missing_variables),
        TEST(test_doubled_variables),
        TEST(test_content_length),
        TEST(test_request_id),
        TEST(test_fields),
        TEST(test_https),
        TEST(test_accept_encoding),
        TEST(test_accept_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
