/* view/correction.c - corrections: above the text of an article, and the list of all. */
#include "model/url.h"
#include "view/card.h"

static struct tpl_dict *
add_correction(const struct view_lang *l, struct tpl_dict *d, const struct correction *c)
{
    struct tpl_dict *one = tpl_section(d, T_CORRECTION);
    view_item_date(l, one, c->at, false);
    tpl_set_str(one, T_TEXT, c->text);
    return one;
}

void
view_corrections(struct view *v, const struct view_frame *f, struct tpl_dict *d,
                 const struct corrections *all)
{
    if (all->n == 0)
        return;
    struct tpl_dict *show = tpl_section(d, T_CORRECTIONS);
    tpl_set_str(show, T_CORRECTIONS_URL, url_corrections(tpl_arena(d), v->site, f->lang));
    for (int i = 0; i < all->n; i++)
        add_correction(&v->langs[f->lang], show, &all->all[i]);
}

static void
add_line(struct view *v, const struct view_frame *f, struct tpl_dict *d,
         const struct correction_line *l)
{
    const struct section *s = sections_by_id(f->sections, l->section_id);
    int lang = site_lang_find(v->site, l->lang);
    if (s == NULL || lang < 0)
        return;
    struct tpl_dict *one = add_correction(&v->langs[f->lang], d, &l->correction);
    tpl_set_str(one, T_URL, url_article(tpl_arena(d), v->site, lang, s->slug, l->slug));
    tpl_set_str(one, T_TITLE, l->title);
}

static void
fill_corrections(struct view *v, const struct view_frame *f, struct tpl_dict *d,
                 const void *page)
{
    const struct page_corrections *p = page;
    view_crumbs(v, f, d, NULL, 0, f->title);
    tpl_set_str(d, T_HEADING, f->title);
    if (p->n == 0)
        tpl_show(d, T_EMPTY);
    for (int i = 0; i < p->n; i++)
        add_line(v, f, d, &p->all[i]);
    view_pager(f, d);
}

const struct view_kind view_correction_list = {TPL_SITE_CORRECTIONS, fill_corrections,
                                               NULL};
