/* tests/unit/test_str.c - views of bytes, and what errors say. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include "base/err.h"
#include "base/str.h"

static const struct str absent = {NULL, 0};

static void
check_str(struct str have, const char *want)
{
    assert_int_equal(have.n, strlen(want));
    assert_memory_equal(have.p, want, have.n);
}

static void
test_absent_and_empty(void **state)
{
    (void)state;
    assert_null(str_of(NULL).p);
    assert_non_null(str_of("").p);
    assert_true(str_eq(absent, STR("")));
    assert_true(str_eq_z(absent, NULL));
    assert_null(str_from(absent, 3).p);
    assert_null(str_trim(absent).p);
    assert_int_equal(str_find(absent, 'x'), 0);
    assert_int_equal(str_find_str(absent, STR("x")), 0);
}

static void
test_compare(void **state)
{
    (void)state;
    static const struct {
        struct str a, b;
        int sign;
    } rows[] = {
        {STR_INIT(""), STR_INIT(""), 0},          {STR_INIT("a"), STR_INIT("a"), 0},
        {STR_INIT("a"), STR_INIT("b"), -1},       {STR_INIT("a"), STR_INIT("ab"), -1},
        {STR_INIT("Z"), STR_INIT("a"), -1},       {STR_INIT("\xc3"), STR_INIT("z"), 1},
        {STR_INIT("a\0b"), STR_INIT("a\0c"), -1}, {STR_INIT("a\0"), STR_INIT("a"), 1},
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        int c = str_cmp(rows[i].a, rows[i].b), back = str_cmp(rows[i].b, rows[i].a);
        assert_int_equal((c > 0) - (c < 0), rows[i].sign);
        assert_int_equal((back > 0) - (back < 0), -rows[i].sign);
        assert_int_equal(str_eq(rows[i].a, rows[i].b), rows[i].sign == 0);
    }
}

static void
test_starts_and_ends(void **state)
{
    (void)state;
    assert_true(str_starts(STR("news"), STR("ne")));
    assert_true(str_starts(STR("news"), STR("")));
    assert_true(str_starts(STR("news"), STR("news")));
    assert_false(str_starts(STR("news"), STR("newsy")));
    assert_false(str_starts(absent, STR("n")));
    assert_true(str_ends(STR("news"), STR("ws")));
    assert_true(str_ends(STR("news"), STR("")));
    assert_false(str_ends(STR("ws"), STR("news")));
    assert_false(str_ends(STR("news"), STR("ne")));
}

static void
test_parts_are_clamped(void **state)
{
    (void)state;
    check_str(str_sub(STR("abcdef"), 2, 3), "cde");
    check_str(str_sub(STR("abcdef"), 4, 99), "ef");
    check_str(str_sub(STR("abcdef"), 99, 1), "");
    check_str(str_sub(STR("abcdef"), 1, SIZE_MAX), "bcdef");
    check_str(str_from(STR("abc"), 1), "bc");
    check_str(str_from(STR("abc"), SIZE_MAX), "");
}

static void
test_find(void **state)
{
    (void)state;
    assert_int_equal(str_find(STR("a=b=c"), '='), 1);
    assert_int_equal(str_find(STR("abc"), '='), 3);
    assert_int_equal(str_find(STR("a\0b"), 'b'), 2);
    assert_int_equal(str_find_str(STR("abcabd"), STR("abd")), 3);
    assert_int_equal(str_find_str(STR("abc"), STR("abcd")), 3);
    assert_int_equal(str_find_str(STR("abc"), STR("")), 0);
}

static void
test_trim(void **state)
{
    (void)state;
    check_str(str_trim(STR(" \t\r\n\v\fa b \n")), "a b");
    check_str(str_trim(STR(" \n ")), "");
    check_str(str_trim(STR("\xc2\xa0x\xc2\xa0")), "\xc2\xa0x\xc2\xa0"); /* no-break */
}

static void
test_cut(void **state)
{
    (void)state;
    struct str rest = STR("a,,b,");
    check_str(str_cut(&rest, ','), "a");
    check_str(str_cut(&rest, ','), "");
    check_str(str_cut(&rest, ','), "b");
    assert_non_null(rest.p); /* an empty piece is still to come */
    check_str(str_cut(&rest, ','), "");
    assert_null(rest.p);
    assert_null(str_cut(&rest, ',').p);
}

static void
test_copies(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    char from[] = "abc";
    struct str copy = str_copy(&a, (struct str){from, 2});
    from[0] = 'x';
    check_str(copy, "ab");
    assert_string_equal(copy.p, "ab");
    assert_null(str_copy(&a, absent).p);
    assert_non_null(str_copy(&a, STR("")).p);
    assert_string_equal(str_z(&a, absent), "");
    check_str(str_fmt(&a, "%d-%.*s-%s", 7, STR_ARG(STR("ab")), ""), "7-ab-");
    check_str(str_fmt(&a, "%s", ""), "");
    struct str wide = str_fmt(&a, "%5000d", 1);
    assert_int_equal(wide.n, 5000);
    assert_int_equal(wide.p[4999], '1');
    arena_done(&a);
}

