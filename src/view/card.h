/* view/card.h - entries of listings, and other parts of pages; private here. */
#ifndef VIEW_CARD_H
#define VIEW_CARD_H

#include "model/item.h"
#include "model/page.h"
#include "view/photo.h"

/* What a card shows besides its item. */
struct card_style {
    enum tpl_file file; /* TPL_SITE_CARD or TPL_SITE_LEAD */
    bool is_h3;         /* heading level below a block heading */
    bool names_section;
    struct photo_style photo;
};

/* Includes a card at `where` in d. */
void view_card(struct view *v, const struct view_frame *f, struct tpl_dict *d,
               enum tpl_name where, const struct card *c, struct card_style style);

/* Sets DATETIME and DATE of an item. */
void view_item_date(const struct view_lang *l, struct tpl_dict *d, int64_t t,
                    bool is_date_only);

/* The corrections of an article, if there are any. */
void view_corrections(struct view *v, const struct view_frame *f, struct tpl_dict *d,
                      const struct corrections *all);

/* The ways to newer and older pages, as the frame names them. */
void view_pager(const struct view_frame *f, struct tpl_dict *d);

/* The address of a card's item. */
struct str view_card_url(const struct view *v, const struct view_frame *f,
                         const struct card *c, struct arena *a);

/* Crumbs from home down to the page: home, all news, then the given ones. */
struct view_crumb {
    struct str url, name;
};
void view_crumbs(const struct view *v, const struct view_frame *f, struct tpl_dict *d,
                 const struct view_crumb *more, int n, struct str here);

#endif
