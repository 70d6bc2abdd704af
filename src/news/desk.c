/* news/desk.c - reading and saving what is on the desk. */
#include "news/desk.h"

#include "news/desk_in.h"
#include "news/exchange.h"
#include "news/item.h"
#include "news/translation_in.h"
#include "store/answer.h"
#include "store/audit.h"
#include "store/desk.h"
#include "store/item.h"
#include "store/photo.h"
#include "store/section.h"
#include "store/together.h"

/* ---- one item ---- */

enum rc
room_open(struct room *r, const struct desk *d, struct arena *a, struct err *err)
{
    *r = (struct room){.d = d, .a = a};
    return store_section_all(d->st, d->site, a, &r->sections, err);
}

static struct str
section_slug(const struct room *r, int64_t id)
{
    const struct section *s = sections_by_id(&r->sections, id);
    return s != NULL ? s->slug : STR("");
}

enum rc
room_at(const struct room *r, const struct revision *rev, struct desk_item *out,
        struct err *err)
{
    TRY(news_item_of_revision(r->d->st, &r->sections, &r->row, rev->content, r->a,
                              &out->item, &out->why, err));
    out->section = section_slug(r, out->item.section_id);
    out->state =
        rev->is_sent_back
            ? DESK_SENT_BACK
            : (enum desk_state)desk_state_read(str_of(item_state_word(rev->state)));
    out->version = rev->number;
    out->is_minor = rev->is_minor;
    out->saved_by = rev->saved_by;
    return RC_OK;
}

/* Who made it, and whether it was given up: only the list knows. */
static enum rc
add_line(struct room *r, struct err *err)
{
    struct desk_line line;
    enum rc rc = store_desk_of_item(r->d->st, r->row.id, r->a, &line, err);
    if (rc != RC_OK)
        return rc == RC_NOT_FOUND ? RC_OK : rc;
    r->now.author_id = line.author_id;
    r->now.author = line.author;
    r->now.is_stale = line.stale_since != TIME_NONE;
    if (line.source_id != 0)
        TRY(translation_is_untouched(r->d->st, &line, &r->now.item, r->a,
                                     &r->now.is_untouched, err));
    if (line.state == DESK_DISCARDED) {
        r->now.state = DESK_DISCARDED;
        r->now.discarded_at = line.changed_at;
    }
    return RC_OK;
}

enum rc
room_load(struct room *r, int64_t id, struct err *err)
{
    TRY(store_item_whole(r->d->st, id, r->a, &r->row, err));
    TRY(store_revision_last(r->d->st, id, r->a, &r->last, err));
    TRY(room_at(r, &r->last, &r->now, err));
    TRY(store_revision_approved(r->d->st, id, &r->now.approved, err));
    return add_line(r, err);
}

enum rc
room_find(struct room *r, struct str name, struct err *err)
{
    int64_t id = 0;
    TRY(news_item_find(r->d->st, r->d->site, &r->sections, name, &id, err));
    return room_load(r, id, err);
}

enum rc
room_may(const struct room *r, enum right right, int64_t section_id, struct err *err)
{
    const struct actor *who = r->d->actor;
    struct right_facts facts = {.is_own =
                                    r->row.id == 0 || r->now.author_id == who->person_id,
                                .section_id = section_id,
                                .state = r->row.id == 0 ? STATE_DRAFT : r->last.state};
    if (who->person == NULL || right_allows(who->person, right, &facts))
        return RC_OK;
    return err_set(err, RC_DENIED, "%.*s may not do this", STR_ARG(who->name));
}

enum rc
room_enter(struct room *r, const struct desk *d, int64_t id, enum right right,
           struct arena *a, struct err *err)
{
    TRY(room_open(r, d, a, err));
    TRY(room_load(r, id, err));
    return room_may(r, right, r->now.item.section_id, err);
}

struct save
room_save(const struct room *r, struct str why)
{
    return (struct save){.st = r->d->st,
                         .site = r->d->site,
                         .sections = &r->sections,
                         .now = r->d->now,
                         .by = r->d->actor->name,
                         .person_id = r->d->actor->person_id,
                         .based_on = r->last.number,
                         .is_minor = r->last.is_minor,
                         .why = why};
}

