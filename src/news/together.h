/* news/together.h - working together on a text that is not out: what is typed and not
 * saved, comments, addresses for people without an account.
 *
 * As everywhere in the newsroom (news/desk.h), each call that changes something is one
 * transaction, and everybody's rights are asked here: RC_DENIED. Items are named by their
 * row. RC_NOT_FOUND, RC_BUSY, RC_FAILED everywhere. */
#ifndef NEWS_TOGETHER_H
#define NEWS_TOGETHER_H

#include "model/together.h"
#include "news/desk.h"

/* ---- what is typed and not saved ---- */

/* A new word for a form: 32 hex digits, 128 bits. */
struct str news_draft_word(struct arena *a);

/* Is it a word that news_draft_word could have given? */
bool news_draft_is_word(struct str s);

/* Keeps what the actor typed into a form and did not save, in place of what was kept of
 * it. For who may edit the item, or may make one (item_id 0).
 *   is_kept     false: the form is done with, or what is kept was typed later
 *   RC_INVALID  "draft" is no word of ours */
enum rc news_working_keep(const struct desk *d, const struct working *w, bool *is_kept,
                          struct err *err) MUST_CHECK;

/* What is kept of one of the actor's forms. */
enum rc news_working_read(const struct desk *d, struct str draft, struct arena *a,
                          struct working *out, struct err *err) MUST_CHECK;

/* Throws it away. */
enum rc news_working_drop(const struct desk *d, struct str draft,
                          struct err *err) MUST_CHECK;

/* The actor's, the last typed first, up to limit; item_id -1: of all items, 0: of those
 * that were never saved. Without the forms. */
enum rc news_working_list(const struct desk *d, int64_t item_id, int limit,
                          struct arena *a, struct working *out, int *n,
                          struct err *err) MUST_CHECK;

/* ---- comments ---- */

/* Says something about the item as it is now; for who may see it. RC_INVALID "text":
 * nothing, too long, or control characters. */
enum rc news_comment_add(const struct desk *d, int64_t item_id, struct str text,
                         struct err *err) MUST_CHECK;

/* It is seen to; for who may edit the item. RC_NOT_FOUND also when it was already. */
enum rc news_comment_resolve(const struct desk *d, int64_t item_id, int64_t id,
                             struct err *err) MUST_CHECK;

/* Up to limit with ids below before (INT64_MAX: the newest), the newest first. */
enum rc news_comment_list(const struct desk *d, int64_t item_id, int64_t before,
                          int limit, struct arena *a, struct comment *out, int *n,
                          struct err *err) MUST_CHECK;

/* ---- addresses for people outside ---- */

/* Makes an address for the newest revision (0: whichever that is when it is opened) or a
 * fixed one; for who may edit the item.
 *   token       64 hex digits, 256 bits; not stored and never seen again
 *   RC_INVALID  "expires": not after now, or later than PREVIEW_MOST_S from now;
 *               "revision": there is none of that number */
enum rc news_preview_make(const struct desk *d, int64_t item_id, int64_t revision,
                          int64_t expires_at, struct arena *a, struct str *token,
                          struct err *err) MUST_CHECK;

/* Ends one; for who may edit the item. */
enum rc news_preview_revoke(const struct desk *d, int64_t item_id, int64_t id,
                            struct err *err) MUST_CHECK;

/* An item's addresses and when they were last opened, for who may edit it. */
enum { PREVIEW_LINKS_MAX = 100, PREVIEW_OPENINGS_MAX = 50 };
struct preview_list {
    struct preview_link links[PREVIEW_LINKS_MAX];
    struct preview_opening openings[PREVIEW_OPENINGS_MAX];
    int n_links, n_openings; /* the newest */
};
enum rc news_preview_list(const struct desk *d, int64_t item_id, struct arena *a,
                          struct preview_list *out, struct err *err) MUST_CHECK;

/* Opens one for whoever has its token; d->actor is nobody with a network address. With
 * is_counted it is noted.
 *   out          the item as it is in the revision meant
 *   RC_CONFLICT  it was good once: revoked, or over */
enum rc news_preview_open(const struct desk *d, struct str token, bool is_counted,
                          struct arena *a, struct desk_item *out,
                          struct err *err) MUST_CHECK;

#endif
