/* tests/unit/test_cursor.c - positions in listings, as words and back. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include "model/cursor.h"

#include "base/compiler.h"

#define YEAR_1    INT64_C(-62135596800)
#define YEAR_9999 INT64_C(253402300799)

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
assert_returns(struct cursor c)
{
    struct cursor back = {0, 0};
    struct str word = cursor_write(&arena, c);
    assert_int_equal(word.n, CURSOR_LENGTH);
    assert_true(cursor_read(word, &back));
    assert_int_equal(back.published_at, c.published_at);
    assert_int_equal(back.tie, c.tie);
}

static void
test_what_is_written_is_read(void **state)
{
    (void)state;
    static const int64_t times[] = {YEAR_1, YEAR_1 + 1, -1,         0,
                                    1,      1684368000, 4294967296, YEAR_9999};
    static const int64_t ties[] = {0, 1, 31, 32, INT64_C(1) << 62, INT64_MAX};
    for (size_t i = 0; i < N_ELEMENTS(times); i++)
        for (size_t j = 0; j < N_ELEMENTS(ties); j++)
            assert_returns((struct cursor){times[i], ties[j]});
    uint64_t x = 1;
    for (int i = 0; i < 20000; i++) { /* a fixed walk over all bits */
        x = x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        int64_t t = YEAR_1 + (int64_t)((x >> 20) % (uint64_t)(YEAR_9999 - YEAR_1));
        assert_returns((struct cursor){t, (int64_t)(x >> 1)});
    }
}

/* Addresses are shared, ties are stored: what they were once they stay. */
static void
test_the_words_stay_the_same(void **state)
{
    (void)state;
    struct cursor c = {1684368000, cursor_tie(STR("a-public-id"))};
    struct cursor zero = {0, 0};
    assert_int_equal(c.tie, INT64_C(9006895011878536195));
    assert_true(str_eq_z(cursor_write(&arena, c), "1vdzerc0z7yxd5f0gg40fhdgr1"));
    assert_true(str_eq_z(cursor_write(&arena, zero), "1svs3xr00000000000002rjj3t"));
}

static void
test_letters_that_are_misread_are_not_used(void **state)
{
    (void)state;
    for (int64_t i = 0; i < 5000; i++) {
        struct str word = cursor_write(&arena, (struct cursor){i * 1234567, i * 7654321});
        for (size_t k = 0; k < word.n; k++)
            assert_non_null(memchr("0123456789abcdefghjkmnpqrstvwxyz", word.p[k], 32));
    }
}

/* Every other byte at every place of a good word makes it a bad one. */
static void
test_one_wrong_byte(void **state)
{
    (void)state;
    static const struct cursor one = {1684368000, INT64_C(0x123456789abcdef)};
    struct cursor out = {7, 7};
    char p[CURSOR_LENGTH];
    memcpy(p, cursor_write(&arena, one).p, sizeof p);
    for (size_t at = 0; at < sizeof p; at++)
        for (int c = 0; c < 256; c++) {
            char kept = p[at];
            p[at] = (char)c;
            bool is_read = cursor_read((struct str){p, sizeof p}, &out);
            assert_int_equal(is_read, (char)c == kept);
            p[at] = kept;
        }
    /* The one that was read each time was the true one. */
    assert_int_equal(out.published_at, one.published_at);
    assert_int_equal(out.tie, one.tie);
}

static void
test_words_that_are_none(void **state)
{
    (void)state;
    struct str good = cursor_write(&arena, (struct cursor){1, 2});
    struct str longer = str_fmt(&arena, "%.*s0", STR_ARG(good));
    struct cursor out = {7, 7};
    const struct str words[] = {
        {NULL, 0},
        STR(""),
        STR("0"),
        STR("00000000000000000000000000"),
        STR("zzzzzzzzzzzzzzzzzzzzzzzzzz"),
        STR("../../../../../../../../.."),
        str_sub(good, 0, CURSOR_LENGTH - 1),
        longer,
        str_fmt(&arena, " %.*s", STR_ARG(str_from(good, 1))),
    };
    for (size_t i = 0; i < N_ELEMENTS(words); i++)
        assert_false(cursor_read(words[i], &out));
    assert_int_equal(out.published_at, 7);
    assert_int_equal(out.tie, 7);
}

static void
test_ties(void **state)
{
    (void)state;
    int64_t seen[1000];
    for (int i = 0; i < 1000; i++) {
        seen[i] = cursor_tie(str_fmt(&arena, "id-%d", i));
        assert_true(seen[i] >= 0);
        for (int j = 0; j < i; j++)
            assert_true(seen[i] != seen[j]);
    }
    assert_int_equal(cursor_tie(STR("id-7")), seen[7]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_written_is_read),
        cmocka_unit_test(test_the_words_stay_the_same),
        cmocka_unit_test(test_letters_that_are_misread_are_not_used),
        cmocka_unit_test(test_one_wrong_byte),
        cmocka_unit_test(test_words_that_are_none),
        cmocka_unit_test(test_ties),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
