/* news/body_defs.c - finding unused definitions by asking cmark.
 *
 * Whether "]:" ends the name of a definition depends on nearly all of CommonMark, so
 * nothing is guessed here: numbered marks are put into a copy of the text, and it counts
 * where they come out on the page. A mark in the name of a definition does not. A mark in
 * the address of a definition does in a link when one uses it; and as text it shows that
 * there was no definition, only one around it. */
#include "news/body_defs.h"

#include <cmark.h>

#include "model/refusal.h"

#include "base/buf.h"

/* What has become text can make a definition of what followed it: a line of "=" below a
 * definition underlines nothing, below text it does. So it is asked again. */
enum { NAME_MAX_BYTES = 1000, ROUNDS_MAX = 10 };

/* What no text of ours holds; news/body.h has 01. */
#define MARK '\x02'

enum { IN_TEXT = 1, IN_LINK = 2 };

struct def {
    size_t open, close; /* of its name: where [ and ] stand */
    bool is_one;        /* not just "]:" in other text */
    bool is_used;
};

struct defs {
    struct def *all;
    int n;
};

static bool
is_escaped(struct str s, size_t at)
{
    size_t n = 0;
    while (n < at && s.p[at - 1 - n] == '\\')
        n++;
    return n % 2 == 1;
}

/* Where the name that ends at `close` begins; false when none can. */
static bool
find_open(struct str s, size_t close, size_t *open)
{
    bool is_blank = true;
    for (size_t i = close; i > 0 && close - i <= NAME_MAX_BYTES; i--) {
        char c = s.p[i - 1];
        if ((c == '[' || c == ']') && !is_escaped(s, i - 1)) {
            *open = i - 1;
            return c == '[' && !is_blank;
        }
        is_blank = is_blank && strchr(" \t\r\n", c) != NULL;
    }
    return false;
}

/* Does the line begin there, but for the marks of quotes and lists around? */
static bool
is_line_head(struct str s, size_t at)
{
    while (at > 0 && s.p[at - 1] != '\n' && s.p[at - 1] != '\r')
        if (strchr(" \t>-+*.)0123456789", s.p[--at]) == NULL)
            return false;
    return true;
}

/* Where the address of a definition can take a mark: after the colon, at most one line
 * end with what its containers put before the line, and "<". */
static size_t
address_at(struct str s, size_t close)
{
    size_t i = close + 2;
    while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\t'))
        i++;
    bool is_next_line = i < s.n && (s.p[i] == '\r' || s.p[i] == '\n');
    i += is_next_line && s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n';
    i += is_next_line;
    while (is_next_line && i < s.n && strchr(" \t>", s.p[i]) != NULL)
        i++;
    return i + (i < s.n && s.p[i] == '<');
}

static bool
is_candidate(struct str s, size_t close, size_t *open)
{
    if (is_escaped(s, close) || !find_open(s, close, open) || !is_line_head(s, *open))
        return false;
    size_t address = address_at(s, close);
    return address < s.n && strchr(" \t\r\n", s.p[address]) == NULL;
}

/* The next "]:" at or after a place; s.n when there is none. */
static size_t
next_close(struct str s, size_t from)
{
    return from + str_find_str(str_from(s, from), STR("]:"));
}

static struct defs
find_candidates(struct str s, struct arena *a)
{
    struct defs ds = {NULL, 0};
    size_t open;
    for (size_t i = next_close(s, 0); i < s.n; i = next_close(s, i + 1))
        ds.n += is_candidate(s, i, &open);
    ds.all = arena_array(a, struct def, ds.n);
    ds.n = 0;
    for (size_t i = next_close(s, 0); i < s.n; i = next_close(s, i + 1))
        if (is_candidate(s, i, &open))
            ds.all[ds.n++] = (struct def){.open = open, .close = i};
    return ds;
}

/* ---- marks ---- */

/* A name may not grow longer than names may be: the last bytes of a long one make room.
 */
static struct str
with_marked_names(struct str s, const struct defs *ds, struct arena *a)
{
    struct buf b;
    size_t from = 0;
    buf_init(&b, a, SIZE_MAX / 4);
    for (int i = 0; i < ds->n; i++) {
        const struct def *d = &ds->all[i];
        struct str mark = str_fmt(a, "%c%d%c", MARK, i, MARK);
        bool is_long = d->close - d->open + mark.n > NAME_MAX_BYTES;
        size_t to = d->close - (is_long ? mark.n : 0);
        buf_add(&b, str_sub(s, from, to - from));
        buf_add(&b, mark);
        from = d->close;
    }
    buf_add(&b, str_from(s, from));
    return buf_str(&b);
}

