/* tests/unit/test_tpl.c - templates: what comes out of hostile values, the operator's
 * folder, languages, sections, includes, and everything that must be an error.
 *
 * Most texts are written as an operator's site/article.tpl or site/figure.tpl, so that
 * the tests do not depend on how the built-in ones look. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tpl/names.h"
#include "tpl/tpl.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"

#define FIRST    "{{%AUTOESCAPE context=\"HTML\"}}\n"
#define HOSTILE  "\"><script>alert('x')</script>&"
#define HARMLESS "&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;"

enum { LIMIT = 1 << 20 };

struct fixture {
    struct arena a;
    struct err err;
    char folder[64];
    struct str strings[2][S__MAX];
    struct tpl_lang langs[2];
    struct tpl_set *set;
};

static int
set_up(void **state)
{
    static struct fixture f;
    f = (struct fixture){.folder = "/tmp/byline-tpl-XXXXXX"};
    arena_init(&f.a);
    for (int i = 0; i < S__MAX; i++) {
        const char *key = tpl_string_key((enum tpl_string)i);
        f.strings[0][i] = str_of(key);
        f.strings[1][i] = str_fmt(&f.a, "<ru> {{TITLE}} \"%s\"", key);
    }
    f.langs[0] = (struct tpl_lang){STR("en"), f.strings[0]};
    f.langs[1] = (struct tpl_lang){STR("ru"), f.strings[1]};
    *state = &f;
    return mkdtemp(f.folder) != NULL ? 0 : -1;
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *where)
{
    (void)st, (void)type, (void)where;
    return remove(path);
}

static int
tear_down(void **state)
{
    struct fixture *f = *state;
    tpl_close(f->set);
    arena_done(&f->a);
    return nftw(f->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* Puts a file into the operator's folder. */
static void
put(struct fixture *f, const char *name, const char *text)
{
    const char *path = file_join(&f->a, str_of(f->folder), str_of(name));
    const char *slash = strrchr(path, '/');
    struct str dir = {path, (size_t)(slash - path)};
    assert_int_equal(file_make_dir(str_z(&f->a, dir), 0755, &f->err), RC_OK);
    assert_int_equal(file_write(path, str_of(text), 0644, &f->err), RC_OK);
}

static enum rc
open_folder(struct fixture *f, struct tpl_set **set)
{
    f->err = (struct err){.text = ""};
    return tpl_open(str_of(f->folder), f->langs, 2, set, &f->err);
}

/* The set with this text as site/article.tpl. */
static void
use_article(struct fixture *f, const char *text)
{
    put(f, "site/article.tpl", str_fmt(&f->a, "%s%s", FIRST, text).p);
    tpl_close(f->set);
    f->set = NULL;
    if (open_folder(f, &f->set) != RC_OK)
        fail_msg("%s", f->err.text);
}

static const char *
expand_in(struct fixture *f, const char *lang, struct tpl_dict *d)
{
    struct str out;
    if (tpl_expand(f->set, str_of(lang), d, LIMIT, &out, &f->err) != RC_OK)
        fail_msg("%s", f->err.text);
    return str_z(&f->a, out);
}

static const char *
expand(struct fixture *f, struct tpl_dict *d)
{
    return expand_in(f, "en", d);
}

static struct tpl_dict *
article(struct fixture *f)
{
    return tpl_dict_new(&f->a, TPL_SITE_ARTICLE);
}

/* The error text must begin with the operator's folder and then this. */
static void
assert_refused(struct fixture *f, const char *name_and_line, const char *reason)
{
    struct tpl_set *none = NULL;
    enum rc rc = open_folder(f, &none);
    struct str begin = str_fmt(&f->a, "%s/%s", f->folder, name_and_line);
    if (rc != RC_INVALID || !str_starts(str_of(f->err.text), begin) ||
        strstr(f->err.text, reason) == NULL)
        fail_msg("%s: \"%s\" instead of \"%s… %s\"", rc_name(rc), f->err.text, begin.p,
                 reason);
    assert_null(none);
}

/* --- escaping --- */

