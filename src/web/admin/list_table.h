/* web/admin/list_table.h - lines of the newsroom's list as a table. */
#ifndef WEB_ADMIN_LIST_TABLE_H
#define WEB_ADMIN_LIST_TABLE_H

#include "web/staff.h"

enum list_column {
    LIST_TITLE, /* leads to the item */
    LIST_SECTION,
    LIST_LANG,
    LIST_STATE,
    LIST_AUTHOR,
    LIST_CHANGED,
    LIST_PUBLISHED,
    LIST_GOES_OUT,
    LIST_COLUMN__MAX
};

/* The page's lines in these columns. With picks each row begins with a check box named
 * "item-" and its number, whose value is its version. Needs the sections (visit_data). */
struct list_shape {
    const enum list_column *columns;
    int n_columns;
    bool has_picks;
};
void list_table(struct visit *v, const struct desk_page *page,
                const struct list_shape *shape, struct view_table *out);

/* "Published", "Draft", "Published · Draft" … */
struct str list_state(struct visit *v, const struct desk_line *l);

#endif
