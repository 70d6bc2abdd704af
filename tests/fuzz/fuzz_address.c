/* tests/fuzz/fuzz_address.c - any bytes as the path of an address of the site: rows of
 * the route table, photos, addresses of elsewhere. */
#include "fuzz.h"
#include "media/place.h"
#include "model/url.h"
#include "web/route.h"

static const struct site site = {
    .url = STR_INIT("http://x.example"),
    .langs = {{.code = STR_INIT("en")}, {.code = STR_INIT("ru")}},
    .n_langs = 2};

static bool
is_inside(struct str part, struct str s)
{
    return part.p >= s.p && part.p + part.n <= s.p + s.n;
}

static void
check_route(struct str path, struct arena *a)
{
    struct route_match match, again;
    route_find(&site, HTTP_GET, path, &match);
    assert(match.lang >= 0 && match.lang < site.n_langs);
    assert(match.n_words >= 0 && match.n_words <= ROUTE_WORDS_MAX);
    for (int i = 0; i < match.n_words; i++)
        assert(is_inside(match.words[i], path));
    struct str canonical = route_canonical(&site, path, a);
    if (canonical.p == NULL)
        return;
    assert(!str_eq(canonical, path));
    /* It is the one address: no way on from it. */
    route_find(&site, HTTP_GET, canonical, &again);
    assert(again.route != NULL && route_canonical(&site, canonical, a).p == NULL);
}

/* Such as http lets through: valid text without control characters. */
static void
check(struct str path, struct arena *a)
{
    struct str digest, file;
    if (str_starts(path, STR("/")))
        check_route(path, a);
    if (media_parse_path(path, &digest, &file))
        assert(str_eq(url_media(a, digest, file), path));
    if (url_is_web(path))
        assert(strcspn(str_z(a, path), " \"<>\\^`{|}\n") == path.n);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a AT_END(arena_done);
    struct str path = fuzz_copy(data, n);
    arena_init(&a);
    if (utf8_check(path) == n && utf8_find_control(path) == n)
        check(path, &a);
    mem_free((void *)path.p);
    return 0;
}