enum rc
room_end(const struct desk *d, enum rc rc, const char *action, struct str item,
         struct str detail, bool is_public, struct err *err)
{
    if (rc == RC_OK)
        rc = store_audit_add(d->st, d->now, d->actor, action, item, detail, err);
    if (rc == RC_OK)
        return store_write_commit(d->st, is_public, d->now, err);
    store_write_rollback(d->st);
    return rc;
}

/* Would readers be told? By the same facts as when it is approved (news/save.c). */
static enum rc
add_update(struct room *r, int64_t approved, struct err *err)
{
    if (r->d->now < r->now.visible_from || r->d->now >= r->now.visible_until ||
        !translation_text_differs(&r->row, &r->now.item))
        return RC_OK;
    return store_revision_has_major(r->d->st, r->row.id, approved, &r->now.is_update,
                                    err);
}

/* What the actor may do to the item as it is. */
static enum rc
add_rights(struct room *r, struct err *err)
{
    struct err ignored;
    struct revision approval = {.item_id = r->row.id,
                                .person_id = r->d->actor->person_id,
                                .saved_by = r->d->actor->name};
    struct revision_add add = {.section_id = r->now.item.section_id};
    r->now.may_edit =
        r->now.state != DESK_DISCARDED &&
        room_may(r, RIGHT_ITEM_EDIT, r->now.item.section_id, &ignored) == RC_OK;
    r->now.steps = room_steps(r);
    TRY(store_revision_last_approval(r->d->st, r->row.id, &add.approved, err));
    TRY(add_update(r, add.approved, err));
    return store_revision_other_eyes(r->d->st, &approval, &add, &r->now.needs_other_eyes,
                                     err);
}

enum rc
room_answer(struct room *r, struct answer *w, struct err *err)
{
    struct revision last;
    struct desk_line line;
    int n = 0;
    if (w == NULL)
        return RC_OK;
    TRY(store_revision_before(r->d->st, r->row.id, INT64_MAX, 1, r->a, &last, &n, err));
    TRY(store_desk_of_item(r->d->st, r->row.id, r->a, &line, err));
    struct answer kept = {w->key, w->digest, r->row.public_id, last.number, line.state};
    w->version = kept.version;
    w->state = kept.state;
    if (w->key.p == NULL)
        return RC_OK;
    TRY(store_answer_drop_old(r->d->st, r->d->now - ANSWER_KEPT_S, err));
    return store_answer_add(r->d->st, r->d->actor->person_id, &kept, r->d->now, err);
}

static enum rc
read_in(const struct desk *d, struct str name, struct arena *a, struct room *r,
        struct err *err)
{
    TRY(room_open(r, d, a, err));
    TRY(room_find(r, name, err));
    TRY(room_may(r, RIGHT_ITEM_VIEW, r->now.item.section_id, err));
    r->now.visible_from = item_visible_from(&r->row);
    r->now.visible_until = item_visible_until(&r->row);
    TRY(store_comment_count_open(r->d->st, r->row.id, &r->now.n_comments, err));
    return add_rights(r, err);
}

enum rc
news_desk_name(const struct desk *d, int64_t id, struct arena *a, struct str *out,
               struct err *err)
{
    return store_item_public_id(d->st, id, a, out, err);
}

enum rc
news_desk_read(const struct desk *d, struct str name, struct arena *a,
               struct desk_item *out, struct err *err)
{
    struct room r;
    TRY(store_read_begin(d->st, err));
    enum rc rc = read_in(d, name, a, &r, err);
    store_read_end(d->st);
    *out = r.now;
    return rc;
}

/* ---- saving ---- */

