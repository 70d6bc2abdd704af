/* news/item.c - publishing and withdrawing single items. */
#include "news/item.h"

#include "news/desk.h"
#include "news/exchange.h"
#include "news/save.h"
#include "store/audit.h"
#include "store/desk.h"
#include "store/item.h"
#include "store/photo.h"
#include "store/revision.h"
#include "store/section.h"

/* Cuts "/ru/news/events/slug/" into its words. */
static enum rc
find_by_path(struct store *st, const struct site *site, const struct sections *sections,
             struct str path, int64_t *id)
{
    struct str words[8], rest = str_from(path, 1);
    int n = 0, lang = 0, at = 0;
    while (rest.p != NULL && n < 8) {
        struct str word = str_cut(&rest, '/');
        if (word.n > 0)
            words[n++] = word;
    }
    if (n > 0 && site_lang_find(site, words[0]) >= 0)
        lang = site_lang_find(site, words[at++]);
    if (n - at != 3 || !str_eq_z(words[at], "news"))
        return RC_NOT_FOUND;
    const struct section *s = sections_by_slug(sections, words[at + 1]);
    if (s == NULL)
        return RC_NOT_FOUND;
    return store_item_id_by_slug(st, site->langs[lang].code, s->id, words[at + 2], id,
                                 NULL);
}

enum rc
news_item_find(struct store *st, const struct site *site, const struct sections *sections,
               struct str name, int64_t *id, struct err *err)
{
    enum rc rc = store_item_id_by_public_id(st, name, id, err);
    if (rc == RC_NOT_FOUND && str_starts(name, STR("/")))
        rc = find_by_path(st, site, sections, name, id);
    if (rc == RC_NOT_FOUND)
        return err_set(err, RC_NOT_FOUND,
                       "there is no item \"%.*s\" (give its id, as "
                       "`byline item list` shows it, or its address)",
                       STR_ARG(name));
    return rc;
}

/* A text from before there was a library says everything itself: what the library took
 * over from such texts follows it. */
