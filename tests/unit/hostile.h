/* tests/unit/hostile.h - values that want out of their place in a page, and what must be
 * true of a page that holds them. Include after cmocka.h. */
#ifndef TESTS_HOSTILE_H
#define TESTS_HOSTILE_H

#include <strings.h>

#include "html.h"

#define A20  "aaaaaaaaaaaaaaaaaaaa"
#define A200 A20 A20 A20 A20 A20 A20 A20 A20 A20 A20

/* The first is one of everything. */
static const struct str hostile[] = {
    STR_INIT("\"><script>alert(1)</script> ' onmouseover='x <img src=x onerror=x> "
             "</title></p></article>--> {{X}}{{/BODY}}{{%AUTOESCAPE}} &lt;b&gt;&amp;amp; "
             "\xff\xc0\xbc\xed\xa0\xbd \xe2\x80\xae \x01"
             "2\x01 javascript:alert(1) " A20),
    STR_INIT("javascript:alert(1)"),
    STR_INIT(" JaVaScRiPt:alert(1)"),
    STR_INIT("java\tscript:alert(1)"),
    STR_INIT("\x01javascript:alert(1)"),
    STR_INIT("data:text/html,<script>alert(1)</script>"),
    STR_INIT("vbscript:x"),
    STR_INIT("\"><script>alert(1)</script>"),
    STR_INIT("'><script>alert(1)</script>"),
    STR_INIT("\" onload=\"alert(1)"),
    STR_INIT("</script><script>alert(1)</script>"),
    STR_INIT("</title></style></textarea></head><body onload=alert(1)>"),
    STR_INIT("--><svg/onload=alert(1)><!--"),
    STR_INIT("]]><![CDATA["),
    STR_INIT("<"),
    STR_INIT("&"),
    STR_INIT("\xff\xfe\xc0\xbcscript\xc0\xbe"), /* overlong "<" and ">" */
    STR_INIT("\xe2"),                           /* would take the quote behind it along */
    STR_INIT("{{TITLE}}{{>CONTENT}}{{BODY:none}}{{%AUTOESCAPE context=\"JS\"}}"),
    STR_INIT("\xe2\x80\xae\xe2\x81\xa6\xe2\x80\x8f"),
    STR_INIT(A200 A200 A200 A200 A200 A200 A200 A200 A200 A200),
};

/* The tags of a page without their values, and what is wrong with it. */
struct hostile_tags {
    struct buf outline;
    const char *fault;
    int n_images;
    bool in_script, in_data, in_figure, in_credit;
    size_t n_credit; /* bytes of credit in the figure so far */
};

/* Read as browsers do (WHATWG URL section 4.4): control characters and blanks before it
 * are skipped, tabs and line ends anywhere. */
static inline bool
hostile_is_address(struct str url)
{
    static const char *const bad[] = {"javascript:", "vbscript:", "data:", "file:"};
    char start[12] = "";
    size_t n = 0;
    for (size_t i = 0; i < url.n && n < sizeof start - 1; i++) {
        unsigned char c = (unsigned char)url.p[i];
        if (c > 0x20 || (n > 0 && c != '\t' && c != '\n' && c != '\r'))
            start[n++] = (char)c;
    }
    for (size_t i = 0; i < N_ELEMENTS(bad); i++)
        if (strncasecmp(start, bad[i], strlen(bad[i])) == 0)
            return false;
    return true;
}

/* A list of addresses of the site, as nobody's text could be (HTML section 4.8.4.2.1). */
static inline bool
hostile_is_srcset(struct str list)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz0123456789-./_, ";
    for (size_t i = 0; i < list.n; i++)
        if (strchr(plain, list.p[i]) == NULL)
            return false;
    return list.n == 0 || (str_starts(list, STR("/")) && !str_starts(list, STR("//")));
}

/* A figure's credit stands in <span class="credit">, which holds no other span. */
static inline void
hostile_credit(struct hostile_tags *t, const struct html_tag *tag)
{
    if (str_eq_z(tag->name, "span"))
        t->in_credit = !tag->is_end && str_eq_z(html_attr(tag, "class"), "credit");
    if (str_eq_z(tag->name, "img")) {
        t->n_images++;
        if (!t->in_figure)
            t->fault = "an image outside a figure";
    }
    if (!str_eq_z(tag->name, "figure"))
        return;
    if (tag->is_end && t->n_credit == 0)
        t->fault = "a figure without a credit";
    t->in_figure = !tag->is_end;
    t->n_credit = 0;
}

static inline void
hostile_on_tag(void *ctx, const struct html_tag *tag)
{
    struct hostile_tags *t = ctx;
    buf_fmt(&t->outline, "<%s%.*s", tag->is_end ? "/" : "", STR_ARG(tag->name));
    for (int i = 0; i < tag->n_attrs; i++) {
        struct html_attr attr = tag->attrs[i];
        bool is_address = str_eq_z(attr.name, "href") || str_eq_z(attr.name, "src") ||
                          str_eq_z(attr.name, "action");
        buf_fmt(&t->outline, " %.*s", STR_ARG(attr.name));
        if (str_starts(attr.name, STR("on")) || str_eq_z(attr.name, "style"))
            t->fault = "an attribute that runs or styles";
        if (is_address && !hostile_is_address(attr.value))
            t->fault = "an address that runs";
        if (str_eq_z(attr.name, "srcset") && !hostile_is_srcset(attr.value))
            t->fault = "a srcset of foreign addresses";
    }
    buf_add_z(&t->outline, ">\n");
    bool is_data = str_eq_z(html_attr(tag, "type"), "application/ld+json");
    t->in_script = str_eq_z(tag->name, "script") && !tag->is_end;
    if (t->in_script && !is_data && html_attr(tag, "src").p == NULL)
        t->fault = "a script in the page";
    t->in_data = t->in_script && is_data; /* which no browser runs */
    hostile_credit(t, tag);
}

/* "Photo:" in front of the credit does not count. */
static inline void
hostile_on_text(void *ctx, struct str text)
{
    struct hostile_tags *t = ctx;
    size_t label = str_find(text, ':');
    if (t->in_script && !t->in_data)
        t->fault = "a script in the page";
    if (t->in_figure && t->in_credit)
        t->n_credit += str_trim(str_from(text, label < text.n ? label + 1 : 0)).n;
}

/* Reads a page and fails when anything in it runs, or shows a photo without credit. */
static inline void
hostile_read(struct arena *a, struct str html, struct hostile_tags *t)
{
    struct html_reader r = {t, hostile_on_tag, hostile_on_text};
    *t = (struct hostile_tags){.fault = NULL};
    buf_init(&t->outline, a, 1 << 24);
    buf_add_z(&t->outline, "");
    const char *fault = html_read(a, str_trim(html), &r);
    if (fault != NULL || t->fault != NULL)
        fail_msg("%s: <<%.*s>>", fault != NULL ? fault : t->fault, STR_ARG(html));
}

#endif