static struct str
with_marked_addresses(struct str s, const struct defs *ds, struct arena *a)
{
    struct buf b;
    size_t from = 0;
    buf_init(&b, a, SIZE_MAX / 4);
    for (int i = 0; i < ds->n; i++) {
        if (!ds->all[i].is_one)
            continue;
        size_t to = address_at(s, ds->all[i].close);
        buf_add(&b, str_sub(s, from, to - from));
        buf_fmt(&b, "%c%d%c", MARK, i, MARK);
        from = to;
    }
    buf_add(&b, str_from(s, from));
    return buf_str(&b);
}

static void
note_marks(const char *z, int where, const struct defs *ds, int *came_out)
{
    struct str rest = str_of(z);
    (void)str_cut(&rest, MARK);
    while (rest.p != NULL) {
        int64_t i;
        if (str_to_int(str_cut(&rest, MARK), 0, ds->n - 1, &i))
            came_out[i] |= where;
    }
}

/* Where each mark is on the page that cmark would make of s; 0: nowhere. */
static int *
find_marks(struct str s, const struct defs *ds, struct arena *a)
{
    int *came_out = arena_array(a, int, ds->n);
    cmark_node *root = cmark_parse_document(s.p, s.n, CMARK_OPT_DEFAULT);
    cmark_iter *it = cmark_iter_new(root);
    cmark_event_type event;
    while ((event = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(it);
        if (event != CMARK_EVENT_ENTER)
            continue;
        note_marks(cmark_node_get_literal(node), IN_TEXT, ds, came_out);
        note_marks(cmark_node_get_fence_info(node), IN_TEXT, ds, came_out);
        note_marks(cmark_node_get_url(node), IN_LINK, ds, came_out);
        note_marks(cmark_node_get_title(node), IN_LINK, ds, came_out);
    }
    cmark_iter_free(it);
    cmark_node_free(root);
    return came_out;
}

/* ---- the text in which they are shown ---- */

/* A definition cannot follow other text: where one comes after a line that has just been
 * made text, an empty line of the same quotes and lists keeps it one. */
static void
add_separator(struct buf *b, struct str line_head)
{
    for (size_t i = 0; i < line_head.n; i++)
        if (strchr(" \t>", line_head.p[i]) == NULL)
            return;
    buf_add(b, line_head);
    buf_add_c(b, '\n');
}

static struct str
with_unused_as_text(struct str s, const struct defs *ds, struct arena *a)
{
    struct buf b;
    size_t from = 0;
    bool is_after_text = false;
    buf_init(&b, a, SIZE_MAX / 4);
    for (int i = 0; i < ds->n; i++) {
        const struct def *d = &ds->all[i];
        size_t line = d->open;
        if (!d->is_one)
            continue;
        while (line > from && s.p[line - 1] != '\n' && s.p[line - 1] != '\r')
            line--;
        buf_add(&b, str_sub(s, from, line - from));
        if (is_after_text && d->is_used)
            add_separator(&b, str_sub(s, line, d->open - line));
        buf_add(&b, str_sub(s, line, d->close + 1 - line));
        if (!d->is_used)
            buf_add_c(&b, '\\'); /* "]\:" is "]:" in any text and ends no name */
        from = d->close + 1;
        is_after_text = !d->is_used;
    }
    buf_add(&b, str_from(s, from));
    return buf_str(&b);
}

/* One round; the same view when nothing is unused. */
static struct str
show_unused(struct str markdown, struct arena *a)
{
    struct defs ds = find_candidates(markdown, a);
    int n_unused = 0;
    if (ds.n == 0)
        return markdown;
    int *names = find_marks(with_marked_names(markdown, &ds, a), &ds, a);
    for (int i = 0; i < ds.n; i++)
        ds.all[i].is_one = names[i] == 0;
    int *addresses = find_marks(with_marked_addresses(markdown, &ds, a), &ds, a);
    for (int i = 0; i < ds.n; i++) {
        struct def *d = &ds.all[i];
        d->is_one = d->is_one && (addresses[i] & IN_TEXT) == 0;
        d->is_used = addresses[i] == IN_LINK;
        n_unused += d->is_one && !d->is_used;
    }
    return n_unused > 0 ? with_unused_as_text(markdown, &ds, a) : markdown;
}

enum rc
news_body_show_defs(struct str markdown, struct arena *a, struct str *out,
                    struct err *err)
{
    for (int i = 0; i < ROUNDS_MAX; i++) {
        *out = show_unused(markdown, a);
        if (out->p == markdown.p)
            return RC_OK;
        markdown = *out;
    }
    return err_because(
        err,
        err_field(err, "body",
                  "body: link definitions that no link uses follow one another too "
                  "closely; put empty lines between them"),
        REFUSED_DEFINITIONS, 0, 0);
}
