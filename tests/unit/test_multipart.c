/* tests/unit/test_multipart.c - forms with files: what is read, what is refused, and that
 * it makes no difference in which pieces the bytes come. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <stdlib.h>

#include "http/multipart.h"

#include "base/buf.h"

static struct arena arena;

static int
tear_down(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

/* ---- asking ---- */

/* A connection that gives its bytes in pieces of one size; then it ends, breaks, or goes
 * on.
 */
struct pipe {
    struct str left;
    size_t piece;
    enum { ENDS, BREAKS, GOES_ON } then;
};

static long
read_pipe(void *ctx, char *p, size_t n)
{
    struct pipe *pipe = ctx;
    if (pipe->left.n == 0) {
        p[0] = 'x';
        return pipe->then == BREAKS ? -1 : pipe->then == GOES_ON;
    }
    size_t got = pipe->piece < n ? pipe->piece : n;
    got = got < pipe->left.n ? got : pipe->left.n;
    memcpy(p, pipe->left.p, got);
    pipe->left = str_from(pipe->left, got);
    return (long)got;
}

/* What came, as text: "name[bytes]" for each file. refuse: the name of a file whose
 * beginning is refused. */
struct record {
    struct buf text;
    const char *refuse;
    int n_open;
};

static enum rc
begin(void *ctx, const struct http_file *file, struct err *err)
{
    struct record *r = ctx;
    if (r->refuse != NULL && str_eq_z(file->name, r->refuse))
        return err_set(err, RC_DENIED, "not this one");
    assert_int_equal(r->n_open++, 0);
    buf_fmt(&r->text, "%.*s:%.*s[", STR_ARG(file->field), STR_ARG(file->name));
    return RC_OK;
}

static enum rc
add(void *ctx, struct str piece, struct err *err)
{
    struct record *r = ctx;
    (void)err;
    assert_int_equal(r->n_open, 1);
    assert_true(piece.n > 0);
    buf_add(&r->text, piece);
    return RC_OK;
}

static enum rc
end(void *ctx, struct err *err)
{
    struct record *r = ctx;
    (void)err;
    assert_int_equal(r->n_open--, 1);
    buf_add_c(&r->text, ']');
    return RC_OK;
}

static struct http_form form;
static struct record record;

static enum rc
read_from(struct pipe *pipe, int64_t length, const char *boundary, struct err *err)
{
    struct http_env env = {.body_ctx = pipe, .read = read_pipe};
    struct http_file_sink sink = {&record, begin, add, end};
    record.n_open = 0;
    buf_init(&record.text, &arena, 1024 * 1024);
    *err = (struct err){0};
    enum rc rc = http_multipart_read(&env, length, str_of(boundary), "f", &arena, &form,
                                     &sink, err);
    assert_int_equal(rc, err->rc);
    assert_int_equal(pipe->left.n, 0); /* read to its end, whatever was wrong */
    return rc;
}

static const size_t pieces[] = {1, 2, 3, 7, 64, 100000};

/* The same in all pieces: the fields as "name=value;", then the files. */
static void
check(struct str body, const char *boundary, const char *want)
{
    for (size_t i = 0; i < N_ELEMENTS(pieces); i++) {
        struct pipe pipe = {body, pieces[i], ENDS};
        struct err err;
        struct buf have;
        if (read_from(&pipe, (int64_t)body.n, boundary, &err) != RC_OK)
            fail_msg("refused: %s", err.text);
        buf_init(&have, &arena, 1024 * 1024);
        for (int f = 0; f < form.n; f++)
            buf_fmt(&have, "%.*s=%.*s;", STR_ARG(form.fields[f].name),
                    STR_ARG(form.fields[f].value));
        buf_add(&have, buf_str(&record.text));
        if (!str_eq_z(buf_str(&have), want))
            fail_msg("\"%.*s\", not \"%s\"", STR_ARG(buf_str(&have)), want);
    }
}

static void
refuse(struct str body, enum rc rc, const char *text)
{
    for (size_t i = 0; i < N_ELEMENTS(pieces); i++) {
        struct pipe pipe = {body, pieces[i], ENDS};
        struct err err;
        assert_int_equal(read_from(&pipe, (int64_t)body.n, "b", &err), rc);
        if (strstr(err.text, text) == NULL)
            fail_msg("\"%s\", not \"%s\"", err.text, text);
    }
}

