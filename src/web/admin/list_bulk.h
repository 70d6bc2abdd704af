/* web/admin/list_bulk.h - doing the same to several items of the list. */
#ifndef WEB_ADMIN_LIST_BULK_H
#define WEB_ADMIN_LIST_BULK_H

#include "news/bulk.h"
#include "web/staff.h"

/* The form below the list, empty. Needs the sections (visit_data). */
void list_bulk_begin(struct visit *v, struct form *form);

/* The form as it was sent; with errors in it, *out is of no use. */
enum rc list_bulk_read(struct visit *v, struct form *form, struct bulk_order *out,
                       struct err *err) MUST_CHECK;

/* How many items were chosen. */
int list_bulk_count(const struct visit *v);

/* Does it to each that was chosen, and answers with what became of each; 200 when one at
 * least was done, else why the first was not.
 *   back  where the list is */
enum rc list_bulk_do(struct visit *v, const struct bulk_order *o, struct str back,
                     struct http_response *r, struct err *err) MUST_CHECK;

#endif
