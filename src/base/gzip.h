/* base/gzip.h - one-shot gzip (RFC 1952), measuring zlib streams; through zlib. */
#ifndef BASE_GZIP_H
#define BASE_GZIP_H

#include "base/str.h"

/* The gzip form of s, level 1..9, without a time stamp or name in its header so that
 * equal input gives equal bytes. Lives in a. */
struct str gzip_pack(struct arena *a, struct str s, int level);

/* How many bytes a zlib stream (RFC 1950) unpacks to, as far as it is whole; counting
 * stops at `most`. The bytes themselves are not kept. */
size_t zlib_unpacked_size(struct str s, size_t most);

#endif
