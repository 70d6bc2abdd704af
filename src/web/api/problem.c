/* web/api/problem.c - saying no, so that a program understands it. */
#include "model/url.h"
#include "web/api/api.h"
#include "web/upload.h"

#include "base/utf8.h"

#define PROBLEM(constant, word, status, title, doors) {word, title, status, API_##doors},
const struct problem_row problem_rows[PROBLEM__MAX] = {
#include "web/api/problems.def"
};
#undef PROBLEM

unsigned
api_doors_of(const struct route *route)
{
    bool is_photo = strstr(route->pattern, ":sha256") != NULL,
         is_one = is_photo || strstr(route->pattern, ":id") != NULL,
         has_photos = upload_is_for(route);
    bool is_post = route->methods == ROUTE_WRITE,
         is_put = route->methods == ROUTE_REPLACE;
    unsigned doors = API_ALL;
    doors |= route->capability != ROUTE_SIGN_IN ? API_TOKEN : 0;
    doors |= is_one ? API_ITEM : 0;
    doors |= is_post || is_put ? API_BODY | API_CHANGE : 0;
    doors |= is_post || is_put ? (has_photos ? API_PHOTOS : API_JSON) : 0;
    /* A photo is itself its key, and done twice its steps are as done once. */
    doors |= is_post && !has_photos && !is_photo ? API_KEY : 0;
    doors |= is_put || (is_post && is_one) ? API_VERSION : 0;
    return doors | (is_put ? API_MUST : 0);
}

static json_t *
faults_json(const struct api_problem *p)
{
    json_t *list = json_array();
    for (int i = 0; i < p->n_faults; i++) {
        const struct api_fault *f = &p->faults[i];
        json_t *o = json_object();
        json_object_set_new(o, f->place, api_text(f->name));
        json_object_set_new(o, "detail", api_text(f->detail));
        json_array_append_new(list, o);
    }
    return list;
}

enum rc
api_refuse(struct visit *v, const struct api_problem *p, struct http_response *r)
{
    const struct problem_row *row = &problem_rows[p->kind];
    struct str type =
        str_fmt(v->a, "%.*s" URL_API "openapi.json#/components/responses/%s",
                STR_ARG(v->w->site.url), row->word);
    json_t *o = json_object();
    json_object_set_new(o, "type", api_text(type));
    json_object_set_new(o, "title", json_string(row->title));
    json_object_set_new(o, "status", json_integer(row->status));
    if (p->detail.n > 0)
        json_object_set_new(o, "detail", api_text(p->detail));
    json_object_set_new(o, "instance", api_text(v->req.id));
    if (p->n_faults > 0)
        json_object_set_new(o, "errors", faults_json(p));
    if (p->version > 0)
        json_object_set_new(o, "version", json_integer(p->version));
    api_send_take(v, o, r);
    r->status = row->status;
    r->headers[r->n_headers - 1].value = STR("application/problem+json");
    return RC_OK;
}

enum rc
api_refuse_one(struct visit *v, enum problem_kind kind, const struct api_fault *fault,
               struct http_response *r)
{
    struct api_problem p = {
        .kind = kind, .detail = fault->detail, .faults = fault, .n_faults = 1};
    if (fault->place == NULL)
        p.n_faults = 0;
    return api_refuse(v, &p, r);
}

/* ---- fields ---- */

/* A reference token of RFC 6901 section 3. */
static void
add_token(struct buf *b, struct str s)
{
    buf_add_c(b, '/');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '~')
            buf_add_z(b, "~0");
        else if (s.p[i] == '/')
            buf_add_z(b, "~1");
        else
            buf_add_c(b, s.p[i]);
    }
}

/* "photos[2]." at the beginning becomes "/photos/1". */
static void
add_photo(struct buf *b, struct str *field)
{
    int64_t number = 0;
    size_t end = str_find(*field, ']');
    if (!str_starts(*field, STR("photos[")) || end == field->n ||
        !str_to_int(str_sub(*field, 7, end - 7), 1, ITEM_PHOTOS_MAX, &number))
        return;
    buf_fmt(b, "/photos/%d", (int)number - 1);
    *field = str_from(*field, end + 2);
}

struct str
api_pointer(struct arena *a, struct str field)
{
    struct buf b;
    buf_init(&b, a, 1024);
    add_photo(&b, &field);
    if (str_starts(field, STR("withdrawn."))) {
        buf_add_z(&b, "/withdrawn");
        field = str_from(field, strlen("withdrawn."));
    }
    if (field.n > 0)
        add_token(&b, utf8_cut(field, field.n));
    return buf_str(&b);
}

/* ---- what news says ---- */

static struct api_fault
fault_of(struct arena *a, const struct shortcoming *s)
{
    struct str name = str_of(shortcoming_name(s->kind));
    struct str field = s->photo > 0
                           ? str_fmt(a, "photos[%d].%.*s", s->photo, STR_ARG(name))
                       : s->kind == SHORT_CONFLICT ? STR("")
                                                   : name;
    return (struct api_fault){"pointer", api_pointer(a, field),
                              str_of(shortcoming_text(s->kind))};
}

static enum rc
refuse_content(struct visit *v, const struct err *err, const struct shortcomings *shorts,
               struct http_response *r)
{
    struct api_fault faults[SHORTCOMINGS_MAX] = {
        {"pointer", api_pointer(v->a, str_of(err->field)), str_of(err->text)}};
    struct api_problem p = {PROBLEM_INVALID, str_of(err->text), faults, 1, 0};
    for (int i = 0; shorts != NULL && i < shorts->n; i++) {
        faults[i] = fault_of(v->a, &shorts->all[i]);
        p.n_faults = i + 1;
    }
    /* Without a field it is no object at all. */
    if (err->field[0] == '\0') {
        p.kind = PROBLEM_BAD_REQUEST;
        p.n_faults = 0;
    }
    return api_refuse(v, &p, r);
}

enum rc
api_refuse_rc(struct visit *v, const struct err *err, const struct shortcomings *shorts,
              struct http_response *r)
{
    struct api_fault said = {.detail = str_of(err->text)};
    switch (err->rc) {
    case RC_INVALID:
        return refuse_content(v, err, shorts, r);
    case RC_CONFLICT:
        return api_refuse_one(v, PROBLEM_CONFLICT, &said, r);
    case RC_DENIED:
        return api_refuse_one(v, PROBLEM_FORBIDDEN, &said, r);
    case RC_LIMIT:
        return api_refuse_one(v, PROBLEM_TOO_LARGE, &said, r);
    default:
        return err->rc;
    }
}

/* ---- what nobody answered ---- */

static enum problem_kind
kind_of(int status)
{
    for (int i = 0; i < PROBLEM__MAX; i++)
        if (problem_rows[i].status == status)
            return (enum problem_kind)i;
    return PROBLEM_FAILED;
}

void
api_fail(struct visit *v, int status, const struct err *err, struct http_response *r)
{
    struct api_fault said = {.detail = str_of(err->text)};
    *r = (struct http_response){0};
    if (status >= 500)
        said.detail = STR("nothing is wrong with the request; the log tells more about "
                          "its instance");
    api_refuse_one(v, kind_of(status), &said, r);
}
