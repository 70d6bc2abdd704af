/* web/api/photo_use.c - the doors of what is done with a photo: where it is used, its
 * original, off the site and back. */
#include "model/url.h"
#include "web/api/api.h"
#include "web/handlers.h"
#include "web/photo_file.h"

enum { USES_MAX = 1000 };

/* ---- where it is used ---- */

static json_t *
use_json(struct visit *v, const struct photo_use *u)
{
    const char *state = u->position == 0             ? "not approved"
                        : u->visible_until <= v->now ? "ended"
                        : u->visible_from > v->now   ? "to come"
                                                     : "public";
    json_t *o = json_object();
    json_object_set_new(o, "state", json_string(state));
    if (u->item.id == 0)
        return o;
    json_object_set_new(o, "item", api_text(u->item.public_id));
    json_object_set_new(o, "self", api_text(url_api_item(v->a, u->item.public_id)));
    json_object_set_new(o, "title", api_text(u->item.title));
    json_object_set_new(o, "lang", api_text(u->item.lang));
    if (u->position == 0)
        return o;
    json_object_set_new(o, "position", json_integer(u->position));
    json_object_set_new(o, "credit", api_text(u->credit));
    json_object_set_new(o, "own_credit", json_boolean(u->has_own_credit));
    if (u->ends_at != TIME_NONE)
        json_object_set_new(o, "expires_at", api_time(v->a, u->ends_at, false));
    return o;
}

enum rc
api_photo_uses(struct visit *v, struct http_response *r, struct err *err)
{
    struct desk d = api_desk(v);
    struct library_photo p;
    struct photo_uses uses;
    json_t *list = json_array();
    TRY(api_photo_open(v, &d, &p, err));
    TRY(news_photo_uses(&d, p.id, USES_MAX, v->a, &uses, err));
    for (int i = 0; i < uses.n; i++)
        json_array_append_new(list, use_json(v, &uses.all[i]));
    api_send_take(v, json_pack("{s:o}", "uses", list), r);
    return RC_OK;
}

/* ---- its original ---- */

enum rc
api_photo_original(struct visit *v, struct http_response *r, struct err *err)
{
    struct desk d = api_desk(v);
    struct library_photo p;
    TRY(api_photo_open(v, &d, &p, err));
    return photo_file_original(v, &p, r, err);
}

enum rc
api_photo_edited(struct visit *v, struct http_response *r, struct err *err)
{
    struct desk d = api_desk(v);
    struct library_photo p;
    TRY(api_photo_open(v, &d, &p, err));
    return photo_file_edited(v, &p, r, err);
}

/* ---- off the site, and back ---- */

/* {"reason": …} where one is wanted (reason not NULL); nothing else. */
static enum rc
read_step(struct visit *v, struct str *reason, struct err *err)
{
    const char *key;
    json_t *root, *value;
    if (v->staff.json.n == 0)
        return RC_OK;
    TRY(api_read_object(v, &root, err));
    json_object_foreach(root, key, value)
    {
        if (reason == NULL || strcmp(key, "reason") != 0)
            return err_field(err, key, "is not a key of this step");
        TRY(api_read_text(reason, key, value, err));
    }
    return RC_OK;
}

/* What is so already stays so: a request that was cut off can be sent again. */
static enum rc
take_step(struct visit *v, bool is_off, struct http_response *r, struct err *err)
{
    struct desk d = api_desk(v);
    struct library_photo p;
    struct str reason = {NULL, 0};
    TRY(api_photo_open(v, &d, &p, err));
    enum rc rc = read_step(v, is_off ? &reason : NULL, err);
    if (rc == RC_OK && api_photo_is_stale(v, &p, r))
        return RC_OK;
    if (rc == RC_OK)
        rc = is_off ? news_photo_withdraw(&d, p.id, reason, err)
                    : news_photo_reinstate(&d, p.id, err);
    if (rc != RC_OK && rc != RC_CONFLICT)
        return api_refuse_rc(v, err, NULL, r);
    TRY(news_photo(&d, p.id, v->a, &p, err));
    api_photo_show(v, &p, r);
    return RC_OK;
}

enum rc
api_photo_withdraw(struct visit *v, struct http_response *r, struct err *err)
{
    return take_step(v, true, r, err);
}

enum rc
api_photo_reinstate(struct visit *v, struct http_response *r, struct err *err)
{
    return take_step(v, false, r, err);
}
