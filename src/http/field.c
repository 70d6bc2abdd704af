/* http/field.c - weights, entity tags, tokens, types. */
#include "http/field.h"

#include <strings.h>

static bool
is_same_without_case(struct str a, struct str b)
{
    return a.n == b.n && strncasecmp(a.p, b.p, a.n) == 0;
}

/* "0", "0.", "0.000" and whatever is no weight (RFC 9110 section 12.4.2) are false. */
static bool
is_weight_over_0(struct str w)
{
    if (w.n == 0 || w.n > 5 || (w.p[0] != '0' && w.p[0] != '1') ||
        (w.n > 1 && w.p[1] != '.'))
        return false;
    bool has_digit = w.p[0] == '1';
    for (size_t i = 2; i < w.n; i++) {
        if (w.p[i] < '0' || w.p[i] > '9')
            return false;
        has_digit = has_digit || w.p[i] != '0';
    }
    return has_digit;
}

/* One element of Accept-Encoding: "gzip", "gzip;q=0.5". */
static bool
accepts(struct str element)
{
    struct str weight = element;
    struct str coding = str_trim(str_cut(&weight, ';'));
    if (!is_same_without_case(coding, STR("gzip")) &&
        !is_same_without_case(coding, STR("x-gzip")))
        return false;
    if (weight.p == NULL)
        return true;
    weight = str_trim(weight);
    struct str q = str_sub(weight, 0, 2);
    return is_same_without_case(q, STR("q=")) && is_weight_over_0(str_from(weight, 2));
}

bool
http_field_accepts_gzip(struct str value)
{
    while (value.p != NULL)
        if (accepts(str_cut(&value, ',')))
            return true;
    return false;
}

/* A weight in thousandths; 1000 without one, 0 for what cannot be read. */
static int
weight_of(struct str param)
{
    int value = 0, digits = 1000;
    struct str q = str_trim(param);
    if (param.p == NULL)
        return 1000;
    if (!is_same_without_case(str_sub(q, 0, 2), STR("q=")))
        return 0;
    for (q = str_from(q, 2); q.n > 0; q = str_from(q, 1)) {
        if (q.p[0] == '.' && digits == 100)
            continue;
        if (q.p[0] < '0' || q.p[0] > '9' || digits == 0)
            return 0;
        value += (q.p[0] - '0') * digits;
        digits /= 10;
    }
    return value < 1000 ? value : 1000;
}

static int
code_of(struct str range, const struct str *codes, int n)
{
    struct str first = str_cut(&range, '-');
    for (int i = 0; i < n; i++)
        if (is_same_without_case(first, codes[i]))
            return i;
    return -1;
}

int
http_field_language(struct str value, const struct str *codes, int n)
{
    int best = -1, best_weight = 0;
    while (value.p != NULL) {
        struct str weight = str_cut(&value, ',');
        int code = code_of(str_trim(str_cut(&weight, ';')), codes, n);
        int w = weight_of(weight);
        if (code >= 0 && w > best_weight) {
            best = code;
            best_weight = w;
        }
    }
    return best;
}

/* The tag without the sign of weakness, which weak comparison does not look at. */
static struct str
opaque_tag(struct str etag)
{
    return str_starts(etag, STR("W/")) ? str_from(etag, 2) : etag;
}

/* Takes the entity tag (from its first quote to its second) off the front of *rest;
 * absent when there is none. */
static struct str
take_tag(struct str *rest)
{
    struct str tag = opaque_tag(*rest);
    if (!str_starts(tag, STR("\"")))
        return (struct str){NULL, 0};
    size_t inner = str_find(str_from(tag, 1), '"');
    if (inner + 2 > tag.n)
        return (struct str){NULL, 0};
    *rest = str_from(tag, inner + 2);
    return str_sub(tag, 0, inner + 2);
}

static struct str
without_separators(struct str s)
{
    while (s.n > 0 && (s.p[0] == ' ' || s.p[0] == '\t' || s.p[0] == ','))
        s = str_from(s, 1);
    return s;
}

bool
http_field_matches_etag(struct str value, struct str etag)
{
    struct str rest = str_trim(value);
    if (str_eq_z(rest, "*"))
        return true;
    struct str wanted = opaque_tag(etag);
    while (etag.n > 0 && (rest = without_separators(rest)).n > 0) {
        struct str tag = take_tag(&rest);
        if (tag.p == NULL)
            return false;
        if (str_eq(tag, wanted))
            return true;
    }
    return false;
}

bool
http_field_has_etag(struct str value, struct str etag)
{
    struct str rest = value;
    while ((rest = without_separators(rest)).n > 0) {
        bool is_weak = str_starts(rest, STR("W/"));
        struct str tag = take_tag(&rest);
        if (tag.p == NULL)
            return false;
        if (!is_weak && str_eq(tag, etag))
            return true;
    }
    return false;
}

/* b64token of RFC 6750 section 2.1, which may end in '='. */
static bool
is_b64token(struct str s)
{
    size_t n = s.n;
    while (n > 1 && s.p[n - 1] == '=')
        n--;
    for (size_t i = 0; i < n; i++) {
        char c = s.p[i];
        bool is_alnum =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!is_alnum && (c == '\0' || strchr("-._~+/", c) == NULL))
            return false;
    }
    return n > 0;
}

struct str
http_field_bearer(struct str value)
{
    struct str rest = value, scheme = str_cut(&rest, ' ');
    if (!is_same_without_case(scheme, STR("Bearer")))
        return (struct str){NULL, 0};
    struct str token = str_trim(rest);
    return is_b64token(token) ? token : STR("");
}

/* The characters between the quotes: printable ASCII, '"' and '\\' behind a '\\'. */
static bool
unescape(struct str s, char *to, size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '\\' && (++i == s.n || (s.p[i] != '"' && s.p[i] != '\\')))
            return false;
        if (c == '"' || c < 0x20 || c > 0x7e)
            return false;
        to[(*n)++] = s.p[i];
    }
    return true;
}

bool
http_field_string(struct arena *a, struct str value, size_t most, struct str *out)
{
    struct str s = str_trim(value);
    size_t n = 0;
    if (s.n < 2 || s.p[0] != '"' || s.p[s.n - 1] != '"')
        return false;
    char *to = arena_alloc(a, s.n);
    bool is_string = unescape(str_sub(s, 1, s.n - 2), to, &n);
    *out = (struct str){to, n};
    return is_string && n > 0 && n <= most;
}

/* "charset=utf-8", with quotes or without (RFC 9110 section 8.3.1). */
static bool
is_utf8_or_no_charset(struct str param)
{
    struct str value = param, name = str_trim(str_cut(&value, '='));
    if (!is_same_without_case(name, STR("charset")))
        return true;
    value = str_trim(value);
    return is_same_without_case(value, STR("utf-8")) ||
           is_same_without_case(value, STR("\"utf-8\""));
}

bool
http_field_is_type(struct str value, const char *type)
{
    struct str rest = value;
    if (value.p == NULL ||
        !is_same_without_case(str_trim(str_cut(&rest, ';')), str_of(type)))
        return false;
    while (rest.p != NULL)
        if (!is_utf8_or_no_charset(str_cut(&rest, ';')))
            return false;
    return true;
}
