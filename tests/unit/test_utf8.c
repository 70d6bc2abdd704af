/* tests/unit/test_utf8.c - checking and walking UTF-8. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <unicode/uchar.h>

#include "base/compiler.h"
#include "base/utf8.h"

/* Writes a code point (surrogates and too large ones as well); returns its size. */
static size_t
encode(uint32_t c, char *to)
{
    static const unsigned char marks[] = {0, 0, 0xc0, 0xe0, 0xf0};
    size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = n; i-- > 1; c >>= 6)
        to[i] = (char)(0x80 | (c & 0x3f));
    to[0] = (char)(marks[n == 1 ? 0 : n] | c);
    return n;
}

static void
test_every_code_point(void **state)
{
    (void)state;
    char p[4];
    for (uint32_t c = 0; c < 0x120000; c++) {
        size_t n = encode(c, p);
        bool is_char = (c < 0xd800 || c > 0xdfff) && c <= 0x10ffff;
        if (utf8_check((struct str){p, n}) != (is_char ? n : 0))
            fail_msg("U+%04X", c);
        for (size_t cut = 1; cut < n; cut++) /* a character cut short */
            if (utf8_check((struct str){p, cut}) != 0)
                fail_msg("U+%04X cut to %zu", c, cut);
    }
}

static void
test_every_pair_of_bytes(void **state)
{
    (void)state;
    for (int lead = 0; lead < 256; lead++)
        for (int second = 0; second < 256; second++) {
            const char p[2] = {(char)lead, (char)second};
            bool is_two_chars = lead < 0x80 && second < 0x80;
            bool is_one_char =
                lead >= 0xc2 && lead <= 0xdf && second >= 0x80 && second <= 0xbf;
            size_t want = is_two_chars || is_one_char ? 2 : lead < 0x80 ? 1 : 0;
            if (utf8_check((struct str){p, 2}) != want)
                fail_msg("%02x %02x", lead, second);
        }
}

static void
test_known_bad(void **state)
{
    (void)state;
    static const struct {
        struct str s;
        size_t at;
    } rows[] = {
        {STR_INIT(""), 0},
        {STR_INIT("\xc0\xaf"), 0},             /* overlong '/' */
        {STR_INIT("\xe0\x80\xaf"), 0},         /* and longer */
        {STR_INIT("\xf0\x80\x80\xaf"), 0},     /* and longer */
        {STR_INIT("ab\xed\xa0\x80"), 2},       /* surrogate */
        {STR_INIT("ab\xf4\x90\x80\x80"), 2},   /* U+110000 */
        {STR_INIT("\xf8\x88\x80\x80\x80"), 0}, /* five bytes */
        {STR_INIT("12345678\xff"), 8},         /* after a whole word of ASCII */
        {STR_INIT("1234567\xff"), 7},          /* inside one */
        {STR_INIT("12345678\xd0"), 8},         /* cut at the end */
        {STR_INIT("\xe2\x82\x41"), 0},         /* third byte is no tail */
        {STR_INIT("\xf0\x9f\x98\x41"), 0},     /* nor the fourth */
        {STR_INIT("\x80"), 0},                 /* tail without a lead */
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++)
        assert_int_equal(utf8_check(rows[i].s), rows[i].at);
    assert_int_equal(utf8_check((struct str){NULL, 0}), 0);
    assert_int_equal(utf8_check(STR("Жуков — “тест”, 東京 😀, a\0b")),
                     STR("Жуков — “тест”, 東京 😀, a\0b").n);
}

/* The same bad byte at every place, so that no alignment hides it. */
static void
test_bad_byte_anywhere(void **state)
{
    (void)state;
    char text[64];
    for (size_t at = 0; at < sizeof text; at++) {
        memset(text, 'x', sizeof text);
        text[at] = (char)0x80;
        assert_int_equal(utf8_check((struct str){text, sizeof text}), at);
    }
}

static void
test_controls(void **state)
{
    (void)state;
    for (int c = 0; c < 256; c++) {
        const char p[1] = {(char)c};
        bool is_control = (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
        assert_int_equal(utf8_find_control((struct str){p, 1}), is_control ? 0 : 1);
    }
    /* Wherever it stands among others that are looked at eight at a time. */
    for (size_t at = 0; at < 24; at++)
        for (int c = 0; c < 0x80; c++) {
            char text[24];
            bool is_control = (c < 0x20 && strchr("\t\n\r", c) == NULL) || c == 0x7f;
            memset(text, at % 2 ? '~' : ' ', sizeof text);
            text[at] = (char)c;
            assert_int_equal(utf8_find_control((struct str){text, sizeof text}),
                             is_control || c == 0 ? at : sizeof text);
        }
    assert_int_equal(utf8_find_control(STR("aЖ\x01")), 3);
    assert_int_equal(utf8_find_control(STR("a\xef\xbf\xbe")), 1);
    assert_int_equal(utf8_find_control(STR("a\xef\xbf\xbf")), 1);
    assert_int_equal(utf8_find_control(STR("a\xef\xbf\xbd")), 4); /* U+FFFD is fine */
    assert_int_equal(utf8_find_control(STR("\xef\xbb\xbf")), 3);  /* and U+FEFF */
}

static void
test_length(void **state)
{
    (void)state;
    assert_int_equal(utf8_length(STR("")), 0);
    assert_int_equal(utf8_length(STR("abc")), 3);
    assert_int_equal(utf8_length(STR("Жуков")), 5);
    assert_int_equal(utf8_length(STR("東😀")), 2);
    assert_int_equal(utf8_length(STR("e\xcc\x81")), 2); /* a combining mark counts */
}

static void
test_cut(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10};
    struct str s = STR("aЖ東😀"); /* 1 + 2 + 3 + 4 bytes */
    for (size_t n = 0; n < N_ELEMENTS(sizes); n++) {
        struct str cut = utf8_cut(s, n);
        assert_int_equal(cut.n, sizes[n]);
        assert_int_equal(utf8_check(cut), cut.n);
    }
    assert_int_equal(utf8_cut((struct str){NULL, 0}, 5).n, 0);
}

/* The table of what is not seen is Unicode's, as ICU has it. */
static void
test_blank(void **state)
{
    (void)state;
    char p[4];
    for (uint32_t c = 0; c < 0x110000; c++) {
        if (c >= 0xd800 && c <= 0xdfff)
            continue;
        UChar32 u = (UChar32)c;
        bool is_blank = u_isUWhiteSpace(u) || u_charType(u) == U_CONTROL_CHAR ||
                        c == 0x2800 ||
                        u_hasBinaryProperty(u, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
        if (utf8_is_blank((struct str){p, encode(c, p)}) != is_blank)
            fail_msg("U+%04X", c);
    }
    assert_true(utf8_is_blank(STR("")));
    assert_true(utf8_is_blank(STR(" \xe2\x80\x8b\xc2\xa0\n")));
    assert_false(utf8_is_blank(STR("\xe2\x80\x8b.")));
    assert_false(utf8_is_blank(STR("\xff")));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_code_point),
        cmocka_unit_test(test_blank),
        cmocka_unit_test(test_every_pair_of_bytes),
        cmocka_unit_test(test_known_bad),
        cmocka_unit_test(test_bad_byte_anywhere),
        cmocka_unit_test(test_controls),
        cmocka_unit_test(test_length),
        cmocka_unit_test(test_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
