/* web/api/answer.c - what the doors for programs answer, and answering once. */
#include "store/answer.h"

#include "http/field.h"
#include "model/url.h"
#include "web/api/api.h"

#include "base/hash.h"

enum { LIMIT = 20, LIMIT_MAX = 100, KEY_MAX = 255, JSON_MAX = 4 * 1024 * 1024 };

/* ---- JSON ---- */

json_t *
api_text(struct str s)
{
    json_t *text = json_stringn(s.p != NULL ? s.p : "", s.n);
    return text != NULL ? text : json_string("");
}

json_t *
api_time(struct arena *a, int64_t t, bool is_date_only)
{
    struct civil c = time_utc(t);
    return is_date_only ? api_text(time_write(a, t, true))
                        : api_text(str_fmt(a, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year,
                                           c.month, c.day, c.hour, c.minute, c.second));
}

void
api_send(struct visit *v, struct str json, struct http_response *r)
{
    (void)v;
    r->status = 200;
    r->body = json;
    http_response_header(r, STR("Content-Type"), STR("application/json"));
}

static int
append(const char *bytes, size_t n, void *buf)
{
    buf_add(buf, (struct str){bytes, n});
    return 0;
}

void
api_send_take(struct visit *v, json_t *object, struct http_response *r)
{
    struct buf b;
    buf_init(&b, v->a, JSON_MAX);
    json_dump_callback(object, append, &b, JSON_SORT_KEYS | JSON_COMPACT);
    json_decref(object);
    buf_add_c(&b, '\n');
    api_send(v, buf_str(&b), r);
}

/* ---- items ---- */

struct desk
api_desk(struct visit *v)
{
    const struct person *p = &v->staff.person;
    struct actor *who = arena_alloc(v->a, sizeof *who);
    *who = (struct actor){.person = p,
                          .person_id = p->id,
                          .name = p->name,
                          .origin = str_fmt(v->a, "%.*s, token \"%.*s\"",
                                            STR_ARG(v->req.remote_addr),
                                            STR_ARG(v->staff.bearer.name))};
    visit_end_data(v);
    return (struct desk){
        .st = v->w->st, .site = &v->w->site, .actor = who, .now = v->now};
}

enum rc
api_open_item(struct visit *v, const struct desk *d, struct desk_item *out,
              struct err *err)
{
    struct str name;
    if (!url_api_id(v->a, v->match.words[0], &name))
        return err_set(err, RC_NOT_FOUND, "there is no such item");
    enum rc rc = news_desk_read(d, name, v->a, out, err);
    return rc == RC_DENIED || rc == RC_NOT_FOUND
               ? err_set(err, RC_NOT_FOUND, "there is no such item")
               : rc;
}

/* ---- lists ---- */

static void
release(void *root)
{
    json_decref(root);
}

enum rc
api_read_object(struct visit *v, json_t **out, struct err *err)
{
    json_error_t why;
    struct str body = v->staff.json;
    *out = json_loadb(body.p, body.n, JSON_REJECT_DUPLICATES, &why);
    if (*out == NULL)
        return err_field(err, "", "not valid JSON at column %d: %s", why.column,
                         why.text);
    arena_at_end(v->a, release, *out);
    return json_is_object(*out) ? RC_OK : err_field(err, "", "must be one JSON object");
}

enum rc
api_read_text(struct str *to, const char *key, const json_t *value, struct err *err)
{
    *to = (struct str){json_string_value(value), json_string_length(value)};
    return json_is_string(value) ? RC_OK : err_field(err, key, "must be a text");
}

enum rc
api_read_time(int64_t *to, const char *key, const json_t *value, struct err *err)
{
    struct str text = {json_string_value(value), json_string_length(value)};
    bool is_date_only;
    struct err why;
    if (!json_is_string(value))
        return err_field(err, key, "must be a date and time, as text");
    if (time_read(text, to, &is_date_only, &why) != RC_OK)
        return err_field(err, key, "%s", why.text);
    return RC_OK;
}

bool
api_limit(struct visit *v, int *out, struct http_response *r)
{
    struct str text;
    struct err err;
    int64_t n = LIMIT;
    struct api_fault fault = {"parameter", STR("limit"),
                              str_fmt(v->a, "a number from 1 to %d", LIMIT_MAX)};
    if (http_request_param(&v->req, "limit", &text, &err) == RC_OK &&
        !str_to_int(text, 1, LIMIT_MAX, &n)) {
        api_refuse_one(v, PROBLEM_BAD_REQUEST, &fault, r);
        return false;
    }
    *out = (int)n;
    return true;
}

