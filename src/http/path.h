/* http/path.h - the one canonical form of a request's path.
 *
 * Whoever decides on a path (the router, a cache rule, a redirect lookup) sees the
 * decoded canonical path and nothing else, so two parts of the program can never
 * read the same bytes differently. */
#ifndef HTTP_PATH_H
#define HTTP_PATH_H

#include "base/err.h"
#include "base/str.h"

/* Cuts a request target (RFC 9112 section 3.2: origin-form, or absolute-form of http and
 * https, whose scheme and host are dropped) at the first '?'. Views of target.
 *   path    "/" when an absolute-form has none
 *   query   without the '?'; absent when there is no '?' */
void http_target_split(struct str target, struct str *path, struct str *query);

/* Decodes a raw path once and finds its canonical form.
 *   path       decoded, runs of '/' made one; lives in a
 *   canonical  http_encode_path of that; the path was sent canonically when it is equal
 *              to raw, else this is where to redirect
 *   returns    RC_OK; RC_INVALID (field "path") when it does not begin with '/', holds
 *              invalid percent-encoding, %2f, a backslash in any form, a byte below 0x20
 *              or 0x7f, invalid UTF-8, a "." or ".." segment, or a '%' before two hex
 *              digits after decoding (it was encoded twice) */
enum rc http_path_read(struct arena *a, struct str raw, struct str *path,
                       struct str *canonical, struct err *err) MUST_CHECK;

#endif
