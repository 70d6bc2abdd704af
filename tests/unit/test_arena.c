/* tests/unit/test_arena.c - the arena and the heap below it. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <stdalign.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>

/* Absurd sizes give NULL from malloc, as they do without the sanitizer. */
const char *__asan_default_options(void);
const char *
__asan_default_options(void)
{
    return "allocator_may_return_null=1";
}
#endif

static void
test_nothing_is_allocated_at_first(void **state)
{
    (void)state;
    long before = mem_blocks();
    struct arena a;
    arena_init(&a);
    assert_int_equal(mem_blocks(), before);
    assert_int_equal(a.used, 0);
    arena_done(&a);
    assert_int_equal(mem_blocks(), before);
}

static void
test_blocks_are_aligned_apart_and_writable(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 7, 8, 15, 16, 17, 100, 4096, 32768, 100000};
    enum { N = sizeof sizes / sizeof sizes[0] };
    unsigned char *blocks[N];
    struct arena a;
    arena_init(&a);
    for (size_t i = 0; i < N; i++) {
        blocks[i] = arena_alloc(&a, sizes[i]);
        assert_int_equal((uintptr_t)blocks[i] % alignof(max_align_t), 0);
        memset(blocks[i], (int)i + 1, sizes[i]);
    }
    for (size_t i = 0; i < N; i++)
        for (size_t k = 0; k < sizes[i]; k++)
            assert_int_equal(blocks[i][k], i + 1);
    assert_true(a.used >= 4096 + 32768 + 100000);
    arena_done(&a);
}

static void
test_zeroed(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    memset(arena_alloc(&a, 1000), 0xff, 1000);
    arena_reset(&a); /* the chunk is dirty now */
    const unsigned char *p = arena_zalloc(&a, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(p[i], 0);
    const int64_t *numbers = arena_array(&a, int64_t, 50);
    for (int i = 0; i < 50; i++)
        assert_int_equal(numbers[i], 0);
    arena_done(&a);
}

static void
test_copy_is_terminated(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    char from[] = {'a', '\0', 'b'};
    const char *copy = arena_copy(&a, from, 3);
    from[0] = 'x';
    assert_memory_equal(copy, "a\0b", 4);
    assert_string_equal(arena_copy(&a, NULL, 0), "");
    arena_done(&a);
}

static char order[8];
static size_t n_ended;

static void
note(void *arg)
{
    order[n_ended++] = *(const char *)arg;
}

static void
test_ends_run_newest_first_and_once(void **state)
{
    (void)state;
    static char one[] = "1", two[] = "2", three[] = "3";
    struct arena a;
    arena_init(&a);
    arena_at_end(&a, note, one);
    arena_at_end(&a, note, two);
    arena_reset(&a);
    assert_string_equal(order, "21");
    arena_at_end(&a, note, three);
    arena_done(&a);
    assert_string_equal(order, "213");
    arena_done(&a); /* empty again, and may be ended again */
    assert_string_equal(order, "213");
}

static void
test_reset_keeps_one_chunk(void **state)
{
    (void)state;
    long before = mem_blocks();
    struct arena a;
    arena_init(&a);
    for (int i = 0; i < 100; i++)
        arena_alloc(&a, 5000);
    assert_true(mem_blocks() - before > 5);
    arena_reset(&a);
    assert_int_equal(mem_blocks() - before, 1);
    assert_int_equal(a.used, 0);
    arena_alloc(&a, 5000);
    assert_int_equal(mem_blocks() - before, 1);
    arena_done(&a);
    assert_int_equal(mem_blocks(), before);
}

#if defined(__SANITIZE_ADDRESS__)
static void
test_sanitizer_sees_into_the_arena(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    char *p = arena_alloc(&a, 16);
    assert_false(__asan_address_is_poisoned(p + 15));
    assert_true(__asan_address_is_poisoned(p + 16));
    arena_reset(&a);
    assert_true(__asan_address_is_poisoned(p));
    arena_done(&a);
}
#endif

static jmp_buf out_of_memory;
static size_t size_asked;

static void
jump(size_t size)
{
    size_asked = size;
    longjmp(out_of_memory, 1);
}

/* A size that no machine has must reach the hook, not wrap around to a small one. */
static void
check_refused(size_t size)
{
    struct arena a;
    arena_init(&a);
    size_asked = 0;
    if (setjmp(out_of_memory) == 0) {
        arena_alloc(&a, size);
        fail_msg("%zu bytes were had", size);
    }
    assert_true(size_asked >= SIZE_MAX / 2);
    arena_done(&a);
}

static void
test_absurd_sizes_end_in_the_hook(void **state)
{
    (void)state;
    long before = mem_blocks();
    mem_on_failure(jump);
    for (size_t i = 0; i < 64; i++)
        check_refused(SIZE_MAX - i);
    check_refused(SIZE_MAX / 2);
    mem_on_failure(NULL);
    assert_int_equal(mem_blocks(), before);
}

static void
test_the_nth_allocation_fails(void **state)
{
    (void)state;
    long before = mem_blocks();
    mem_on_failure(jump);
    mem_fail_at(3);
    void *volatile first = NULL, *volatile second = NULL;
    volatile int reached = 0;
    if (setjmp(out_of_memory) == 0) {
        first = mem_alloc(10);
        reached = 1;
        second = mem_resize(NULL, 20);
        reached = 2;
        second = mem_resize(second, 2000);
        reached = 3;
    }
    assert_int_equal(reached, 2);
    assert_int_equal(size_asked, 2000);
    second = mem_resize(second, 3000); /* one failure, not all from then on */
    memset(second, 1, 3000);
    mem_free(first);
    mem_free(second);
    mem_free(NULL);
    mem_fail_at(0);
    mem_on_failure(NULL);
    assert_int_equal(mem_blocks(), before);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_is_allocated_at_first),
        cmocka_unit_test(test_blocks_are_aligned_apart_and_writable),
        cmocka_unit_test(test_zeroed),
        cmocka_unit_test(test_copy_is_terminated),
        cmocka_unit_test(test_ends_run_newest_first_and_once),
        cmocka_unit_test(test_reset_keeps_one_chunk),
#if defined(__SANITIZE_ADDRESS__)
        cmocka_unit_test(test_sanitizer_sees_into_the_arena),
#endif
        cmocka_unit_test(test_absurd_sizes_end_in_the_hook),
        cmocka_unit_test(test_the_nth_allocation_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
