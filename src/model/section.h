/* model/section.h - a section of the site and the rules for its slug.
 *
 * Sections form a tree of two levels: a section without a parent, and its children. A
 * listing shows a section's own items and its children's. */
#ifndef MODEL_SECTION_H
#define MODEL_SECTION_H

#include "model/site.h"

#include "base/err.h"
#include "base/str.h"

enum { SECTIONS_MAX = 200, SECTION_NAME_MAX = 120 };

struct section {
    int64_t id;
    int64_t parent_id;  /* 0: none */
    int64_t position;   /* order among its siblings, smallest first */
    bool has_four_eyes; /* nobody approves their own text there */
    struct str slug;
    struct str
        names[SITE_LANGS_MAX]; /* by index of site.langs; absent: not named in it */
};

/* All sections, parents before children, each level by position then slug. */
struct sections {
    struct section *all;
    int n;
};

/* By slug or id; NULL if there is none. */
const struct section *sections_by_slug(const struct sections *ss, struct str slug);
const struct section *sections_by_id(const struct sections *ss, int64_t id);

/* Its name in a language, else in the default language, else its slug. */
struct str section_name(const struct section *s, int lang);

/* May a section have this slug? Not when it is no slug, four digits (a year), a language
 * code of the site, or a word of the address table. RC_INVALID names the reason. */
enum rc section_slug_check(const struct site *site, struct str slug,
                           struct err *err) MUST_CHECK;

#endif
