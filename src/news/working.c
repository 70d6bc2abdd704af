/* news/working.c - what is typed and not saved. */
#include "news/desk_in.h"
#include "news/together.h"
#include "store/item.h"
#include "store/together.h"

#include "base/hash.h"

enum { DRAFT_DIGITS = 32 };

struct str
news_draft_word(struct arena *a)
{
    return str_sub(hash_random_hex(a), 0, DRAFT_DIGITS);
}

bool
news_draft_is_word(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
            return false;
    return s.n == DRAFT_DIGITS;
}

/* May the actor write there at all? */
static enum rc
may_write(const struct desk *d, int64_t item_id, struct arena *a, struct err *err)
{
    const struct person *p = d->actor->person;
    struct room r;
    if (p == NULL || (item_id == 0 && !right_is_possible(p, RIGHT_ITEM_CREATE)))
        return err_set(err, RC_DENIED, "%.*s may not do this", STR_ARG(d->actor->name));
    return item_id == 0 ? RC_OK : room_enter(&r, d, item_id, RIGHT_ITEM_EDIT, a, err);
}

enum rc
news_working_keep(const struct desk *d, const struct working *w, bool *is_kept,
                  struct err *err)
{
    struct arena a AT_END(arena_done);
    arena_init(&a);
    *is_kept = false;
    if (!news_draft_is_word(w->draft))
        return err_field(err, "draft", "no word of a form");
    TRY(store_write_begin(d->st, err));
    enum rc rc = may_write(d, w->item_id, &a, err);
    if (rc == RC_OK)
        rc = store_working_keep(d->st, d->actor->person_id, w, is_kept, err);
    if (rc == RC_OK)
        return store_write_commit(d->st, false, d->now, err);
    store_write_rollback(d->st);
    return rc;
}

enum rc
news_working_read(const struct desk *d, struct str draft, struct arena *a,
                  struct working *out, struct err *err)
{
    return store_working_at(d->st, d->actor->person_id, draft, a, out, err);
}

static enum rc
drop_in(const struct desk *d, struct str draft, struct arena *a, struct str *item,
        struct err *err)
{
    struct working w;
    struct item row = {.public_id = {NULL, 0}};
    TRY(store_working_at(d->st, d->actor->person_id, draft, a, &w, err));
    if (w.item_id != 0)
        TRY(store_item_whole(d->st, w.item_id, a, &row, err));
    *item = row.public_id;
    return store_working_close(d->st, d->actor->person_id, draft, d->now, err);
}

enum rc
news_working_drop(const struct desk *d, struct str draft, struct err *err)
{
    struct arena a AT_END(arena_done);
    struct str item = {NULL, 0};
    arena_init(&a);
    TRY(store_write_begin(d->st, err));
    enum rc rc = drop_in(d, draft, &a, &item, err);
    return room_end(d, rc, "throw away", item, STR("a text that was not saved"), false,
                    err);
}

enum rc
news_working_list(const struct desk *d, int64_t item_id, int limit, struct arena *a,
                  struct working *out, int *n, struct err *err)
{
    return store_working_list(d->st, d->actor->person_id, item_id, limit, a, out, n, err);
}
