/* tests/unit/test_alloc.c - what base and http do when memory runs out, at every place
 * where it can.
 *
 * In the program a process without memory ends. Here the failure jumps back to the test,
 * which then looks: the arena can be ended, no block is out, no file is half there, and
 * the same operation succeeds afterwards. An arena asks for memory seldom, so each
 * operation is given one in which only so many bytes are left, from none upward: each of
 * its allocations is the failing one at some time. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "http/body.h"
#include "http/cookie.h"
#include "http/field.h"
#include "http/form.h"
#include "http/multipart.h"
#include "http/path.h"
#include "http/percent.h"
#include "http/query.h"
#include "http/request.h"
#include "http/response.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/gzip.h"
#include "base/hash.h"
#include "base/ini.h"
#include "base/lines.h"
#include "base/mem.h"
#include "base/norm.h"
#include "base/slug.h"
#include "base/time.h"

enum { ROOM = 64 * 1024, LEFT_MAX = 4096, STEP = 16, FAILURES_MAX = 200 };

static char folder[] = "/tmp/byline-alloc-XXXXXX";
static char in_path[64], out_path[64];
static char content[10000];
static jmp_buf out_of_memory;

static void
on_failure(size_t size)
{
    (void)size;
    longjmp(out_of_memory, 1);
}

static int
set_up(void **state)
{
    struct err err;
    (void)state;
    if (mkdtemp(folder) == NULL || hash_init(&err) != RC_OK)
        return -1;
    snprintf(in_path, sizeof in_path, "%s/in", folder);
    snprintf(out_path, sizeof out_path, "%s/out", folder);
    for (size_t i = 0; i < sizeof content; i++)
        content[i] = i % 50 == 49 ? '\n' : (char)('a' + i % 26);
    mem_on_failure(on_failure);
    return file_write(in_path, (struct str){content, sizeof content}, 0600, &err) == RC_OK
               ? 0
               : -1;
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *where)
{
    (void)st, (void)type, (void)where;
    return remove(path);
}

static int
tear_down(void **state)
{
    (void)state;
    mem_on_failure(NULL);
    return nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* ---- the operations; each says itself whether its answer is right ---- */

static void
run_arena(struct arena *a)
{
    char *p = arena_alloc(a, 100), *z = arena_zalloc(a, 50);
    int *one = arena_new(a, int), *many = arena_array(a, int, 10);
    memset(p, 'x', 100);
    for (int i = 0; i < 50; i++)
        assert_int_equal(z[i], 0);
    assert_int_equal(*one + many[9], 0);
    assert_string_equal(arena_copy(a, "copy", 4), "copy");
}

static int n_open;

static void
close_one(void *arg)
{
    (void)arg;
    n_open--;
}

/* What is registered is let go; what could not be was not registered. */
static void
run_arena_at_end(struct arena *a)
{
    for (int i = 0; i < 3; i++) {
        arena_at_end(a, close_one, NULL);
        n_open++;
    }
}

static void
run_str(struct arena *a)
{
    assert_true(str_eq(str_copy(a, STR("text")), STR("text")));
    assert_string_equal(str_z(a, STR("text")), "text");
    assert_true(str_eq_z(str_fmt(a, "%s-%d", "a", 7), "a-7"));
}

static void
run_buf(struct arena *a)
{
    struct buf b;
    buf_init(&b, a, 5000);
    for (int i = 0; i < 100; i++) {
        buf_add(&b, STR("ab"));
        buf_add_c(&b, 'c');
        buf_add_z(&b, "de");
        buf_fmt(&b, "%03d", i);
        memcpy(buf_space(&b, 2), "fg", 2);
        buf_filled(&b, 2);
    }
    assert_true(buf_ok(&b) && b.n == 1000);
    assert_true(str_ends(buf_str(&b), STR("abcde099fg")));
    buf_clear(&b);
    assert_int_equal(buf_str(&b).n, 0);
}

static void
run_file_read(struct arena *a)
{
    struct str text;
    struct err err;
    assert_int_equal(file_read(a, in_path, 1 << 20, &text, &err), RC_OK);
    assert_int_equal(text.n, sizeof content);
    assert_memory_equal(text.p, content, text.n);
    assert_string_equal(file_join(a, STR("a"), STR("b")), "a/b");
}

