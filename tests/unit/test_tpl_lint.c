/* tests/unit/test_tpl_lint.c - what the template linter lets pass, and what it refuses
 * with which line and which reason. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <stdio.h>
#include <stdlib.h>

#include "tpl/lint.h"

#define FIRST "{{%AUTOESCAPE context=\"HTML\"}}\n"

/* Every text begins behind the first line, so line 2 is its first. */
static const char *const accepted[] = {
    "",
    "plain text, 1 > 0 & so on",
    "<!DOCTYPE html>\n<html lang=\"{{LANG}}\" dir=\"{{DIR}}\"><head></head></html>\n",
    "<p>{{TEXT}} and {{TEXT}}, {{S_UPDATED}}</p>",
    "<p title=\"{{S_UPDATED}}: {{DATE}}\">x</p>",
    "<a href=\"{{URL}}\" class=\"x {{CLASS}}\">{{TITLE}}</a>",
    "<A HREF=\"{{URL}}\" TITLE=\"{{TITLE}}\">x</A>",
    "<img src=\"{{SRC}}\" alt=\"{{ALT}}\" width=\"{{WIDTH}}\" loading=\"lazy\">",
    "<img src=\"/a.png\" alt=\"\"/><br/>",
    "<form action=\"{{URL}}\" method=\"post\"><input name=\"q\" value=\"{{Q}}\" required></form>",
    "<textarea>{{X:x-lines}}</textarea><input value=\"{{X:x-lines}}\">{{X:x-lines}}",
    "<div data-x=\"{{X}}\" aria-label=\"{{S_MENU}}\">{{BODY:x-html}}</div>",
    "{{#ITEM}}<li>{{>CARD}}</li>{{/ITEM}}\n{{!a comment of ours }}",
    "{{#A}}{{#B}}{{#A}}x{{/A}}{{/B}}{{/A}}",
    "<title>{{TITLE}}{{#SITE}} - {{NAME}}{{/SITE}}</title>",
    "{{#A}}<title>{{TITLE}}</title>{{/A}}",
    "<textarea name=\"t\">{{TEXT}} 1 > 0</textarea>",
    "<script src=\"{{JS_URL}}\" defer></script>",
    "<script>if (a < b) { f({x: {y: 1}}); }</script>{{X}}",
    "<style>@media print{a{b:c}}</style>{{X}}",
    ("<svg viewBox=\"0 0 1 1\" aria-label=\"{{S_MENU}}\"><title>{{S_MENU}}</title>"
     "<path d=\"M0 0\"/><svg/><svg></svg></svg>{{X}}"),
    "<noscript>{{S_NO_SCRIPT}}</noscript><p>{{X}}</p>",
    "<!-- a comment with <b>tags</b> and \"quotes' -->{{X}}",
    "<meta name=\"description\" content=\"{{TEXT}}\">",
    "<meta http-equiv=\"refresh\" content=\"60\">",
    "<p\nclass=\"a\"\n\ttitle=\"b\nc\"\n>{{X}}</p >",
    "<x-photo data-id=\"{{ID}}\"></x-photo>",
    "<a href=\"mailto:press@example.org\" onclick=\"go()\" style=\"color:red\">x</a>",
    "{ } &#123;&#125; Привет, العالم, 👍🏽 {{A1_B}}}",
    "<time datetime=\"{{DATETIME}}\">{{DATE}}</time>",
    ("<picture><source type=\"{{TYPE}}\" srcset=\"{{X:x-srcset}}\" sizes=\"{{SIZES}}\">"
     "<IMG SRCSET=\"{{X:x-srcset}}\" alt=\"{{ALT}}\"></picture>"),
};

