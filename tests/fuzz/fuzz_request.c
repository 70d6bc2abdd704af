/* tests/fuzz/fuzz_request.c - any variables as a request. A line of the input is one of
 * them, NAME=value; a name may come twice. */
#include "fuzz.h"
#include "http/request.h"

enum { VARS_MAX = 40 };

struct vars {
    const char *name[VARS_MAX], *value[VARS_MAX];
    int n;
};

/* Ends the text at the first sep, and goes on behind it; NULL when there is none. */
static char *
cut(char *text, char sep)
{
    char *at = strchr(text, sep);
    if (at != NULL)
        *at++ = '\0';
    return at;
}

static void
read_vars(char *text, struct vars *v)
{
    v->n = 0;
    for (char *next; text != NULL && v->n < VARS_MAX; text = next) {
        next = cut(text, '\n');
        char *value = cut(text, '=');
        v->name[v->n] = text;
        v->value[v->n++] = value != NULL ? value : "";
    }
}

static const char *
get(void *ctx, const char *name)
{
    const struct vars *v = ctx;
    for (int i = 0; i < v->n; i++)
        if (strcmp(v->name[i], name) == 0)
            return v->value[i];
    return NULL;
}

static int
count(void *ctx, const char *name)
{
    const struct vars *v = ctx;
    int n = 0;
    for (int i = 0; i < v->n; i++)
        n += strcmp(v->name[i], name) == 0;
    return n;
}

static void
check_refused(enum rc rc, int status, const struct err *err)
{
    static const int statuses[] = {400, 405, 413, 414, 500};
    bool is_known = false;
    for (size_t i = 0; i < N_ELEMENTS(statuses); i++)
        is_known = is_known || statuses[i] == status;
    assert(is_known && (rc == RC_FAILED) == (status == 500));
    assert(err->rc == rc && err->text[0] != '\0');
}

static void
check(const struct http_request *req)
{
    fuzz_clean(req->path);
    assert(req->path.n > 0 && req->path.p[0] == '/' && req->path.n <= HTTP_PATH_MAX);
    assert(req->content_length >= 0);
    assert(req->redirect.p == NULL || str_starts(req->redirect, STR("/")));
    for (size_t i = 0; i < req->redirect.n; i++)
        assert(req->redirect.p[i] > ' ' && req->redirect.p[i] < 0x7f);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a AT_END(arena_done);
    struct http_request req;
    struct err err;
    struct vars vars;
    int status = 0;
    arena_init(&a);
    char *text = arena_copy(&a, data, n);
    read_vars(text, &vars);
    struct http_env env = {.ctx = &vars, .get = get, .count = count};
    enum rc rc = http_request_decode(&env, &a, &req, &status, &err);
    assert((unsigned)req.method < HTTP_METHOD__MAX);
    assert(req.id.n >= 1 && req.id.n <= HTTP_ID_SIZE);
    assert(strspn(str_z(&a, req.id), "0123456789abcdef") == req.id.n);
    if (rc == RC_OK)
        check(&req);
    else
        check_refused(rc, status, &err);
    return 0;
}
