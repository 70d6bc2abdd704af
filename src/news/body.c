/* news/body.c - body text to HTML through cmark. */
#include "news/body.h"

#include <cmark.h>
#include <stdio.h>
#include <strings.h>

#include "model/refusal.h"
#include "news/body_defs.h"

#include "base/buf.h"
#include "base/utf8.h"

enum {
    HTML_MAX = 2 << 20,
    HTML_FACTOR = 20,
    HTML_LEAST = 4096,
    HEADING_TOP = 2,
    HEADING_LOWEST = 6
};

#define MARK '\x01'

static void
add_escaped(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        switch (s.p[i]) {
        case '&':
            buf_add(b, STR("&amp;"));
            break;
        case '<':
            buf_add(b, STR("&lt;"));
            break;
        case '>':
            buf_add(b, STR("&gt;"));
            break;
        case '"':
            buf_add(b, STR("&quot;"));
            break;
        default:
            buf_add_c(b, s.p[i]);
        }
}

/* The next line, without its end; *rest moves behind it. */
static struct str
next_line(struct str *rest)
{
    struct str line = str_cut(rest, '\n');
    if (line.n > 0 && line.p[line.n - 1] == '\r')
        line.n--;
    return line;
}

static void
render_text(struct str body, struct buf *out)
{
    bool is_open = false;
    while (body.p != NULL && body.n > 0) {
        struct str line = next_line(&body);
        bool is_blank = str_trim(line).n == 0;
        if (is_blank && is_open)
            buf_add(out, STR("</p>\n"));
        else if (!is_blank)
            buf_add(out, is_open ? STR("\n") : STR("<p>"));
        if (!is_blank)
            add_escaped(out, line);
        is_open = !is_blank;
    }
    if (is_open)
        buf_add(out, STR("</p>\n"));
}

/* Address schemes a link may have; "/" and "#" stay on the site. */
static const char *const link_starts[] = {"http://", "https://", "mailto:", "tel:"};

/* Browsers drop line ends and tabs from addresses and read "\" as "/": what begins with
 * one slash must not become an address elsewhere. */
static bool
link_is_allowed(struct str url)
{
    for (size_t i = 0; i < url.n; i++)
        if ((unsigned char)url.p[i] < 0x20 || url.p[i] == 0x7f)
            return false;
    if (str_starts(url, STR("/")))
        return !str_starts(url, STR("//")) && !str_starts(url, STR("/\\"));
    if (str_starts(url, STR("#")))
        return true;
    for (size_t i = 0; i < N_ELEMENTS(link_starts); i++) {
        struct str start = str_of(link_starts[i]);
        if (url.n > start.n && strncasecmp(url.p, start.p, start.n) == 0)
            return true;
    }
    return false;
}

static cmark_node *
text_node(const char *literal)
{
    cmark_node *text = cmark_node_new(CMARK_NODE_TEXT);
    cmark_node_set_literal(text, literal);
    return text;
}

/* Raw HTML is what the author typed: shown, never interpreted, never dropped. */
static void
html_to_text(cmark_node *node)
{
    cmark_node *text = text_node(cmark_node_get_literal(node));
    cmark_node *with = text;
    if (cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK) {
        with = cmark_node_new(CMARK_NODE_PARAGRAPH);
        cmark_node_append_child(with, text);
    }
    cmark_node_replace(node, with);
    cmark_node_free(node);
}

/* What is written behind the opening fence becomes the first line of the code. */
static void
show_fence_info(cmark_node *code, struct arena *a)
{
    struct str info = str_of(cmark_node_get_fence_info(code));
    struct str text = str_of(cmark_node_get_literal(code));
    if (info.n == 0)
        return;
    cmark_node_set_literal(code,
                           str_fmt(a, "%.*s\n%.*s", STR_ARG(info), STR_ARG(text)).p);
    cmark_node_set_fence_info(code, "");
}

static void
unwrap(cmark_node *node)
{
    cmark_node *child;
    while ((child = cmark_node_first_child(node)) != NULL)
        cmark_node_insert_before(node, child);
    cmark_node_unlink(node);
    cmark_node_free(node);
}

static bool
is_only_text(cmark_node *node, struct str text)
{
    cmark_node *child = cmark_node_first_child(node);
    return child != NULL && cmark_node_next(child) == NULL &&
           cmark_node_get_type(child) == CMARK_NODE_TEXT &&
           str_eq(str_of(cmark_node_get_literal(child)), text);
}

