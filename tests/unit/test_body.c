/* tests/unit/test_body.c - what becomes of each thing that a body can hold; photos, and
 * sizes. That every letter is on the page is in test_body_letters. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include "body_page.h"
#include "news/body_photos.h"

static int
set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

/* ---- one by one ---- */

struct row {
    const char *body, *html;
};

static void
check_rows(enum body_format format, const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct page p;
        struct str html = render(format, str_of(rows[i].body));
        if (!str_eq(str_trim(html), str_of(rows[i].html)))
            fail_msg("%s\nbecame %.*s\nnot %s", rows[i].body, STR_ARG(html),
                     rows[i].html);
        page_read(html, &p);
    }
}

static void
test_raw_html_is_text(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"From <Minsk> to <b>x</b>", "<p>From &lt;Minsk&gt; to &lt;b&gt;x&lt;/b&gt;</p>"},
        {"<div class=\"x\">\n*a*\n</div>\n\nb",
         "<p>&lt;div class=&quot;x&quot;&gt;\n*a*\n&lt;/div&gt;\n</p>\n<p>b</p>"},
        {"a <!-- secret --> b", "<p>a &lt;!-- secret --&gt; b</p>"},
        {"<!-- a\n\nb -->", "<p>&lt;!-- a\n\nb --&gt;\n</p>"},
        {"a <![CDATA[x]]> b", "<p>a &lt;![CDATA[x]]&gt; b</p>"},
        {"a <?php x ?> b", "<p>a &lt;?php x ?&gt; b</p>"},
        {"<!DOCTYPE html>", "<p>&lt;!DOCTYPE html&gt;\n</p>"},
        {"<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;\n</p>"},
        {"a <img src=x onerror=alert(1)>", "<p>a &lt;img src=x onerror=alert(1)&gt;</p>"},
        {"- <hr>", "<ul>\n<li>&lt;hr&gt;\n</li>\n</ul>"},
        {"1 < 2 > 0", "<p>1 &lt; 2 &gt; 0</p>"},
    };
    check_rows(BODY_MARKDOWN, rows, N_ELEMENTS(rows));
}

static void
test_references_and_escapes(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"&amp; &lt;b&gt; &copy; &#1046; &x;", "<p>&amp; &lt;b&gt; © Ж &amp;x;</p>"},
        {"&amp;lt; \\&amp;", "<p>&amp;lt; &amp;amp;</p>"},
        {"\\<b> \\*a\\* \\q", "<p>&lt;b&gt; *a* \\q</p>"},
        {"“a\" 'b' {{X}}", "<p>“a&quot; 'b' {{X}}</p>"},
        /* What no text may hold cannot be named either; 01 would be a photo's mark. */
        {"&#1;2&#1; &#0; &#127; &#x8;", "<p>\ufffd2\ufffd \ufffd \ufffd \ufffd</p>"},
        {"&#xFFFE;&#xFFFF;&#xD800;", "<p>\ufffd\ufffd\ufffd</p>"},
        {"[a](/x \"&#1;2&#1;\")", "<p><a href=\"/x\" title=\"\ufffd2\ufffd\">a</a></p>"},
    };
    check_rows(BODY_MARKDOWN, rows, N_ELEMENTS(rows));
}

