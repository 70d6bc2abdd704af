/* view/linked.h - what an article's page says to programs; private to view. */
#ifndef VIEW_LINKED_H
#define VIEW_LINKED_H

#include "model/page.h"
#include "view/view.h"

/* Sets JSON-LD (W3C JSON-LD 1.1, vocabulary schema.org) and the Open Graph tags in the
 * page's head. Photos that are not to be seen are in neither. */
void view_linked(const struct view *v, const struct view_frame *f, struct tpl_dict *d,
                 const struct page_article *p);

#endif
