/* web/admin/photo_files.c - files of a photo of the library, for the newsroom. */
#include "web/admin/photo.h"
#include "web/handlers.h"
#include "web/photo_file.h"

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
    return photo_file_original(v, &p, r, err);
}

enum rc
admin_photo_edited(struct visit *v, struct http_response *r, struct err *err)
{
    struct library_photo p;
    TRY(find(v, &p, err));
    return photo_file_edited(v, &p, r, err);
}
