/* news/diff.c - comparing by word and joining by line, with libgit2. */
#include "news/diff.h"

#include <git2.h>

#include "base/buf.h"

static enum rc
failed(const char *what, struct err *err)
{
    const git_error *e = git_error_last();
    return err_set(err, RC_FAILED, "%s: %s", what, e != NULL ? e->message : "libgit2");
}

/* Once, and until the process ends: libgit2 reads all certificates of the system each
 * time that it starts, though nothing here asks for a network. */
static enum rc
start(struct err *err)
{
    static bool is_started;
    if (!is_started && git_libgit2_init() < 0)
        return failed("starting libgit2", err);
    is_started = true;
    return RC_OK;
}

/* ---- by word ---- */

/* A line end inside a token, where every line is one token. No text of ours holds it. */
enum { LINE_END = '\x01' };

static bool
is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* One token a line: a word with the white space behind it. */
static struct str
tokens(struct str s, struct arena *a)
{
    struct buf b;
    buf_init(&b, a, 2 * s.n + 2);
    for (size_t i = 0; i < s.n; i++) {
        buf_add_c(&b, s.p[i] == '\n' ? LINE_END : s.p[i]);
        if (i + 1 == s.n || (is_space(s.p[i]) && !is_space(s.p[i + 1])))
            buf_add_c(&b, '\n');
    }
    return b.n > 0 ? buf_str(&b) : STR("");
}

struct comparing {
    struct arena *a;
    struct diff *out;
    int size;
    struct buf run;
    enum diff_kind kind;
};

/* The run so far becomes a part. */
static void
end_run(struct comparing *c)
{
    if (c->run.n == 0)
        return;
    if (c->out->n == c->size) {
        struct diff_part *more = arena_array(c->a, struct diff_part, 2 * c->size);
        memcpy(more, c->out->all, (size_t)c->size * sizeof *more);
        c->out->all = more;
        c->size *= 2;
    }
    c->out->all[c->out->n++] =
        (struct diff_part){c->kind, str_copy(c->a, buf_str(&c->run))};
    buf_clear(&c->run);
}

static void
add_token(struct comparing *c, enum diff_kind kind, struct str line)
{
    if (kind != c->kind)
        end_run(c);
    c->kind = kind;
    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] != '\n')
            buf_add_c(&c->run, line.p[i] == LINE_END ? '\n' : line.p[i]);
}

static int
take_line(const git_diff_delta *delta, const git_diff_hunk *hunk,
          const git_diff_line *line, void *ctx)
{
    struct str text = {line->content, line->content_len};
    (void)delta;
    (void)hunk;
    if (line->origin == GIT_DIFF_LINE_CONTEXT)
        add_token(ctx, DIFF_SAME, text);
    if (line->origin == GIT_DIFF_LINE_DELETION)
        add_token(ctx, DIFF_REMOVED, text);
    if (line->origin == GIT_DIFF_LINE_ADDITION)
        add_token(ctx, DIFF_ADDED, text);
    return 0;
}

static enum rc
compare(struct comparing *c, struct str old, struct str new, struct err *err)
{
    git_diff_options o;
    struct str x = tokens(old, c->a), y = tokens(new, c->a);
    if (git_diff_options_init(&o, GIT_DIFF_OPTIONS_VERSION) != 0)
        return failed("comparing two texts", err);
    o.flags |= GIT_DIFF_FORCE_TEXT | GIT_DIFF_PATIENCE;
    o.context_lines = (uint32_t)(x.n + y.n);
    if (git_diff_buffers(x.p, x.n, "a", y.p, y.n, "a", &o, NULL, NULL, NULL, take_line,
                         c) != 0)
        return failed("comparing two texts", err);
    return RC_OK;
}

enum rc
news_diff(struct str old, struct str new, struct arena *a, struct diff *out,
          struct err *err)
{
    struct comparing c = {.a = a, .out = out, .size = 16};
    *out = (struct diff){.all = arena_array(a, struct diff_part, c.size)};
    buf_init(&c.run, a, old.n + new.n + 1);
    if (str_eq(old, new)) { /* libgit2 shows nothing then */
        c.kind = DIFF_SAME;
        buf_add(&c.run, old);
    } else {
        TRY(start(err));
        TRY(compare(&c, old, new, err));
    }
    end_run(&c);
    return buf_ok(&c.run) ? RC_OK
                          : err_set(err, RC_FAILED, "a diff longer than its texts");
}

/* ---- by line ---- */

static git_merge_file_input
input_of(struct str s)
{
    git_merge_file_input in = {.version = GIT_MERGE_FILE_INPUT_VERSION};
    in.ptr = s.n > 0 ? s.p : "";
    in.size = s.n;
    in.path = "text";
    in.mode = 0100644;
    return in;
}

enum rc
news_merge_text(const struct merge_texts *t, struct arena *a, struct str *out,
                bool *is_clean, struct err *err)
{
    git_merge_file_options o = {.version = GIT_MERGE_FILE_OPTIONS_VERSION};
    git_merge_file_result joined = {0};
    git_merge_file_input base = input_of(t->base), mine = input_of(t->mine),
                         theirs = input_of(t->theirs);
    TRY(start(err));
    o.ancestor_label = "base";
    o.our_label = t->my_name;
    o.their_label = t->their_name;
    if (git_merge_file(&joined, &base, &mine, &theirs, &o) != 0)
        return failed("joining two texts", err);
    *is_clean = joined.automergeable != 0;
    *out = str_copy(a, (struct str){joined.ptr, joined.len});
    git_merge_file_result_free(&joined);
    return RC_OK;
}
