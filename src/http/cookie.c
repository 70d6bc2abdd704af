/* http/cookie.c - cookies, compared by their whole name. */
#include "http/cookie.h"

#include <assert.h>

struct str
http_cookie_find(struct str header, const char *name)
{
    struct str found = {NULL, 0};
    while (header.p != NULL) {
        struct str value = str_trim(str_cut(&header, ';'));
        struct str have = str_trim(str_cut(&value, '='));
        if (value.p == NULL || !str_eq_z(have, name))
            continue;
        if (found.p != NULL)
            return (struct str){NULL, 0};
        found = str_trim(value);
    }
    return found;
}

static bool
is_plain(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool is_alnum =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!is_alnum && c != '-' && c != '_' && c != '.' && c != '~')
            return false;
    }
    return true;
}

struct str
http_cookie_write(struct arena *a, const char *name, struct str value, int64_t max_age_s)
{
    assert(str_starts(str_of(name), STR("__Host-")) && is_plain(str_of(name)));
    assert(is_plain(value));
    struct str age =
        max_age_s < 0 ? STR("") : str_fmt(a, "; Max-Age=%lld", (long long)max_age_s);
    return str_fmt(a, "%s=%.*s; Path=/; Secure; HttpOnly; SameSite=Strict%.*s", name,
                   STR_ARG(value), STR_ARG(age));
}
