/* web/api/list.c - the doors of lists: items, an item's history, sections. */
#include "model/url.h"
#include "news/library.h"
#include "web/api/api.h"
#include "web/handlers.h"

/* ---- items ---- */

static json_t *
line_json(struct visit *v, const struct sections *sections, const struct desk_line *l)
{
    const struct section *s = sections_by_id(sections, l->section_id);
    json_t *o = json_object();
    json_object_set_new(o, "id", api_text(l->public_id));
    json_object_set_new(o, "lang", api_text(l->lang));
    json_object_set_new(o, "section", api_text(s != NULL ? s->slug : STR("")));
    json_object_set_new(o, "title", api_text(l->title));
    json_object_set_new(o, "state", json_string(desk_state_word(l->state)));
    json_object_set_new(o, "author", api_text(l->author));
    json_object_set_new(o, "changed_at", api_time(v->a, l->changed_at, false));
    if (l->published_at != TIME_NONE)
        json_object_set_new(o, "published_at",
                            api_time(v->a, l->published_at, l->is_date_only));
    json_object_set_new(o, "self", api_text(url_api_item(v->a, l->public_id)));
    return o;
}

static bool
refuse_param(struct visit *v, const char *name, const char *detail,
             struct http_response *r)
{
    struct api_fault fault = {"parameter", str_of(name), str_of(detail)};
    api_refuse_one(v, PROBLEM_BAD_REQUEST, &fault, r);
    return false;
}

/* A parameter's value, absent when it is not there; check_query has seen to the rest. */
static struct str
param(const struct visit *v, const char *name)
{
    struct str value;
    struct err err;
    return http_request_param(&v->req, name, &value, &err) == RC_OK
               ? value
               : (struct str){NULL, 0};
}

/* What the query asks for. False: refused. */
static bool
read_filter(struct visit *v, const struct sections *sections, struct desk_filter *f,
            struct http_response *r)
{
    struct str section = param(v, "section"), state = param(v, "state"),
               before = param(v, "before");
    const struct section *s = sections_by_slug(sections, section);
    *f = (struct desk_filter){.words = param(v, "words"),
                              .tag = param(v, "tag"),
                              .lang = param(v, "lang"),
                              .section_id = s != NULL ? s->id : 0,
                              .state = state.p != NULL ? desk_state_read(state) : -1,
                              .turn = before.p != NULL ? DESK_ON : DESK_FIRST};
    const struct {
        const char *name;
        bool is_wrong;
        const char *why;
    } checks[] = {
        {"words", f->words.n > DESK_WORDS_MAX, "too long"},
        {"tag", f->tag.n > ITEM_TAG_MAX, "too long"},
        {"lang", f->lang.p != NULL && site_lang_find(&v->w->site, f->lang) < 0,
         "no language of the site"},
        {"section", section.p != NULL && s == NULL, "there is no such section"},
        {"state", state.p != NULL && f->state < 0, "no state of an item"},
        {"before", before.p != NULL && !cursor_read(before, &f->place),
         "not a place in this list"},
    };
    for (size_t i = 0; i < N_ELEMENTS(checks); i++)
        if (checks[i].is_wrong)
            return refuse_param(v, checks[i].name, checks[i].why, r);
    return true;
}

enum rc
api_items(struct visit *v, struct http_response *r, struct err *err)
{
    struct desk_filter f;
    int limit = 0;
    TRY(visit_data(v, err));
    const struct sections *sections = &v->w->news.sections;
    if (!read_filter(v, sections, &f, r) || !api_limit(v, &limit, r))
        return RC_OK;
    struct desk d = api_desk(v);
    struct desk_page page;
    TRY(news_desk_list(&d, &f, limit, v->a, &page, err));
    json_t *root = json_object(), *list = json_array();
    for (int i = 0; i < page.n; i++)
        json_array_append_new(list, line_json(v, sections, &page.all[i]));
    json_object_set_new(root, "items", list);
    if (page.has_on)
        api_next(v, root, cursor_write(v->a, page.on), r);
    api_send_take(v, root, r);
    return RC_OK;
}

/* ---- photos ---- */

static json_t *
photo_line_json(struct visit *v, const struct library_line *l)
{
    const struct {
        const char *key;
        struct str text;
    } texts[] = {{"credit", l->credit},       {"creator", l->creator},
                 {"caption", l->caption},     {"headline", l->headline},
                 {"file_name", l->file_name}, {"taken_at", l->taken_at}};
    json_t *o = json_object();
    json_object_set_new(o, "sha256", api_text(l->sha256));
    json_object_set_new(o, "width", json_integer(l->width_px));
    json_object_set_new(o, "height", json_integer(l->height_px));
    json_object_set_new(o, "added_at", api_time(v->a, l->added_at, false));
    json_object_set_new(o, "confirmed", json_boolean(l->confirmed_at != TIME_NONE));
    json_object_set_new(o, "withdrawn", json_boolean(l->withdrawn_at != TIME_NONE));
    json_object_set_new(o, "used", json_boolean(l->is_used));
    for (size_t i = 0; i < N_ELEMENTS(texts); i++)
        if (texts[i].text.n > 0)
            json_object_set_new(o, texts[i].key, api_text(texts[i].text));
    if (l->expires_at < VISIBLE_NEVER)
        json_object_set_new(o, "expires_at", api_time(v->a, l->expires_at, false));
    json_object_set_new(
        o, "self", api_text(str_fmt(v->a, URL_API_PHOTOS "%.*s", STR_ARG(l->sha256))));
    return o;
}

