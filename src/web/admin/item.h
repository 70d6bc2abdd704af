/* web/admin/item.h - what the pages of one item share. */
#ifndef WEB_ADMIN_ITEM_H
#define WEB_ADMIN_ITEM_H

#include "web/admin/item_form.h"
#include "web/staff.h"

#define ITEM_PAGE(constant, more, name) constant,
enum item_page {
#include "web/admin/item_pages.def"
    ITEM_PAGE__MAX
};
#undef ITEM_PAGE

/* The item of an address /admin/items/:number/... */
struct item_visit {
    struct desk d;
    struct str name; /* for news */
    struct desk_item now;
};

/* Reads it as the newsroom sees it now. Ends the visit's read transaction. RC_NOT_FOUND;
 * RC_DENIED when the person may not see it. */
enum rc item_open(struct visit *v, struct item_visit *out, struct err *err) MUST_CHECK;

/* "/admin/items/12/" and more ("history/"). */
struct str item_address(struct visit *v, int64_t id, const char *more);

/* The same of a form; item_id 0: the one for a new item. */
struct str item_form_address(struct visit *v, int64_t item_id, const char *more);

/* The frame of one of its pages: its title, and the links to the others. */
struct view_staff_frame item_frame(struct visit *v, const struct desk_item *it,
                                   enum item_page page);

/* What a state is called. */
struct str item_state_name(struct visit *v, enum desk_state state);

/* "Kept until 31.03.2026 10:30": how long a draft discarded at an instant is. */
struct str item_kept_until(struct visit *v, int64_t discarded_at);

/* "State: Draft. Version 3, Anna". */
struct str item_state_line(struct visit *v, const struct desk_item *it);

/* "Sent back: the reason"; absent when it is not, or was for no reason. */
struct str item_sent_back(struct visit *v, const struct desk_item *it);

/* What stands in the way of approving its newest text now. */
struct shortcomings item_shortcomings(struct visit *v, const struct desk_item *it);

/* One of them in words, and the field of the form where it is told. */
struct str item_shortcoming(struct visit *v, const struct shortcoming *s);
const char *item_shortcoming_field(struct visit *v, const struct shortcoming *s);

/* Answers with the form of the item as it is, each shortcoming at its field. */
enum rc item_show_checked(struct visit *v, const struct desk_item *it, int status,
                          struct http_response *r, struct err *err) MUST_CHECK;

/* What a field is called, by its key in the exchange format. */
struct str item_field_name(struct visit *v, const char *key);

/* Answers with an item as its public page would show it, below a bar (NULL: none).
 *   photos  what stands before the addresses of its photos: those of visitors open only
 *           when the item is out */
struct item_shown {
    const struct item *item;
    const struct view_bar *bar;
    struct str photos;
};
enum rc item_show_preview(struct visit *v, const struct item_shown *s,
                          struct http_response *r, struct err *err) MUST_CHECK;

/* Answers with a photo of that page, by what stands behind `photos` in the visit's path.
 * RC_NOT_FOUND: the page shows no such photo. */
enum rc item_show_photo(struct visit *v, const struct item *it, struct http_response *r,
                        struct err *err) MUST_CHECK;

/* A comparison of one field. */
struct view_compared item_compared(struct visit *v, const char *key,
                                   const struct diff *diff);

/* Answers a save that was based on an old version: what both changed, and the joined text
 * to look through and save; 409. Keeps everything that was typed. */
struct item_merge {
    const struct merge *merge;
    const struct item_notes *notes;  /* as they were sent */
    const struct desk_saved *newest; /* what to base the joined text on */
};
enum rc item_show_merge(struct visit *v, const struct desk_item *now,
                        const struct item_merge *x, struct http_response *r,
                        struct err *err) MUST_CHECK;

#endif
