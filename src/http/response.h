/* http/response.h - response values to bytes (RFC 9110, RFC 3875 section 6). */
#ifndef HTTP_RESPONSE_H
#define HTTP_RESPONSE_H

#include <stdbool.h>

#include "http/request.h"

#include "base/buf.h"
#include "base/err.h"

enum { HTTP_HEADERS_MAX = 24 };

struct http_header {
    struct str name, value;
};

/* What a handler answers. Everything is gathered here before the first byte goes out. */
struct http_response {
    int status;
    struct http_header headers[HTTP_HEADERS_MAX];
    int n_headers;
    struct str body;
    bool has_no_body; /* HEAD, 304: Content-Length is still said for HEAD */
};

/* Adds a header. A name that is no token, or a value with a byte below 0x20 or 0x7f
 * (response splitting), is a programmer's error and ends the process. */
void http_response_header(struct http_response *r, struct str name, struct str value);

/* The value of a header already added (names compare without case), or absent. */
struct str http_response_find(const struct http_response *r, const char *name);

/* Writes "Status: 200 OK" CRLF, headers, Content-Length, empty line, body, as the CGI
 * interface wants it. */
void http_response_write(const struct http_response *r, struct buf *out);

/* "Not Found" for 404; "" for a code we never send. */
const char *http_status_text(int status);

/* Would a conditional request be answered 304? If-None-Match wins (weak comparison,
 * lists and "*", RFC 9110 section 13.1.2); else If-Modified-Since by equality with
 * last_modified (TIME_NONE: never), because a withdrawal moves it back. */
bool http_is_not_modified(const struct http_request *req, struct str etag,
                          int64_t last_modified);

#endif
