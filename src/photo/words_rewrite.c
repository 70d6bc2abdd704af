/* photo/words_rewrite.c - a JPEG, PNG or WebP with other texts inside, its picture
 * untouched.
 *
 * What is needed to show the picture is copied, block by block; all else stays behind.
 * Positions are compared by subtraction before anything is read (media/format.h). */
#include <assert.h>

#include "media/format.h"
#include "media/image.h"
#include "photo/words.h"

#include "base/buf.h"

enum { ADDED_MAX = 256 * 1024 }; /* bytes; what we put in */

struct copy {
    struct str in;
    struct str xmp, iim;
    int orientation; /* EXIF's of a JPEG */
    struct buf out;
};

static enum rc
not_whole(const char *format, struct err *err)
{
    return err_field(err, "file", "%s: not whole", format);
}

static void
add_be16(struct buf *b, size_t n)
{
    buf_add_c(b, (char)(n >> 8 & 0xff));
    buf_add_c(b, (char)(n & 0xff));
}

static void
add_be32(struct buf *b, size_t n)
{
    add_be16(b, n >> 16);
    add_be16(b, n);
}

static void
add_le(struct buf *b, int n_bytes, uint64_t n)
{
    for (int i = 0; i < n_bytes; i++)
        buf_add_c(b, (char)(n >> 8 * i & 0xff));
}

/* A TIFF block of one entry, 0112 (Exif 2.32, 4.6.4); absent where nothing is turned. */
static struct str
orientation_block(const struct copy *c)
{
    char tiff[] = "MM\0\x2a\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1\0\0\0\0\0\0\0\0";
    tiff[19] = (char)c->orientation;
    if (c->orientation <= 1)
        return (struct str){NULL, 0};
    return str_copy(c->out.arena, (struct str){tiff, sizeof tiff - 1});
}

static void
see_orientation(struct copy *c, struct str exif)
{
    struct media_found found = {0};
    media_exif_read(str_starts(exif, STR("Exif\0\0")) ? str_from(exif, 6) : exif, &found);
    if (found.orientation != 0)
        c->orientation = found.orientation;
}

/* ---- JPEG (ITU-T T.81, annex B) ---- */

enum { RST0 = 0xd0, SOI = 0xd8, EOI = 0xd9, SOS = 0xda, APP0 = 0xe0, COM = 0xfe };

static void
add_segment(struct buf *b, uint32_t marker, struct str name, struct str body)
{
    if (body.n == 0)
        return;
    buf_add_c(b, (char)0xff);
    buf_add_c(b, (char)marker);
    add_be16(b, 2 + name.n + body.n);
    buf_add(b, name);
    buf_add(b, body);
}

static void
add_jpeg_words(struct copy *c)
{
    add_segment(&c->out, APP0 + 1, STR("Exif\0\0"), orientation_block(c));
    add_segment(&c->out, APP0 + 1, STR("http://ns.adobe.com/xap/1.0/\0"), c->xmp);
    add_segment(&c->out, APP0 + 13, STR(""), c->iim);
}

/* JFIF's segment without the thumbnail that may follow its fixed part. */
static void
add_jfif(struct copy *c, struct str body)
{
    enum { FIXED = 12 };
    char jfif[FIXED + 2] = {0};
    if (!str_starts(body, STR("JFIF\0")) || body.n < FIXED)
        return;
    memcpy(jfif, body.p, FIXED);
    add_segment(&c->out, APP0, STR(""), (struct str){jfif, sizeof jfif});
}

/* Of what applications add, the colour profile and Adobe's note of how the colours are
 * coded are part of the picture. */
static void
copy_segment(struct copy *c, uint32_t marker, struct str body)
{
    bool is_application = (marker & 0xf0) == APP0 || marker == COM;
    bool is_profile = marker == APP0 + 2 && str_starts(body, STR("ICC_PROFILE\0"));
    bool is_adobe = marker == APP0 + 14 && str_starts(body, STR("Adobe"));
    if (marker == APP0)
        add_jfif(c, body);
    else if (!is_application || is_profile || is_adobe)
        add_segment(&c->out, marker, STR(""), body);
}

