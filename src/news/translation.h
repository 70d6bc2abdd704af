/* news/translation.h - items that say the same in other languages.
 *
 * They share a group, which belongs to the item and not to its text: linking makes no
 * revision and needs no approval, and visitors are led to what is visible. In a group
 * there is one item of a language. One of two items is the source of the other; a
 * translation says which revision of its source it reflects, and is stale when the
 * source's text (title, lead, body) is another by now. The text meant is the approved one
 * where there is one, else the newest. Items are named as in news/desk.h; RC_NOT_FOUND,
 * RC_BUSY, RC_FAILED everywhere. */
#ifndef NEWS_TRANSLATION_H
#define NEWS_TRANSLATION_H

#include "news/desk.h"
#include "store/translation.h"

/* An item and its translations as the newsroom sees them. */
struct desk_translations {
    struct desk_item item;
    struct translation_line all[TRANSLATIONS_MAX]; /* of the group, the item too, by the
                                                      languages of the site */
    int n;
    bool may_view[TRANSLATIONS_MAX]; /* others' drafts: their titles are not for all */
    bool has_source;
    struct translation translation; /* has_source: of this item */
    int64_t source_now;             /* number of the revision that is the source's text */
    struct str source_title;
    struct desk_diff since;   /* of the source: from what is reflected to source_now */
    bool may_link, may_write; /* the actor: this item's links; a translation of it */
};
/* RC_DENIED: RIGHT_ITEM_VIEW. */
enum rc news_translation_list(const struct desk *d, struct str name, struct arena *a,
                              struct desk_translations *out, struct err *err) MUST_CHECK;

/* A draft in another language with the source's section, times, slug, photos and text, to
 * be written over; the source gets a group if it has none.
 *   RC_INVALID   "lang": no language of the site, or there is one already
 *   RC_CONFLICT  the source is discarded or withdrawn
 *   RC_DENIED    RIGHT_ITEM_VIEW of the source, RIGHT_ITEM_CREATE */
enum rc news_translation_make(const struct desk *d, struct str name, struct str lang,
                              struct arena *a, struct desk_saved *out,
                              struct err *err) MUST_CHECK;

/* Says that an item is a translation of another, of its text as it is now.
 *   RC_INVALID  "other", with the reason in *why
 *   RC_DENIED   RIGHT_ITEM_LINK, of the other too if it joins this one's translations */
enum translation_refusal {
    LINK_UNKNOWN, /* or not to be seen by the actor */
    LINK_SAME_LANGUAGE,
    LINK_CIRCLE, /* the other is made from this one */
    LINK_TAKEN,  /* one of the language is there already */
    LINK_BOTH,   /* both have translations of their own */
    LINK_REFUSAL__MAX
};
enum rc news_translation_link(const struct desk *d, struct str name, struct str other,
                              enum translation_refusal *why, struct err *err) MUST_CHECK;

/* Takes an item out of its group. RC_CONFLICT when it is in none; RC_DENIED:
 * RIGHT_ITEM_LINK. */
enum rc news_translation_unlink(const struct desk *d, struct str name,
                                struct err *err) MUST_CHECK;

/* Says that an item now reflects a revision of its source.
 *   RC_INVALID   "number": the source has no such revision
 *   RC_CONFLICT  it has no source
 *   RC_DENIED    RIGHT_ITEM_EDIT */
enum rc news_translation_reflects(const struct desk *d, struct str name, int64_t number,
                                  struct err *err) MUST_CHECK;

#endif