#define DISPOSITION        "Content-Disposition: form-data; "
#define FIELD(name, value) "--b\r\n" DISPOSITION "name=\"" name "\"\r\n\r\n" value "\r\n"
#define FILE_OF(name, bytes)                             \
    "--b\r\n" DISPOSITION "name=\"f\"; filename=\"" name \
    "\"\r\nContent-Type: image/jpeg\r\n\r\n" bytes "\r\n"
#define END "--b--\r\n"

/* ---- what is read ---- */

static void
test_fields_and_files(void **state)
{
    (void)state;
    check(STR(END), "b", "");
    check(STR("--b--"), "b", "");
    check(STR(FIELD("a", "1") END), "b", "a=1;");
    check(STR(FIELD("a", "") END), "b", "a=;");
    check(STR(FIELD("a", "x\r\ny") FIELD("c", "--b") END), "b", "a=x\ny;c=--b;");
    check(STR(FIELD("csrf", "t") FILE_OF("a.jpg", "AAA") FILE_OF("b.jpg", "B") END), "b",
          "csrf=t;f:a.jpg[AAA]f:b.jpg[B]");
    check(STR(FILE_OF("a.jpg", "\r\n--\r\n-b\r\n--a\r\n\r") END), "b",
          "f:a.jpg[\r\n--\r\n-b\r\n--a\r\n\r]");
    check(STR(FILE_OF("a.jpg", "") END), "b", "f:a.jpg[]");
    check(STR(FILE_OF("", "") END), "b", ""); /* nothing was chosen */
    check(STR(FILE_OF("", "x") END), "b", "f:[x]");
}

static void
test_as_others_write_it(void **state)
{
    (void)state;
    /* Chrome, Firefox, curl, Node, Python: boundaries, and names with quotes. */
    check(STR("------WebKitFormBoundaryAbC\r\n" DISPOSITION
              "name=\"f\"; filename=\"a%22b%0Ac.jpg\"\r\n"
              "Content-Type: image/jpeg\r\n\r\nx\r\n------WebKitFormBoundaryAbC--\r\n"),
          "----WebKitFormBoundaryAbC", "f:a\"b%0Ac.jpg[x]");
    check(
        STR("--b\r\ncontent-disposition:form-data;name=\"f\";filename=\"a\\\"b\\\\c\"\r\n"
            "\r\nx\r\n--b--"),
        "b", "f:c[x]");
    check(STR("--b\r\n" DISPOSITION "filename=a.jpg; name=f\r\n"
              "Content-Transfer-Encoding: binary\r\nContent-Length: 1\r\n\r\nx\r\n" END),
          "b", "f:a.jpg[x]");
    check(STR(FILE_OF("C:\\photos\\a.jpg", "x") FILE_OF("/media/card/b.jpg", "") END),
          "b", "f:a.jpg[x]f:b.jpg[]");
    check(STR(FILE_OF("Фото \xf0\x9f\x93\xb7.jpg", "x") END), "b",
          "f:Фото \xf0\x9f\x93\xb7.jpg[x]");
}

static void
test_long_contents(void **state)
{
    enum { LONG = 150000 };
    (void)state;
    struct buf b, want;
    buf_init(&b, &arena, 1024 * 1024);
    buf_init(&want, &arena, 1024 * 1024);
    buf_add(&b, STR("--b\r\n" DISPOSITION "name=\"f\"; filename=\"n\"\r\n\r\n"));
    buf_add(&want, STR("f:n["));
    for (int i = 0; i < LONG; i++) {
        char c = "\r\n--bc"[i % 6]; /* begins like a delimiter again and again */
        buf_add_c(&b, c == 'b' && i % 7 == 0 ? 'x' : c == 'b' ? '-' : c);
        buf_add_c(&want, c == 'b' && i % 7 == 0 ? 'x' : c == 'b' ? '-' : c);
    }
    buf_add(&b, STR("\r\n--b--\r\n"));
    buf_add_c(&want, ']');
    check(buf_str(&b), "b", str_z(&arena, buf_str(&want)));
}

