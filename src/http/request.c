/* http/request.c - CGI variables to one checked request. */
#include "http/request.h"

#include "http/field.h"
#include "http/path.h"
#include "http/percent.h"
#include "http/query.h"

#include "base/hash.h"

/* Every variable that is looked at, and whether the web server must send it. */
enum var {
    VAR_METHOD,
    VAR_URI,
    VAR_PROTOCOL,
    VAR_CONTENT_LENGTH,
    VAR_IF_NONE_MATCH,
    VAR_IF_MODIFIED_SINCE,
    VAR_ACCEPT_ENCODING,
    VAR_REQUEST_ID,
    VAR_REMOTE_ADDR,
    VAR_HTTPS,
    VAR_SCHEME,
    VAR_CONTENT_TYPE,
    VAR_COOKIE,
    VAR_ORIGIN,
    VAR_FETCH_SITE,
    VAR_ACCEPT,
    VAR_ACCEPT_LANGUAGE,
    VAR_USER_AGENT,
    VAR_AUTHORIZATION,
    VAR_IF_MATCH,
    VAR_IDEMPOTENCY_KEY,
    VAR__MAX
};

static const struct {
    const char *name;
    bool is_required;
} vars[VAR__MAX] = {
    [VAR_METHOD] = {"REQUEST_METHOD", true},
    [VAR_URI] = {"REQUEST_URI", true},
    [VAR_PROTOCOL] = {"SERVER_PROTOCOL", true},
    [VAR_CONTENT_LENGTH] = {"CONTENT_LENGTH", false},
    [VAR_IF_NONE_MATCH] = {"HTTP_IF_NONE_MATCH", false},
    [VAR_IF_MODIFIED_SINCE] = {"HTTP_IF_MODIFIED_SINCE", false},
    [VAR_ACCEPT_ENCODING] = {"HTTP_ACCEPT_ENCODING", false},
    [VAR_REQUEST_ID] = {HTTP_REQUEST_ID_VAR, false},
    [VAR_REMOTE_ADDR] = {"REMOTE_ADDR", false},
    [VAR_HTTPS] = {"HTTPS", false},
    [VAR_SCHEME] = {"REQUEST_SCHEME", false},
    [VAR_CONTENT_TYPE] = {"CONTENT_TYPE", false},
    [VAR_COOKIE] = {"HTTP_COOKIE", false},
    [VAR_ORIGIN] = {"HTTP_ORIGIN", false},
    [VAR_FETCH_SITE] = {"HTTP_SEC_FETCH_SITE", false},
    [VAR_ACCEPT] = {"HTTP_ACCEPT", false},
    [VAR_ACCEPT_LANGUAGE] = {"HTTP_ACCEPT_LANGUAGE", false},
    [VAR_USER_AGENT] = {"HTTP_USER_AGENT", false},
    [VAR_AUTHORIZATION] = {"HTTP_AUTHORIZATION", false},
    [VAR_IF_MATCH] = {"HTTP_IF_MATCH", false},
    [VAR_IDEMPOTENCY_KEY] = {"HTTP_IDEMPOTENCY_KEY", false},
};

struct decoding {
    const struct http_env *env;
    struct arena *arena;
    struct http_request *req;
    int *status;
    struct err *err;
    struct str value[VAR__MAX]; /* absent when not sent, or sent empty */
};

static enum rc
refuse(struct decoding *d, int status, const char *field, const char *why)
{
    *d->status = status;
    return err_field(d->err, field, "%s: %s", field, why);
}

/* nginx sends an empty variable for a header field that is not there. */
static void
gather(struct decoding *d)
{
    for (int i = 0; i < VAR__MAX; i++) {
        const char *z = d->env->get(d->env->ctx, vars[i].name);
        if (z != NULL && z[0] != '\0')
            d->value[i] = str_of(z);
    }
}

static enum rc
check_vars(struct decoding *d)
{
    for (int i = 0; i < VAR__MAX; i++) {
        const struct http_env *env = d->env;
        if (env->count != NULL && env->count(env->ctx, vars[i].name) > 1)
            return refuse(d, 400, vars[i].name, "sent more than once");
        if (!vars[i].is_required || d->value[i].p != NULL)
            continue;
        *d->status = 500;
        return err_set(d->err, RC_FAILED,
                       "%s is missing: the web server's set-up does not send it",
                       vars[i].name);
    }
    return RC_OK;
}

static bool
is_request_id(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
            return false;
    return s.n > 0 && s.n <= HTTP_ID_SIZE;
}

static struct str
new_request_id(struct arena *a)
{
    uint64_t r[2];
    hash_random(r, sizeof r);
    return str_fmt(a, "%016llx%016llx", (unsigned long long)r[0],
                   (unsigned long long)r[1]);
}