static void
test_text_contexts(void **state)
{
    static const struct {
        const char *given, *shown;
    } values[] = {
        {HOSTILE, HARMLESS},
        {"</title></textarea><img onerror=x>",
         "&lt;/title&gt;&lt;/textarea&gt;&lt;img onerror=x&gt;"},
        {"' onmouseover='x", "&#39; onmouseover=&#39;x"},
        {"\" onmouseover=\"x", "&quot; onmouseover=&quot;x"},
        {"-->{{TITLE}}{{%AUTOESCAPE}}", "--&gt;{{TITLE}}{{%AUTOESCAPE}}"},
        {"&lt;b&gt; &amp;amp;", "&amp;lt;b&amp;gt; &amp;amp;amp;"},
        {"a\x01\x1b[31m\x7f", "a\x01\x1b[31m\x7f"},
        {"javascript:alert(1)", "javascript:alert(1)"},
        {"a\tb\r\nc", "a b  c"},
        {"", ""},
    };
    struct fixture *f = *state;
    use_article(f,
                "<title>{{TITLE}}</title><p title=\"{{TITLE}}\" data-x=\"a {{TITLE}}\">"
                "{{TITLE}}</p><textarea>{{TITLE}}</textarea>");
    for (size_t i = 0; i < N_ELEMENTS(values); i++) {
        const char *s = values[i].shown;
        struct tpl_dict *d = article(f);
        tpl_set_str(d, T_TITLE, str_of(values[i].given));
        struct str wanted =
            str_fmt(&f->a,
                    "<title>%s</title><p title=\"%s\" data-x=\"a %s\">%s</p>"
                    "<textarea>%s</textarea>",
                    s, s, s, s, s);
        assert_string_equal(expand(f, d), wanted.p);
    }
}

static void
test_url_contexts(void **state)
{
    static const struct {
        const char *given, *shown;
    } values[] = {
        {"javascript:alert(1)", "#"},
        {"JaVaScRiPt:alert(1)", "#"},
        {" javascript:alert(1)", "#"},
        {"java\tscript:alert(1)", "#"},
        {"\x01javascript:alert(1)", "#"},
        {"javascript:https://example.org/", "#"},
        {"vbscript:x", "#"},
        {"data:text/html,<script>", "#"},
        {"https://example.org/?a=1&b=\"2\"",
         "https://example.org/?a=1&amp;b=&quot;2&quot;"},
        {"/news/a-b?before=12#x", "/news/a-b?before=12#x"},
        {"/\"><script>", "/&quot;&gt;&lt;script&gt;"},
        {"/новости/ж", "/новости/ж"},
        {"", ""},
    };
    struct fixture *f = *state;
    use_article(f, "<a href=\"{{BACK_URL}}\">1</a><form action=\"{{BACK_URL}}\">2</form>"
                   "<img src=\"{{BACK_URL}}\">");
    for (size_t i = 0; i < N_ELEMENTS(values); i++) {
        struct tpl_dict *d = article(f);
        tpl_set_str(d, T_BACK_URL, str_of(values[i].given));
        const char *s = values[i].shown;
        struct str wanted = str_fmt(
            &f->a, "<a href=\"%s\">1</a><form action=\"%s\">2</form><img src=\"%s\">", s,
            s, s);
        assert_string_equal(expand(f, d), wanted.p);
    }
}

static void
test_utf8_unchanged(void **state)
{
    static const char text[] =
        "Жуков\xc2\xa0– «цитата» e\xcc\x81 \xe2\x80\xa8 العربية 👍🏽 Mіnsk";
    struct fixture *f = *state;
    use_article(f, "{{TITLE}}|{{HTML_TEXT:x-html}}|Привет, 👍🏽");
    struct tpl_dict *d = article(f);
    tpl_set_str(d, T_TITLE, str_of(text));
    tpl_set_html(d, T_HTML_TEXT, tpl_html_trusted(str_of(text)));
    struct str wanted = str_fmt(&f->a, "%s|%s|Привет, 👍🏽", text, text);
    assert_string_equal(expand(f, d), wanted.p);
    assert_int_equal(utf8_check(wanted), wanted.n);
}

static void
test_html_passes_and_text_does_not(void **state)
{
    static const char html[] = "<p>it's &amp; \"so\"</p>\n{{TITLE}}";
    static const char shown[] =
        "&lt;p&gt;it&#39;s &amp;amp; &quot;so&quot;&lt;/p&gt; {{TITLE}}";
    struct fixture *f = *state;
    use_article(f, "{{#BODY}}[{{HTML_TEXT:x-html}}|{{HTML_TEXT}}]{{/BODY}}");
    struct tpl_dict *d = article(f);
    /* The same bytes at the same place: only how they were set counts. */
    tpl_set_html(tpl_section(d, T_BODY), T_HTML_TEXT, tpl_html_trusted(str_of(html)));
    tpl_set_str(tpl_section(d, T_BODY), T_HTML_TEXT, str_of(html));
    struct tpl_dict *both = tpl_section(d, T_BODY);
    tpl_set_html(both, T_HTML_TEXT, tpl_html_trusted(str_of(html)));
    tpl_set_str(both, T_HTML_TEXT, str_of(html));
    (void)tpl_section(d, T_BODY);
    struct str wanted = str_fmt(&f->a, "[%s|%s][%s|%s][%s|%s][|]", html, shown, shown,
                                shown, shown, shown);
    assert_string_equal(expand(f, d), wanted.p);
}