/* Reads, changes, writes: with the memory gone on the way the old file is there whole. */
static void
run_file_change(struct arena *a)
{
    struct str text;
    struct err err;
    assert_int_equal(file_read(a, in_path, 1 << 20, &text, &err), RC_OK);
    struct str twice = str_fmt(a, "%.*s%.*s", STR_ARG(text), STR_ARG(text));
    assert_int_equal(file_write(out_path, twice, 0600, &err), RC_OK);
    assert_int_equal(file_read(a, out_path, 1 << 20, &text, &err), RC_OK);
    assert_true(str_eq(text, twice));
    assert_int_equal(file_copy(out_path, in_path, 10, 0600, &err), RC_LIMIT);
}

static void
run_lines(struct arena *a)
{
    struct lines l;
    struct str line;
    struct err err;
    int fd = open(in_path, O_RDONLY | O_CLOEXEC);
    int n = 0;
    lines_init(&l, a, fd, 100);
    while (lines_next(&l, &line, &err) == RC_OK)
        n++;
    close(fd);
    assert_int_equal(n, sizeof content / 50);
}

static enum rc
ini_entry(void *ctx, const char *section, const char *name, const char *value, int line,
          struct err *err)
{
    int *n = ctx;
    (void)section, (void)name, (void)value, (void)line, (void)err;
    ++*n;
    return RC_OK;
}

static void
run_ini(struct arena *a)
{
    struct err err;
    int n = 0;
    struct str text = str_copy(a, STR("[x]\na = 1\nb = 2\n"));
    assert_int_equal(ini_read(text, "x.ini", ini_entry, &n, &err), RC_OK);
    assert_int_equal(n, 2);
}

static void
run_gzip(struct arena *a)
{
    struct str packed = gzip_pack(a, (struct str){content, sizeof content}, 6);
    assert_true(packed.n > 20 && packed.n < sizeof content / 4);
    assert_memory_equal(packed.p, "\x1f\x8b\x08", 3);
}

static void
run_unpacked(struct arena *a)
{
    struct str stream = STR("\x78\x9c\x4b\x4c\x84\x01\x00\x14\xe1\x03\xcb");
    (void)a;
    assert_int_equal(zlib_unpacked_size(stream, 100), 10);
}

static void
run_hash(struct arena *a)
{
    struct str hex;
    struct err err;
    assert_int_equal(hash_file(a, in_path, &hex, &err), RC_OK);
    assert_true(str_eq(hex, hash_sha256(a, (struct str){content, sizeof content})));
    struct hash_sum sum;
    hash_sum_start(&sum);
    hash_sum_add(&sum, (struct str){content, 77});
    hash_sum_add(&sum, (struct str){content + 77, sizeof content - 77});
    assert_true(str_eq(hex, hash_sum_end(&sum, a)));
    struct str key = hash_random_hex(a);
    assert_int_equal(hash_keyed(a, key, hex).n, HASH_HEX_SIZE);
}

static long
read_nothing_more(void *ctx, char *p, size_t n)
{
    struct str *left = ctx;
    size_t got = left->n < n ? left->n : n;
    memcpy(p, left->p, got);
    *left = str_from(*left, got);
    return (long)got;
}

static void
run_form(struct arena *a)
{
    static struct http_form form;
    struct err err;
    struct str sent = STR("a=1&b=%D0%ff"), body;
    struct http_env env = {.body_ctx = &sent, .read = read_nothing_more};
    assert_int_equal(http_body_read(&env, 12, 100, a, &body, &err), RC_OK);
    assert_int_equal(http_form_read(a, body, &form, &err), RC_OK);
    assert_int_equal(form.n, 2);
    assert_int_equal(form.n_mended, 1);
    assert_true(str_starts(http_form_write(a, &form), STR("a=1&b=")));
    assert_true(http_cookie_write(a, "__Host-x", STR("y"), 1).n > 8);
}

static enum rc
take_file(void *ctx, const struct http_file *file, struct err *err)
{
    (void)ctx, (void)err;
    assert_true(str_eq_z(file->name, "a\"b.jpg"));
    return RC_OK;
}

