/* web/photo.c - a photo's file, sent by the web server from disk. */
#include "media/place.h"
#include "model/rendition.h"
#include "model/url.h"
#include "web/visit.h"

static struct str
type_of(struct str file)
{
    bool is_jpeg = str_ends(file, str_of(rendition_ext(RENDITION_JPEG)));
    return str_of(rendition_mime(is_jpeg ? RENDITION_JPEG : RENDITION_MODERN));
}

enum rc
visit_photo(struct visit *v, struct str digest, struct str file, struct http_response *r,
            struct err *err)
{
    const char *path = media_rendition_path(v->a, v->w->conf->media_dir, digest, file);
    struct str address = url_media(v->a, digest, file);
    if (!v->is_behind_nginx && !v->sends_files)
        return err_set(err, RC_NOT_FOUND, "no file is sent here");
    r->status = 200;
    r->body = STR("");
    http_response_header(r, STR("Content-Type"), type_of(file));
    if (v->is_behind_nginx) { /* a location that nobody else comes to */
        http_response_header(r, STR("X-Accel-Redirect"),
                             str_fmt(v->a, "/photo-file%.*s", STR_ARG(address)));
        return RC_OK;
    }
    /* Other web servers are told which file it is. Both that we know decode the path. */
    http_response_header(r, STR("ETag"),
                         str_fmt(v->a, "\"%.*s-%.*s\"", STR_ARG(digest), STR_ARG(file)));
    http_response_header(r, STR("X-Sendfile"), http_encode_path(v->a, str_of(path)));
    return RC_OK;
}
