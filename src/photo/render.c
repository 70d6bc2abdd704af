/* photo/render.c - sizes and crops of a photo, as JPEG and as WebP.
 *
 * WebP and not AVIF: at equal error against the uncompressed picture AVIF of Debian 12 is
 * a tenth smaller in the same time and half as much memory again; where it is a quarter
 * to a half smaller it needs fourteen times as long (tests/bench/formats.mjs). */
#include "photo/render.h"

#include <math.h>

#include <vips/vips.h>

#include "photo/words.h"

enum { JPEG_QUALITY = 80, WEBP_QUALITY = 80, WEBP_EFFORT = 4 };

static void
image_end(VipsImage **image)
{
    if (*image != NULL)
        g_object_unref(*image);
}
#define IMAGE AT_END(image_end) VipsImage *

/* What was read well once and then is not written is a fault of ours. */
static enum rc
failed(const char *what, struct err *err)
{
    struct str first = str_of(vips_error_buffer());
    first = str_sub(first, 0, str_find(first, '\n'));
    err_set(err, RC_FAILED, "%s: %.*s", what, STR_ARG(first));
    vips_error_clear();
    return RC_FAILED;
}

/* How much of the original's pixels a side must have so that nothing made of it is
 * enlarged: 1 when all of them are needed. */
static double
scale_needed(int width_px, int height_px)
{
    double most = 0;
    for (int shape = 0; shape < RENDITION_SHAPE__MAX; shape++) {
        struct rendition_size s[RENDITION_SIZES_MAX];
        struct rendition_box box = rendition_box((enum rendition_shape)shape, width_px,
                                                 height_px, (struct str){0});
        int n = rendition_sizes((enum rendition_shape)shape, width_px, height_px, s);
        most = fmax(most, (double)s[n - 1].width_px / box.width_px);
        most = fmax(most, (double)s[n - 1].height_px / box.height_px);
    }
    return fmin(most, 1);
}

/* A JPEG's reader leaves pixels out by 2, 4 or 8 while it decodes, as long as enough are
 * left; others are read whole, in one pass. */
static enum rc
open_small(const struct photo_picture *p, struct str bytes, double scale, VipsImage **out,
           struct err *err)
{
    int shrink = 8;
    while (shrink > 1 && shrink * scale > 1)
        shrink /= 2;
    if (p->head.type != MEDIA_JPEG || shrink == 1) {
        *out = g_object_ref(p->image);
        return RC_OK;
    }
    if (vips_jpegload_buffer((void *)bytes.p, bytes.n, out, "shrink", shrink, "access",
                             VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_WARNING,
                             NULL) != 0)
        return photo_refuse_vips(err);
    return RC_OK;
}

/* Three bands of eight bits in sRGB, on white. */
static VipsImage *
to_plain(VipsImage *in)
{
    IMAGE srgb = NULL;
    IMAGE flat = NULL;
    VipsImage *out = NULL;
    VipsArrayDouble *white = vips_array_double_newv(1, 255.0);
    bool is_done =
        vips_colourspace(in, &srgb, VIPS_INTERPRETATION_sRGB, NULL) == 0 &&
        (vips_image_hasalpha(srgb) ? vips_flatten(srgb, &flat, "background", white, NULL)
                                   : vips_copy(srgb, &flat, NULL)) == 0 &&
        vips_cast_uchar(flat, &out, NULL) == 0;
    vips_area_unref(VIPS_AREA(white));
    return is_done ? out : NULL;
}

/* Reads the picture made smaller to a scale, upright and in sRGB, into memory. Which way
 * is up is what our own reader says, as it said how wide that is. Colours without a
 * profile are sRGB already: converting those would shift them. */
static enum rc
read_scaled(const struct photo_picture *p, struct str bytes, double scale,
            VipsImage **out, struct err *err)
{
    IMAGE opened = NULL;
    IMAGE small = NULL;
    IMAGE plain = NULL;
    bool has_profile = vips_image_get_typeof(p->image, VIPS_META_ICC_NAME) != 0;
    TRY(open_small(p, bytes, scale, &opened, err));
    vips_image_set_int(opened, VIPS_META_ORIENTATION, p->head.orientation);
    if (vips_thumbnail_image(opened, &small, (int)ceil(p->head.width_px * scale),
                             "height", (int)ceil(p->head.height_px * scale), "size",
                             VIPS_SIZE_FORCE, "export_profile",
                             has_profile ? "srgb" : NULL, NULL) != 0 ||
        (plain = to_plain(small)) == NULL ||
        (*out = vips_image_copy_memory(plain)) == NULL)
        return photo_refuse_vips(err);
    return RC_OK;
}

/* All that the original said about itself goes; what is told about the pixels stays. */
static void
clean(VipsImage *image)
{
    char **fields = vips_image_get_fields(image);
    for (int i = 0; fields[i] != NULL; i++)
        vips_image_remove(image, fields[i]);
    g_strfreev(fields);
    vips_image_set_string(image, "exif-ifd2-ColorSpace", "1");
}

/* The texts, as they go into the files of each format. */
struct inside {
    struct str xmp, iim;
};

static void
set_blob(VipsImage *image, const char *name, struct str bytes)
{
    vips_image_set_blob_copy(image, name, bytes.p, bytes.n);
}

static enum rc
encode(VipsImage *image, enum rendition_format format, void **bytes, size_t *n,
       struct err *err)
{
    int result =
        format == RENDITION_JPEG
            ? vips_jpegsave_buffer(image, bytes, n, "Q", JPEG_QUALITY, "interlace", TRUE,
                                   "optimize_coding", TRUE, "subsample_mode",
                                   VIPS_FOREIGN_SUBSAMPLE_ON, NULL)
            : vips_webpsave_buffer(image, bytes, n, "Q", WEBP_QUALITY, "effort",
                                   WEBP_EFFORT, NULL);
    return result != 0 ? failed("a file cannot be made", err) : RC_OK;
}

