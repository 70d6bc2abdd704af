/* web/api/photo.c - the doors of photos: send, read, change what is said of one. */
#include "http/field.h"
#include "media/place.h"
#include "model/rendition.h"
#include "model/url.h"
#include "web/api/api.h"
#include "web/handlers.h"
#include "web/upload.h"

/* ---- as JSON ---- */

static void
add_text(json_t *o, const char *key, struct str text)
{
    if (text.n > 0)
        json_object_set_new(o, key, api_text(text));
}

/* What is said of it; what is empty is left out. */
static void
add_words(struct visit *v, json_t *o, const struct photo *p)
{
#define PHOTO_TEXT(member, key, column, most, inside) add_text(o, key, p->member);
#include "model/photo.def"
#undef PHOTO_TEXT
    add_text(o, "focal", p->focal);
    if (p->is_decorative)
        json_object_set_new(o, "decorative", json_true());
    if (p->expires_at != TIME_NONE)
        json_object_set_new(o, "expires_at", api_time(v->a, p->expires_at, false));
}

/* What is given out of it, while an item on the site shows it: every size and format. */
static void
add_shape(struct visit *v, json_t *list, const struct photo *p,
          enum rendition_shape shape)
{
    static const char *const names[RENDITION_SHAPE__MAX] = {"whole", "card", "share"};
    struct rendition_size sizes[RENDITION_SIZES_MAX];
    int n = rendition_sizes(shape, p->width_px, p->height_px, sizes);
    for (int i = 0; i < n * RENDITION_FORMAT__MAX; i++) {
        struct rendition_size s = sizes[i / RENDITION_FORMAT__MAX];
        enum rendition_format format = (enum rendition_format)(i % RENDITION_FORMAT__MAX);
        struct str file = rendition_file(v->a, shape, s.width_px, format);
        struct str url = str_fmt(v->a, "%.*s%.*s", STR_ARG(v->w->site.url),
                                 STR_ARG(url_media(v->a, p->rendition, file)));
        if (!rendition_has(shape, format))
            continue;
        json_array_append_new(list, json_pack("{s:s, s:i, s:i, s:s, s:o}", "shape",
                                              names[shape], "width", s.width_px, "height",
                                              s.height_px, "type", rendition_mime(format),
                                              "url", api_text(url)));
    }
}

static void
add_files(struct visit *v, json_t *o, const struct photo *p)
{
    json_t *list = json_array();
    for (int shape = 0; p->rendition.n > 0 && shape < RENDITION_SHAPE__MAX; shape++)
        add_shape(v, list, p, (enum rendition_shape)shape);
    json_object_set_new(o, "files", list);
}

static json_t *
found_json(struct str found)
{
    json_t *o = json_loadb(found.p != NULL ? found.p : "", found.n, 0, NULL);
    return o != NULL ? o : json_object();
}

static struct str
self_of(struct visit *v, const struct library_photo *p)
{
    return str_fmt(v->a, URL_API_PHOTOS "%.*s", STR_ARG(p->photo.sha256));
}

json_t *
api_photo_json(struct visit *v, const struct library_photo *p)
{
    const struct photo *f = &p->photo;
    json_t *o = json_object();
    json_object_set_new(o, "sha256", api_text(f->sha256));
    json_object_set_new(o, "type", json_string(media_ext_mime(f->ext)));
    json_object_set_new(o, "width", json_integer(f->width_px));
    json_object_set_new(o, "height", json_integer(f->height_px));
    json_object_set_new(o, "bytes", json_integer(f->bytes));
    add_text(o, "file_name", p->file_name);
    json_object_set_new(o, "added_at", api_time(v->a, p->added_at, false));
    add_text(o, "added_by", p->added_by);
    json_object_set_new(o, "confirmed", json_boolean(p->confirmed_at != TIME_NONE));
    json_object_set_new(o, "withdrawn", json_boolean(p->withdrawn_at != TIME_NONE));
    json_object_set_new(o, "found", found_json(p->found));
    json_object_set_new(o, "version", json_integer(p->version));
    json_object_set_new(o, "self", api_text(self_of(v, p)));
    json_object_set_new(o, "page",
                        api_text(str_fmt(v->a, "/admin/photos/%lld/", (long long)p->id)));
    add_words(v, o, f);
    add_files(v, o, f);
    if (p->withdrawn_at == TIME_NONE)
        return o;
    json_object_set_new(o, "withdrawn_at", api_time(v->a, p->withdrawn_at, false));
    add_text(o, "withdrawn_reason", p->withdrawn_reason);
    return o;
}