static const struct refused {
    const char *text;
    int line;
    const char *reason; /* a part of it */
} refused[] = {
    /* markers that are no good anywhere */
    {"a\n{{TITLE:none}}", 3, "there are {{NAME:x-html}}, "},
    {"{{TITLE:h}}", 2, "there are {{NAME:x-html}}, "},
    {"{{TITLE:x-html:none}}", 2, "there are {{NAME:x-html}}, "},
    {"{{TITLE:x-other}}", 2, "there are {{NAME:x-html}}, "},
    {"{{TITLE:}}", 2, "there are {{NAME:x-html}}, "},
    {"{{S_MENU:x-html}}", 2, "there are {{NAME:x-html}}, "},
    {"{{#A:x-html}}{{/A}}", 2, "there are {{NAME:x-html}}, "},
    {"{{>A:x-html}}", 2, "there are {{NAME:x-html}}, "},
    {"{{title}}", 2, "is no name"},
    {"{{ TITLE }}", 2, "is no name"},
    {"{{}}", 2, "is no name"},
    {"{{1A}}", 2, "is no name"},
    {"{{BI_NEWLINE}}", 2, "is no name"},
    {"\n\n{{A_separator}}", 4, "is no name"},
    {"{{{TITLE}}}", 2, "is no name"},
    {"{{=| |=}}|TITLE|", 2, "is no name"},
    {"{{%AUTOESCAPE context=\"JAVASCRIPT\"}}", 2, "is no name"},
    {"{{TITLE", 2, "without \"}}\""},
    {"a }} b", 2, "without \"{{\""},
    /* values where the engine or a browser reads them as something else */
    {"<p>\n<script>\nvar a = \"{{TITLE}}\";\n</script>", 4, "inside <script>"},
    {"<script>{{#A}}x{{/A}}</script>", 2, "inside <script>"},
    {"<style>a{color:{{COLOR}}}</style>", 2, "inside <style>"},
    {"<SCRIPT>{{TITLE}}</SCRIPT>", 2, "inside <SCRIPT>"},
    {"<script>x</scriptx>{{TITLE}}</script>", 2, "inside <script>"},
    {"<script data-x=\"{{X}}\"></script>", 2, "only src may hold one"},
    {"<script type=\"{{X}}\"></script>", 2, "in the attribute type"},
    {"<a onclick=\"go('{{X}}')\">x</a>", 2, "in the attribute onclick"},
    {"<p style=\"width:{{X}}px\">x</p>", 2, "in the attribute style"},
    {"<img srcset=\"{{X}} 2x\">", 2, "in the attribute srcset"},
    {"<img srcset=\"{{X}}\">", 2, "srcset is {{NAME:x-srcset}}"},
    {"<img srcset=\"{{S_MENU}}\">", 2, "srcset is {{NAME:x-srcset}}"},
    {"<img srcset=\"{{X:x-html}}\">", 2, "inside a tag"},
    {"<img srcset=\"{{X:x-srcset}} 2x\">", 2,
     "must be exactly srcset=\"{{NAME:x-srcset}}\""},
    {"<img srcset=\"{{X:x-srcset}}, {{Y:x-srcset}}\">", 2,
     "not all of the value of srcset"},
    {"<img src=\"{{X:x-srcset}}\">", 2, "and nothing else is"},
    {"<p title=\"{{X:x-srcset}}\">x</p>", 2, "and nothing else is"},
    {"<link imagesrcset=\"{{X:x-srcset}}\">", 2, "and nothing else is"},
    {"<svg><image srcset=\"{{X:x-srcset}}\"/></svg>", 2, "of <svg>"},
    {"<iframe srcset=\"{{X:x-srcset}}\"></iframe>", 2, "of <iframe>"},
    {"{{X:x-srcset}}", 2, "stands in srcset only"},
    {"<textarea>{{X:x-srcset}}</textarea>", 2, "stands in srcset only"},
    {"<style type=\"{{X}}\"></style>", 2, "of <style>"},
    {"<button formaction=\"{{X}}\">x</button>", 2, "in the attribute formaction"},
    {"<iframe srcdoc=\"{{X}}\"></iframe>", 2, "in the attribute srcdoc"},
    {"<video poster=\"{{X}}\"></video>", 2, "in the attribute poster"},
    {"<a ping=\"{{X}}\">x</a>", 2, "in the attribute ping"},
    {"<svg><a xlink:href=\"{{X}}\">x</a></svg>", 2, "in the attribute xlink:href"},
    {"<svg><animate to=\"{{X}}\"/></svg>", 2, "in the attribute to"},
    {"<svg><a href=\"{{X}}\">x</a></svg>", 2, "of <svg>"},
    {"<svg><text>{{X}}</text></svg>", 2, "inside <svg>"},
    {"<svg><svg></svg>{{X}}</svg>", 2, "inside <svg>"},
    {"<math>{{X:x-html}}</math>", 2, "inside <math>"},
    {"<iframe src=\"{{X}}\"></iframe>", 2, "of <iframe>"},
    {"<object data=\"{{X}}\"></object>", 2, "in the attribute data"},
    {"<embed src=\"{{X}}\">", 2, "of <embed>"},
    {"<noscript><p>{{X}}</p></noscript>", 2, "inside <noscript>"},
    {"<base href=\"/\">", 2, "<base> is not allowed"},
    {"<plaintext>", 2, "<plaintext> is not allowed"},
    {"<meta http-equiv=\"refresh\" content=\"0;url={{X}}\">", 2, "http-equiv"},
    {"<meta content=\"0;url={{X}}\" http-equiv=\"refresh\">", 2, "http-equiv"},
    {"<a href=\" {{X}}\">x</a>", 2, "not all of the value of href"},
    {"<a\nhref=\"/{{X}}\">x</a>", 3, "not all of the value of href"},
    {"<a href=\"\n{{X}}\">x</a>", 3, "not all of the value of href"},
    {"<a href=\"javascript:{{X}}\">x</a>", 2, "not all of the value of href"},
    {"<a href=\"{{X}}{{Y}}\">x</a>", 2, "not all of the value of href"},
    {"<img SRC=\"{{X}}?a\">", 2, "not all of the value of SRC"},
    {"<a href=\"{{S_MENU}}\">x</a>", 2, "in the attribute href"},
    {"<p class={{X}}>x</p>", 2, "not in double quotes"},
    {"<p class='{{X}}'>x</p>", 2, "not in double quotes"},
    {"<p class = \"{{X}}\">x</p>", 2, "in the tag <p> that began in line 2"},
    {"<p {{X}}>x</p>", 2, "inside a tag"},
    {"<p {{X}}=\"a\">x</p>", 2, "inside a tag"},
    {"<p data-{{X}}=\"a\">x</p>", 2, "not in double quotes"},
    {"<{{X}}>x</p>", 2, "begins no tag"},
    {"</{{X}}>", 2, "begins no tag"},
    {"<h{{X}}>x</h1>", 2, "is no tag"},
    {"<p title=\"{{X:x-html}}\">x</p>", 2, "inside a tag"},
    {"<p title=\"{{X:x-lines}}\">x</p>", 2, "may stand in value"},
    {"<a href=\"{{X:x-lines}}\">x</a>", 2, "may stand in value"},
    {"{{S_MENU:x-lines}}", 2, "there are {{NAME:x-html}}, "},
    {"<svg>{{X:x-lines}}</svg>", 2, "inside <svg>"},
    {"<p title=\"{{#A}}x{{/A}}\">x</p>", 2, "inside a tag"},
    {"<p title=\"{{>A}}\">x</p>", 2, "inside a tag"},
    {"<p title=\"{{!x}}\">x</p>", 2, "inside a tag"},
    {"<input {{#ON}}checked{{/ON}}>", 2, "inside a tag"},
    {"<p title=\"a\" {{!x}}>x</p>", 2, "inside a tag"},
    {"<p>\n<!-- {{TITLE}} -->", 3, "inside an HTML comment"},
    {"<!-- {{#A}} -->{{/A}}", 2, "inside an HTML comment"},
    {"<title>{{X:x-html}}</title>", 2, "inside <title>"},
    {"<title>{{>X}}</title>", 2, "inside <title>"},
    {"<textarea>{{X:x-html}}</textarea>", 2, "inside <textarea>"},
    /* what would put the engine and the browser at odds */
    {"<title><b>x</b></title>", 2, "write &lt;"},
    {"<title>a</titlex>{{X:x-html}}", 2, "write &lt;"},
    {"<title>a", 2, "<title> is never closed"},
    {"<p title=\"a<b\">", 2, "holds a \"<\""},
    {"x\n<p title=\"a>\n\n{{X}}", 3, "not closed by a double quote"},
    {"<p title=\"a\"class=\"b\">", 2, "no space behind the value of title"},
    {"<p title='a'>", 2, "not in double quotes"},
    {"<p title=a>", 2, "not in double quotes"},
    {"\n<p class=\"x\"\n", 3, "never closed by \">\""},
    {"a < b", 2, "write &lt;"},
    {"<![CDATA[x]]>", 2, "begins no tag"},
    {"<?xml version=\"1.0\"?>", 2, "begins no tag"},
    {"</p class=\"x\">", 2, "is no end tag"},
    {"<!-- x", 2, "comment is never closed"},
    {"<!--> {{X}} -->", 2, "HTML comment"},
    {"<!--> x -->", 2, "browsers end elsewhere"},
    {"<!-- x --!> y -->", 2, "browsers end elsewhere"},
    {"<svg><!-- x --></svg>", 2, "a comment inside <svg>"},
    {"<svg><style>x</style></svg>", 2, "<style> inside <svg>"},
    {"<svg>\n<p>\n", 4, "<svg> is never closed"},
    {"\n<script>\nx", 3, "<script> is never closed"},
    {"<script><!-- x</script>", 2, "browsers would not end it"},
    {"<script>'<script>'</script>", 2, "browsers would not end it"},
    {"<script/>{{X}}", 2, "needs an end tag"},
    {"<iframe/>", 2, "needs an end tag"},
    /* sections */
    {"{{#A}}\nx", 2, "never closed by {{/A}}"},
    {"x{{/A}}", 2, "not begun"},
    {"{{#A}}\n{{#B}}\n{{/A}}\n{{/B}}", 4, "stands where {{/B}} must end line 3"},
    {"{{#A}}\n<title>{{/A}}</title>", 3, "in another element"},
    {"<title>{{#A}}</title>{{/A}}", 2, "in another element"},
    {"<title>{{#A}}</title><title>{{/A}}</title>", 2, "in another element"},
    {"{{#A}}{{#A}}{{#A}}{{#A}}{{#A}}{{#A}}{{#A}}{{#A}}{{#A}}\n{{#A}}{{#A}}{{#A}}{{#A}}{{#A}}"
     "{{#A}}{{#A}}{{#A}}",
     3, "more than 16 sections"},
    /* bytes */
    {"a\n\xff", 3, "not UTF-8"},
    {"a\n\x01", 3, "control character"},
    {"a\r\nb", 2, "CR LF"},
};

