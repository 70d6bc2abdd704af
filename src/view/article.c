/* view/article.c - the content of an article page. */
#include "model/page.h"
#include "model/url.h"
#include "view/card.h"
#include "view/linked.h"

/* Which photos the body places itself; the rest are shown around it. */
static void
note_placed(const struct page_article *p, bool *placed)
{
    for (int i = 0; i < p->n_parts; i++)
        if (p->parts[i].photo > 0)
            placed[p->parts[i].photo - 1] = true;
}

static void
add_body(const struct view *v, struct tpl_dict *d, const struct view_frame *f,
         const struct page_article *p)
{
    for (int i = 0; i < p->n_parts; i++) {
        const struct body_part *part = &p->parts[i];
        struct tpl_dict *body = tpl_section(d, T_BODY);
        if (part->photo == 0)
            tpl_set_html(tpl_section(body, T_HTML), T_HTML_TEXT,
                         tpl_html_trusted(part->html));
        else if (part->photo <= p->item.n_photos)
            view_photo(v, f, body, T_PHOTO, &p->item.photos[part->photo - 1],
                       (struct photo_style){PHOTO_IN_TEXT, false});
    }
}

/* Several photos in a row that is leafed through. */
static void
add_gallery(const struct view *v, struct tpl_dict *d, const struct view_frame *f,
            const struct photo *const *photos, int n)
{
    struct tpl_dict *gallery = tpl_section(d, T_GALLERY);
    tpl_set_str(gallery, T_GALLERY_JS_URL, view_static("js/gallery.js"));
    for (int i = 0; i < n; i++)
        view_photo(v, f, gallery, T_PHOTO, photos[i],
                   (struct photo_style){PHOTO_IN_GALLERY, false});
}

/* The first photo that the body does not place stands on top, the others at the end. */
static void
add_photos(const struct view *v, struct tpl_dict *d, const struct view_frame *f,
           const struct page_article *p)
{
    bool placed[ITEM_PHOTOS_MAX] = {false};
    const struct photo *rest[ITEM_PHOTOS_MAX];
    int n = 0;
    note_placed(p, placed);
    for (int i = 0; i < p->item.n_photos; i++)
        if (!placed[i])
            rest[n++] = &p->item.photos[i];
    if (n > 0)
        view_photo(v, f, d, T_TOP_PHOTO, rest[0],
                   (struct photo_style){PHOTO_IN_ARTICLE, true});
    if (n == 2)
        view_photo(v, f, d, T_LAST_PHOTO, rest[1],
                   (struct photo_style){PHOTO_IN_ARTICLE, false});
    if (n > 2)
        add_gallery(v, d, f, rest + 1, n - 1);
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
    add_body(v, d, f, p);
    add_photos(v, d, f, p);
    if (it->photo_credit.n > 0)
        tpl_set_str(tpl_section(d, T_CREDIT), T_CREDIT_TEXT, it->photo_credit);
    add_ways_on(v, f, d, p);
}

static void
fill_head(struct view *v, const struct view_frame *f, struct tpl_dict *d,
          const void *page)
{
    view_linked(v, f, d, page);
}

const struct view_kind view_article = {TPL_SITE_ARTICLE, fill_article, fill_head};
