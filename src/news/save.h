/* news/save.h - storing an item: one road for import and commands.
 *
 * Saving makes a revision. Only a revision that is approved changes what visitors may
 * see, in the same transaction. */
#ifndef NEWS_SAVE_H
#define NEWS_SAVE_H

#include "model/item.h"
#include "model/section.h"
#include "store/store.h"

struct save {
    struct store *st; /* inside store_write_begin */
    const struct site *site;
    const struct sections *sections;
    int64_t now;
    struct str by, why;
    /* of the newsroom; all 0 for an import */
    int64_t person_id, based_on; /* as in struct revision */
    bool is_minor;    /* does not set updated_at; an approval finds out itself */
    bool is_step;     /* a step of the workflow: nobody wrote */
    bool is_approval; /* asks the four-eyes rule */
    bool is_sent_back;
};

enum save_result { SAVE_ADDED, SAVE_CHANGED, SAVE_UNCHANGED };

/* Stores it as a new item (it->id 0) or as a change of an old one. Fills what is missing:
 * public id, slug (made from the title; "-2" and so on when taken), body HTML, and, when
 * a text that is visible changes without saying since when, updated_at. An address the
 * item had is remembered. Photos must be placed (sha256 known); one that is new to the
 * library is added with what is said of it here, and what the library says as well is not
 * stored with the item (model/photo.h). When
 * nothing differs from the last revision, nothing is written. RC_INVALID  the body
 * (news_body_render); "photos", approved without credit   RC_CONFLICT  id or old address
 * of another item RC_FAILED, RC_BUSY; RC_DENIED  the four-eyes rule */
enum rc news_save(const struct save *s, struct item *it, enum save_result *result,
                  struct err *err) MUST_CHECK;

/* Leaves its photos only what they say otherwise than the library: all else follows. Done
 * by news_save; before it by who compares texts. */
enum rc news_save_keep_own(const struct save *s, struct item *it, struct arena *a,
                           struct err *err) MUST_CHECK;

/* Gives the slug the item names a number when it belongs to another item, so that
 * news_save does not fall back to the item's old one. */
enum rc news_save_free_slug(const struct save *s, struct item *it, struct arena *a,
                            struct err *err) MUST_CHECK;

/* A new public id: 20 characters that grow with time and end in random ones. */
struct str news_public_id(struct arena *a, int64_t now);

#endif
