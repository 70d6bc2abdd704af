/* http/body.c - as many bytes as announced, or none. */
#include "http/body.h"

/* How many bytes came before the end, n at most; -1 when the connection broke. */
static long
read_up_to(const struct http_env *env, char *p, size_t n)
{
    size_t have = 0;
    while (have < n) {
        long got = env->read(env->body_ctx, p + have, n - have);
        if (got <= 0)
            return got < 0 ? -1 : (long)have;
        have += (size_t)got;
    }
    return (long)have;
}

enum rc
http_body_read(const struct http_env *env, int64_t length, size_t most, struct arena *a,
               struct str *out, struct err *err)
{
    if (length < 0 || (uint64_t)length > most)
        return err_set(err, RC_LIMIT, "a body of %lld bytes, at most %zu are read",
                       (long long)length, most);
    *out = STR("");
    if (length == 0)
        return RC_OK;
    if (env->read == NULL)
        return err_field(err, "body", "there is no way to read it");
    /* One byte more than announced is asked for: its absence is the end. */
    char *p = arena_alloc(a, (size_t)length + 1);
    long got = read_up_to(env, p, (size_t)length + 1);
    if (got != length)
        return err_field(err, "body", "%ld bytes came, %lld were announced", got,
                         (long long)length);
    *out = (struct str){p, (size_t)length};
    return RC_OK;
}
