/* tests/fuzz/fuzz_body.c - any bytes as a body; the first one chooses the format.
 *
 * The HTML is well-formed, made of the elements we mean and no others, and cut at its
 * marks it gives photos that are there. Of a plain text every letter is there. */
#include <strings.h>

#include "../unit/html.h"
#include "fuzz.h"
#include "news/body.h"

enum { PHOTOS = 2 };

static void
check_href(struct str href)
{
    static const char *const starts[] = {"/",        "#",       "http://",
                                         "https://", "mailto:", "tel:"};
    bool is_known = href.p == NULL;
    for (size_t i = 0; i < N_ELEMENTS(starts); i++) {
        size_t n = strlen(starts[i]);
        is_known = is_known || (href.n >= n && strncasecmp(href.p, starts[i], n) == 0);
    }
    assert(is_known);
}

static void
on_tag(void *ctx, const struct html_tag *tag)
{
    static const char *const known[] = {"p",    "br", "hr",     "h2", "h3",        "h4",
                                        "h5",   "h6", "ul",     "ol", "li",        "pre",
                                        "code", "em", "strong", "a",  "blockquote"};
    bool is_known = false;
    (void)ctx;
    for (size_t i = 0; i < N_ELEMENTS(known); i++)
        is_known = is_known || str_eq_z(tag->name, known[i]);
    assert(is_known);
    for (int i = 0; i < tag->n_attrs; i++) {
        struct str name = tag->attrs[i].name;
        assert(str_eq_z(name, "href") || str_eq_z(name, "title") ||
               str_eq_z(name, "start") || str_eq_z(name, "class"));
    }
    check_href(html_attr(tag, "href"));
}

static void
on_text(void *ctx, struct str text)
{
    buf_add(ctx, text);
}

/* Everything but ASCII white space. */
static struct str
letters(struct arena *a, struct str s)
{
    struct buf b;
    buf_init(&b, a, SIZE_MAX / 4);
    for (size_t i = 0; i < s.n; i++)
        if (strchr(" \t\r\n", s.p[i]) == NULL)
            buf_add_c(&b, s.p[i]);
    return b.n > 0 ? buf_str(&b) : STR("");
}

static void
check(const struct item *it, struct str html, struct arena *a)
{
    int n = 0;
    struct body_part *parts = news_body_parts(html, a, &n);
    struct buf text, all;
    buf_init(&text, a, SIZE_MAX / 4);
    buf_init(&all, a, SIZE_MAX / 4);
    struct html_reader reader = {&text, on_tag, on_text};
    for (int i = 0; i < n; i++) {
        assert(parts[i].photo >= 0 && parts[i].photo <= PHOTOS);
        if (parts[i].photo == 0)
            buf_add(&all, parts[i].html);
    }
    struct str whole = all.n > 0 ? buf_str(&all) : STR("");
    fuzz_clean(whole);
    assert(html_read(a, whole, &reader) == NULL);
    if (it->body_format == BODY_TEXT)
        assert(str_eq(letters(a, it->body), letters(a, buf_str(&text))));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a AT_END(arena_done);
    struct photo photos[PHOTOS] = {{.credit = STR("A")}, {.credit = STR("B")}};
    struct item it = {.photos = photos, .n_photos = PHOTOS};
    struct str html;
    struct err err;
    arena_init(&a);
    if (n == 0)
        return 0;
    it.body = fuzz_copy(data + 1, n - 1);
    it.body_format = data[0] == 't' ? BODY_TEXT : BODY_MARKDOWN;
    enum rc rc = news_body_render(&it, &a, &html, &err);
    if (rc == RC_OK)
        check(&it, html, &a);
    else
        fuzz_refused(rc, &err);
    struct str rest = it.body, credit = news_body_take_credit(&rest);
    assert(rest.n + credit.n <= it.body.n);
    mem_free((void *)it.body.p);
    return 0;
}
