/* http/cookie.h - reading Cookie and writing Set-Cookie (RFC 6265bis). */
#ifndef HTTP_COOKIE_H
#define HTTP_COOKIE_H

#include <stdbool.h>

#include "base/str.h"

/* The value of the cookie of exactly this name (case counts) in a Cookie header field;
 * absent when it is not there, or is there twice: then somebody else's page has set one
 * beside ours, and which is which cannot be known. A view of header. */
struct str http_cookie_find(struct str header, const char *name);

/* A Set-Cookie value for a name that begins with "__Host-" (section 4.1.3.2): Secure,
 * HttpOnly, SameSite=Strict, Path=/, no domain.
 *   value      of characters that a cookie may hold: letters, digits and -_.~
 *   max_age_s  how long browsers keep it; 0 removes it; negative: until they close
 * A name or value that is not so is a programmer's error and ends the process. */
struct str http_cookie_write(struct arena *a, const char *name, struct str value,
                             int64_t max_age_s);

#endif
