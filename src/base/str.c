/* base/str.c - views of bytes. */
#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>

struct str
str_of(const char *z)
{
    return z != NULL ? (struct str){z, strlen(z)} : (struct str){NULL, 0};
}

bool
str_eq(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool
str_eq_z(struct str a, const char *z)
{
    return str_eq(a, str_of(z));
}

bool
str_starts(struct str s, struct str prefix)
{
    return s.n >= prefix.n && str_eq(str_sub(s, 0, prefix.n), prefix);
}

bool
str_ends(struct str s, struct str suffix)
{
    return s.n >= suffix.n && str_eq(str_from(s, s.n - suffix.n), suffix);
}

int
str_cmp(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n > 0 ? memcmp(a.p, b.p, n) : 0;
    return c != 0 ? c : (a.n > b.n) - (a.n < b.n);
}

struct str
str_sub(struct str s, size_t from, size_t n)
{
    if (s.p == NULL)
        return (struct str){NULL, 0};
    if (from > s.n)
        from = s.n;
    if (n > s.n - from)
        n = s.n - from;
    return (struct str){s.p + from, n};
}

struct str
str_from(struct str s, size_t from)
{
    return str_sub(s, from, s.n);
}

size_t
str_find(struct str s, char c)
{
    const char *hit = s.n > 0 ? memchr(s.p, c, s.n) : NULL;
    return hit != NULL ? (size_t)(hit - s.p) : s.n;
}

size_t
str_find_str(struct str s, struct str needle)
{
    const char *hit = s.n > 0 ? memmem(s.p, s.n, needle.p, needle.n) : NULL;
    return hit != NULL ? (size_t)(hit - s.p) : s.n;
}

static bool
is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str
str_trim(struct str s)
{
    while (s.n > 0 && is_space(s.p[0]))
        s = str_from(s, 1);
    while (s.n > 0 && is_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

struct str
str_cut(struct str *rest, char sep)
{
    size_t at = str_find(*rest, sep);
    struct str head = str_sub(*rest, 0, at);
    *rest = at < rest->n ? str_from(*rest, at + 1) : (struct str){NULL, 0};
    return head;
}

struct str
str_copy(struct arena *a, struct str s)
{
    return s.p != NULL ? (struct str){arena_copy(a, s.p, s.n), s.n} : s;
}

const char *
str_z(struct arena *a, struct str s)
{
    return arena_copy(a, s.p, s.n);
}

struct str
str_fmt(struct arena *a, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    char *p = arena_alloc(a, (size_t)(n > 0 ? n : 0) + 1);
    p[0] = '\0';
    if (n > 0)
        (void)vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    return (struct str){p, (size_t)(n > 0 ? n : 0)};
}

bool
str_to_int(struct str s, int64_t lo, int64_t hi, int64_t *out)
{
    bool negative = s.n > 0 && s.p[0] == '-';
    struct str digits = str_from(s, negative);
    int64_t v = 0;
    if (digits.n == 0 || digits.n > 19)
        return false;
    for (size_t i = 0; i < digits.n; i++) {
        char c = digits.p[i];
        if (c < '0' || c > '9' || __builtin_mul_overflow(v, 10, &v) ||
            __builtin_add_overflow(v, c - '0', &v))
            return false;
    }
    v = negative ? -v : v;
    if (v < lo || v > hi)
        return false;
    *out = v;
    return true;
}
