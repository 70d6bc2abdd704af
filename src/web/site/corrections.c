/* web/site/corrections.c - the door of the list of corrections. */
#include "model/url.h"
#include "news/page.h"
#include "web/handlers.h"
#include "web/visit.h"

static struct str
corrections_in(struct visit *v, int lang, const void *ctx)
{
    (void)ctx;
    return url_corrections(v->a, &v->w->site, lang);
}

static void
set_neighbours(struct visit *v, const struct page_corrections *page, struct view_frame *f)
{
    if (page->has_newer)
        f->prev = page->newer_is_first ? f->path : url_after(v->a, f->path, page->newer);
    if (page->has_older)
        f->next = url_before(v->a, f->path, page->older);
}

enum rc
site_corrections(struct visit *v, struct http_response *r, struct err *err)
{
    struct view_frame f;
    struct page_corrections page;
    struct listing_place place = {.lang = v->match.lang,
                                  .has_before = v->has_before,
                                  .has_after = v->has_after,
                                  .before = v->before,
                                  .after = v->after};
    TRY(visit_frame(v, &f, err));
    TRY(news_corrections(&v->w->news, &place, v->a, &page, err));
    f.title = view_string(&v->w->view, f.lang, S_CORRECTIONS);
    f.path = corrections_in(v, f.lang, NULL);
    f.is_noindex = place.has_before || place.has_after;
    visit_alternates(v, &f, corrections_in, NULL);
    set_neighbours(v, &page, &f);
    return visit_page(v, &f, (struct view_content){&view_correction_list, &page}, 200, r,
                      err);
}
