/* view/article.c - the content of an article page. */
#include "model/page.h"
#include "model/url.h"
#include "view/card.h"

/* Which photos the body places itself; the rest are shown around it. */
static void
note_placed(const struct page_article *p, bool *placed)
{
    for (int i = 0; i < p->n_parts; i++)
        if (p->parts[i].photo > 0)
            placed[p->parts[i].photo - 1] = true;
}

static void
add_body(struct tpl_dict *d, const struct view_frame *f, const struct page_article *p)
{
    for (int i = 0; i < p->n_parts; i++) {
        const struct body_part *part = &p->parts[i];
        struct tpl_dict *body = tpl_section(d, T_BODY);
        if (part->photo == 0)
            tpl_set_html(tpl_section(body, T_HTML), T_HTML_TEXT,
                         tpl_html_trusted(part->html));
        else if (part->photo <= p->item.n_photos)
            view_figure(body, T_PHOTO, &p->item.photos[part->photo - 1],
                        (struct figure_style){false, f->photos});
    }
}

/* The first photo that the body does not place stands on top, the others at the end. */
static void
add_photos(struct tpl_dict *d, const struct view_frame *f, const struct page_article *p)
{
    bool placed[ITEM_PHOTOS_MAX] = {false};
    struct tpl_dict *rest = NULL;
    bool has_top = false;
    note_placed(p, placed);
    for (int i = 0; i < p->item.n_photos; i++) {
        const struct photo *photo = &p->item.photos[i];
        if (placed[i] || photo->sha256.n == 0)
            continue;
        if (has_top)
            rest = rest != NULL ? rest : tpl_section(d, T_PHOTOS);
        view_figure(has_top ? rest : d, has_top ? T_PHOTO : T_TOP_PHOTO, photo,
                    (struct figure_style){!has_top, f->photos});
        has_top = true;
    }
}

static void
article_crumbs(struct view *v, const struct view_frame *f, struct tpl_dict *d,
               const struct page_article *p)
{
    struct arena *a = tpl_arena(d);
    struct view_crumb more[3];
    int n = 0;
    const struct section *s = p->section;
    const struct section *parent = sections_by_id(f->sections, s->parent_id);
    more[n++] = (struct view_crumb){url_all(a, v->site, f->lang),
                                    view_string(v, f->lang, S_ALL_NEWS)};
    if (parent != NULL)
        more[n++] = (struct view_crumb){url_section(a, v->site, f->lang, parent->slug),
                                        section_name(parent, f->lang)};
    more[n++] = (struct view_crumb){url_section(a, v->site, f->lang, s->slug),
                                    section_name(s, f->lang)};
    view_crumbs(v, f, d, more, n, p->item.title);
}

static void
add_ways_on(struct view *v, const struct view_frame *f, struct tpl_dict *d,
            const struct page_article *p)
{
    struct arena *a = tpl_arena(d);
    tpl_set_str(d, T_BACK_URL, p->back);
    tpl_set_str(d, T_SECTION_URL, url_section(a, v->site, f->lang, p->section->slug));
    tpl_set_str(d, T_ALL_URL, url_all(a, v->site, f->lang));
}

static void
fill_article(struct view *v, const struct view_frame *f, struct tpl_dict *d,
             const void *page)
{
    struct arena *a = tpl_arena(d);
    const struct page_article *p = page;
    const struct item *it = &p->item;
    const struct view_lang *l = &v->langs[f->lang];
    article_crumbs(v, f, d, p);
    tpl_set_str(d, T_TITLE, it->title);
    view_item_date(l, d, it->published_at, it->is_date_only);
    if (p->is_updated) {
        struct tpl_dict *updated = tpl_section(d, T_UPDATED);
        tpl_set_str(updated, T_UPDATED_DATETIME, time_write(a, it->updated_at, false));
        tpl_set_str(updated, T_UPDATED_DATE, view_date(l, a, it->updated_at));
    }
    if (it->lead.n > 0)
        tpl_set_str(tpl_section(d, T_LEAD), T_LEAD_TEXT, it->lead);
    view_corrections(v, f, d, &p->corrections);
    add_body(d, f, p);
    add_photos(d, f, p);
    if (it->photo_credit.n > 0)
        tpl_set_str(tpl_section(d, T_CREDIT), T_CREDIT_TEXT, it->photo_credit);
    add_ways_on(v, f, d, p);
}

const struct view_kind view_article = {TPL_SITE_ARTICLE, fill_article};
