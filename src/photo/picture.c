/* photo/picture.c - opening and decoding. */
#include "photo/picture.h"

#include <webp/decode.h>

#include "media/burden.h"

/* The reader is chosen by our own look at the bytes, never by libvips' guess. */
typedef int load_fn(void *buf, size_t len, VipsImage **out, ...);

static load_fn *const loaders[MEDIA_TYPE__MAX] = {
    [MEDIA_JPEG] = vips_jpegload_buffer, [MEDIA_PNG] = vips_pngload_buffer,
    [MEDIA_WEBP] = vips_webpload_buffer, [MEDIA_AVIF] = vips_heifload_buffer,
    [MEDIA_HEIC] = vips_heifload_buffer,
};

static enum rc
rc_of(enum refusal why)
{
    switch (why) {
#define REFUSED_FILE(name, word, code) \
    case REFUSED_FILE_##name:          \
        return code;
#include "model/refused_file.def"
#undef REFUSED_FILE
    default:
        return RC_FAILED;
    }
}

enum rc
photo_refuse(struct err *err, enum refusal why, int64_t number, const char *detail)
{
    enum rc rc = rc_of(why);
    err_set(err, rc, "%s", detail);
    return err_because(err, rc, (int)why, 0, number);
}

enum rc
photo_refuse_vips(struct err *err)
{
    const char *says = vips_error_buffer();
    bool is_memory = strstr(says, "memory") != NULL;
    return photo_refuse(err, is_memory ? REFUSED_FILE_EFFORT : REFUSED_FILE_BROKEN, 0,
                        says);
}

static enum rc
open_image(struct str bytes, struct photo_picture *p, struct err *err)
{
    if (loaders[p->head.type]((void *)bytes.p, bytes.n, &p->image, "access",
                              VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_WARNING,
                              NULL) != 0)
        return photo_refuse_vips(err);
    return RC_OK;
}

/* --- WebP -------------------------------------------------------------------- */

static void
forget(VipsImage *image, void *pixels)
{
    (void)image;
    WebPFree(pixels);
}

static void
take_profile(VipsImage *from, VipsImage *to)
{
    const void *p;
    size_t n;
    if (vips_image_get_typeof(from, VIPS_META_ICC_NAME) != 0 &&
        vips_image_get_blob(from, VIPS_META_ICC_NAME, &p, &n) == 0)
        vips_image_set_blob_copy(to, VIPS_META_ICC_NAME, p, n);
}

/* An image that owns its pixels. It says that it is read from top to bottom, as others
 * are: libvips then keeps lines that it needs again instead of making them anew. */
static VipsImage *
image_of(const WebPDecBuffer *b, int bands)
{
    VipsImage *image = vips_image_new_from_memory(
        b->u.RGBA.rgba, b->u.RGBA.size, b->width, b->height, bands, VIPS_FORMAT_UCHAR);
    if (image == NULL)
        return NULL;
    g_signal_connect(image, "postclose", G_CALLBACK(forget), b->u.RGBA.rgba);
    image->Type = VIPS_INTERPRETATION_sRGB;
    vips_image_set_int(image, VIPS_META_SEQUENTIAL, 1);
    return image;
}

/* libvips' reader has the picture in memory three times and once more in a temporary
 * file, or in memory: of the most pixels there may be, the address space has no room for
 * that. So it reads what stands around the pixels, and libwebp reads them. */
static enum rc
decode_webp(struct str bytes, struct photo_picture *p, struct err *err)
{
    WebPDecoderConfig c;
    VipsImage *header = p->image;
    int bands = vips_image_hasalpha(header) ? 4 : 3;
    if (!WebPInitDecoderConfig(&c))
        return err_set(err, RC_FAILED, "libwebp is another one than it was built with");
    c.output.colorspace = bands == 4 ? MODE_RGBA : MODE_RGB;
    VP8StatusCode status = WebPDecode((const uint8_t *)bytes.p, bytes.n, &c);
    if (status == VP8_STATUS_OUT_OF_MEMORY)
        return photo_refuse(err, REFUSED_FILE_EFFORT, 0, "libwebp: out of memory");
    if (status != VP8_STATUS_OK)
        return photo_refuse(err, REFUSED_FILE_BROKEN, 0, "libwebp: damaged or cut off");
    if ((p->image = image_of(&c.output, bands)) == NULL) {
        p->image = header;
        return photo_refuse_vips(err);
    }
    take_profile(header, p->image);
    g_object_unref(header);
    return RC_OK;
}

/* --- any --------------------------------------------------------------------- */

/* Two readers that see two pictures: the file was made to fool one of them. */
static enum rc
check_agreement(const struct photo_picture *p, struct err *err)
{
    int w = vips_image_get_width(p->image), h = vips_image_get_height(p->image);
    bool is_turned = p->head.orientation >= 5;
    if (vips_image_get_n_pages(p->image) > 1)
        return photo_refuse(err, REFUSED_FILE_FRAMES, 0, "several pictures in one file");
    if (w == (is_turned ? p->head.height_px : p->head.width_px) &&
        h == (is_turned ? p->head.width_px : p->head.height_px))
        return RC_OK;
    return photo_refuse(err, REFUSED_FILE_BROKEN, 0, "its headers contradict each other");
}

enum rc
photo_picture_open(struct str bytes, struct photo_picture *out, struct err *err)
{
    *out = (struct photo_picture){0};
    if (bytes.n > PHOTO_BYTES_MAX)
        return photo_refuse(err, REFUSED_FILE_BYTES, PHOTO_BYTES_MAX / 1000000,
                            "too many bytes");
    TRY(media_image_read(bytes, bytes.n, &out->head, err));
    TRY(media_burden_check(out->head.type, bytes, err));
    TRY(open_image(bytes, out, err));
    enum rc rc = check_agreement(out, err);
    if (rc == RC_OK && out->head.type == MEDIA_WEBP)
        rc = decode_webp(bytes, out, err);
    if (rc != RC_OK)
        photo_picture_close(out);
    return rc;
}

void
photo_picture_close(struct photo_picture *p)
{
    g_clear_object(&p->image);
}

static int
look_at(VipsRegion *region, void *sequence, void *a, void *b, gboolean *stop)
{
    (void)region, (void)sequence, (void)a, (void)b, (void)stop;
    return 0;
}

enum rc
photo_picture_decode(const struct photo_picture *p, struct err *err)
{
    return vips_sink(p->image, NULL, look_at, NULL, NULL, NULL) == 0
               ? RC_OK
               : photo_refuse_vips(err);
}
