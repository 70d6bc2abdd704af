/* fcgi/answer.c - from variables to response bytes. */
#include "fcgi/answer.h"

#include "ops/log.h"

/* A page of a thousand items is far below this. */
enum { RESPONSE_MAX = 16 * 1024 * 1024 };

static struct str
write_response(const struct http_response *r, struct arena *a)
{
    struct buf out;
    buf_init(&out, a, RESPONSE_MAX);
    http_response_write(r, &out);
    return buf_ok(&out) ? buf_str(&out) : (struct str){NULL, 0};
}

struct str
fcgi_answer_plain(int status, struct arena *a)
{
    struct http_response r = {.status = status};
    http_response_header(&r, STR("Content-Type"), STR("text/plain; charset=utf-8"));
    http_response_header(&r, STR("Cache-Control"), STR("no-store"));
    r.body = str_fmt(a, "%d %s\n", status, http_status_text(status));
    return write_response(&r, a);
}

struct str
fcgi_answer(struct web *w, const struct http_env *env, struct arena *a)
{
    struct http_response r = {0};
    web_answer(w, env, a, &r);
    struct str bytes = write_response(&r, a);
    if (bytes.p != NULL)
        return bytes;
    log_event(LOG_ERROR, "response_too_large", LOG_I("body_bytes", (int64_t)r.body.n),
              LOG_I("limit", RESPONSE_MAX), LOG_END);
    return fcgi_answer_plain(500, a);
}

/* --- variables --------------------------------------------------------------- */

static const char *
value_in(const char *entry, const char *name, size_t n)
{
    return strncmp(entry, name, n) == 0 && entry[n] == '=' ? entry + n + 1 : NULL;
}

static const char *
get_var(void *ctx, const char *name)
{
    size_t n = strlen(name);
    for (char **e = ctx; e != NULL && *e != NULL; e++) {
        const char *value = value_in(*e, name, n);
        if (value != NULL)
            return value;
    }
    return NULL;
}

static int
count_var(void *ctx, const char *name)
{
    size_t n = strlen(name);
    int found = 0;
    for (char **e = ctx; e != NULL && *e != NULL; e++)
        found += value_in(*e, name, n) != NULL;
    return found;
}

struct http_env
fcgi_env(char **list)
{
    return (struct http_env){.ctx = list, .get = get_var, .count = count_var};
}