static void
test_lines_stay(void **state)
{
    struct fixture *f = *state;
    use_article(f, "{{TITLE:x-lines}}|<textarea>{{TITLE:x-lines}}</textarea>"
                   "<input value=\"{{TITLE:x-lines}}\">{{TITLE}}");
    struct tpl_dict *d = article(f);
    tpl_set_str(d, T_TITLE, STR("a\n\n\tb </textarea>\"'&"));
    static const char kept[] = "a\n\n\tb &lt;/textarea&gt;&quot;&#39;&amp;";
    struct str wanted = str_fmt(&f->a,
                                "%s|<textarea>%s</textarea><input value=\"%s\">"
                                "a   b &lt;/textarea&gt;&quot;&#39;&amp;",
                                kept, kept, kept);
    assert_string_equal(expand(f, d), wanted.p);
}

/* Only a list that was written here passes, and only addresses of the site get into it.
 */
static void
test_srcset_holds_own_addresses_only(void **state)
{
    static const struct tpl_candidate all[] = {
        {STR_INIT("/media/0a/f/480.avif"), 480},
        {STR_INIT("//evil.example/x.jpg"), 1},
        {STR_INIT("https://evil.example/x.jpg"), 2},
        {STR_INIT("javascript:alert(1)"), 3},
        {STR_INIT("/a b.jpg"), 4},
        {STR_INIT("/a,b.jpg"), 5},
        {STR_INIT("/a\" onerror=\"x"), 6},
        {STR_INIT("/a%22"), 7},
        {STR_INIT("/\\evil.example"), 8},
        {STR_INIT("/a\n"), 9},
        {STR_INIT(""), 10},
        {{NULL, 0}, 11},
        {STR_INIT("/admin/preview/Ab_9-z/media/x.jpg"), 960},
    };
    struct fixture *f = *state;
    use_article(
        f, "<img srcset=\"{{TITLE:x-srcset}}\">{{#BODY}}{{HTML_TEXT:x-html}}{{/BODY}}");
    struct tpl_dict *d = article(f);
    tpl_set_srcset(d, T_TITLE, all, N_ELEMENTS(all));
    tpl_set_srcset(tpl_section(d, T_BODY), T_HTML_TEXT, all, 1);
    assert_string_equal(
        expand(f, d),
        "<img srcset=\"/media/0a/f/480.avif 480w, "
        "/admin/preview/Ab_9-z/media/x.jpg 960w\">/media/0a/f/480.avif 480w");
    tpl_set_str(d, T_TITLE, STR("/media/0a/f/480.avif 480w"));
    assert_non_null(strstr(expand(f, d), "<img srcset=\"\">"));
    tpl_set_html(d, T_TITLE, tpl_html_trusted(STR("/media/0a/f/480.avif 480w")));
    assert_non_null(strstr(expand(f, d), "<img srcset=\"\">"));
    tpl_set_srcset(d, T_TITLE, NULL, 0);
    assert_non_null(strstr(expand(f, d), "<img srcset=\"\">"));
}

static void
test_html_of_one_template_in_another(void **state)
{
    struct fixture *f = *state;
    struct tpl_html part;
    use_article(f, "<b title=\"{{TITLE}}\">{{TITLE}}</b>{{HTML_TEXT:x-html}}");
    struct tpl_dict *inner = article(f), *outer = article(f);
    tpl_set_str(inner, T_TITLE, STR(HOSTILE));
    assert_int_equal(tpl_expand_html(f->set, STR("en"), inner, LIMIT, &part, &f->err),
                     RC_OK);
    tpl_set_html(outer, T_HTML_TEXT, part);
    assert_string_equal(expand(f, outer),
                        "<b title=\"\"></b><b title=\"" HARMLESS "\">" HARMLESS "</b>");
}

