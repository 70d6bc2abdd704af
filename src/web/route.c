/* web/route.c - matching paths against the table. */
#include "web/route.h"

#include "web/handlers.h"

#include "base/hash.h"
#include "base/slug.h"

const struct route routes[ROUTE__MAX] = {
#define ROUTE(id, methods, pattern, languages, handler, capability, csrf, params, cache, \
              help)                                                                      \
    {ROUTE_##id,         ROUTE_##methods, pattern,        ROUTE_##languages, handler,    \
     ROUTE_##capability, ROUTE_##csrf,    ROUTE_##params, ROUTE_##cache,     help},
#include "web/routes.def"
#undef ROUTE
};

static bool
is_digits(struct str s, size_t n, int64_t lo, int64_t hi)
{
    int64_t v;
    return s.n == n && s.p[0] != '-' && str_to_int(s, lo, hi, &v);
}

static bool
is_year(struct str s)
{
    return is_digits(s, 4, 1, 9999);
}

static bool
is_month(struct str s)
{
    return is_digits(s, 2, 1, 12);
}

static bool
is_section(struct str s)
{
    return slug_is_valid(s) && !is_digits(s, 4, 0, 9999);
}

static bool
is_number(struct str s)
{
    int64_t v;
    return s.n > 0 && s.p[0] != '0' && str_to_int(s, 1, INT64_MAX, &v);
}

/* An item's public id, as it stands in a path (url_api_item). */
static bool
is_id(struct str s)
{
    return s.n > 0 && s.n <= HTTP_PATH_MAX;
}

static bool
is_sha256(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
            return false;
    return s.n == HASH_HEX_SIZE;
}

static const struct {
    const char *name;
    bool (*matches)(struct str word);
} word_kinds[] = {
    {":year", is_year},       {":month", is_month},   {":section", is_section},
    {":slug", slug_is_valid}, {":number", is_number}, {":id", is_id},
    {":sha256", is_sha256},
};

static bool
word_matches(struct str pattern, struct str word, struct route_match *m)
{
    if (pattern.n == 0 || pattern.p[0] != ':')
        return str_eq(pattern, word);
    for (size_t i = 0; i < N_ELEMENTS(word_kinds); i++)
        if (str_eq_z(pattern, word_kinds[i].name) && word_kinds[i].matches(word)) {
            m->words[m->n_words++] = word;
            return true;
        }
    return false;
}

static bool
path_matches(const struct route *r, struct str path, struct route_match *m)
{
    struct str pattern = str_of(r->pattern);
    m->n_words = 0;
    while (pattern.p != NULL && path.p != NULL) {
        struct str wanted = str_cut(&pattern, '/');
        if (str_eq_z(wanted, ":rest"))
            return true;
        if (!word_matches(wanted, str_cut(&path, '/'), m))
            return false;
    }
    return pattern.p == NULL && path.p == NULL;
}

/* Cuts "/ru" off; the default language has no prefix. */
static int
cut_lang(const struct site *site, struct str *path)
{
    struct str rest = str_from(*path, 1), first = str_cut(&rest, '/');
    int lang = site_lang_find(site, first);
    if (lang <= 0 || rest.p == NULL)
        return 0;
    *path = str_from(*path, first.n + 1);
    return lang;
}

void
route_find(const struct site *site, enum http_method method, struct str path,
           struct route_match *out)
{
    *out = (struct route_match){.lang = cut_lang(site, &path)};
    for (int i = 0; i < ROUTE__MAX && out->route == NULL; i++) {
        if ((out->lang != 0 && routes[i].languages != ROUTE_ALL) ||
            !path_matches(&routes[i], path, out))
            continue;
        out->methods |= routes[i].methods;
        if ((routes[i].methods & 1U << method) != 0)
            out->route = &routes[i];
    }
}

enum right
route_right(const struct route *route)
{
    return route->capability > ROUTE_SECRET
               ? (enum right)(route->capability - ROUTE_SECRET - 1)
               : RIGHT__MAX;
}

int
route_lang(const struct site *site, struct str path)
{
    return cut_lang(site, &path);
}

static struct str
lower(struct str s, struct arena *a)
{
    char *p = arena_copy(a, s.p, s.n);
    for (size_t i = 0; i < s.n; i++)
        if (p[i] >= 'A' && p[i] <= 'Z')
            p[i] = (char)(p[i] - 'A' + 'a');
    return (struct str){p, s.n};
}

