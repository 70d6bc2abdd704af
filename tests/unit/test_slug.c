/* tests/unit/test_slug.c - address words from titles of many scripts. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include "base/compiler.h"
#include "base/slug.h"

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

static struct str
make(const char *title, const char *lang)
{
    struct str out = {NULL, 0};
    struct err err;
    if (slug_make(&arena, str_of(title), str_of(lang), &out, &err) != RC_OK)
        fail_msg("%s", err.text);
    if (!slug_is_valid(out))
        fail_msg("%.*s is no slug", STR_ARG(out));
    return out;
}

static void
test_titles(void **state)
{
    (void)state;
    static const struct {
        const char *lang, *title, *slug;
    } rows[] = {
        {"en", "Staff met graduates", "staff-met-graduates"},
        {"en", "  “Quotes”,  — and 3.5 %… ", "quotes-and-3-5"},
        {"en", "The organisation's visit", "the-organisation-s-visit"},
        {"en", "Ångström, naïve Æther: Straße № 5", "angstrom-naive-aether-strasse-no-5"},
        {"en", "e\xcc\x81te\xcc\x81", "ete"},    /* combining marks */
        {"en", "\xd0\xa5I summit", "hi-summit"}, /* a Cyrillic letter in a numeral */
        {"en",
         "S\xd0\xbe"
         "viet",
         "soviet"}, /* and in a word */
        {"en",
         "no\xc2\xa0"
         "break\xe2\x80\x89space",
         "no-break-space"},
        {"ru", "Жуков", "zhukov"},
        {"ru", "Объект", "obyekt"},
        {"ru", "Подъезд, статья — Ильич", "podyezd-statya-ilich"},
        {"ru", "Щёлково ещё чаще", "shchelkovo-yeshche-chashche"},
        {"ru", "Заседание СМИД ОДКБ в Минске", "zasedaniye-smid-odkb-v-minske"},
        {"ru", "и\xcc\x86од", "yod"}, /* й taken apart: the same letter */
        {"ru", "Встреча с NATO & UN", "vstrecha-s-nato-un"},
        {"ru", "їжак ў полі", "izhak-u-poli"}, /* letters Russian has not */
        {"ru", "Ελλάδα и 東京", "ellada-i-dong-jing"},
        {"ru-BY", "Жуков", "zhukov"},
        {"be", "Год ў Мінску", "god-u-minsku"},
        {"el", "Ελλάδα", "ellada"},
        {"zh", "東京 北京", "dong-jing-bei-jing"},
        {"", "Жуков", "zukov"},
        {"rus", "Жуков", "zukov"}, /* not the code ru */
        {"en", "", "item"},
        {"ru", "— “…” ?!", "item"},
        {"en", "😀", "item"},
        {"en", "Ь", "item"},
        {"en", "---a---b---", "a-b"},
        {"en", "ADMIN", "admin"},
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct str slug = make(rows[i].title, rows[i].lang);
        if (!str_eq_z(slug, rows[i].slug))
            fail_msg("%s became %.*s, not %s", rows[i].title, STR_ARG(slug),
                     rows[i].slug);
    }
    struct str slug;
    struct err err;
    const struct str absent = {NULL, 0};
    assert_int_equal(slug_make(&arena, absent, absent, &slug, &err), RC_OK);
    assert_true(str_eq_z(slug, "item"));
}

static void
test_long_titles_are_cut_between_words(void **state)
{
    (void)state;
    static const struct {
        const char *title, *slug;
    } rows[] = {
        /* 80 exactly; 81 by one letter; the word of bytes 79 and 80 is broken off */
        {"aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaaa",
         "aaaaaaaaa-aaaaaaaaa-aaaaaaaaa-aaaaaaaaa-aaaaaaaaa-aaaaaaaaa-aaaaaaaaa-aaaaaaaaaa"},
        {"aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaaaa",
         "aaaaaaaaa-aaaaaaaaa-aaaaaaaaa-aaaaaaaaa-aaaaaaaaa-aaaaaaaaa-aaaaaaaaa"},
        {"aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaaa b",
         "aaaaaaaaa-aaaaaaaaa-aaaaaaaaa-aaaaaaaaa-aaaaaaaaa-aaaaaaaaa-aaaaaaaaa-aaaaaaaaaa"},
        {"aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaa bbb",
         "aaaaaaaaa-aaaaaaaaa-aaaaaaaaa-aaaaaaaaa-aaaaaaaaa-aaaaaaaaa-aaaaaaaaa-aaaaaaaa"},
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++)
        assert_true(str_eq_z(make(rows[i].title, "en"), rows[i].slug));
}

static void
test_one_endless_word(void **state)
{
    (void)state;
    char word[5000];
    memset(word, 'a', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    assert_int_equal(make(word, "en").n, SLUG_MAX);
}

/* One sign that becomes eighteen letters, as often as a title may hold it; and a title
 * that ends in the middle of a character where it is cut. */
static void
test_titles_that_grow(void **state)
{
    (void)state;
    char title[3 * 2000 + 2] = "x";
    for (size_t i = 0; i < 2000; i++)
        memcpy(title + 1 + 3 * i, "\xef\xb7\xba", 4); /* U+FDFA */
    assert_in_range(make(title, "en").n, 1, SLUG_MAX);
    assert_in_range(make(title, "ru").n, 1, SLUG_MAX);
}

static void
test_is_valid(void **state)
{
    (void)state;
    static const struct {
        struct str s;
        bool is_valid;
    } rows[] = {
        {STR_INIT("a"), true},    {STR_INIT("a-b-3"), true}, {STR_INIT("2024"), true},
        {STR_INIT(""), false},    {STR_INIT("-"), false},    {STR_INIT("-a"), false},
        {STR_INIT("a-"), false},  {STR_INIT("a--b"), false}, {STR_INIT("A"), false},
        {STR_INIT("a b"), false}, {STR_INIT("a_b"), false},  {STR_INIT("a\0"), false},
        {STR_INIT("a/b"), false}, {STR_INIT("ж"), false},    {{NULL, 0}, false},
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++)
        assert_int_equal(slug_is_valid(rows[i].s), rows[i].is_valid);
    char longest[SLUG_MAX + 1];
    memset(longest, 'a', sizeof longest);
    assert_true(slug_is_valid((struct str){longest, SLUG_MAX}));
    assert_false(slug_is_valid((struct str){longest, SLUG_MAX + 1}));
}

static void
test_every_byte(void **state)
{
    (void)state;
    for (int c = 0; c < 256; c++) {
        const char p[3] = {'a', (char)c, 'b'};
        bool want = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        assert_int_equal(slug_is_valid((struct str){p, 3}), want);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_titles),
        cmocka_unit_test(test_long_titles_are_cut_between_words),
        cmocka_unit_test(test_one_endless_word),
        cmocka_unit_test(test_titles_that_grow),
        cmocka_unit_test(test_is_valid),
        cmocka_unit_test(test_every_byte),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