static void
test_escape_html(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(tpl_escape_html(&f->a, STR(HOSTILE)).p, HARMLESS);
    assert_string_equal(tpl_escape_html(&f->a, STR("{{X}}")).p,
                        "&#123;&#123;X&#125;&#125;");
    assert_string_equal(tpl_escape_html(&f->a, STR("да\n")).p, "да\n");
    assert_int_equal(tpl_escape_html(&f->a, (struct str){NULL, 0}).n, 0);
}

/* --- sections, includes, values --- */

static void
test_sections(void **state)
{
    struct fixture *f = *state;
    use_article(f, "{{#LEAD}}({{TITLE}}:{{LEAD_TEXT}}){{/LEAD}}{{#CRUMBS}}{{#CRUMB}}"
                   "{{CRUMB_NAME}},{{/CRUMB}}{{/CRUMBS}}{{#GALLERY}}hidden{{/GALLERY}}");
    struct tpl_dict *d = article(f);
    tpl_set_str(d, T_TITLE, STR("first"));
    tpl_set_str(d, T_TITLE, STR("last"));
    tpl_show(d, T_LEAD);
    tpl_show(d, T_LEAD);
    struct tpl_dict *own = tpl_section(d, T_LEAD);
    tpl_set_str(own, T_TITLE, STR("own"));
    tpl_set_int(own, T_LEAD_TEXT, INT64_MIN);
    tpl_show(d, T_CRUMBS);
    for (int i = 1; i <= 3; i++)
        tpl_set_int(tpl_section(d, T_CRUMB), T_CRUMB_NAME, i);
    assert_string_equal(expand(f, d), "(last:)(own:-9223372036854775808)1,2,3,");
}

static void
test_includes(void **state)
{
    struct fixture *f = *state;
    put(f, "site/figure.tpl", FIRST "[{{SRC}}{{ALT}}]");
    use_article(f, "{{TITLE}}{{#TOP_PHOTO}}{{>FIGURE}}{{/TOP_PHOTO}}");
    struct tpl_dict *d = article(f);
    tpl_set_str(d, T_TITLE, STR("t"));
    /* Files see nothing of the dictionary around them; sections find its includes. */
    struct tpl_dict *photos = tpl_section(d, T_TOP_PHOTO);
    tpl_set_str(tpl_include(photos, T_FIGURE, TPL_SITE_FIGURE), T_SRC, STR("a"));
    tpl_set_str(tpl_include(photos, T_FIGURE, TPL_SITE_FIGURE), T_ALT, STR("<b>"));
    tpl_show(d, T_TOP_PHOTO);
    (void)tpl_section(d, T_TOP_PHOTO);
    (void)tpl_include(d, T_FIGURE, TPL_SITE_FIGURE);
    assert_string_equal(expand(f, d), "t[a][&lt;b&gt;][]");
}

static void
assert_fails(struct fixture *f, const struct tpl_dict *d, const char *text)
{
    struct str out = {NULL, 0};
    f->err = (struct err){.text = ""};
    assert_int_equal(tpl_expand(f->set, STR("en"), d, LIMIT, &out, &f->err), RC_FAILED);
    assert_string_equal(f->err.text, text);
    assert_null(out.p);
}

static void
test_missing_include(void **state)
{
    struct fixture *f = *state;
    use_article(f, "{{TITLE}}{{#TOP_PHOTO}}{{>FIGURE}}{{/TOP_PHOTO}}");
    struct tpl_dict *d = article(f);
    assert_string_equal(expand(f, d), "");
    tpl_show(d, T_TOP_PHOTO);
    assert_fails(f, d, "site/article.tpl: {{>FIGURE}} was reached and not included");
    (void)tpl_include(d, T_FIGURE, TPL_SITE_FIGURE);
    assert_non_null(strstr(expand(f, d), "<figure>"));
}

static void
test_name_the_file_does_not_use(void **state)
{
    struct fixture *f = *state;
    use_article(f, "{{TITLE}}");
    struct tpl_dict *d = article(f);
    tpl_set_str(tpl_include(d, T_FIGURE, TPL_SITE_FIGURE), T_HTML_TEXT, STR("x"));
    tpl_set_str(d, T_SRC, STR("x"));
    assert_fails(f, d, "site/figure.tpl has no value HTML_TEXT, but one was set");
    d = article(f);
    tpl_show(d, T_TITLE);
    assert_fails(f, d, "site/article.tpl has no section TITLE, but one was set");
    d = article(f);
    (void)tpl_include(d, T_TITLE, TPL_SITE_FIGURE);
    assert_fails(f, d, "site/article.tpl has no include TITLE, but one was set");
}

