/* http/body.h - the bytes after a request's header. */
#ifndef HTTP_BODY_H
#define HTTP_BODY_H

#include "http/request.h"

#include "base/err.h"

/* Reads the whole body: exactly as many bytes as were announced, then its end. So what a
 * visitor broke off half-way can never be taken for all of it.
 *   length   req->content_length
 *   most     the longest one that is read
 *   out      empty when none was announced; lives in a
 *   returns  RC_OK; RC_LIMIT (longer than most; nothing was read); RC_INVALID (field
 *            "body": shorter or longer than announced, a broken connection, or there is
 *            no way to read one) */
enum rc http_body_read(const struct http_env *env, int64_t length, size_t most,
                       struct arena *a, struct str *out, struct err *err) MUST_CHECK;

#endif