static enum rc
take_piece(void *ctx, struct str piece, struct err *err)
{
    int *n = ctx;
    (void)err;
    *n += (int)piece.n;
    return RC_OK;
}

static enum rc
take_end(void *ctx, struct err *err)
{
    (void)ctx, (void)err;
    return RC_OK;
}

static void
run_multipart(struct arena *a)
{
    static struct http_form form;
    struct err err;
    int n = 0;
    struct str sent = STR("--b\r\nContent-Disposition: form-data; name=x\r\n\r\ny\xff\r\n"
                          "--b\r\nContent-Disposition: form-data; name=\"f\"; "
                          "filename=\"a%22b.jpg\"\r\n\r\n12345\r\n--b--\r\n");
    struct http_env env = {.body_ctx = &sent, .read = read_nothing_more};
    struct http_file_sink sink = {&n, take_file, take_piece, take_end};
    assert_int_equal(
        http_multipart_read(&env, (int64_t)sent.n, STR("b"), "f", a, &form, &sink, &err),
        RC_OK);
    assert_true(form.n == 1 && form.n_mended == 1 && n == 5);
    form = (struct http_form){0};
    assert_int_equal(http_form_add(a, &form, STR("z"), str_copy(a, STR("\xff")), &err),
                     RC_OK);
}

static void
run_field(struct arena *a)
{
    struct str out;
    assert_true(http_field_string(a, STR("\"a\\\\b\""), 10, &out));
    assert_true(str_eq_z(out, "a\\b"));
}

static void
run_norm(struct arena *a)
{
    struct str out;
    struct err err;
    assert_int_equal(norm_nfc(a, STR("e\xcc\x81"), &out, &err), RC_OK);
    assert_true(str_eq_z(out, "\xc3\xa9"));
    assert_int_equal(norm_fold(a, STR("E\xcc\x81"), &out, &err), RC_OK);
    assert_true(str_eq_z(out, "\xc3\xa9"));
}

static void
run_slug(struct arena *a)
{
    struct str slug;
    struct err err;
    assert_int_equal(slug_make(a, STR("Визит в Минск"), STR("ru"), &slug, &err), RC_OK);
    assert_true(str_eq_z(slug, "vizit-v-minsk"));
}

static void
run_time(struct arena *a)
{
    assert_int_equal(time_office_write(a, 0).n, 16);
    assert_true(str_eq_z(time_write(a, 0, true), "1970-01-01"));
    assert_true(str_eq_z(time_write(a, 0, false), "1970-01-01T00:00:00+00:00"));
    assert_true(str_eq_z(time_http(a, 0), "Thu, 01 Jan 1970 00:00:00 GMT"));
}

static void
run_percent(struct arena *a)
{
    struct str text;
    assert_true(http_percent_decode(a, STR("a%20b+c"), true, &text));
    assert_true(str_eq_z(text, "a b c"));
    assert_true(str_eq_z(http_encode_path(a, STR("/a b")), "/a%20b"));
    assert_true(str_eq_z(http_encode_query(a, STR("a=b c")), "a=b%20c"));
    assert_true(str_eq_z(http_encode_value(a, STR("/a&b=c")), "%2Fa%26b%3Dc"));
}

static void
run_path(struct arena *a)
{
    struct str path, canonical;
    struct err err;
    assert_int_equal(http_path_read(a, STR("//a%20b//c"), &path, &canonical, &err),
                     RC_OK);
    assert_true(str_eq_z(path, "/a b/c") && str_eq_z(canonical, "/a%20b/c"));
}

static void
run_query(struct arena *a)
{
    struct http_request req;
    struct str value;
    struct err err;
    assert_int_equal(http_query_read(a, STR("a=1&b=%D0%B6&c"), &req, &err), RC_OK);
    assert_int_equal(http_request_param(&req, "b", &value, &err), RC_OK);
    assert_true(req.n_params == 3 && str_eq_z(value, "ж"));
}

static const char *
variable(void *ctx, const char *name)
{
    static const char *const vars[][2] = {{"REQUEST_METHOD", "GET"},
                                          {"REQUEST_URI", "/news//x/?before=1&b=%20"},
                                          {"SERVER_PROTOCOL", "HTTP/1.1"}};
    (void)ctx;
    for (size_t i = 0; i < N_ELEMENTS(vars); i++)
        if (strcmp(name, vars[i][0]) == 0)
            return vars[i][1];
    return NULL;
}

