/* store/together.h - what people who work on one text have between them, as it is
 * remembered in news.db. Everything that changes runs inside store_write_begin. */
#ifndef STORE_TOGETHER_H
#define STORE_TOGETHER_H

#include "model/actor.h"
#include "model/together.h"
#include "store/store.h"

/* ---- what nobody saved yet ---- */

/* Keeps a working copy of a person in place of an older one of the same form.
 *   is_kept  false: the form is done with, or what is kept was typed later */
enum rc store_working_keep(struct store *st, int64_t person_id, const struct working *w,
                           bool *is_kept, struct err *err) MUST_CHECK;

/* A form is done with: what is kept of it goes, and nothing more of it is taken. Marks of
 * that kind go after a while. */
enum rc store_working_close(struct store *st, int64_t person_id, struct str draft,
                            int64_t now, struct err *err) MUST_CHECK;

/* RC_NOT_FOUND. */
enum rc store_working_at(struct store *st, int64_t person_id, struct str draft,
                         struct arena *a, struct working *out,
                         struct err *err) MUST_CHECK;

/* A person's, the last typed first, up to limit; item_id -1: of all items. */
enum rc store_working_list(struct store *st, int64_t person_id, int64_t item_id,
                           int limit, struct arena *a, struct working *out, int *n,
                           struct err *err) MUST_CHECK;

/* ---- comments ---- */

/* Adds c->text, said about c->revision of an item by an actor at c->at. */
enum rc store_comment_add(struct store *st, int64_t item_id, const struct actor *who,
                          const struct comment *c, struct err *err) MUST_CHECK;
/* RC_NOT_FOUND: no such comment of the item that is still to be seen to. */
enum rc store_comment_resolve(struct store *st, int64_t item_id, int64_t id,
                              struct str by, int64_t at, struct err *err) MUST_CHECK;
/* Up to limit with ids below before, the newest first. */
enum rc store_comment_of_item(struct store *st, int64_t item_id, int64_t before,
                              int limit, struct arena *a, struct comment *out, int *n,
                              struct err *err) MUST_CHECK;
/* How many are still to be seen to. */
enum rc store_comment_count_open(struct store *st, int64_t item_id, int64_t *n,
                                 struct err *err) MUST_CHECK;

/* ---- addresses for people outside ---- */

/* Adds a link of an actor by its item, revision, made_at and expires_at; sets l->id. */
enum rc store_preview_add(struct store *st, struct preview_link *l,
                          struct str token_sha256, const struct actor *who,
                          struct err *err) MUST_CHECK;
/* RC_NOT_FOUND: no such link of the item that is not revoked. */
enum rc store_preview_revoke(struct store *st, int64_t item_id, int64_t id, struct str by,
                             int64_t at, struct err *err) MUST_CHECK;
/* RC_NOT_FOUND. n_opened is not looked for. */
enum rc store_preview_by_token(struct store *st, struct str token_sha256, struct arena *a,
                               struct preview_link *out, struct err *err) MUST_CHECK;
/* Up to limit, the newest first. */
enum rc store_preview_of_item(struct store *st, int64_t item_id, int limit,
                              struct arena *a, struct preview_link *out, int *n,
                              struct err *err) MUST_CHECK;
/* Notes that a link was looked at from a network address. */
enum rc store_preview_opened(struct store *st, const struct preview_link *l, int64_t at,
                             struct str address, struct err *err) MUST_CHECK;
/* Up to limit of an item, the last first. */
enum rc store_preview_openings(struct store *st, int64_t item_id, int limit,
                               struct arena *a, struct preview_opening *out, int *n,
                               struct err *err) MUST_CHECK;

#endif
