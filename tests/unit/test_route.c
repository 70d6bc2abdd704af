/* tests/unit/test_route.c - from address to row and back: every builder through the
 * router, the rules that every row obeys, one address for every spelling. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <regex.h>

#include "model/section.h"
#include "model/url.h"
#include "web/route.h"

#include "base/buf.h"

#define A20 "aaaaaaaaaaaaaaaaaaaa"
#define A80 A20 A20 A20 A20

static const struct site site = {
    .url = STR_INIT("https://news.example"),
    .langs = {{.code = STR_INIT("en")},
              {.code = STR_INIT("ru")},
              {.code = STR_INIT("kk")}},
    .n_langs = 3,
};
static struct arena arena;

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

/* ---- builders ---- */

/* A request for a target, as the web server would tell of it. */
struct asked {
    struct http_request req;
    struct route_match match;
};

static const char *
variable(void *ctx, const char *name)
{
    return strcmp(name, "REQUEST_URI") == 0       ? ctx
           : strcmp(name, "REQUEST_METHOD") == 0  ? "GET"
           : strcmp(name, "SERVER_PROTOCOL") == 0 ? "HTTP/1.1"
                                                  : NULL;
}

static void
ask(struct str target, struct asked *out)
{
    struct http_env env = {.ctx = (void *)(uintptr_t)str_z(&arena, target),
                           .get = variable};
    struct err err;
    int status;
    if (http_request_decode(&env, &arena, &out->req, &status, &err) != RC_OK)
        fail_msg("%.*s: %s", STR_ARG(target), err.text);
    if (out->req.redirect.p != NULL)
        fail_msg("%.*s is not canonical", STR_ARG(target));
    route_find(&site, HTTP_GET, out->req.path, &out->match);
}

/* The address leads to the row, in the language, and its words are these (NULL: no
 * more). */
static void
assert_leads_to(struct str target, enum route_id id, int lang, const char *one,
                const char *two)
{
    struct asked asked;
    const char *words[] = {one, two};
    int n = (one != NULL) + (two != NULL);
    ask(target, &asked);
    if (asked.match.route == NULL || asked.match.route->id != id)
        fail_msg("%.*s has no row or another one", STR_ARG(target));
    assert_int_equal(asked.match.lang, lang);
    assert_int_equal(route_lang(&site, asked.req.path), lang);
    assert_int_equal(asked.match.n_words, n);
    for (int i = 0; i < n; i++)
        assert_true(str_eq_z(asked.match.words[i], words[i]));
    assert_null(route_canonical(&site, asked.req.path, &arena).p);
}

static void
test_plain_builders(void **state)
{
    (void)state;
    for (int lang = 0; lang < site.n_langs; lang++) {
        struct arena *a = &arena;
        assert_leads_to(url_home(a, &site, lang), ROUTE_HOME, lang, NULL, NULL);
        assert_leads_to(url_all(a, &site, lang), ROUTE_ALL_NEWS, lang, NULL, NULL);
        assert_leads_to(url_corrections(a, &site, lang), ROUTE_CORRECTIONS, lang, NULL,
                        NULL);
        assert_leads_to(url_manifest(a, &site, lang), ROUTE_MANIFEST, lang, NULL, NULL);
        struct str absolute = url_absolute(a, &site, url_all(a, &site, lang));
        assert_leads_to(str_from(absolute, site.url.n), ROUTE_ALL_NEWS, lang, NULL, NULL);
    }
    assert_leads_to(url_media(&arena, STR("0abc"), STR("960.jpg")), ROUTE_MEDIA, 0, NULL,
                    NULL);
}

static void
test_archive_builders(void **state)
{
    (void)state;
    static const int years[] = {1, 476, 1999, 2023, 9999};
    for (int lang = 0; lang < site.n_langs; lang++)
        for (size_t i = 0; i < N_ELEMENTS(years); i++) {
            struct str y = str_fmt(&arena, "%04d", years[i]);
            assert_leads_to(url_year(&arena, &site, lang, years[i]), ROUTE_YEAR, lang,
                            y.p, NULL);
            for (int m = 1; m <= 12; m++)
                assert_leads_to(url_month(&arena, &site, lang, years[i], m), ROUTE_MONTH,
                                lang, y.p, str_fmt(&arena, "%02d", m).p);
        }
}