/* Coded data end at a marker that is neither a restart nor a stuffed FF (B.1.1.2). */
static size_t
end_of_scan(struct str in, size_t at)
{
    while (bytes_has(in, at, 2)) {
        size_t ff = at + str_find(str_from(in, at), (char)0xff);
        if (!bytes_has(in, ff, 2))
            break;
        uint32_t next = bytes_u8(in, ff + 1);
        if (next != 0 && next != 0xff && (next & 0xf8) != RST0)
            return ff;
        at = ff + (next == 0xff ? 1 : 2);
    }
    return in.n;
}

/* The segment at *at, and the scan behind it if it begins one. *marker is EOI at the
 * end. */
static enum rc
next_segment(struct copy *c, size_t *at, uint32_t *marker, struct str *body,
             struct err *err)
{
    struct str in = c->in;
    if (!bytes_has(in, *at, 2) || bytes_u8(in, *at) != 0xff)
        return not_whole("JPEG", err);
    while (bytes_has(in, *at, 3) && bytes_u8(in, *at + 1) == 0xff)
        (*at)++;
    *marker = bytes_u8(in, *at + 1);
    if (*marker == EOI)
        return RC_OK;
    if (*marker < 0xc0 || !bytes_has(in, *at, 4) || bytes_be16(in, *at + 2) < 2 ||
        !bytes_has(in, *at + 2, bytes_be16(in, *at + 2)))
        return not_whole("JPEG", err);
    size_t size = bytes_be16(in, *at + 2);
    *body = str_sub(in, *at + 4, size - 2);
    *at += 2 + size;
    return RC_OK;
}

static enum rc
rewrite_jpeg(struct copy *c, struct err *err)
{
    size_t at = 2;
    uint32_t marker = SOI;
    struct str body = {NULL, 0};
    bool has_words = false;
    buf_add(&c->out, str_sub(c->in, 0, 2));
    while (marker != EOI) {
        TRY(next_segment(c, &at, &marker, &body, err));
        if (marker != APP0 && !has_words)
            add_jpeg_words(c);
        has_words = has_words || marker != APP0;
        if (marker == EOI)
            break;
        copy_segment(c, marker, body);
        if (marker == SOS) {
            size_t end = end_of_scan(c->in, at);
            buf_add(&c->out, str_sub(c->in, at, end - at));
            at = end;
        }
    }
    buf_add(&c->out, STR("\xff\xd9"));
    return RC_OK;
}

/* ---- PNG (Third Edition, 5 and 11) ---- */

enum { PNG_SIGNATURE = 8, PNG_AROUND = 12 };

static void
add_png_chunk(struct copy *c, const char *type, struct str body)
{
    struct buf checked;
    if (body.n == 0)
        return;
    buf_init(&checked, c->out.arena, ADDED_MAX);
    buf_add_z(&checked, type);
    buf_add(&checked, body);
    add_be32(&c->out, body.n);
    buf_add(&c->out, buf_str(&checked));
    add_be32(&c->out, media_crc32(buf_str(&checked)));
}

static void
add_png_words(struct copy *c)
{
    struct buf b;
    buf_init(&b, c->out.arena, ADDED_MAX);
    buf_add(&b, STR("XML:com.adobe.xmp\0\0\0\0\0"));
    buf_add(&b, c->xmp);
    add_png_chunk(c, "iTXt", buf_str(&b));
}

/* What the picture looks like depends on these; of others some say who and where. */
static bool
is_of_picture(struct str type)
{
    static const char types[] = "IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP "
                                "mDCV cLLI bKGD hIST pHYs sPLT";
    return str_find_str(str_of(types), type) % 5 == 0;
}

static enum rc
rewrite_png(struct copy *c, struct err *err)
{
    size_t at = PNG_SIGNATURE, n = 0;
    struct str type = STR("");
    buf_add(&c->out, str_sub(c->in, 0, PNG_SIGNATURE));
    while (!str_eq(type, STR("IEND"))) {
        if (!bytes_has(c->in, at, PNG_AROUND))
            return not_whole("PNG", err);
        n = bytes_be32(c->in, at);
        if (!bytes_has(c->in, at + PNG_AROUND, n))
            return not_whole("PNG", err);
        type = str_sub(c->in, at + 4, 4);
        if (str_eq(type, STR("eXIf")))
            see_orientation(c, str_sub(c->in, at + 8, n));
        if (str_eq(type, STR("IEND")))
            add_png_chunk(c, "eXIf", orientation_block(c));
        if (is_of_picture(type))
            buf_add(&c->out, str_sub(c->in, at, n + PNG_AROUND));
        if (str_eq(type, STR("IHDR")))
            add_png_words(c);
        at += n + PNG_AROUND;
    }
    return RC_OK;
}

