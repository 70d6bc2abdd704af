/* news/rendition.h - which sets of files are to be made of a photo, and what happens when
 * one is there: the rules behind the job "renditions".
 *
 * A photo has one set with its own texts, and each use in an approved text whose texts
 * are others has one of its own. A job stands for a photo; an order is the first of its
 * sets that is missing. The files are made outside of any transaction; whatever was
 * changed meanwhile is looked at again when they are done, so a job ends only when
 * nothing is missing. Asks no rights: for the program itself. RC_BUSY, RC_FAILED
 * everywhere. */
#ifndef NEWS_RENDITION_H
#define NEWS_RENDITION_H

#include "store/job.h"
#include "store/rendition.h"

enum {
    RENDITION_CLAIM_S = 180,       /* nobody else takes an order up for so long */
    RENDITION_RETIRED_S = 10 * 60, /* a set stays after it was given out last */
};

/* A set that a photo or its uses are to be given out as. */
struct rendition_want {
    struct photo
        photo; /* original, focal point, texts as they are to be written inside */
    struct str digest;
    int64_t made_at; /* TIME_NONE: it is missing */
};
struct rendition_wants {
    struct rendition_want *all; /* each digest once; the photo's own first */
    int n;
};
enum rc news_rendition_wants(struct store *st, int64_t photo_id, struct arena *a,
                             struct rendition_wants *out, struct err *err) MUST_CHECK;

/* A set to be made. */
struct rendition_order {
    struct job job; /* id 0: ordered by somebody, there is no job */
    int64_t photo_id;
    struct rendition_want want;
    struct str sum; /* of the files, once they are made and read back (media/set.h) */
    bool is_anew;   /* files that are there are replaced */
};

/* Takes up the job that has been due for the longest, and its first missing set; jobs
 * with nothing missing are ended on the way. RC_NOT_FOUND: none is due. Takes the write
 * lock only if there is one. */
enum rc news_rendition_claim(struct store *st, int64_t now, struct arena *a,
                             struct rendition_order *out, struct err *err) MUST_CHECK;

/* Puts the files of a digest where they are given out; inside the write lock. */
typedef enum rc rendition_place(void *ctx, struct str digest, struct err *err);

/* The order's files are safe on disk and were looked at: places them (not if somebody
 * else has made the same ones), and gives the photo and its uses out as the sets that are
 * theirs, in one transaction. The job ends, or is due at once for the next set. */
enum rc news_rendition_keep(struct store *st, const struct rendition_order *o,
                            int64_t now, rendition_place *place, void *ctx,
                            struct err *err) MUST_CHECK;

/* The order failed: its job is put off, the longer the more often it failed; is_refused:
 * the picture itself is the reason, so soon is no better. */
enum rc news_rendition_fail(struct store *st, const struct rendition_order *o,
                            int64_t now, bool is_refused, struct str why,
                            struct err *err) MUST_CHECK;

/* The order could not be tried: nobody was free. It is due again in a second. */
enum rc news_rendition_defer(struct store *st, const struct rendition_order *o,
                             int64_t now, struct err *err) MUST_CHECK;

/* Orders taken up by a process that is gone are due again. */
enum rc news_rendition_release(struct store *st, int64_t now, struct err *err) MUST_CHECK;

/* How far the files of a photo are. */
enum rendition_state {
    RENDITION_READY,   /* nothing to be made */
    RENDITION_WAITING, /* for its turn */
    RENDITION_BEING_MADE,
    RENDITION_FAILED, /* why says why; it will be tried again */
};
struct rendition_progress {
    enum rendition_state state;
    struct str why;   /* in the program's English, for people who know it; "" if none */
    int64_t again_at; /* RENDITION_FAILED: when it is tried again */
};
enum rc news_photo_progress(struct store *st, int64_t photo_id, int64_t now,
                            struct arena *a, struct rendition_progress *out,
                            struct err *err) MUST_CHECK;

/* Sets that a use took its pointer from when it went are retired; looks at up to limit
 * rows behind *after_id and moves it on, to 0 at the end. */
enum rc news_rendition_retire(struct store *st, int64_t *after_id, int limit, int64_t now,
                              struct err *err) MUST_CHECK;

/* Takes the files of a digest away from where they are given out; inside the write lock.
 */
typedef enum rc rendition_take(void *ctx, struct str digest, struct err *err);

/* Has a digest no row? Then its files are taken away. is_gone: they were. */
enum rc news_rendition_sweep_one(struct store *st, struct str digest,
                                 rendition_take *take, void *ctx, bool *is_gone,
                                 struct err *err) MUST_CHECK;

/* Forgets up to limit sets that were retired RENDITION_RETIRED_S ago, and takes their
 * files away. n: how many. */
enum rc news_rendition_sweep(struct store *st, int64_t now, int limit,
                             rendition_take *take, void *ctx, int *n,
                             struct err *err) MUST_CHECK;

#endif
