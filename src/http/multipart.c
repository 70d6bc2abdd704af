/* http/multipart.c - the parts of a form with files, out of a window over its bytes. */
#include "http/multipart.h"

#include <strings.h>

#include "http/percent.h"

#include "base/buf.h"
#include "base/utf8.h"

enum { BOUNDARY_MAX = 70, WINDOW_SIZE = 64 * 1024, DELIMITER_MAX = BOUNDARY_MAX + 4 };

/* ---- header fields ---- */

static bool
is_same_word(struct str a, const char *b)
{
    return a.n == strlen(b) && strncasecmp(a.p, b, a.n) == 0;
}

static bool
is_alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

/* tchar of RFC 9110 section 5.6.2. */
static bool
is_token_char(char c)
{
    return is_alnum(c) || is_one_of(c, "!#$%&'*+-.^_`|~");
}

static struct str
take_token(struct str *rest)
{
    size_t n = 0;
    while (n < rest->n && is_token_char(rest->p[n]))
        n++;
    struct str token = str_sub(*rest, 0, n);
    *rest = str_from(*rest, n);
    return token;
}

/* What stands between two quotes, with its escapes; false when there is no second one. A
 * backslash escapes a quote and itself (RFC 9110 section 5.6.4) and is else a character,
 * since browsers escape nothing. */
static bool
take_quoted(struct str *rest, struct str *out)
{
    for (size_t i = 1; i < rest->n; i++) {
        bool escapes =
            rest->p[i] == '\\' && i + 1 < rest->n && is_one_of(rest->p[i + 1], "\"\\");
        if (rest->p[i] == '"') {
            *out = str_sub(*rest, 1, i - 1);
            *rest = str_from(*rest, i + 1);
            return true;
        }
        i += escapes ? 1 : 0;
    }
    return false;
}

static void
skip_blanks(struct str *rest)
{
    while (rest->n > 0 && rest->p[0] == ' ')
        *rest = str_from(*rest, 1);
}

struct parameter {
    struct str name, value;
    bool is_quoted;
};

/* The next "; name=value". False at the end of the value and where it is not right; then
 * something is left in *rest. */
static bool
take_parameter(struct str *rest, struct parameter *out)
{
    struct str s = *rest;
    skip_blanks(&s);
    if (s.n == 0 || s.p[0] != ';')
        return false;
    s = str_from(s, 1);
    skip_blanks(&s);
    out->name = take_token(&s);
    if (out->name.n == 0 || s.n < 2 || s.p[0] != '=')
        return false;
    s = str_from(s, 1);
    out->is_quoted = s.p[0] == '"';
    if (out->is_quoted ? !take_quoted(&s, &out->value)
                       : (out->value = take_token(&s)).n == 0)
        return false;
    *rest = s;
    return true;
}

/* bchars of RFC 2046 section 5.1.1; a blank may not be the last. */
static bool
is_boundary(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_alnum(s.p[i]) && !is_one_of(s.p[i], "'()+_,-./:=? "))
            return false;
    return s.n > 0 && s.n <= BOUNDARY_MAX && s.p[s.n - 1] != ' ';
}

bool
http_multipart_boundary(struct str content_type, struct str *out)
{
    struct str rest = content_type;
    struct parameter p;
    struct str type = take_token(&rest);
    if (!is_same_word(type, "multipart") || rest.n == 0 || rest.p[0] != '/')
        return false;
    rest = str_from(rest, 1);
    if (!is_same_word(take_token(&rest), "form-data") || !take_parameter(&rest, &p) ||
        !is_same_word(p.name, "boundary") || rest.n > 0 || !is_boundary(p.value))
        return false;
    *out = p.value;
    return true;
}

/* ---- the window ---- */

struct reader {
    const struct http_env *env;
    int64_t left; /* announced bytes that are not in the window yet */
    struct arena *a;
    struct http_form *form;
    const struct http_file_sink *sink;
    const char *files;
    char delimiter[DELIMITER_MAX]; /* CR LF "--" boundary */
    size_t delimiter_n;
    char *p; /* WINDOW_SIZE bytes, of which from..to are there */
    size_t from, to;
    int n_parts;
    bool is_broken; /* nothing more can be read */
};

static struct str
window(const struct reader *r)
{
    return (struct str){r->p + r->from, r->to - r->from};
}

static enum rc
wrong(struct err *err, const char *what)
{
    return err_field(err, "body", "%s", what);
}

/* At least n bytes in the window, or all that are left. n is at most WINDOW_SIZE. */
static enum rc
fill(struct reader *r, size_t n, struct err *err)
{
    if (r->to - r->from < n && r->from > 0) {
        memmove(r->p, r->p + r->from, r->to - r->from);
        r->to -= r->from;
        r->from = 0;
    }
    while (r->to - r->from < n && r->left > 0) {
        size_t room = WINDOW_SIZE - r->to;
        size_t want = (uint64_t)r->left < room ? (size_t)r->left : room;
        long got = r->env->read(r->env->body_ctx, r->p + r->to, want);
        r->is_broken = got <= 0;
        if (r->is_broken)
            return err_field(err, "body", "%lld bytes of it did not come",
                             (long long)r->left);
        r->to += (size_t)got;
        r->left -= got;
    }
    return RC_OK;
}

