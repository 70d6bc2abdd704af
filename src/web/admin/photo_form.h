/* web/admin/photo_form.h - what is said of a photo, as a form. */
#ifndef WEB_ADMIN_PHOTO_FORM_H
#define WEB_ADMIN_PHOTO_FORM_H

#include "news/photo.h"
#include "web/staff.h"

/* A form with the photo as it is. */
void photo_form_show(struct visit *v, const struct library_photo *p, struct form *form);

/* What was typed, into the photo as it was read; notes in the form what is wrong.
 *   p        its version becomes the one that the form was made from
 *   returns  RC_OK; RC_INVALID: it was no form of ours */
enum rc photo_form_read(struct visit *v, struct library_photo *p, struct form *form,
                        struct err *err) MUST_CHECK;

/* Says at each field what the photo's file itself has, by source, each with a button that
 * takes it. */
void photo_form_tell_found(struct visit *v, const struct library_photo *p,
                           struct form *form);

/* Puts into its field what such a button asks for ("credit:iim"). RC_INVALID: no button
 * of ours. */
enum rc photo_form_take(struct visit *v, const struct library_photo *p, struct str what,
                        struct form *form, struct err *err) MUST_CHECK;

/* Somebody saved meanwhile: says at each field what they made of it, where that is not
 * what was typed, and bases the form on theirs. */
void photo_form_tell_other(struct visit *v, const struct library_photo *theirs,
                           struct form *form);

/* Asks by the box of this name whether rights are to have ended already, if that is new:
 * the photo is gone at once. end TIME_NONE: there is nothing to ask. */
#define PHOTO_FORM_PAST "past"
void photo_form_ask_past(struct visit *v, struct form *form, int64_t end);

/* Offers the kinds of source of IPTC's vocabulary, and is, if it is none of them. */
void photo_form_offer_sources(struct visit *v, struct str is, struct form *form);

#endif
