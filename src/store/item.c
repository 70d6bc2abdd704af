/* store/item.c - reading items. Writing them is store/item_write.c. */
#include "store/item.h"

#include "store/photo.h"
#include "store/query.h"

static void
read_page(struct query *q, struct arena *a, struct item_page *out)
{
    struct item *it = &out->item;
    it->id = query_int(q);
    it->public_id = query_str(q, a);
    it->group = query_str(q, a);
    it->section_id = query_int(q);
    it->lang = query_str(q, a);
    it->slug = query_str(q, a);
    it->title = query_str(q, a);
    it->lead = query_str(q, a);
    it->published_at = query_time(q);
    it->is_date_only = query_int(q) != 0;
    out->tie = query_int(q);
    out->visible_from = query_int(q);
    out->visible_until = query_int(q);
    it->updated_at = query_time(q);
    it->withdrawn_at = query_time(q);
    it->withdrawn_reason = query_str(q, a);
    it->photo_credit = query_str(q, a);
    it->body_format = (enum body_format)body_format_read(query_str(q, a));
    it->body_html = query_str(q, a);
}

enum rc
store_item_page(struct store *st, const struct item_place *at, struct arena *a,
                struct item_page *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    *out = (struct item_page){0};
    TRY(query_start(st, Q_ITEM_BY_SLUG, &q, err, "iss", at->section_id, at->lang,
                    at->slug));
    TRY(query_row(&q, err));
    read_page(&q, a, out);
    return store_photo_of_item(st, out->item.id, a, &out->item, err);
}

static void
add_place(struct arena *a, struct item_places *out, struct item_place p)
{
    if (out->n % 8 == 0) {
        struct item_place *more = arena_array(a, struct item_place, out->n + 8);
        if (out->n > 0)
            memcpy(more, out->all, sizeof *more * (size_t)out->n);
        out->all = more;
    }
    out->all[out->n++] = p;
}

enum rc
store_item_translations(struct store *st, struct str group, int64_t now, struct arena *a,
                        struct item_places *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc;
    *out = (struct item_places){0};
    TRY(query_start(st, Q_ITEM_TRANSLATIONS, &q, err, "si", group, now));
    while ((rc = query_row(&q, err)) == RC_OK) {
        struct item_place p = {.lang = query_str(&q, a)};
        p.section_id = query_int(&q);
        p.slug = query_str(&q, a);
        add_place(a, out, p);
    }
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
store_item_by_old_address(struct store *st, struct str address, struct arena *a,
                          struct item_place *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_ITEM_BY_REDIRECT, &q, err, "s", address));
    TRY(query_row(&q, err));
    out->id = query_int(&q);
    out->section_id = query_int(&q);
    out->lang = query_str(&q, a);
    out->slug = query_str(&q, a);
    out->visible_from = query_int(&q);
    out->visible_until = query_int(&q);
    return RC_OK;
}

static void
read_whole(struct query *q, struct arena *a, struct item *it)
{
    it->id = query_int(q);
    it->public_id = query_str(q, a);
    it->group = query_str(q, a);
    it->section_id = query_int(q);
    it->lang = query_str(q, a);
    it->slug = query_str(q, a);
    it->title = query_str(q, a);
    it->lead = query_str(q, a);
    it->published_at = query_time(q);
    it->is_date_only = query_int(q) != 0;
    it->updated_at = query_time(q);
    it->embargo_until = query_time(q);
    it->expires_at = query_time(q);
    it->pinned_until = query_time(q);
    it->withdrawn_at = query_time(q);
    it->withdrawn_reason = query_str(q, a);
    it->photo_credit = query_str(q, a);
    it->has_source_id = query_int(q) != 0;
    it->body_format = (enum body_format)body_format_read(query_str(q, a));
    it->body = query_str(q, a);
    it->body_html = query_str(q, a);
}

/* Texts of a one-column statement, at most max of them. */
static enum rc
read_texts(struct query *q, struct arena *a, int max, struct str **out, int *n,
           struct err *err)
{
    enum rc rc = RC_NOT_FOUND;
    *out = arena_array(a, struct str, max);
    *n = 0;
    while (*n < max && (rc = query_row(q, err)) == RC_OK)
        (*out)[(*n)++] = query_str(q, a);
    return *n == max || rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
read_tags(struct store *st, struct arena *a, struct item *it, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_TAG_OF_ITEM, &q, err, "i", it->id));
    return read_texts(&q, a, ITEM_TAGS_MAX, &it->tags, &it->n_tags, err);
}

static enum rc
read_addresses(struct store *st, struct arena *a, struct item *it, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_REDIRECT_OF_ITEM, &q, err, "i", it->id));
    return read_texts(&q, a, ITEM_OLD_URLS_MAX, &it->old_urls, &it->n_old_urls, err);
}