static void
test_definitions(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"[a][x] [x] [x][]\n\n[x]: /u \"t\"",
         "<p><a href=\"/u\" title=\"t\">a</a> <a href=\"/u\" title=\"t\">x</a> "
         "<a href=\"/u\" title=\"t\">x</a></p>"},
        {"a\n\n[x]: /u \"t\"", "<p>a</p>\n<p>[x]: /u &quot;t&quot;</p>"},
        {"[1]: a.\n[2]: /b\n[3]: c\n\nsee [2]",
         "<p>[1]: a.</p>\n<p>[3]: c</p>\n<p>see <a href=\"/b\">2</a></p>"},
        {"[x]: /u\n[x]: /v\n\n[x]",
         "<p><a href=\"/u\">x</a>: /v</p>\n<p><a href=\"/u\">x</a></p>"},
        {"> [x]: /u\n> [y]: /v\n\n[y]",
         "<blockquote>\n<p>[x]: /u</p>\n</blockquote>\n<p><a href=\"/v\">y</a></p>"},
        {"- [x]: /u\n  [y]: /v\n- [y]",
         "<ul>\n<li>\n<p>[x]: /u</p>\n</li>\n<li>\n<p><a href=\"/v\">y</a></p>\n"
         "</li>\n</ul>"},
        {"[x\ny]:\n</u v>\n'a\nb'\nrest", "<p>[x\ny]:\n&lt;/u v&gt;\n'a\nb'\nrest</p>"},
        {"> [x\n> y]:\n> /u", "<blockquote>\n<p>[x\ny]:\n/u</p>\n</blockquote>"},
        {"[X y]: /u\n\n[a][x\nY]", "<p><a href=\"/u\">a</a></p>"},
        {"`[x]: /u`\n\n    [x]: /u\n\n```\n[x]: /u\n```\n\n<div>\n[x]: /u\n</div>",
         "<p><code>[x]: /u</code></p>\n<pre><code>[x]: /u\n</code></pre>\n"
         "<pre><code>[x]: /u\n</code></pre>\n"
         "<p>&lt;div&gt;\n[x]: /u\n&lt;/div&gt;\n</p>"},
        {"a [x]: /u [x]", "<p>a [x]: /u [x]</p>"},
        {"[ ]: /u\n\n[]: /v\n\n[\\]: /w", "<p>[ ]: /u</p>\n<p>[]: /v</p>\n<p>[]: /w</p>"},
        {"[a\\]b]: /u", "<p>[a]b]: /u</p>"},
        {"[x]: javascript:a\n\n[x]", "<p>x (javascript:a)</p>"},
        {"[x]: /u\n===\n[y]: /v\n",
         "<h2>[x]: /u</h2>\n<p>[y]: /v</p>"}, /* uncovered by the one made text */
        {"[x]:\n[y]:\n/v", "<p>[x]:\n[y]:\n/v</p>"},
        {"[x]: /u\r\n[y]: /v\r\n\r\n[y]", "<p>[x]: /u</p>\n<p><a href=\"/v\">y</a></p>"},
    };
    check_rows(BODY_MARKDOWN, rows, N_ELEMENTS(rows));
}

/* The longest names that there may be: 1,000 bytes. */
static void
test_long_names_of_definitions(void **state)
{
    (void)state;
    for (int n = 980; n <= 1010; n++) {
        struct page p;
        struct str name = str_fmt(&arena, "%0*d", n, 7);
        page_read(render(BODY_MARKDOWN, str_fmt(&arena, "[%s]: /u", name.p)), &p);
        assert_true(page_has(&p, name));
        page_read(
            render(BODY_MARKDOWN, str_fmt(&arena, "[%s]: /u\n\n[%s]", name.p, name.p)),
            &p);
        assert_true(page_has(&p, name) && page_has(&p, STR("/u")));
    }
}

static void
test_links(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"[a](http://x/) [b](HTTPS://x/) [c](mailto:a@b) [d](tel:+1) [e](/x) [f](#x)",
         "<p><a href=\"http://x/\">a</a> <a href=\"HTTPS://x/\">b</a> "
         "<a href=\"mailto:a@b\">c</a> <a href=\"tel:+1\">d</a> <a href=\"/x\">e</a> "
         "<a href=\"#x\">f</a></p>"},
        {"<https://x/?a=1&b> <a@b.org>",
         "<p><a href=\"https://x/?a=1&amp;b\">https://x/?a=1&amp;b</a> "
         "<a href=\"mailto:a@b.org\">a@b.org</a></p>"},
        {"[a](/ж \"“t\\\" <b>\")",
         "<p><a href=\"/%D0%B6\" title=\"“t&quot; &lt;b&gt;\">a</a></p>"},
        {"[a](javascript:b)", "<p>a (javascript:b)</p>"},
        {"[*a* b](JaVaScRiPt:c \"d\")",
         "<p><em>a</em> b (JaVaScRiPt:c &quot;d&quot;)</p>"},
        {"[a](java&#115;cript:b)", "<p>a (javascript:b)</p>"},
        {"[a](java&#10;script:b)", "<p>a (java\nscript:b)</p>"},
        {"[a](&#1;javascript:b)", "<p>a (\ufffdjavascript:b)</p>"},
        {"[a](<  javascript:b>)", "<p>a (javascript:b)</p>"},
        {"[a](javascript&colon;b)", "<p>a (javascript:b)</p>"},
        {"[a](data:text/html,b)", "<p>a (data:text/html,b)</p>"},
        {"[a](vbscript:b)", "<p>a (vbscript:b)</p>"},
        {"[a](file:///etc/passwd)", "<p>a (file:///etc/passwd)</p>"},
        {"[a](//evil.org)", "<p>a (//evil.org)</p>"},
        {"[a](/\\\\evil.org)", "<p>a (/\\evil.org)</p>"},
        {"[a](/&#9;/evil.org)", "<p>a (/\t/evil.org)</p>"},
        {"[a](/&#10;/evil.org)", "<p>a (/\n/evil.org)</p>"},
        {"[a](&#47;/evil.org)", "<p>a (//evil.org)</p>"},
        {"[a](https:evil.org)", "<p>a (https:evil.org)</p>"},
        {"[a](http://)", "<p>a (http://)</p>"},
        {"[the report](www.x.org)", "<p>the report (www.x.org)</p>"},
        {"[a](b) [c](?d) [e]() [](f) [g](<> \"h\")",
         "<p>a (b) c (?d) e  (f) g (&quot;h&quot;)</p>"},
        {"<javascript:a> <Minsk:b>", "<p>&lt;javascript:a&gt; &lt;Minsk:b&gt;</p>"},
        {"**[a](x:y)**", "<p><strong>a (x:y)</strong></p>"},
    };
    check_rows(BODY_MARKDOWN, rows, N_ELEMENTS(rows));
}