static const char *const method_names[HTTP_METHOD__MAX] = {
    [HTTP_GET] = "GET", [HTTP_HEAD] = "HEAD",     [HTTP_POST] = "POST",
    [HTTP_PUT] = "PUT", [HTTP_DELETE] = "DELETE",
};

static enum rc
read_method(struct decoding *d)
{
    for (unsigned m = 0; m < HTTP_METHOD__MAX; m++) {
        if (str_eq_z(d->value[VAR_METHOD], method_names[m])) {
            d->req->method = (enum http_method)m;
            return RC_OK;
        }
    }
    return refuse(d, 405, vars[VAR_METHOD].name, "a method we do not know");
}

static bool
is_get_or_head(const struct http_request *req)
{
    return req->method == HTTP_GET || req->method == HTTP_HEAD;
}

static enum rc
read_length(struct decoding *d)
{
    struct str length = d->value[VAR_CONTENT_LENGTH];
    const char *name = vars[VAR_CONTENT_LENGTH].name;
    if (length.p == NULL)
        return RC_OK;
    if (!str_to_int(length, 0, INT64_MAX, &d->req->content_length))
        return refuse(d, 400, name, "no length");
    if (d->req->content_length > 0 && is_get_or_head(d->req))
        return refuse(d, 413, name, "a body where none is expected");
    return RC_OK;
}

static bool
has_control_byte(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
            return true;
    return false;
}

/* What is not canonical is sent to its one address, if the visitor can follow. */
static enum rc
answer_by_redirect(struct decoding *d, struct str canonical, struct str query)
{
    if (!is_get_or_head(d->req))
        return refuse(d, 400, "path", "not canonical");
    struct str encoded = http_encode_query(d->arena, query);
    d->req->redirect = query.p == NULL ? canonical
                                       : str_fmt(d->arena, "%.*s?%.*s",
                                                 STR_ARG(canonical), STR_ARG(encoded));
    return RC_OK;
}

/* The status for what a reader of the target refuses. */
static enum rc
or_400(struct decoding *d, enum rc rc)
{
    if (rc != RC_OK)
        *d->status = 400;
    return rc;
}

static enum rc
read_target(struct decoding *d)
{
    struct str raw, query, canonical;
    http_target_split(d->req->raw_target, &raw, &query);
    if (raw.n > HTTP_PATH_MAX)
        return refuse(d, 414, "path", "too long");
    if (query.n > HTTP_QUERY_MAX)
        return refuse(d, 414, "query", "too long");
    if (has_control_byte(query))
        return refuse(d, 400, "query", "holds control characters");
    TRY(or_400(d, http_path_read(d->arena, raw, &d->req->path, &canonical, d->err)));
    TRY(or_400(d, http_query_read(d->arena, query, d->req, d->err)));
    return str_eq(raw, canonical) ? RC_OK : answer_by_redirect(d, canonical, query);
}

static void
read_fields(struct decoding *d)
{
    struct http_request *req = d->req;
    req->raw_target = d->value[VAR_URI];
    req->if_none_match = d->value[VAR_IF_NONE_MATCH];
    req->if_modified_since = d->value[VAR_IF_MODIFIED_SINCE];
    req->remote_addr = d->value[VAR_REMOTE_ADDR];
    req->accepts_gzip = http_field_accepts_gzip(d->value[VAR_ACCEPT_ENCODING]);
    req->is_https =
        str_eq_z(d->value[VAR_HTTPS], "on") || str_eq_z(d->value[VAR_SCHEME], "https");
    req->content_type = d->value[VAR_CONTENT_TYPE];
    req->cookie = d->value[VAR_COOKIE];
    req->origin = d->value[VAR_ORIGIN];
    req->fetch_site = d->value[VAR_FETCH_SITE];
    req->accept = d->value[VAR_ACCEPT];
    req->accept_language = d->value[VAR_ACCEPT_LANGUAGE];
    req->user_agent = d->value[VAR_USER_AGENT];
    req->authorization = d->value[VAR_AUTHORIZATION];
    req->if_match = d->value[VAR_IF_MATCH];
    req->idempotency_key = d->value[VAR_IDEMPOTENCY_KEY];
    struct str id = d->value[VAR_REQUEST_ID];
    req->id = is_request_id(id) ? id : new_request_id(d->arena);
}

enum rc
http_request_decode(const struct http_env *env, struct arena *a, struct http_request *req,
                    int *status, struct err *err)
{
    struct decoding d = {.env = env, .arena = a, .req = req, .err = err};
    d.status = status;
    memset(req, 0, sizeof *req);
    gather(&d);
    read_fields(&d);
    TRY(check_vars(&d));
    TRY(read_method(&d));
    TRY(read_length(&d));
    return read_target(&d);
}

const char *
http_method_name(enum http_method m)
{
    return (unsigned)m < HTTP_METHOD__MAX ? method_names[m] : "";
}