/* Words that mean something elsewhere in an address are still slugs here. */
static void
test_section_and_article_builders(void **state)
{
    (void)state;
    static const char *const sections[] = {"speeches", "a", "20234", "202", "de", A80};
    static const char *const slugs[] = {"a-b", "2023", "05",  "ru",      "en", "news",
                                        "0",   "tag",  "api", "healthz", A80};
    for (int lang = 0; lang < site.n_langs; lang++)
        for (size_t i = 0; i < N_ELEMENTS(sections); i++) {
            struct str section = str_of(sections[i]);
            struct err err;
            assert_int_equal(section_slug_check(&site, section, &err), RC_OK);
            assert_leads_to(url_section(&arena, &site, lang, section), ROUTE_SECTION,
                            lang, sections[i], NULL);
            for (size_t j = 0; j < N_ELEMENTS(slugs); j++)
                assert_leads_to(
                    url_article(&arena, &site, lang, section, str_of(slugs[j])),
                    ROUTE_ARTICLE, lang, sections[i], slugs[j]);
        }
}

/* An item's address for programs leads to it, whatever its id is. */
static void
test_api_builder(void **state)
{
    static const char *const ids[] = {
        "01ngcbzscvpcy9dgx82m",
        "a b",
        "/news/x/?id=1",
        ".",
        "..",
        "...",
        ".a",
        "a/../b",
        "tag:x,2020:1",
        "100%",
        "%2f",
        "%41",
        "~2F",
        "~",
        "it's",
        "Ж",
        "\\",
        "\"",
        "#?&",
        "approve",
        "a/approve",
        "urn:uuid:f81d4fae",
        A80 A80 A20 A20,
    };
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(ids); i++) {
        struct asked asked;
        struct str id;
        ask(url_api_item(&arena, str_of(ids[i])), &asked);
        if (asked.match.route == NULL || asked.match.route->id != ROUTE_API_ITEM ||
            !url_api_id(&arena, asked.match.words[0], &id) || !str_eq_z(id, ids[i]))
            fail_msg("%s does not come back", ids[i]);
        assert_null(route_canonical(&site, asked.req.path, &arena).p);
    }
}

static void
test_segments_that_are_no_id(void **state)
{
    static const char *const segments[] = {"~",   "~2",  "a~2", "~2f", "~GG",
                                           "~00", "~0A", "~FF", "a~7F"};
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(segments); i++) {
        struct str id;
        if (url_api_id(&arena, str_of(segments[i]), &id))
            fail_msg("%s is taken for \"%.*s\"", segments[i], STR_ARG(id));
    }
}

static void
assert_holds(struct str target, const char *param, struct cursor want)
{
    struct asked asked;
    struct str word;
    struct cursor c;
    struct err err;
    ask(target, &asked);
    assert_int_equal(http_request_param(&asked.req, param, &word, &err), RC_OK);
    assert_true(cursor_read(word, &c));
    assert_int_equal(c.published_at, want.published_at);
    assert_int_equal(c.tie, want.tie);
    assert_int_equal(asked.match.route->params, ROUTE_CURSOR);
}

static void
test_cursor_builders(void **state)
{
    (void)state;
    struct cursor c = {1684368000, cursor_tie(STR("x"))};
    for (int lang = 0; lang < site.n_langs; lang++) {
        const struct str listings[] = {
            url_all(&arena, &site, lang),
            url_year(&arena, &site, lang, 2023),
            url_month(&arena, &site, lang, 2023, 5),
            url_section(&arena, &site, lang, STR("speeches")),
        };
        for (size_t i = 0; i < N_ELEMENTS(listings); i++) {
            assert_holds(url_before(&arena, listings[i], c), "before", c);
            assert_holds(url_after(&arena, listings[i], c), "after", c);
        }
    }
}

