/* store/section.h - the sections of the site as they are remembered.
 *
 * Which slugs are allowed is model/section.h, what an operator may do is
 * news/section.h. Everything that changes runs inside store_write_begin. */
#ifndef STORE_SECTION_H
#define STORE_SECTION_H

#include "model/section.h"
#include "store/store.h"

/* All of them, in the order of struct sections. 2 statements. RC_OK, RC_BUSY, RC_FAILED;
 * RC_LIMIT over SECTIONS_MAX. */
enum rc store_section_all(struct store *st, const struct site *site, struct arena *a,
                          struct sections *out, struct err *err) MUST_CHECK;

/* The section that had this slug once. RC_NOT_FOUND. */
enum rc store_section_by_alias(struct store *st, struct str slug, int64_t *id,
                               struct err *err) MUST_CHECK;

/* Adds it with its names; sets s->id. RC_CONFLICT when the slug is taken. A former slug
 * of another section becomes free. */
enum rc store_section_add(struct store *st, const struct site *site, struct section *s,
                          struct err *err) MUST_CHECK;

enum rc store_section_set_name(struct store *st, int64_t id, struct str lang,
                               struct str name, struct err *err) MUST_CHECK;
enum rc store_section_drop_name(struct store *st, int64_t id, struct str lang,
                                struct err *err) MUST_CHECK;
enum rc store_section_set_place(struct store *st, int64_t id, int64_t parent_id,
                                int64_t position, struct err *err) MUST_CHECK;

/* Gives it another slug and keeps the old one for redirects. RC_CONFLICT when taken. */
enum rc store_section_set_slug(struct store *st, int64_t id, struct str old,
                               struct str slug, struct err *err) MUST_CHECK;

/* With the four-eyes rule nobody approves their own text there. */
enum rc store_section_set_four_eyes(struct store *st, int64_t id, bool is_on,
                                    struct err *err) MUST_CHECK;

/* Is there an item in it, of any state, or one whose newest text is to go there? */
enum rc store_section_in_use(struct store *st, int64_t id, bool *out,
                             struct err *err) MUST_CHECK;

/* Removes it with its names and former slugs. RC_CONFLICT when items or children are
 * left in it. */
enum rc store_section_remove(struct store *st, int64_t id, struct err *err) MUST_CHECK;

#endif