static enum rc
follow_since(struct store *st, const struct library_photo *l, struct photo *use,
             struct arena *a, struct err *err)
{
    struct library_photo before = {.withdrawn_at = TIME_NONE};
    if (l->added_at != 0)
        return RC_OK;
    bool has_no_caption = use->has_no_caption; /* which texts of that time never say */
    enum rc rc = store_photo_before(st, l->id, a, &before.photo, err);
    if (rc == RC_OK)
        photo_keep_own(use, &before);
    use->has_no_caption = has_no_caption;
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
news_item_look_up_photo(struct store *st, struct item *it, int i, struct arena *a,
                        struct err *err)
{
    struct photo *p = &it->photos[i];
    struct library_photo *l = arena_array(a, struct library_photo, 1);
    TRY(store_photo_by_sha256(st, p->sha256, a, l, err));
    p->ext = l->photo.ext;
    p->width_px = l->photo.width_px;
    p->height_px = l->photo.height_px;
    p->bytes = l->photo.bytes;
    p->rendition = l->photo.rendition;
    p->library = l;
    TRY(follow_since(st, l, p, a, err));
    photo_follow_credit(p, it->photo_credit);
    return RC_OK;
}

/* What the library knows of the photos whose digests a revision names. */
static enum rc
fill_photos(struct store *st, struct item *it, struct arena *a, struct err *err)
{
    for (int i = 0; i < it->n_photos; i++)
        TRY(news_item_look_up_photo(st, it, i, a, err));
    return RC_OK;
}

/* The section of a revision, by the slug it had then. */
static enum rc
find_section(struct store *st, const struct sections *sections, struct str slug,
             int64_t *id, struct err *err)
{
    const struct section *s = sections != NULL ? sections_by_slug(sections, slug) : NULL;
    if (s != NULL)
        *id = s->id;
    if (s != NULL || sections == NULL)
        return RC_OK;
    enum rc rc = store_section_by_alias(st, slug, id, err);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
news_item_of_revision(struct store *st, const struct sections *sections,
                      const struct item *row, struct str content, struct arena *a,
                      struct item *out, struct str *why, struct err *err)
{
    struct exchange x;
    TRY(exchange_read_revision(content, a, &x, why, err));
    x.item.id = row->id;
    x.item.section_id = row->section_id;
    x.item.has_source_id = row->has_source_id;
    x.item.group = row->group;
    x.item.withdrawn_at = row->withdrawn_at;
    x.item.withdrawn_reason = row->withdrawn_reason;
    *out = x.item;
    TRY(find_section(st, sections, x.section, &out->section_id, err));
    return fill_photos(st, out, a, err);
}

/* The text of the last revision in place of the one in *it. */
static enum rc
read_newest(struct store *st, struct item *it, struct arena *a, struct err *err)
{
    struct revision last;
    struct item row = *it;
    struct str why;
    TRY(store_revision_last(st, it->id, a, &last, err));
    return news_item_of_revision(st, NULL, &row, last.content, a, it, &why, err);
}

enum rc
news_item_read(struct store *st, int64_t id, struct arena *a, struct item *out,
               struct err *err)
{
    TRY(store_item_whole(st, id, a, out, err));
    if (out->state == STATE_APPROVED)
        return RC_OK;
    TRY(read_newest(st, out, a, err));
    for (int i = 0; i < out->n_photos; i++)
        photo_follow(&out->photos[i], out->photo_credit);
    return RC_OK;
}

static enum rc
read_newest_text(struct store *st, int64_t id, struct arena *a, struct item *out,
                 struct err *err)
{
    TRY(store_item_whole(st, id, a, out, err));
    return read_newest(st, out, a, err);
}

/* The text that publishing approves: the newest one, approved or not. */
static enum rc
set_published(const struct item_change *c, struct item *it, struct err *err)
{
    if (it->withdrawn_at != TIME_NONE)
        return err_set(err, RC_CONFLICT, "\"%.*s\" is withdrawn", STR_ARG(c->name));
    it->state = STATE_APPROVED;
    it->published_at = c->at;
    it->is_date_only = false;
    it->updated_at = TIME_NONE; /* news_save knows whether readers must be told */
    return RC_OK;
}

static enum rc
publish_in(struct store *st, const struct item_change *c, struct arena *a,
           struct err *err)
{
    struct sections sections;
    struct item it;
    enum save_result result;
    int64_t id = 0;
    TRY(store_section_all(st, c->site, a, &sections, err));
    TRY(news_item_find(st, c->site, &sections, c->name, &id, err));
    TRY(read_newest_text(st, id, a, &it, err));
    TRY(set_published(c, &it, err));
    struct save save = {.st = st,
                        .site = c->site,
                        .sections = &sections,
                        .now = c->now,
                        .by = c->by,
                        .why = c->reason,
                        .is_step = true,
                        .is_approval = true};
    TRY(news_save(&save, &it, &result, err));
    struct actor who = {.name = c->by, .origin = STR("command line")};
    return store_audit_add(st, c->now, &who, "publish", it.public_id, c->reason, err);
}

enum rc
news_item_publish(struct store *st, const struct item_change *c, struct err *err)
{
    struct arena a AT_END(arena_done);
    arena_init(&a);
    TRY(store_write_begin(st, err));
    enum rc rc = publish_in(st, c, &a, err);
    if (rc == RC_OK)
        return store_write_commit(st, true, c->now, err);
    store_write_rollback(st);
    return rc;
}

enum rc
news_item_withdraw(struct store *st, const struct item_change *c, struct err *err)
{
    struct shortcomings none;
    struct actor who = {.name = c->by, .origin = STR("command line")};
    struct desk d = {st, c->site, &who, c->now};
    struct desk_order o = {
        .name = c->name, .step = STEP_WITHDRAW, .reason = c->reason, .at = c->at};
    return news_desk_step(&d, &o, &none, err);
}
