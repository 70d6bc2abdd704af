/* news/article.c - the article page, and what became of an address. */
#include "model/url.h"
#include "news/body.h"
#include "news/page.h"
#include "store/correction.h"
#include "store/item.h"
#include "store/photo.h"
#include "store/section.h"

#include "base/time.h"

static enum page_found
outcome(int64_t visible_from, int64_t visible_until, int64_t now)
{
    if (visible_from <= now && now < visible_until)
        return PAGE_SHOWN;
    return item_was_visible(visible_from, visible_until, now) ? PAGE_GONE : PAGE_UNKNOWN;
}

enum rc
news_section_at(struct news *n, int lang, struct str slug, struct arena *a,
                struct section_found *out, struct err *err)
{
    int64_t id = 0;
    *out = (struct section_found){PAGE_SHOWN, sections_by_slug(&n->sections, slug), {0}};
    if (out->section != NULL)
        return RC_OK;
    out->found = PAGE_UNKNOWN;
    enum rc rc = store_section_by_alias(n->st, slug, &id, err);
    if (rc != RC_OK)
        return rc == RC_NOT_FOUND ? RC_OK : rc;
    out->section = sections_by_id(&n->sections, id);
    if (out->section == NULL)
        return RC_OK;
    out->found = PAGE_MOVED;
    out->address = url_section(a, n->site, lang, out->section->slug);
    return RC_OK;
}

/* The item's place in its section decides where "Go back" leads: the section's first page
 * while the item is on it, else a page that begins with the item. */
static enum rc
find_back(struct news *n, const struct item_page *ip, int lang, struct arena *a,
          struct page_article *out, struct err *err)
{
    struct listing_query lq = {.lang = n->site->langs[lang].code,
                               .now = n->now,
                               .cursor = {ip->item.published_at, ip->tie},
                               .limit = n->config.items_per_page};
    int newer = 0;
    out->back = url_section(a, n->site, lang, out->section->slug);
    for (int i = 0; i < n->sections.n && newer < lq.limit; i++) {
        const struct section *s = &n->sections.all[i];
        int count = 0;
        if (s != out->section && s->parent_id != out->section->id)
            continue;
        lq.section_id = s->id;
        TRY(store_listing_count_after(n->st, &lq, &count, err));
        newer += count;
    }
    struct cursor just_above = {ip->item.published_at, ip->tie + 1};
    if (newer >= lq.limit)
        out->back = url_before(a, out->back, just_above);
    return RC_OK;
}

static enum rc
find_translations(struct news *n, const struct item *it, struct arena *a,
                  struct item_places *out, struct err *err)
{
    struct item_places all;
    *out = (struct item_places){0};
    if (it->group.n == 0)
        return RC_OK;
    TRY(store_item_translations(n->st, it->group, n->now, a, &all, err));
    out->all = all.all;
    for (int i = 0; i < all.n; i++)
        if (!str_eq(all.all[i].lang, it->lang))
            out->all[out->n++] = all.all[i];
    return RC_OK;
}

static enum rc
fill_article(struct news *n, struct item_page *ip, int lang, struct arena *a,
             struct page_article *out, struct err *err)
{
    struct item *it = &ip->item;
    out->parts = news_body_parts(it->body_html, a, &out->n_parts);
    out->is_updated = it->updated_at != TIME_NONE && it->updated_at > it->published_at &&
                      it->updated_at <= n->now;
    out->item = *it;
    TRY(find_back(n, ip, lang, a, out, err));
    TRY(store_correction_of_item(n->st, it->id, a, &out->corrections, err));
    return find_translations(n, it, a, &out->translations, err);
}

/* The item at a place in a section that was found, and what is to be shown of it. */
static enum rc
read_item(struct news *n, const struct article_place *place, struct arena *a,
          struct item_page *ip, struct page_article *out, struct err *err)
{
    struct item_place at = {.section_id = out->section->id,
                            .lang = n->site->langs[place->lang].code,
                            .slug = place->slug};
    enum rc rc = store_item_page(n->st, &at, a, ip, err);
    out->found = PAGE_UNKNOWN;
    if (rc != RC_OK)
        return rc == RC_NOT_FOUND ? RC_OK : rc;
    out->found = outcome(ip->visible_from, ip->visible_until, n->now);
    return RC_OK;
}

enum rc
news_article(struct news *n, const struct article_place *place, struct arena *a,
             struct page_article *out, struct err *err)
{
    struct section_found at;
    struct item_page ip;
    *out = (struct page_article){.found = PAGE_UNKNOWN};
    TRY(news_section_at(n, place->lang, place->section, a, &at, err));
    if (at.found == PAGE_UNKNOWN)
        return RC_OK;
    out->section = at.section;
    TRY(read_item(n, place, a, &ip, out, err));
    if (out->found == PAGE_UNKNOWN)
        return RC_OK;
    if (at.found == PAGE_MOVED) {
        out->found = PAGE_MOVED;
        out->address =
            url_article(a, n->site, place->lang, at.section->slug, place->slug);
        return RC_OK;
    }
    out->item = ip.item;
    return out->found == PAGE_SHOWN ? fill_article(n, &ip, place->lang, a, out, err)
                                    : RC_OK;
}

enum rc
news_preview(struct news *n, const struct item *it, struct arena *a,
             struct page_article *out, struct err *err)
{
    struct item_page ip = {.item = *it, .tie = cursor_tie(it->public_id)};
    int lang = site_lang_find(n->site, it->lang);
    *out = (struct page_article){.found = PAGE_SHOWN};
    out->section = sections_by_id(&n->sections, it->section_id);
    if (out->section == NULL || lang < 0)
        return err_set(err, RC_NOT_FOUND, "its section or language is gone");
    ip.item.photos = photos_followed(it, a);
    if (it->published_at == TIME_NONE)
        ip.item.published_at = n->now;
    TRY(news_body_render(&ip.item, a, &ip.item.body_html, err));
    return fill_article(n, &ip, lang, a, out, err);
}

bool
news_preview_has_photo(const struct item *it, struct str digest, int64_t now)
{
    for (int i = 0; i < it->n_photos; i++) {
        struct photo p = it->photos[i];
        photo_follow(&p, it->photo_credit);
        if (str_eq(p.rendition, digest) && photo_is_shown(&p, now))
            return true;
    }
    return false;
}

enum rc
news_old_address(struct news *n, struct str address, struct arena *a, struct str *to,
                 enum page_found *found, struct err *err)
{
    struct item_place p;
    enum rc rc = store_item_by_old_address(n->st, address, a, &p, err);
    *found = PAGE_UNKNOWN;
    if (rc != RC_OK)
        return rc == RC_NOT_FOUND ? RC_OK : rc;
    const struct section *s = sections_by_id(&n->sections, p.section_id);
    int lang = site_lang_find(n->site, p.lang);
    if (s == NULL || lang < 0 ||
        outcome(p.visible_from, p.visible_until, n->now) == PAGE_UNKNOWN)
        return RC_OK;
    *found = PAGE_MOVED;
    *to = url_article(a, n->site, lang, s->slug, p.slug);
    return RC_OK;
}

enum rc
news_photo_is_shown(struct news *n, struct str digest, bool *out, struct err *err)
{
    return store_photo_is_shown(n->st, digest, n->now, n->now - NEWS_RETIRED_S, out, err);
}
