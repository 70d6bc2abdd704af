/* tests/fuzz/fuzz_field.c - any bytes as the header fields that programs send:
 * Authorization, If-Match, Idempotency-Key, Content-Type. */
#include "fuzz.h"
#include "http/field.h"
#include "model/url.h"

static void
check_bearer(struct str s)
{
    struct str token = http_field_bearer(s);
    assert(token.n == 0 || (token.p >= s.p && token.p + token.n <= s.p + s.n));
    for (size_t i = 0; i < token.n; i++)
        assert(token.p[i] > ' ' && token.p[i] < 0x7f);
}

/* What is taken is of the size asked for, and the same when it is written again. */
static void
check_string(struct str s, struct arena *a)
{
    struct str out, again;
    if (!http_field_string(a, s, 255, &out))
        return;
    assert(out.n >= 1 && out.n <= 255);
    struct str written = STR("");
    for (size_t i = 0; i < out.n; i++)
        written = str_fmt(a, "%.*s%s%c", STR_ARG(written),
                          out.p[i] == '"' || out.p[i] == '\\' ? "\\" : "", out.p[i]);
    written = str_fmt(a, "\"%.*s\"", STR_ARG(written));
    assert(http_field_string(a, written, 255, &again) && str_eq(again, out));
}

/* Whatever id stands in a path can be written as an address again. */
static void
check_id(struct str s, struct arena *a)
{
    struct str id, again;
    if (utf8_check(s) < s.n || !url_api_id(a, s, &id) || id.n > 200)
        return;
    fuzz_clean(id);
    struct str path = url_api_item(a, id);
    for (size_t i = 0; i < path.n; i++)
        assert(path.p[i] > ' ' && path.p[i] < 0x7f);
    if (str_find(path, '%') == path.n)
        assert(url_api_id(a, str_from(path, strlen(URL_API_ITEMS)), &again) &&
               str_eq(again, id));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a AT_END(arena_done);
    struct str s = fuzz_copy(data, n);
    arena_init(&a);
    check_bearer(s);
    check_string(s, &a);
    check_id(s, &a);
    /* A strong match is a weak one too. */
    assert(!http_field_has_etag(s, STR("\"1\"")) ||
           http_field_matches_etag(s, STR("\"1\"")));
    (void)http_field_is_type(s, "application/json");
    mem_free((void *)s.p);
    return 0;
}
