/* web/render.h - making the files that are given out of photos, one set at a time and
 * without waiting: a state machine around a photo helper.
 *
 *     order -> a helper makes the files -> they are written to a folder with a temporary
 *     name -> another helper looks at what is on disk -> they are placed, and the photo
 *     and its uses are given out as them (news/rendition.h)
 *
 * Cut off anywhere, it leaves a folder with a temporary name and an order that is due
 * again. */
#ifndef WEB_RENDER_H
#define WEB_RENDER_H

#include "conf/conf.h"
#include "media/give.h"
#include "news/rendition.h"

enum web_render_step {
    RENDER_IDLE,
    RENDER_MAKING,   /* a helper is under way */
    RENDER_TO_CHECK, /* for a helper that is free */
    RENDER_CHECKING, /* a helper is under way */
};

struct web_render {
    struct store *st;
    const struct conf *conf;
    const struct media_helper *helper;
    enum web_render_step step;
    struct arena a; /* of the order */
    struct rendition_order order;
    struct media_given made;
    const char *temporary; /* the folder of its files, NULL if none */
    struct media_run run;
    /* of the last order */
    enum rc rc;
    struct err err;
};

/* st, conf and helper must outlive it. helper: one that does not wait for a slot, unless
 * the caller may. */
void web_render_open(struct web_render *r, struct store *st, const struct conf *conf,
                     const struct media_helper *helper);

/* What is under way is dropped. */
void web_render_close(struct web_render *r);

/* Takes up the next order that is due. RC_OK: it is under way, or has ended already.
 * RC_NOT_FOUND: none is due. RC_BUSY, RC_FAILED: of the database. Only when idle. */
enum rc web_render_next(struct web_render *r, int64_t now, struct err *err) MUST_CHECK;

/* Takes up this order; o's texts must live until it is ended. Only when idle. */
enum rc web_render_begin(struct web_render *r, const struct rendition_order *o,
                         int64_t now, struct err *err) MUST_CHECK;

/* Can be read when there is something to do; -1: by and by, or nothing is under way. */
int web_render_fd(const struct web_render *r);

/* Does what there is to do now. An order that failed is put off, logged and counted; how
 * the last one ended stands in r->rc and r->err. RC_BUSY, RC_FAILED: of the database. */
enum rc web_render_go(struct web_render *r, int64_t now, struct err *err) MUST_CHECK;

#endif
