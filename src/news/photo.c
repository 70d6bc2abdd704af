/* news/photo.c - the photo library. */
#include "news/photo.h"

#include "model/person.h"
#include "model/refusal.h"
#include "news/desk_in.h"
#include "store/audit.h"

#include "base/buf.h"
#include "base/utf8.h"

static enum rc
may(const struct desk *d, enum right right, bool is_own, struct err *err)
{
    struct right_facts facts = {.is_own = is_own};
    const struct person *p = d->actor->person;
    if (p == NULL || right_allows(p, right, &facts))
        return RC_OK;
    return err_set(err, RC_DENIED, "%.*s may not do this with photos",
                   STR_ARG(d->actor->name));
}

/* ---- reading ---- */

enum rc
news_photo(const struct desk *d, int64_t id, struct arena *a, struct library_photo *out,
           struct err *err)
{
    TRY(may(d, RIGHT_PHOTO_VIEW, false, err));
    return store_photo(d->st, id, a, out, err);
}

enum rc
news_photo_by_sha256(const struct desk *d, struct str sha256, struct arena *a,
                     struct library_photo *out, struct err *err)
{
    TRY(may(d, RIGHT_PHOTO_VIEW, false, err));
    return store_photo_by_sha256(d->st, sha256, a, out, err);
}

/* The approved text of an item is for the whole newsroom, another one for whoever may see
 * it in the list of items. */
static bool
may_see(const struct desk *d, const struct photo_use *u)
{
    struct desk_line line = {
        .author_id = u->author_id, .section_id = u->item.section_id, .state = u->state};
    return u->position > 0 || room_may_see(d, &line);
}

enum rc
news_photo_uses(const struct desk *d, int64_t id, int limit, struct arena *a,
                struct photo_uses *out, struct err *err)
{
    TRY(may(d, RIGHT_PHOTO_VIEW, false, err));
    TRY(store_photo_uses(d->st, id, limit, a, out, err));
    for (int i = 0; i < out->n; i++)
        if (!may_see(d, &out->all[i]))
            out->all[i].item = (struct item){0};
    return RC_OK;
}

/* ---- adding ---- */

static enum rc
add(const struct desk *d, const struct library_photo *p, int64_t *id, bool *is_known,
    struct arena *a, struct err *err)
{
    struct library_photo l;
    enum rc rc = store_photo_by_sha256(d->st, p->photo.sha256, a, &l, err);
    *is_known = rc == RC_OK;
    *id = l.id;
    if (rc != RC_NOT_FOUND)
        return rc;
    l = *p;
    l.added_at = d->now;
    l.person_id = d->actor->person_id;
    l.added_by = d->actor->name;
    l.withdrawn_at = TIME_NONE;
    TRY(store_photo_add(d->st, &l, id, err));
    return store_audit_add(d->st, d->now, d->actor, "photo add", p->photo.sha256,
                           p->file_name, err);
}

enum rc
news_photo_add(const struct desk *d, const struct library_photo *p, int64_t *id,
               bool *is_known, struct err *err)
{
    struct arena a AT_END(arena_done);
    arena_init(&a);
    TRY(may(d, RIGHT_PHOTO_ADD, true, err));
    TRY(photo_check(&p->photo, err));
    TRY(store_write_begin(d->st, err));
    enum rc rc = add(d, p, id, is_known, &a, err);
    if (rc == RC_OK)
        return store_write_commit(d->st, false, d->now, err);
    store_write_rollback(d->st);
    return rc;
}

/* ---- changing ---- */

enum rc
news_photo_may_edit(const struct desk *d, const struct library_photo *p, struct err *err)
{
    bool is_own = p->person_id != 0 && p->person_id == d->actor->person_id;
    bool is_settled = false;
    TRY(may(d, RIGHT_PHOTO_EDIT, is_own, err));
    if (may(d, RIGHT_PHOTO_EDIT, false, err) == RC_OK)
        return RC_OK;
    TRY(store_photo_is_settled(d->st, p->id, &is_settled, err));
    if (!is_settled)
        return RC_OK;
    return err_set(err, RC_DENIED, "%.*s may not change a photo of an approved text",
                   STR_ARG(d->actor->name));
}

static struct str
end_text(struct arena *a, int64_t t)
{
    return t == TIME_NONE ? STR("") : time_write(a, t, false);
}

/* What was and what is now, for the log. */
static struct str
tell_change(const struct photo *old, const struct photo *new, struct arena *a)
{
    struct buf b;
    buf_init(&b, a, (size_t)64 * 1024);
    const struct {
        const char *key;
        struct str old, new;
    } all[] = {
#define PHOTO_TEXT(member, key, column, most, inside) {key, old->member, new->member},
#include "model/photo.def"
#undef PHOTO_TEXT
        {"decorative", str_of(old->is_decorative ? "yes" : ""),
         str_of(new->is_decorative ? "yes" : "")},
        {"focal", old->focal, new->focal},
        {"expires_at", end_text(a, old->expires_at), end_text(a, new->expires_at)},
    };
    for (size_t i = 0; i < N_ELEMENTS(all); i++)
        if (!str_eq(all[i].old, all[i].new))
            buf_fmt(&b, "%s%s: \"%.*s\" > \"%.*s\"", b.n > 0 ? "; " : "", all[i].key,
                    STR_ARG(all[i].old), STR_ARG(all[i].new));
    return buf_str(&b);
}

