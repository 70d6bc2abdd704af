/* store/rendition.h - sets of files that are given out of photos, as remembered.
 *
 * A row stands for files that are safe on disk and were read back. What a photo and its
 * uses are given out as are pointers to such rows. */
#ifndef STORE_RENDITION_H
#define STORE_RENDITION_H

#include "model/item.h"
#include "store/store.h"

/* A use of a photo in an approved text, as it is shown, or (item_id 0) the photo itself
 * with its own texts. */
struct rendition_use {
    int64_t item_id;
    int position;
    int64_t rendition_id; /* what it is given out as; 0: nothing yet */
    struct photo photo;
};
struct rendition_uses {
    struct rendition_use *all;
    int n;
};

/* The photo itself, then its uses. RC_NOT_FOUND: no such photo. 3 statements. */
enum rc store_rendition_uses(struct store *st, int64_t photo_id, struct arena *a,
                             struct rendition_uses *out, struct err *err) MUST_CHECK;

/* The row of a digest, also a retired one, and when its files were made. RC_NOT_FOUND. 1
 * statement. */
enum rc store_rendition_find(struct store *st, struct str digest, int64_t *id,
                             int64_t *made_at, struct err *err) MUST_CHECK;

/* The sum of its files (media/set.h), in a; "" if it is unknown. RC_NOT_FOUND: no such
 * set. 1 statement. */
enum rc store_rendition_sum(struct store *st, struct str digest, struct arena *a,
                            struct str *sum, struct err *err) MUST_CHECK;

/* Files that were made and read back. */
struct rendition_made {
    struct str digest, sum;
    int64_t at;
};

/* Inside store_write_begin, all of these: */
enum rc store_rendition_add(struct store *st, int64_t photo_id,
                            const struct rendition_made *m, int64_t *id,
                            struct err *err) MUST_CHECK;

/* Its files were made again. */
enum rc store_rendition_set_made(struct store *st, int64_t id,
                                 const struct rendition_made *m,
                                 struct err *err) MUST_CHECK;

/* Gives a use, or the photo itself, out as a set. */
enum rc store_rendition_point(struct store *st, int64_t photo_id,
                              const struct rendition_use *use, int64_t id,
                              struct err *err) MUST_CHECK;

/* Retires the sets of a photo that nothing is given out as, and takes back those that
 * something is. 2 statements. */
enum rc store_rendition_retire(struct store *st, int64_t photo_id, int64_t now,
                               struct err *err) MUST_CHECK;

/* Forgets a set if it was retired by `before`; is_gone: was it? */
enum rc store_rendition_drop(struct store *st, int64_t id, int64_t before, bool *is_gone,
                             struct err *err) MUST_CHECK;

/* A row. */
struct rendition_row {
    int64_t id, photo_id;
    struct str digest;
};
struct rendition_rows {
    struct rendition_row *all;
    int n;
};

/* Up to limit: those retired by `before`, oldest first; the others after after_id,
 * ascending; of these the ones that nothing refers to. 1 statement each. */
enum rc store_rendition_retired(struct store *st, int64_t before, int limit,
                                struct arena *a, struct rendition_rows *out,
                                struct err *err) MUST_CHECK;
enum rc store_rendition_from(struct store *st, int64_t after_id, int limit,
                             struct arena *a, struct rendition_rows *out,
                             struct err *err) MUST_CHECK;
enum rc store_rendition_unused(struct store *st, int64_t after_id, int limit,
                               struct arena *a, struct rendition_rows *out,
                               struct err *err) MUST_CHECK;

#endif
