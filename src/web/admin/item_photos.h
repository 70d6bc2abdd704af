/* web/admin/item_photos.h - the photos in an item's form.
 *
 * Each has the fields photo-N-photo and so on, N being its place from 1; "photos" says
 * how many there are. Caption and alternative text are filled in with what the library
 * says: what nobody changed goes on following it, also when it says something else by the
 * time the form is sent, since photo-N-shown remembers what was filled in. */
#ifndef WEB_ADMIN_ITEM_PHOTOS_H
#define WEB_ADMIN_ITEM_PHOTOS_H

#include "web/form.h"
#include "web/staff.h"

enum { ITEM_PHOTO_FIELDS = 7 };

/* Rows of fields for n photos into spec: n * ITEM_PHOTO_FIELDS. */
void item_photos_spec(struct visit *v, int n, struct form_spec *spec);

/* The name of a field of a photo ("caption"), or "photo" for the photo as a whole. */
const char *item_photos_field(struct visit *v, int photo, const char *name);

/* An item's photos, as the newsroom reads them, into the fields of a form that has them.
 */
void item_photos_show(const struct item *it, struct form *form);

/* The form's photos into *it, whose own are those it had before: what the form does not
 * show of a use stays. Notes what is wrong. RC_FAILED. */
enum rc item_photos_read(struct visit *v, struct form *form, struct item *it,
                         struct err *err) MUST_CHECK;

/* Puts photos of the library behind those of the form, unless they are there: those that
 * the visit's address names in add=1,2. RC_FAILED. */
enum rc item_photos_add(struct visit *v, struct form *form, struct err *err) MUST_CHECK;

/* Was a button of a photo pressed ("photo-up-2")? Then does it, also to the numbers in
 * the text. */
bool item_photos_press(struct visit *v, struct form *form);

/* What is shown of the photos around their fields; after everything else was done to the
 * form. stored NULL: a new item; an end that it gives a photo of its own, earlier than
 * the library's, is shown, too. RC_FAILED. */
enum rc item_photos_complete(struct visit *v, const struct item *stored,
                             struct form *form, struct err *err) MUST_CHECK;

#endif
