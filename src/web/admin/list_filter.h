/* web/admin/list_filter.h - what the list of items shows, as its address says it. */
#ifndef WEB_ADMIN_LIST_FILTER_H
#define WEB_ADMIN_LIST_FILTER_H

#include "web/staff.h"

struct list_filter {
    struct form form; /* as typed, with what is wrong; then the filter is of no use */
    struct desk_filter asked;
    bool is_any; /* anything is asked for */
};

/* Reads the query. Begins and ends the visit's read transaction. RC_INVALID: a parameter
 * that is there twice, or no place in a list. */
enum rc list_filter_read(struct visit *v, struct list_filter *out,
                         struct err *err) MUST_CHECK;

/* The address of the list with the same filter: its beginning, or the page on or back. */
struct str list_filter_address(struct visit *v, const struct list_filter *f,
                               enum desk_turn turn, struct cursor place);

/* Links to the lists that are often asked for; f->page is the one that is shown, -1 when
 * none of them is. */
void list_filter_views(struct visit *v, const struct list_filter *filter,
                       struct view_staff_frame *f);

#endif
