/* http/field.h - what the values of request header fields say. */
#ifndef HTTP_FIELD_H
#define HTTP_FIELD_H

#include <stdbool.h>

#include "base/str.h"

/* Does an Accept-Encoding value name gzip (or x-gzip) with a weight over 0 (RFC 9110
 * section 12.5.3)? A "*" is not taken for it: plain bytes are always right. A weight
 * that cannot be read counts as 0. */
bool http_field_accepts_gzip(struct str value);

/* Which of n language codes an Accept-Language value asks for most (RFC 9110 section
 * 12.5.4): by weight, the first of equals; "ru-RU" asks for "ru". -1 when for none. */
int http_field_language(struct str value, const struct str *codes, int n);

/* Does an If-None-Match value match the entity tag (RFC 9110 section 13.1.2)? Weak
 * comparison; "*" matches any, absent included. What follows the first byte that is no
 * entity tag in a list is not looked at. etag is with its quotes, "W/" before it or not,
 * and may be absent. */
bool http_field_matches_etag(struct str value, struct str etag);

/* Does an If-Match value name the strong entity tag (RFC 9110 section 13.1.1)? "*" is not
 * taken for it: it names no version. Read as far as http_field_matches_etag reads. */
bool http_field_has_etag(struct str value, struct str etag);

/* The token of an Authorization value of the scheme Bearer (RFC 6750 section 2.1): a view
 * of value. Absent when the scheme is another; empty when what follows is no token. */
struct str http_field_bearer(struct str value);

/* The text of a structured field that is one String without parameters (RFC 8941 section
 * 3.3.3), of 1 to most bytes; out lives in a. False when it is not. */
bool http_field_string(struct arena *a, struct str value, size_t most, struct str *out);

/* Is a Content-Type value this type ("application/json"), with no charset but UTF-8? */
bool http_field_is_type(struct str value, const char *type);

#endif
