/* news/news.c - epochs, and what their pages share. */
#include "news/news.h"

#include "store/section.h"
#include "store/site.h"
#include "store/wording.h"

#include "base/time.h"

void
news_open(struct news *n, struct store *st, const struct site *site,
          struct news_config config)
{
    *n = (struct news){.st = st,
                       .site = site,
                       .config = config,
                       .epoch = n->epoch,
                       .version = -1,
                       .transition = TIME_NONE,
                       .looked_at = TIME_NONE};
    arena_init(&n->arena);
}

void
news_close(struct news *n)
{
    arena_done(&n->arena);
}

static enum rc
begin_epoch(struct news *n, struct err *err)
{
    n->epoch++;
    n->version = -1; /* until all of it has been read */
    arena_reset(&n->arena);
    memset(n->langs, 0, sizeof n->langs);
    TRY(store_section_all(n->st, n->site, &n->arena, &n->sections, err));
    return store_wording_all(n->st, &n->arena, &n->wordings, err);
}

enum rc
news_refresh(struct news *n, int64_t now, struct err *err)
{
    struct site_state state;
    int64_t transition = n->transition;
    TRY(store_site_state(n->st, &state, err));
    n->now = now;
    bool is_changed = state.version != n->version;
    if (is_changed || now != n->looked_at) {
        TRY(store_site_last_transition(n->st, n->site, now, &transition, err));
        n->looked_at = now;
    }
    if (!is_changed && transition == n->transition)
        return RC_OK;
    TRY(begin_epoch(n, err));
    n->version = state.version;
    n->changed_at = state.changed_at;
    n->transition = transition;
    return RC_OK;
}

int64_t
news_last_modified(const struct news *n)
{
    int64_t last = n->changed_at > n->transition ? n->changed_at : n->transition;
    return last < n->now ? last : TIME_NONE;
}

enum rc
news_strip(struct news *n, int lang, const struct cards **out, struct err *err)
{
    struct news_lang *l = &n->langs[lang];
    if (!l->has_strip) {
        struct listing_query lq = {.lang = n->site->langs[lang].code,
                                   .now = n->now,
                                   .cursor = {n->now + 1, 0},
                                   .bound = INT64_MIN,
                                   .limit = STRIP_ITEMS};
        TRY(store_listing_before(n->st, &lq, &n->arena, &l->strip, err));
        l->has_strip = true;
    }
    *out = &l->strip;
    return RC_OK;
}

/* Hops from each year's newest item to the newest one before that year. */
static enum rc
read_years(struct news *n, int lang, struct years *out, struct err *err)
{
    int64_t before = n->now + 1, t = 0;
    enum rc rc = RC_OK;
    out->n = 0;
    while (out->n < YEARS_MAX) {
        rc = store_listing_time_before(n->st, n->site->langs[lang].code, before, n->now,
                                       &t, err);
        if (rc != RC_OK)
            break;
        out->all[out->n] = time_office(t).year;
        before = time_office_midnight(out->all[out->n++], 1, 1);
    }
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
news_years(struct news *n, int lang, const struct years **out, struct err *err)
{
    struct news_lang *l = &n->langs[lang];
    if (!l->has_years) {
        TRY(read_years(n, lang, &l->years, err));
        l->has_years = true;
    }
    *out = &l->years;
    return RC_OK;
}
