/* model/cursor.h - a position in a listing, as an opaque word of an address.
 *
 * Listings are ordered by publish time, then by a tie number made from the item's public
 * id. A cursor names a place between items, so it stays right when items come and go,
 * and it holds no row number. */
#ifndef MODEL_CURSOR_H
#define MODEL_CURSOR_H

#include <stdbool.h>

#include "base/str.h"

struct cursor {
    int64_t published_at;
    int64_t tie; /* 0..2^63-1 */
};

enum { CURSOR_LENGTH = 26 };

/* The order number of a public id among items of the same second. */
int64_t cursor_tie(struct str public_id);

/* 26 characters of Crockford's base 32 in lower case: 5 bits each of 40 bits of time
 * (offset so that it is never negative), 63 of tie, 27 of check sum. */
struct str cursor_write(struct arena *a, struct cursor c);

/* Reads exactly what cursor_write writes; anything else is false. */
bool cursor_read(struct str s, struct cursor *out);

#endif