static void
test_a_name_that_is_long_is_cut(void **state)
{
    (void)state;
    struct buf b, want;
    buf_init(&b, &arena, 4096);
    buf_init(&want, &arena, 4096);
    buf_add(&b, STR("--b\r\n" DISPOSITION "name=\"f\"; filename=\"a"));
    buf_add(&want, STR("f:a"));
    for (int i = 0; i < 150; i++)
        buf_add(&b, STR("Ж"));
    for (int i = 0; i < 99; i++)
        buf_add(&want, STR("Ж"));
    buf_add(&b, STR("\"\r\n\r\nx\r\n" END));
    buf_add(&want, STR("[x]"));
    check(buf_str(&b), "b", str_z(&arena, buf_str(&want)));
}

static void
test_what_is_no_text_is_mended(void **state)
{
    (void)state;
    check(STR(FIELD("a", "x\0y\xff") END), "b", "a=x\xef\xbf\xbdy\xef\xbf\xbd;");
    assert_int_equal(form.n_mended, 1);
    assert_null(http_form_get(&form, "a").p);
}

/* ---- what is refused ---- */

static void
test_boundaries(void **state)
{
    static const char *const good[][2] = {
        {"multipart/form-data; boundary=b", "b"},
        {"Multipart/Form-Data;BOUNDARY=----WebKitFormBoundaryX",
         "----WebKitFormBoundaryX"},
        {"multipart/form-data ; boundary=\"a b:c\"", "a b:c"},
        {"multipart/form-data; boundary=1234567890123456789012345678901234567890123456789"
         "012345678901234567890",
         "1234567890123456789012345678901234567890123456789012345678901234567890"},
    };
    static const char *const bad[] = {
        "",
        "multipart/form-data",
        "multipart/form-data;",
        "multipart/form-data; boundary",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary=\"a",
        "multipart/form-data; boundary=\"a \"",
        "multipart/form-data; boundary=a b",
        "multipart/form-data; boundary=a:b",
        "multipart/form-data; boundary=a%20",
        "multipart/form-data; boundary=\xc3\xa4",
        "multipart/form-data; boundary=\"a\\\"b\"",
        "multipart/form-data; boundary=a; boundary=b",
        "multipart/form-data; boundary=a; boundary=a",
        "multipart/form-data; boundary=a; charset=utf-8",
        "multipart/form-data; charset=utf-8; boundary=a",
        "multipart/form-data; boundary=a;",
        "multipart/form-data, boundary=a",
        "multipart/mixed; boundary=a",
        "multipart/form-datas; boundary=a",
        "application/x-www-form-urlencoded; boundary=a",
        "multipart/form-data; boundary=123456789012345678901234567890123456789012345678901"
        "23456789012345678901",
    };
    struct str out;
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(good); i++) {
        assert_true(http_multipart_boundary(str_of(good[i][0]), &out));
        assert_true(str_eq_z(out, good[i][1]));
    }
    for (size_t i = 0; i < N_ELEMENTS(bad); i++)
        if (http_multipart_boundary(str_of(bad[i]), &out))
            fail_msg("taken: %s", bad[i]);
    assert_false(
        http_multipart_boundary(STR("multipart/form-data; boundary=a\0b"), &out));
    assert_false(http_multipart_boundary((struct str){NULL, 0}, &out));
}