/* What the query asks for. False: refused. */
static bool
read_photo_filter(struct visit *v, struct library_filter *f, struct http_response *r)
{
    struct str before = param(v, "before"), state = param(v, "state");
    int of = state.p != NULL ? library_state_read(state) : LIBRARY_ANY;
    *f = (struct library_filter){.words = param(v, "words"),
                                 .credit = param(v, "credit"),
                                 .creator = param(v, "creator"),
                                 .caption = param(v, "caption")};
    if (f->words.n > LIBRARY_WORDS_MAX || f->credit.n > LIBRARY_WORDS_MAX ||
        f->creator.n > LIBRARY_WORDS_MAX || f->caption.n > LIBRARY_WORDS_MAX)
        return refuse_param(v, "words", "too long", r);
    if (of < 0)
        return refuse_param(v, "state", "no state of a photo", r);
    if (before.p != NULL && !str_to_int(before, 1, INT64_MAX, &f->after))
        return refuse_param(v, "before", "not a place in this list", r);
    f->state = (enum library_state)of;
    return true;
}

enum rc
api_photos(struct visit *v, struct http_response *r, struct err *err)
{
    struct library_filter f;
    struct library_page page;
    int limit = 0;
    if (!read_photo_filter(v, &f, r) || !api_limit(v, &limit, r))
        return RC_OK;
    struct desk d = api_desk(v);
    TRY(news_library_list(&d, &f, limit, v->a, &page, err));
    json_t *root = json_object(), *list = json_array();
    for (int i = 0; i < page.n; i++)
        json_array_append_new(list, photo_line_json(v, &page.all[i]));
    json_object_set_new(root, "photos", list);
    if (page.has_more)
        api_next(v, root, str_fmt(v->a, "%lld", (long long)page.after), r);
    api_send_take(v, root, r);
    return RC_OK;
}

/* ---- history ---- */

static json_t *
revision_json(struct visit *v, const struct desk_past *past)
{
    const struct revision *rev = &past->revision;
    const char *state =
        rev->is_sent_back ? desk_state_word(DESK_SENT_BACK) : item_state_word(rev->state);
    json_t *o = json_object();
    json_object_set_new(o, "version", json_integer(rev->number));
    json_object_set_new(o, "state", json_string(state));
    json_object_set_new(o, "kind", json_string(rev->is_text ? "text" : "step"));
    json_object_set_new(o, "minor", json_boolean(rev->is_minor));
    json_object_set_new(o, "based_on", json_integer(rev->based_on));
    json_object_set_new(o, "saved_at", api_time(v->a, rev->saved_at, false));
    json_object_set_new(o, "saved_by", api_text(rev->saved_by));
    if (past->why.n > 0)
        json_object_set_new(o, "why", api_text(past->why));
    json_object_set_new(o, "sha256", api_text(rev->sha256));
    return o;
}

enum rc
api_revisions(struct visit *v, struct http_response *r, struct err *err)
{
    struct desk d = api_desk(v);
    struct desk_item it;
    struct str place = param(v, "before");
    int64_t before = INT64_MAX;
    int limit = 0, n = 0;
    TRY(api_open_item(v, &d, &it, err));
    if (place.p != NULL && !str_to_int(place, 1, INT64_MAX, &before)) {
        refuse_param(v, "before", "no number of a revision", r);
        return RC_OK;
    }
    if (!api_limit(v, &limit, r))
        return RC_OK;
    struct desk_past *past = arena_array(v->a, struct desk_past, limit + 1);
    TRY(news_desk_history(&d, it.item.public_id, before, limit + 1, v->a, past, &n, err));
    json_t *root = json_object(), *list = json_array();
    for (int i = 0; i < n && i < limit; i++)
        json_array_append_new(list, revision_json(v, &past[i]));
    json_object_set_new(root, "revisions", list);
    if (n > limit)
        api_next(v, root,
                 str_fmt(v->a, "%lld", (long long)past[limit - 1].revision.number), r);
    api_send_take(v, root, r);
    return RC_OK;
}

/* ---- sections ---- */

static json_t *
section_json(struct visit *v, const struct sections *all, const struct section *s)
{
    const struct section *parent = sections_by_id(all, s->parent_id);
    json_t *o = json_object(), *names = json_object();
    for (int i = 0; i < v->w->site.n_langs; i++)
        if (s->names[i].p != NULL)
            json_object_set_new(names, str_z(v->a, v->w->site.langs[i].code),
                                api_text(s->names[i]));
    json_object_set_new(o, "slug", api_text(s->slug));
    json_object_set_new(o, "names", names);
    if (parent != NULL)
        json_object_set_new(o, "parent", api_text(parent->slug));
    return o;
}

enum rc
api_sections(struct visit *v, struct http_response *r, struct err *err)
{
    TRY(visit_data(v, err));
    const struct sections *all = &v->w->news.sections;
    json_t *root = json_object(), *list = json_array();
    for (int i = 0; i < all->n; i++)
        json_array_append_new(list, section_json(v, all, &all->all[i]));
    json_object_set_new(root, "sections", list);
    api_send_take(v, root, r);
    return RC_OK;
}
