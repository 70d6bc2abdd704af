/* store/working.c - what was typed and not saved. */
#include "store/query.h"
#include "store/together.h"

enum { DONE_KEPT_S = 30 * TIME_DAY_S }; /* no browser sends anything so late */

enum rc
store_working_keep(struct store *st, int64_t person_id, const struct working *w,
                   bool *is_kept, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_WORKING_KEEP, &q, err, "isiiee", person_id, w->draft,
                    w->item_id, w->typed_at, w->title, w->form));
    enum rc rc = query_row(&q, err);
    *is_kept = rc == RC_OK;
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
store_working_close(struct store *st, int64_t person_id, struct str draft, int64_t now,
                    struct err *err)
{
    TRY(query_do(st, Q_WORKING_DROP_DONE, err, "i", now - DONE_KEPT_S));
    return query_do(st, Q_WORKING_CLOSE, err, "isi", person_id, draft, now);
}

static void
read_line(struct query *q, struct arena *a, struct working *out)
{
    *out = (struct working){.draft = query_str(q, a)};
    out->item_id = query_int(q);
    out->typed_at = query_int(q);
    out->title = query_str(q, a);
}

enum rc
store_working_at(struct store *st, int64_t person_id, struct str draft, struct arena *a,
                 struct working *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_WORKING_AT, &q, err, "is", person_id, draft));
    TRY(query_row(&q, err));
    read_line(&q, a, out);
    out->form = query_str(&q, a);
    return RC_OK;
}

enum rc
store_working_list(struct store *st, int64_t person_id, int64_t item_id, int limit,
                   struct arena *a, struct working *out, int *n, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc;
    *n = 0;
    if (item_id < 0)
        TRY(query_start(st, Q_WORKING_OF_PERSON, &q, err, "ii", person_id,
                        (int64_t)limit));
    else
        TRY(query_start(st, Q_WORKING_OF_ITEM, &q, err, "iii", person_id, item_id,
                        (int64_t)limit));
    while ((rc = query_row(&q, err)) == RC_OK)
        read_line(&q, a, &out[(*n)++]);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}
