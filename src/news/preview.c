/* news/preview.c - addresses at which people outside see what is not out yet. */
#include "news/desk_in.h"
#include "news/together.h"
#include "store/item.h"
#include "store/together.h"

#include "base/hash.h"

static enum rc
check_time(const struct desk *d, int64_t expires_at, struct err *err)
{
    if (expires_at <= d->now)
        return err_field(err, "expires", "it would be over at once");
    if (expires_at > d->now + PREVIEW_MOST_S)
        return err_field(err, "expires", "at most %d days",
                         (int)(PREVIEW_MOST_S / TIME_DAY_S));
    return RC_OK;
}

static enum rc
make_in(struct room *r, const struct desk *d, struct preview_link *l, struct str token,
        struct err *err)
{
    TRY(room_enter(r, d, l->item_id, RIGHT_ITEM_EDIT, r->a, err));
    if (l->revision < 0 || l->revision > r->last.number)
        return err_field(err, "revision", "there is no version %lld",
                         (long long)l->revision);
    return store_preview_add(d->st, l, hash_sha256(r->a, token), d->actor, err);
}

enum rc
news_preview_make(const struct desk *d, int64_t item_id, int64_t revision,
                  int64_t expires_at, struct arena *a, struct str *token, struct err *err)
{
    struct room r = {.a = a};
    struct preview_link l = {.item_id = item_id,
                             .revision = revision,
                             .made_at = d->now,
                             .expires_at = expires_at};
    *token = hash_random_hex(a);
    TRY(check_time(d, expires_at, err));
    TRY(store_write_begin(d->st, err));
    enum rc rc = make_in(&r, d, &l, *token, err);
    return room_end(d, rc, "preview link", r.row.public_id,
                    str_fmt(a, "link %lld", (long long)l.id), false, err);
}

enum rc
news_preview_revoke(const struct desk *d, int64_t item_id, int64_t id, struct err *err)
{
    struct arena a AT_END(arena_done);
    struct room r = {0};
    arena_init(&a);
    TRY(store_write_begin(d->st, err));
    enum rc rc = room_enter(&r, d, item_id, RIGHT_ITEM_EDIT, &a, err);
    if (rc == RC_OK)
        rc = store_preview_revoke(d->st, item_id, id, d->actor->name, d->now, err);
    return room_end(d, rc, "revoke preview link", r.row.public_id,
                    str_fmt(&a, "link %lld", (long long)id), false, err);
}

static enum rc
list_in(const struct desk *d, int64_t item_id, struct arena *a, struct preview_list *out,
        struct err *err)
{
    struct room r;
    TRY(room_enter(&r, d, item_id, RIGHT_ITEM_EDIT, a, err));
    TRY(store_preview_of_item(d->st, item_id, PREVIEW_LINKS_MAX, a, out->links,
                              &out->n_links, err));
    return store_preview_openings(d->st, item_id, PREVIEW_OPENINGS_MAX, a, out->openings,
                                  &out->n_openings, err);
}

enum rc
news_preview_list(const struct desk *d, int64_t item_id, struct arena *a,
                  struct preview_list *out, struct err *err)
{
    out->n_links = out->n_openings = 0;
    TRY(store_read_begin(d->st, err));
    enum rc rc = list_in(d, item_id, a, out, err);
    store_read_end(d->st);
    return rc;
}

/* ---- looking ---- */

static enum rc
find(const struct desk *d, struct str token, struct arena *a, struct preview_link *l,
     struct err *err)
{
    TRY(store_preview_by_token(d->st, hash_sha256(a, token), a, l, err));
    if (l->revoked_at != TIME_NONE || l->expires_at <= d->now)
        return err_set(err, RC_CONFLICT, "link %lld is over", (long long)l->id);
    return RC_OK;
}

/* The link as it is when the lock is had, and that it is looked at. */
static enum rc
note_in(const struct desk *d, struct str token, struct arena *a, struct room *r,
        struct preview_link *l, struct err *err)
{
    TRY(find(d, token, a, l, err));
    TRY(store_item_whole(d->st, l->item_id, a, &r->row, err));
    return store_preview_opened(d->st, l, d->now, d->actor->origin, err);
}

static enum rc
note(const struct desk *d, struct str token, struct arena *a, struct err *err)
{
    struct room r = {.a = a};
    struct preview_link l = {0};
    TRY(store_write_begin(d->st, err));
    enum rc rc = note_in(d, token, a, &r, &l, err);
    return room_end(d, rc, "open preview", r.row.public_id,
                    str_fmt(a, "link %lld", (long long)l.id), false, err);
}

static enum rc
look_in(const struct desk *d, const struct preview_link *l, struct arena *a,
        struct desk_item *out, struct err *err)
{
    struct room r;
    struct revision rev;
    TRY(room_open(&r, d, a, err));
    TRY(room_load(&r, l->item_id, err));
    *out = r.now;
    if (l->revision == 0 || l->revision == r.last.number)
        return RC_OK;
    TRY(store_revision_at(d->st, l->item_id, l->revision, a, &rev, err));
    return room_at(&r, &rev, out, err);
}

enum rc
news_preview_open(const struct desk *d, struct str token, bool is_counted,
                  struct arena *a, struct desk_item *out, struct err *err)
{
    struct preview_link l;
    TRY(find(d, token, a, &l, err));
    if (is_counted)
        TRY(note(d, token, a, err));
    TRY(store_read_begin(d->st, err));
    enum rc rc = look_in(d, &l, a, out, err);
    store_read_end(d->st);
    return rc;
}