void
api_next(struct visit *v, json_t *object, struct str cursor, struct http_response *r)
{
    struct str path = http_encode_path(v->a, v->req.path);
    struct str next = str_fmt(v->a, "%.*s?before=%.*s", STR_ARG(path), STR_ARG(cursor));
    for (int i = 0; i < v->req.n_params; i++) {
        const struct http_param *p = &v->req.params[i];
        if (!str_eq_z(p->name, "before"))
            next = str_fmt(v->a, "%.*s&%.*s=%.*s", STR_ARG(next), STR_ARG(p->name),
                           STR_ARG(http_encode_value(v->a, p->value)));
    }
    json_object_set_new(object, "next", api_text(next));
    http_response_header(r, STR("Link"),
                         str_fmt(v->a, "<%.*s>; rel=\"next\"", STR_ARG(next)));
}

/* ---- what was done ---- */

void
api_tell(struct visit *v, int status, const struct answer *w, struct http_response *r)
{
    struct str self = url_api_item(v->a, w->item);
    json_t *o = json_object();
    json_object_set_new(o, "id", api_text(w->item));
    json_object_set_new(o, "version", json_integer(w->version));
    json_object_set_new(o, "state", json_string(desk_state_word(w->state)));
    json_object_set_new(o, "self", api_text(self));
    api_send_take(v, o, r);
    r->status = status;
    http_response_header(r, STR("ETag"),
                         str_fmt(v->a, "\"%lld\"", (long long)w->version));
    if (status == 201)
        http_response_header(r, STR("Location"), self);
}

/* A request is the same when method, address and body are. */
static struct str
digest_of(struct visit *v)
{
    return hash_sha256(v->a,
                       str_fmt(v->a, "%s %.*s\n%.*s", http_method_name(v->req.method),
                               STR_ARG(v->req.raw_target), STR_ARG(v->staff.json)));
}

static enum rc
read_key(struct visit *v, struct answer *w, struct http_response *r)
{
    struct api_fault fault = {
        "header", STR("Idempotency-Key"),
        str_fmt(v->a, "a text of 1 to %d characters in double quotes", KEY_MAX)};
    *w = (struct answer){.digest = digest_of(v)};
    if (v->req.idempotency_key.p == NULL)
        return RC_OK;
    if (!http_field_string(v->a, v->req.idempotency_key, KEY_MAX, &w->key))
        return api_refuse_one(v, PROBLEM_BAD_REQUEST, &fault, r);
    return RC_OK;
}

static enum rc
change_or_repeat(struct visit *v, struct answer *w, api_change *change,
                 struct http_response *r, struct err *err)
{
    struct answer kept;
    struct api_fault used = {"header", STR("Idempotency-Key"),
                             STR("the key came with another request before")};
    enum rc rc = w->key.p == NULL ? RC_NOT_FOUND
                                  : store_answer_of(v->w->st, v->staff.person.id, w->key,
                                                    v->a, &kept, err);
    if (rc == RC_NOT_FOUND)
        return change(v, w, r, err);
    TRY(rc);
    if (!str_eq(kept.digest, w->digest))
        return api_refuse_one(v, PROBLEM_KEY_USED, &used, r);
    *w = kept;
    return RC_OK;
}

enum rc
api_once(struct visit *v, int status, api_change *change, struct http_response *r,
         struct err *err)
{
    struct answer w;
    struct api_fault busy = {"header", STR("Idempotency-Key"),
                             STR("the same request is under way; ask again in a moment")};
    TRY(read_key(v, &w, r));
    if (r->status != 0)
        return RC_OK;
    enum rc rc = w.key.p == NULL
                     ? RC_OK
                     : store_answer_hold(v->w->st, v->staff.person.id, w.key, err);
    if (rc == RC_CONFLICT)
        return api_refuse_one(v, PROBLEM_KEY_BUSY, &busy, r);
    TRY(rc);
    rc = change_or_repeat(v, &w, change, r, err);
    store_answer_let_go(v->w->st);
    if (rc == RC_OK && r->status == 0)
        api_tell(v, status, &w, r);
    return rc;
}
