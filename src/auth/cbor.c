/* auth/cbor.c - walking over CBOR without keeping anything. */
#include "auth/cbor.h"

#include <stdint.h>

enum { DEPTH_MAX = 4 };

/* Kinds of items; RFC 8949 section 3.1. */
enum { BYTES = 2, TEXT = 3, ARRAY = 4, MAP = 5, TAG = 6 };

struct rest {
    const unsigned char *p;
    size_t n;
};

static void
advance(struct rest *r, size_t n)
{
    r->p += n;
    r->n -= n;
}

/* The first byte and the number that belongs to it. Of indefinite length, or reserved: no
 * number of ours. */
static bool
take_head(struct rest *r, unsigned *kind, uint64_t *number)
{
    if (r->n == 0)
        return false;
    unsigned info = r->p[0] & 31U;
    size_t size = info < 24 ? 0 : (size_t)1 << (info - 24);
    if (info > 27 || size >= r->n)
        return false;
    *kind = r->p[0] >> 5;
    *number = size == 0 ? info : 0;
    for (size_t i = 1; i <= size; i++)
        *number = *number << 8 | r->p[i];
    advance(r, size + 1);
    return true;
}

/* An item takes a byte at least. */
static bool
skip_items(struct rest *r, uint64_t n, int depth)
{
    unsigned kind = 0;
    uint64_t number = 0;
    if (n > r->n || depth == 0)
        return n == 0;
    for (uint64_t i = 0; i < n; i++) {
        if (!take_head(r, &kind, &number))
            return false;
        bool is_string = kind == BYTES || kind == TEXT;
        if ((is_string || kind == ARRAY || kind == MAP) && number > r->n)
            return false;
        if (is_string)
            advance(r, (size_t)number);
        uint64_t inside = kind == ARRAY ? number : kind == MAP ? 2 * number : kind == TAG;
        if (!skip_items(r, inside, depth - 1))
            return false;
    }
    return true;
}

bool
cbor_is_whole(const unsigned char *p, size_t n, int n_items)
{
    struct rest r = {p, n};
    return skip_items(&r, (uint64_t)n_items, DEPTH_MAX) && r.n == 0;
}
