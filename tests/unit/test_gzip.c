/* tests/unit/test_gzip.c - compression, judged by zlib's own reader. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <zlib.h>

#include "base/compiler.h"
#include "base/gzip.h"
#include "base/mem.h"

static struct str
unpack(struct arena *a, struct str packed, size_t size)
{
    char *to = arena_alloc(a, size + 1);
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)packed.p,
                  .avail_in = (unsigned)packed.n,
                  .next_out = (unsigned char *)to,
                  .avail_out = (unsigned)size + 1};
    assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    assert_int_equal(z.avail_in, 0);
    inflateEnd(&z);
    return (struct str){to, size + 1 - z.avail_out};
}

static void
test_round_trip(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 100, 10000, 200000};
    struct arena a;
    arena_init(&a);
    for (size_t i = 0; i < N_ELEMENTS(sizes); i++)
        for (int level = 1; level <= 9; level++) {
            char *p = arena_alloc(&a, sizes[i]);
            unsigned x = 1;
            for (size_t k = 0; k < sizes[i]; k++) { /* half text, half noise */
                x = x * 1103515245 + 12345;
                p[k] = (char)(k % 200 < 100 ? 'a' + (int)(k % 7) : (int)(x >> 24));
            }
            struct str s = {p, sizes[i]};
            assert_true(str_eq(unpack(&a, gzip_pack(&a, s, level), s.n), s));
        }
    arena_done(&a);
}

static void
test_absent_is_empty(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    struct str packed = gzip_pack(&a, (struct str){NULL, 0}, 6);
    assert_int_equal(unpack(&a, packed, 0).n, 0);
    arena_done(&a);
}

/* RFC 1952 section 2.3: flags 0 (no name), time 0: nothing that differs between runs. */
static void
test_equal_input_equal_bytes(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    struct str one = gzip_pack(&a, STR("a page"), 6);
    struct str two = gzip_pack(&a, STR("a page"), 6);
    assert_true(str_eq(one, two));
    assert_memory_equal(one.p, "\x1f\x8b\x08\0\0\0\0\0", 8);
    arena_done(&a);
}

static void
test_it_gets_smaller_and_gives_memory_back(void **state)
{
    (void)state;
    static char text[10000];
    memset(text, 'x', sizeof text);
    long before = mem_blocks();
    struct arena a;
    arena_init(&a);
    struct str packed = gzip_pack(&a, (struct str){text, sizeof text}, 6);
    assert_true(packed.n < 100);
    assert_int_equal(mem_blocks() - before, 1); /* zlib's tables are gone already */
    arena_done(&a);
    assert_int_equal(mem_blocks(), before);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_absent_is_empty),
        cmocka_unit_test(test_equal_input_equal_bytes),
        cmocka_unit_test(test_it_gets_smaller_and_gives_memory_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
