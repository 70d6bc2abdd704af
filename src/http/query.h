/* http/query.h - query strings to parameters (WHATWG URL section 5.1). */
#ifndef HTTP_QUERY_H
#define HTTP_QUERY_H

#include "http/request.h"

#include "base/err.h"

/* Reads "name=value&name=value" into req->params, in order; '+' is a blank, a name
 * without '=' has an empty value, empty pieces are skipped. raw may be absent. Decoded
 * names and values live in a.
 *   returns  RC_OK; RC_INVALID (field "query") for invalid percent-encoding or UTF-8,
 *            control characters, more than HTTP_PARAMS_MAX parameters */
enum rc http_query_read(struct arena *a, struct str raw, struct http_request *req,
                        struct err *err) MUST_CHECK;

#endif