static void
run_request(struct arena *a)
{
    struct http_env env = {.get = variable};
    struct http_request req;
    struct err err;
    int status;
    assert_int_equal(http_request_decode(&env, a, &req, &status, &err), RC_OK);
    assert_true(str_eq_z(req.redirect, "/news/x/?before=1&b=%20"));
    assert_int_equal(req.id.n, HTTP_ID_SIZE);
}

static void
run_response(struct arena *a)
{
    struct http_response r = {.status = 200, .body = STR("body")};
    struct buf b;
    http_response_header(&r, STR("Content-Type"), STR("text/plain"));
    buf_init(&b, a, 10000);
    http_response_write(&r, &b);
    assert_true(str_eq_z(buf_str(&b), "Status: 200 OK\r\nContent-Type: text/plain\r\n"
                                      "Content-Length: 4\r\n\r\nbody"));
}

/* What each one runs is held against the headers below. */
static const struct op {
    const char *functions;
    void (*run)(struct arena *a);
} ops[] = {
    {"arena_alloc arena_zalloc arena_copy", run_arena},
    {"arena_at_end", run_arena_at_end},
    {"str_copy str_z str_fmt", run_str},
    {"buf_init buf_add buf_add_z buf_add_c buf_fmt buf_space buf_filled buf_clear "
     "buf_ok buf_str",
     run_buf},
    {"file_read file_join", run_file_read},
    {"file_write file_copy", run_file_change},
    {"lines_init lines_next", run_lines},
    {"ini_read", run_ini},
    {"gzip_pack", run_gzip},
    {"zlib_unpacked_size", run_unpacked},
    {"hash_sha256 hash_sum_end hash_file hash_keyed hash_random_hex", run_hash},
    {"http_body_read http_form_read http_form_write http_cookie_write utf8_mend",
     run_form},
    {"http_multipart_read http_form_add", run_multipart},
    {"http_field_string", run_field},
    {"slug_make", run_slug},
    {"time_write time_http time_office_write", run_time},
    {"http_percent_decode http_encode_path http_encode_value http_encode_query",
     run_percent},
    {"norm_nfc norm_fold", run_norm},
    {"http_path_read", run_path},
    {"http_query_read", run_query},
    {"http_request_decode", run_request},
    {"http_response_write", run_response},
    /* The arena's own beginning and end, which the test itself uses each time. */
    {"arena_init arena_done arena_reset", NULL},
};

/* ---- the sweep ---- */

/* An arena in which `left` bytes fit and then no more. */
static void
make_arena(struct arena *a, size_t left)
{
    arena_init(a);
    (void)arena_alloc(a, ROOM);
    arena_reset(a);
    (void)arena_alloc(a, ROOM - left);
}

/* With the n-th allocation failing: did it come to its end all the same? */
static bool
succeeds(const struct op *op, struct arena *a, long n)
{
    if (setjmp(out_of_memory) != 0)
        return false;
    mem_fail_at(n);
    op->run(a);
    mem_fail_at(0);
    return true;
}

/* Files whole, and none of those that are written under another name first. */
static void
check_folder(void)
{
    struct arena a;
    struct str text;
    struct err err;
    const struct dirent *e;
    DIR *dir = opendir(folder);
    arena_init(&a);
    while ((e = readdir(dir)) != NULL)
        assert_true(e->d_name[0] == '.' || strcmp(e->d_name, "in") == 0 ||
                    strcmp(e->d_name, "out") == 0);
    closedir(dir);
    assert_int_equal(file_read(&a, in_path, 1 << 20, &text, &err), RC_OK);
    assert_int_equal(text.n, sizeof content);
    if (file_exists(out_path)) {
        assert_int_equal(file_read(&a, out_path, 1 << 20, &text, &err), RC_OK);
        assert_int_equal(text.n, 2 * sizeof content);
        unlink(out_path);
    }
    arena_done(&a);
}