static enum rc
read_item(struct store *st, int64_t id, struct arena *a, struct item *out,
          struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_ITEM_WHOLE, &q, err, "i", id));
    TRY(query_row(&q, err));
    read_whole(&q, a, out);
    return RC_OK;
}

static enum rc
read_state(struct store *st, struct arena *a, struct item *it, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_REVISION_LAST, &q, err, "i", it->id));
    TRY(query_row(&q, err));
    query_skip(&q, 1);
    int state = item_state_read(query_str(&q, a));
    it->state = it->published_at != TIME_NONE ? STATE_APPROVED
                : state >= 0                  ? (enum item_state)state
                                              : STATE_DRAFT;
    return RC_OK;
}

enum rc
store_item_whole(struct store *st, int64_t id, struct arena *a, struct item *out,
                 struct err *err)
{
    *out = (struct item){0};
    TRY(read_item(st, id, a, out, err));
    TRY(read_state(st, a, out, err));
    TRY(store_photo_of_item(st, id, a, out, err));
    TRY(read_tags(st, a, out, err));
    return read_addresses(st, a, out, err);
}

/* The id in the first column of the first row. */
static enum rc
read_id(struct query *q, int64_t *id, struct err *err)
{
    TRY(query_row(q, err));
    *id = query_int(q);
    return RC_OK;
}

enum rc
store_item_public_id(struct store *st, int64_t id, struct arena *a, struct str *out,
                     struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_ITEM_PUBLIC_ID, &q, err, "i", id));
    TRY(query_row(&q, err));
    *out = query_str(&q, a);
    return RC_OK;
}

enum rc
store_item_in_group(struct store *st, struct str group, struct str lang, int64_t but_id,
                    struct arena *a, struct str *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_ITEM_IN_GROUP, &q, err, "ssi", group, lang, but_id));
    TRY(query_row(&q, err));
    *out = query_str(&q, a);
    return RC_OK;
}

enum rc
store_item_set_group(struct store *st, int64_t id, struct str group, struct err *err)
{
    return query_do(st, Q_ITEM_SET_GROUP, err, "si", group, id);
}

enum rc
store_item_id_by_public_id(struct store *st, struct str public_id, int64_t *id,
                           struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_ITEM_BY_PUBLIC_ID, &q, err, "s", public_id));
    return read_id(&q, id, err);
}

enum rc
store_item_id_by_slug(struct store *st, struct str lang, int64_t section_id,
                      struct str slug, int64_t *id, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_ITEM_ID_BY_SLUG, &q, err, "iss", section_id, lang, slug));
    return read_id(&q, id, err);
}

enum rc
store_item_id_by_title(struct store *st, const struct item *it, int64_t *id,
                       struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_ITEM_ID_BY_TITLE, &q, err, "isis", it->section_id, it->lang,
                    it->published_at, it->title));
    return read_id(&q, id, err);
}

enum rc
store_item_drafts_by_title(struct store *st, const struct item *it, int limit,
                           int64_t *ids, int *n, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc;
    *n = 0;
    TRY(query_start(st, Q_ITEM_DRAFTS_BY_TITLE, &q, err, "issi", it->section_id, it->lang,
                    it->title, (int64_t)limit));
    while ((rc = query_row(&q, err)) == RC_OK)
        ids[(*n)++] = query_int(&q);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
store_item_ids(struct store *st, int64_t after_id, int limit, int64_t *ids, int *n,
               struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc;
    *n = 0;
    TRY(query_start(st, Q_ITEM_IDS_FROM, &q, err, "ii", after_id, (int64_t)limit));
    while ((rc = query_row(&q, err)) == RC_OK)
        ids[(*n)++] = query_int(&q);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static void
read_line(struct query *q, struct arena *a, struct item_line *line)
{
    struct item *it = &line->item;
    it->id = query_int(q);
    it->public_id = query_str(q, a);
    it->section_id = query_int(q);
    it->lang = query_str(q, a);
    it->slug = query_str(q, a);
    it->title = query_str(q, a);
    it->published_at = query_time(q);
    it->is_date_only = query_int(q) != 0;
    line->visible_from = query_int(q);
    line->visible_until = query_int(q);
    it->withdrawn_at = query_time(q);
}

enum rc
store_item_lines(struct store *st, int64_t before_id, int limit, struct arena *a,
                 struct item_lines *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc;
    *out = (struct item_lines){.all = arena_array(a, struct item_line, limit)};
    TRY(query_start(st, Q_ITEM_NEWEST, &q, err, "ii", before_id, (int64_t)limit));
    while ((rc = query_row(&q, err)) == RC_OK)
        read_line(&q, a, &out->all[out->n++]);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}
