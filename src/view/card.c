/* view/card.c - cards, crumbs. */
#include "view/card.h"

#include "model/url.h"

void
view_item_date(const struct view_lang *l, struct tpl_dict *d, int64_t t,
               bool is_date_only)
{
    struct arena *a = tpl_arena(d);
    tpl_set_str(d, T_DATETIME, time_write(a, t, is_date_only));
    tpl_set_str(d, T_DATE, view_date(l, a, t));
}

struct str
view_card_url(const struct view *v, const struct view_frame *f, const struct card *c,
              struct arena *a)
{
    const struct section *s = sections_by_id(f->sections, c->section_id);
    return url_article(a, v->site, f->lang, s != NULL ? s->slug : STR(""), c->slug);
}

static void
name_section(const struct view *v, const struct view_frame *f, struct tpl_dict *d,
             const struct card *c)
{
    struct arena *a = tpl_arena(d);
    const struct section *s = sections_by_id(f->sections, c->section_id);
    if (s == NULL)
        return;
    struct tpl_dict *kicker = tpl_section(d, T_SECTION);
    tpl_set_str(kicker, T_SECTION_URL, url_section(a, v->site, f->lang, s->slug));
    tpl_set_str(kicker, T_SECTION_NAME, section_name(s, f->lang));
}

static void
set_heading(struct tpl_dict *d, struct str url, struct str title)
{
    tpl_set_str(d, T_URL, url);
    tpl_set_str(d, T_TITLE, title);
}

void
view_card(struct view *v, const struct view_frame *f, struct tpl_dict *d,
          enum tpl_name where, const struct card *c, struct card_style style)
{
    struct arena *a = tpl_arena(d);
    struct tpl_dict *show = tpl_section(d, where);
    struct tpl_dict *card = tpl_include(show, T_CARD, style.file);
    struct str url = view_card_url(v, f, c, a);
    view_item_date(&v->langs[f->lang], card, c->published_at, c->is_date_only);
    if (style.names_section)
        name_section(v, f, card, c);
    if (style.file == TPL_SITE_LEAD)
        set_heading(card, url, c->title);
    else
        set_heading(tpl_section(card, style.is_h3 ? T_H3 : T_H2), url, c->title);
    if (c->has_photo)
        view_photo(v, f, card, T_PHOTO, &c->photo, style.photo);
    if (c->lead.n > 0)
        tpl_set_str(tpl_section(card, T_LEAD), T_LEAD_TEXT, c->lead);
}

static void
add_crumb(struct tpl_dict *crumbs, struct str url, struct str name)
{
    struct tpl_dict *crumb = tpl_section(crumbs, T_CRUMB);
    tpl_set_str(crumb, T_CRUMB_URL, url);
    tpl_set_str(crumb, T_CRUMB_NAME, name);
}

void
view_crumbs(const struct view *v, const struct view_frame *f, struct tpl_dict *d,
            const struct view_crumb *more, int n, struct str here)
{
    struct arena *a = tpl_arena(d);
    struct tpl_dict *crumbs = tpl_section(d, T_CRUMBS);
    add_crumb(crumbs, url_home(a, v->site, f->lang), view_string(v, f->lang, S_HOME));
    for (int i = 0; i < n; i++)
        add_crumb(crumbs, more[i].url, more[i].name);
    tpl_set_str(crumbs, T_CRUMB_HERE, here);
}