/* One size in one format, with the texts. */
static enum rc
add_file(VipsImage *image, const struct inside *in, enum rendition_format format,
         struct arena *a, struct photo_files_made *out, struct err *err)
{
    IMAGE own = NULL;
    struct photo_file_made *f = &out->all[out->n];
    void *bytes;
    if (vips_copy(image, &own, NULL) != 0)
        return failed("a picture cannot be copied", err);
    set_blob(own, VIPS_META_XMP_NAME, in->xmp);
    if (format == RENDITION_JPEG && in->iim.n > 0)
        set_blob(own, VIPS_META_IPTC_NAME, in->iim);
    TRY(encode(own, format, &bytes, &f->bytes.n, err));
    arena_at_end(a, g_free, bytes);
    f->bytes.p = bytes;
    f->width_px = vips_image_get_width(own);
    f->height_px = vips_image_get_height(own);
    out->n++;
    return RC_OK;
}

/* A picture that outputs are cut from, and what it was made of. */
struct source {
    VipsImage *image;
    struct rendition_size sides; /* of the original */
    struct str focal;
    struct inside in;
};

/* The part of the small picture that a box of the original is. */
static struct rendition_box
box_in_small(const struct source *s, const struct rendition_box *box)
{
    double x = (double)vips_image_get_width(s->image) / s->sides.width_px;
    double y = (double)vips_image_get_height(s->image) / s->sides.height_px;
    struct rendition_box b = {(int)(box->left * x), (int)(box->top * y),
                              (int)lrint(box->width_px * x),
                              (int)lrint(box->height_px * y)};
    b.width_px = b.width_px < 1 ? 1 : b.width_px;
    b.height_px = b.height_px < 1 ? 1 : b.height_px;
    if (b.left + b.width_px > vips_image_get_width(s->image))
        b.left = vips_image_get_width(s->image) - b.width_px;
    if (b.top + b.height_px > vips_image_get_height(s->image))
        b.top = vips_image_get_height(s->image) - b.height_px;
    return b;
}

static enum rc
cut(const struct source *s, const struct rendition_box *box,
    const struct rendition_size *size, VipsImage **out, struct err *err)
{
    IMAGE part = NULL;
    IMAGE resized = NULL;
    struct rendition_box b = box_in_small(s, box);
    if (vips_extract_area(s->image, &part, b.left, b.top, b.width_px, b.height_px,
                          NULL) != 0 ||
        vips_thumbnail_image(part, &resized, size->width_px, "height", size->height_px,
                             "size", VIPS_SIZE_FORCE, NULL) != 0 ||
        (*out = vips_image_copy_memory(resized)) == NULL)
        return failed("a size cannot be made", err);
    return RC_OK;
}

/* A size of a shape, in every format that the shape has. */
static enum rc
add_size(const struct source *s, enum rendition_shape shape,
         const struct rendition_size *size, struct arena *a, struct photo_files_made *out,
         struct err *err)
{
    IMAGE image = NULL;
    struct rendition_box box =
        rendition_box(shape, s->sides.width_px, s->sides.height_px, s->focal);
    TRY(cut(s, &box, size, &image, err));
    clean(image);
    for (int f = 0; f < RENDITION_FORMAT__MAX; f++) {
        enum rendition_format format = (enum rendition_format)f;
        if (!rendition_has(shape, format))
            continue;
        out->all[out->n].name = rendition_file(a, shape, size->width_px, format);
        TRY(add_file(image, &s->in, format, a, out, err));
    }
    return RC_OK;
}

/* All shapes in all their sizes. */
static enum rc
add_all(const struct source *s, struct arena *a, struct photo_files_made *out,
        struct err *err)
{
    for (int shape = 0; shape < RENDITION_SHAPE__MAX; shape++) {
        struct rendition_size sizes[RENDITION_SIZES_MAX];
        int n = rendition_sizes((enum rendition_shape)shape, s->sides.width_px,
                                s->sides.height_px, sizes);
        for (int i = 0; i < n; i++)
            TRY(add_size(s, (enum rendition_shape)shape, &sizes[i], a, out, err));
    }
    return RC_OK;
}

enum rc
photo_render(const struct photo_picture *picture, struct str bytes, const struct photo *p,
             struct arena *a, struct photo_files_made *out, struct err *err)
{
    IMAGE small = NULL;
    struct source s = {.focal = p->focal,
                       .sides = {picture->head.width_px, picture->head.height_px}};
    out->n = 0;
    TRY(photo_words_write(p, a, &s.in.xmp, &s.in.iim, err));
    double scale = scale_needed(s.sides.width_px, s.sides.height_px);
    TRY(read_scaled(picture, bytes, scale, &small, err));
    s.image = small;
    return add_all(&s, a, out, err);
}

enum rc
photo_render_jpeg(const struct photo_picture *picture, struct str bytes,
                  const struct photo *p, struct arena *a, struct photo_file_made *out,
                  struct err *err)
{
    IMAGE whole = NULL;
    struct inside in;
    struct photo_files_made made = {.n = 0};
    TRY(photo_words_write(p, a, &in.xmp, &in.iim, err));
    TRY(read_scaled(picture, bytes, 1, &whole, err));
    clean(whole);
    TRY(add_file(whole, &in, RENDITION_JPEG, a, &made, err));
    *out = made.all[0];
    return RC_OK;
}
