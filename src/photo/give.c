/* photo/give.c - the orders "render": make the files that are given out of a photo,
 * "check": look at files that were made, as a stranger would, before they are given out,
 * and "rewrite": the original with other texts inside. */
#include "media/found.h"
#include "photo/order.h"
#include "photo/picture.h"
#include "photo/render.h"
#include "photo/words.h"

/* The texts and the focal point of the order. */
static struct photo
ordered(const struct photo_order *o)
{
    struct photo p = {.focal = photo_order_text(o, NULL, "focal")};
    for (int i = 0; i < FOUND_WORDS; i++)
        *media_photo_text(&p, i) = photo_order_text(o, "words", media_photo_key(i));
    return p;
}

static void
set_sides(json_t *file, int width_px, int height_px)
{
    json_object_set_new(file, "width", json_integer(width_px));
    json_object_set_new(file, "height", json_integer(height_px));
}

enum rc
photo_order_render(const struct photo_order *o, struct photo_answer *out, struct err *err)
{
    struct photo_picture picture;
    struct photo_files_made made;
    struct photo p = ordered(o);
    if (p.focal.n > 0 && !photo_focal_is_valid(p.focal))
        return err_set(err, RC_FAILED, "no focal point: %.*s", STR_ARG(p.focal));
    TRY(photo_picture_open(o->bytes, &picture, err));
    enum rc rc = photo_render(&picture, o->bytes, &p, out->a, &made, err);
    photo_picture_close(&picture);
    TRY(rc);
    for (int i = 0; i < made.n; i++) {
        const struct photo_file_made *f = &made.all[i];
        set_sides(photo_answer_file(out, str_z(out->a, f->name), f->bytes), f->width_px,
                  f->height_px);
    }
    return RC_OK;
}

/* AVIF and HEIC, whose texts nothing here can replace, become a JPEG. */
static enum rc
rewrite(const struct photo_picture *picture, const struct photo_order *o, struct arena *a,
        struct str *out, struct err *err)
{
    enum media_type type = picture->head.type;
    struct photo_file_made made;
    struct photo p = ordered(o);
    if (type == MEDIA_JPEG || type == MEDIA_PNG || type == MEDIA_WEBP)
        return photo_words_rewrite(o->bytes, &p, a, out, err);
    TRY(photo_render_jpeg(picture, o->bytes, &p, a, &made, err));
    *out = made.bytes;
    return RC_OK;
}

enum rc
photo_order_rewrite(const struct photo_order *o, struct photo_answer *out,
                    struct err *err)
{
    struct photo_picture picture;
    struct media_image head;
    struct str bytes;
    TRY(photo_picture_open(o->bytes, &picture, err));
    enum rc rc = rewrite(&picture, o, out->a, &bytes, err);
    photo_picture_close(&picture);
    TRY(rc);
    TRY(media_image_read(bytes, bytes.n, &head, err));
    const char *name = str_fmt(out->a, "photo.%s", media_type_ext(head.type)).p;
    set_sides(photo_answer_file(out, name, bytes), head.width_px, head.height_px);
    return RC_OK;
}

/* The order's files stand one after the other in its bytes. */
enum rc
photo_order_check(const struct photo_order *o, struct photo_answer *out, struct err *err)
{
    const json_t *sizes = json_object_get(o->json, "files"), *size;
    json_t *files = json_array();
    struct str rest = o->bytes;
    size_t i;
    json_object_set_new(out->json, "looked", files);
    json_array_foreach(sizes, i, size)
    {
        size_t n = (size_t)json_integer_value(size);
        json_t *file = json_object();
        json_array_append_new(files, file);
        if (n > rest.n)
            return err_set(err, RC_FAILED, "the order's files are not all there");
        struct photo_order one = {NULL, str_sub(rest, 0, n)};
        struct photo_answer said = {.a = out->a, .json = file};
        TRY(photo_look(&one, &said, err));
        rest = str_from(rest, n);
    }
    return RC_OK;
}
