/* http/request.h - request bytes to typed values.
 *
 * One decoder for FastCGI and CGI alike. It knows no socket: parameters are asked for
 * through a callback. Whatever is not plainly right is refused here, with the HTTP
 * status that says so, before any other code sees it. Addresses are decided on one
 * canonical path (RFC 3986 section 6.2.2): a path that is not canonical already is
 * answered by redirect (GET, HEAD) or 400, never quietly repaired. */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"

enum http_method {
    HTTP_GET,
    HTTP_HEAD,
    HTTP_POST,
    HTTP_PUT,
    HTTP_DELETE,
    HTTP_METHOD__MAX
};

enum {
    HTTP_PATH_MAX = 2048,
    HTTP_QUERY_MAX = 2048,
    HTTP_PARAMS_MAX = 32,
    HTTP_ID_SIZE = 32
};

/* The variable in which nginx sends its $request_id, and by which we know that it is
 * there and keeps our pages. The two underscores tell it from a setting's name, which a
 * plain CGI would else take it for. HTTP_X_REQUEST_ID is the client's and not believed.
 */
#define HTTP_REQUEST_ID_VAR "BYLINE__REQUEST_ID"

/* The variable by which another web server says that it sends the file which a response
 * names in X-Sendfile (Apache with mod_xsendfile, lighttpd). */
#define HTTP_SENDFILE_VAR "BYLINE__SENDFILE"

/* Where the CGI variables come from (RFC 3875 section 4.1).
 *   get     the value of a variable or NULL; must stay valid during the request
 *   count   how often the variable was sent (duplicates are an attack), 0 if not;
 *           may be NULL (plain CGI: the environment has no duplicates) */
struct http_env {
    void *ctx;
    const char *(*get)(void *ctx, const char *name);
    int (*count)(void *ctx, const char *name);

    /* The body: up to n bytes into p; how many were read, 0 at its end, -1 when the
     * connection broke. NULL: bodies are not read here. */
    void *body_ctx;
    long (*read)(void *body_ctx, char *p, size_t n);

    /* The request may take so many seconds longer. NULL: its time has no limit. */
    void (*more_time)(unsigned seconds);
};

struct http_param {
    struct str name, value; /* percent-decoded, valid UTF-8, no control characters */
};

struct http_request {
    enum http_method method;
    struct str path;     /* decoded, canonical, begins with '/' */
    struct str redirect; /* p != NULL: the canonical target (encoded path + query) to
                            answer 301 with, nothing else may be done */
    struct http_param params[HTTP_PARAMS_MAX]; /* of the query, in order */
    int n_params;
    struct str raw_target;    /* REQUEST_URI as sent, for redirect lookups and the log */
    struct str if_none_match; /* header field values, absent when not sent */
    struct str if_modified_since;
    struct str id;          /* request id: nginx's, else made here; [0-9a-f]{1,32} */
    struct str remote_addr; /* absent when unknown */
    bool accepts_gzip;
    bool is_https;
    int64_t content_length; /* 0 when none */

    /* What only the newsroom's doors look at; absent when not sent. */
    struct str content_type, cookie, origin, fetch_site, accept, accept_language,
        user_agent;
    struct str authorization, if_match, idempotency_key;
};

/* Decodes one request.
 *   status   set when not RC_OK: 400, 405 (method known to nobody), 413 (body on a
 *            GET), 414 (path or query too long), 500 (web server did not send a
 *            variable we need; err names it)
 *   returns  RC_OK, RC_INVALID, RC_FAILED (missing variable). req->id is always set, and
 *            req->method where it could be read (else HTTP_GET), so that the refusal can
 *            be answered; req->redirect is set only with RC_OK
 * Everything lives in a or in env. Checked: REQUEST_METHOD, REQUEST_URI, SERVER_PROTOCOL
 * present; no variable we use sent twice (one sent empty counts as not sent);
 * path: no "..", no %00, no %2f, no double encoding, no bytes below 0x20, valid UTF-8;
 * query: valid percent-encoding and UTF-8. Doubled names are left to the route, which
 * knows which names count. */
enum rc http_request_decode(const struct http_env *env, struct arena *a,
                            struct http_request *req, int *status,
                            struct err *err) MUST_CHECK;

/* The one value of a query parameter. RC_NOT_FOUND when it is not there, RC_INVALID
 * (field = name) when it is there twice. */
enum rc http_request_param(const struct http_request *req, const char *name,
                           struct str *out, struct err *err) MUST_CHECK;

/* "GET" and so on; static storage. */
const char *http_method_name(enum http_method m);

/* Percent-encodes everything but unreserved characters and '/' (RFC 3986 section 2.3). */
struct str http_encode_path(struct arena *a, struct str path);

/* Percent-encodes everything but unreserved characters: one value of a query. */
struct str http_encode_value(struct arena *a, struct str value);

/* A query as sent, as it may stand in an address of ours: percent-encodes what no query
 * may hold (RFC 3986 section 3.4); what is encoded already stays. */
struct str http_encode_query(struct arena *a, struct str query);

#endif
