/* news/save.c - one item into the database, with its revision. */
#include "news/save.h"

#include <stdlib.h>

#include "model/refusal.h"
#include "model/url.h"
#include "news/body.h"
#include "news/exchange.h"
#include "news/translation_in.h"
#include "store/desk.h"
#include "store/item.h"
#include "store/photo.h"
#include "store/revision.h"

#include "base/hash.h"
#include "base/slug.h"

/* What is there already of the item that is saved. */
struct before {
    bool exists;
    struct item item;
    struct revision last;
};

struct str
news_public_id(struct arena *a, int64_t now)
{
    static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";
    unsigned char random[12];
    char *p = arena_alloc(a, 20);
    hash_random(random, sizeof random);
    for (int i = 0; i < 8; i++)
        p[i] = digits[now >> (5 * (7 - i)) & 31];
    for (int i = 0; i < 12; i++)
        p[8 + i] = digits[random[i] & 31];
    return (struct str){p, 20};
}

static enum rc
read_before(const struct save *s, int64_t id, struct arena *a, struct before *b,
            struct err *err)
{
    *b = (struct before){.exists = id != 0};
    if (!b->exists)
        return RC_OK;
    TRY(store_item_whole(s->st, id, a, &b->item, err));
    return store_revision_last(s->st, id, a, &b->last, err);
}