static struct str
etag_of(struct visit *v, const struct library_photo *p)
{
    return str_fmt(v->a, "\"%lld\"", (long long)p->version);
}

void
api_photo_show(struct visit *v, const struct library_photo *p, struct http_response *r)
{
    api_send_take(v, api_photo_json(v, p), r);
    http_response_header(r, STR("ETag"), etag_of(v, p));
}

enum rc
api_photo_open(struct visit *v, const struct desk *d, struct library_photo *out,
               struct err *err)
{
    TRY(visit_open(v, err));
    return news_photo_by_sha256(d, v->match.words[0], v->a, out, err);
}

enum rc
api_photo(struct visit *v, struct http_response *r, struct err *err)
{
    struct desk d = api_desk(v);
    struct library_photo p;
    TRY(api_photo_open(v, &d, &p, err));
    api_photo_show(v, &p, r);
    return RC_OK;
}

/* ---- sending ---- */

/* A form may hold photos and nothing else: what was meant for them and is not read must
 * not be passed over. */
static bool
refuse_fields(struct visit *v, struct http_response *r)
{
    struct api_fault fault = {"pointer", STR(""),
                              STR("no field but \"" UPLOAD_FIELD "\" is read")};
    if (v->staff.form.n == 0)
        return false;
    fault.name = api_pointer(v->a, v->staff.form.fields[0].name);
    api_refuse_one(v, PROBLEM_INVALID, &fault, r);
    return true;
}

static struct str
reason_of(struct visit *v, const struct upload_file *f)
{
    if (f->problem.rc == RC_FAILED)
        return STR("it could not be stored; the log tells more about this request");
    return str_fmt(v->a, "%s", f->problem.text);
}

static json_t *
failures_json(struct visit *v, const struct upload *u)
{
    json_t *list = json_array();
    for (int i = 0; i < u->n; i++)
        if (u->files[i].problem.rc != RC_OK)
            json_array_append_new(list, json_pack("{s:o, s:o, s:i}", "file",
                                                  api_text(u->files[i].name), "detail",
                                                  api_text(reason_of(v, &u->files[i])),
                                                  "part", i + 1));
    return list;
}

/* None was taken: the first one's problem is the request's. */
static enum rc
refuse_all(struct visit *v, const struct upload *u, struct http_response *r)
{
    struct api_fault faults[HTTP_PARTS_MAX];
    struct api_problem p = {PROBLEM_INVALID, reason_of(v, &u->files[0]), faults, u->n, 0};
    for (int i = 0; i < u->n; i++)
        faults[i] =
            (struct api_fault){"pointer", str_fmt(v->a, "/" UPLOAD_FIELD "/%d", i),
                               str_fmt(v->a, "%.*s%s%.*s", STR_ARG(u->files[i].name),
                                       u->files[i].name.n > 0 ? ": " : "",
                                       STR_ARG(reason_of(v, &u->files[i])))};
    if (u->files[0].problem.rc == RC_FAILED)
        p.kind = PROBLEM_FAILED;
    return api_refuse(v, &p, r);
}

static void
tell(struct visit *v, const struct upload *u, struct http_response *r)
{
    json_t *o = json_object(), *list = json_array();
    const struct upload_file *last = NULL;
    int n_new = 0;
    for (int i = 0; i < u->n; i++) {
        if (u->files[i].problem.rc != RC_OK)
            continue;
        last = &u->files[i];
        json_t *photo = api_photo_json(v, &last->photo);
        json_object_set_new(photo, "known", json_boolean(last->is_known));
        json_array_append_new(list, photo);
        n_new += !last->is_known;
    }
    json_object_set_new(o, "photos", list);
    json_object_set_new(o, "failures", failures_json(v, u));
    api_send_take(v, o, r);
    r->status = n_new > 0 ? 201 : 200;
    if (u->n == 1 && n_new == 1)
        http_response_header(r, STR("Location"), self_of(v, &last->photo));
}

