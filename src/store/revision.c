/* store/revision.c - the history of items. */
#include "store/revision.h"

#include "store/query.h"

#include "base/hash.h"

static void
read_revision(struct query *q, struct arena *a, struct revision *r)
{
    r->number = query_int(q);
    int state = item_state_read(query_str(q, a));
    r->state = state >= 0 ? (enum item_state)state : STATE_DRAFT;
    r->saved_at = query_int(q);
    r->saved_by = query_str(q, a);
    r->content = query_str(q, a);
    r->sha256 = query_str(q, a);
}

enum rc
store_revision_last(struct store *st, int64_t item_id, struct arena *a,
                    struct revision *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_REVISION_LAST, &q, err, "i", item_id));
    TRY(query_row(&q, err));
    *out = (struct revision){.item_id = item_id};
    read_revision(&q, a, out);
    return RC_OK;
}

enum rc
store_revision_add(struct store *st, const struct revision *r, struct str previous_sha256,
                   struct err *err)
{
    return query_do(st, Q_REVISION_ADD, err, "iisissse", r->item_id, r->number,
                    str_of(item_state_word(r->state)), r->saved_at, r->saved_by,
                    r->content, r->sha256, previous_sha256);
}

enum rc
store_revision_check(struct store *st, int64_t item_id, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    struct arena a AT_END(arena_done);
    struct str before = STR("");
    enum rc rc;
    arena_init(&a);
    TRY(query_start(st, Q_REVISION_ALL, &q, err, "i", item_id));
    while ((rc = query_row(&q, err)) == RC_OK) {
        struct revision r = {.item_id = item_id};
        read_revision(&q, &a, &r);
        struct str previous = query_str(&q, &a);
        if (!str_eq(hash_sha256(&a, r.content), r.sha256) || !str_eq(previous, before))
            return err_set(err, RC_FAILED,
                           "item %lld: revision %lld does not match its "
                           "digest",
                           (long long)item_id, (long long)r.number);
        before = r.sha256;
    }
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}
