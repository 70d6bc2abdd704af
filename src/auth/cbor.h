/* auth/cbor.h - a look at CBOR (RFC 8949) before a library reads it.
 *
 * libcbor makes room for as many members as a map says that it has, before it looks
 * whether they are there: a few bytes cost gigabytes. */
#ifndef AUTH_CBOR_H
#define AUTH_CBOR_H

#include <stdbool.h>
#include <stddef.h>

/* Are these bytes exactly n_items data items as authenticators write them (CTAP 2.1
 * section 8): of definite length, at most 4 levels deep, all of them there? */
bool cbor_is_whole(const unsigned char *p, size_t n, int n_items);

#endif