/* Is this what comes next? Then it is passed. */
static bool
take(struct reader *r, struct str s)
{
    if (!str_starts(window(r), s))
        return false;
    r->from += s.n;
    return true;
}

/* ---- the headers of a part ---- */

struct part {
    struct str name, file_name; /* absent until told */
    bool is_file, has_disposition, has_type, has_encoding;
};

/* Browsers write a quote as %22 (WHATWG HTML, multipart/form-data encoding); others put a
 * backslash before it. */
static struct str
unescape(struct arena *a, struct str s)
{
    char *to = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool is_percent = str_starts(str_from(s, i), STR("%22"));
        if (s.p[i] == '\\' && i + 1 < s.n && is_one_of(s.p[i + 1], "\"\\"))
            i++;
        to[n++] = is_percent ? '"' : s.p[i];
        i += is_percent ? 2 : 0;
    }
    to[n] = '\0';
    return (struct str){to, n};
}

/* Some send a path; its last part is the name. */
static struct str
without_folders(struct str s)
{
    size_t from = s.n;
    while (from > 0 && s.p[from - 1] != '/' && s.p[from - 1] != '\\')
        from--;
    return utf8_cut(str_from(s, from), HTTP_FILE_NAME_MAX);
}

/* name and filename, each once at most; filename* is forbidden (RFC 7578 section 4.2). */
static bool
read_disposition(struct arena *a, struct str value, struct part *part)
{
    struct parameter p;
    if (part->has_disposition || !is_same_word(take_token(&value), "form-data"))
        return false;
    part->has_disposition = true;
    while (take_parameter(&value, &p)) {
        bool is_name = is_same_word(p.name, "name");
        struct str *to = is_name ? &part->name : &part->file_name;
        if ((!is_name && !is_same_word(p.name, "filename")) || to->p != NULL)
            return false;
        *to = p.is_quoted ? unescape(a, p.value) : str_copy(a, p.value);
    }
    part->is_file = part->file_name.p != NULL;
    return value.n == 0 && part->name.n > 0;
}

/* Another than these would change the bytes; it is deprecated (RFC 7578 section 4.7). */
static bool
is_plain_encoding(struct str value)
{
    return is_same_word(value, "binary") || is_same_word(value, "8bit") ||
           is_same_word(value, "7bit");
}

/* What else a part's headers hold means nothing (RFC 7578 section 4.8). */
static bool
read_header(struct arena *a, struct str line, struct part *part)
{
    struct str name = take_token(&line);
    if (name.n == 0 || line.n == 0 || line.p[0] != ':' || !http_is_plain_text(line))
        return false;
    struct str value = str_trim(str_from(line, 1));
    if (is_same_word(name, "Content-Disposition"))
        return read_disposition(a, value, part);
    bool is_type = is_same_word(name, "Content-Type");
    if (!is_type && !is_same_word(name, "Content-Transfer-Encoding"))
        return true;
    bool *has = is_type ? &part->has_type : &part->has_encoding;
    if (*has || (!is_type && !is_plain_encoding(value)))
        return false;
    *has = true;
    return true;
}

static enum rc
read_headers(struct reader *r, struct part *part, struct err *err)
{
    size_t left = HTTP_PART_HEADERS_MAX;
    for (;;) {
        TRY(fill(r, left, err));
        struct str head = str_sub(window(r), 0, left);
        size_t n = str_find_str(head, STR("\r\n"));
        if (n == head.n)
            return r->left == 0 && window(r).n == head.n
                       ? wrong(err, "it ends within the headers of a part")
                       : err_set(
                             err, RC_LIMIT,
                             "headers of a part of over %d bytes, or a line that does "
                             "not end in CR LF",
                             HTTP_PART_HEADERS_MAX);
        struct str line = str_sub(head, 0, n);
        left -= n + 2;
        r->from += n + 2;
        if (line.n == 0)
            break;
        if (!read_header(r->a, line, part))
            return wrong(err, "a header line of a part is not right");
    }
    return part->has_disposition ? RC_OK : wrong(err, "a part does not say which field");
}

/* ---- the contents of a part ---- */

typedef enum rc take_piece(void *ctx, struct str piece, struct err *err);

/* Hands on all bytes before the next delimiter and passes that. The last bytes of a
 * window may be the beginning of one, so they wait for the next. */
