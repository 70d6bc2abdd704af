/* news/comment.c - what the newsroom says to each other about an item. */
#include "news/desk_in.h"
#include "news/together.h"
#include "store/together.h"

#include "base/utf8.h"

static enum rc
check(struct str text, struct err *err)
{
    if (str_trim(text).n == 0)
        return err_field(err, "text", "a comment says something");
    if (text.n > COMMENT_MAX)
        return err_field(err, "text", "%zu bytes, at most %d", text.n, COMMENT_MAX);
    if (utf8_check(text) < text.n || utf8_find_control(text) < text.n)
        return err_field(err, "text", "control characters, or no UTF-8");
    return RC_OK;
}

enum rc
news_comment_add(const struct desk *d, int64_t item_id, struct str text, struct err *err)
{
    struct arena a AT_END(arena_done);
    struct room r = {0};
    arena_init(&a);
    TRY(check(text, err));
    TRY(store_write_begin(d->st, err));
    enum rc rc = room_enter(&r, d, item_id, RIGHT_ITEM_VIEW, &a, err);
    struct comment c = {.revision = r.last.number, .at = d->now, .text = str_trim(text)};
    if (rc == RC_OK)
        rc = store_comment_add(d->st, item_id, d->actor, &c, err);
    return room_end(d, rc, "comment", r.row.public_id,
                    str_fmt(&a, "on version %lld", (long long)c.revision), false, err);
}

enum rc
news_comment_resolve(const struct desk *d, int64_t item_id, int64_t id, struct err *err)
{
    struct arena a AT_END(arena_done);
    struct room r = {0};
    arena_init(&a);
    TRY(store_write_begin(d->st, err));
    enum rc rc = room_enter(&r, d, item_id, RIGHT_ITEM_EDIT, &a, err);
    if (rc == RC_OK)
        rc = store_comment_resolve(d->st, item_id, id, d->actor->name, d->now, err);
    return room_end(d, rc, "resolve comment", r.row.public_id,
                    str_fmt(&a, "comment %lld", (long long)id), false, err);
}

enum rc
news_comment_list(const struct desk *d, int64_t item_id, int64_t before, int limit,
                  struct arena *a, struct comment *out, int *n, struct err *err)
{
    struct room r;
    *n = 0;
    TRY(store_read_begin(d->st, err));
    enum rc rc = room_enter(&r, d, item_id, RIGHT_ITEM_VIEW, a, err);
    if (rc == RC_OK)
        rc = store_comment_of_item(d->st, item_id, before, limit, a, out, n, err);
    store_read_end(d->st);
    return rc;
}
