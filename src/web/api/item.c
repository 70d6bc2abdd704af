/* web/api/item.c - the doors of one item: read, post, save, steps. */
#include "http/field.h"
#include "model/photo.h"
#include "web/api/api.h"
#include "web/handlers.h"

#include "base/utf8.h"

static struct str
etag_of(struct visit *v, int64_t version)
{
    return str_fmt(v->a, "\"%lld\"", (long long)version);
}

/* Photos say all that is shown of them, so that none goes without its credit; what the
 * library says as well is taken out again when it comes back in a saved text. */
static void
show(struct visit *v, const struct desk_item *it, struct http_response *r)
{
    struct exchange_desk more = {it->state, it->version, it->approved};
    struct item shown = it->item;
    shown.photos = photos_followed(&it->item, v->a);
    api_send(v, exchange_write_desk(&shown, it->section, &more, v->a), r);
    http_response_header(r, STR("ETag"), etag_of(v, it->version));
}

enum rc
api_item(struct visit *v, struct http_response *r, struct err *err)
{
    struct desk d = api_desk(v);
    struct desk_item it;
    TRY(api_open_item(v, &d, &it, err));
    show(v, &it, r);
    return RC_OK;
}

enum rc
api_revision(struct visit *v, struct http_response *r, struct err *err)
{
    struct desk d = api_desk(v);
    struct desk_item it, then;
    int64_t number = 0;
    TRY(api_open_item(v, &d, &it, err));
    (void)str_to_int(v->match.words[1], 1, INT64_MAX, &number);
    TRY(news_desk_revision(&d, it.item.public_id, number, v->a, &then, err));
    show(v, &then, r);
    return RC_OK;
}

/* ---- saving ---- */

static enum rc
stale(struct visit *v, int64_t version, struct http_response *r)
{
    struct api_fault fault = {
        "header", STR("If-Match"),
        str_fmt(v->a, "the newest version is %lld", (long long)version)};
    struct api_problem p = {PROBLEM_STALE, fault.detail, &fault, 1, version};
    http_response_header(r, STR("ETag"), etag_of(v, version));
    return api_refuse(v, &p, r);
}

/* Is the newest version the one that If-Match names, or does it name none? */
static bool
is_current(struct visit *v, int64_t version)
{
    return v->req.if_match.n == 0 ||
           http_field_has_etag(v->req.if_match, etag_of(v, version));
}

static enum rc
save(struct visit *v, const struct desk *d, const struct desk_item *old, struct answer *w,
     struct http_response *r, struct err *err)
{
    struct exchange x;
    struct desk_saved saved;
    struct merge unused;
    enum rc rc = news_desk_parse(d, v->staff.json, &old->item, v->a, &x, err);
    if (rc != RC_OK)
        return api_refuse_rc(v, err, NULL, r);
    struct desk_save s = {.item = &x.item, .based_on = old->version, .answer = w};
    rc = news_desk_save(d, &s, v->a, &saved, &unused, err);
    if (rc == RC_CONFLICT && saved.version != 0)
        return stale(v, saved.version, r);
    return rc == RC_OK ? RC_OK : api_refuse_rc(v, err, NULL, r);
}

enum rc
api_item_save(struct visit *v, struct http_response *r, struct err *err)
{
    struct desk d = api_desk(v);
    struct desk_item it;
    struct answer w = {0};
    TRY(api_open_item(v, &d, &it, err));
    if (!is_current(v, it.version))
        return stale(v, it.version, r);
    w.item = it.item.public_id;
    TRY(save(v, &d, &it, &w, r, err));
    if (r->status == 0)
        api_tell(v, 200, &w, r);
    return RC_OK;
}

/* ---- posting ---- */

static enum rc
add(struct visit *v, struct answer *w, struct http_response *r, struct err *err)
{
    struct desk d = api_desk(v);
    struct exchange x;
    struct desk_saved saved;
    struct merge unused;
    struct shortcomings shorts = {.n = 0};
    struct desk_order then = {.at = TIME_NONE};
    if (news_desk_parse(&d, v->staff.json, NULL, v->a, &x, err) != RC_OK)
        return api_refuse_rc(v, err, NULL, r);
    struct desk_save s = {.item = &x.item, .shortcomings = &shorts, .answer = w};
    if (news_desk_then(&x, &then.step)) {
        s.then = &then;
        if (!api_has_scope(v, desk_step_right(then.step), r))
            return RC_OK;
    }
    if (news_desk_save(&d, &s, v->a, &saved, &unused, err) != RC_OK)
        return api_refuse_rc(v, err, &shorts, r);
    w->item = saved.public_id;
    return RC_OK;
}

enum rc
api_item_add(struct visit *v, struct http_response *r, struct err *err)
{
    return api_once(v, 201, add, r, err);
}

/* ---- steps ---- */

static enum rc
read_reason(struct desk_order *o, const json_t *value, struct err *err)
{
    return api_read_text(&o->reason, "reason", value, err);
}

static enum rc
read_at(struct desk_order *o, const json_t *value, struct err *err)
{
    return api_read_time(&o->at, "at", value, err);
}

static enum rc
read_order(const json_t *root, struct desk_order *o, struct err *err)
{
    static const struct {
        const char *key;
        enum rc (*read)(struct desk_order *, const json_t *, struct err *);
    } keys[] = {{"reason", read_reason}, {"at", read_at}};
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)root, name, value)
    {
        size_t i = 0;
        while (i < N_ELEMENTS(keys) && strcmp(keys[i].key, name) != 0)
            i++;
        if (i == N_ELEMENTS(keys))
            return err_field(err, name, "is not a key of a step");
        TRY(keys[i].read(o, value, err));
    }
    return RC_OK;
}

/* {"reason": …, "at": …}, both optional; no body at all is as good as {}. */
static enum rc
parse_order(struct visit *v, struct desk_order *o, struct err *err)
{
    json_t *root;
    if (v->staff.json.n == 0)
        return RC_OK;
    TRY(api_read_object(v, &root, err));
    return read_order(root, o, err);
}

static enum desk_step
step_of_path(const struct visit *v)
{
    struct str rest = v->req.path, word = rest;
    while (rest.p != NULL)
        word = str_cut(&rest, '/');
    return (enum desk_step)desk_step_read(word);
}

static enum rc
take_step(struct visit *v, struct answer *w, struct http_response *r, struct err *err)
{
    struct desk d = api_desk(v);
    struct desk_item it;
    struct shortcomings shorts = {.n = 0};
    struct desk_order o = {.step = step_of_path(v), .at = TIME_NONE, .answer = w};
    TRY(api_open_item(v, &d, &it, err));
    if (parse_order(v, &o, err) != RC_OK)
        return api_refuse_rc(v, err, NULL, r);
    if (!is_current(v, it.version))
        return stale(v, it.version, r);
    o.name = w->item = it.item.public_id;
    o.version = v->req.if_match.n > 0 ? it.version : 0;
    enum rc rc = news_desk_step(&d, &o, &shorts, err);
    return rc == RC_OK ? RC_OK : api_refuse_rc(v, err, &shorts, r);
}

enum rc
api_step(struct visit *v, struct http_response *r, struct err *err)
{
    return api_once(v, 200, take_step, r, err);
}