static enum rc
read_content(struct reader *r, take_piece *to, void *ctx, struct err *err)
{
    const struct str delimiter = {r->delimiter, r->delimiter_n};
    for (;;) {
        TRY(fill(r, WINDOW_SIZE, err));
        struct str there = window(r);
        const char *at = memmem(there.p, there.n, delimiter.p, delimiter.n);
        if (at == NULL && r->left == 0)
            return wrong(err, "it ends within a part");
        size_t n = at != NULL ? (size_t)(at - there.p) : there.n - delimiter.n + 1;
        if (n > 0)
            TRY(to(ctx, str_sub(there, 0, n), err));
        r->from += n + (at != NULL ? delimiter.n : 0);
        if (at != NULL)
            return RC_OK;
    }
}

static enum rc
add_text(void *ctx, struct str piece, struct err *err)
{
    struct buf *b = ctx;
    buf_add(b, piece);
    return buf_ok(b)
               ? RC_OK
               : err_set(err, RC_LIMIT, "a field of over %d bytes", HTTP_PART_TEXT_MAX);
}

static enum rc
read_text(struct reader *r, const struct part *part, struct err *err)
{
    struct buf b;
    buf_init(&b, r->a, HTTP_PART_TEXT_MAX);
    TRY(read_content(r, add_text, &b, err));
    struct str value = {arena_copy(r->a, b.p, b.n), b.n};
    if (str_eq_z(part->name, r->files))
        return err_field(err, r->files, "it is no file");
    return http_form_add(r->a, r->form, part->name, value, err);
}

/* A file that begins with its first byte. */
struct coming_file {
    const struct http_file_sink *sink;
    struct http_file file;
    bool has_begun;
};

static enum rc
begin_file(struct coming_file *f, struct err *err)
{
    if (f->has_begun)
        return RC_OK;
    f->has_begun = true;
    return f->sink->begin(f->sink->ctx, &f->file, err);
}

static enum rc
add_to_file(void *ctx, struct str piece, struct err *err)
{
    struct coming_file *f = ctx;
    TRY(begin_file(f, err));
    return f->sink->add(f->sink->ctx, piece, err);
}

static enum rc
read_file(struct reader *r, const struct part *part, struct err *err)
{
    struct coming_file f = {
        r->sink, {part->name, without_folders(part->file_name)}, false};
    if (!str_eq_z(part->name, r->files))
        return err_field(err, "body", "a file in a field that takes none");
    TRY(read_content(r, add_to_file, &f, err));
    if (!f.has_begun && f.file.name.n == 0)
        return RC_OK;
    TRY(begin_file(&f, err));
    return r->sink->end(r->sink->ctx, err);
}

/* ---- all of it ---- */

static enum rc
read_part(struct reader *r, struct err *err)
{
    struct part part = {.name = {NULL, 0}};
    if (r->n_parts++ == HTTP_PARTS_MAX)
        return err_set(err, RC_LIMIT, "more than %d parts", HTTP_PARTS_MAX);
    TRY(read_headers(r, &part, err));
    return part.is_file ? read_file(r, &part, err) : read_text(r, &part, err);
}

/* Behind the last delimiter a line end, as some send it, and then nothing. */
static enum rc
read_end(struct reader *r, struct err *err)
{
    char more;
    (void)take(r, STR("\r\n"));
    if (window(r).n > 0 || r->left > 0)
        return wrong(err, "there is something behind its end");
    if (r->env->read(r->env->body_ctx, &more, 1) != 0)
        return wrong(err, "it is longer than announced");
    return RC_OK;
}

/* The line end of the first delimiter, which the body does not have, is in the window
 * already. */
static enum rc
read_all(struct reader *r, struct err *err)
{
    TRY(fill(r, r->delimiter_n + 2, err));
    if (!take(r, (struct str){r->delimiter, r->delimiter_n}))
        return wrong(err, "it does not begin with its boundary");
    for (;;) {
        TRY(fill(r, 4, err));
        if (take(r, STR("--")))
            return read_end(r, err);
        if (!take(r, STR("\r\n")))
            return wrong(err, "a line that only begins with its boundary");
        TRY(read_part(r, err));
    }
}

static void
read_rest(struct reader *r)
{
    struct err ignored;
    while (r->left > 0 && !r->is_broken) {
        r->from = r->to = 0;
        (void)!fill(r, WINDOW_SIZE, &ignored);
    }
}

enum rc
http_multipart_read(const struct http_env *env, int64_t length, struct str boundary,
                    const char *files, struct arena *a, struct http_form *out,
                    const struct http_file_sink *sink, struct err *err)
{
    struct reader r = {.env = env,
                       .left = length,
                       .a = a,
                       .form = out,
                       .sink = sink,
                       .files = files,
                       .delimiter = "\r\n--",
                       .delimiter_n = 4 + boundary.n,
                       .p = arena_alloc(a, WINDOW_SIZE),
                       .to = 2};
    out->n = out->n_mended = 0;
    if (env->read == NULL)
        return wrong(err, "there is no way to read it");
    memcpy(r.delimiter + 4, boundary.p, boundary.n);
    memcpy(r.p, "\r\n", 2);
    enum rc rc = read_all(&r, err);
    if (rc != RC_OK)
        read_rest(&r);
    return rc;
}
