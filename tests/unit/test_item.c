/* tests/unit/test_item.c - when an item is visible, to the second, and words of enums. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include "model/item.h"

#include "base/compiler.h"

#define T      INT64_C(1684368000) /* 2023-05-18T00:00:00Z */
#define NONE   TIME_NONE
#define NEVER  VISIBLE_NEVER
#define BEFORE (INT64_C(-62135596800)) /* 0001-01-01T00:00:00Z */

static bool
is_visible(const struct item *it, int64_t now)
{
    return item_visible_from(it) <= now && now < item_visible_until(it);
}

static void
test_from_the_later_until_the_earlier(void **state)
{
    (void)state;
    static const struct {
        int64_t published, embargo, expires, withdrawn, from, until;
    } rows[] = {
        {T, NONE, NONE, NONE, T, NEVER},
        {T, T - 1, NONE, NONE, T, NEVER}, /* an embargo that ends earlier says nothing */
        {T, T, NONE, NONE, T, NEVER},
        {T, T + 1, NONE, NONE, T + 1, NEVER},
        {T, NONE, T + 10, NONE, T, T + 10},
        {T, NONE, NONE, T + 10, T, T + 10},
        {T, NONE, T + 10, T + 9, T, T + 9},
        {T, NONE, T + 9, T + 10, T, T + 9},
        {T, T + 5, T + 9, T + 7, T + 5, T + 7},
        {NONE, NONE, NONE, NONE, NEVER, NEVER},
        {NONE, T, NONE, NONE, NEVER, NEVER}, /* an embargo alone publishes nothing */
        {NONE, NONE, T, NONE, NEVER, T},
        {-1, NONE, 0, NONE, -1, 0}, /* around 1970 */
        {BEFORE, NONE, NONE, NONE, BEFORE, NEVER},
        {T, NEVER + 5, NEVER + 5, NONE, NEVER, NEVER},
        {INT64_MAX, NONE, INT64_MAX, INT64_MAX, NEVER, NEVER},
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct item it = {.state = STATE_APPROVED,
                          .published_at = rows[i].published,
                          .embargo_until = rows[i].embargo,
                          .expires_at = rows[i].expires,
                          .withdrawn_at = rows[i].withdrawn};
        if (item_visible_from(&it) != rows[i].from ||
            item_visible_until(&it) != rows[i].until)
            fail_msg("row %zu: %lld..%lld", i, (long long)item_visible_from(&it),
                     (long long)item_visible_until(&it));
    }
}

static void
test_what_is_not_approved_is_never_visible(void **state)
{
    (void)state;
    for (int s = 0; s < STATE__MAX; s++) {
        struct item it = {.state = (enum item_state)s,
                          .published_at = T,
                          .embargo_until = NONE,
                          .expires_at = NONE,
                          .withdrawn_at = NONE};
        assert_int_equal(item_visible_from(&it), s == STATE_APPROVED ? T : NEVER);
        assert_int_equal(is_visible(&it, T + 1), s == STATE_APPROVED);
    }
}

static void
test_the_very_second(void **state)
{
    (void)state;
    struct item it = {.state = STATE_APPROVED,
                      .published_at = T,
                      .embargo_until = T + 60,
                      .expires_at = T + 120,
                      .withdrawn_at = NONE};
    assert_false(is_visible(&it, T));
    assert_false(is_visible(&it, T + 59));
    assert_true(is_visible(&it, T + 60));
    assert_true(is_visible(&it, T + 119));
    assert_false(is_visible(&it, T + 120));
    it.withdrawn_at = T + 60; /* in the second it would have gone out */
    assert_false(is_visible(&it, T + 60));
}

