/* store/listing.h - walking over visible items, newest first or oldest first.
 *
 * Each walk goes along an index and stops at its limit, so its cost does not depend on
 * how deep in the archive it begins. */
#ifndef STORE_LISTING_H
#define STORE_LISTING_H

#include "model/cursor.h"
#include "model/item.h"
#include "store/store.h"

/* What a listing asks for. */
struct listing_query {
    struct str lang;
    int64_t section_id; /* 0: all sections */
    struct cursor cursor;
    int64_t bound; /* older: nothing earlier; newer: nothing later (both included) */
    int64_t now;
    int limit;
};

/* Up to limit cards older than the cursor, newest first. 1 statement. */
enum rc store_listing_before(struct store *st, const struct listing_query *lq,
                             struct arena *a, struct cards *out,
                             struct err *err) MUST_CHECK;

/* Up to limit cards newer than the cursor, OLDEST first. 1 statement. */
enum rc store_listing_after(struct store *st, const struct listing_query *lq,
                            struct arena *a, struct cards *out,
                            struct err *err) MUST_CHECK;

/* Items pinned to the top of the home page now, newest first. Uses lang, now, limit. */
enum rc store_listing_pinned(struct store *st, const struct listing_query *lq,
                             struct arena *a, struct cards *out,
                             struct err *err) MUST_CHECK;

/* How many visible items of one section are newer than the cursor, counted up to limit.
 */
enum rc store_listing_count_after(struct store *st, const struct listing_query *lq,
                                  int *out, struct err *err) MUST_CHECK;

/* Publish time of the newest visible item before a time. RC_NOT_FOUND if none. */
enum rc store_listing_time_before(struct store *st, struct str lang, int64_t before,
                                  int64_t now, int64_t *out, struct err *err) MUST_CHECK;

#endif
