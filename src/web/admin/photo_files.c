/* web/admin/photo_files.c - files of a photo of the library, for the newsroom. */
#include "media/give.h"
#include "media/place.h"
#include "web/admin/photo.h"
#include "web/handlers.h"

#include "base/file.h"

/* Stands in for a picture that is still being made. */
#define PLACEHOLDER                                                                    \
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 3 2\"><rect width=\"3\" " \
    "height=\"2\" fill=\"#d8dde2\"/></svg>"

static enum rc
show_placeholder(struct http_response *r)
{
    r->status = 200;
    r->body = STR(PLACEHOLDER);
    http_response_header(r, STR("Content-Type"), STR("image/svg+xml"));
    return RC_OK;
}

enum rc
admin_photo_media(struct visit *v, struct http_response *r, struct err *err)
{
    struct library_photo p;
    struct str number = v->match.words[0];
    size_t behind = (size_t)(number.p - v->req.path.p) + number.n;
    struct str file = str_from(v->req.path, behind + STR("/media/").n);
    TRY(visit_data(v, err));
    struct desk d = staff_desk(v);
    TRY(news_photo(&d, staff_number(v, 0), v->a, &p, err));
    if (!rendition_file_is_valid(file))
        return err_set(err, RC_NOT_FOUND, "no file is made of a photo by that name");
    if (p.photo.rendition.n == 0)
        return show_placeholder(r);
    return visit_photo(v, p.photo.rendition, file, r, err);
}

/* ---- its original ---- */

/* The name the file came with, as a browser is to keep it (RFC 6266 section 4.3, RFC 8187
 * section 3.2). */
static void
name_file(struct visit *v, const struct library_photo *p, struct str ext,
          struct http_response *r)
{
    struct str name = p->file_name, stem = name;
    for (size_t i = name.n; i > 0; i--)
        if (name.p[i - 1] == '.') {
            stem = str_sub(name, 0, i - 1);
            break;
        }
    if (stem.n == 0)
        stem = str_fmt(v->a, "photo-%lld", (long long)p->id);
    name = str_fmt(v->a, "%.*s.%.*s", STR_ARG(stem), STR_ARG(ext));
    http_response_header(r, STR("Content-Disposition"),
                         str_fmt(v->a, "attachment; filename*=UTF-8''%.*s",
                                 STR_ARG(http_encode_value(v->a, name))));
}

static enum rc
read_original(struct visit *v, const struct library_photo *p, struct str *out,
              struct err *err)
{
    const char *path = media_path(v->a, v->w->conf->originals_dir, p->photo.sha256,
                                  str_z(v->a, p->photo.ext));
    return file_read(v->a, path, MEDIA_FILE_MAX, out, err);
}

static enum rc
find(struct visit *v, struct library_photo *p, struct err *err)
{
    TRY(visit_data(v, err));
    struct desk d = staff_desk(v);
    return news_photo(&d, staff_number(v, 0), v->a, p, err);
}

enum rc
admin_photo_original(struct visit *v, struct http_response *r, struct err *err)
{
    struct library_photo p;
    TRY(find(v, &p, err));
    TRY(read_original(v, &p, &r->body, err));
    r->status = 200;
    http_response_header(r, STR("Content-Type"), str_of(media_ext_mime(p.photo.ext)));
    name_file(v, &p, p.photo.ext, r);
    return RC_OK;
}

enum rc
admin_photo_edited(struct visit *v, struct http_response *r, struct err *err)
{
    struct library_photo p;
    struct str original, ext;
    TRY(find(v, &p, err));
    TRY(read_original(v, &p, &original, err));
    TRY(media_give_rewrite(visit_helper(v), &p.photo, original, v->a, &r->body, &ext,
                           err));
    r->status = 200;
    http_response_header(r, STR("Content-Type"), str_of(media_ext_mime(ext)));
    name_file(v, &p, ext, r);
    return RC_OK;
}