/* ---- rules of every row ---- */

/* What is wrong with a row; NULL: nothing. Whoever may change something must say which
 * proof it wants, and nothing for staff is open to all. */
static const char *
fault_of(const struct route *r)
{
    struct str pattern = str_of(r->pattern);
    int n_words = 0;
    for (size_t i = 0; i < pattern.n; i++)
        n_words += pattern.p[i] == ':';
    if (r->methods == 0)
        return "no method";
    if ((r->methods & ~(unsigned)ROUTE_READ) != 0 && r->csrf == ROUTE_NONE)
        return "writes without a proof against forgery";
    if (str_starts(pattern, STR("/admin")) && r->capability == ROUTE_ANYONE)
        return "a staff page for anyone";
    if (r->capability == ROUTE_LOCAL && r->cache != ROUTE_NEVER)
        return "kept for others what is for this machine";
    if (r->handler == NULL)
        return "no handler";
    if (r->help == NULL || r->help[0] == '\0')
        return "no help";
    return !str_starts(pattern, STR("/")) || n_words > ROUTE_WORDS_MAX ? "bad pattern"
                                                                       : NULL;
}

static enum rc
no_handler(struct visit *v, struct http_response *r, struct err *err)
{
    (void)v, (void)r;
    return err_set(err, RC_FAILED, "never asked");
}

static void
test_every_row_obeys(void **state)
{
    (void)state;
    for (int i = 0; i < ROUTE__MAX; i++) {
        const char *fault = fault_of(&routes[i]);
        if (fault != NULL)
            fail_msg("%s: %s", routes[i].pattern, fault);
        assert_int_equal(routes[i].id, i);
    }
}

/* A rule that cannot fail is no rule. */
static void
test_bad_rows_are_found(void **state)
{
    (void)state;
    const struct route good = {.methods = ROUTE_READ,
                               .pattern = "/x/",
                               .handler = no_handler,
                               .cache = ROUTE_PAGE,
                               .help = "x"};
    struct route bad[8];
    assert_null(fault_of(&good));
    for (size_t i = 0; i < N_ELEMENTS(bad); i++)
        bad[i] = good;
    bad[0].methods = 1 << HTTP_POST;
    bad[1].methods = ROUTE_READ | 1 << HTTP_DELETE;
    bad[2].pattern = "/admin/items/";
    bad[3].capability = ROUTE_LOCAL;
    bad[4].handler = NULL;
    bad[5].help = "";
    bad[6].pattern = "x/";
    bad[7].methods = 0;
    for (size_t i = 0; i < N_ELEMENTS(bad); i++)
        assert_non_null(fault_of(&bad[i]));
}

static void
test_table_is_printed_whole(void **state)
{
    (void)state;
    struct buf text, markdown;
    buf_init(&text, &arena, 1 << 16);
    buf_init(&markdown, &arena, 1 << 16);
    route_print(&text, false);
    route_print(&markdown, true);
    for (int i = 0; i < ROUTE__MAX; i++) {
        assert_non_null(strstr(text.p, routes[i].help));
        assert_non_null(strstr(markdown.p, routes[i].pattern));
    }
}

/* ---- which paths have which row ---- */

/* The patterns once more, told another way: expressions that a word must match, and must
 * not. */
static const struct {
    const char *name, *is, *is_not;
} kinds[] = {
    {":year", "^[0-9]{4}$", "^0000$"},
    {":month", "^(0[1-9]|1[0-2])$", "^$"},
    {":section", "^[a-z0-9]+(-[a-z0-9]+)*$", "^([0-9]{4}|.{81,})$"},
    {":slug", "^[a-z0-9]+(-[a-z0-9]+)*$", "^.{81,}$"},
    {":number", "^[1-9][0-9]*$", "^.{20,}$"},
    {":id", "^.+$", "^$"},
};
static regex_t is[N_ELEMENTS(kinds)], is_not[N_ELEMENTS(kinds)];

