/* news/section.h - what may be done to sections, with all rules.
 *
 * Each call is one write transaction with its line in the audit log. RC_DENIED: the actor
 * may not (RIGHT_SECTIONS); RC_INVALID names the field; RC_NOT_FOUND is a section that is
 * not there; RC_CONFLICT says what stands in the way, err->field what it is about. */
#ifndef NEWS_SECTION_H
#define NEWS_SECTION_H

#include "model/section.h"
#include "news/desk.h"

/* Adds a section below parent (absent: at the top) at the end of its siblings; sets
 * s->id. names are by language index; at least the default language's is needed. Its
 * has_four_eyes counts too. */
enum rc news_section_add(const struct desk *d, struct section *s, struct str parent,
                         struct err *err) MUST_CHECK;

/* A place in the tree of sections. */
struct section_spot {
    struct str parent; /* its slug; "": top, absent: where it is */
    int64_t place;     /* among its siblings, from 1; 0: last */
};

struct section_change {
    struct str slug;                  /* absent: stays */
    struct str names[SITE_LANGS_MAX]; /* by language; absent: stays, "": none */
    const struct section_spot *to;    /* NULL: stays where it is */
    const bool *four_eyes;            /* nobody approves their own text; NULL: stays */
};

/* Changes it. The addresses with the old slug, the section's and its items', are
 * redirected from then on, until another section gets that slug. */
enum rc news_section_change(const struct desk *d, struct str slug,
                            const struct section_change *change,
                            struct err *err) MUST_CHECK;

/* Removes an empty section. Who had rights in it still has them in accounts.db: the
 * caller takes them away (auth_person_drop_section of *id). */
enum rc news_section_remove(const struct desk *d, struct str slug, int64_t *id,
                            struct err *err) MUST_CHECK;

#endif