/* A process that ends gives its descriptors back; one that jumps does not. */
static int
lowest_free_fd(void)
{
    int fd = dup(0);
    close(fd);
    return fd;
}

/* Fails once in each place. How often it failed; 0: there was memory enough. */
static int
sweep(const struct op *op, size_t left)
{
    for (int n = 1; n <= FAILURES_MAX; n++) {
        struct arena a;
        int fd = lowest_free_fd();
        long blocks = mem_blocks();
        n_open = 0;
        make_arena(&a, left);
        bool is_done = succeeds(op, &a, n);
        arena_done(&a);
        close_range((unsigned)fd, (unsigned)fd, 0);
        assert_int_equal(mem_blocks(), blocks);
        assert_int_equal(n_open, 0);
        check_folder();
        if (is_done)
            return n - 1;
    }
    fail_msg("%s never succeeds", op->functions);
    return 0;
}

static void
test_every_operation(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(ops); i++) {
        int failures = 0, here = 1;
        if (ops[i].run == NULL)
            continue;
        for (size_t left = 0; left < LEFT_MAX && here > 0; left += STEP) {
            here = sweep(&ops[i], left);
            failures += here;
        }
        if (failures == 0)
            fail_msg("%s: nothing failed", ops[i].functions);
    }
}

/* ---- is it every operation? ---- */

static bool
is_swept(struct arena *a, struct str name)
{
    struct str wanted = str_fmt(a, " %.*s ", STR_ARG(name));
    for (size_t i = 0; i < N_ELEMENTS(ops); i++) {
        struct str row = str_fmt(a, " %s ", ops[i].functions);
        if (str_find_str(row, wanted) < row.n)
            return true;
    }
    return false;
}

/* Declarations that take an arena, or what lives in one. */
static int
check_header(struct arena *a, const char *path)
{
    regex_t declaration;
    regmatch_t m[2];
    struct str text;
    struct err err;
    int n = 0;
    assert_int_equal(file_read(a, path, 1 << 20, &text, &err), RC_OK);
    assert_int_equal(regcomp(&declaration,
                             "\n[a-z][a-z0-9_ *]*[ *]([a-z0-9_]+)\\(([^;{}]*[( ,])?"
                             "(const )?struct (arena|buf|lines) \\*[^;{}]*\\)[^;{}]*;",
                             REG_EXTENDED),
                     0);
    for (const char *p = text.p; regexec(&declaration, p, 2, m, 0) == 0;
         p += m[0].rm_eo - 1) {
        struct str name = {p + m[1].rm_so, (size_t)(m[1].rm_eo - m[1].rm_so)};
        if (!is_swept(a, name))
            fail_msg("%s: %.*s is not swept", path, STR_ARG(name));
        n++;
    }
    regfree(&declaration);
    return n;
}

static void
test_that_is_every_operation(void **state)
{
    static const char *const folders[] = {"src/base", "src/http"};
    struct arena a;
    int n = 0;
    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < N_ELEMENTS(folders); i++) {
        DIR *dir = opendir(folders[i]);
        const struct dirent *e;
        assert_non_null(dir);
        while ((e = readdir(dir)) != NULL)
            if (str_ends(str_of(e->d_name), STR(".h")))
                n += check_header(&a, str_fmt(&a, "%s/%s", folders[i], e->d_name).p);
        closedir(dir);
    }
    assert_in_range(n, 30, 200);
    arena_done(&a);
}

/* ---- the heap itself ---- */

static bool
resizes(char *p, size_t size)
{
    if (setjmp(out_of_memory) != 0)
        return false;
    mem_fail_at(1);
    mem_free(mem_resize(p, size));
    return true;
}

static void
test_what_cannot_grow_stays(void **state)
{
    (void)state;
    long blocks = mem_blocks();
    char *p = mem_alloc(4);
    memcpy(p, "abc", 4);
    assert_false(resizes(p, 1 << 20));
    assert_string_equal(p, "abc");
    assert_int_equal(mem_blocks(), blocks + 1);
    mem_free(p);
    assert_false(resizes(NULL, 10));
    assert_int_equal(mem_blocks(), blocks);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_operation),
        cmocka_unit_test(test_that_is_every_operation),
        cmocka_unit_test(test_what_cannot_grow_stays),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
