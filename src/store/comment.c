/* store/comment.c - what the newsroom says to each other about an item. */
#include "store/query.h"
#include "store/together.h"

enum rc
store_comment_add(struct store *st, int64_t item_id, const struct actor *who,
                  const struct comment *c, struct err *err)
{
    return query_do(st, Q_COMMENT_ADD, err, "iiiies", item_id, c->revision, c->at,
                    who->person_id, who->name, c->text);
}

enum rc
store_comment_resolve(struct store *st, int64_t item_id, int64_t id, struct str by,
                      int64_t at, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_COMMENT_RESOLVE, &q, err, "ieii", at, by, id, item_id));
    return query_row(&q, err);
}

enum rc
store_comment_of_item(struct store *st, int64_t item_id, int64_t before, int limit,
                      struct arena *a, struct comment *out, int *n, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc;
    *n = 0;
    TRY(query_start(st, Q_COMMENT_OF_ITEM, &q, err, "iii", item_id, before,
                    (int64_t)limit));
    while ((rc = query_row(&q, err)) == RC_OK) {
        struct comment *c = &out[(*n)++];
        *c = (struct comment){.id = query_int(&q)};
        c->revision = query_int(&q);
        c->at = query_int(&q);
        c->author = query_str(&q, a);
        c->text = query_str(&q, a);
        c->resolved_at = query_time(&q);
        c->resolved_by = query_str(&q, a);
    }
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
store_comment_count_open(struct store *st, int64_t item_id, int64_t *n, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_COMMENT_COUNT_OPEN, &q, err, "i", item_id));
    TRY(query_row(&q, err));
    *n = query_int(&q);
    return RC_OK;
}