/* Photo files are placed elsewhere; here they are only named. */
static enum rc
find_photos(const struct desk *d, struct item *it, struct arena *a, struct err *err)
{
    for (int i = 0; i < it->n_photos; i++) {
        enum rc rc = it->photos[i].sha256.p == NULL
                         ? RC_NOT_FOUND
                         : news_item_look_up_photo(d->st, it, i, a, err);
        if (rc == RC_NOT_FOUND)
            return err_field(err, "photos",
                             "photo %d is not in the library by its sha256: it must be "
                             "uploaded first",
                             i + 1);
        TRY(rc);
    }
    return RC_OK;
}

enum rc
news_desk_parse(const struct desk *d, struct str json, const struct item *old,
                struct arena *a, struct exchange *out, struct err *err)
{
    struct sections sections;
    TRY(exchange_read_draft(json, a, out, err));
    if (old == NULL && out->item.withdrawn_at != TIME_NONE)
        return err_field(err, "withdrawn", "nothing is withdrawn before it was out");
    TRY(find_photos(d, &out->item, a, err));
    TRY(store_section_all(d->st, d->site, a, &sections, err));
    const struct section *s = sections_by_slug(&sections, out->section);
    out->item.section_id = s != NULL ? s->id : 0;
    out->item.id = old != NULL ? old->id : 0;
    return RC_OK;
}

/* What is of the item and not of the text that somebody wrote. */
static void
keep(const struct room *r, struct item *it)
{
    const struct item *now = &r->now.item;
    it->state = r->last.state == STATE_REVIEW ? STATE_REVIEW : STATE_DRAFT;
    it->public_id = now->public_id;
    it->has_source_id = now->has_source_id;
    it->group = now->group;
    it->updated_at = now->updated_at;
    it->withdrawn_at = now->withdrawn_at;
    it->withdrawn_reason = now->withdrawn_reason;
    it->old_urls = now->old_urls;
    it->n_old_urls = now->n_old_urls;
    if (it->slug.n == 0)
        it->slug = now->slug;
}

static bool
is_same(const struct room *r, const struct item *it)
{
    struct item_field one[MERGE_FIELDS], two[MERGE_FIELDS];
    news_item_fields(it, section_slug(r, it->section_id), r->a, one);
    news_item_fields(&r->now.item, r->now.section, r->a, two);
    for (int i = 0; i < MERGE_FIELDS; i++)
        if (!str_eq(one[i].text, two[i].text))
            return false;
    return true;
}

static enum rc
conflict(const struct room *r, const struct desk_save *s, const struct item *mine,
         struct merge *m, struct err *err)
{
    struct revision base;
    struct str why;
    TRY(store_revision_at(r->d->st, r->row.id, s->based_on, r->a, &base, err));
    *m = (struct merge){.mine = *mine,
                        .theirs = r->now.item,
                        .my_name = str_z(r->a, r->d->actor->name),
                        .their_name = str_z(r->a, r->last.saved_by)};
    TRY(news_item_of_revision(r->d->st, &r->sections, &r->row, base.content, r->a,
                              &m->base, &why, err));
    m->base_section = section_slug(r, m->base.section_id);
    m->my_section = section_slug(r, mine->section_id);
    m->their_section = r->now.section;
    TRY(news_merge(m, r->a, err));
    return err_set(err, RC_CONFLICT, "%.*s saved version %lld meanwhile",
                   STR_ARG(r->last.saved_by), (long long)r->last.number);
}

static enum rc
check_old(const struct room *r, const struct desk_save *s, struct item *it,
          struct desk_saved *out, struct merge *m, struct err *err)
{
    TRY(room_may(r, RIGHT_ITEM_EDIT, r->now.item.section_id, err));
    if (it->group.n > 0 && !str_eq(it->group, r->row.group))
        return err_field(err, "group", "translations are linked by themselves");
    if (r->now.state == DESK_DISCARDED)
        return err_set(err, RC_CONFLICT, "\"%.*s\" is discarded",
                       STR_ARG(r->row.public_id));
    keep(r, it);
    if (s->based_on == r->last.number)
        return RC_OK;
    out->version = r->last.number;
    return conflict(r, s, it, m, err);
}

