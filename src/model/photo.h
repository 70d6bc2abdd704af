/* model/photo.h - a photo of the library, and how a use follows it.
 *
 * What is said about a photo belongs to the photo. An item may say otherwise; what it
 * leaves empty follows the photo, so that a credit corrected in the library is corrected
 * in every item. Four things go otherwise than the plain texts: a credit is the use's
 * own, else the photo's, else the item's; where the credit leads goes with the credit;
 * alt text and "decorative" are one thing; a use may have no caption although its photo
 * has one. Rights end at the earliest of the ends. */
#ifndef MODEL_PHOTO_H
#define MODEL_PHOTO_H

#include "model/item.h"

/* A row of the library. */
struct library_photo {
    int64_t id;
    struct photo photo;   /* its file; its own texts, focal point and end of rights */
    struct str found;     /* what the file says, by source: JSON of media/found.h */
    struct str file_name; /* as it was called when it came */
    struct str added_by;  /* their name then */
    int64_t added_at, person_id;
    int64_t confirmed_at; /* when a person looked at the texts; TIME_NONE: nobody did */
    int64_t withdrawn_at; /* off every page from then on; TIME_NONE: it is not */
    struct str withdrawn_reason;
    int64_t version; /* counts changes */
};

/* Until when its rights allow it to be shown: the earlier of end and withdrawal. */
int64_t library_photo_end(const struct library_photo *p);

/* Until when an item may show it: the library's end, or an earlier one of the use's own
 * (use may be NULL: it has none). TIME_NONE: for ever. */
int64_t photo_use_end(const struct photo *use, const struct library_photo *library);

/* Do its rights allow showing it? Of one that follows already. */
bool photo_is_shown(const struct photo *p, int64_t now);

/* Fills a use's credit from its photo (use->library, NULL: unknown) or from its item. */
void photo_follow_credit(struct photo *use, struct str item_credit);

/* Makes a use what is shown of it: everything it leaves empty follows its photo. Once
 * more changes nothing. */
void photo_follow(struct photo *use, struct str item_credit);

/* The photos of an item, each as it is shown, in a. */
struct photo *photos_followed(const struct item *it, struct arena *a);

/* Takes out of a use whatever its photo says as well, so that it follows it. A credit
 * that is not its own goes, too, and so does an end that is not before the photo's. */
void photo_keep_own(struct photo *use, const struct library_photo *library);

/* Texts of which nothing can be seen say nothing: they are absent afterwards. Before
 * photo_check, wherever texts come in. */
void photo_drop_blank(struct photo *p);

/* May this be said of a photo? RC_INVALID names the key: too long, not one line, no web
 * address, a decorative photo with an alt text, a caption that is not to be there, no
 * such focal point. */
enum rc photo_check(const struct photo *p, struct err *err) MUST_CHECK;

#endif