static bool
word_fits(struct str pattern, struct str word)
{
    const char *z = str_z(&arena, word);
    for (size_t i = 0; i < N_ELEMENTS(kinds); i++)
        if (str_eq_z(pattern, kinds[i].name))
            return regexec(&is[i], z, 0, NULL, 0) == 0 &&
                   regexec(&is_not[i], z, 0, NULL, 0) != 0;
    return str_eq(pattern, word);
}

static bool
path_fits(const char *row, struct str path)
{
    struct str pattern = str_of(row);
    while (pattern.p != NULL && path.p != NULL) {
        if (str_eq_z(pattern, ":rest")) /* whatever follows, nothing too */
            return true;
        if (!word_fits(str_cut(&pattern, '/'), str_cut(&path, '/')))
            return false;
    }
    return pattern.p == NULL && path.p == NULL;
}

/* How many rows to be read a path has by the table alone, and the last of them. */
static int
rows_of(struct str path, enum route_id *id)
{
    bool has_lang = str_starts(path, STR("/ru/")) || str_starts(path, STR("/kk/"));
    int n = 0;
    for (int i = 0; i < ROUTE__MAX; i++)
        if ((routes[i].methods & ROUTE_READ) != 0 &&
            (!has_lang || routes[i].languages == ROUTE_ALL) &&
            path_fits(routes[i].pattern, has_lang ? str_from(path, 3) : path)) {
            *id = (enum route_id)i;
            n++;
        }
    return n;
}

static const char *const pool[] = {
    "",         "news",      "ru",
    "en",       "kk",        "News",
    "RU",       "2023",      "0000",
    "9999",     "02023",     "05",
    "5",        "13",        "00",
    "12",       "a",         "a-b",
    "a--b",     "-a",        "a-",
    "approve",  "revisions", "7",
    "a~2Fb",    "healthz",   "metrics",
    "media",    "0a",        "x.jpg",
    ".x",       "x",         "speeches",
    "Speeches", "новости",   "a b",
    "%2f",      "admin",     "site.webmanifest",
    A80,        A80 "a",     "2023-05",
    "-1",       "api",       "tag",
    "static",
};

static struct str
random_path(uint64_t *x)
{
    struct buf b;
    buf_init(&b, &arena, 4096);
    *x = *x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    uint64_t bits = *x >> 8;
    /* half of them where most rows are */
    static const char *const roots[] = {"", "/news", "/admin/api/v1/items", "/news"};
    buf_add_z(&b, roots[*x >> 61 & 3]);
    for (int n = (int)(bits % 5), i = 0; i <= n; i++) {
        bits /= 5;
        buf_fmt(&b, "/%s", pool[bits % N_ELEMENTS(pool)]);
        bits /= N_ELEMENTS(pool);
    }
    if (*x >> 63 != 0)
        buf_add_c(&b, '/');
    return buf_str(&b);
}

/* The canonical form has a row, is another path, and is its own canonical form. */
static void
check_canonical(struct str path)
{
    struct route_match m;
    struct str to = route_canonical(&site, path, &arena);
    if (to.p == NULL)
        return;
    route_find(&site, HTTP_GET, to, &m);
    assert_non_null(m.route);
    assert_false(str_eq(to, path));
    assert_null(route_canonical(&site, to, &arena).p);
}

