/* model/section.c - sections by slug and id; which slugs a section may have. */
#include "model/section.h"

#include "base/slug.h"

/* First words of the address table: a section of that name could not be told apart. */
static const char *const reserved[] = {
    "news", "tag",  "search",  "media",  "static",  "corrections", "api",   "admin",
    "feed", "atom", "sitemap", "robots", "healthz", "metrics",     "about", "contacts",
};

const struct section *
sections_by_slug(const struct sections *ss, struct str slug)
{
    for (int i = 0; i < ss->n; i++)
        if (str_eq(ss->all[i].slug, slug))
            return &ss->all[i];
    return NULL;
}

const struct section *
sections_by_id(const struct sections *ss, int64_t id)
{
    for (int i = 0; i < ss->n; i++)
        if (ss->all[i].id == id)
            return &ss->all[i];
    return NULL;
}

struct str
section_name(const struct section *s, int lang)
{
    if (s->names[lang].n > 0)
        return s->names[lang];
    return s->names[0].n > 0 ? s->names[0] : s->slug;
}

static bool
is_year(struct str slug)
{
    int64_t year;
    return slug.n == 4 && str_to_int(slug, 0, 9999, &year);
}

enum rc
section_slug_check(const struct site *site, struct str slug, struct err *err)
{
    if (!slug_is_valid(slug))
        return err_field(err, "slug",
                         "section slug \"%.*s\": only a-z, 0-9 and single inner hyphens, "
                         "at most %d",
                         STR_ARG(slug), SLUG_MAX);
    if (is_year(slug))
        return err_field(err, "slug", "section slug \"%.*s\" would be read as a year",
                         STR_ARG(slug));
    if (site_lang_find(site, slug) >= 0)
        return err_field(err, "slug", "section slug \"%.*s\" is a language of the site",
                         STR_ARG(slug));
    for (size_t i = 0; i < N_ELEMENTS(reserved); i++)
        if (str_eq_z(slug, reserved[i]))
            return err_field(err, "slug",
                             "section slug \"%.*s\" is a word of the site's "
                             "own addresses",
                             STR_ARG(slug));
    return RC_OK;
}