/* Every byte in an address: nothing gets out of the attribute, and what is no UTF-8 or a
 * control character is refused. */
static void
test_every_byte_in_an_address(void **state)
{
    (void)state;
    for (int c = 0; c < 256; c++) {
        char body[] = "[a](</x?y>)";
        struct page p;
        struct str html;
        struct err err;
        bool is_text = c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0x7f);
        body[6] = (char)c;
        enum rc rc =
            attempt(BODY_MARKDOWN, (struct str){body, sizeof body - 1}, &html, &err);
        assert_int_equal(rc, is_text ? RC_OK : RC_INVALID);
        if (is_text)
            page_read(html, &p);
    }
}

static void
test_headings_leave_no_gap(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"# A\n## B\n### C\n## D", "<h2>A</h2>\n<h3>B</h3>\n<h4>C</h4>\n<h3>D</h3>"},
        {"### A\n##### B\n# C\n###### D",
         "<h2>A</h2>\n<h3>B</h3>\n<h2>C</h2>\n<h3>D</h3>"},
        {"## A\n#### B\n### C", "<h2>A</h2>\n<h3>B</h3>\n<h3>C</h3>"},
        {"> # A\n\n## B", "<blockquote>\n<h2>A</h2>\n</blockquote>\n<h3>B</h3>"},
        {"## A\n\n- # B\n- ### C\n  > #### D",
         "<h2>A</h2>\n<ul>\n<li>\n<h2>B</h2>\n</li>\n<li>\n<h3>C</h3>\n<blockquote>\n"
         "<h4>D</h4>\n</blockquote>\n</li>\n</ul>"},
        {"A\n=\n\nB\n-", "<h2>A</h2>\n<h3>B</h3>"},
        {"# 1\n## 2\n### 3\n#### 4\n##### 5\n###### 6",
         "<h2>1</h2>\n<h3>2</h3>\n<h4>3</h4>\n<h5>4</h5>\n<h6>5</h6>\n<h6>6</h6>"},
    };
    check_rows(BODY_MARKDOWN, rows, N_ELEMENTS(rows));
}

static void
test_code_breaks_and_lists(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"``a ` <b>``", "<p><code>a ` &lt;b&gt;</code></p>"},
        {"```\n<b>\n\tx\n```", "<pre><code>&lt;b&gt;\n\tx\n</code></pre>"},
        {"```js y=\"z\"\na\n```", "<pre><code>js y=&quot;z&quot;\na\n</code></pre>"},
        {"~~~ &amp; <b>\n~~~", "<pre><code>&amp; &lt;b&gt;\n</code></pre>"},
        {"    a\n\n    b", "<pre><code>a\n\nb\n</code></pre>"},
        {"a  \nb\\\nc", "<p>a<br />\nb<br />\nc</p>"},
        {"a\tb\n\tc", "<p>a\tb\nc</p>"},
        {"7. a\n9. b", "<ol start=\"7\">\n<li>a</li>\n<li>b</li>\n</ol>"},
        {"2024\\. a", "<p>2024. a</p>"},
        {"-a\n+b\n#c\n1.d", "<p>-a\n+b\n#c\n1.d</p>"},
        {"", ""},
        {" \n\t\n", ""},
    };
    check_rows(BODY_MARKDOWN, rows, N_ELEMENTS(rows));
}

