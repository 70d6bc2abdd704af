/* tests/fuzz/fuzz_multipart.c - any bytes as the body of a form with files.
 *
 * The first line is the Content-Type; the body behind it comes in pieces whose length the
 * byte in its middle says. What is accepted must be what the header promises, and the
 * same in one piece. */
#include <assert.h>
#include <stdlib.h>

#include "http/multipart.h"
#include "http/percent.h"

#include "base/buf.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

struct pipe {
    struct str left;
    size_t piece;
};

static long
read_pipe(void *ctx, char *p, size_t n)
{
    struct pipe *pipe = ctx;
    size_t got = pipe->piece < n ? pipe->piece : n;
    got = got < pipe->left.n ? got : pipe->left.n;
    memcpy(p, pipe->left.p, got);
    pipe->left = str_from(pipe->left, got);
    return (long)got;
}

/* All files, one after the other, with marks between. */
struct record {
    struct buf bytes;
    bool is_open;
};

static enum rc
begin(void *ctx, const struct http_file *file, struct err *err)
{
    struct record *r = ctx;
    (void)err;
    assert(!r->is_open && str_eq_z(file->field, "f"));
    assert(file->name.n <= HTTP_FILE_NAME_MAX && utf8_check(file->name) == file->name.n);
    assert(str_find(file->name, '/') == file->name.n);
    r->is_open = true;
    buf_fmt(&r->bytes, "<%.*s>", STR_ARG(file->name));
    return RC_OK;
}

static enum rc
add(void *ctx, struct str piece, struct err *err)
{
    struct record *r = ctx;
    (void)err;
    assert(r->is_open && piece.n > 0);
    buf_add(&r->bytes, piece);
    return RC_OK;
}

static enum rc
end(void *ctx, struct err *err)
{
    struct record *r = ctx;
    (void)err;
    assert(r->is_open);
    r->is_open = false;
    return RC_OK;
}

static enum rc
read_in(struct str body, size_t piece, struct str boundary, struct arena *a,
        struct http_form *form, struct record *record)
{
    struct pipe pipe = {body, piece};
    struct http_env env = {.body_ctx = &pipe, .read = read_pipe};
    struct http_file_sink sink = {record, begin, add, end};
    struct err err = {0};
    *record = (struct record){.is_open = false};
    buf_init(&record->bytes, a, 1024 * 1024);
    enum rc rc =
        http_multipart_read(&env, (int64_t)body.n, boundary, "f", a, form, &sink, &err);
    assert(pipe.left.n == 0);
    assert(rc == RC_OK || ((rc == RC_INVALID || rc == RC_LIMIT) && err.text[0] != '\0'));
    return rc;
}

static void
check(const struct http_form *form)
{
    assert(form->n >= 0 && form->n <= HTTP_PARTS_MAX);
    for (int i = 0; i < form->n; i++) {
        const struct http_param *field = &form->fields[i];
        assert(http_is_plain_text(field->name));
        assert(utf8_check(field->value) == field->value.n);
        assert(utf8_find_control(field->value) == field->value.n);
    }
}

static void
try_body(struct str body, struct str boundary, size_t piece, struct arena *a)
{
    static struct http_form form;
    struct record record, again;
    enum rc rc = read_in(body, piece, boundary, a, &form, &record);
    if (rc == RC_OK)
        check(&form);
    assert(rc == read_in(body, body.n + 1, boundary, a, &form, &again));
    assert(rc != RC_OK || str_eq(buf_str(&record.bytes), buf_str(&again.bytes)));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a;
    char *copy = malloc(n > 0 ? n : 1);
    if (copy == NULL)
        return 0;
    if (n > 0)
        memcpy(copy, data, n);
    struct str body = {copy, n}, boundary;
    struct str type = str_cut(&body, '\n');
    arena_init(&a);
    if (http_multipart_boundary(type, &boundary)) {
        assert(boundary.n >= 1 && boundary.n <= 70);
        try_body(body, boundary, body.n > 0 ? (uint8_t)body.p[body.n / 2] % 64 + 1 : 1,
                 &a);
    }
    arena_done(&a);
    free(copy);
    return 0;
}