static enum rc
lint_behind_first(const char *text, struct err *err)
{
    struct arena a AT_END(arena_done);
    arena_init(&a);
    return tpl_lint(str_fmt(&a, "%s%s", FIRST, text), "x.tpl", err);
}

static void
test_accepted(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(accepted); i++) {
        struct err err = {.text = ""};
        if (lint_behind_first(accepted[i], &err) != RC_OK)
            fail_msg("refused: %s\n%s", accepted[i], err.text);
    }
}

static void
test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(refused); i++) {
        const struct refused *r = &refused[i];
        struct err err = {.text = ""};
        char begin[32];
        (void)snprintf(begin, sizeof begin, "x.tpl:%d: ", r->line);
        if (lint_behind_first(r->text, &err) != RC_INVALID)
            fail_msg("accepted: %s", r->text);
        if (strncmp(err.text, begin, strlen(begin)) != 0 || !strstr(err.text, r->reason))
            fail_msg("%s\nanswered: %s\ninstead of: %s… %s", r->text, err.text, begin,
                     r->reason);
    }
}

static void
test_first_line(void **state)
{
    static const char *const texts[] = {
        "",
        "<p>x</p>\n",
        "{{%AUTOESCAPE context=\"HTML\"}}",
        " {{%AUTOESCAPE context=\"HTML\"}}\n",
        "\n{{%AUTOESCAPE context=\"HTML\"}}\n",
        "\xef\xbb\xbf{{%AUTOESCAPE context=\"HTML\"}}\n",
        "{{%autoescape context=\"HTML\"}}\n",
        "{{%AUTOESCAPE context=\"HTML\" state=\"IN_TAG\"}}\n",
        "{{%AUTOESCAPE context=\"XML\"}}\n",
        "{{%AUTOESCAPE context=\"HTML\"}}<p>\n",
    };
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(texts); i++) {
        struct err err = {.text = ""};
        assert_int_equal(tpl_lint(str_of(texts[i]), "x.tpl", &err), RC_INVALID);
        assert_non_null(strstr(err.text, "x.tpl:1: the first line must be exactly"));
    }
}

