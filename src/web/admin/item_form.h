/* web/admin/item_form.h - an item as a form, and the form as an item. */
#ifndef WEB_ADMIN_ITEM_FORM_H
#define WEB_ADMIN_ITEM_FORM_H

#include "web/form.h"
#include "web/staff.h"

/* What the form says beside the item itself. */
struct item_notes {
    int64_t base;     /* the number of the revision it was made from; 0: none */
    struct str draft; /* the form's word (news/together.h) */
    bool is_minor;
    struct str why;
};

/* Fills a form with an item (id 0: a new one). Needs the visit's data (visit_data). */
void item_form_show(struct visit *v, const struct item *it, int64_t base,
                    struct form *form);

/* Takes the fields that were sent, for showing them again: nothing is checked but that
 * they are those of such a form. RC_INVALID. */
enum rc item_form_again(struct visit *v, const struct item *it, struct form *form,
                        struct err *err) MUST_CHECK;

/* Gives the form the fields of n photos; what stands in those of the first n stays. */
void item_form_set_photos(struct form *form, int n);
int item_form_photos(const struct form *form);

/* The number of the revision that the form that was sent was made from. RC_INVALID for a
 * form that is none of ours. */
enum rc item_form_base(struct visit *v, int64_t *out, struct err *err) MUST_CHECK;

/* Reads the form that was sent into *it, which holds the item as it was in that revision
 * (or zeros) and keeps what the form does not show: dates without a time, what else a use
 * of a photo says. What is wrong is noted in the form. Times are the office's clock; one
 * that a clock change leapt over is refused, one that came twice is asked about.
 * RC_INVALID, RC_FAILED. Needs the visit's data. */
enum rc item_form_read(struct visit *v, struct item *it, struct item_notes *notes,
                       struct form *form, struct err *err) MUST_CHECK;

#endif
