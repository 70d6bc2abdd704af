/* web/photo_file.c - the original of a photo, as it came and with edited texts. */
#include "web/photo_file.h"

#include "media/give.h"
#include "media/place.h"

#include "base/file.h"

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

enum rc
photo_file_original(struct visit *v, const struct library_photo *p,
                    struct http_response *r, struct err *err)
{
    TRY(read_original(v, p, &r->body, err));
    r->status = 200;
    http_response_header(r, STR("Content-Type"), str_of(media_ext_mime(p->photo.ext)));
    name_file(v, p, p->photo.ext, r);
    return RC_OK;
}

enum rc
photo_file_edited(struct visit *v, const struct library_photo *p, struct http_response *r,
                  struct err *err)
{
    struct str original, ext;
    TRY(read_original(v, p, &original, err));
    TRY(media_give_rewrite(visit_helper(v), &p->photo, original, v->a, &r->body, &ext,
                           err));
    r->status = 200;
    http_response_header(r, STR("Content-Type"), str_of(media_ext_mime(ext)));
    name_file(v, p, ext, r);
    return RC_OK;
}
