/* web/api/gate.c - who may pass a door for programs, and what must come with a request.
 *
 * No cookie is looked at, so nothing here can be made to happen by a page in somebody's
 * browser, and a form's token is not needed. */
#include "auth/token.h"
#include "http/body.h"
#include "http/field.h"
#include "http/multipart.h"
#include "web/api/api.h"
#include "web/upload.h"

enum { BODY_MAX = 2 * 1024 * 1024 };

/* A token on an open line would be everybody's. */
static enum rc
check_transport(struct visit *v, struct http_response *r, struct err *err)
{
    struct api_fault said = {.detail = STR("only over https")};
    (void)err;
    if (v->req.is_https || web_is_local(v->req.remote_addr))
        return RC_OK;
    return api_refuse_one(v, PROBLEM_FORBIDDEN, &said, r);
}

/* RFC 6750 section 3; error is left out when no token came. */
static enum rc
ask_for_token(struct visit *v, struct str challenge, const char *detail,
              struct http_response *r)
{
    struct api_fault said = {"header", STR("Authorization"), str_of(detail)};
    http_response_header(r, STR("WWW-Authenticate"), challenge);
    return api_refuse_one(v, PROBLEM_NO_TOKEN, &said, r);
}

#define REALM "Bearer realm=\"byline\""

static enum rc
refuse_token(struct visit *v, enum rc rc, int64_t retry_after_s, struct http_response *r)
{
    struct api_fault said = {.detail = STR("wrong tokens came from this network")};
    if (rc == RC_DENIED)
        return ask_for_token(v, STR(REALM ", error=\"invalid_token\""),
                             "the token is unknown, revoked or expired", r);
    http_response_header(r, STR("Retry-After"),
                         str_fmt(v->a, "%lld", (long long)retry_after_s));
    return api_refuse_one(v, PROBLEM_WAIT, &said, r);
}

static enum rc
check_token(struct visit *v, struct http_response *r, struct err *err)
{
    struct staff *s = &v->staff;
    struct auth_bearer b = {http_field_bearer(v->req.authorization), v->req.remote_addr,
                            v->now};
    int64_t retry_after_s = 0;
    if (v->match.route->capability == ROUTE_SIGN_IN)
        return RC_OK;
    if (b.secret.p == NULL)
        return ask_for_token(v, STR(REALM), "a token of the scheme Bearer is needed", r);
    TRY(visit_open(v, err));
    enum rc rc = auth_token_find(v->w->auth, &b, v->a, &s->bearer, &s->person,
                                 &retry_after_s, err);
    if (rc == RC_DENIED || rc == RC_LIMIT)
        return refuse_token(v, rc, retry_after_s, r);
    return rc;
}

bool
api_has_scope(struct visit *v, enum right right, struct http_response *r)
{
    enum scope needed = right_scope(right);
    if (token_has_right(&v->staff.bearer, right))
        return true;
    const char *word = needed < SCOPE__MAX ? scope_word(needed) : "none";
    struct api_fault said = {.detail =
                                 str_fmt(v->a, "the token's scope is %s, this needs %s",
                                         scope_word(v->staff.bearer.scope), word)};
    http_response_header(
        r, STR("WWW-Authenticate"),
        str_fmt(v->a, REALM ", error=\"insufficient_scope\", scope=\"%s\"", word));
    api_refuse_one(v, PROBLEM_FORBIDDEN, &said, r);
    return false;
}

static enum rc
check_right(struct visit *v, struct http_response *r, struct err *err)
{
    enum right right = route_right(v->match.route);
    struct api_fault said = {.detail = STR("the token's person may not do this")};
    (void)err;
    if (right == RIGHT__MAX || !api_has_scope(v, right, r) ||
        right_is_possible(&v->staff.person, right))
        return RC_OK;
    return api_refuse_one(v, PROBLEM_FORBIDDEN, &said, r);
}

/* What is misspelt must not be taken for what was not said. */
static enum rc
check_query(struct visit *v, struct http_response *r, struct err *err)
{
    struct str known = str_fmt(v->a, ", %s, ", route_params(v->match.route)), value;
    for (int i = 0; i < v->req.n_params; i++) {
        struct str name = v->req.params[i].name;
        struct api_fault fault = {"parameter", name, STR("there is no such parameter")};
        struct str wanted = str_fmt(v->a, ", %.*s, ", STR_ARG(name));
        if (str_find_str(known, wanted) == known.n)
            return api_refuse_one(v, PROBLEM_BAD_REQUEST, &fault, r);
        fault.detail = STR("it is there twice");
        if (http_request_param(&v->req, str_z(v->a, name), &value, err) != RC_OK)
            return api_refuse_one(v, PROBLEM_BAD_REQUEST, &fault, r);
    }
    return RC_OK;
}

/* A photo as it is, or a form with several. */
static enum rc
read_photos(struct visit *v, struct http_response *r, struct err *err)
{
    struct str boundary, none = {NULL, 0};
    struct api_fault said = {"header", STR("Content-Type"),
                             STR("send a photo, as image/..., or multipart/form-data")};
    struct api_fault large = {.detail = str_fmt(v->a, "at most %lld bytes",
                                                (long long)upload_most(v->w->conf))};
    enum rc rc = RC_INVALID;
    if (http_multipart_boundary(v->req.content_type, &boundary))
        rc = upload_read_form(v, boundary, none, err);
    else if (str_starts(v->req.content_type, STR("image/")))
        rc = upload_read_photo(v, err);
    else
        return api_refuse_one(v, PROBLEM_NO_PHOTO, &said, r);
    return rc == RC_LIMIT ? api_refuse_one(v, PROBLEM_TOO_LARGE, &large, r) : rc;
}

static enum rc
read_body(struct visit *v, struct http_response *r, struct err *err)
{
    struct api_fault said = {"header", STR("Content-Type"),
                             STR("send JSON, as application/json")};
    struct api_fault large = {.detail = str_fmt(v->a, "at most %d bytes", BODY_MAX)};
    v->staff.json = STR("");
    unsigned doors = api_doors_of(v->match.route);
    if ((doors & API_PHOTOS) != 0)
        return read_photos(v, r, err);
    if ((doors & API_BODY) == 0 || v->req.content_length == 0)
        return RC_OK;
    if (!http_field_is_type(v->req.content_type, "application/json"))
        return api_refuse_one(v, PROBLEM_NO_JSON, &said, r);
    enum rc rc = http_body_read(v->env, v->req.content_length, BODY_MAX, v->a,
                                &v->staff.json, err);
    return rc == RC_LIMIT ? api_refuse_one(v, PROBLEM_TOO_LARGE, &large, r) : rc;
}

/* RFC 6585 section 3. */
static enum rc
check_version(struct visit *v, struct http_response *r, struct err *err)
{
    struct api_fault said = {"header", STR("If-Match"),
                             STR("send the ETag of the version that you changed")};
    (void)err;
    if ((api_doors_of(v->match.route) & API_MUST) == 0 || v->req.if_match.n > 0)
        return RC_OK;
    return api_refuse_one(v, PROBLEM_NO_VERSION, &said, r);
}

enum rc
api_pass(struct visit *v, struct http_response *r, struct err *err)
{
    static enum rc (*const checks[])(struct visit *, struct http_response *,
                                     struct err *) = {
        check_transport, check_token, check_right, check_query, check_version, read_body,
    };
    for (size_t i = 0; i < N_ELEMENTS(checks) && r->status == 0; i++)
        TRY(checks[i](v, r, err));
    return RC_OK;
}
