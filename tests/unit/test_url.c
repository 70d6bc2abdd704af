/* tests/unit/test_url.c - every address, letter by letter. That the router brings each
 * of them back to its page is in test_route. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include "model/url.h"

static const struct site site = {
    .url = STR_INIT("https://news.example"),
    .langs = {{.code = STR_INIT("en")}, {.code = STR_INIT("ru")}},
    .n_langs = 2,
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

static void
check(struct str have, const char *want)
{
    if (!str_eq_z(have, want))
        fail_msg("%.*s, not %s", STR_ARG(have), want);
    assert_int_equal(have.p[have.n], '\0');
}

static void
test_the_default_language_has_no_prefix(void **state)
{
    (void)state;
    struct arena *a = &arena;
    check(url_home(a, &site, 0), "/");
    check(url_all(a, &site, 0), "/news/");
    check(url_year(a, &site, 0, 2023), "/news/2023/");
    check(url_month(a, &site, 0, 2023, 5), "/news/2023/05/");
    check(url_section(a, &site, 0, STR("speeches")), "/news/speeches/");
    check(url_article(a, &site, 0, STR("speeches"), STR("a-b")), "/news/speeches/a-b/");
}

static void
test_other_languages_have_one(void **state)
{
    (void)state;
    struct arena *a = &arena;
    check(url_home(a, &site, 1), "/ru/");
    check(url_all(a, &site, 1), "/ru/news/");
    check(url_year(a, &site, 1, 1), "/ru/news/0001/");
    check(url_year(a, &site, 1, 9999), "/ru/news/9999/");
    check(url_month(a, &site, 1, 476, 12), "/ru/news/0476/12/");
    check(url_section(a, &site, 1, STR("speeches")), "/ru/news/speeches/");
    check(url_article(a, &site, 1, STR("speeches"), STR("2023")),
          "/ru/news/speeches/2023/");
}

static void
test_parts_of_listings(void **state)
{
    (void)state;
    struct cursor c = {0, 0};
    check(url_before(&arena, STR("/ru/news/"), c),
          "/ru/news/?before=1svs3xr00000000000002rjj3t");
    check(url_after(&arena, STR("/news/2023/05/"), c),
          "/news/2023/05/?after=1svs3xr00000000000002rjj3t");
}

static void
test_files_and_absolute_addresses(void **state)
{
    (void)state;
    check(url_media(&arena, STR("0abc"), STR("960.jpg")), "/media/0a/0abc/960.jpg");
    check(url_manifest(&arena, &site, 0), "/site.webmanifest");
    check(url_manifest(&arena, &site, 1), "/ru/site.webmanifest");
    check(url_absolute(&arena, &site, STR("/ru/")), "https://news.example/ru/");
    /* Views without a terminator, as they come out of a larger text. */
    struct str section = {"speechesXX", 8}, slug = {"a-bXX", 3};
    check(url_article(&arena, &site, 0, section, slug), "/news/speeches/a-b/");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_default_language_has_no_prefix),
        cmocka_unit_test(test_other_languages_have_one),
        cmocka_unit_test(test_parts_of_listings),
        cmocka_unit_test(test_files_and_absolute_addresses),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
