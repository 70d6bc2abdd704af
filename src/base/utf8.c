/* base/utf8.c - checking and walking UTF-8. */
#include "base/utf8.h"

#include "base/compiler.h"

/* Most text is mostly ASCII: eight bytes without a high bit are passed at once. */
static bool
is_ascii_8(const unsigned char *p)
{
    uint64_t eight;
    memcpy(&eight, p, sizeof eight);
    return (eight & UINT64_C(0x8080808080808080)) == 0;
}

static bool
is_tail(unsigned char c)
{
    return (c & 0xc0) == 0x80;
}

/* What may follow each kind of leading byte (RFC 3629 section 4): the narrowed range of
 * the second byte is what keeps out overlong forms, surrogates and U+110000 upward. */
static const struct lead {
    unsigned char first, last; /* leading bytes */
    unsigned char lo, hi;      /* second byte */
    unsigned char n;           /* bytes in all */
} leads[] = {
    {0x00, 0x7f, 0x00, 0x00, 1}, {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
    {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
    {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
};

/* Length of the character at p, 0 when the bytes there are none. */
static size_t
char_size(const unsigned char *p, size_t n)
{
    const struct lead *l = leads, *end = leads + N_ELEMENTS(leads);
    while (l < end && (p[0] < l->first || p[0] > l->last))
        l++;
    if (l == end || l->n > n)
        return 0;
    if (l->n > 1 && (p[1] < l->lo || p[1] > l->hi))
        return 0;
    for (size_t i = 2; i < l->n; i++)
        if (!is_tail(p[i]))
            return 0;
    return l->n;
}

size_t
utf8_check(struct str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t i = 0;
    while (i < s.n) {
        if (s.n - i >= 8 && is_ascii_8(p + i)) {
            i += 8;
            continue;
        }
        size_t size = char_size(p + i, s.n - i);
        if (size == 0)
            return i;
        i += size;
    }
    return s.n;
}

static bool
is_control(const unsigned char *p, size_t n)
{
    if (p[0] < 0x20)
        return p[0] != '\t' && p[0] != '\n' && p[0] != '\r';
    if (p[0] == 0x7f)
        return true;
    /* U+FFFE and U+FFFF are EF BF BE and EF BF BF. */
    return p[0] == 0xef && n >= 3 && p[1] == 0xbf && p[2] >= 0xbe;
}

/* Are all 8 bytes between 20 and 7E? A smaller one goes below zero when 20 is taken from
 * it, 7F becomes 80 by one more, and others have the highest bit already. */
static bool
is_printable_8(const unsigned char *p)
{
    uint64_t x;
    memcpy(&x, p, sizeof x);
    return ((x | (x - 0x2020202020202020) | (x + 0x0101010101010101)) &
            0x8080808080808080) == 0;
}

size_t
utf8_find_control(struct str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t i = 0;
    while (i < s.n) {
        if (s.n - i >= 8 && is_printable_8(p + i)) {
            i += 8;
            continue;
        }
        if (is_control(p + i, s.n - i))
            return i;
        i++;
    }
    return s.n;
}

/* Controls, White_Space, Default_Ignorable_Code_Point, and the pattern of Braille without
 * dots; ascending. */
static const struct {
    uint32_t first, last;
} unseen[] = {
    {0x0000, 0x0020},   {0x007f, 0x00a0},   {0x00ad, 0x00ad}, {0x034f, 0x034f},
    {0x061c, 0x061c},   {0x115f, 0x1160},   {0x1680, 0x1680}, {0x17b4, 0x17b5},
    {0x180b, 0x180f},   {0x2000, 0x200f},   {0x2028, 0x202f}, {0x205f, 0x206f},
    {0x2800, 0x2800},   {0x3000, 0x3000},   {0x3164, 0x3164}, {0xfe00, 0xfe0f},
    {0xfeff, 0xfeff},   {0xffa0, 0xffa0},   {0xfff0, 0xfff8}, {0x1bca0, 0x1bca3},
    {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff},
};

static uint32_t
code_point(const unsigned char *p, size_t size)
{
    static const unsigned char masks[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    uint32_t c = p[0] & masks[size];
    for (size_t i = 1; i < size; i++)
        c = c << 6 | (p[i] & 0x3f);
    return c;
}

static bool
is_unseen(uint32_t c)
{
    for (size_t i = 0; i < N_ELEMENTS(unseen) && unseen[i].first <= c; i++)
        if (c <= unseen[i].last)
            return true;
    return false;
}

bool
utf8_is_blank(struct str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t size;
    for (size_t i = 0; i < s.n; i += size) {
        size = char_size(p + i, s.n - i);
        if (size == 0 || !is_unseen(code_point(p + i, size)))
            return false;
    }
    return true;
}

size_t
utf8_length(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += !is_tail((unsigned char)s.p[i]);
    return n;
}

struct str
utf8_cut(struct str s, size_t n_bytes)
{
    if (n_bytes >= s.n)
        return s;
    while (n_bytes > 0 && is_tail((unsigned char)s.p[n_bytes]))
        n_bytes--;
    return str_sub(s, 0, n_bytes);
}

struct str
utf8_mend(struct arena *a, struct str s)
{
    static const char mark[] = "\xef\xbf\xbd";
    const unsigned char *p = (const unsigned char *)s.p;
    char *out = arena_alloc(a, s.n * (sizeof mark - 1) + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        size_t size = char_size(p + i, s.n - i);
        bool is_good = size > 0 && !is_control(p + i, s.n - i);
        memcpy(out + n, is_good ? s.p + i : mark, is_good ? size : sizeof mark - 1);
        n += is_good ? size : sizeof mark - 1;
        i += size > 0 ? size : 1;
    }
    out[n] = '\0';
    return (struct str){out, n};
}