static void
test_limit_and_language(void **state)
{
    struct fixture *f = *state;
    struct str out;
    use_article(f, "{{TITLE}}\n");
    struct tpl_dict *d = article(f);
    tpl_set_str(d, T_TITLE, STR("12345678"));
    assert_int_equal(tpl_expand(f->set, STR("en"), d, 8, &out, &f->err), RC_LIMIT);
    assert_string_equal(f->err.text, "site/article.tpl: more than 8 bytes");
    assert_int_equal(tpl_expand(f->set, STR("en"), d, 9, &out, &f->err), RC_OK);
    assert_true(str_eq(out, STR("12345678\n")));
    assert_int_equal(tpl_expand(f->set, STR("de"), d, 9, &out, &f->err), RC_FAILED);
    assert_string_equal(f->err.text, "no templates in the language \"de\"");
}

/* --- languages and the operator's folder --- */

static void
test_strings(void **state)
{
    struct fixture *f = *state;
    use_article(f, "<p title=\"{{S_GO_BACK}}\">{{S_GO_BACK}}|{{S_HOME}}</p>{{TITLE}}");
    struct tpl_dict *d = article(f);
    tpl_set_str(d, T_TITLE, STR("!"));
    assert_string_equal(expand_in(f, "en", d), "<p title=\"go_back\">go_back|home</p>!");
#define RU(key) "&lt;ru&gt; &#123;&#123;TITLE&#125;&#125; &quot;" key "&quot;"
    assert_string_equal(expand_in(f, "ru", d), "<p title=\"" RU("go_back") "\">" RU(
                                                   "go_back") "|" RU("home") "</p>!");
}

static void
test_string_that_a_language_lacks(void **state)
{
    struct fixture *f = *state;
    f->strings[1][S_GO_BACK] = (struct str){NULL, 0};
    assert_int_equal(open_folder(f, &f->set), RC_INVALID);
    assert_string_equal(f->err.text, "the language ru has no text for go_back");
}

static void
test_builtin(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(tpl_open((struct str){NULL, 0}, f->langs, 2, &f->set, &f->err),
                     RC_OK);
    assert_true(tpl_builtin_n_langs >= 2);
    assert_string_equal(tpl_builtin_langs[0].name, "lang/en.ini");
    for (int file = 0; file < TPL__MAX; file++) {
        assert_string_equal(tpl_builtin[file].name, tpl_file_name((enum tpl_file)file));
        assert_int_equal(strlen(tpl_builtin[file].bytes), tpl_builtin[file].size);
    }
    struct tpl_dict *d = tpl_dict_new(&f->a, TPL_SITE_FIGURE);
    tpl_set_str(tpl_section(d, T_CAPTION), T_CAPTION_TEXT, STR(HOSTILE));
    assert_non_null(strstr(expand(f, d), HARMLESS));
    assert_non_null(strstr(expand_in(f, "ru", d), HARMLESS));
}

static void
test_index_finds_every_name(void **state)
{
    struct tpl_index index;
    (void)state;
    tpl_index_fill(&index);
    for (int name = 0; name < T__MAX; name++) {
        const char *text = tpl_name_text((enum tpl_name)name);
        assert_int_equal(tpl_index_find(&index, text, strlen(text)), name);
    }
    assert_int_equal(tpl_index_find(&index, "TITL", 4), T__MAX);
    assert_int_equal(tpl_index_find(&index, "TITLES", 6), T__MAX);
    assert_int_equal(tpl_index_find(&index, "", 0), T__MAX);
}

static void
test_folder_goes_first(void **state)
{
    struct fixture *f = *state;
    struct tpl_set *old;
    use_article(f, "ours {{TITLE}}");
    old = f->set;
    put(f, "site/article.tpl", FIRST "newer {{TITLE}}");
    put(f, "lang/fr.ini", "not read here");
    put(f, ".git/config", "nor this");
    put(f, "site/.article.tpl.swp", "nor this");
    assert_int_equal(open_folder(f, &f->set), RC_OK);
    struct tpl_dict *d = article(f);
    tpl_set_str(d, T_TITLE, STR("x"));
    assert_string_equal(expand(f, d), "newer x");
    tpl_close(f->set);
    f->set = old;
    assert_string_equal(expand(f, d), "ours x");
}

