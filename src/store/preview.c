/* store/preview.c - addresses at which people outside see what is not out yet. */
#include "store/query.h"
#include "store/together.h"

enum rc
store_preview_add(struct store *st, struct preview_link *l, struct str token_sha256,
                  const struct actor *who, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_PREVIEW_ADD, &q, err, "siiiiei", token_sha256, l->item_id,
                    l->revision, l->made_at, who->person_id, who->name, l->expires_at));
    TRY(query_row(&q, err));
    l->id = query_int(&q);
    return RC_OK;
}

enum rc
store_preview_revoke(struct store *st, int64_t item_id, int64_t id, struct str by,
                     int64_t at, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_PREVIEW_REVOKE, &q, err, "ieii", at, by, id, item_id));
    return query_row(&q, err);
}

static void
read_link(struct query *q, struct arena *a, struct preview_link *out)
{
    *out = (struct preview_link){.id = query_int(q)};
    out->revision = query_int(q);
    out->made_at = query_int(q);
    out->made_by = query_str(q, a);
    out->expires_at = query_int(q);
    out->revoked_at = query_time(q);
    out->revoked_by = query_str(q, a);
    out->n_opened = query_int(q);
    out->item_id = query_int(q);
}

enum rc
store_preview_by_token(struct store *st, struct str token_sha256, struct arena *a,
                       struct preview_link *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_PREVIEW_BY_TOKEN, &q, err, "s", token_sha256));
    TRY(query_row(&q, err));
    read_link(&q, a, out);
    return RC_OK;
}

enum rc
store_preview_of_item(struct store *st, int64_t item_id, int limit, struct arena *a,
                      struct preview_link *out, int *n, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc;
    *n = 0;
    TRY(query_start(st, Q_PREVIEW_OF_ITEM, &q, err, "ii", item_id, (int64_t)limit));
    while ((rc = query_row(&q, err)) == RC_OK)
        read_link(&q, a, &out[(*n)++]);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
store_preview_opened(struct store *st, const struct preview_link *l, int64_t at,
                     struct str address, struct err *err)
{
    return query_do(st, Q_PREVIEW_OPENED, err, "iiie", l->id, l->item_id, at, address);
}

enum rc
store_preview_openings(struct store *st, int64_t item_id, int limit, struct arena *a,
                       struct preview_opening *out, int *n, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc;
    *n = 0;
    TRY(query_start(st, Q_PREVIEW_OPENINGS, &q, err, "ii", item_id, (int64_t)limit));
    while ((rc = query_row(&q, err)) == RC_OK) {
        struct preview_opening *o = &out[(*n)++];
        o->link_id = query_int(&q);
        o->at = query_int(&q);
        o->address = query_str(&q, a);
    }
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}
