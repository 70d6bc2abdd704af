/* http/percent.c - percent-encoding both ways. */
#include "http/percent.h"

#include "http/request.h"

#include "base/utf8.h"

static int
hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    char lower = (char)(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool
http_is_hex(char c)
{
    return hex_value(c) >= 0;
}

bool
http_percent_decode(struct arena *a, struct str s, bool plus_is_space, struct str *out)
{
    char *to = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '%') {
            if (s.n - i < 3 || !http_is_hex(s.p[i + 1]) || !http_is_hex(s.p[i + 2]))
                return false;
            c = (char)(hex_value(s.p[i + 1]) << 4 | hex_value(s.p[i + 2]));
            i += 2;
        } else if (c == '+' && plus_is_space) {
            c = ' ';
        }
        to[n++] = c;
    }
    to[n] = '\0';
    *out = (struct str){to, n};
    return true;
}

bool
http_is_plain_text(struct str s)
{
    for (size_t i = 0; i < s.n; i++) /* utf8_find_control lets tabs and line ends pass */
        if ((unsigned char)s.p[i] < 0x20)
            return false;
    return utf8_check(s) == s.n && utf8_find_control(s) == s.n;
}

/* Letters and digits stay, and these marks. */
static bool
is_plain(unsigned char c, struct str marks)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           str_find(marks, (char)c) < marks.n;
}

static struct str
encode(struct arena *a, struct str s, struct str marks)
{
    static const char hex[] = "0123456789ABCDEF";
    char *to = arena_alloc(a, 3 * s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (is_plain(c, marks)) {
            to[n++] = (char)c;
            continue;
        }
        to[n++] = '%';
        to[n++] = hex[c >> 4];
        to[n++] = hex[c & 15];
    }
    to[n] = '\0';
    return (struct str){to, n};
}

/* Unreserved ones (RFC 3986 section 2.3), and '/' because it divides a path. */
struct str
http_encode_path(struct arena *a, struct str path)
{
    return encode(a, path, STR("-._~/"));
}

/* Unreserved ones alone. */
struct str
http_encode_value(struct arena *a, struct str value)
{
    return encode(a, value, STR("-._~"));
}

/* What a query may hold (RFC 3986 section 3.4), and the '%' of what is encoded. */
struct str
http_encode_query(struct arena *a, struct str query)
{
    return encode(a, query, STR("-._~/?:@!$&'()*+,;=%"));
}