/* The one that may be changed, as it is now. */
static enum rc
take(const struct desk *d, int64_t id, int64_t version, struct arena *a,
     struct library_photo *out, struct err *err)
{
    TRY(store_photo(d->st, id, a, out, err));
    TRY(news_photo_may_edit(d, out, err));
    if (out->version != version)
        return err_set(err, RC_CONFLICT, "the photo was changed meanwhile");
    return RC_OK;
}

static enum rc
change(const struct desk *d, const struct library_photo *old, const struct photo *texts,
       struct err *err)
{
    struct library_photo l = *old;
    l.photo = *texts;
    l.confirmed_at = d->now;
    enum rc rc = store_photo_set(d->st, &l, d->now, err);
    if (rc != RC_CONFLICT)
        return rc;
    err_field(
        err, "credit",
        "an item that is published shows this photo and has no other credit for it");
    return err_because(err, RC_INVALID, REFUSED_LAST_CREDIT, 0, 0);
}

/* Makes one of several, with its line in the log, inside the write transaction. */
static enum rc
change_one(const struct desk *d, const struct photo_change *c, struct err *err)
{
    struct arena a AT_END(arena_done);
    struct library_photo old;
    struct photo photo = c->photo;
    arena_init(&a);
    photo_drop_blank(&photo);
    TRY(photo_check(&photo, err));
    TRY(take(d, c->id, c->version, &a, &old, err));
    TRY(change(d, &old, &photo, err));
    return store_audit_add(d->st, d->now, d->actor, "photo change", old.photo.sha256,
                           tell_change(&old.photo, &photo, &a), err);
}

/* Something about this one, which its writer can do something about. */
static bool
is_refusal(enum rc rc)
{
    return rc == RC_INVALID || rc == RC_CONFLICT || rc == RC_DENIED || rc == RC_NOT_FOUND;
}

/* All are tried, so that each says what is wrong with it. */
static enum rc
change_all(const struct desk *d, struct photo_change *all, int n, struct err *err)
{
    int n_refused = 0;
    for (int i = 0; i < n; i++) {
        struct err why;
        enum rc rc = change_one(d, &all[i], &why);
        if (rc != RC_OK && !is_refusal(rc)) {
            *err = why;
            return rc;
        }
        n_refused += rc != RC_OK;
        all[i].refused = rc != RC_OK ? why : (struct err){.rc = RC_OK};
    }
    return n_refused == 0 ? RC_OK
                          : err_set(err, RC_CONFLICT, "%d of %d photos cannot be changed",
                                    n_refused, n);
}

enum rc
news_photos_change(const struct desk *d, struct photo_change *all, int n, struct err *err)
{
    TRY(store_write_begin(d->st, err));
    enum rc rc = change_all(d, all, n, err);
    if (rc == RC_OK)
        return store_write_commit(d->st, true, d->now, err);
    store_write_rollback(d->st);
    return rc;
}

enum rc
news_photo_change(const struct desk *d, int64_t id, int64_t version,
                  const struct photo *p, struct err *err)
{
    struct photo_change one = {.id = id, .version = version, .photo = *p};
    enum rc rc = news_photos_change(d, &one, 1, err);
    if (one.refused.rc == RC_OK)
        return rc;
    *err = one.refused;
    return one.refused.rc;
}

/* ---- withdrawing ---- */

static enum rc
check_reason(struct str reason, struct err *err)
{
    if (str_trim(reason).n == 0)
        return err_field(err, "reason", "the reason is missing");
    if (reason.n > DESK_REASON_MAX)
        return err_field(err, "reason", "%zu bytes long, at most %d are allowed",
                         reason.n, DESK_REASON_MAX);
    if (utf8_check(reason) < reason.n || utf8_find_control(reason) < reason.n)
        return err_field(err, "reason", "holds a character that no text may hold");
    return RC_OK;
}

/* Sets it to withdrawn at that time, or to not withdrawn. */
static enum rc
set_withdrawn(const struct desk *d, int64_t id, int64_t at, struct str reason,
              struct library_photo *p, struct arena *a, struct err *err)
{
    TRY(store_photo(d->st, id, a, p, err));
    if ((p->withdrawn_at == TIME_NONE) == (at == TIME_NONE))
        return err_set(err, RC_CONFLICT,
                       at == TIME_NONE ? "the photo is not withdrawn"
                                       : "the photo is withdrawn already");
    p->withdrawn_at = at;
    p->withdrawn_reason = reason;
    return store_photo_set_withdrawn(d->st, p, err);
}

enum rc
news_photo_withdraw(const struct desk *d, int64_t id, struct str reason, struct err *err)
{
    struct arena a AT_END(arena_done);
    struct library_photo p = {0};
    arena_init(&a);
    TRY(may(d, RIGHT_PHOTO_WITHDRAW, false, err));
    TRY(check_reason(reason, err));
    TRY(store_write_begin(d->st, err));
    enum rc rc = set_withdrawn(d, id, d->now, reason, &p, &a, err);
    return room_end(d, rc, "photo withdraw", p.photo.sha256, reason, true, err);
}

enum rc
news_photo_reinstate(const struct desk *d, int64_t id, struct err *err)
{
    struct arena a AT_END(arena_done);
    struct library_photo p = {0};
    arena_init(&a);
    TRY(may(d, RIGHT_PHOTO_WITHDRAW, false, err));
    TRY(store_write_begin(d->st, err));
    enum rc rc = set_withdrawn(d, id, TIME_NONE, (struct str){NULL, 0}, &p, &a, err);
    return room_end(d, rc, "photo reinstate", p.photo.sha256, STR(""), true, err);
}
