/* http/percent.h - percent-encoding (RFC 3986 section 2.1) and what text may enter. */
#ifndef HTTP_PERCENT_H
#define HTTP_PERCENT_H

#include <stdbool.h>

#include "base/str.h"

/* Decodes s once.
 *   plus_is_space   '+' is a blank too (query strings, WHATWG URL section 5.1)
 *   out             any bytes, NUL and invalid UTF-8 included; lives in a
 *   returns         false when a '%' is not followed by two hex digits */
bool http_percent_decode(struct arena *a, struct str s, bool plus_is_space,
                         struct str *out);

/* Is it valid UTF-8 without a byte below 0x20, 0x7f, U+FFFE or U+FFFF? One line of
 * text, as paths and query parameters hold it. */
bool http_is_plain_text(struct str s);

/* Is c a hex digit of either case? */
bool http_is_hex(char c);

#endif