static void
test_numbers(void **state)
{
    (void)state;
    static const struct {
        struct str s;
        int64_t lo, hi;
        bool is_ok;
        int64_t value;
    } rows[] = {
        {STR_INIT("0"), 0, 9, true, 0},
        {STR_INIT("-0"), 0, 9, true, 0},
        {STR_INIT("007"), 0, 9, true, 7},
        {STR_INIT("-5"), -5, 5, true, -5},
        {STR_INIT("6"), -5, 5, false, 0},
        {STR_INIT("-6"), -5, 5, false, 0},
        {STR_INIT("9223372036854775807"), 0, INT64_MAX, true, INT64_MAX},
        {STR_INIT("9223372036854775808"), 0, INT64_MAX, false, 0},
        {STR_INIT("-9223372036854775807"), INT64_MIN, 0, true, -INT64_MAX},
        {STR_INIT("18446744073709551617"), 0, INT64_MAX, false, 0},
        {STR_INIT("99999999999999999999"), 0, INT64_MAX, false, 0},
        {STR_INIT(""), 0, 9, false, 0},
        {STR_INIT("-"), -9, 9, false, 0},
        {STR_INIT("--1"), -9, 9, false, 0},
        {STR_INIT("+1"), 0, 9, false, 0},
        {STR_INIT(" 1"), 0, 9, false, 0},
        {STR_INIT("1 "), 0, 9, false, 0},
        {STR_INIT("1x"), 0, 9, false, 0},
        {STR_INIT("0x1"), 0, 9, false, 0},
        {STR_INIT("1\0"), 0, 9, false, 0},
        {STR_INIT("1.0"), 0, 9, false, 0},
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        int64_t out = 4711;
        bool is_ok = str_to_int(rows[i].s, rows[i].lo, rows[i].hi, &out);
        if (is_ok != rows[i].is_ok || out != (is_ok ? rows[i].value : 4711))
            fail_msg("%.*s", STR_ARG(rows[i].s));
    }
    int64_t out = 4711;
    assert_false(str_to_int(absent, 0, 9, &out));
    assert_int_equal(out, 4711);
}

static void
test_err_text_is_one_line(void **state)
{
    (void)state;
    struct err err;
    assert_int_equal(err_set(&err, RC_BUSY, "a\nb\x1b[2J\x7f %d", 5), RC_BUSY);
    assert_string_equal(err.text, "a b [2J  5");
    assert_int_equal(err.rc, RC_BUSY);
    assert_string_equal(err.field, "");
    assert_non_null(strstr(err.file, "test_str.c"));
    assert_true(err.line > 100);
    assert_int_equal(err_set(NULL, RC_LIMIT, "nobody listens"), RC_LIMIT);
}

static void
test_err_field(void **state)
{
    (void)state;
    char longer_than_room[600];
    memset(longer_than_room, 'x', sizeof longer_than_room - 1);
    longer_than_room[sizeof longer_than_room - 1] = '\0';
    struct err err;
    assert_int_equal(err_field(&err, "slug", "taken"), RC_INVALID);
    assert_string_equal(err.field, "slug");
    assert_string_equal(err.text, "taken");
    assert_int_equal(err_field(&err, longer_than_room, "%s", longer_than_room),
                     RC_INVALID);
    assert_int_equal(strlen(err.field), sizeof err.field - 1);
    assert_int_equal(strlen(err.text), sizeof err.text - 1);
    assert_int_equal(err_field(NULL, "slug", "taken"), RC_INVALID);
}

static enum rc
passes_upward(enum rc rc, int *steps)
{
    ++*steps;
    TRY(rc);
    ++*steps;
    return RC_OK;
}

static void
test_try(void **state)
{
    (void)state;
    int steps = 0;
    assert_int_equal(passes_upward(RC_CONFLICT, &steps), RC_CONFLICT);
    assert_int_equal(steps, 1);
    assert_int_equal(passes_upward(RC_OK, &steps), RC_OK);
    assert_int_equal(steps, 3);
}

static void
test_every_code_has_a_name(void **state)
{
    (void)state;
    for (int i = 0; i < RC__MAX; i++) {
        assert_non_null(rc_name((enum rc)i));
        for (int k = 0; k < i; k++)
            assert_string_not_equal(rc_name((enum rc)i), rc_name((enum rc)k));
    }
    assert_string_equal(rc_name(RC_NOT_FOUND), "not_found");
    assert_string_equal(rc_name(RC__MAX), "unknown");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_absent_and_empty),
        cmocka_unit_test(test_compare),
        cmocka_unit_test(test_starts_and_ends),
        cmocka_unit_test(test_parts_are_clamped),
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_trim),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_copies),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_err_text_is_one_line),
        cmocka_unit_test(test_err_field),
        cmocka_unit_test(test_try),
        cmocka_unit_test(test_every_code_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
