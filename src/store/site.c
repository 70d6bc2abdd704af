/* store/site.c - data version and the times at which pages change by themselves. */
#include "store/site.h"

#include "store/query.h"

#include "base/time.h"

enum rc
store_site_state(struct store *st, struct site_state *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_SITE_STATE, &q, err, ""));
    TRY(query_row(&q, err));
    out->version = query_int(&q);
    out->changed_at = query_int(&q);
    return RC_OK;
}

/* Raises *latest to what the one-column row holds, if that is later. */
static enum rc
raise_to(struct query *q, int64_t *latest, struct err *err)
{
    TRY(query_row(q, err));
    int64_t t = query_time(q);
    if (t > *latest)
        *latest = t;
    return RC_OK;
}

static enum rc
last_of(struct store *st, enum query_id id, int64_t now, int64_t *latest, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, id, &q, err, "i", now));
    return raise_to(&q, latest, err);
}

static enum rc
last_published(struct store *st, struct str lang, int64_t now, int64_t *latest,
               struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_SITE_LAST_PUBLISHED, &q, err, "si", lang, now));
    return raise_to(&q, latest, err);
}

enum rc
store_site_last_transition(struct store *st, const struct site *site, int64_t now,
                           int64_t *out, struct err *err)
{
    static const enum query_id ends[] = {Q_SITE_LAST_END, Q_SITE_LAST_EMBARGO_END,
                                         Q_SITE_LAST_PIN_END, Q_SITE_LAST_RIGHTS_END};
    *out = TIME_NONE;
    for (size_t i = 0; i < N_ELEMENTS(ends); i++)
        TRY(last_of(st, ends[i], now, out, err));
    for (int i = 0; i < site->n_langs; i++)
        TRY(last_published(st, site->langs[i].code, now, out, err));
    return RC_OK;
}
