/* test_norm.c - normal forms and case folding. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */

#include "base/hash.h"
#include "base/norm.h"

static struct arena arena;

static int
set_up(void **state)
{
    (void)state;
    struct err err;
    arena_init(&arena);
    return hash_init(&err) == RC_OK ? 0 : -1;
}

static int
tear_down(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

static void
test_nfc(void **state)
{
    static const struct {
        const char *in, *out;
    } rows[] = {
        {"", ""},
        {"plain", "plain"},
        {"e\xcc\x81", "\xc3\xa9"},                    /* e + acute */
        {"\xd0\xb8\xcc\x86", "\xd0\xb9"},             /* и + breve: й */
        {"\xe2\x84\xab", "\xc3\x85"},                 /* Angstrom sign */
        {"q\xcc\x87\xcc\xa3", "q\xcc\xa3\xcc\x87"},   /* marks in order */
        {"\xf0\x9f\x98\x80 a", "\xf0\x9f\x98\x80 a"}, /* beyond the first plane */
        {"\xf0\x9d\x85\x9e", "\xf0\x9d\x85\x97\xf0\x9d\x85\xa5"}, /* grows */
    };
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct str out;
        struct err err;
        char secret[64];
        size_t n = 0;
        assert_int_equal(norm_nfc(&arena, str_of(rows[i].in), &out, &err), RC_OK);
        assert_true(str_eq_z(out, rows[i].out));
        assert_int_equal(
            norm_nfc_secret(str_of(rows[i].in), secret, sizeof secret, &n, &err), RC_OK);
        assert_true(str_eq_z((struct str){secret, n}, rows[i].out));
    }
}

static void
test_fold(void **state)
{
    static const char *const same[][2] = {
        {"Anna", "aNNA"},
        {"ИВАН", "иван"},
        {"STRASSE", "stra\xc3\x9f"
                    "e"},
        {"E\xcc\x81", "\xc3\xa9"},
        {"\xce\xa3", "\xcf\x82"}, /* two small sigmas */
    };
    struct str a, b;
    struct err err;
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(same); i++) {
        assert_int_equal(norm_fold(&arena, str_of(same[i][0]), &a, &err), RC_OK);
        assert_int_equal(norm_fold(&arena, str_of(same[i][1]), &b, &err), RC_OK);
        if (!str_eq(a, b))
            fail_msg("%s and %s differ", same[i][0], same[i][1]);
        char secret[64];
        size_t n = 0;
        assert_int_equal(
            norm_fold_secret(str_of(same[i][0]), secret, sizeof secret, &n, &err), RC_OK);
        assert_true(str_eq((struct str){secret, n}, b));
    }
    assert_int_equal(norm_fold(&arena, STR("anna"), &a, &err), RC_OK);
    assert_int_equal(norm_fold(&arena, STR("hanna"), &b, &err), RC_OK);
    assert_false(str_eq(a, b));
}

/* The longest text of the letter that grows most is still taken; one byte more is not. */
static void
test_limits(void **state)
{
    static char text[NORM_MAX + 1], secret[8];
    struct str out;
    struct err err;
    size_t n;
    (void)state;
    for (size_t i = 0; i + 4 <= NORM_MAX; i += 4)
        memcpy(text + i, "\xf0\x9d\x85\xa0", 4);
    assert_int_equal(norm_nfc(&arena, (struct str){text, NORM_MAX}, &out, &err), RC_OK);
    assert_int_equal(out.n, NORM_MAX * 3);
    for (size_t i = 0; i + 2 <= NORM_MAX; i += 2)
        memcpy(text + i, "\xce\x90", 2);
    assert_int_equal(norm_fold(&arena, (struct str){text, NORM_MAX}, &out, &err), RC_OK);
    assert_int_equal(norm_nfc(&arena, (struct str){text, NORM_MAX + 1}, &out, &err),
                     RC_LIMIT);
    assert_int_equal(norm_fold(&arena, (struct str){text, NORM_MAX + 1}, &out, &err),
                     RC_LIMIT);
    assert_int_equal(norm_nfc_secret(STR("123456789"), secret, sizeof secret, &n, &err),
                     RC_LIMIT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nfc),
        cmocka_unit_test(test_fold),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