/* An id that came with a new item is nobody else's. */
static enum rc
check_id(const struct room *r, const struct item *it, struct err *err)
{
    int64_t taken = 0;
    if (it->id != 0 || it->public_id.n == 0)
        return RC_OK;
    enum rc rc = store_item_id_by_public_id(r->d->st, it->public_id, &taken, err);
    if (rc == RC_OK)
        return err_set(err, RC_CONFLICT, "there is an item with the id \"%.*s\" already",
                       STR_ARG(it->public_id));
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
save_in(struct room *r, const struct desk_save *s, struct item *it,
        struct desk_saved *out, struct merge *m, struct err *err)
{
    enum save_result result = SAVE_UNCHANGED;
    if (sections_by_id(&r->sections, it->section_id) == NULL)
        return err_field(err, "section", "there is no such section");
    if (site_lang_find(r->d->site, it->lang) < 0)
        return err_field(err, "lang", "\"%.*s\" is no language of the site",
                         STR_ARG(it->lang));
    TRY(check_id(r, it, err));
    if (it->id != 0) {
        TRY(room_load(r, it->id, err));
        TRY(check_old(r, s, it, out, m, err));
    }
    TRY(room_may(r, it->id != 0 ? RIGHT_ITEM_EDIT : RIGHT_ITEM_CREATE, it->section_id,
                 err));
    struct save save = room_save(r, s->why);
    save.is_minor = s->is_minor;
    TRY(news_save_free_slug(&save, it, r->a, err));
    TRY(news_save_keep_own(&save, it, r->a, err));
    out->is_changed = it->id == 0 || !is_same(r, it);
    if (out->is_changed)
        TRY(news_save(&save, it, &result, err));
    out->is_changed = result != SAVE_UNCHANGED;
    TRY(room_load(r, it->id, err));
    *out = (struct desk_saved){it->id, r->last.number, r->row.public_id, out->is_changed};
    if (s->draft.n == 0)
        return RC_OK;
    return store_working_close(r->d->st, r->d->actor->person_id, s->draft, r->d->now,
                               err);
}

/* The step that goes with a save, which the log tells of for itself. */
static enum rc
then_step(struct room *r, const struct desk_save *s, struct desk_saved *out,
          struct err *err)
{
    if (s->then == NULL)
        return RC_OK;
    TRY(room_step(r, s->then, s->shortcomings, err));
    TRY(room_load(r, r->row.id, err));
    out->version = r->last.number;
    out->is_changed = true;
    return store_audit_add(r->d->st, r->d->now, r->d->actor,
                           desk_step_word(s->then->step), r->row.public_id,
                           s->then->reason, err);
}

static enum rc
whole_save(struct room *r, const struct desk_save *s, struct arena *a,
           struct desk_saved *out, struct merge *m, struct err *err)
{
    struct item it = *s->item;
    if (it.id == 0)
        it.state = STATE_DRAFT;
    TRY(room_open(r, r->d, a, err));
    TRY(save_in(r, s, &it, out, m, err));
    TRY(then_step(r, s, out, err));
    return room_answer(r, s->answer, err);
}

enum rc
news_desk_save(const struct desk *d, const struct desk_save *s, struct arena *a,
               struct desk_saved *out, struct merge *m, struct err *err)
{
    struct room r = {.d = d};
    *out = (struct desk_saved){0};
    TRY(store_write_begin(d->st, err));
    enum rc rc = whole_save(&r, s, a, out, m, err);
    if (rc == RC_OK && !out->is_changed)
        return store_write_commit(d->st, false, d->now, err);
    return room_end(d, rc, "save", out->public_id,
                    str_fmt(a, "version %lld", (long long)out->version), s->then != NULL,
                    err);
}

enum rc
news_desk_copy(const struct desk *d, struct str name, struct arena *a,
               struct desk_saved *out, struct err *err)
{
    struct desk_item from;
    struct merge unused;
    TRY(news_desk_read(d, name, a, &from, err));
    struct item it = from.item;
    it.id = it.n_old_urls = 0;
    it.has_source_id = it.is_date_only = false;
    it.public_id = it.slug = it.group = it.withdrawn_reason = (struct str){NULL, 0};
    it.published_at = it.updated_at = it.embargo_until = it.expires_at = it.pinned_until =
        it.withdrawn_at = TIME_NONE;
    struct desk_save s = {.item = &it, .why = STR("copy")};
    return news_desk_save(d, &s, a, out, &unused, err);
}

/* ---- history ---- */

/* What only the content of a revision tells; its texts are not kept. */
static enum rc
tell(const struct room *r, const struct revision *rev, struct desk_past *out,
     struct err *err)
{
    struct arena work AT_END(arena_done);
    struct revision whole;
    struct exchange x;
    struct str why;
    arena_init(&work);
    TRY(store_revision_at(r->d->st, r->row.id, rev->number, &work, &whole, err));
    TRY(exchange_read_revision(whole.content, &work, &x, &why, err));
    *out =
        (struct desk_past){*rev, str_copy(r->a, why), x.item.withdrawn_at != TIME_NONE};
    return RC_OK;
}

static enum rc
history_in(const struct room *r, int64_t before, int limit, struct desk_past *out, int *n,
           struct err *err)
{
    struct revision *revs = arena_array(r->a, struct revision, limit);
    TRY(store_revision_before(r->d->st, r->row.id, before, limit, r->a, revs, n, err));
    for (int i = 0; i < *n; i++)
        TRY(tell(r, &revs[i], &out[i], err));
    return RC_OK;
}

enum rc
news_desk_history(const struct desk *d, struct str name, int64_t before, int limit,
                  struct arena *a, struct desk_past *out, int *n, struct err *err)
{
    struct room r;
    TRY(store_read_begin(d->st, err));
    enum rc rc = read_in(d, name, a, &r, err);
    if (rc == RC_OK)
        rc = history_in(&r, before, limit, out, n, err);
    store_read_end(d->st);
    return rc;
}

enum rc
news_desk_revision(const struct desk *d, struct str name, int64_t number, struct arena *a,
                   struct desk_item *out, struct err *err)
{
    struct room r;
    struct revision rev;
    TRY(store_read_begin(d->st, err));
    enum rc rc = read_in(d, name, a, &r, err);
    if (rc == RC_OK)
        rc = store_revision_at(d->st, r.row.id, number, a, &rev, err);
    *out = (struct desk_item){0};
    if (rc == RC_OK)
        rc = room_at(&r, &rev, out, err);
    store_read_end(d->st);
    return rc;
}

enum rc
news_desk_diff(const struct desk *d, struct str name, int64_t old, int64_t new,
               struct arena *a, struct desk_diff *out, struct err *err)
{
    struct desk_item x, y;
    struct item_field before[MERGE_FIELDS], after[MERGE_FIELDS];
    out->n = 0;
    TRY(news_desk_revision(d, name, old, a, &x, err));
    TRY(news_desk_revision(d, name, new, a, &y, err));
    news_item_fields(&x.item, x.section, a, before);
    news_item_fields(&y.item, y.section, a, after);
    for (int i = 0; i < MERGE_FIELDS; i++) {
        if (str_eq(before[i].text, after[i].text))
            continue;
        out->fields[out->n].name = before[i].name;
        TRY(news_diff(before[i].text, after[i].text, a, &out->fields[out->n++].diff,
                      err));
    }
    return RC_OK;
}

enum rc
news_desk_restore(const struct desk *d, struct str name, int64_t number, int64_t version,
                  struct err *err)
{
    struct arena a AT_END(arena_done);
    struct desk_item then;
    struct desk_saved saved;
    struct merge m;
    arena_init(&a);
    TRY(news_desk_revision(d, name, number, &a, &then, err));
    struct desk_save s = {.item = &then.item,
                          .based_on = version,
                          .is_minor = then.is_minor,
                          .why = str_fmt(&a, "as in version %lld", (long long)number)};
    return news_desk_save(d, &s, &a, &saved, &m, err);
}