/* Nothing but blank lines means anything. */
static void
test_text_rows(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"- a\n1. b\n\n# c", "<p>- a\n1. b</p>\n<p># c</p>"},
        {"a\r\n\r\nb\r\n \t\r\n\r\nc", "<p>a</p>\n<p>b</p>\n<p>c</p>"},
        {"<Minsk> & \"x\" 'y' &amp; {{X}}",
         "<p>&lt;Minsk&gt; &amp; &quot;x&quot; 'y' &amp;amp; {{X}}</p>"},
        {"  a  b\tc", "<p>  a  b\tc</p>"},
        {"[x]: /u\n![](photo:9)", "<p>[x]: /u\n![](photo:9)</p>"},
        {"\u00a0\n\n\u200b", "<p>\u00a0</p>\n<p>\u200b</p>"},
        {"שלום \u202ea\u202c e\xcc\x81 👩\u200d🚒 ХI",
         "<p>שלום \u202ea\u202c e\xcc\x81 👩\u200d🚒 ХI</p>"},
        {"", ""},
        {"\n \n", ""},
    };
    check_rows(BODY_TEXT, rows, N_ELEMENTS(rows));
}

static void
test_what_is_no_text_is_refused(void **state)
{
    (void)state;
    static const struct {
        struct str body;
        const char *line;
    } rows[] = {
        {STR_INIT("a\n\0b"), "line 2"},
        {STR_INIT("\x01"
                  "2\x01"),
         "line 1"},
        {STR_INIT("a\n\nb\x02"), "line 3"},
        {STR_INIT("\x1b[31m"), "line 1"},
        {STR_INIT("\x7f"), "line 1"},
        {STR_INIT("a\xff"), "line 1"},
        {STR_INIT("\xed\xa0\xbd\xed\xb8\x80"), "line 1"}, /* a pair of surrogates */
        {STR_INIT("\xed\xa0\xbd"), "line 1"},
        {STR_INIT("\xc0\xbc"
                  "script>"),
         "line 1"}, /* an overlong "<" */
        {STR_INIT("a\n\xd0"), "line 2"},
        {STR_INIT("\xef\xbf\xbe"), "line 1"},
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++)
        for (int f = 0; f < BODY__MAX; f++) {
            struct str html;
            struct err err;
            assert_int_equal(attempt((enum body_format)f, rows[i].body, &html, &err),
                             RC_INVALID);
            assert_non_null(strstr(err.text, rows[i].line));
            assert_string_equal(err.field, "body");
        }
}

/* ---- photos ---- */

static void
test_photos_get_marks(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"a\n\n![](photo:2)\n\nb", "<p>a</p>\n\x01"
                                   "2\x01\n<p>b</p>"},
        {"![](photo:1)\n![](photo:3)", "\x01"
                                       "1\x01\n\x01"
                                       "3\x01"},
        {"![](photo:1)  \n![](photo:3)", "\x01"
                                         "1\x01\n\x01"
                                         "3\x01"},
        {"![][p]\n\n[p]: photo:2", "\x01"
                                   "2\x01"},
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct str html = render(BODY_MARKDOWN, str_of(rows[i].body));
        if (!str_eq(str_trim(html), str_of(rows[i].html)))
            fail_msg("%s became %.*s", rows[i].body, STR_ARG(html));
    }
}

