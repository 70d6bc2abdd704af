/* store/item_write.c - adding and replacing items. */
#include "store/item.h"
#include "store/photo.h"
#include "store/query.h"

#include "base/slug.h"

/* The values of ITEM_ADD and ITEM_SET in their order; both name the same columns. */
#define ITEM_KINDS "isstiiiisesstttttsei"
#define ITEM_VALUES(it)                                                                  \
    (it)->section_id, (it)->lang, (it)->slug, published(it),                             \
        cursor_tie((it)->public_id), (int64_t)(it)->is_date_only, item_visible_from(it), \
        item_visible_until(it), (it)->title, (it)->lead, (it)->public_id, (it)->group,   \
        (it)->updated_at, (it)->embargo_until, (it)->expires_at, (it)->pinned_until,     \
        (it)->withdrawn_at, (it)->withdrawn_reason, (it)->photo_credit,                  \
        (int64_t)(it)->has_source_id

/* An item without approved text takes no place in any listing. */
static int64_t
published(const struct item *it)
{
    return it->state == STATE_APPROVED ? it->published_at : TIME_NONE;
}

static enum rc
insert(struct store *st, struct item *it, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_ITEM_ADD, &q, err, ITEM_KINDS, ITEM_VALUES(it)));
    TRY(query_row(&q, err));
    it->id = query_int(&q);
    return RC_OK;
}

static enum rc
find_tag(struct store *st, enum query_id by, struct str key, int64_t *id, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, by, &q, err, "s", key));
    TRY(query_row(&q, err));
    *id = query_int(&q);
    return RC_OK;
}

static enum rc
insert_tag(struct store *st, struct str name, struct str slug, int64_t *id,
           struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_TAG_ADD, &q, err, "ss", name, slug));
    TRY(query_row(&q, err));
    *id = query_int(&q);
    return RC_OK;
}

/* Two names may give one slug ("Youth", "youth"): the second gets a number. */
static enum rc
make_tag(struct store *st, struct arena *a, struct str name, int64_t *id, struct err *err)
{
    struct str base, slug;
    enum rc rc = RC_OK;
    TRY(slug_make(a, name, STR(""), &base, err));
    slug = base;
    for (int n = 2; (rc = find_tag(st, Q_TAG_BY_SLUG, slug, id, err)) == RC_OK; n++)
        slug = str_fmt(a, "%.*s-%d", STR_ARG(base), n);
    return rc == RC_NOT_FOUND ? insert_tag(st, name, slug, id, err) : rc;
}

static enum rc
add_tags(struct store *st, const struct item *it, struct arena *a, struct err *err)
{
    for (int i = 0; i < it->n_tags; i++) {
        int64_t id = 0;
        enum rc rc = find_tag(st, Q_TAG_BY_NAME, it->tags[i], &id, err);
        if (rc == RC_NOT_FOUND)
            rc = make_tag(st, a, it->tags[i], &id, err);
        if (rc != RC_OK)
            return rc;
        TRY(query_do(st, Q_TAG_ADD_TO_ITEM, err, "iii", it->id, (int64_t)i + 1, id));
    }
    return RC_OK;
}

static enum rc
add_addresses(struct store *st, const struct item *it, struct err *err)
{
    for (int i = 0; i < it->n_old_urls; i++)
        TRY(query_do(st, Q_REDIRECT_ADD, err, "si", it->old_urls[i], it->id));
    return RC_OK;
}

static enum rc
add_parts(struct store *st, const struct item *it, struct err *err)
{
    struct arena a AT_END(arena_done);
    arena_init(&a);
    if (it->state == STATE_APPROVED)
        TRY(store_photo_add_to_item(st, it, err));
    TRY(add_tags(st, it, &a, err));
    return add_addresses(st, it, err);
}

enum rc
store_item_add(struct store *st, struct item *it, struct err *err)
{
    TRY(insert(st, it, err));
    TRY(query_do(st, Q_ITEM_ADD_TEXT, err, "isee", it->id,
                 str_of(body_format_word(it->body_format)), it->body, it->body_html));
    return add_parts(st, it, err);
}

enum rc
store_item_set(struct store *st, const struct item *it, struct err *err)
{
    TRY(query_do(st, Q_ITEM_SET, err, ITEM_KINDS "i", ITEM_VALUES(it), it->id));
    TRY(query_do(st, Q_ITEM_SET_TEXT, err, "seei",
                 str_of(body_format_word(it->body_format)), it->body, it->body_html,
                 it->id));
    TRY(query_do(st, Q_PHOTO_DROP_FROM_ITEM, err, "i", it->id));
    TRY(query_do(st, Q_TAG_DROP_FROM_ITEM, err, "i", it->id));
    return add_parts(st, it, err);
}
