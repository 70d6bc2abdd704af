/* news/section.h - what an operator may do to sections, with all rules.
 *
 * Each call is one write transaction. RC_INVALID names the field; RC_NOT_FOUND is a
 * section that is not there; RC_CONFLICT says what stands in the way. */
#ifndef NEWS_SECTION_H
#define NEWS_SECTION_H

#include "model/section.h"
#include "store/store.h"

/* Adds a section below parent (absent: at the top) at the end of its siblings. names are
 * by language index; at least the default language's is needed. */
enum rc news_section_add(struct store *st, const struct site *site, struct section *s,
                         struct str parent, int64_t now, struct err *err) MUST_CHECK;

/* Gives it another slug (absent: none) and names (absent ones stay). The old slug's
 * addresses are redirected. */
enum rc news_section_rename(struct store *st, const struct site *site, struct str slug,
                            const struct section *change, int64_t now,
                            struct err *err) MUST_CHECK;

/* A place in the tree of sections. */
struct section_spot {
    struct str parent; /* its slug; "": top, absent: where it is */
    int64_t place;     /* among its siblings, from 1; 0: last */
};

/* Puts it there. */
enum rc news_section_move(struct store *st, const struct site *site, struct str slug,
                          const struct section_spot *to, int64_t now,
                          struct err *err) MUST_CHECK;

/* The four-eyes rule: nobody approves their own text there. */
enum rc news_section_set_four_eyes(struct store *st, const struct site *site,
                                   struct str slug, bool is_on, int64_t now,
                                   struct err *err) MUST_CHECK;

/* Removes an empty section. */
enum rc news_section_remove(struct store *st, const struct site *site, struct str slug,
                            int64_t now, struct err *err) MUST_CHECK;

#endif
