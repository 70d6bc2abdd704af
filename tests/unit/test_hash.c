/* tests/unit/test_hash.c - digests against published vectors, and random bytes. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/file.h"
#include "base/hash.h"

static struct arena arena;

static int
set_up(void **state)
{
    (void)state;
    struct err err;
    arena_init(&arena);
    return hash_init(&err) == RC_OK && hash_init(&err) == RC_OK ? 0 : -1;
}

static int
tear_down(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

/* FIPS 180-4's examples, and a million times "a". */
static void
test_sha256(void **state)
{
    (void)state;
    char *million = arena_alloc(&arena, 1000000);
    memset(million, 'a', 1000000);
    const struct {
        struct str s;
        const char *hex;
    } rows[] = {
        {STR(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {{NULL, 0}, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {STR("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {{million, 1000000},
         "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++)
        assert_true(str_eq_z(hash_sha256(&arena, rows[i].s), rows[i].hex));
}

static void
test_file(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 65535, 65536, 65537, 300000};
    char path[] = P_tmpdir "/byline-hash-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    for (size_t i = 0; i < N_ELEMENTS(sizes); i++) {
        char *p = arena_alloc(&arena, sizes[i]);
        for (size_t k = 0; k < sizes[i]; k++)
            p[k] = (char)(k * 31);
        struct str bytes = {p, sizes[i]}, hex;
        struct err err;
        assert_int_equal(file_write(path, bytes, 0600, &err), RC_OK);
        assert_int_equal(hash_file(&arena, path, &hex, &err), RC_OK);
        assert_true(str_eq(hex, hash_sha256(&arena, bytes)));
    }
    unlink(path);
}

static void
test_file_refuses(void **state)
{
    (void)state;
    struct str hex = STR("untouched");
    struct err err;
    assert_int_equal(hash_file(&arena, "/no such file", &hex, &err), RC_NOT_FOUND);
    assert_int_equal(hash_file(&arena, "/", &hex, &err), RC_FAILED);
    assert_string_equal(err.text, "/: Is a directory");
    assert_string_equal(hex.p, "untouched");
}

/* The number is part of ETags that visitors hold: it may not change between releases. */
static void
test_fast_is_stable(void **state)
{
    (void)state;
    uint64_t empty = hash_fast(STR("")), a = hash_fast(STR("a")), b = hash_fast(STR("b"));
    assert_true(empty != a && a != b && empty != b);
    assert_true(hash_fast((struct str){NULL, 0}) == empty);
    /* SipHash-2-4 by another program. */
    assert_true(a == UINT64_C(0x11297b1b7a251b41));
}

/* The expected digest by another program (Python's hashlib). */
static void
test_keyed(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    struct str have = hash_keyed(&a, STR("0123456789abcdef"), STR("abc"));
    assert_true(str_eq_z(have, "66b4857d42c644c61fca8c0bcea243e0"
                               "e75088582c7964bbac6b92c02381d9c7"));
    assert_false(hash_is_same(have, hash_keyed(&a, STR("0123456789abcdeg"), STR("abc"))));
    assert_false(hash_is_same(have, hash_keyed(&a, STR("0123456789abcdef"), STR("abd"))));
    assert_true(hash_is_same(have, str_copy(&a, have)));
    assert_false(hash_is_same(have, str_sub(have, 0, 63)));
    struct str one = hash_random_hex(&a), two = hash_random_hex(&a);
    assert_int_equal(one.n, 64);
    assert_false(hash_is_same(one, two));
    arena_done(&a);
}

static void
test_random(void **state)
{
    (void)state;
    unsigned char one[64] = {0}, two[64] = {0};
    hash_random(one, sizeof one - 1);
    hash_random(two, sizeof two - 1);
    assert_memory_not_equal(one, two, sizeof one);
    assert_int_equal(one[63], 0);
    int n_zero = 0;
    for (size_t i = 0; i < 63; i++)
        n_zero += one[i] == 0;
    assert_true(n_zero < 16);
    hash_random(NULL, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sha256),       cmocka_unit_test(test_file),
        cmocka_unit_test(test_file_refuses), cmocka_unit_test(test_fast_is_stable),
        cmocka_unit_test(test_random),       cmocka_unit_test(test_keyed),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
