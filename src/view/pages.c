/* view/pages.c - the contents of home, listing and error pages. */
#include "model/page.h"
#include "model/url.h"
#include "view/card.h"

#include "base/time.h"

/* ---- home ---- */

static void
add_cards(struct view *v, const struct view_frame *f, struct tpl_dict *d,
          const struct cards *cards, struct card_style style)
{
    for (int i = 0; i < cards->n; i++)
        view_card(v, f, d, T_ITEM, &cards->all[i], style);
}

/* One alone has the whole width. */
static enum photo_place
in_cards(const struct cards *cards)
{
    return cards->n == 1 ? PHOTO_IN_LEAD : PHOTO_IN_BLOCK;
}

static void
add_block(struct view *v, const struct view_frame *f, struct tpl_dict *d,
          const struct block *b)
{
    struct arena *a = tpl_arena(d);
    struct card_style style = {
        .file = TPL_SITE_CARD, .is_h3 = true, .photo = {in_cards(&b->cards), false}};
    struct tpl_dict *block = tpl_section(d, T_BLOCK);
    tpl_set_str(block, T_BLOCK_NAME, section_name(b->section, f->lang));
    tpl_set_str(block, T_BLOCK_URL, url_section(a, v->site, f->lang, b->section->slug));
    add_cards(v, f, block, &b->cards, style);
}

static void
fill_home(struct view *v, const struct view_frame *f, struct tpl_dict *d,
          const void *page)
{
    const struct page_home *p = page;
    struct card_style first = {
        .file = TPL_SITE_LEAD, .names_section = true, .photo = {PHOTO_IN_LEAD, true}};
    struct card_style other = {.file = TPL_SITE_CARD,
                               .is_h3 = true,
                               .names_section = true,
                               .photo = {in_cards(&p->latest), false}};
    tpl_set_str(d, T_SITE_NAME, v->site->langs[f->lang].name);
    if (p->has_lead)
        view_card(v, f, d, T_LEAD_ITEM, &p->lead, first);
    else
        tpl_show(d, T_EMPTY);
    if (p->latest.n > 0)
        add_cards(v, f, tpl_section(d, T_LATEST), &p->latest, other);
    for (int i = 0; i < p->n_blocks; i++)
        add_block(v, f, d, &p->blocks[i]);
}

const struct view_kind view_home = {TPL_SITE_HOME, fill_home, NULL};

/* ---- listings ---- */

static void
listing_crumbs(struct view *v, const struct view_frame *f, struct tpl_dict *d,
               const struct listing_place *p)
{
    struct arena *a = tpl_arena(d);
    struct view_crumb more[2];
    int n = 0;
    const struct section *parent =
        p->section != NULL ? sections_by_id(f->sections, p->section->parent_id) : NULL;
    if (p->section != NULL || p->year != 0)
        more[n++] = (struct view_crumb){url_all(a, v->site, f->lang),
                                        view_string(v, f->lang, S_ALL_NEWS)};
    if (parent != NULL)
        more[n++] = (struct view_crumb){url_section(a, v->site, f->lang, parent->slug),
                                        section_name(parent, f->lang)};
    if (p->month != 0)
        more[n++] = (struct view_crumb){url_year(a, v->site, f->lang, p->year),
                                        str_fmt(a, "%04d", p->year)};
    view_crumbs(v, f, d, more, n, f->title);
}

static void
add_children(struct view *v, const struct view_frame *f, struct tpl_dict *d,
             const struct page_listing *p)
{
    struct arena *a = tpl_arena(d);
    struct tpl_dict *subs = p->n_children > 0 ? tpl_section(d, T_SUBSECTIONS) : NULL;
    for (int i = 0; i < p->n_children; i++) {
        const struct section *s = p->children[i];
        struct tpl_dict *sub = tpl_section(subs, T_SUB);
        tpl_set_str(sub, T_SUB_URL, url_section(a, v->site, f->lang, s->slug));
        tpl_set_str(sub, T_SUB_NAME, section_name(s, f->lang));
    }
}

static void
add_months(struct view *v, const struct view_frame *f, struct tpl_dict *d,
           const struct page_listing *p)
{
    struct arena *a = tpl_arena(d);
    struct tpl_dict *months = NULL;
    for (int m = 1; p->place.month == 0 && m <= 12; m++) {
        if (!p->months[m])
            continue;
        months = months != NULL ? months : tpl_section(d, T_MONTHS);
        struct tpl_dict *link = tpl_section(months, T_MONTH_LINK);
        tpl_set_str(link, T_LINK_URL, url_month(a, v->site, f->lang, p->place.year, m));
        tpl_set_str(link, T_LINK_NAME, v->langs[f->lang].months[m]);
    }
}