static void
test_broken_override(void **state)
{
    struct fixture *f = *state;
    use_article(f, "good {{TITLE}}");
    struct tpl_dict *d = article(f);
    put(f, "site/article.tpl", FIRST "<p>\n<a href=\"/{{BACK_URL}}\">x</a>");
    assert_refused(f, "site/article.tpl:3: ", "must be exactly href=\"{{NAME}}\"");
    put(f, "site/article.tpl", "<p>{{TITLE}}</p>");
    assert_refused(f, "site/article.tpl:1: ", "first line must be exactly");
    put(f, "site/article.tpl", FIRST "\n\n{{TITEL}}");
    assert_refused(
        f, "site/article.tpl:4: ", "{{TITEL}} is nothing that site/article.tpl gets");
    put(f, "site/article.tpl", FIRST "{{#TITLE}}{{/TITLE}}");
    assert_refused(f, "site/article.tpl:2: ", "{{#TITLE}} is nothing that");
    put(f, "site/article.tpl", FIRST "{{SRC}}");
    assert_refused(f, "site/article.tpl:2: ", "{{SRC}} is nothing that");
    put(f, "site/article.tpl", FIRST "{{>TITLE}}");
    assert_refused(f, "site/article.tpl:2: ", "it may use FIGURE");
    put(f, "site/article.tpl", FIRST "\n{{S_NO_SUCH}}");
    assert_refused(f, "site/article.tpl:3: ", "no such string");
    assert_string_equal(expand(f, d), "good ");
}

static void
test_unknown_files(void **state)
{
    struct fixture *f = *state;
    put(f, "site/artikel.tpl", FIRST);
    assert_refused(f, "site/artikel.tpl: ",
                   "no template has this name; there are admin/blocks.tpl, ");
    assert_int_equal(remove(str_fmt(&f->a, "%s/site/artikel.tpl", f->folder).p), 0);
    put(f, "article.tpl", FIRST);
    assert_refused(f, "article.tpl: ", "no template has this name");
    assert_int_equal(remove(str_fmt(&f->a, "%s/article.tpl", f->folder).p), 0);
    put(f, "sites/article.tpl", FIRST);
    assert_refused(f, "sites: ", "no template has this name");
    assert_int_equal(nftw(str_fmt(&f->a, "%s/sites", f->folder).p, remove_one, 8,
                          FTW_DEPTH | FTW_PHYS),
                     0);
    put(f, "site/card.tpl/x", FIRST);
    assert_refused(f, "site/card.tpl: ", "no template has this name");
}

static void
test_folder_that_is_none(void **state)
{
    struct fixture *f = *state;
    const char *path = str_fmt(&f->a, "%s/nowhere", f->folder).p;
    assert_int_equal(tpl_open(str_of(path), f->langs, 2, &f->set, &f->err), RC_INVALID);
    assert_non_null(strstr(f->err.text, "/nowhere: a folder of templates is wanted"));
    put(f, "nowhere", "a file");
    assert_int_equal(tpl_open(str_of(path), f->langs, 2, &f->set, &f->err), RC_INVALID);
}

static void
test_gives_memory_back(void **state)
{
    struct fixture *f = *state;
    put(f, "site/article.tpl", FIRST "{{TITLE");
    long n = mem_blocks();
    tpl_close(NULL);
    for (int i = 0; i < 3; i++) {
        struct tpl_set *set = NULL;
        assert_int_equal(tpl_open((struct str){NULL, 0}, f->langs, 2, &set, NULL), RC_OK);
        tpl_close(set);
        assert_int_equal(tpl_open(str_of(f->folder), f->langs, 2, &set, NULL),
                         RC_INVALID);
    }
    assert_int_equal(mem_blocks(), n);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_text_contexts),
        TEST(test_url_contexts),
        TEST(test_utf8_unchanged),
        TEST(test_html_passes_and_text_does_not),
        TEST(test_lines_stay),
        TEST(test_srcset_holds_own_addresses_only),
        TEST(test_html_of_one_template_in_another),
        TEST(test_escape_html),
        TEST(test_sections),
        TEST(test_includes),
        TEST(test_missing_include),
        TEST(test_name_the_file_does_not_use),
        TEST(test_limit_and_language),
        TEST(test_strings),
        TEST(test_string_that_a_language_lacks),
        TEST(test_builtin),
        TEST(test_index_finds_every_name),
        TEST(test_folder_goes_first),
        TEST(test_broken_override),
        TEST(test_unknown_files),
        TEST(test_folder_that_is_none),
        TEST(test_gives_memory_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
