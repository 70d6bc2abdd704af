/* tests/unit/test_buf.c - the bounded buffer. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include "base/buf.h"
#include "base/compiler.h"

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
check_buf(const struct buf *b, const char *want)
{
    struct str s = buf_str(b);
    assert_int_equal(s.n, strlen(want));
    assert_string_equal(s.p, want);
}

static void
test_empty(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, &arena, 100);
    assert_true(buf_ok(&b));
    check_buf(&b, "");
    buf_add(&b, (struct str){NULL, 0});
    buf_add_z(&b, "");
    check_buf(&b, "");
}

static void
test_appends(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, &arena, 100);
    buf_add(&b, STR("ab"));
    buf_add_c(&b, 'c');
    buf_add_z(&b, "de");
    buf_fmt(&b, "<%d %s>", 42, "x");
    check_buf(&b, "abcde<42 x>");
    char *space = buf_space(&b, 10);
    memcpy(space, "yz", 2);
    buf_filled(&b, 2); /* fewer than asked for */
    check_buf(&b, "abcde<42 x>yz");
}

static void
test_grows_and_keeps_the_beginning(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, &arena, 1000000);
    for (int i = 0; i < 100000; i++)
        buf_add_c(&b, (char)('a' + i % 26));
    assert_true(buf_ok(&b));
    struct str s = buf_str(&b);
    assert_int_equal(s.n, 100000);
    for (int i = 0; i < 100000; i++)
        assert_int_equal(s.p[i], 'a' + i % 26);
    buf_add(&b, s); /* its own bytes, while it moves */
    assert_int_equal(buf_str(&b).n, 200000);
    assert_memory_equal(buf_str(&b).p + 100000, buf_str(&b).p, 100000);
}

/* Every way of appending meets the limit at the same byte. */
static void
add_str(struct buf *b)
{
    buf_add(b, STR("xyz"));
}
static void
add_z(struct buf *b)
{
    buf_add_z(b, "xyz");
}
static void
add_fmt(struct buf *b)
{
    buf_fmt(b, "%s", "xyz");
}
static void
add_space(struct buf *b)
{
    char *p = buf_space(b, 3);
    if (p != NULL) {
        memcpy(p, "xyz", 3);
        buf_filled(b, 3);
    }
}

static void
test_limit(void **state)
{
    (void)state;
    static void (*const adders[])(struct buf *) = {add_str, add_z, add_fmt, add_space};
    for (size_t i = 0; i < N_ELEMENTS(adders); i++) {
        struct buf b;
        buf_init(&b, &arena, 6);
        adders[i](&b);
        adders[i](&b);
        assert_true(buf_ok(&b)); /* exactly full is fine */
        adders[i](&b);
        assert_false(buf_ok(&b));
        buf_add_c(&b, 'x');
        check_buf(&b, "xyzxyz"); /* what did fit stays */
        buf_clear(&b);
        assert_true(buf_ok(&b));
        check_buf(&b, "");
        adders[i](&b);
        check_buf(&b, "xyz");
    }
}

static void
test_nothing_after_a_failure(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, &arena, 3);
    buf_add_z(&b, "a");
    buf_add_z(&b, "too long");
    buf_add_z(&b, "b"); /* would fit, but what came before it is missing */
    assert_false(buf_ok(&b));
    check_buf(&b, "a");
    assert_null(buf_space(&b, 0));
}

static void
test_absurd_sizes(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, &arena, 1000);
    buf_add_z(&b, "abc");
    assert_null(buf_space(&b, SIZE_MAX));
    assert_null(buf_space(&b, SIZE_MAX - 3));
    assert_false(buf_ok(&b));
    buf_init(&b, &arena, 0);
    buf_add_c(&b, 'x');
    assert_false(buf_ok(&b));
    check_buf(&b, "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_appends),
        cmocka_unit_test(test_grows_and_keeps_the_beginning),
        cmocka_unit_test(test_limit),
        cmocka_unit_test(test_nothing_after_a_failure),
        cmocka_unit_test(test_absurd_sizes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
