/* news/body_photos.h - the photos that a body in Markdown names, by their numbers.
 *
 * A photo is named as in ![](photo:2), in any of the ways that CommonMark has to write
 * where an image leads: in place, in angle brackets, in a definition. What looks like
 * that in a piece of code counts as well. */
#ifndef NEWS_BODY_PHOTOS_H
#define NEWS_BODY_PHOTOS_H

#include "model/item.h"

/* Does the body name the photo of this number? */
bool news_body_names(struct str body, int number);

/* The body with other numbers: to[n] is the new one of photo n (1 to ITEM_PHOTOS_MAX), 0
 * leaves it. In a; the body itself when nothing changes. */
struct str news_body_renumber(struct str body, const int to[ITEM_PHOTOS_MAX + 1],
                              struct arena *a);

#endif
