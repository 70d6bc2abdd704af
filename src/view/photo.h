/* view/photo.h - the one way a photo reaches visitors: never without its credit.
 *
 * Every page shows photos through view_photo; what machines are told of one (JSON-LD,
 * Open Graph, feeds, sitemaps) comes from view_photo_facts. */
#ifndef VIEW_PHOTO_H
#define VIEW_PHOTO_H

#include "model/item.h"
#include "view/view.h"

/* Where a photo stands: which of its shapes is shown there, and how wide. */
enum photo_place {
    PHOTO_IN_ARTICLE, /* across the article's column */
    PHOTO_IN_TEXT,    /* between its paragraphs */
    PHOTO_IN_GALLERY,
    PHOTO_IN_LEAD,  /* the card that stands first on the home page */
    PHOTO_IN_LIST,  /* a card's, beside its text */
    PHOTO_IN_BLOCK, /* a card's, of two or three in a row */
    PHOTO__MAX
};

struct photo_style {
    enum photo_place place;
    bool is_eager; /* the first photo of the page, above the fold */
};

/* Shows a photo with caption and credit in the section of d, which includes FIGURE. One
 * that is not to be seen (its rights have ended, its files are not made yet) has a few
 * words in its place; caption and credit stay. */
void view_photo(const struct view *v, const struct view_frame *f, struct tpl_dict *d,
                enum tpl_name section, const struct photo *p, struct photo_style style);

/* What programs are told of a photo. Addresses are absolute. */
struct photo_facts {
    const struct photo *photo; /* its texts */
    struct str url;            /* of the largest JPEG, with its sides */
    int width_px, height_px;
    struct str share_url; /* of the crop for shared links (Open Graph), with its sides */
    int share_width_px, share_height_px;
};

/* False: the photo is not to be seen now. out lives in a and as long as p. */
bool view_photo_facts(const struct site *s, const struct photo *p, int64_t now,
                      struct arena *a, struct photo_facts *out);

#endif
