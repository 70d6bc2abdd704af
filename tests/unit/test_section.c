/* tests/unit/test_section.c - which slugs a section may have; sections by slug and id. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <stdio.h>

#include "model/section.h"
#include "web/route.h"

#include "base/slug.h"

static const struct site site = {
    .url = STR_INIT("https://news.example"),
    .langs = {{STR_INIT("en"), STR_INIT("Office"), STR_INIT("")},
              {STR_INIT("ru"), STR_INIT("Бюро"), STR_INIT("")},
              {STR_INIT("kk"), STR_INIT("Кеңсе"), STR_INIT("")}},
    .n_langs = 3,
};

static void
assert_refused(struct str slug, const char *reason)
{
    struct err err = {.text = ""};
    enum rc rc = section_slug_check(&site, slug, &err);
    if (rc != RC_INVALID || strstr(err.text, reason) == NULL)
        fail_msg("%.*s: %s \"%s\"", STR_ARG(slug), rc_name(rc), err.text);
    assert_string_equal(err.field, "slug");
}

static void
assert_allowed(struct str slug)
{
    struct err err;
    if (section_slug_check(&site, slug, &err) != RC_OK)
        fail_msg("%.*s: %s", STR_ARG(slug), err.text);
}

static void
test_good_slugs(void **state)
{
    (void)state;
    static const char *const good[] = {
        "statements", "a",   "press-releases", "20234", "202",   "2023-summit", "de",
        "newss",      "new", "english",        "ru-2",  "tag-1",
    };
    for (size_t i = 0; i < N_ELEMENTS(good); i++)
        assert_allowed(str_of(good[i]));
    char longest[SLUG_MAX + 1];
    memset(longest, 'a', sizeof longest);
    assert_allowed((struct str){longest, SLUG_MAX});
    assert_refused((struct str){longest, SLUG_MAX + 1}, "at most 80");
}

static void
test_no_slug_at_all(void **state)
{
    (void)state;
    static const struct str none[] = {
        {NULL, 0},        STR_INIT(""),     STR_INIT("-"),    STR_INIT("-a"),
        STR_INIT("a-"),   STR_INIT("a--b"), STR_INIT("News"), STR_INIT("a b"),
        STR_INIT("a/b"),  STR_INIT("a.b"),  STR_INIT("a_b"),  STR_INIT("новости"),
        STR_INIT("a\0b"), STR_INIT("%61"),  STR_INIT(".."),   STR_INIT("a\n"),
    };
    for (size_t i = 0; i < N_ELEMENTS(none); i++)
        assert_refused(none[i], "only a-z, 0-9 and single inner hyphens");
}

static void
test_every_four_digits_are_a_year(void **state)
{
    (void)state;
    char year[5];
    for (unsigned y = 0; y <= 9999; y++) {
        snprintf(year, sizeof year, "%04u", y % 10000);
        assert_refused((struct str){year, 4}, "read as a year");
    }
}

static void
test_language_codes(void **state)
{
    (void)state;
    for (int i = 0; i < site.n_langs; i++)
        assert_refused(site.langs[i].code, "a language of the site");
}

/* The words of the address table, of doors that are there and of those to come. */
static void
test_words_of_addresses(void **state)
{
    (void)state;
    static const char *const words[] = {
        "news",    "tag",     "search", "media",    "static",  "corrections",
        "api",     "admin",   "feed",   "atom",     "sitemap", "robots",
        "healthz", "metrics", "about",  "contacts",
    };
    for (size_t i = 0; i < N_ELEMENTS(words); i++)
        assert_refused(str_of(words[i]), "site's own addresses");
}

/* Whoever adds a door reserves its first word. */
static void
test_first_words_of_all_doors(void **state)
{
    (void)state;
    struct err err;
    for (int i = 0; i < ROUTE__MAX; i++) {
        struct str rest = str_from(str_of(routes[i].pattern), 1);
        struct str word = str_cut(&rest, '/');
        if (word.n > 0 && section_slug_check(&site, word, &err) == RC_OK)
            fail_msg("%s: a section could be called %.*s", routes[i].pattern,
                     STR_ARG(word));
    }
}

static void
test_found_by_slug_and_id(void **state)
{
    (void)state;
    struct section all[] = {
        {.id = 7, .slug = STR_INIT("news-of-the-day"), .names = {STR_INIT("Daily")}},
        {.id = 9, .slug = STR_INIT("speeches"), .names = {{NULL, 0}, STR_INIT("Речи")}},
    };
    struct sections ss = {all, 2}, none = {NULL, 0};
    assert_ptr_equal(sections_by_slug(&ss, STR("speeches")), &all[1]);
    assert_ptr_equal(sections_by_id(&ss, 7), &all[0]);
    assert_null(sections_by_slug(&ss, STR("speeche")));
    assert_null(sections_by_slug(&ss, STR("")));
    assert_null(sections_by_slug(&none, STR("speeches")));
    assert_null(sections_by_id(&ss, 0));
    assert_null(sections_by_id(&none, 7));
}

/* A section is always called something: in the language, the default one, by its slug. */
static void
test_names(void **state)
{
    (void)state;
    struct section both = {.slug = STR_INIT("s"),
                           .names = {STR_INIT("A"), STR_INIT("Б")}};
    struct section one = {.slug = STR_INIT("s"), .names = {STR_INIT("A"), STR_INIT("")}};
    struct section none = {.slug = STR_INIT("s")};
    assert_true(str_eq_z(section_name(&both, 1), "Б"));
    assert_true(str_eq_z(section_name(&both, 0), "A"));
    assert_true(str_eq_z(section_name(&one, 1), "A"));
    assert_true(str_eq_z(section_name(&none, 1), "s"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_slugs),
        cmocka_unit_test(test_no_slug_at_all),
        cmocka_unit_test(test_every_four_digits_are_a_year),
        cmocka_unit_test(test_language_codes),
        cmocka_unit_test(test_words_of_addresses),
        cmocka_unit_test(test_first_words_of_all_doors),
        cmocka_unit_test(test_found_by_slug_and_id),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
