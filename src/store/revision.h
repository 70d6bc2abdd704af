/* store/revision.h - every save of an item, as canonical JSON in a chain of digests. */
#ifndef STORE_REVISION_H
#define STORE_REVISION_H

#include "model/item.h"
#include "store/store.h"

struct revision {
    int64_t item_id, number; /* 1, 2, 3 … within the item */
    enum item_state state;
    int64_t saved_at;
    struct str saved_by;
    struct str content; /* canonical JSON */
    struct str sha256;  /* of content, hex */
};

/* The newest one. RC_NOT_FOUND. */
enum rc store_revision_last(struct store *st, int64_t item_id, struct arena *a,
                            struct revision *out, struct err *err) MUST_CHECK;

/* Adds one with the digest of the one before ('' for the first). RC_CONFLICT when the
 * number is taken. */
enum rc store_revision_add(struct store *st, const struct revision *r,
                           struct str previous_sha256, struct err *err) MUST_CHECK;

/* Looks through an item's chain: each content matches its digest and each names the one
 * before. RC_OK; RC_FAILED names the first number that does not. */
enum rc store_revision_check(struct store *st, int64_t item_id,
                             struct err *err) MUST_CHECK;

#endif