/* Is the slug free for the item, or its own? */
static enum rc
slug_is_free(const struct save *s, const struct item *it, struct str slug, bool *is_free,
             struct err *err)
{
    int64_t owner = 0;
    enum rc rc =
        store_item_id_by_slug(s->st, it->lang, it->section_id, slug, &owner, err);
    *is_free = rc == RC_NOT_FOUND || (rc == RC_OK && owner == it->id);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* "slug-2" and so on, never longer than a slug may be. */
static struct str
numbered(struct arena *a, struct str slug, int n)
{
    struct str end = str_fmt(a, "-%d", n);
    struct str base = str_sub(slug, 0, SLUG_MAX - end.n);
    while (str_ends(base, STR("-")))
        base.n--;
    return str_fmt(a, "%.*s%.*s", STR_ARG(base), STR_ARG(end));
}

static enum rc
number_slug(const struct save *s, struct item *it, struct arena *a, struct err *err)
{
    struct str base = it->slug;
    bool is_free = false;
    TRY(slug_is_free(s, it, it->slug, &is_free, err));
    for (int n = 2; !is_free; n++) {
        it->slug = numbered(a, base, n);
        TRY(slug_is_free(s, it, it->slug, &is_free, err));
    }
    return RC_OK;
}

/* An item keeps the slug it has when it names none, and when the one it names belongs to
 * another item (it was numbered then, and would be numbered again at each import). */
static enum rc
choose_slug(const struct save *s, const struct before *b, struct item *it,
            struct arena *a, struct err *err)
{
    bool is_free = false;
    bool same_place = b->exists && b->item.section_id == it->section_id &&
                      str_eq(b->item.lang, it->lang);
    if (it->slug.n == 0 && same_place)
        it->slug = b->item.slug;
    if (it->slug.n == 0)
        TRY(slug_make(a, it->title, it->lang, &it->slug, err));
    TRY(slug_is_free(s, it, it->slug, &is_free, err));
    if (!is_free && same_place)
        it->slug = b->item.slug;
    return is_free || same_place ? RC_OK : number_slug(s, it, a, err);
}

static void
choose_id(const struct save *s, const struct before *b, struct item *it, struct arena *a)
{
    if (it->public_id.n > 0)
        return;
    it->public_id = b->exists ? b->item.public_id : news_public_id(a, s->now);
    it->has_source_id = b->exists && b->item.has_source_id;
}

static bool
has_address(const struct item *it, struct str address)
{
    for (int i = 0; i < it->n_old_urls; i++)
        if (str_eq(it->old_urls[i], address))
            return true;
    return false;
}

static void
add_address(struct item *it, struct str address)
{
    if (address.n > 0 && !has_address(it, address))
        it->old_urls[it->n_old_urls++] = address;
}

static int
compare(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* The address the item is about to give up, or an absent text: when nothing was approved
 * there, and when the address was another item's before, since it leads there for ever.
 */
static enum rc
given_up_address(const struct save *s, const struct before *b, const struct item *it,
                 struct arena *a, struct str *out, struct err *err)
{
    const struct section *old = sections_by_id(s->sections, b->item.section_id);
    int lang = site_lang_find(s->site, b->item.lang);
    struct item_place owner;
    *out = (struct str){NULL, 0};
    if (!b->exists || old == NULL || lang < 0 || b->item.state != STATE_APPROVED ||
        (b->item.section_id == it->section_id && str_eq(b->item.slug, it->slug) &&
         str_eq(b->item.lang, it->lang)))
        return RC_OK;
    struct str address = url_article(a, s->site, lang, old->slug, b->item.slug);
    enum rc rc = store_item_by_old_address(s->st, address, a, &owner, err);
    if (rc == RC_NOT_FOUND || (rc == RC_OK && owner.id == it->id))
        *out = address;
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* Addresses the item had stay with it even when the source no longer names them, so an
 * export carries all of them. Their order means nothing: sorted, equal sets are equal
 * texts. */
static enum rc
keep_addresses(const struct save *s, const struct before *b, struct item *it,
               struct arena *a, struct err *err)
{
    struct str given_up;
    struct item all = {
        .old_urls = arena_array(a, struct str, it->n_old_urls + b->item.n_old_urls + 1)};
    for (int i = 0; i < it->n_old_urls; i++)
        add_address(&all, it->old_urls[i]);
    for (int i = 0; i < b->item.n_old_urls; i++)
        add_address(&all, b->item.old_urls[i]);
    TRY(given_up_address(s, b, it, a, &given_up, err));
    add_address(&all, given_up);
    if (all.n_old_urls > ITEM_OLD_URLS_MAX)
        return err_because(err,
                           err_field(err, "old_urls",
                                     "an item has at most %d old addresses",
                                     ITEM_OLD_URLS_MAX),
                           REFUSED_OLD_ADDRESSES, 0, ITEM_OLD_URLS_MAX);
    qsort(all.old_urls, (size_t)all.n_old_urls, sizeof *all.old_urls, compare);
    it->old_urls = all.old_urls;
    it->n_old_urls = all.n_old_urls;
    return RC_OK;
}

static bool
is_visible(const struct item *it, int64_t now)
{
    return item_visible_from(it) <= now && item_visible_until(it) > now;
}

/* Readers of a text that was out must see that it changed. */
static void
note_update(const struct save *s, const struct before *b, struct item *it)
{
    if (it->updated_at != TIME_NONE || it->state != STATE_APPROVED)
        return;
    if (!s->is_minor && is_visible(&b->item, s->now) &&
        translation_text_differs(&b->item, it))
        it->updated_at = s->now;
    else
        it->updated_at = b->item.updated_at;
}

static enum rc
add_revision(const struct save *s, const struct before *b, const struct item *it,
             struct str section, struct arena *a, struct err *err)
{
    struct revision r = {.item_id = it->id,
                         .number = b->exists ? b->last.number + 1 : 1,
                         .state = it->state,
                         .saved_at = s->now,
                         .saved_by = s->by,
                         .person_id = s->person_id,
                         .based_on = s->based_on,
                         .is_minor = s->is_minor,
                         .is_text = !s->is_step,
                         .is_sent_back = s->is_sent_back};
    struct revision_add add = {.previous_sha256 = b->exists ? b->last.sha256 : STR(""),
                               .is_approval = s->is_approval,
                               .section_id = it->section_id};
    if (s->is_approval)
        TRY(store_revision_last_approval(s->st, it->id, &add.approved, err));
    r.content = exchange_revision(it, section, s->by, s->now, s->why, a);
    r.sha256 = hash_sha256(a, r.content);
    return store_revision_add(s->st, &r, &add, err);
}

/* The item's line in the newsroom's list. */
static enum rc
set_line(const struct save *s, const struct item *it, struct err *err)
{
    int state = desk_state_read(str_of(item_state_word(it->state)));
    struct desk_line line = {.item_id = it->id,
                             .section_id = it->section_id,
                             .lang = it->lang,
                             .state = s->is_sent_back ? DESK_SENT_BACK
                                                      : (enum desk_state)state,
                             .changed_at = s->now,
                             .tie = cursor_tie(it->public_id),
                             .author_id = s->person_id,
                             .author = s->by,
                             .title = it->title};
    return store_desk_set(s->st, &line, it->tags, it->n_tags, err);
}

/* An old address belongs to one item. */
static enum rc
check_addresses(const struct save *s, const struct item *it, struct arena *a,
                struct err *err)
{
    for (int i = 0; i < it->n_old_urls; i++) {
        struct item_place p;
        enum rc rc = store_item_by_old_address(s->st, it->old_urls[i], a, &p, err);
        if (rc == RC_OK && p.id != it->id)
            return err_set(err, RC_CONFLICT,
                           "old_urls: \"%.*s\" is an old address of another item",
                           STR_ARG(it->old_urls[i]));
        if (rc != RC_OK && rc != RC_NOT_FOUND)
            return rc;
    }
    return RC_OK;
}

/* What the first use of a new photo says is what is said of the photo. */
static enum rc
know_photo(const struct save *s, const struct photo *use, struct arena *a,
           struct library_photo *out, struct err *err)
{
    enum rc rc = store_photo_by_sha256(s->st, use->sha256, a, out, err);
    if (rc != RC_NOT_FOUND)
        return rc;
    *out = (struct library_photo){.photo = *use,
                                  .added_by = s->by,
                                  .added_at = s->now,
                                  .person_id = s->person_id,
                                  .confirmed_at = TIME_NONE,
                                  .withdrawn_at = TIME_NONE};
    if (!use->has_own_credit)
        out->photo.credit = (struct str){NULL, 0};
    return store_photo_add(s->st, out, &out->id, err);
}

enum rc
news_save_keep_own(const struct save *s, struct item *it, struct arena *a,
                   struct err *err)
{
    struct photo *own = arena_array(a, struct photo, it->n_photos);
    for (int i = 0; i < it->n_photos; i++) {
        struct library_photo *l = arena_array(a, struct library_photo, 1);
        own[i] = it->photos[i];
        TRY(know_photo(s, &own[i], a, l, err));
        photo_keep_own(&own[i], l);
        own[i].ext = l->photo.ext;
        own[i].library = l;
    }
    it->photos = own;
    return RC_OK;
}

/* Is it what the last revision says? The group is of the item: that it was changed since
 * the revision makes no other text. */
static enum rc
equals_last(const struct save *s, const struct before *b, const struct item *it,
            struct str section, struct arena *a, bool *out, struct err *err)
{
    struct exchange x;
    struct item same = *it;
    struct str why;
    struct err ignored;
    *out = false;
    if (!b->exists ||
        exchange_read_revision(b->last.content, a, &x, &why, &ignored) != RC_OK)
        return RC_OK;
    TRY(news_save_keep_own(s, &x.item, a, err));
    if (str_eq(it->group, b->item.group))
        same.group = x.item.group;
    *out =
        str_eq(exchange_write(&same, section, a), exchange_write(&x.item, x.section, a));
    return RC_OK;
}

/* Wherever a photo goes, its credit goes along: without one it goes nowhere. */
static enum rc
check_credits(const struct item *it, struct err *err)
{
    for (int i = 0; i < it->n_photos; i++) {
        struct photo p = it->photos[i];
        photo_follow_credit(&p, it->photo_credit);
        if (it->state == STATE_APPROVED && str_trim(p.credit).n == 0)
            return err_field(err, "photos",
                             "photo %d (%.*s) has no credit, and neither has the item",
                             i + 1, STR_ARG(p.file.n > 0 ? p.file : p.sha256));
    }
    return RC_OK;
}

static enum rc
write(const struct save *s, const struct before *b, struct item *it, struct arena *a,
      struct err *err)
{
    TRY(check_addresses(s, it, a, err));
    TRY(translation_check_group(s->st, it, a, err));
    if (!b->exists)
        return store_item_add(s->st, it, err);
    /* A draft waits in its revision; what is approved stays as it is. */
    if (it->state != STATE_APPROVED && b->item.published_at != TIME_NONE)
        return RC_OK;
    TRY(translation_note_text(s, it, a, err));
    return store_item_set(s->st, it, err);
}

/* An approval is small when every text since the last one is. */
static enum rc
look_at_texts(struct save *s, int64_t id, struct err *err)
{
    int64_t since = 0;
    bool has_major = false;
    TRY(store_revision_last_approval(s->st, id, &since, err));
    TRY(store_revision_has_major(s->st, id, since, &has_major, err));
    s->is_minor = !has_major;
    return RC_OK;
}

static enum rc
save_in(struct save *s, struct item *it, struct arena *a, enum save_result *result,
        struct err *err)
{
    struct before b;
    const struct section *section = sections_by_id(s->sections, it->section_id);
    if (section == NULL)
        return err_set(err, RC_FAILED, "an item without a section");
    TRY(read_before(s, it->id, a, &b, err));
    if (s->is_approval)
        TRY(look_at_texts(s, it->id, err));
    TRY(choose_slug(s, &b, it, a, err));
    choose_id(s, &b, it, a);
    TRY(keep_addresses(s, &b, it, a, err));
    TRY(news_save_keep_own(s, it, a, err));
    TRY(check_credits(it, err));
    if (b.exists)
        note_update(s, &b, it);
    bool is_same = false;
    TRY(equals_last(s, &b, it, section->slug, a, &is_same, err));
    *result = SAVE_UNCHANGED;
    if (is_same)
        return RC_OK;
    *result = b.exists ? SAVE_CHANGED : SAVE_ADDED;
    TRY(news_body_render(it, a, &it->body_html, err));
    /* An old item's revision comes first: the four-eyes rule asks where the item is. */
    if (b.exists)
        TRY(add_revision(s, &b, it, section->slug, a, err));
    TRY(write(s, &b, it, a, err));
    if (!b.exists)
        TRY(add_revision(s, &b, it, section->slug, a, err));
    TRY(store_photo_set_named(s->st, it, err));
    return set_line(s, it, err);
}

enum rc
news_save_free_slug(const struct save *s, struct item *it, struct arena *a,
                    struct err *err)
{
    return it->slug.n > 0 ? number_slug(s, it, a, err) : RC_OK;
}

enum rc
news_save(const struct save *s, struct item *it, enum save_result *result,
          struct err *err)
{
    struct arena a AT_END(arena_done);
    struct item work = *it;
    struct save how = *s;
    arena_init(&a);
    TRY(save_in(&how, &work, &a, result, err));
    it->id = work.id;
    return RC_OK;
}
