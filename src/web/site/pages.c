/* web/site/pages.c - the doors for visitors: home, listings, articles, manifest. */
#include "media/place.h"
#include "model/url.h"
#include "news/page.h"
#include "web/handlers.h"
#include "web/visit.h"

/* ---- home ---- */

static struct str
home_in(struct visit *v, int lang, const void *ctx)
{
    (void)ctx;
    return url_home(v->a, &v->w->site, lang);
}

enum rc
site_home(struct visit *v, struct http_response *r, struct err *err)
{
    struct view_frame f;
    struct page_home page;
    TRY(visit_frame(v, &f, err));
    TRY(news_home(&v->w->news, f.lang, v->a, &page, err));
    f.path = home_in(v, f.lang, NULL);
    f.description = v->w->site.langs[f.lang].tagline;
    visit_alternates(v, &f, home_in, NULL);
    return visit_page(v, &f, (struct view_content){&view_home, &page}, 200, r, err);
}

/* ---- listings ---- */

static struct str
listing_in(struct visit *v, int lang, const void *ctx)
{
    const struct listing_place *p = ctx;
    const struct site *site = &v->w->site;
    if (p->section != NULL)
        return url_section(v->a, site, lang, p->section->slug);
    if (p->month != 0)
        return url_month(v->a, site, lang, p->year, p->month);
    if (p->year != 0)
        return url_year(v->a, site, lang, p->year);
    return url_all(v->a, site, lang);
}

static struct str
listing_title(struct visit *v, const struct listing_place *p)
{
    const struct view *view = &v->w->view;
    if (p->section != NULL)
        return section_name(p->section, p->lang);
    if (p->month != 0)
        return view_month(&view->langs[p->lang], v->a, p->year, p->month);
    if (p->year != 0)
        return str_fmt(v->a, "%04d", p->year);
    return view_string(view, p->lang, S_ALL_NEWS);
}

static int
number(struct str word)
{
    int64_t n = 0;
    return str_to_int(word, 0, 9999, &n) ? (int)n : 0;
}

static enum rc
find_place(struct visit *v, struct listing_place *p, struct section_found *at,
           struct err *err)
{
    const struct route_match *m = &v->match;
    *at = (struct section_found){.found = PAGE_SHOWN};
    *p = (struct listing_place){.lang = m->lang,
                                .has_before = v->has_before,
                                .has_after = v->has_after,
                                .before = v->before,
                                .after = v->after};
    if (m->route->id == ROUTE_SECTION) {
        TRY(news_section_at(&v->w->news, m->lang, m->words[0], v->a, at, err));
        p->section = at->section;
        return RC_OK;
    }
    if (m->n_words > 0)
        p->year = number(m->words[0]);
    if (m->n_words > 1)
        p->month = number(m->words[1]);
    return RC_OK;
}

static void
set_neighbours(struct visit *v, const struct page_listing *page, struct view_frame *f)
{
    if (page->has_newer)
        f->prev = page->newer_is_first ? f->path : url_after(v->a, f->path, page->newer);
    if (page->has_older)
        f->next = url_before(v->a, f->path, page->older);
}

enum rc
site_listing(struct visit *v, struct http_response *r, struct err *err)
{
    struct view_frame f;
    struct listing_place place;
    struct page_listing page;
    struct section_found at;
    TRY(visit_frame(v, &f, err));
    TRY(find_place(v, &place, &at, err));
    if (at.found == PAGE_MOVED)
        return visit_moved(v, at.address, r, err);
    if (at.found != PAGE_SHOWN)
        return err_set(err, RC_NOT_FOUND, "no such section");
    TRY(news_listing(&v->w->news, &place, v->a, &page, err));
    f.title = listing_title(v, &place);
    f.path = listing_in(v, f.lang, &place);
    f.current = place.section != NULL ? place.section->id : place.year != 0 ? 0 : -1;
    f.is_noindex = place.has_before || place.has_after;
    visit_alternates(v, &f, listing_in, &place);
    set_neighbours(v, &page, &f);
    return visit_page(v, &f, (struct view_content){&view_listing, &page}, 200, r, err);
}

/* ---- articles ---- */

/* A translation where there is one, else that language's section. */
static void
set_article_alternates(struct visit *v, const struct page_article *page,
                       struct view_frame *f)
{
    const struct site *site = &v->w->site;
    for (int lang = 0; lang < site->n_langs; lang++) {
        if (lang == f->lang)
            continue;
        struct view_alternate alt = {
            lang, url_section(v->a, site, lang, page->section->slug), false};
        for (int i = 0; i < page->translations.n; i++) {
            const struct item_place *t = &page->translations.all[i];
            const struct section *s = sections_by_id(f->sections, t->section_id);
            if (s == NULL || !str_eq(t->lang, site->langs[lang].code))
                continue;
            alt.path = url_article(v->a, site, lang, s->slug, t->slug);
            alt.is_same_page = true;
        }
        f->alternates[f->n_alternates++] = alt;
    }
}

enum rc
visit_article(struct visit *v, struct view_frame *f, const struct page_article *page,
              struct http_response *r, struct err *err)
{
    f->current = page->section->id;
    set_article_alternates(v, page, f);
    f->title = page->item.title;
    f->description = page->item.lead;
    f->path =
        url_article(v->a, &v->w->site, f->lang, page->section->slug, page->item.slug);
    return visit_page(v, f, (struct view_content){&view_article, page}, 200, r, err);
}

enum rc
site_article(struct visit *v, struct http_response *r, struct err *err)
{
    struct view_frame f;
    struct page_article page;
    struct article_place place = {v->match.lang, v->match.words[0], v->match.words[1]};
    TRY(visit_frame(v, &f, err));
    TRY(news_article(&v->w->news, &place, v->a, &page, err));
    if (page.found == PAGE_UNKNOWN)
        return err_set(err, RC_NOT_FOUND, "no such article");
    if (page.found == PAGE_MOVED)
        return visit_moved(v, page.address, r, err);
    if (page.found == PAGE_SHOWN)
        return visit_article(v, &f, &page, r, err);
    f.current = page.section->id;
    set_article_alternates(v, &page, &f);
    return visit_gone(v, &f, page.item.withdrawn_reason, r, err);
}

/* ---- manifest and photos ---- */

enum rc
site_manifest(struct visit *v, struct http_response *r, struct err *err)
{
    (void)err;
    r->status = 200;
    r->body = view_manifest(&v->w->view, v->match.lang, v->a);
    http_response_header(r, STR("Content-Type"), STR("application/manifest+json"));
    return RC_OK;
}

/* nginx asks before it sends a photo's file from disk (auth_request): 200 it may, 403 it
 * may not, which nginx turns into 404 as for a file that does not exist. */
static void
answer_question(bool is_shown, struct http_response *r)
{
    r->status = is_shown ? 200 : 403;
    r->body = STR("");
    http_response_header(r, STR("Content-Type"), STR("text/plain; charset=utf-8"));
}

enum rc
site_media(struct visit *v, struct http_response *r, struct err *err)
{
    struct str digest, file;
    bool is_shown = false;
    TRY(visit_data(v, err));
    if (media_parse_path(v->req.path, &digest, &file))
        TRY(news_photo_is_shown(&v->w->news, digest, &is_shown, err));
    if (v->is_behind_nginx)
        answer_question(is_shown, r);
    else
        return is_shown ? visit_photo(v, digest, file, r, err)
                        : err_set(err, RC_NOT_FOUND, "no photo to be seen");
    return RC_OK;
}
