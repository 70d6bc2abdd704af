/* news/page.h - assembling what a page shows.
 *
 * Called inside store_read_begin after news_refresh; all answers are of its moment and
 * live in the arena given (sections: as long as the epoch). */
#ifndef NEWS_PAGE_H
#define NEWS_PAGE_H

#include "model/page.h"
#include "news/news.h"

enum rc news_home(struct news *n, int lang, struct arena *a, struct page_home *out,
                  struct err *err) MUST_CHECK;

/* RC_OK also for an empty listing. */
enum rc news_listing(struct news *n, const struct listing_place *place, struct arena *a,
                     struct page_listing *out, struct err *err) MUST_CHECK;

/* The corrections of the items that are visible, those written in a language. RC_OK also
 * when there are none. */
enum rc news_corrections(struct news *n, const struct listing_place *place,
                         struct arena *a, struct page_corrections *out,
                         struct err *err) MUST_CHECK;

/* The article at an address; any outcome of page_found is RC_OK. */
enum rc news_article(struct news *n, const struct article_place *place, struct arena *a,
                     struct page_article *out, struct err *err) MUST_CHECK;

/* What the page of an item would show, visible or not: its body is rendered as saving
 * would. An item without a publish time is shown as of now. RC_NOT_FOUND: its section or
 * language is none of the site's any more; RC_INVALID, RC_LIMIT: the body
 * (news_body_render). */
enum rc news_preview(struct news *n, const struct item *it, struct arena *a,
                     struct page_article *out, struct err *err) MUST_CHECK;

/* Does that page show the files of this digest now: are they made of a photo of the
 * item's, and have its rights not ended? */
bool news_preview_has_photo(const struct item *it, struct str digest, int64_t now);

/* The section of a listing address: PAGE_SHOWN, PAGE_MOVED (it was renamed) or
 * PAGE_UNKNOWN. */
enum rc news_section_at(struct news *n, int lang, struct str slug, struct arena *a,
                        struct section_found *out, struct err *err) MUST_CHECK;

/* Where what was at this former address (path, with query if any) is now: PAGE_MOVED with
 * the address, or PAGE_UNKNOWN. 1 statement. */
enum rc news_old_address(struct news *n, struct str address, struct arena *a,
                         struct str *to, enum page_found *found,
                         struct err *err) MUST_CHECK;

/* May the files of this digest (model/rendition.h) be given out now: does a visible item
 * show a photo by them, or did one within the last NEWS_RETIRED_S? 1 statement. */
enum { NEWS_RETIRED_S = 600 };
enum rc news_photo_is_shown(struct news *n, struct str digest, bool *out,
                            struct err *err) MUST_CHECK;

#endif
