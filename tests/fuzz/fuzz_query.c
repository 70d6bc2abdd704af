/* tests/fuzz/fuzz_query.c - any bytes as a query string. */
#include "fuzz.h"
#include "http/query.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a AT_END(arena_done);
    struct http_request req = {.n_params = 0};
    struct str raw = fuzz_copy(data, n);
    struct err err;
    arena_init(&a);
    enum rc rc = http_query_read(&a, raw, &req, &err);
    if (rc != RC_OK)
        fuzz_refused(rc, &err);
    assert(req.n_params >= 0 && req.n_params <= HTTP_PARAMS_MAX);
    for (int i = 0; rc == RC_OK && i < req.n_params; i++) {
        struct str value, name = req.params[i].name;
        fuzz_clean(name);
        fuzz_clean(req.params[i].value);
        enum rc found = http_request_param(&req, str_z(&a, name), &value, &err);
        assert(found == RC_OK || found == RC_INVALID); /* INVALID: it is there twice */
    }
    mem_free((void *)raw.p);
    return 0;
}
