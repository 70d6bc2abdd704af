/* tests/fuzz/fuzz_path.c - any bytes as a request target.
 *
 * What is accepted is valid text without a way up, and its canonical form is read as the
 * same path again. */
#include "fuzz.h"
#include "http/path.h"
#include "http/request.h"

static void
check(struct arena *a, struct str path, struct str canonical)
{
    struct str again, form;
    struct err err;
    fuzz_clean(path);
    assert(path.n > 0 && path.p[0] == '/');
    assert(str_find_str(path, STR("//")) == path.n);
    assert(str_find_str(path, STR("/../")) == path.n && !str_ends(path, STR("/..")));
    assert(str_find_str(path, STR("/./")) == path.n && !str_ends(path, STR("/.")));
    assert(str_find(path, '\\') == path.n);
    assert(http_path_read(a, canonical, &again, &form, &err) == RC_OK);
    assert(str_eq(again, path) && str_eq(form, canonical));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a AT_END(arena_done);
    struct str target = fuzz_copy(data, n), raw, query, path, canonical;
    struct err err;
    arena_init(&a);
    http_target_split(target, &raw, &query);
    assert(raw.n + query.n <= target.n + 1);
    enum rc rc = http_path_read(&a, raw, &path, &canonical, &err);
    if (rc == RC_OK)
        check(&a, path, canonical);
    else
        fuzz_refused(rc, &err);
    mem_free((void *)target.p);
    return 0;
}