/* A link that leads nowhere we allow is no link, but its address is shown: <x:y> as it
 * stands, [a](b "c") as: a (b "c"). */
static void
link_to_text(cmark_node *link, struct arena *a)
{
    struct str url = str_of(cmark_node_get_url(link));
    struct str title = str_of(cmark_node_get_title(link));
    if (is_only_text(link, url)) {
        cmark_node_set_literal(cmark_node_first_child(link),
                               str_fmt(a, "<%.*s>", STR_ARG(url)).p);
    } else if (url.n > 0 || title.n > 0) {
        const char *quote = title.n > 0 ? "\"" : "";
        const char *gap = url.n > 0 && title.n > 0 ? " " : "";
        struct str shown = str_fmt(a, " (%.*s%s%s%.*s%s)", STR_ARG(url), gap, quote,
                                   STR_ARG(title), quote);
        cmark_node_append_child(link, text_node(shown.p));
    }
    unwrap(link);
}

/* A line end, or the blanks before one. */
static bool
is_gap(cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    return type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK ||
           (type == CMARK_NODE_TEXT &&
            str_trim(str_of(cmark_node_get_literal(node))).n == 0);
}

/* Is there nothing but images and line ends in the paragraph? */
static bool
holds_only_images(cmark_node *paragraph)
{
    for (cmark_node *c = cmark_node_first_child(paragraph); c != NULL;
         c = cmark_node_next(c))
        if (cmark_node_get_type(c) != CMARK_NODE_IMAGE && !is_gap(c))
            return false;
    return true;
}

/* Inline nodes have no line of their own in cmark: the block around them has. */
static int
line_of(cmark_node *node)
{
    while (node != NULL && cmark_node_get_start_line(node) == 0)
        node = cmark_node_parent(node);
    return node != NULL ? cmark_node_get_start_line(node) : 1;
}

/* Which photo an image names; 0: none. */
static int
photo_of(cmark_node *image)
{
    int64_t number = 0;
    struct str url = str_of(cmark_node_get_url(image));
    if (!str_starts(url, STR("photo:")) || str_find(url, '-') < url.n)
        return 0;
    return str_to_int(str_from(url, 6), 1, ITEM_PHOTOS_MAX, &number) ? (int)number : 0;
}

/* What an image must not be; the first that applies is the answer. shown[n]: photo n has
 * been placed before. */
static enum rc
check_image(cmark_node *image, int n_photos, bool *shown, struct err *err)
{
    int line = line_of(image), photo = photo_of(image);
    struct str url = str_of(cmark_node_get_url(image));
    cmark_node *around = cmark_node_parent(image);
    if (photo == 0)
        return err_because(
            err,
            err_field(err, "body",
                      "body line %d: image \"%.*s\": only the item's own photos may be "
                      "shown, as ![](photo:1)",
                      line, (int)(url.n < 100 ? url.n : 100), url.p),
            REFUSED_IMAGE, line, 0);
    if (photo > n_photos)
        return err_because(err,
                           err_field(err, "body",
                                     "body line %d: photo:%d: the item has %d photos",
                                     line, photo, n_photos),
                           REFUSED_PHOTO_NUMBER, line, n_photos);
    if (cmark_node_first_child(image) != NULL || cmark_node_get_title(image)[0] != '\0')
        return err_because(
            err,
            err_field(err, "body",
                      "body line %d: photo:%d: text for a photo belongs to the photo "
                      "(caption, alt); write ![](photo:%d)",
                      line, photo, photo),
            REFUSED_PHOTO_TEXT, line, photo);
    if (cmark_node_get_type(around) != CMARK_NODE_PARAGRAPH || !holds_only_images(around))
        return err_because(
            err,
            err_field(err, "body",
                      "body line %d: photo:%d must stand in a paragraph of its own", line,
                      photo),
            REFUSED_PHOTO_PLACE, line, photo);
    if (shown[photo])
        return err_because(err,
                           err_field(err, "body",
                                     "body line %d: photo:%d is there already", line,
                                     photo),
                           REFUSED_PHOTO_TWICE, line, photo);
    shown[photo] = true;
    return RC_OK;
}

static void
put_mark_before(cmark_node *paragraph, int photo)
{
    char mark[16];
    (void)snprintf(mark, sizeof mark, "%c%d%c", MARK, photo, MARK);
    cmark_node *block = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK);
    cmark_node_set_on_enter(block, mark);
    cmark_node_insert_before(paragraph, block);
}