static void
add_years(struct view *v, const struct view_frame *f, struct tpl_dict *d,
          const struct page_listing *p)
{
    struct arena *a = tpl_arena(d);
    struct tpl_dict *archive = p->years.n > 0 ? tpl_section(d, T_ARCHIVE) : NULL;
    for (int i = 0; i < p->years.n; i++) {
        int year = p->years.all[i];
        struct tpl_dict *entry = tpl_section(archive, T_ARCHIVE_YEAR);
        bool is_here = year == p->place.year && p->place.month == 0;
        struct tpl_dict *name = tpl_section(entry, is_here ? T_HERE : T_YEAR_LINK);
        tpl_set_int(name, T_LINK_NAME, year);
        if (!is_here)
            tpl_set_str(name, T_LINK_URL, url_year(a, v->site, f->lang, year));
    }
}

void
view_pager(const struct view_frame *f, struct tpl_dict *d)
{
    if (f->prev.n == 0 && f->next.n == 0)
        return;
    struct tpl_dict *pager = tpl_section(d, T_PAGER);
    if (f->prev.n > 0)
        tpl_set_str(tpl_section(pager, T_NEWER), T_NEWER_URL, f->prev);
    if (f->next.n > 0)
        tpl_set_str(tpl_section(pager, T_OLDER), T_OLDER_URL, f->next);
}

static void
fill_listing(struct view *v, const struct view_frame *f, struct tpl_dict *d,
             const void *page)
{
    const struct page_listing *p = page;
    bool is_one_section = p->place.section != NULL && p->n_children == 0;
    struct card_style style = {.file = TPL_SITE_CARD,
                               .names_section = !is_one_section,
                               .photo = {PHOTO_IN_LIST, true}};
    listing_crumbs(v, f, d, &p->place);
    tpl_set_str(d, T_HEADING, f->title);
    add_children(v, f, d, p);
    add_months(v, f, d, p);
    if (p->cards.n == 0)
        tpl_show(d, p->place.month != 0 ? T_EMPTY_MONTH : T_EMPTY);
    for (int i = 0; i < p->cards.n; i++) {
        view_card(v, f, d, T_ITEM, &p->cards.all[i], style);
        style.photo.is_eager &= !p->cards.all[i].has_photo;
    }
    view_pager(f, d);
    add_years(v, f, d, p);
}

const struct view_kind view_listing = {TPL_SITE_LISTING, fill_listing, NULL};

/* ---- errors ---- */

static void
fill_error(struct view *v, const struct view_frame *f, struct tpl_dict *d,
           const void *page)
{
    struct arena *a = tpl_arena(d);
    const struct view_error_page *p = page;
    tpl_set_str(d, T_HEADING, p->heading);
    tpl_set_str(d, T_TEXT, p->text);
    if (p->status != 0)
        tpl_set_int(tpl_section(d, T_STATUS), T_STATUS_CODE, p->status);
    if (p->notice.n > 0)
        tpl_set_str(tpl_section(d, T_NOTICE), T_NOTICE_TEXT, p->notice);
    if (p->request_id.n > 0)
        tpl_set_str(tpl_section(d, T_REQUEST), T_REQUEST_ID, p->request_id);
    tpl_set_str(d, T_HOME_URL, url_home(a, v->site, f->lang));
    tpl_set_str(d, T_ALL_URL, url_all(a, v->site, f->lang));
}

const struct view_kind view_error = {TPL_SITE_ERROR, fill_error, NULL};

enum rc
view_static_error(struct view *v, int lang, const struct view_error_page *page,
                  struct arena *a, struct str *out, struct err *err)
{
    struct tpl_dict *d = tpl_dict_new(a, TPL_SITE_STATIC_ERROR);
    struct str name = v->site->langs[lang].name;
    tpl_set_str(d, T_LANG, v->langs[lang].code);
    tpl_set_str(d, T_DIR, v->langs[lang].dir);
    tpl_set_str(d, T_TITLE,
                str_fmt(a, "%.*s %.*s %.*s", STR_ARG(page->heading),
                        STR_ARG(view_string(v, lang, S_SITE_TITLE_SEP)), STR_ARG(name)));
    tpl_set_str(d, T_CSS_URL, view_static("css/site.css"));
    tpl_set_str(d, T_FAVICON_URL, view_static("img/favicon.svg"));
    tpl_set_str(d, T_SITE_NAME, name);
    tpl_set_str(d, T_HOME_URL, url_home(a, v->site, lang));
    tpl_set_str(d, T_HEADING, page->heading);
    tpl_set_str(d, T_TEXT, page->text);
    return tpl_expand(v->set, v->site->langs[lang].code, d, VIEW_PAGE_MAX, out, err);
}