enum rc
api_photo_add(struct visit *v, struct http_response *r, struct err *err)
{
    struct api_fault none = {"pointer", STR("/" UPLOAD_FIELD), STR("no photo came")};
    const struct upload *u = v->staff.upload;
    struct desk d = api_desk(v);
    if (refuse_fields(v, r))
        return RC_OK;
    if (u->n == 0)
        return api_refuse_one(v, PROBLEM_INVALID, &none, r);
    TRY(upload_take(v, &d, err));
    if (upload_taken(u) == 0)
        return refuse_all(v, u, r);
    tell(v, u, r);
    return RC_OK;
}

/* ---- changing ---- */

/* What a program may send back as it was told it, since it is no text of a photo. */
static const char *const told[] = {
    "sha256",    "type",      "width", "height",    "bytes",        "added_at",
    "added_by",  "found",     "files", "confirmed", "self",         "version",
    "withdrawn", "file_name", "page",  "known",     "withdrawn_at", "withdrawn_reason"};

static enum rc
read_word(struct photo *p, const char *key, const json_t *value, struct err *err)
{
#define PHOTO_TEXT(member, name, column, most, inside) \
    if (strcmp(key, name) == 0)                        \
        return api_read_text(&p->member, key, value, err);
#include "model/photo.def"
#undef PHOTO_TEXT
    if (strcmp(key, "focal") == 0)
        return api_read_text(&p->focal, key, value, err);
    if (strcmp(key, "expires_at") == 0)
        return api_read_time(&p->expires_at, key, value, err);
    if (strcmp(key, "decorative") == 0) {
        p->is_decorative = json_is_true(value);
        return json_is_boolean(value) ? RC_OK
                                      : err_field(err, key, "must be true or false");
    }
    for (size_t i = 0; i < N_ELEMENTS(told); i++)
        if (strcmp(key, told[i]) == 0)
            return RC_OK;
    return err_field(err, key, "is not a key of a photo");
}

/* What is left out is empty afterwards. */
static enum rc
parse_words(struct visit *v, const struct library_photo *old, struct photo *out,
            struct err *err)
{
    const char *key;
    json_t *root, *value;
    TRY(api_read_object(v, &root, err));
    *out = (struct photo){.sha256 = old->photo.sha256,
                          .ext = old->photo.ext,
                          .width_px = old->photo.width_px,
                          .height_px = old->photo.height_px,
                          .bytes = old->photo.bytes,
                          .expires_at = TIME_NONE};
    json_object_foreach(root, key, value) TRY(read_word(out, key, value, err));
    return RC_OK;
}

bool
api_photo_is_stale(struct visit *v, const struct library_photo *p,
                   struct http_response *r)
{
    struct api_fault fault = {
        "header", STR("If-Match"),
        str_fmt(v->a, "the newest version is %lld", (long long)p->version)};
    struct api_problem said = {PROBLEM_STALE, fault.detail, &fault, 1, p->version};
    if (v->req.if_match.n == 0 || http_field_has_etag(v->req.if_match, etag_of(v, p)))
        return false;
    http_response_header(r, STR("ETag"), etag_of(v, p));
    api_refuse(v, &said, r);
    return true;
}

enum rc
api_photo_save(struct visit *v, struct http_response *r, struct err *err)
{
    struct desk d = api_desk(v);
    struct library_photo p;
    struct photo words;
    TRY(api_photo_open(v, &d, &p, err));
    if (api_photo_is_stale(v, &p, r))
        return RC_OK;
    enum rc rc = parse_words(v, &p, &words, err);
    if (rc == RC_OK)
        rc = news_photo_change(&d, p.id, p.version, &words, err);
    if (rc != RC_OK)
        return api_refuse_rc(v, err, NULL, r);
    TRY(news_photo(&d, p.id, v->a, &p, err));
    api_photo_show(v, &p, r);
    return RC_OK;
}

/* ---- may it be sent? ---- */

/* The gate has asked all there is to ask; the web server, which wants to know before it
 * takes a body in, looks at the status alone. */
enum rc
api_photo_may_add(struct visit *v, struct http_response *r, struct err *err)
{
    (void)err;
    api_send(v, STR("{}\n"), r);
    return RC_OK;
}
