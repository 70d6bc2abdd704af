/* tests/unit/html.h - a strict reader of the HTML that we write, for tests.
 *
 * It takes less than browsers do: attributes in double quotes, elements closed in order,
 * five named and numeric references. Whatever else there is is a fault, so that text
 * which came out unescaped somewhere is noticed wherever it stands. */
#ifndef TESTS_HTML_H
#define TESTS_HTML_H

#include <stdbool.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/str.h"

enum { HTML_ATTRS_MAX = 16 };

struct html_attr {
    struct str name, value; /* references resolved */
};

struct html_tag {
    struct str name;
    bool is_end;
    struct html_attr attrs[HTML_ATTRS_MAX];
    int n_attrs;
};

/* What is told of each piece, in order. */
struct html_reader {
    void *ctx;
    void (*on_tag)(void *ctx, const struct html_tag *tag);
    void (*on_text)(void *ctx, struct str text); /* references resolved */
};

static inline struct str
html_attr(const struct html_tag *tag, const char *name)
{
    for (int i = 0; i < tag->n_attrs; i++)
        if (str_eq_z(tag->attrs[i].name, name))
            return tag->attrs[i].value;
    return (struct str){NULL, 0};
}

/* Resolves references; p == NULL when there is one that we never write. */
static inline struct str
html_decode(struct arena *a, struct str s)
{
    static const struct {
        struct str ref;
        const char *z;
    } refs[] = {
        {STR_INIT("&amp;"), "&"},   {STR_INIT("&lt;"), "<"},   {STR_INIT("&gt;"), ">"},
        {STR_INIT("&quot;"), "\""}, {STR_INIT("&#39;"), "'"},  {STR_INIT("&#x27;"), "'"},
        {STR_INIT("&#123;"), "{"},  {STR_INIT("&#125;"), "}"},
    };
    struct buf b;
    buf_init(&b, a, SIZE_MAX / 4);
    buf_add_z(&b, "");
    while (s.n > 0) {
        size_t plain = str_find(s, '&'), i = 0;
        buf_add(&b, str_sub(s, 0, plain));
        s = str_from(s, plain);
        while (i < N_ELEMENTS(refs) && !str_starts(s, refs[i].ref))
            i++;
        if (s.n > 0 && i == N_ELEMENTS(refs))
            return (struct str){NULL, 0};
        if (s.n > 0) {
            buf_add_z(&b, refs[i].z);
            s = str_from(s, refs[i].ref.n);
        }
    }
    return b.p != NULL ? buf_str(&b) : STR("");
}

static inline bool
html_is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

static inline struct str
html_take_name(struct str *s)
{
    size_t n = 0;
    while (n < s->n && html_is_name_char(s->p[n]))
        n++;
    struct str name = str_sub(*s, 0, n);
    *s = str_from(*s, n);
    return name;
}

/* One attribute, `name` or `name="value"`; what is wrong, or NULL. */
static inline const char *
html_take_attr(struct arena *a, struct str *s, struct html_tag *tag)
{
    struct html_attr attr = {html_take_name(s), STR("")};
    if (attr.name.n == 0)
        return "something in a tag that is no attribute";
    if (html_attr(tag, str_z(a, attr.name)).p != NULL)
        return "an attribute twice";
    if (tag->n_attrs == HTML_ATTRS_MAX)
        return "too many attributes";
    if (str_starts(*s, STR("=\""))) {
        *s = str_from(*s, 2);
        size_t end = str_find(*s, '"');
        struct str raw = str_sub(*s, 0, end);
        if (end == s->n || str_find(raw, '<') < raw.n)
            return "a value that does not end";
        attr.value = html_decode(a, raw);
        *s = str_from(*s, end + 1);
    }
    if (attr.value.p == NULL)
        return "an unknown reference in a value";
    tag->attrs[tag->n_attrs++] = attr;
    return NULL;
}

/* What follows "<", up to and with ">". */
static inline const char *
html_take_tag(struct arena *a, struct str *s, struct html_tag *tag)
{
    *tag = (struct html_tag){.is_end = str_starts(*s, STR("/"))};
    *s = str_from(*s, tag->is_end);
    tag->name = html_take_name(s);
    if (tag->name.n == 0)
        return "a < that begins no tag";
    while (s->n > 0 && s->p[0] == ' ' && !str_starts(*s, STR(" />"))) {
        *s = str_from(*s, 1);
        const char *fault = html_take_attr(a, s, tag);
        if (fault != NULL)
            return fault;
    }
    if (str_starts(*s, STR(" />")))
        *s = str_from(*s, 2);
    if (s->n == 0 || s->p[0] != '>')
        return "a tag that does not end";
    *s = str_from(*s, 1);
    return NULL;
}

static inline bool
html_is_void(struct str name)
{
    static const char *const names[] = {"br",   "hr",   "img",   "input",
                                        "link", "meta", "source"};
    for (size_t i = 0; i < N_ELEMENTS(names); i++)
        if (str_eq_z(name, names[i]))
            return true;
    return false;
}

/* Elements that are open, innermost last. */
struct html_stack {
    struct str *names;
    int n;
};

static inline const char *
html_nest(struct html_stack *stack, const struct html_tag *tag)
{
    if (html_is_void(tag->name))
        return tag->is_end ? "an end tag of an element without one" : NULL;
    if (!tag->is_end) {
        stack->names[stack->n++] = tag->name;
        return NULL;
    }
    if (stack->n == 0 || !str_eq(stack->names[stack->n - 1], tag->name))
        return "an end tag that closes nothing";
    stack->n--;
    return NULL;
}

/* Reads all of it. NULL, or what is wrong. */
static inline const char *
html_read(struct arena *a, struct str html, const struct html_reader *r)
{
    struct html_stack stack = {arena_array(a, struct str, html.n / 3 + 1), 0};
    const char *fault = NULL;
    if (str_starts(html, STR("<!DOCTYPE html>")))
        html = str_from(html, 15);
    while (html.n > 0 && fault == NULL) {
        struct html_tag tag;
        size_t n = str_find(html, '<');
        struct str text = html_decode(a, str_sub(html, 0, n));
        if (text.p == NULL)
            return "an unknown reference";
        if (n > 0)
            r->on_text(r->ctx, text);
        if (n == html.n)
            break;
        html = str_from(html, n + 1);
        fault = html_take_tag(a, &html, &tag);
        if (fault == NULL)
            fault = html_nest(&stack, &tag);
        if (fault == NULL)
            r->on_tag(r->ctx, &tag);
    }
    return fault == NULL && stack.n > 0 ? "an element that is not closed" : fault;
}

#endif