struct seen {
    char text[400];
    size_t n;
};

static enum rc
note_marker(void *ctx, const struct tpl_marker *m, struct err *err)
{
    struct seen *seen = ctx;
    if (str_eq(m->name, STR("STOP")))
        return err_set(err, RC_CONFLICT, "stopped in line %d", m->line);
    int n = snprintf(seen->text + seen->n, sizeof seen->text - seen->n, "%d%s:%.*s@%d ",
                     (int)m->kind, m->is_html ? "h" : "", STR_ARG(m->name), m->line);
    seen->n += (size_t)n;
    return RC_OK;
}

static void
test_scan_tells_markers(void **state)
{
    (void)state;
    struct seen seen = {.n = 0};
    struct err err;
    struct str text = STR(FIRST "<p title=\"{{A}} {{S_B}}\">{{#C}}\n{{D:x-html}}{{/C}}\n"
                                "{{!no}}{{>E}}");
    assert_int_equal(tpl_lint_scan(text, "x", note_marker, &seen, &err), RC_OK);
    assert_string_equal(seen.text, "0:A@2 1:S_B@2 2:C@2 0h:D@3 3:C@3 5:@4 4:E@4 ");
    text = STR(FIRST "\n{{STOP}}<{{X}}>");
    assert_int_equal(tpl_lint_scan(text, "x", note_marker, &seen, &err), RC_CONFLICT);
    assert_string_equal(err.text, "stopped in line 3");
}

/* Every prefix of every text must end in an answer, without reading past its end (the
 * sanitizers watch the copy, which has exactly its bytes). */
static void
test_prefixes(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(accepted) + N_ELEMENTS(refused); i++) {
        const char *text = i < N_ELEMENTS(accepted)
                               ? accepted[i]
                               : refused[i - N_ELEMENTS(accepted)].text;
        size_t n_first = strlen(FIRST), n_text = strlen(text);
        for (size_t n = 0; n <= n_text; n++) {
            char *copy = malloc(n_first + n);
            assert_non_null(copy);
            memcpy(copy, FIRST, n_first);
            memcpy(copy + n_first, text, n);
            enum rc rc = tpl_lint((struct str){copy, n_first + n}, "x", NULL);
            assert_true(rc == RC_OK || rc == RC_INVALID);
            free(copy);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accepted),   cmocka_unit_test(test_refused),
        cmocka_unit_test(test_first_line), cmocka_unit_test(test_scan_tells_markers),
        cmocka_unit_test(test_prefixes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
