/* tests/unit/test_found.c - what a photo's file says: cleaned, as JSON, taken over. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include "media/found.h"

#include "base/compiler.h"

static struct arena a;

static void
assert_str(struct str got, struct str want)
{
    if (!str_eq(got, want))
        fail_msg("\"%.*s\", wanted \"%.*s\"", STR_ARG(got), STR_ARG(want));
}

static void
test_clean(void **state)
{
    static const struct {
        struct str text;
        size_t most;
        struct str want;
    } rows[] = {
        {STR_INIT(""), 10, STR_INIT("")},
        {STR_INIT("  Иван\r\n"), 20, STR_INIT("Иван")},
        {STR_INIT("one\ntwo\tthree"), 20, STR_INIT("one two three")},
        {STR_INIT("a\0b\x7f"), 20, STR_INIT("a b")},
        {STR_INIT("Иван"), 5, STR_INIT("Ив")},
        {STR_INIT("ab cd"), 3, STR_INIT("ab")},
        {STR_INIT("a\xff"), 20, STR_INIT("a\xef\xbf\xbd")},
        {STR_INIT("ab\xff"), 4, STR_INIT("ab")},
        {STR_INIT("<script>"), 20, STR_INIT("<script>")},
        {STR_INIT("\n\n\n\n\n\n\n\n"), 4, STR_INIT("")},
        {STR_INIT(" \xe2\x80\x8b\xc2\xa0"), 20, STR_INIT("")},
    };
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct str s = media_photo_clean(&a, rows[i].text, rows[i].most);
        assert_str(s, rows[i].want);
        assert_str(media_photo_clean(&a, s, rows[i].most), s);
    }
}

/* Every byte string gives a text that stays as it is. */
static void
test_clean_any_bytes(void **state)
{
    (void)state;
    unsigned seed = 7;
    for (int round = 0; round < 20000; round++) {
        char bytes[12];
        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 1103515245U + 12345;
            bytes[i] = (char)(seed >> 24);
        }
        size_t n = seed >> 8 & 7, most = seed >> 12 & 15;
        struct str s = media_photo_clean(&a, (struct str){bytes, 5 + n}, most);
        assert_true(s.n <= most);
        assert_str(media_photo_clean(&a, s, most), s);
        arena_reset(&a);
    }
}

static struct media_found_words
read_good(struct str json)
{
    struct media_found_words w;
    struct err err = {0};
    if (media_found_read(json, &a, &w, &err) != RC_OK)
        fail_msg("%s", err.text);
    return w;
}

static void
test_json(void **state)
{
    struct str json = STR("{\"credit\":{\"value\":\"А \\\"Б\\\"\",\"from\":\"xmp\","
                          "\"differs\":true,\"xmp\":\"А \\\"Б\\\"\",\"iim\":\"В\"},"
                          "\"licence_url\":{\"xmp\":\"see contract\"},"
                          "\"iim_charset\":\"windows-1251\",\"has_location\":true,"
                          "\"has_private\":true}");
    struct media_found_words w = read_good(json);
    (void)state;
    assert_str(w.credit.value, STR("А \"Б\""));
    assert_int_equal(w.credit.from, FOUND_XMP);
    assert_true(w.credit.differs);
    assert_str(w.credit.by[FOUND_IIM], STR("В"));
    assert_int_equal(w.licence_url.from, FOUND__MAX);
    assert_null(w.licence_url.value.p);
    assert_int_equal(w.iim_charset, CHARSET_WINDOWS_1251);
    assert_int_equal(w.exif_charset, CHARSET_NONE);
    assert_true(w.has_location && w.has_private);
    assert_str(media_found_write(&w, &a), json);

    w = read_good(STR("{}"));
    assert_str(media_found_write(&w, &a), STR("{}"));
    w = read_good(STR(""));
    assert_str(media_found_write(&w, &a), STR("{}"));
    w = media_found_nothing();
    assert_str(media_found_write(&w, &a), STR("{}"));
}