static void
test_delimiters(void **state)
{
    static const char *const begins = "it does not begin with its boundary";
    static const char *const behind = "there is something behind its end";
    (void)state;
    refuse(STR(""), RC_INVALID, begins);
    refuse(STR("--c--\r\n"), RC_INVALID, begins);
    refuse(STR("preamble\r\n" END), RC_INVALID, begins);
    refuse(STR("\r\n" END), RC_INVALID, begins);
    refuse(STR("-"), RC_INVALID, begins);
    refuse(STR("--b"), RC_INVALID, "only begins with its boundary");
    refuse(STR("--bc\r\n"), RC_INVALID, "only begins with its boundary");
    refuse(STR("--b \r\n"), RC_INVALID, "only begins with its boundary");
    refuse(STR("--b\n" DISPOSITION "name=\"a\"\n\nx\n--b--\n"), RC_INVALID,
           "only begins with its boundary");
    refuse(STR(FIELD("a", "1") "--bx\r\n"), RC_INVALID, "only begins with its boundary");
    refuse(STR(END "x"), RC_INVALID, behind);
    refuse(STR(END "\r\n"), RC_INVALID, behind);
    refuse(STR("--b--\n"), RC_INVALID, behind);
    refuse(STR(END END), RC_INVALID, behind);
    refuse(STR(FIELD("a", "1")), RC_INVALID, "it ends within a part");
    refuse(STR("--b\r\n" DISPOSITION "name=\"a\"\r\n\r\n1"), RC_INVALID,
           "it ends within a part");
    refuse(STR("--b\r\n" DISPOSITION "name=\"a\"\r\n\r\n1\n--b--\r\n"), RC_INVALID,
           "it ends within a part");
}

static void
test_headers(void **state)
{
    static const char *const lines[] = {
        "",                                        /* none */
        "Content-Type: image/jpeg",                /* none that counts */
        "Content-Disposition: attachment; name=a", /* another kind */
        "Content-Disposition: form-data",          /* no name */
        DISPOSITION "filename=\"x\"",              /* no name */
        DISPOSITION "name=\"\"",                   /* an empty one */
        DISPOSITION "name=\"a",                    /* an open quote */
        DISPOSITION "name=\"a\" x",                /* something behind */
        DISPOSITION "name=\"a\"; name=\"b\"",      /* twice */
        DISPOSITION "name=\"f\"; filename=a; filename=b",
        DISPOSITION "name=\"f\"; filename*=UTF-8''a", /* RFC 7578 forbids it */
        DISPOSITION "name=\"a\"; size=5",             /* unknown to the RFC */
        DISPOSITION "name=\"a\"\r\n" DISPOSITION "name=\"a\"",
        DISPOSITION "name=\"f\"; filename=x\r\nContent-Type: a/b\r\nContent-Type: a/b",
        DISPOSITION "name=\"a\"\r\nContent-Transfer-Encoding: base64",
        DISPOSITION "name=\"a\"\r\nContent-Transfer-Encoding: 8bit\r\n"
                    "Content-Transfer-Encoding: 8bit",
        DISPOSITION "name=\"a\"\r\n folded: x",
        DISPOSITION "\r\n name=\"a\"",
        DISPOSITION "name=\"a\tb\"",
        DISPOSITION "name=\"a\xff\"",
        DISPOSITION "name=\"a\x01\"",
        DISPOSITION "name=\"a\rb\"",
        DISPOSITION "name=\"a\nX: b\"",
        "no colon",
        ": no name",
        "Content Disposition: form-data; name=a",
    };
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(lines); i++) {
        struct str body = str_fmt(&arena, "--b\r\n%s\r\n\r\nx\r\n" END, lines[i]);
        for (size_t p = 0; p < N_ELEMENTS(pieces); p++) {
            struct pipe pipe = {body, pieces[p], ENDS};
            struct err err;
            if (read_from(&pipe, (int64_t)body.n, "b", &err) != RC_INVALID)
                fail_msg("taken: %s", lines[i]);
        }
    }
    refuse(STR("--b\r\n" DISPOSITION "name=\"a\0b\"\r\n\r\nx\r\n" END), RC_INVALID,
           "a header line of a part is not right");
    refuse(STR("--b\r\n" DISPOSITION "name=\"a\""), RC_INVALID,
           "it ends within the headers of a part");
    refuse(STR("--b\r\n" DISPOSITION "name=\"a\"\r\n"), RC_INVALID,
           "it ends within the headers of a part");
}

static void
test_fields_that_clash(void **state)
{
    (void)state;
    refuse(STR(FIELD("a", "1") FIELD("a", "2") END), RC_INVALID, "sent twice");
    refuse(STR(FIELD("f", "1") END), RC_INVALID, "it is no file");
    refuse(STR("--b\r\n" DISPOSITION "name=\"g\"; filename=x\r\n\r\nx\r\n" END),
           RC_INVALID, "a file in a field that takes none");
}

