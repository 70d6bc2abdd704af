/* store/item.h - items as they are remembered.
 *
 * Nothing here decides who may see what: readers get visible_from and visible_until, or
 * ask for what is visible at now. Changes run inside store_write_begin. */
#ifndef STORE_ITEM_H
#define STORE_ITEM_H

#include "model/cursor.h"
#include "model/item.h"
#include "store/store.h"

/* An item as its page needs it, with the two times that decide whether it is shown. */
struct item_page {
    struct item item; /* without body source, tags and old addresses */
    int64_t tie, visible_from, visible_until;
};

/* The item at a place (its section_id, lang and slug), visible or not, with all its
 * photos. RC_NOT_FOUND. 2 statements. */
enum rc store_item_page(struct store *st, const struct item_place *at, struct arena *a,
                        struct item_page *out, struct err *err) MUST_CHECK;

/* Which items of a group are visible at now, in whatever language. 1 statement. */
enum rc store_item_translations(struct store *st, struct str group, int64_t now,
                                struct arena *a, struct item_places *out,
                                struct err *err) MUST_CHECK;

/* The item that has or had this address (path, with its query if it had one); visible
 * or not. RC_NOT_FOUND. 1 statement. */
enum rc store_item_by_old_address(struct store *st, struct str address, struct arena *a,
                                  struct item_place *out, struct err *err) MUST_CHECK;

/* Everything of one item, with photos, tags and old addresses. state is approved when
 * some text of it is; else that of its last revision, and published_at is then unknown.
 * RC_NOT_FOUND. 5 statements. */
enum rc store_item_whole(struct store *st, int64_t id, struct arena *a, struct item *out,
                         struct err *err) MUST_CHECK;

/* Row numbers, for the import's question "is this item there already?" RC_NOT_FOUND. */
enum rc store_item_id_by_public_id(struct store *st, struct str public_id, int64_t *id,
                                   struct err *err) MUST_CHECK;
enum rc store_item_id_by_slug(struct store *st, struct str lang, int64_t section_id,
                              struct str slug, int64_t *id, struct err *err) MUST_CHECK;
enum rc store_item_id_by_title(struct store *st, const struct item *it, int64_t *id,
                               struct err *err) MUST_CHECK;

/* Up to limit items of section, language and title that never had an approved text, whose
 * publish time is therefore in their revisions only. */
enum rc store_item_drafts_by_title(struct store *st, const struct item *it, int limit,
                                   int64_t *ids, int *n, struct err *err) MUST_CHECK;

/* The public id of a row. RC_NOT_FOUND. 1 statement. */
enum rc store_item_public_id(struct store *st, int64_t id, struct arena *a,
                             struct str *out, struct err *err) MUST_CHECK;

/* The public id of another item of a group with a language. RC_NOT_FOUND. 1 statement. */
enum rc store_item_in_group(struct store *st, struct str group, struct str lang,
                            int64_t but_id, struct arena *a, struct str *out,
                            struct err *err) MUST_CHECK;

/* Puts an item into a group; absent: into none. */
enum rc store_item_set_group(struct store *st, int64_t id, struct str group,
                             struct err *err) MUST_CHECK;

/* Adds an item with text, photos (of an approved text), tags and old addresses; sets
 * it->id. The photos' rows must be there (store_photo_add). RC_CONFLICT when slug or
 * public id is taken. */
enum rc store_item_add(struct store *st, struct item *it, struct err *err) MUST_CHECK;

/* Replaces it (it->id), and adds old addresses that are new; none is ever dropped. */
enum rc store_item_set(struct store *st, const struct item *it,
                       struct err *err) MUST_CHECK;

/* Up to limit items that were discarded until then (included) and never approved, those
 * given up first first; but not the newest item of all. 1 statement. */
struct item_name {
    int64_t id;
    struct str public_id;
};
enum rc store_item_discarded(struct store *st, int64_t until, int limit, struct arena *a,
                             struct item_name *out, int *n, struct err *err) MUST_CHECK;

/* Removes an item that was never approved, with all that hangs on it; what the audit log
 * says of it stays, and photos stay in their place. Inside store_write_begin. */
enum rc store_item_remove(struct store *st, int64_t id, struct err *err) MUST_CHECK;

/* Up to limit row numbers after after_id, ascending. For export. */
enum rc store_item_ids(struct store *st, int64_t after_id, int limit, int64_t *ids,
                       int *n, struct err *err) MUST_CHECK;

/* The operator's list: a line of it. */
struct item_line {
    struct item item; /* id, public_id, section_id, lang, slug, title, published_at */
    int64_t visible_from, visible_until;
};
struct item_lines {
    struct item_line *all;
    int n;
};

/* Up to limit lines before before_id (INT64_MAX: from the newest made). */
enum rc store_item_lines(struct store *st, int64_t before_id, int limit, struct arena *a,
                         struct item_lines *out, struct err *err) MUST_CHECK;

#endif
