/* tests/unit/test_escape.c - escaping over all 256 bytes, read back by a reader of the
 * other side. Headers and log values are in test_response and test_log. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include "html.h"
#include "http/percent.h"
#include "http/request.h"
#include "tpl/tpl.h"

static struct arena arena;
static struct tpl_set *set;

static int
set_up(void **state)
{
    static struct str strings[S__MAX];
    struct tpl_lang lang = {STR("en"), strings};
    struct err err;
    (void)state;
    arena_init(&arena);
    for (int i = 0; i < S__MAX; i++)
        strings[i] = STR("x");
    return tpl_open((struct str){NULL, 0}, &lang, 1, &set, &err) == RC_OK ? 0 : -1;
}

static int
tear_down(void **state)
{
    (void)state;
    tpl_close(set);
    arena_done(&arena);
    return 0;
}

/* 0..15, or -1 when c is none. */
static int
hex_digit(int c)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *hit = c != 0 ? strchr(digits, c) : NULL;
    hit = hit == NULL && c != 0 ? strchr(digits + 16, c) : hit;
    return hit != NULL ? (int)(hit - digits) % 16 : -1;
}

/* "%xy" with each two bytes for x and y. */
static void
test_percent_decoding_of_all_pairs(void **state)
{
    (void)state;
    for (int x = 0; x < 256; x++)
        for (int y = 0; y < 256; y++) {
            const char text[] = {'a', '%', (char)x, (char)y};
            int high = hex_digit(x), low = hex_digit(y);
            bool is_coded = high >= 0 && low >= 0;
            struct str out;
            assert_int_equal(
                http_percent_decode(&arena, (struct str){text, 4}, x % 2 == 0, &out),
                is_coded);
            if (is_coded)
                assert_true(out.n == 2 && (unsigned char)out.p[1] == high * 16 + low);
            arena_reset(&arena);
        }
}

/* What is not "%xy" is itself, but "+" where it means a blank. */
static void
test_percent_decoding_of_all_bytes(void **state)
{
    (void)state;
    for (int c = 0; c < 256; c++)
        for (int plus = 0; plus < 2; plus++) {
            const char text[] = {'a', (char)c, 'b'};
            struct str out;
            bool is_read =
                http_percent_decode(&arena, (struct str){text, 3}, plus == 1, &out);
            assert_int_equal(is_read, c != '%');
            if (is_read)
                assert_true(out.n == 3 &&
                            out.p[1] == (c == '+' && plus == 1 ? ' ' : (char)c));
            assert_int_equal(http_is_hex((char)c), hex_digit(c) >= 0);
        }
}

/* All bytes at once, there and back. */
static void
test_percent_there_and_back(void **state)
{
    (void)state;
    char all[256];
    struct str back;
    for (int c = 0; c < 256; c++)
        all[c] = (char)c;
    struct str coded = http_encode_path(&arena, (struct str){all, 256});
    for (size_t i = 0; i < coded.n; i++)
        assert_true(coded.p[i] > ' ' && coded.p[i] < 0x7f &&
                    strchr("\"'<>&\\?#", coded.p[i]) == NULL);
    assert_true(http_percent_decode(&arena, coded, false, &back));
    assert_true(str_eq(back, (struct str){all, 256}));
}

static void
test_escape_html(void **state)
{
    (void)state;
    for (int c = 0; c < 256; c++) {
        const char text[] = {'a', (char)c, 'b'};
        struct str s = {text, 3}, shown = tpl_escape_html(&arena, s);
        for (const char *bad = "<>\"'{}"; *bad != '\0'; bad++)
            assert_int_equal(str_find(shown, *bad), shown.n);
        assert_true(str_eq(html_decode(&arena, shown), s));
        if (strchr("&<>\"'{}", c) == NULL)
            assert_true(str_eq(shown, s));
    }
}

/* The value as a page's reader has it: the alternative text and the caption of a photo.
 */
struct shown {
    struct str alt;
    struct buf text;
};

static void
on_tag(void *ctx, const struct html_tag *tag)
{
    struct shown *s = ctx;
    if (str_eq_z(tag->name, "img"))
        s->alt = html_attr(tag, "alt");
}

static void
on_text(void *ctx, struct str text)
{
    struct shown *s = ctx;
    buf_add(&s->text, str_trim(text));
}

static void
show(struct str value, struct shown *s)
{
    struct html_reader r = {s, on_tag, on_text};
    struct tpl_dict *d = tpl_dict_new(&arena, TPL_SITE_FIGURE);
    struct str html;
    struct err err;
    tpl_set_str(tpl_section(tpl_section(d, T_IMAGE), T_LAZY), T_ALT, value);
    tpl_set_str(tpl_section(d, T_CAPTION), T_CAPTION_TEXT, value);
    assert_int_equal(tpl_expand(set, STR("en"), d, 1 << 20, &html, &err), RC_OK);
    buf_init(&s->text, &arena, 1 << 16);
    const char *fault = html_read(&arena, html, &r);
    if (fault != NULL)
        fail_msg("byte %02x: %s", (unsigned char)value.p[1], fault);
}

/* The engine makes blanks of white space; all else comes out as it went in. */
static void
test_values_in_templates(void **state)
{
    (void)state;
    for (int c = 0; c < 256; c++) {
        const char text[] = {'a', (char)c, 'b'};
        bool is_space = c >= '\t' && c <= '\r';
        const char want[] = {'a', is_space ? ' ' : (char)c, 'b'};
        struct shown s;
        show((struct str){text, 3}, &s);
        if (!str_eq(s.alt, (struct str){want, 3}) ||
            !str_eq(buf_str(&s.text), (struct str){want, 3}))
            fail_msg("byte %02x", (unsigned)c);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_percent_decoding_of_all_pairs),
        cmocka_unit_test(test_percent_decoding_of_all_bytes),
        cmocka_unit_test(test_percent_there_and_back),
        cmocka_unit_test(test_escape_html),
        cmocka_unit_test(test_values_in_templates),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
