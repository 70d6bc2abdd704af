/* web/photo.c - a photo's file, sent by the web server from disk. */
#include "media/place.h"
#include "model/url.h"
#include "web/visit.h"

enum rc
visit_photo(struct visit *v, struct str sha256, struct str ext, struct http_response *r,
            struct err *err)
{
    const char *path = media_path(v->a, v->w->conf->media_dir, sha256, str_z(v->a, ext));
    struct str address = url_media(v->a, sha256, ext);
    if (!v->is_behind_nginx && !v->sends_files)
        return err_set(err, RC_NOT_FOUND, "no file is sent here");
    r->status = 200;
    r->body = STR("");
    http_response_header(r, STR("Content-Type"), str_of(media_ext_mime(ext)));
    if (v->is_behind_nginx) { /* a location that nobody else comes to */
        http_response_header(r, STR("X-Accel-Redirect"),
                             str_fmt(v->a, "/photo-file%.*s", STR_ARG(address)));
        return RC_OK;
    }
    /* Other web servers are told which file it is. Both that we know decode the path. */
    http_response_header(r, STR("ETag"), str_fmt(v->a, "\"%.*s\"", STR_ARG(sha256)));
    http_response_header(r, STR("X-Sendfile"), http_encode_path(v->a, str_of(path)));
    return RC_OK;
}