static void
test_other_images_are_errors(void **state)
{
    (void)state;
    static const struct {
        const char *body, *text;
    } rows[] = {
        {"a\n\n![](https://x/a.png)", "body line 3: image \"https://x/a.png\""},
        {"![](a.png)", "body line 1: image"},
        {"![](photo:0)", "body line 1: image"},
        {"![](photo:-1)", "body line 1: image"},
        {"![](photo:1x)", "body line 1: image"},
        {"![](Photo:1)", "body line 1: image"},
        {"![](photo:4)", "body line 1: photo:4: the item has 3 photos"},
        {"![](photo:101)", "body line 1: image"},
        {"![alt](photo:1)", "body line 1: photo:1: text for a photo"},
        {"![](photo:1 \"t\")", "body line 1: photo:1: text for a photo"},
        {"a ![](photo:1)", "body line 1: photo:1 must stand in a paragraph"},
        {"# ![](photo:1)", "body line 1: photo:1 must stand in a paragraph"},
        {"[![](photo:1)](/x)", "body line 1: photo:1 must stand in a paragraph"},
        {"**![](photo:1)**", "body line 1: photo:1 must stand in a paragraph"},
        {"![](photo:1)\n\n![](photo:1)", "body line 3: photo:1 is there already"},
        {"[u]: /x\n[v]: /y\n\n[v]\n\n![](x)", "body line 6: image \"x\""},
        {"![x][y]\n\n[y]: z", "body line 1: image \"z\""},
        {"![](javascript:x)", "body line 1: image"},
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct str html;
        struct err err;
        enum rc rc = attempt(BODY_MARKDOWN, str_of(rows[i].body), &html, &err);
        if (rc != RC_INVALID || !str_starts(str_of(err.text), str_of(rows[i].text)))
            fail_msg("%s: %s %s", rows[i].body, rc_name(rc), err.text);
    }
}

static void
test_parts(void **state)
{
    (void)state;
    int n;
    struct str html =
        render(BODY_MARKDOWN, STR("a\n\n> ![](photo:2)\n\n![](photo:1)\n![](photo:3)"));
    struct body_part *parts = news_body_parts(html, &arena, &n);
    static const struct body_part want[] = {
        {STR_INIT("<p>a</p>\n<blockquote>\n"), 0},
        {{NULL, 0}, 2},
        {STR_INIT("\n</blockquote>\n"), 0},
        {{NULL, 0}, 1},
        {{NULL, 0}, 3},
    };
    assert_int_equal(n, N_ELEMENTS(want));
    for (int i = 0; i < n; i++) {
        assert_int_equal(parts[i].photo, want[i].photo);
        assert_true(str_eq(parts[i].html, want[i].html));
    }
    (void)news_body_parts((struct str){NULL, 0}, &arena, &n);
    assert_int_equal(n, 0);
    (void)news_body_parts(STR(""), &arena, &n);
    assert_int_equal(n, 0);
}

static void
test_credit_lines(void **state)
{
    (void)state;
    static const struct {
        const char *body, *left, *credit;
    } rows[] = {
        {"a\n\nPhoto: X", "a", "X"},
        {"a\nФото: Служба «X»\n\n", "a", "Служба «X»"},
        {"a\r\n\r\nPhoto credit:  X \r\n", "a", "X"},
        {"Photo: X", "", "X"},
        {"  \nPhoto: X", "", "X"},
        {"a\n\nPhoto:", "a\n\nPhoto:", NULL},
        {"a\n\nPhoto: \n", "a\n\nPhoto: \n", NULL},
        {"Photo: X\n\na", "Photo: X\n\na", NULL},
        {"a\n\nphoto: X", "a\n\nphoto: X", NULL},
        {"a Photo: X", "a Photo: X", NULL},
        {"a\n\nPhotos: X", "a\n\nPhotos: X", NULL},
        {"", "", NULL},
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct str body = str_of(rows[i].body);
        struct str credit = news_body_take_credit(&body);
        if (!str_eq_z(body, rows[i].left) || !str_eq(credit, str_of(rows[i].credit)) ||
            (credit.p == NULL) != (rows[i].credit == NULL))
            fail_msg("%s: %.*s | %.*s", rows[i].body, STR_ARG(body), STR_ARG(credit));
    }
    struct str absent = {NULL, 0};
    assert_null(news_body_take_credit(&absent).p);
}

/* ---- sizes ---- */

static struct str
repeated(const char *piece, size_t size)
{
    struct buf b;
    buf_init(&b, &arena, size + 100);
    while (b.n < size)
        buf_add_z(&b, piece);
    return buf_str(&b);
}

