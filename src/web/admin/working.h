/* web/admin/working.h - what stands around an item's form so that nothing that is typed
 * is lost and people see each other. */
#ifndef WEB_ADMIN_WORKING_H
#define WEB_ADMIN_WORKING_H

#include "web/form.h"
#include "web/staff.h"

enum { WORKING_BLOCKS = 2 };

/* Puts what was typed and kept, and is asked for by ?unsaved=, into an item's form. */
enum rc working_go_on(struct visit *v, struct form *form, struct err *err) MUST_CHECK;

/* Keeps what is typed into the item's form that was sent. is_kept: something of the form
 * is, this or what was typed later. RC_INVALID. */
enum rc working_keep(struct visit *v, int64_t item_id, bool *is_kept,
                     struct err *err) MUST_CHECK;

/* Who else is at the item (0: a new one), and what the form's script needs. A form that
 * was asked for notes that this person is there. */
enum rc working_together(struct visit *v, int64_t item_id, struct view_together *t,
                         struct err *err) MUST_CHECK;

/* The parts above an item's form (item_id 0: a new one): kept texts of the person's that
 * one may go on with, and working_together. */
enum rc working_around(struct visit *v, int64_t item_id, const struct form *form,
                       struct view_block *blocks, int *n, struct err *err) MUST_CHECK;

/* The person's texts that were not saved, of an item or (item_id -1) of all of them, but
 * the one in a form with the word `but`. Nothing to show: n_rows is 0. */
enum rc working_table(struct visit *v, int64_t item_id, struct str but,
                      struct view_table *out, struct err *err) MUST_CHECK;

#endif