static void
test_json_refused(void **state)
{
    static const struct str rows[] = {
        STR_INIT("{"),
        STR_INIT("[]"),
        STR_INIT("{\"a\":1}"),
        STR_INIT("{\"credit\":\"x\"}"),
        STR_INIT("{\"credit\":{}}"),
        STR_INIT("{\"credit\":{\"xmp\":1}}"),
        STR_INIT("{\"credit\":{\"xmp\":\"\"}}"),
        STR_INIT("{\"credit\":{\"xmp\":\" x\"}}"),
        STR_INIT("{\"credit\":{\"xmp\":\"a\\nb\"}}"),
        STR_INIT("{\"credit\":{\"xmp\":\"a\\u0000b\"}}"),
        STR_INIT("{\"credit\":{\"xmp\":\"a\",\"xmp\":\"b\"}}"),
        STR_INIT("{\"credit\":{\"value\":\"a\"}}"),
        STR_INIT("{\"credit\":{\"from\":\"xmp\",\"xmp\":\"a\"}}"),
        STR_INIT("{\"credit\":{\"value\":\"a\",\"from\":\"xmp\",\"iim\":\"a\"}}"),
        STR_INIT("{\"credit\":{\"value\":\"a\",\"from\":\"xml\",\"xmp\":\"a\"}}"),
        STR_INIT("{\"credit\":{\"xmp\":\"a\",\"differs\":false}}"),
        STR_INIT("{\"iim_charset\":\"koi8-r\"}"),
        STR_INIT("{\"iim_charset\":\"\"}"),
        STR_INIT("{\"has_location\":1}"),
    };
    struct media_found_words w;
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct err err = {0};
        if (media_found_read(rows[i], &a, &w, &err) != RC_INVALID)
            fail_msg("taken: %.*s", STR_ARG(rows[i]));
    }
    struct str most = str_fmt(&a, "{\"credit\":{\"xmp\":\"%0*d\"}}", ITEM_CREDIT_MAX, 1);
    struct str more =
        str_fmt(&a, "{\"credit\":{\"xmp\":\"%0*d\"}}", ITEM_CREDIT_MAX + 1, 1);
    struct err err;
    assert_int_equal(media_found_read(most, &a, &w, &err), RC_OK);
    assert_int_equal(media_found_read(more, &a, &w, &err), RC_INVALID);
}

static void
test_fill(void **state)
{
    struct media_found_words w =
        read_good(STR("{\"credit\":{\"value\":\"F\",\"from\":\"iim\",\"iim\":\"F\"},"
                      "\"creator\":{\"value\":\"C\",\"from\":\"exif\",\"exif\":\"C\"},"
                      "\"alt\":{\"value\":\"A\",\"from\":\"xmp\",\"xmp\":\"A\"},"
                      "\"licence_url\":{\"xmp\":\"no address\"}}"));
    struct photo p = {.credit = STR("Own"), .is_decorative = true};
    (void)state;
    media_found_fill(&w, &p);
    assert_str(p.credit, STR("Own"));
    assert_str(p.creator, STR("C"));
    assert_str(p.alt, STR(""));
    assert_str(p.licence_url, STR(""));
    p.is_decorative = false;
    media_found_fill(&w, &p);
    assert_str(p.alt, STR("A"));
}

static void
test_lacks(void **state)
{
    struct photo p = {.credit = STR("F "), .organisation = STR("not written")};
    struct str said =
        STR("{\"credit\":{\"value\":\"F\",\"from\":\"xmp\",\"xmp\":\"F\"}%s}");
    static const char *const rows[][2] = {
        {"", NULL},
        {",\"has_location\":true", "location"},
        {",\"has_private\":true", "private"},
        {",\"alt\":{\"value\":\"A\",\"from\":\"xmp\",\"xmp\":\"A\"}", "alt"},
    };
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        size_t at = str_find(said, '%');
        struct str json = str_fmt(&a, "%.*s%s}", (int)at, said.p, rows[i][0]);
        struct media_found_words w = read_good(json);
        const char *lacks = media_found_lacks(&w, &p, &a);
        assert_str(str_of(lacks), str_of(rows[i][1]));
    }
    struct media_found_words other = read_good(STR("{}"));
    assert_string_equal(media_found_lacks(&other, &p, &a), "credit");
    other =
        read_good(STR("{\"credit\":{\"value\":\"F\",\"from\":\"iim\",\"iim\":\"F\"}}"));
    assert_string_equal(media_found_lacks(&other, &p, &a), "credit");
    other =
        read_good(STR("{\"credit\":{\"value\":\"F\",\"from\":\"xmp\",\"differs\":true,"
                      "\"xmp\":\"F\",\"iim\":\"G\"}}"));
    assert_string_equal(media_found_lacks(&other, &p, &a), "credit");
}

static void
test_rows(void **state)
{
    struct photo p = {.credit = STR("first"), .alt = STR("last")};
    (void)state;
    assert_str(*media_photo_text(&p, 0), STR("first"));
    assert_str(*media_photo_text(&p, FOUND_WORDS - 1), STR("last"));
    assert_string_equal(media_photo_key(FOUND_WORD_usage), "usage");
    assert_int_equal(media_photo_most(FOUND_WORD_caption), ITEM_CAPTION_MAX);
    assert_string_equal(media_source_name(FOUND_EXIF), "exif");
    assert_string_equal(media_charset_name(CHARSET_LATIN_1), "latin-1");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clean), cmocka_unit_test(test_clean_any_bytes),
        cmocka_unit_test(test_json),  cmocka_unit_test(test_json_refused),
        cmocka_unit_test(test_fill),  cmocka_unit_test(test_lacks),
        cmocka_unit_test(test_rows),
    };
    arena_init(&a);
    int n_failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_done(&a);
    return n_failed;
}
