/* model/page.h - what the public pages show, as facts: filled by news, shown by view. */
#ifndef MODEL_PAGE_H
#define MODEL_PAGE_H

#include "model/correction.h"
#include "model/cursor.h"
#include "model/item.h"
#include "model/section.h"

enum { YEARS_MAX = 200 };

struct years {
    int all[YEARS_MAX]; /* newest first */
    int n;
};

/* A piece of rendered HTML: text, or the place of a photo. */
struct body_part {
    struct str html; /* absent for a photo */
    int photo;       /* 1-based number among the item's photos, 0 for HTML */
};

/* Whether there is a page at an address. */
enum page_found {
    PAGE_SHOWN,
    PAGE_GONE,   /* was visible once, is not any more: 410 */
    PAGE_MOVED,  /* `address` is where it is now: 301 */
    PAGE_UNKNOWN /* never was visible, or never was: 404 */
};

struct page_home {
    bool has_lead;
    struct card lead; /* the pinned item, else the newest */
    struct cards latest;
    struct block {
        const struct section *section;
        struct cards cards;
    } * blocks;
    int n_blocks;
};

/* Which listing, and which part of it. */
struct listing_place {
    int lang;
    const struct section *section; /* NULL: all news */
    int year, month;               /* 0: no archive page, 0: whole year */
    bool has_before, has_after;
    struct cursor before, after;
};

struct page_listing {
    struct listing_place place;
    struct cards cards; /* newest first */
    bool has_older, has_newer;
    struct cursor older; /* what the older page lies before */
    struct cursor newer; /* what the newer page lies after */
    bool newer_is_first; /* the newer page is the listing's own address */
    const struct section **children;
    int n_children;
    struct years years; /* all news and archive pages */
    bool months[13];    /* [1..12] of a year page: has items */
};

/* What is at a section's address. */
struct section_found {
    enum page_found found;
    const struct section *section; /* PAGE_SHOWN, PAGE_MOVED */
    struct str address;            /* PAGE_MOVED */
};

/* Which article: the words of its address. */
struct article_place {
    int lang;
    struct str section, slug;
};

struct page_article {
    enum page_found found;
    struct str address; /* PAGE_MOVED */
    struct item item;
    const struct section *section;
    struct body_part *parts;
    int n_parts;
    bool is_updated;
    struct str back;                 /* the listing page that shows the item */
    struct item_places translations; /* visible ones in other languages */
    struct corrections corrections;
};

struct page_corrections {
    struct listing_place place;  /* its lang, before and after */
    struct correction_line *all; /* newest first */
    int n;
    bool has_older, has_newer;
    struct cursor older, newer; /* as in page_listing */
    bool newer_is_first;
};

#endif