/* However it is nested or repeated: an answer, and never more than 20 times as much. */
static void
test_output_is_bounded(void **state)
{
    (void)state;
    static const char *const patterns[] = {
        ">",       "> ",        "- ",
        "1. ",     "[",         "]",
        "[](",     "![](",      "[a]: /x\n",
        "[a]:",    "]:",        "[a",
        "*a ",     "**a*_",     "_a__",
        "`",       "`a``",      "<",
        "<a ",     "<!--",      "<?",
        "<!A",     "<![CDATA[", "&",
        "&amp;",   "\"",        "\\",
        "#\n",     "# a\n",     "a\n=\n",
        "\t",      "\n",        "a  \n",
        "***\n",   "```\n",     "~~~ a\n",
        "[a](b)",  "<x:y>",     "[a](/b \"c\")",
        "(",       ")",         "a\n\n",
        "[a]\n",   "\\[\\]:",   "[]:",
        "- a\n\n", " - a\n  ",  "<b>",
    };
    for (size_t i = 0; i < N_ELEMENTS(patterns); i++)
        for (int f = 0; f < BODY__MAX; f++) {
            struct str html = {NULL, 0}, body = repeated(patterns[i], 64 * 1024);
            struct err err;
            enum rc rc = attempt((enum body_format)f, body, &html, &err);
            if (rc != RC_OK && rc != RC_LIMIT)
                fail_msg("%s: %s", patterns[i], err.text);
            assert_true(html.n <= 20 * body.n + 4096);
            arena_reset(&arena);
        }
}

/* One long address used by thousands of links; one name for many definitions. */
static void
test_definitions_do_not_multiply(void **state)
{
    (void)state;
    struct str address = repeated("x", 30 * 1024), html = {NULL, 0};
    struct str uses = repeated("[a]\n", 32 * 1024);
    struct err err;
    struct str body =
        str_fmt(&arena, "[a]: /%.*s\n\n%.*s", STR_ARG(address), STR_ARG(uses));
    enum rc rc = attempt(BODY_MARKDOWN, body, &html, &err);
    assert_true(rc == RC_OK || rc == RC_LIMIT);
    assert_true(html.n <= 20 * body.n + 4096);
    body = str_fmt(&arena, "[a]\n\n%.*s", STR_ARG(repeated("[a]: /b\n", 60 * 1024)));
    html = render(BODY_MARKDOWN, body);
    assert_true(html.n <= 20 * body.n);
    body = repeated("\"", ITEM_BODY_MAX);
    assert_int_equal(attempt(BODY_TEXT, body, &html, &err), RC_OK);
    assert_true(html.n >= 6 * ITEM_BODY_MAX && html.n <= 2 << 20);
}

/* ---- the numbers of photos ---- */

static void
test_photos_get_other_numbers(void **state)
{
    static const struct row rows[] = {
        {"![](photo:1)\n\n![](photo:2)", "![](photo:2)\n\n![](photo:1)"},
        {"![]( <photo:2>)", "![]( <photo:1>)"},
        {"![][p]\n\n[p]: photo:1", "![][p]\n\n[p]: photo:2"},
        {"![](photo:3) ![](photo:4)", "![](photo:10) ![](photo:4)"},
        {"photo:1, (photo:1), [photo:2]", "photo:1, (photo:1), [photo:2]"},
        {"![](photo:1x) ![](photo:101) ![](photo:0)",
         "![](photo:1x) ![](photo:101) ![](photo:0)"},
        {"![](photo:", "![](photo:"},
        {"", ""},
    };
    static const int to[ITEM_PHOTOS_MAX + 1] = {[1] = 2, [2] = 1, [3] = 10};
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct str body = str_of(rows[i].body);
        assert_string_equal(str_z(&arena, news_body_renumber(body, to, &arena)),
                            rows[i].html);
    }
    assert_true(news_body_names(STR("a\n\n![](photo:2)\n\n![](photo:12)"), 12));
    assert_false(news_body_names(STR("a\n\n![](photo:2)\n\n![](photo:12)"), 1));
    assert_false(news_body_names((struct str){NULL, 0}, 1));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_raw_html_is_text),
        cmocka_unit_test(test_references_and_escapes),
        cmocka_unit_test(test_definitions),
        cmocka_unit_test(test_long_names_of_definitions),
        cmocka_unit_test(test_links),
        cmocka_unit_test(test_every_byte_in_an_address),
        cmocka_unit_test(test_headings_leave_no_gap),
        cmocka_unit_test(test_code_breaks_and_lists),
        cmocka_unit_test(test_text_rows),
        cmocka_unit_test(test_what_is_no_text_is_refused),
        cmocka_unit_test(test_photos_get_marks),
        cmocka_unit_test(test_other_images_are_errors),
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_credit_lines),
        cmocka_unit_test(test_output_is_bounded),
        cmocka_unit_test(test_definitions_do_not_multiply),
        cmocka_unit_test(test_photos_get_other_numbers),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
