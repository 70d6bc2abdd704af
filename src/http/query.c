/* http/query.c - query strings to parameters. */
#include "http/query.h"

#include "http/percent.h"

static bool
read_text(struct arena *a, struct str raw, struct str *out)
{
    return http_percent_decode(a, raw, true, out) && http_is_plain_text(*out);
}

static enum rc
read_pair(struct arena *a, struct str pair, struct http_request *req, struct err *err)
{
    if (req->n_params == HTTP_PARAMS_MAX)
        return err_field(err, "query", "more than %d parameters", HTTP_PARAMS_MAX);
    struct http_param *param = &req->params[req->n_params];
    struct str value = pair;
    struct str name = str_cut(&value, '=');
    if (!read_text(a, name, &param->name) || !read_text(a, value, &param->value))
        return err_field(err, "query", "parameter %d is not plain UTF-8 text",
                         req->n_params + 1);
    req->n_params++;
    return RC_OK;
}

enum rc
http_query_read(struct arena *a, struct str raw, struct http_request *req,
                struct err *err)
{
    req->n_params = 0;
    while (raw.n > 0) {
        struct str pair = str_cut(&raw, '&');
        if (pair.n > 0)
            TRY(read_pair(a, pair, req, err));
    }
    return RC_OK;
}

enum rc
http_request_param(const struct http_request *req, const char *name, struct str *out,
                   struct err *err)
{
    const struct http_param *found = NULL;
    for (int i = 0; i < req->n_params; i++) {
        if (!str_eq_z(req->params[i].name, name))
            continue;
        if (found != NULL)
            return err_field(err, name, "the parameter was sent twice");
        found = &req->params[i];
    }
    if (found == NULL)
        return err_set(err, RC_NOT_FOUND, "no parameter %s", name);
    *out = found->value;
    return RC_OK;
}