/* No path has two rows, so the order of rows never decides; and the router agrees. */
static void
test_every_path_has_one_row_or_none(void **state)
{
    (void)state;
    int with_row = 0;
    uint64_t x = 2023;
    for (size_t i = 0; i < N_ELEMENTS(kinds); i++) {
        assert_int_equal(regcomp(&is[i], kinds[i].is, REG_EXTENDED | REG_NOSUB), 0);
        assert_int_equal(regcomp(&is_not[i], kinds[i].is_not, REG_EXTENDED | REG_NOSUB),
                         0);
    }
    for (int i = 0; i < 200000; i++) {
        struct str path = random_path(&x);
        struct route_match m;
        enum route_id id = ROUTE__MAX;
        int n = rows_of(path, &id);
        route_find(&site, HTTP_GET, path, &m);
        if (n > 1 || (m.route != NULL) != (n == 1) || (n == 1 && m.route->id != id))
            fail_msg("%.*s: %d rows", STR_ARG(path), n);
        check_canonical(path);
        with_row += n;
        arena_reset(&arena);
    }
    assert_in_range(with_row, 5000, 100000);
    for (size_t i = 0; i < N_ELEMENTS(kinds); i++) {
        regfree(&is[i]);
        regfree(&is_not[i]);
    }
}

static const struct str odd[] = {
    STR_INIT("//"),
    STR_INIT("/ "),
    STR_INIT("/."),
    STR_INIT("/index.html"),
    STR_INIT("/index.php"),
    STR_INIT("/news/index.php"),
    STR_INIT("/news//"),
    STR_INIT("//news/"),
    STR_INIT("/news/ /"),
    STR_INIT("/news/-/"),
    STR_INIT("/news/-1/"),
    STR_INIT("/news/0000/"),
    STR_INIT("/news/2023/00/"),
    STR_INIT("/news/2023/13/"),
    STR_INIT("/news/2023/0/"),
    STR_INIT("/news/2023/005/"),
    STR_INIT("/news/2023/05/18/"),
    STR_INIT("/news/2023/05/a-slug/"),
    STR_INIT("/news/2023/a-slug/"),
    STR_INIT("/news/\xd9\xa2\xd9\xa0\xd9\xa2\xd9\xa3/"), /* Arabic digits */
    STR_INIT("/news/speeches/a-b/c/"),
    STR_INIT("/news/speeches/a_b/"),
    STR_INIT("/news/speeches/a.b/"),
    STR_INIT("/news/speeches/a-b.html"),
    STR_INIT("/news/speeches/a-b/amp/../"),
    STR_INIT("/news/speeches/ſlug/"), /* a letter that upper case makes an S */
    STR_INIT("/news/sрeeches/"),      /* a Cyrillic letter */
    STR_INIT("/news/" A80 "a/"),
    STR_INIT("/news\0/"),
    STR_INIT("/news/\0/"),
    STR_INIT("/news/a\0b/"),
    STR_INIT("/news/2023\0/"),
    STR_INIT("/news;x/"),
    STR_INIT("/news/speeches;jsessionid=1/"),
    STR_INIT("/news/?x/"),
    STR_INIT("/de/"),
    STR_INIT("/de/news/"),
    STR_INIT("/ru/ru/"),
    STR_INIT("/en/en/"),
    STR_INIT("/ru/en/"),
    STR_INIT("/en/ru/"),
    STR_INIT("/en/ru/news/"),
    STR_INIT("/ru/kk/news/"),
    STR_INIT("/ru-BY/news/"),
    STR_INIT("/rus/news/"),
    STR_INIT("/r/u/"),
    STR_INIT("/ru/healthz"),
    STR_INIT("/en/healthz"),
    STR_INIT("/ru/metrics"),
    STR_INIT("/healthz/"),
    STR_INIT("/metrics/"),
    STR_INIT("/healthz/x"),
    STR_INIT("/media"),
    STR_INIT("/MEDIA/0a/x.jpg"),
    STR_INIT("/mediax/"),
    STR_INIT("/ru/media/"),
    STR_INIT("/ru/media/0a/x.jpg"),
    STR_INIT("/en/media/0a/x.jpg"),
    STR_INIT("/site.webmanifest/"),
    STR_INIT("/news/site.webmanifest"),
    STR_INIT("/static/site.css"),
    STR_INIT("/admin/nope/"),
    STR_INIT("/ru/admin/"),
    STR_INIT("/admins/"),
    STR_INIT("/.well-known/x"),
    STR_INIT("/%6eews/"),
    STR_INIT("/\\news/"),
    STR_INIT("/\xe2\x80\xae/"),
    STR_INIT("/news/\xff/"),
};