static void
test_limits(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, &arena, 1024 * 1024);
    for (int i = 0; i < HTTP_PARTS_MAX; i++)
        buf_fmt(&b, FIELD("a%d", "x"), i);
    struct str most = str_copy(&arena, buf_str(&b));
    struct pipe pipe = {str_fmt(&arena, "%.*s" END, STR_ARG(most)), 1000, ENDS};
    struct err err;
    assert_int_equal(read_from(&pipe, (int64_t)pipe.left.n, "b", &err), RC_OK);
    assert_int_equal(form.n, HTTP_PARTS_MAX);
    refuse(str_fmt(&arena, "%.*s" FIELD("b", "x") END, STR_ARG(most)), RC_LIMIT,
           "more than 16 parts");
    buf_clear(&b);
    buf_add(&b, STR("--b\r\n"));
    for (int i = 0; i < 100000; i++)
        buf_add(&b, STR("X: y\r\n"));
    refuse(str_copy(&arena, buf_str(&b)), RC_LIMIT, "headers of a part of over 1024");
    buf_clear(&b);
    buf_add(&b, STR("--b\r\n" DISPOSITION "name=\"a\"\r\n\r\n"));
    for (int i = 0; i < HTTP_PART_TEXT_MAX + 1; i++)
        buf_add_c(&b, 'x');
    buf_add(&b, STR("\r\n" END));
    refuse(str_copy(&arena, buf_str(&b)), RC_LIMIT, "a field of over 65536 bytes");
}

/* Every prefix of a good body: complete or nothing. */
static void
test_every_prefix(void **state)
{
    static const struct str body =
        STR_INIT(FIELD("csrf", "t") FILE_OF("a.jpg", "AAA\r\n--A") END);
    (void)state;
    for (size_t n = 0; n < body.n; n++)
        for (size_t i = 0; i < N_ELEMENTS(pieces); i++) {
            struct pipe pipe = {str_sub(body, 0, n), pieces[i], ENDS};
            struct err err;
            enum rc rc = read_from(&pipe, (int64_t)n, "b", &err);
            /* The line end behind the last delimiter may be missing, whole. */
            assert_int_equal(rc, n == body.n - 2 ? RC_OK : RC_INVALID);
            pipe = (struct pipe){str_sub(body, 0, n), pieces[i], ENDS};
            assert_int_equal(read_from(&pipe, (int64_t)body.n, "b", &err), RC_INVALID);
            pipe = (struct pipe){str_sub(body, 0, n), pieces[i], BREAKS};
            assert_int_equal(read_from(&pipe, (int64_t)body.n, "b", &err), RC_INVALID);
        }
    struct pipe pipe = {body, 10, GOES_ON};
    struct err err;
    assert_int_equal(read_from(&pipe, (int64_t)body.n, "b", &err), RC_INVALID);
    assert_string_equal(err.text, "it is longer than announced");
}

static void
test_what_the_sink_says(void **state)
{
    (void)state;
    record.refuse = "b.jpg";
    refuse(STR(FILE_OF("a.jpg", "A") FILE_OF("b.jpg", "B") FILE_OF("c.jpg", "C") END),
           RC_DENIED, "not this one");
    assert_true(str_eq_z(buf_str(&record.text), "f:a.jpg[A]"));
    record.refuse = NULL;
    struct http_env env = {.read = NULL};
    struct http_file_sink sink = {&record, begin, add, end};
    struct err err;
    assert_int_equal(
        http_multipart_read(&env, 5, STR("b"), "f", &arena, &form, &sink, &err),
        RC_INVALID);
}

#define TEST(fn) cmocka_unit_test_teardown(fn, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_fields_and_files),
        TEST(test_as_others_write_it),
        TEST(test_long_contents),
        TEST(test_a_name_that_is_long_is_cut),
        TEST(test_what_is_no_text_is_mended),
        TEST(test_boundaries),
        TEST(test_delimiters),
        TEST(test_headers),
        TEST(test_fields_that_clash),
        TEST(test_limits),
        TEST(test_every_prefix),
        TEST(test_what_the_sink_says),
    };
    arena_init(&arena);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