/* A date begins at 00:00 of the office, not of Greenwich. */
static void
test_a_date_is_a_day_of_the_office(void **state)
{
    (void)state;
    static const struct {
        const char *zone, *date;
        int64_t from;
    } rows[] = {
        {"Europe/Moscow", "2023-05-18", T - 3 * TIME_HOUR_S},
        {"UTC", "2023-05-18", T},
        {"America/New_York", "2023-05-18", T + 4 * TIME_HOUR_S},
        {"Asia/Almaty", "2024-02-29", 1709143200},
        {"Asia/Almaty", "2024-03-02", 1709319600}, /* the zone changed on 1 March */
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct item it = {.state = STATE_APPROVED,
                          .embargo_until = NONE,
                          .expires_at = NONE,
                          .withdrawn_at = NONE};
        struct err err = {.text = ""};
        assert_int_equal(time_set_zone(rows[i].zone, &err), RC_OK);
        assert_int_equal(
            time_read(str_of(rows[i].date), &it.published_at, &it.is_date_only, &err),
            RC_OK);
        assert_true(it.is_date_only);
        assert_int_equal(item_visible_from(&it), rows[i].from);
        assert_false(is_visible(&it, rows[i].from - 1));
        assert_true(is_visible(&it, rows[i].from));
    }
}

/* 410 says that something was there: only for what somebody could have seen. */
static void
test_was_visible(void **state)
{
    (void)state;
    static const struct {
        int64_t from, until, now;
        bool was;
    } rows[] = {
        {T, T + 10, T - 1, false}, {T, T + 10, T, true},
        {T, T + 10, T + 10, true}, {T, T + 10, T + 99, true},
        {T, T, T + 99, false},     {T + 1, T, T + 99, false},
        {NEVER, T, T + 99, false}, {T, NEVER, T - 1, false},
        {T, NEVER, T, true},       {NEVER, NEVER, NEVER - 1, false},
        {T, T + 1, T, true},       {T + 5, T + 9, T + 4, false},
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++)
        if (item_was_visible(rows[i].from, rows[i].until, rows[i].now) != rows[i].was)
            fail_msg("row %zu", i);
}

static void
test_words(void **state)
{
    (void)state;
    for (int i = 0; i < BODY__MAX; i++)
        assert_int_equal(body_format_read(str_of(body_format_word((enum body_format)i))),
                         i);
    for (int i = 0; i < STATE__MAX; i++)
        assert_int_equal(item_state_read(str_of(item_state_word((enum item_state)i))), i);
    static const struct str none[] = {
        {NULL, 0},
        STR_INIT(""),
        STR_INIT("Markdown"),
        STR_INIT("text "),
        STR_INIT("text\0"),
        STR_INIT("tex"),
        STR_INIT("APPROVED"),
        STR_INIT("approve"),
        STR_INIT("approvedd"),
    };
    for (size_t i = 0; i < N_ELEMENTS(none); i++) {
        assert_int_equal(body_format_read(none[i]), -1);
        assert_int_equal(item_state_read(none[i]), -1);
    }
}

static void
test_focal_points(void **state)
{
    (void)state;
    static const struct {
        struct str s;
        bool is_valid;
    } rows[] = {
        {STR_INIT("0,0"), true},       {STR_INIT("100,100"), true},
        {STR_INIT("50,33.3"), true},   {STR_INIT("12.5,40"), true},
        {STR_INIT("100.0,0.0"), true}, {STR_INIT("99.999999,1"), true},
        {STR_INIT("100.1,0"), false},  {STR_INIT("101,0"), false},
        {STR_INIT("-1,0"), false},     {STR_INIT("-0,0"), false},
        {STR_INIT("0,-0"), false},     {STR_INIT("12.-0,0"), false},
        {STR_INIT("12.-5,0"), false},  {STR_INIT("+1,0"), false},
        {STR_INIT("1.,0"), false},     {STR_INIT(".5,0"), false},
        {STR_INIT("1.2.3,0"), false},  {STR_INIT("1,2,3"), false},
        {STR_INIT("1"), false},        {STR_INIT("1,"), false},
        {STR_INIT(",1"), false},       {STR_INIT(","), false},
        {STR_INIT(""), false},         {STR_INIT("1, 2"), false},
        {STR_INIT("1e1,0"), false},    {STR_INIT("1.1234567,0"), false},
        {STR_INIT("50%,50%"), false},  {{NULL, 0}, false},
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++)
        if (photo_focal_is_valid(rows[i].s) != rows[i].is_valid)
            fail_msg("\"%.*s\"", STR_ARG(rows[i].s));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_from_the_later_until_the_earlier),
        cmocka_unit_test(test_what_is_not_approved_is_never_visible),
        cmocka_unit_test(test_the_very_second),
        cmocka_unit_test(test_a_date_is_a_day_of_the_office),
        cmocka_unit_test(test_was_visible),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_focal_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