/* ---- WebP (RFC 9649, 2.7) ---- */

enum {
    WEBP_HEAD = 12,
    WEBP_PROFILE = 0x20,
    WEBP_ALPHA = 0x10,
    WEBP_EXIF = 0x08,
    WEBP_XMP = 0x04
};

static void
add_webp_chunk(struct buf *b, struct str type, struct str body)
{
    if (body.n == 0)
        return;
    buf_add(b, type);
    add_le(b, 4, body.n);
    buf_add(b, body);
    if (body.n % 2 == 1)
        buf_add_c(b, '\0');
}

/* Copies a chunk of the picture and notes what VP8X says of it. */
static void
copy_webp_chunk(struct copy *c, struct str type, struct str body, uint32_t *flags)
{
    bool is_profile = str_eq(type, STR("ICCP")), is_lossless = str_eq(type, STR("VP8L"));
    bool is_alpha = str_eq(type, STR("ALPH"));
    if (str_eq(type, STR("EXIF")))
        see_orientation(c, body);
    if (is_profile)
        *flags |= WEBP_PROFILE;
    if (is_alpha || (is_lossless && body.n > 4 && (bytes_u8(body, 4) & 0x10) != 0))
        *flags |= WEBP_ALPHA;
    if (is_profile || is_alpha || is_lossless || str_eq(type, STR("VP8 ")))
        add_webp_chunk(&c->out, type, body);
}

/* Chunks into c->out, without the head. */
static enum rc
copy_webp_chunks(struct copy *c, uint32_t *flags, struct err *err)
{
    struct str rest = str_sub(c->in, 0, (size_t)bytes_le32(c->in, 4) + 8);
    rest = str_from(rest, WEBP_HEAD);
    while (rest.n > 0) {
        if (!bytes_has(rest, 0, 8) || !bytes_has(rest, 8, bytes_le32(rest, 4)))
            return not_whole("WebP", err);
        size_t n = bytes_le32(rest, 4);
        copy_webp_chunk(c, str_sub(rest, 0, 4), str_sub(rest, 8, n), flags);
        rest = str_from(rest, 8 + n + n % 2);
    }
    return RC_OK;
}

static enum rc
rewrite_webp(struct copy *c, const struct media_image *image, struct err *err)
{
    uint32_t flags = WEBP_XMP;
    struct buf file;
    uint32_t x = (uint32_t)image->width_px - 1, y = (uint32_t)image->height_px - 1;
    TRY(copy_webp_chunks(c, &flags, err));
    struct str exif = orientation_block(c);
    add_webp_chunk(&c->out, STR("EXIF"), exif);
    add_webp_chunk(&c->out, STR("XMP "), c->xmp);
    flags |= exif.n > 0 ? WEBP_EXIF : 0;
    buf_init(&file, c->out.arena, c->out.limit);
    buf_add_z(&file, "RIFF");
    add_le(&file, 4, 4 + 18 + c->out.n);
    buf_add_z(&file, "WEBPVP8X");
    add_le(&file, 4, 10);
    add_le(&file, 4, flags);
    add_le(&file, 3, x);
    add_le(&file, 3, y);
    buf_add(&file, buf_str(&c->out));
    c->out = file;
    return RC_OK;
}

/* ---- */

enum rc
photo_words_rewrite(struct str picture, const struct photo *p, struct arena *a,
                    struct str *out, struct err *err)
{
    struct media_image image;
    struct copy c = {.in = picture};
    TRY(media_image_read(str_sub(picture, 0, MEDIA_HEAD_SIZE), picture.n, &image, err));
    TRY(photo_words_write(p, a, &c.xmp, &c.iim, err));
    c.orientation = image.orientation;
    buf_init(&c.out, a, picture.n + ADDED_MAX);
    if (image.type == MEDIA_JPEG)
        TRY(rewrite_jpeg(&c, err));
    else if (image.type == MEDIA_PNG)
        TRY(rewrite_png(&c, err));
    else if (image.type == MEDIA_WEBP)
        TRY(rewrite_webp(&c, &image, err));
    else
        return err_field(err, "file", "%s: its texts cannot be written anew",
                         media_type_mime(image.type));
    assert(buf_ok(&c.out));
    *out = buf_str(&c.out);
    return RC_OK;
}
