/* news/body.c - body text to HTML through cmark. */
#include "news/body.h"

#include <cmark.h>
#include <stdio.h>
#include <strings.h>

#include "base/buf.h"

enum {
    HTML_MAX = 4 << 20,
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

static bool
link_is_allowed(struct str url)
{
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

static void
unwrap(cmark_node *node)
{
    cmark_node *child;
    while ((child = cmark_node_first_child(node)) != NULL)
        cmark_node_insert_before(node, child);
    cmark_node_unlink(node);
    cmark_node_free(node);
}

/* Is there nothing but images and line ends in the paragraph? */
static bool
holds_only_images(cmark_node *paragraph)
{
    for (cmark_node *c = cmark_node_first_child(paragraph); c != NULL;
         c = cmark_node_next(c))
        if (cmark_node_get_type(c) != CMARK_NODE_IMAGE &&
            cmark_node_get_type(c) != CMARK_NODE_SOFTBREAK)
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

static enum rc
check_image(cmark_node *image, int n_photos, int *photo, struct err *err)
{
    int line = line_of(image);
    struct str url = str_of(cmark_node_get_url(image));
    cmark_node *paragraph = cmark_node_parent(image);
    int64_t number;
    if (!str_starts(url, STR("photo:")) ||
        !str_to_int(str_from(url, 6), 1, ITEM_PHOTOS_MAX, &number))
        return err_field(
            err, "body",
            "body line %d: image \"%.*s\": only the item's own photos may be "
            "shown, as ![](photo:1)",
            line, (int)(url.n < 100 ? url.n : 100), url.p);
    if (number > n_photos)
        return err_field(err, "body", "body line %d: photo:%d: the item has %d photos",
                         line, (int)number, n_photos);
    if (cmark_node_first_child(image) != NULL)
        return err_field(err, "body",
                         "body line %d: photo:%d: text for a photo belongs to the photo "
                         "(caption, alt); write ![](photo:%d)",
                         line, (int)number, (int)number);
    if (cmark_node_get_type(paragraph) != CMARK_NODE_PARAGRAPH ||
        !holds_only_images(paragraph))
        return err_field(err, "body",
                         "body line %d: photo:%d must stand in a paragraph of its own",
                         line, (int)number);
    *photo = (int)number;
    return RC_OK;
}

static void
put_mark_before(cmark_node *paragraph, int photo)
{
    char mark[16];
    snprintf(mark, sizeof mark, "%c%d%c", MARK, photo, MARK);
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
    int photo;
    while (rc == RC_OK && (event = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(it);
        if (event == CMARK_EVENT_ENTER && cmark_node_get_type(node) == CMARK_NODE_IMAGE)
            rc = check_image(node, n_photos, &photo, err);
    }
    cmark_iter_free(it);
    return rc;
}

/* A paragraph of checked images becomes their marks. */
static void
marks_for_paragraph(cmark_node *paragraph)
{
    for (cmark_node *c = cmark_node_first_child(paragraph); c != NULL;
         c = cmark_node_next(c)) {
        int64_t number;
        struct str url = str_of(
            cmark_node_get_type(c) == CMARK_NODE_IMAGE ? cmark_node_get_url(c) : NULL);
        if (str_to_int(str_from(url, 6), 1, ITEM_PHOTOS_MAX, &number))
            put_mark_before(paragraph, (int)number);
    }
    cmark_node_unlink(paragraph);
    cmark_node_free(paragraph);
}

/* The highest heading of a body, whichever level its author began with, stands right
 * below the page's title. */
static int
highest_heading(cmark_node *root)
{
    int highest = HEADING_LOWEST;
    for (cmark_node *n = cmark_node_first_child(root); n != NULL; n = cmark_node_next(n))
        if (cmark_node_get_type(n) == CMARK_NODE_HEADING &&
            cmark_node_get_heading_level(n) < highest)
            highest = cmark_node_get_heading_level(n);
    return highest;
}

static void
place_headings(cmark_node *root)
{
    int shift = HEADING_TOP - highest_heading(root);
    for (cmark_node *n = cmark_node_first_child(root); n != NULL;
         n = cmark_node_next(n)) {
        int level = cmark_node_get_heading_level(n) + shift;
        if (cmark_node_get_type(n) == CMARK_NODE_HEADING)
            cmark_node_set_heading_level(n,
                                         level < HEADING_LOWEST ? level : HEADING_LOWEST);
    }
}

/* What a node is turned into when the walk leaves it (all below it is done then). */
static void
rewrite(cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HTML_BLOCK:
    case CMARK_NODE_HTML_INLINE:
        html_to_text(node);
        break;
    case CMARK_NODE_LINK:
        if (!link_is_allowed(str_of(cmark_node_get_url(node))))
            unwrap(node);
        break;
    case CMARK_NODE_PARAGRAPH:
        if (cmark_node_first_child(node) != NULL && holds_only_images(node))
            marks_for_paragraph(node);
        break;
    default:
        break;
    }
}

static bool
is_leaf(cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    return type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE;
}

static void
rewrite_all(cmark_node *root)
{
    cmark_iter *it = cmark_iter_new(root);
    cmark_event_type event;
    while ((event = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(it);
        if (event == CMARK_EVENT_EXIT || is_leaf(node))
            rewrite(node);
    }
    cmark_iter_free(it);
}

static enum rc
render_markdown(const struct item *it, struct buf *out, struct err *err)
{
    cmark_node *root = cmark_parse_document(it->body.p != NULL ? it->body.p : "",
                                            it->body.n, CMARK_OPT_DEFAULT);
    enum rc rc = check_images(root, it->n_photos, err);
    if (rc == RC_OK) {
        rewrite_all(root);
        place_headings(root);
        char *html = cmark_render_html(root, CMARK_OPT_DEFAULT);
        buf_add_z(out, html);
        cmark_get_default_mem_allocator()->free(html);
    }
    cmark_node_free(root);
    return rc;
}

enum rc
news_body_render(const struct item *it, struct arena *a, struct str *html,
                 struct err *err)
{
    struct buf out;
    size_t limit = it->body.n * HTML_FACTOR + HTML_LEAST;
    buf_init(&out, a, limit < HTML_MAX ? limit : HTML_MAX);
    if (it->body_format == BODY_TEXT)
        render_text(it->body, &out);
    else
        TRY(render_markdown(it, &out, err));
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
