/* model/item.h - what an item is, and the rules about it that need no database.
 *
 * An item is a news story, statement, speech or interview in one language. Instants are
 * UTC seconds, TIME_NONE where there is none. Texts are valid UTF-8. */
#ifndef MODEL_ITEM_H
#define MODEL_ITEM_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"
#include "base/time.h"

#define WORD(constant, word) constant,
enum body_format {
#define BODY_FORMATS
#include "model/words.def"
#undef BODY_FORMATS
    BODY__MAX
};
enum item_state {
#define ITEM_STATES
#include "model/words.def"
#undef ITEM_STATES
    STATE__MAX
};
#undef WORD

/* Limits of one item; an input beyond them is refused with the limit named. */
enum {
    ITEM_TITLE_MAX = 1000,      /* bytes */
    ITEM_LEAD_MAX = 8000,       /* bytes */
    ITEM_BODY_MAX = 256 * 1024, /* bytes */
    ITEM_ID_MAX = 200,          /* bytes, of id and group */
    ITEM_CREDIT_MAX = 500,      /* bytes */
    ITEM_CAPTION_MAX = 2000,    /* bytes */
    ITEM_URL_MAX = 2000,        /* bytes, of one old address or credit URL */
    ITEM_PHOTOS_MAX = 100,
    ITEM_TAGS_MAX = 50,
    ITEM_TAG_MAX = 100, /* bytes */
    ITEM_OLD_URLS_MAX = 200,
};

/* Later than every instant: stands for "never" in the visibility columns. */
#define VISIBLE_NEVER INT64_C(253402300800) /* 10000-01-01T00:00:00Z */

struct library_photo;

/* A photo. Of the library: what is said about it. As an item uses it on the desk and in
 * its revisions: what the item says otherwise, and '' follows the library
 * (model/photo.h). As a public page has it: what is shown. */
struct photo {
    struct str sha256; /* hex, of the file; absent while only `file` is known */
    struct str ext;    /* "jpg", "png", "webp" */
    struct str file;   /* as an import names it; absent for stored ones */
    struct str found;  /* what that file says itself (media/found.h); likewise */
    int width_px, height_px;
    int64_t bytes;
#define PHOTO_TEXT(member, key, column, most, inside) struct str member;
#include "model/photo.def"
#undef PHOTO_TEXT
    bool is_decorative;  /* alt is empty then */
    bool has_no_caption; /* of a use: none is shown, although the photo may have one */
    bool has_own_credit; /* false: credit is the item's photo_credit, or, of a use that is
                            not yet followed, the photo's */
    struct str focal;    /* "x,y" in percent, or absent */
    int64_t expires_at;  /* end of rights: not shown from then on */
    struct str rendition; /* digest of the files given out; absent: none made yet */
    const struct library_photo *library; /* of a use, where it was looked up; else NULL */
};

struct item {
    int64_t id;           /* of the database; never shown outside */
    struct str public_id; /* unique; from the source or made by us */
    bool has_source_id;   /* public_id came with the item */
    struct str group;     /* equal in all translations; absent: none */
    struct str lang;
    int64_t section_id;
    struct str slug;
    struct str title, lead, body;
    struct str body_html; /* rendered once, when saved; see news/body.h */
    enum body_format body_format;
    enum item_state state;
    int64_t published_at;
    bool is_date_only;  /* published_at is 00:00 office time of a date */
    int64_t updated_at; /* when a published text last changed */
    int64_t embargo_until, expires_at, pinned_until;
    int64_t withdrawn_at;
    struct str withdrawn_reason;
    struct str photo_credit; /* of the whole item; shown at its end */
    struct photo *photos;
    int n_photos;
    struct str *tags;
    int n_tags;
    struct str *old_urls;
    int n_old_urls;
};

/* An entry of a listing. */
struct card {
    int64_t id;
    struct str lang, slug, title, lead;
    int64_t section_id;
    int64_t published_at;
    bool is_date_only;
    int64_t tie; /* orders items of the same second; see model/cursor.h */
    bool has_photo;
    struct photo photo; /* the lead photo, when has_photo */
};

struct cards {
    struct card *all;
    int n;
};

/* Where an item is, for translations and redirects. */
struct item_place {
    int64_t id, section_id, visible_from, visible_until;
    struct str lang, slug;
};
struct item_places {
    struct item_place *all;
    int n;
};

/* Visible from .. (excluded) until, as the two columns hold it: from the later of publish
 * time and embargo to the earlier of expiry and withdrawal. What is not approved is
 * visible from VISIBLE_NEVER. */
int64_t item_visible_from(const struct item *it);
int64_t item_visible_until(const struct item *it);

/* Was it ever visible before now ended it? Decides between 410 and 404. */
bool item_was_visible(int64_t visible_from, int64_t visible_until, int64_t now);

/* The word of an enum value and back (-1 when it is none). */
const char *body_format_word(enum body_format f);
int body_format_read(struct str word);
const char *item_state_word(enum item_state s);
int item_state_read(struct str word);

/* 64 lower-case hex digits? */
bool photo_sha256_is_valid(struct str s);

/* "12.5,40" with both in 0..100? */
bool photo_focal_is_valid(struct str s);

#endif