static enum rc
check_images(cmark_node *root, int n_photos, struct err *err)
{
    cmark_iter *it = cmark_iter_new(root);
    enum rc rc = RC_OK;
    cmark_event_type event;
    bool shown[ITEM_PHOTOS_MAX + 1] = {false};
    while (rc == RC_OK && (event = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(it);
        if (event == CMARK_EVENT_ENTER && cmark_node_get_type(node) == CMARK_NODE_IMAGE)
            rc = check_image(node, n_photos, shown, err);
    }
    cmark_iter_free(it);
    return rc;
}

/* A paragraph of checked images becomes their marks. */
static void
marks_for_paragraph(cmark_node *paragraph)
{
    for (cmark_node *c = cmark_node_first_child(paragraph); c != NULL;
         c = cmark_node_next(c))
        if (!is_gap(c))
            put_mark_before(paragraph, photo_of(c));
    cmark_node_unlink(paragraph);
    cmark_node_free(paragraph);
}

/* above[0..*n) are the author's levels of the headings that this one stands under. */
static void
place_heading(cmark_node *heading, int *above, int *n)
{
    int level = cmark_node_get_heading_level(heading);
    while (*n > 0 && above[*n - 1] >= level)
        --*n;
    above[(*n)++] = level;
    level = HEADING_TOP + *n - 1;
    cmark_node_set_heading_level(heading,
                                 level < HEADING_LOWEST ? level : HEADING_LOWEST);
}

/* Headings stand below the page's title and no level is left out, whichever levels the
 * author chose and whatever they stand in: one that is lower than the heading before it
 * comes one level below that. */
static void
place_headings(cmark_node *root)
{
    cmark_iter *it = cmark_iter_new(root);
    cmark_event_type event;
    int above[HEADING_LOWEST], n = 0;
    while ((event = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(it);
        if (event == CMARK_EVENT_ENTER && cmark_node_get_heading_level(node) != 0)
            place_heading(node, above, &n);
    }
    cmark_iter_free(it);
}

/* The first byte that is no UTF-8 or begins a control character. */
static size_t
find_bad(struct str s)
{
    return utf8_find_control(str_sub(s, 0, utf8_check(s)));
}

/* Character references can name what no text of ours may hold (and cmark writes two of
 * them as bytes that are no UTF-8): those characters become U+FFFD, as the reference to
 * U+0000 does (CommonMark 0.30 section 2.5). NULL: there are none. */
static const char *
without_controls(const char *z, struct arena *a)
{
    struct str rest = str_of(z);
    struct buf b;
    size_t at = find_bad(rest);
    if (at == rest.n)
        return NULL;
    buf_init(&b, a, SIZE_MAX / 4);
    for (; at < rest.n; at = find_bad(rest)) {
        bool is_long = str_starts(str_from(rest, at), STR("\xef\xbf"));
        buf_add(&b, str_sub(rest, 0, at));
        buf_add(&b, STR("\xef\xbf\xbd"));
        rest = str_from(rest, at + (is_long ? 3 : 1));
    }
    buf_add(&b, rest);
    return b.p;
}

static void
drop_controls(cmark_node *node, struct arena *a)
{
    const char *text = without_controls(cmark_node_get_literal(node), a);
    const char *title = without_controls(cmark_node_get_title(node), a);
    if (text != NULL)
        cmark_node_set_literal(node, text);
    if (title != NULL)
        cmark_node_set_title(node, title);
}

/* What a node is turned into when the walk leaves it (all below it is done then). */
static void
rewrite(cmark_node *node, struct arena *a)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HTML_BLOCK:
    case CMARK_NODE_HTML_INLINE:
        html_to_text(node);
        break;
    case CMARK_NODE_CODE_BLOCK:
        show_fence_info(node, a);
        break;
    case CMARK_NODE_LINK:
        if (!link_is_allowed(str_of(cmark_node_get_url(node))))
            link_to_text(node, a);
        break;
    case CMARK_NODE_PARAGRAPH:
        if (cmark_node_first_child(node) != NULL && holds_only_images(node))
            marks_for_paragraph(node);
        break;
    default:
        break;
    }
}

/* cmark's walk enters these and never leaves them. */
static bool
is_leaf(cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HTML_BLOCK:
    case CMARK_NODE_THEMATIC_BREAK:
    case CMARK_NODE_CODE_BLOCK:
    case CMARK_NODE_TEXT:
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
    case CMARK_NODE_CODE:
    case CMARK_NODE_HTML_INLINE:
        return true;
    default:
        return false;
    }
}

