/* store/listing.c - listings by cursor. */
#include "store/listing.h"

#include "store/query.h"

static void
read_photo(struct query *q, struct arena *a, struct card *c)
{
    struct photo *p = &c->photo;
    p->sha256 = query_str(q, a);
    c->has_photo = p->sha256.p != NULL;
    p->ext = query_str(q, a);
    p->width_px = (int)query_int(q);
    p->height_px = (int)query_int(q);
    p->credit = query_str(q, a);
    p->credit_url = query_str(q, a);
    p->caption = query_str(q, a);
    p->alt = query_str(q, a);
    p->is_decorative = query_int(q) != 0;
    p->source_type = query_str(q, a);
    p->rendition = query_str(q, a);
    p->expires_at = TIME_NONE; /* one whose rights have ended is not read */
}

/* The columns that all LISTING_ statements share. */
static void
read_card(struct query *q, struct arena *a, struct card *c)
{
    c->id = query_int(q);
    c->section_id = query_int(q);
    c->lang = query_str(q, a);
    c->slug = query_str(q, a);
    c->title = query_str(q, a);
    c->lead = query_str(q, a);
    c->published_at = query_int(q);
    c->is_date_only = query_int(q) != 0;
    c->tie = query_int(q);
    read_photo(q, a, c);
}

static enum rc
read_cards(struct query *q, int limit, struct arena *a, struct cards *out,
           struct err *err)
{
    enum rc rc;
    out->all = arena_array(a, struct card, limit);
    out->n = 0;
    while ((rc = query_row(q, err)) == RC_OK)
        read_card(q, a, &out->all[out->n++]);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
start(struct store *st, const struct listing_query *lq, enum query_id all,
      enum query_id section, struct query *q, struct err *err)
{
    int64_t limit = lq->limit;
    if (lq->section_id == 0)
        return query_start(st, all, q, err, "isiiii", lq->now, lq->lang,
                           lq->cursor.published_at, lq->cursor.tie, lq->bound, limit);
    return query_start(st, section, q, err, "iisiiii", lq->now, lq->section_id, lq->lang,
                       lq->cursor.published_at, lq->cursor.tie, lq->bound, limit);
}

enum rc
store_listing_before(struct store *st, const struct listing_query *lq, struct arena *a,
                     struct cards *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(start(st, lq, Q_LISTING_BEFORE, Q_LISTING_SECTION_BEFORE, &q, err));
    return read_cards(&q, lq->limit, a, out, err);
}

enum rc
store_listing_after(struct store *st, const struct listing_query *lq, struct arena *a,
                    struct cards *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(start(st, lq, Q_LISTING_AFTER, Q_LISTING_SECTION_AFTER, &q, err));
    return read_cards(&q, lq->limit, a, out, err);
}

enum rc
store_listing_pinned(struct store *st, const struct listing_query *lq, struct arena *a,
                     struct cards *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_LISTING_PINNED, &q, err, "isi", lq->now, lq->lang,
                    (int64_t)lq->limit));
    return read_cards(&q, lq->limit, a, out, err);
}

enum rc
store_listing_count_after(struct store *st, const struct listing_query *lq, int *out,
                          struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_LISTING_COUNT_AFTER, &q, err, "isiiii", lq->section_id,
                    lq->lang, lq->cursor.published_at, lq->cursor.tie, lq->now,
                    (int64_t)lq->limit));
    TRY(query_row(&q, err));
    *out = (int)query_int(&q);
    return RC_OK;
}

enum rc
store_listing_time_before(struct store *st, struct str lang, int64_t before, int64_t now,
                          int64_t *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_LISTING_TIME_BEFORE, &q, err, "sii", lang, before, now));
    TRY(query_row(&q, err));
    *out = query_int(&q);
    return RC_OK;
}
