/* http/path.c - raw request targets to one canonical path. */
#include "http/path.h"

#include <stdbool.h>
#include <strings.h>

#include "http/percent.h"
#include "http/request.h"

static bool
starts_without_case(struct str s, struct str prefix)
{
    return s.n >= prefix.n && strncasecmp(s.p, prefix.p, prefix.n) == 0;
}

/* "http://host/path?query" without scheme and host. */
static struct str
without_host(struct str target)
{
    static const struct str schemes[] = {STR_INIT("http://"), STR_INIT("https://")};
    for (size_t i = 0; i < N_ELEMENTS(schemes); i++) {
        if (!starts_without_case(target, schemes[i]))
            continue;
        struct str rest = str_from(target, schemes[i].n);
        while (rest.n > 0 && rest.p[0] != '/' && rest.p[0] != '?')
            rest = str_from(rest, 1);
        return rest;
    }
    return target;
}

void
http_target_split(struct str target, struct str *path, struct str *query)
{
    struct str rest = without_host(target);
    bool has_host = rest.n < target.n;
    *path = str_cut(&rest, '?');
    *query = rest;
    if (has_host && path->n == 0)
        *path = STR("/");
}

/* %2f and %5c would become separators that were not there when others (nginx) looked. */
static bool
has_hidden_separator(struct str raw)
{
    if (str_find(raw, '\\') < raw.n)
        return true;
    for (size_t i = 0; i + 2 < raw.n; i++)
        if (raw.p[i] == '%' && (strncasecmp(raw.p + i, "%2f", 3) == 0 ||
                                strncasecmp(raw.p + i, "%5c", 3) == 0))
            return true;
    return false;
}

static bool
is_encoded_twice(struct str decoded)
{
    for (size_t i = 0; i + 2 < decoded.n; i++)
        if (decoded.p[i] == '%' && http_is_hex(decoded.p[i + 1]) &&
            http_is_hex(decoded.p[i + 2]))
            return true;
    return false;
}

static bool
has_dot_segment(struct str decoded)
{
    while (decoded.p != NULL) {
        struct str segment = str_cut(&decoded, '/');
        if (str_eq_z(segment, ".") || str_eq_z(segment, ".."))
            return true;
    }
    return false;
}

/* Why the path is refused, NULL if it is not. */
static const char *
problem_of(struct str raw, struct str decoded)
{
    if (!str_starts(raw, STR("/")))
        return "does not begin with /";
    if (has_hidden_separator(raw))
        return "holds an encoded separator or a backslash";
    if (!http_is_plain_text(decoded))
        return "holds control characters or invalid UTF-8";
    if (is_encoded_twice(decoded))
        return "is encoded twice";
    return has_dot_segment(decoded) ? "holds a dot segment" : NULL;
}

/* A copy in which runs of "/" are one. */
static struct str
with_single_slashes(struct arena *a, struct str s)
{
    char *p = arena_copy(a, s.p, s.n);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '/' || n == 0 || p[n - 1] != '/')
            p[n++] = s.p[i];
    p[n] = '\0';
    return (struct str){p, n};
}

enum rc
http_path_read(struct arena *a, struct str raw, struct str *path, struct str *canonical,
               struct err *err)
{
    struct str decoded;
    if (!http_percent_decode(a, raw, false, &decoded))
        return err_field(err, "path", "path holds invalid percent-encoding");
    const char *problem = problem_of(raw, decoded);
    if (problem != NULL)
        return err_field(err, "path", "path %s", problem);
    *path = with_single_slashes(a, decoded);
    *canonical = http_encode_path(a, *path);
    return RC_OK;
}
