/* web/keep_photos.h - what the keeper does for photos: makes the files that are ordered,
 * and sweeps away what nobody needs. */
#ifndef WEB_KEEP_PHOTOS_H
#define WEB_KEEP_PHOTOS_H

#include "web/render.h"

enum {
    KEEP_SWEEP_EVERY_S = 60,
    KEEP_SWEEP_AT_ONCE = 50,           /* sets forgotten in one round */
    KEEP_ORPHAN_S = MEDIA_SET_STALE_S, /* files without a row stay so long */
    KEEP_PARTS = 256                   /* folders 00 to ff of each place */
};

struct keep_photos {
    struct store *st;
    const struct conf *conf;
    struct media_helper helper;
    struct web_render render;
    bool has_released; /* orders of the keeper before are due again */
    int64_t sweep_at;
    int64_t retire_after; /* row behind which unused sets are looked for */
    int part;             /* folder whose orphans are looked for next */
};

/* st and conf must outlive it. photo_fd: the socket to the photo process, -1: none. */
void keep_photos_open(struct keep_photos *k, struct store *st, const struct conf *conf,
                      int photo_fd);
void keep_photos_close(struct keep_photos *k);

/* Can be read when keep_photos_go has something to do; -1: only by and by. */
int keep_photos_fd(const struct keep_photos *k);

/* Does what there is to do for the orders. RC_BUSY, RC_FAILED: of the database. */
enum rc keep_photos_go(struct keep_photos *k, int64_t now, struct err *err) MUST_CHECK;

/* Once a minute: sets that nothing refers to are retired, retired ones are forgotten
 * after RENDITION_RETIRED_S, temporary folders that killed processes left are removed,
 * and in one of 256 folders in turn sets and originals that have had no row for
 * KEEP_ORPHAN_S. What cannot be removed is logged and tried again. RC_BUSY, RC_FAILED: of
 * the database. */
enum rc keep_photos_sweep(struct keep_photos *k, int64_t now, struct err *err) MUST_CHECK;

#endif
