/* tests/unit/body_page.h - bodies as the readers of their pages have them. Include after
 * cmocka.h. */
#ifndef TESTS_BODY_PAGE_H
#define TESTS_BODY_PAGE_H

#include <strings.h>

#include "html.h"
#include "http/percent.h"
#include "news/body.h"

static struct arena arena; /* of the test program, which begins and ends it */

static inline enum rc
attempt(enum body_format format, struct str body, struct str *html, struct err *err)
{
    struct photo photos[3] = {0};
    struct item it = {
        .body = body, .body_format = format, .photos = photos, .n_photos = 3};
    *err = (struct err){.text = ""};
    return news_body_render(&it, &arena, html, err);
}

static inline struct str
render(enum body_format format, struct str body)
{
    struct str html = {NULL, 0};
    struct err err;
    if (attempt(format, body, &html, &err) != RC_OK)
        fail_msg("%.*s: %s", STR_ARG(body), err.text);
    return html;
}

/* ---- a page as its reader has it ---- */

struct page {
    struct buf text, addresses;
    const char *fault;
};

static inline void
on_text(void *ctx, struct str text)
{
    struct page *p = ctx;
    buf_add(&p->text, text);
}

static inline bool
is_one_of(struct str s, const char *const *list)
{
    for (; *list != NULL; list++)
        if (str_eq_z(s, *list))
            return true;
    return false;
}

static inline bool
is_safe_address(struct str url)
{
    static const char *const starts[] = {"http://", "https://", "mailto:", "tel:", "#"};
    for (size_t i = 0; i < url.n; i++)
        if ((unsigned char)url.p[i] <= 0x20 || url.p[i] == 0x7f || url.p[i] == '\\')
            return false;
    if (str_starts(url, STR("/")))
        return !str_starts(url, STR("//"));
    for (size_t i = 0; i < N_ELEMENTS(starts); i++)
        if (url.n >= strlen(starts[i]) &&
            strncasecmp(url.p, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}

/* Nothing but what Markdown makes, and nothing in it but href, title and start. */
static inline void
on_tag(void *ctx, const struct html_tag *tag)
{
    static const char *const names[] = {"p",      "h2", "h3", "h4",  "h5",         "h6",
                                        "ul",     "ol", "li", "pre", "code",       "em",
                                        "strong", "a",  "br", "hr",  "blockquote", NULL};
    static const char *const attrs[] = {"href", "title", "start", NULL};
    struct page *p = ctx;
    if (!is_one_of(tag->name, names))
        p->fault = "an element that Markdown does not make";
    for (int i = 0; i < tag->n_attrs; i++) {
        struct str decoded, value = tag->attrs[i].value;
        if (!is_one_of(tag->attrs[i].name, attrs))
            p->fault = "an attribute that Markdown does not make";
        if (str_eq_z(tag->attrs[i].name, "href") && !is_safe_address(value))
            p->fault = "an address that is not allowed";
        if (!http_percent_decode(&arena, value, false, &decoded))
            decoded = value;
        buf_add_c(&p->addresses, '\n');
        buf_add(&p->addresses, decoded);
    }
    if (!tag->is_end || str_eq_z(tag->name, "br"))
        buf_add_z(&p->text, is_one_of(tag->name, (const char *const[]){"em", "strong",
                                                                       "a", "code", NULL})
                                ? ""
                                : "\n");
}

static inline void
page_read(struct str html, struct page *p)
{
    struct html_reader r = {p, on_tag, on_text};
    *p = (struct page){.fault = NULL};
    buf_init(&p->text, &arena, 1 << 24);
    buf_init(&p->addresses, &arena, 1 << 24);
    buf_add_z(&p->text, "");
    buf_add_z(&p->addresses, "");
    const char *fault = html_read(&arena, html, &r);
    if (fault != NULL || p->fault != NULL)
        fail_msg("%s: %.*s", fault != NULL ? fault : p->fault, STR_ARG(html));
}

static inline bool
page_has(const struct page *p, struct str word)
{
    return str_find_str(buf_str(&p->text), word) < p->text.n ||
           str_find_str(buf_str(&p->addresses), word) < p->addresses.n;
}

#endif
