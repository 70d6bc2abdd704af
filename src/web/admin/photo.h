/* web/admin/photo.h - what the pages of the photo library share. */
#ifndef WEB_ADMIN_PHOTO_H
#define WEB_ADMIN_PHOTO_H

#include "model/rendition.h"
#include "news/library.h"
#include "news/photo.h"
#include "web/staff.h"

#define PHOTOS "/admin/photos/"

/* "/admin/photos/12/" and more ("withdraw/"). */
struct str photo_address(struct visit *v, int64_t id, const char *more);

/* The address of the smallest picture of a shape, and its size. */
struct str photo_picture(struct visit *v, const struct library_line *l,
                         enum rendition_shape shape, struct rendition_size *size);

/* What a photo is called: its caption, headline or file name, else its number. */
struct str photo_name(struct visit *v, const struct library_line *l);

/* Do rights that end then end soon: within the days of the setting rights_warning_days?
 */
bool photo_ends_soon(const struct visit *v, int64_t end);

/* What is to be said of it in a list: "Rights end 31.03.2026 10:30 · Not used". */
struct str photo_notes(struct visit *v, const struct library_line *l);

/* Lines of the library as pictures beside each other. */
struct view_tiles photo_tiles(struct visit *v, const struct library_line *lines, int n);

/* Reads from the query behind or before which photo the list is wanted. RC_INVALID. */
enum rc photo_read_place(struct visit *v, struct library_filter *out,
                         struct err *err) MUST_CHECK;

/* The ways to the other pages of a list.
 *   first  the address of its first page */
void photo_ways(struct visit *v, struct str first, const struct library_page *page,
                struct view_tiles *t);

/* The form that brings photos in; wrong: said at its files (S__MAX: nothing). */
struct view_form photo_new_form(struct visit *v, enum tpl_string wrong);

/* The parts of the newsroom's first page that are about photos; n: how many there are. */
enum { HOME_PHOTO_PARTS = 2 };
enum rc home_photos(struct visit *v, const struct desk *d,
                    struct view_block blocks[HOME_PHOTO_PARTS], int *n,
                    struct err *err) MUST_CHECK;

#endif
