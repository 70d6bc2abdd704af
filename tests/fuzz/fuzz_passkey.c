/* tests/fuzz/fuzz_passkey.c - any bytes as what a browser says of a passkey; after "r"
 * as they are, else in base64url. */
#include <sodium.h>

#include "auth/webauthn.h"
#include "fuzz.h"

static void
fuzz_answer(enum rc rc, const struct err *err)
{
    assert(rc == RC_OK ||
           ((rc == RC_INVALID || rc == RC_DENIED) && err->text[0] != '\0'));
}

static struct str
base64(struct arena *a, struct str s)
{
    size_t size =
        sodium_base64_ENCODED_LEN(s.n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *p = arena_alloc(a, size);
    sodium_bin2base64(p, size, (const unsigned char *)s.p, s.n,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return str_of(p);
}

static void
try_new(struct str data, struct arena *a)
{
    struct passkey p = {0};
    struct err err = {0};
    enum rc rc = webauthn_new(data, STR("localhost"), a, &p, &err);
    fuzz_answer(rc, &err);
    if (rc == RC_OK)
        assert(p.credential.n > 0 && p.public_key.n > 0 && p.algorithm < 0);
}

static void
try_known(struct str data, struct arena *a)
{
    static const int64_t algorithms[] = {-7, -8, -257, 0};
    struct webauthn_proof w = {data, data, data};
    struct err err = {0};
    int64_t count = 0;
    for (size_t i = 0; i < N_ELEMENTS(algorithms); i++) {
        struct passkey p = {.algorithm = algorithms[i], .public_key = data};
        fuzz_answer(webauthn_check(&p, &w, STR("localhost"), false, a, &count, &err),
                    &err);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a AT_END(arena_done);
    struct str s = fuzz_copy(data, n);
    struct err err = {0};
    arena_init(&a);
    struct str text =
        n > 0 && s.p[0] != 'r' ? base64(&a, str_from(s, 1)) : str_from(s, 1);
    try_new(text, &a);
    try_known(text, &a);
    fuzz_answer(webauthn_client_data(text, "webauthn.get", STR("abc"),
                                     STR("http://localhost"), &a, &err),
                &err);
    mem_free((void *)s.p);
    return 0;
}
