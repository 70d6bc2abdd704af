/* tests/fuzz/fuzz.h - what the fuzz targets share.
 *
 * A target is a file fuzz_NAME.c with the one function that libFuzzer calls. It is linked
 * with libFuzzer (make fuzz) or with drive.c (make test). */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <assert.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* A copy in a block of exactly its length, so that AddressSanitizer sees a read of one
 * byte too many; ends with mem_free((void *)s.p). */
static inline struct str
fuzz_copy(const uint8_t *data, size_t n)
{
    char *p = mem_alloc(n);
    if (n > 0)
        memcpy(p, data, n);
    return (struct str){p, n};
}

/* What is refused says why. */
static inline void
fuzz_refused(enum rc rc, const struct err *err)
{
    assert(rc == RC_INVALID || rc == RC_LIMIT);
    assert(err->rc == rc && err->text[0] != '\0');
}

/* Text that got in is valid and holds no control characters. */
static inline void
fuzz_clean(struct str s)
{
    assert(utf8_check(s) == s.n && utf8_find_control(s) == s.n);
}

#endif