static void
test_odd_paths_have_no_row(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(odd); i++) {
        struct route_match m;
        route_find(&site, HTTP_GET, odd[i], &m);
        if (m.route != NULL)
            fail_msg("%.*s is %s", STR_ARG(odd[i]), m.route->pattern);
        struct str to = route_canonical(&site, odd[i], &arena);
        if (to.p != NULL)
            fail_msg("%.*s leads to %.*s", STR_ARG(odd[i]), STR_ARG(to));
    }
}

static void
test_one_address_for_every_spelling(void **state)
{
    (void)state;
    static const struct {
        const char *path, *canonical;
    } rows[] = {
        {"/news", "/news/"},
        {"/NEWS/", "/news/"},
        {"/News", "/news/"},
        {"/ru", "/ru/"},
        {"/RU", "/ru/"},
        {"/RU/", "/ru/"},
        {"/ru/news", "/ru/news/"},
        {"/en", "/"},
        {"/en/", "/"},
        {"/EN", "/"},
        {"/en/news/", "/news/"},
        {"/en/news", "/news/"},
        {"/En/News", "/news/"},
        {"/news/2023", "/news/2023/"},
        {"/news/2023/5/", "/news/2023/05/"},
        {"/news/2023/5", "/news/2023/05/"},
        {"/news/2023/05", "/news/2023/05/"},
        {"/news/2023/12", "/news/2023/12/"},
        {"/en/news/2023/5", "/news/2023/05/"},
        {"/EN/NEWS/2023/5", "/news/2023/05/"},
        {"/ru/news/2023/5", "/ru/news/2023/05/"},
        {"/KK/News/2023/9/", "/kk/news/2023/09/"},
        {"/news/speeches", "/news/speeches/"},
        {"/news/Speeches/A-B", "/news/speeches/a-b/"},
        {"/news/speeches/5", "/news/speeches/5/"},
        {"/en/news/en", "/news/en/"},
        {"/en/site.webmanifest", "/site.webmanifest"},
        {"/Site.WebManifest", "/site.webmanifest"},
        {"/RU/site.webmanifest", "/ru/site.webmanifest"},
        {"/HEALTHZ", NULL}, /* for machines: they can spell */
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct str to = route_canonical(&site, str_of(rows[i].path), &arena);
        if (!str_eq(to, str_of(rows[i].canonical)))
            fail_msg("%s leads to %.*s", rows[i].path, STR_ARG(to));
    }
}

/* Which language has no prefix is a matter of the settings. */
static void
test_another_default_language(void **state)
{
    (void)state;
    struct site ru = site;
    struct route_match m;
    ru.langs[0] = site.langs[1];
    ru.langs[1] = site.langs[0];
    assert_true(
        str_eq_z(route_canonical(&ru, STR("/RU/News/2023/5"), &arena), "/news/2023/05/"));
    route_find(&ru, HTTP_GET, STR("/en/news/"), &m);
    assert_int_equal(m.lang, 1);
    assert_int_equal(m.route->id, ROUTE_ALL_NEWS);
    route_find(&ru, HTTP_GET, STR("/ru/news/"), &m);
    assert_null(m.route);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_builders),
        cmocka_unit_test(test_archive_builders),
        cmocka_unit_test(test_section_and_article_builders),
        cmocka_unit_test(test_api_builder),
        cmocka_unit_test(test_segments_that_are_no_id),
        cmocka_unit_test(test_cursor_builders),
        cmocka_unit_test(test_every_row_obeys),
        cmocka_unit_test(test_bad_rows_are_found),
        cmocka_unit_test(test_table_is_printed_whole),
        cmocka_unit_test(test_every_path_has_one_row_or_none),
        cmocka_unit_test(test_odd_paths_have_no_row),
        cmocka_unit_test(test_one_address_for_every_spelling),
        cmocka_unit_test(test_another_default_language),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
