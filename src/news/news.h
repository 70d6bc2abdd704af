/* news/news.h - the reading side of the newsroom: one context per worker.
 *
 * What all pages share (sections, latest strip, archive years) is kept per epoch. An
 * epoch ends when somebody writes or when an item goes out or ends by itself; within one,
 * the same address always gives the same page. */
#ifndef NEWS_NEWS_H
#define NEWS_NEWS_H

#include "model/page.h"
#include "model/site.h"
#include "model/wording.h"
#include "store/listing.h"
#include "store/store.h"

enum { STRIP_ITEMS = 4 };

struct news_config {
    int items_per_page, home_latest, home_per_section;
};

/* What an epoch's pages share in one language; made when first asked for. */
struct news_lang {
    bool has_strip, has_years;
    struct cards strip;
    struct years years;
};

struct news {
    struct store *st; /* borrowed, read-only */
    const struct site *site;
    struct news_config config;
    int64_t now; /* of the last refresh: the moment all answers are of */
    /* the epoch */
    int64_t version, changed_at; /* of the database */
    int64_t transition;          /* last change by itself */
    int64_t looked_at;           /* the second in which that was looked up */
    int64_t epoch;               /* counts epochs of this worker, from 1 */
    struct arena arena;          /* lives as long as the epoch */
    struct sections sections;
    struct wordings wordings; /* words of the site that the newsroom changed */
    struct news_lang langs[SITE_LANGS_MAX];
};

/* st and site must outlive it. n is all zero or was closed; epochs are counted on, so
 * that nothing kept of one database is shown with another. */
void news_open(struct news *n, struct store *st, const struct site *site,
               struct news_config config);
void news_close(struct news *n);

/* To be called inside store_read_begin, before anything else is asked: begins a new epoch
 * when there is one. 1 statement; in a new second 4 and one per language more, in a new
 * epoch 3 more. RC_BUSY, RC_FAILED. */
enum rc news_refresh(struct news *n, int64_t now, struct err *err) MUST_CHECK;

/* Since when the pages of this epoch have been what they are: Last-Modified. TIME_NONE
 * when that is this second or later, since then more may change in it. */
int64_t news_last_modified(const struct news *n);

/* The newest items of a language, STRIP_ITEMS of them; live as long as the epoch. */
enum rc news_strip(struct news *n, int lang, const struct cards **out,
                   struct err *err) MUST_CHECK;

/* The years with a visible item, newest first; live as long as the epoch. */
enum rc news_years(struct news *n, int lang, const struct years **out,
                   struct err *err) MUST_CHECK;

#endif
