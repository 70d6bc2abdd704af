/* model/cursor.c - positions in listings as words. */
#include "model/cursor.h"

#include "base/hash.h"

/* 5 bits a character; without i, l, o and u, which are misread. */
static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";

/* Year 1 lies 62,135,596,800 seconds before 1970; this keeps every time of ours
 * positive and below 2^40. */
#define TIME_OFFSET INT64_C(62135596800)
#define CHECK_MASK  ((UINT64_C(1) << 27) - 1)

int64_t
cursor_tie(struct str public_id)
{
    return (int64_t)(hash_fast(public_id) >> 1);
}

static uint64_t
check_sum(uint64_t when, uint64_t tie)
{
    uint64_t both[2] = {when, tie};
    return hash_fast((struct str){(const char *)both, sizeof both}) & CHECK_MASK;
}

/* 40 + 63 + 27 = 130 bits = 26 characters, most significant first. */
static unsigned
digit_at(uint64_t when, uint64_t tie, uint64_t check, int i)
{
    unsigned digit = 0;
    for (int bit = 129 - 5 * i, end = bit - 5; bit > end; bit--) {
        uint64_t b = bit >= 90   ? when >> (bit - 90)
                     : bit >= 27 ? tie >> (bit - 27)
                                 : check >> bit;
        digit = digit << 1 | (unsigned)(b & 1);
    }
    return digit;
}

struct str
cursor_write(struct arena *a, struct cursor c)
{
    uint64_t when = (uint64_t)(c.published_at + TIME_OFFSET), tie = (uint64_t)c.tie;
    uint64_t check = check_sum(when, tie);
    char *p = arena_alloc(a, CURSOR_LENGTH);
    for (int i = 0; i < CURSOR_LENGTH; i++)
        p[i] = alphabet[digit_at(when, tie, check, i)];
    return (struct str){p, CURSOR_LENGTH};
}

bool
cursor_read(struct str s, struct cursor *out)
{
    uint64_t when = 0, tie = 0, check = 0;
    if (s.n != CURSOR_LENGTH)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        const char *hit = memchr(alphabet, s.p[i], sizeof alphabet - 1);
        if (hit == NULL)
            return false;
        for (int bit = 129 - 5 * (int)i, k = 4; k >= 0; k--, bit--) {
            uint64_t *into = bit >= 90 ? &when : bit >= 27 ? &tie : &check;
            *into = *into << 1 | ((uint64_t)(hit - alphabet) >> k & 1);
        }
    }
    if (check != check_sum(when, tie))
        return false;
    *out = (struct cursor){(int64_t)when - TIME_OFFSET, (int64_t)tie};
    return true;
}
