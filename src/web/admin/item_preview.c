/* web/admin/item_preview.c - an item as its public page would show it. */
#include "media/place.h"
#include "news/page.h"
#include "web/admin/item.h"
#include "web/handlers.h"

enum rc
item_show_preview(struct visit *v, const struct item_shown *s, struct http_response *r,
                  struct err *err)
{
    struct view_frame f;
    struct page_article page;
    TRY(visit_data(v, err));
    TRY(news_preview(&v->w->news, s->item, v->a, &page, err));
    TRY(visit_frame_in(v, site_lang_find(&v->w->site, s->item->lang), &f, err));
    f.is_noindex = true;
    f.preview = s->bar;
    f.photos = s->photos;
    return visit_article(v, &f, &page, r, err);
}

enum rc
item_show_photo(struct visit *v, const struct item *it, struct http_response *r,
                struct err *err)
{
    struct str last = v->match.words[v->match.n_words - 1], digest, file;
    struct str path = str_from(v->req.path, (size_t)(last.p - v->req.path.p) + last.n);
    if (!media_parse_path(path, &digest, &file) ||
        !news_preview_has_photo(it, digest, v->now))
        return err_set(err, RC_NOT_FOUND, "no photo of this version");
    return visit_photo(v, digest, file, r, err);
}

/* The version in the address, or the newest. */
static enum rc
read_version(struct visit *v, const struct item_visit *iv, struct desk_item *out,
             struct err *err)
{
    *out = iv->now;
    if (iv->now.is_update)
        out->item.updated_at = v->now;
    if (v->match.n_words < 2 || staff_number(v, 1) == iv->now.version)
        return RC_OK;
    return news_desk_revision(&iv->d, iv->name, staff_number(v, 1), v->a, out, err);
}

enum rc
admin_item_preview(struct visit *v, struct http_response *r, struct err *err)
{
    struct item_visit iv;
    struct desk_item shown;
    TRY(item_open(v, &iv, err));
    TRY(read_version(v, &iv, &shown, err));
    int64_t id = iv.now.item.id;
    struct view_link links[] = {
        {item_address(v, id, ""), staff_word(v, S_STAFF_EDIT)},
        {item_address(v, id, "steps/"), staff_word(v, S_STAFF_STEPS)},
        {item_address(v, id, "history/"), staff_word(v, S_STAFF_HISTORY)}};
    struct view_bar bar = {.text = str_fmt(v->a, "%.*s %.*s %lld, %.*s.",
                                           STR_ARG(staff_word(v, S_STAFF_PREVIEW_TEXT)),
                                           STR_ARG(staff_word(v, S_STAFF_REVISION)),
                                           (long long)shown.version,
                                           STR_ARG(item_state_name(v, shown.state))),
                           .links = links,
                           .n_links = N_ELEMENTS(links)};
    struct str photos =
        item_address(v, id, str_fmt(v->a, "revisions/%lld", (long long)shown.version).p);
    return item_show_preview(v, &(struct item_shown){&shown.item, &bar, photos}, r, err);
}

enum rc
admin_item_photo(struct visit *v, struct http_response *r, struct err *err)
{
    struct item_visit iv;
    struct desk_item shown;
    TRY(item_open(v, &iv, err));
    TRY(read_version(v, &iv, &shown, err));
    return item_show_photo(v, &shown.item, r, err);
}