static void
for_each(cmark_node *root, void (*fn)(cmark_node *node, struct arena *a), struct arena *a)
{
    cmark_iter *it = cmark_iter_new(root);
    cmark_event_type event;
    while ((event = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(it);
        if (event == CMARK_EVENT_EXIT || is_leaf(node))
            fn(node, a);
    }
    cmark_iter_free(it);
}

static enum rc
parse(struct str text, int n_photos, cmark_node **root, struct err *err)
{
    *root = cmark_parse_document(text.p != NULL ? text.p : "", text.n, CMARK_OPT_DEFAULT);
    enum rc rc = check_images(*root, n_photos, err);
    if (rc != RC_OK)
        cmark_node_free(*root);
    return rc;
}

static enum rc
render_markdown(const struct item *it, struct arena *a, struct buf *out, struct err *err)
{
    cmark_node *root;
    struct str text;
    TRY(news_body_show_defs(it->body, a, &text, err));
    if (text.p != it->body.p) { /* errors name the author's lines */
        TRY(parse(it->body, it->n_photos, &root, err));
        cmark_node_free(root);
    }
    TRY(parse(text, it->n_photos, &root, err));
    for_each(root, rewrite, a);
    for_each(root, drop_controls, a);
    place_headings(root);
    char *html = cmark_render_html(root, CMARK_OPT_DEFAULT);
    buf_add_z(out, html);
    cmark_get_default_mem_allocator()->free(html);
    cmark_node_free(root);
    return RC_OK;
}

/* The marks of photos, and those of news/body_defs.c, stand for nothing else only in a
 * text without control characters. */
static enum rc
check_text(struct str body, struct err *err)
{
    size_t bad = find_bad(body);
    int line = 1;
    if (bad == body.n)
        return RC_OK;
    for (size_t i = 0; i < bad; i++)
        line += body.p[i] == '\n';
    return err_because(
        err,
        err_field(err, "body",
                  "body line %d: byte 0x%02x is no UTF-8 or a control character", line,
                  (unsigned char)body.p[bad]),
        REFUSED_CHARACTER, line, 0);
}

enum rc
news_body_render(const struct item *it, struct arena *a, struct str *html,
                 struct err *err)
{
    struct buf out;
    size_t limit = it->body.n * HTML_FACTOR + HTML_LEAST;
    TRY(check_text(it->body, err));
    buf_init(&out, a, limit < HTML_MAX ? limit : HTML_MAX);
    if (it->body_format == BODY_TEXT)
        render_text(it->body, &out);
    else
        TRY(render_markdown(it, a, &out, err));
    if (!buf_ok(&out))
        return err_set(err, RC_LIMIT, "the body's HTML would be over %zu bytes",
                       out.limit);
    *html = buf_str(&out);
    return RC_OK;
}

struct body_part *
news_body_parts(struct str html, struct arena *a, int *n)
{
    int marks = 0;
    for (size_t i = 0; i < html.n; i++)
        marks += html.p[i] == MARK;
    struct body_part *parts = arena_array(a, struct body_part, marks + 1);
    *n = 0;
    for (bool is_photo = false; html.p != NULL; is_photo = !is_photo) {
        struct str piece = str_cut(&html, MARK);
        int64_t number;
        if (is_photo && str_to_int(piece, 1, ITEM_PHOTOS_MAX, &number))
            parts[(*n)++].photo = (int)number;
        else if (!is_photo && str_trim(piece).n > 0)
            parts[(*n)++].html = piece;
    }
    return parts;
}

struct str
news_body_take_credit(struct str *body)
{
    static const char *const starts[] = {"Photo:", "Фото:", "Photo credit:"};
    struct str text = str_trim(*body);
    size_t at = text.n;
    while (at > 0 && text.p[at - 1] != '\n')
        at--;
    struct str line = str_from(text, at);
    for (size_t i = 0; i < N_ELEMENTS(starts); i++) {
        struct str credit = str_trim(str_from(line, strlen(starts[i])));
        if (!str_starts(line, str_of(starts[i])) || credit.n == 0)
            continue;
        size_t left = (size_t)(line.p - body->p);
        body->n = left;
        while (body->n > 0 && strchr(" \t\r\n", body->p[body->n - 1]) != NULL)
            body->n--;
        return credit;
    }
    return (struct str){NULL, 0};
}