/* "/news/2023/5/": the word before last is a year, the last one digit. */
static struct str
pad_month(struct str path, struct arena *a)
{
    if (path.n < 8 || path.p[path.n - 1] != '/' || path.p[path.n - 3] != '/')
        return path;
    struct str head = str_sub(path, 0, path.n - 2), month = str_sub(path, path.n - 2, 1);
    if (!is_year(str_from(str_sub(head, 0, head.n - 1), head.n - 5)) ||
        !is_digits(month, 1, 1, 9))
        return path;
    return str_fmt(a, "%.*s0%.*s/", STR_ARG(head), STR_ARG(month));
}

static struct str
drop_default_lang(const struct site *site, struct str path)
{
    struct str rest = str_from(path, 1), first = str_cut(&rest, '/');
    if (!str_eq(first, site->langs[0].code) || rest.p == NULL)
        return path;
    return str_from(path, first.n + 1);
}

static bool
is_free(const struct route *route)
{
    return strstr(route->pattern, ":rest") != NULL ||
           strstr(route->pattern, ":id") != NULL;
}

struct str
route_canonical(const struct site *site, struct str path, struct arena *a)
{
    struct route_match m;
    struct str fixed = lower(path, a);
    route_find(site, HTTP_GET, path, &m);
    if (m.route != NULL)
        return (struct str){NULL, 0};
    if (!str_ends(fixed, STR("/")) && str_find(fixed, '.') == fixed.n)
        fixed = str_fmt(a, "%.*s/", STR_ARG(fixed));
    struct str bare = drop_default_lang(site, fixed);
    bool had_prefix = bare.n < fixed.n;
    fixed = pad_month(bare, a);
    route_find(site, HTTP_GET, fixed, &m);
    if (m.route == NULL || is_free(m.route)) /* a name of any form is its own */
        return (struct str){NULL, 0};
    if (had_prefix && (m.lang != 0 || m.route->languages != ROUTE_ALL))
        return (struct str){NULL, 0}; /* no language can stand before it */
    return fixed;
}

bool
route_is_api(struct str path)
{
    return str_starts(path, STR("/admin/api/"));
}

bool
route_is_staff(struct str path)
{
    return str_starts(path, STR("/admin/")) || str_eq_z(path, "/admin");
}

static const char *const capability_words[ROUTE_CAPABILITY__MAX] = {
    "anyone",
    "this machine",
    "signing in",
    "whoever has the link",
#define RIGHT(constant, ...) #constant,
#include "model/right.def"
#undef RIGHT
};

const char *
route_method_words(struct arena *a, unsigned methods)
{
    const char *words = "";
    for (int m = 0; m < HTTP_METHOD__MAX; m++)
        if ((methods & 1U << m) != 0)
            words = str_fmt(a, "%s%s%s", words, words[0] != '\0' ? ", " : "",
                            http_method_name((enum http_method)m))
                        .p;
    return words;
}

static const char *const params_words[ROUTE_PARAMS__MAX] = {
    [ROUTE_NO_PARAMS] = "-",
    [ROUTE_CURSOR] = "before, after",
    [ROUTE_ITEM_FILTER] = "before, lang, limit, section, state, tag, words",
    [ROUTE_PART] = "before, limit",
    [ROUTE_PHOTO_FILTER] = "before, caption, creator, credit, limit, state, words",
};

const char *
route_params(const struct route *route)
{
    return params_words[route->params];
}

static const char *const cache_words[] = {"page", "never"};

void
route_print(struct buf *out, bool is_markdown)
{
    if (is_markdown)
        buf_add_z(out, "| methods | pattern | who | parameters | cache | what |\n"
                       "| --- | --- | --- | --- | --- | --- |\n");
    for (int i = 0; i < ROUTE__MAX; i++) {
        const struct route *r = &routes[i];
        const char *prefix = r->languages == ROUTE_ALL ? "[/LANG]" : "";
        const char *methods = route_method_words(out->arena, r->methods);
        const char *who = capability_words[r->capability];
        const char *params = route_params(r), *cache = cache_words[r->cache];
        if (is_markdown)
            buf_fmt(out, "| %s | `%s%s` | %s | %s | %s | %s |\n", methods, prefix,
                    r->pattern, who, params, cache, r->help);
        else
            buf_fmt(out, "%-9s %7s%-34s %-20s %-14s %-6s %s\n", methods, prefix,
                    r->pattern, who, params, cache, r->help);
    }
}
