/* tests/unit/test_image.c - the image header reader on small files made here: good ones,
 * every prefix of them, every byte of them changed, and hostile ones. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <stdlib.h>

#include "media/image.h"

#include "base/buf.h"

enum { LIMIT = MEDIA_HEAD_SIZE + 100000 };

static int
set_up(void **state)
{
    static struct arena a;
    arena_init(&a);
    *state = &a;
    return 0;
}

static int
tear_down(void **state)
{
    arena_done(*state);
    return 0;
}

/* Reads a copy of exactly its length, so that AddressSanitizer sees every overrun. */
static enum rc
read_sized(struct str s, uint64_t size, struct media_image *out, struct err *err)
{
    char *copy = malloc(s.n > 0 ? s.n : 1);
    assert_non_null(copy);
    if (s.n > 0)
        memcpy(copy, s.p, s.n);
    *err = (struct err){0};
    enum rc rc = media_image_read((struct str){copy, s.n}, size, out, err);
    free(copy);
    assert_int_equal(rc, err->rc);
    assert_int_equal(rc == RC_OK, err->text[0] == '\0');
    assert_true(rc == RC_OK || rc == RC_INVALID || rc == RC_LIMIT);
    return rc;
}

static enum rc
read_image(struct str s, struct media_image *out, struct err *err)
{
    return read_sized(s, s.n, out, err);
}

static void
accept(struct str s, enum media_type type, int width_px, int height_px)
{
    struct media_image image;
    struct err err;
    if (read_image(s, &image, &err) != RC_OK)
        fail_msg("refused: %s", err.text);
    assert_int_equal(image.type, type);
    assert_int_equal(image.width_px, width_px);
    assert_int_equal(image.height_px, height_px);
}

static void
refuse_as(struct str s, enum rc rc, const char *text)
{
    struct media_image image = {.width_px = -7};
    struct err err;
    assert_int_equal(read_image(s, &image, &err), rc);
    if (strstr(err.text, text) == NULL)
        fail_msg("\"%s\" is not in \"%s\"", text, err.text);
    assert_string_equal(err.field, rc == RC_INVALID ? "file" : "");
    assert_int_equal(image.width_px, -7);
}

static void
refuse(struct str s, const char *text)
{
    refuse_as(s, RC_INVALID, text);
}

/* --- putting files together -------------------------------------------------- */

static void
put_be(struct buf *b, uint64_t v, int n_bytes)
{
    for (int i = n_bytes - 1; i >= 0; i--)
        buf_add_c(b, (char)(v >> (8 * i)));
}

static void
put_le(struct buf *b, uint64_t v, int n_bytes)
{
    for (int i = 0; i < n_bytes; i++)
        buf_add_c(b, (char)(v >> (8 * i)));
}

static struct buf
new_buf(struct arena *a)
{
    struct buf b;
    buf_init(&b, a, LIMIT);
    return b;
}

static void
put_segment(struct buf *b, uint64_t marker, struct str body)
{
    put_be(b, 0xff00 | marker, 2);
    put_be(b, body.n + 2, 2);
    buf_add(b, body);
}

static void
put_frame(struct buf *b, uint64_t marker, uint64_t width, uint64_t height)
{
    put_be(b, 0xff00 | marker, 2);
    put_be(b, 8 + 3 * 3, 2);
    put_be(b, 8, 1);
    put_be(b, height, 2);
    put_be(b, width, 2);
    buf_add(b, STR("\3\1\x22\0\2\x11\1\3\x11\1"));
}

static const struct str scan_body = STR_INIT("\3\1\0\2\x11\3\x11\0\x3f\0");

static void
put_scan(struct buf *b)
{
    put_segment(b, 0xda, scan_body);
    buf_add(b, STR("\x12\x34\xff\xd9"));
}

/* A JPEG whose frame has the marker given (0xc0 baseline), with one segment before it. */
static struct str
jpeg(struct arena *a, uint64_t sof, uint64_t width, uint64_t height, struct str app1)
{
    struct buf b = new_buf(a);
    buf_add(&b, STR("\xff\xd8"));
    put_segment(&b, 0xe0, STR("JFIF\0\1\1\0\0\1\0\1\0\0"));
    if (app1.n > 0)
        put_segment(&b, 0xe1, app1);
    put_segment(&b, 0xdb, STR("\0"));
    put_frame(&b, sof, width, height);
    put_segment(&b, 0xc4, STR("\0"));
    put_scan(&b);
    return buf_str(&b);
}

/* An independent, table-free CRC-32 (most significant bit first over reflected bytes). */
static uint32_t
crc32(struct str s)
{
    uint32_t crc = 0xffffffff;
    for (size_t i = 0; i < s.n * 8; i++) {
        uint32_t bit = ((unsigned char)s.p[i / 8] >> (i % 8)) & 1;
        crc = ((crc ^ bit) & 1) != 0 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
    }
    return ~crc;
}

static void
put_chunk(struct buf *b, const char *type, struct str body)
{
    put_be(b, body.n, 4);
    size_t from = b->n;
    buf_add_z(b, type);
    buf_add(b, body);
    put_be(b, crc32((struct str){b->p + from, b->n - from}), 4);
}

static struct str
ihdr(struct arena *a, uint64_t width, uint64_t height, struct str rest)
{
    struct buf b = new_buf(a);
    put_be(&b, width, 4);
    put_be(&b, height, 4);
    buf_add(&b, rest);
    return buf_str(&b);
}

#define PNG_MAGIC STR("\x89PNG\r\n\x1a\n")
#define RGB_8     STR("\x08\x02\0\0\0")

static struct str
png(struct arena *a, struct str header, const char *extra_type, struct str extra)
{
    struct buf b = new_buf(a);
    buf_add(&b, PNG_MAGIC);
    put_chunk(&b, "IHDR", header);
    if (extra_type != NULL)
        put_chunk(&b, extra_type, extra);
    put_chunk(&b, "IDAT", STR("x"));
    put_chunk(&b, "IEND", STR(""));
    return buf_str(&b);
}

static void
put_riff_chunk(struct buf *b, const char *type, struct str body)
{
    buf_add_z(b, type);
    put_le(b, body.n, 4);
    buf_add(b, body);
    if (body.n % 2 != 0)
        buf_add_c(b, '\0');
}

/* The container around chunks, claiming `more` bytes than there are. */
static struct str
webp(struct arena *a, struct str chunks, uint64_t more)
{
    struct buf b = new_buf(a);
    buf_add(&b, STR("RIFF"));
    put_le(&b, 4 + chunks.n + more, 4);
    buf_add(&b, STR("WEBP"));
    buf_add(&b, chunks);
    return buf_str(&b);
}

static struct str
vp8(struct arena *a, uint64_t width, uint64_t height)
{
    struct buf b = new_buf(a);
    buf_add(&b, STR("\x10\x02\0\x9d\x01\x2a"));
    put_le(&b, width, 2);
    put_le(&b, height, 2);
    buf_add(&b, STR("data"));
    return buf_str(&b);
}

static struct str
vp8l(struct arena *a, uint64_t width, uint64_t height)
{
    struct buf b = new_buf(a);
    buf_add(&b, STR("\x2f"));
    put_le(&b, (width - 1) | (height - 1) << 14, 4);
    buf_add(&b, STR("data"));
    return buf_str(&b);
}

static struct str
vp8x(struct arena *a, uint64_t flags, uint64_t width, uint64_t height)
{
    struct buf b = new_buf(a);
    put_le(&b, flags, 4);
    put_le(&b, width - 1, 3);
    put_le(&b, height - 1, 3);
    return buf_str(&b);
}

static struct str
simple_webp(struct arena *a, const char *type, struct str body)
{
    struct buf b = new_buf(a);
    put_riff_chunk(&b, type, body);
    return webp(a, buf_str(&b), 0);
}

/* VP8X, then a chunk, the picture, and another chunk. */
static struct str
extended_webp(struct arena *a, struct str header, const char *type, struct str body)
{
    struct buf b = new_buf(a);
    put_riff_chunk(&b, "VP8X", header);
    put_riff_chunk(&b, "ALPH", STR("abc"));
    put_riff_chunk(&b, "VP8 ", vp8(a, 640, 480));
    if (type != NULL)
        put_riff_chunk(&b, type, body);
    return webp(a, buf_str(&b), 0);
}

/* A TIFF block with an orientation and a GPS directory that holds one tag. */
static struct str
tiff(struct arena *a, bool is_big, uint64_t orientation, uint64_t gps_tag)
{
    void (*put)(struct buf *, uint64_t, int) = is_big ? put_be : put_le;
    struct buf b = new_buf(a);
    buf_add_z(&b, is_big ? "MM" : "II");
    put(&b, 42, 2);
    put(&b, 8, 4);
    put(&b, 2, 2);
    put(&b, 0x0112, 2), put(&b, 3, 2), put(&b, 1, 4), put(&b, orientation, 2);
    put(&b, 0, 2);
    put(&b, 0x8825, 2), put(&b, 4, 2), put(&b, 1, 4), put(&b, 38, 4);
    put(&b, 0, 4);
    put(&b, 1, 2); /* at 38 */
    put(&b, gps_tag, 2), put(&b, 5, 2), put(&b, 3, 4), put(&b, 0, 4);
    put(&b, 0, 4);
    return buf_str(&b);
}

static struct str
exif(struct arena *a, struct str block)
{
    struct buf b = new_buf(a);
    buf_add(&b, STR("Exif\0\0"));
    buf_add(&b, block);
    return buf_str(&b);
}

static bool
has_location(struct str s)
{
    struct media_image image;
    struct err err;
    assert_int_equal(read_image(s, &image, &err), RC_OK);
    return image.has_location;
}

/* --- good files -------------------------------------------------------------- */

static void
test_good_files(void **state)
{
    struct arena *a = *state;
    for (uint64_t sof = 0xc0; sof <= 0xc2; sof++)
        accept(jpeg(a, sof, 1200, 800, STR("")), MEDIA_JPEG, 1200, 800);
    accept(jpeg(a, 0xc0, 1, 1, STR("")), MEDIA_JPEG, 1, 1);
    accept(png(a, ihdr(a, 1200, 800, RGB_8), NULL, STR("")), MEDIA_PNG, 1200, 800);
    accept(png(a, ihdr(a, 3, 2, STR("\1\3\0\0\1")), "PLTE", STR("abc")), MEDIA_PNG, 3, 2);
    accept(simple_webp(a, "VP8 ", vp8(a, 1200, 800)), MEDIA_WEBP, 1200, 800);
    /* The two highest bits ask for scaling and are no part of the size. */
    accept(simple_webp(a, "VP8 ", vp8(a, 0x4000 | 1200, 0x8000 | 800)), MEDIA_WEBP, 1200,
           800);
    accept(simple_webp(a, "VP8L", vp8l(a, 1, 16000)), MEDIA_WEBP, 1, 16000);
    accept(extended_webp(a, vp8x(a, 0x10, 640, 480), "EXIF", STR("odd")), MEDIA_WEBP, 640,
           480);
    assert_string_equal(media_type_mime(MEDIA_WEBP), "image/webp");
    assert_string_equal(media_type_ext(MEDIA_JPEG), "jpg");
}

static void
test_fill_bytes_before_a_marker(void **state)
{
    struct buf b = new_buf(*state);
    buf_add(&b, STR("\xff\xd8\xff\xff\xff\xff"));
    put_frame(&b, 0xc0, 40, 30);
    put_scan(&b);
    accept(buf_str(&b), MEDIA_JPEG, 40, 30);
}

static void
test_only_the_head_is_needed(void **state)
{
    struct arena *a = *state;
    struct media_image image;
    struct err err;
    struct str whole = jpeg(a, 0xc2, 1200, 800, STR(""));
    assert_int_equal(read_sized(whole, 30 * 1000 * 1000, &image, &err), RC_OK);
    struct str p = png(a, ihdr(a, 1200, 800, RGB_8), NULL, STR(""));
    /* IDAT of a large file reaches far over the head. */
    struct buf b = new_buf(a);
    buf_add(&b, str_sub(p, 0, 33));
    put_be(&b, 20 * 1000 * 1000, 4);
    buf_add(&b, STR("IDATxyz"));
    assert_int_equal(read_sized(buf_str(&b), 20 * 1000 * 1000 + 100, &image, &err),
                     RC_OK);
    assert_int_equal(image.width_px, 1200);
}

/* --- orientation and location ------------------------------------------------ */

static void
test_orientation(void **state)
{
    struct arena *a = *state;
    struct media_image image;
    struct err err;
    for (int is_big = 0; is_big <= 1; is_big++)
        for (uint64_t o = 0; o <= 9; o++) {
            struct str block = exif(a, tiff(a, is_big == 1, o, 0));
            struct str s = jpeg(a, 0xc0, 300, 200, block);
            bool is_turned = o >= 5 && o <= 8;
            assert_int_equal(read_image(s, &image, &err), RC_OK);
            assert_int_equal(image.orientation, o >= 1 && o <= 8 ? o : 1);
            assert_int_equal(image.width_px, is_turned ? 200 : 300);
            assert_int_equal(image.height_px, is_turned ? 300 : 200);
        }
}

static void
test_location(void **state)
{
    struct arena *a = *state;
    struct str with = tiff(a, true, 1, 2), without = tiff(a, false, 1, 0);
    struct str xmp = STR("http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude='53,54N'/>");
    struct str webp_header = vp8x(a, 0x08, 640, 480);
    struct str png_header = ihdr(a, 4, 4, RGB_8);
    assert_true(has_location(jpeg(a, 0xc0, 9, 9, exif(a, with))));
    assert_false(has_location(jpeg(a, 0xc0, 9, 9, exif(a, without))));
    assert_true(has_location(jpeg(a, 0xc0, 9, 9, xmp)));
    assert_false(has_location(jpeg(a, 0xc0, 9, 9, STR(""))));
    assert_true(has_location(png(a, png_header, "eXIf", with)));
    assert_false(has_location(png(a, png_header, "eXIf", without)));
    assert_true(has_location(
        png(a, png_header, "iTXt", STR("XML:com.adobe.xmp\0<GPSLongitude>"))));
    assert_true(has_location(extended_webp(a, webp_header, "EXIF", with)));
    assert_true(has_location(extended_webp(a, webp_header, "EXIF", exif(a, with))));
    assert_false(has_location(extended_webp(a, webp_header, "EXIF", without)));
    assert_true(has_location(extended_webp(a, webp_header, "XMP ", xmp)));
}

static void
test_png_metadata_behind_the_picture(void **state)
{
    struct arena *a = *state;
    struct buf b = new_buf(a);
    buf_add(&b, PNG_MAGIC);
    put_chunk(&b, "IHDR", ihdr(a, 4, 4, RGB_8));
    put_chunk(&b, "IDAT", STR("x"));
    put_chunk(&b, "eXIf", tiff(a, true, 6, 2));
    put_chunk(&b, "IEND", STR(""));
    assert_true(has_location(buf_str(&b)));
    accept(buf_str(&b), MEDIA_PNG, 4, 4);
}

/* Broken EXIF is no reason to refuse a photo: every prefix and every changed byte of a
 * block, and directories that point anywhere. */
static void
test_broken_exif(void **state)
{
    struct arena *a = *state;
    struct str block = tiff(a, false, 6, 2);
    for (size_t n = 0; n < block.n; n++)
        (void)has_location(jpeg(a, 0xc0, 9, 9, exif(a, str_sub(block, 0, n))));
    static const unsigned char values[] = {0x00, 0x7f, 0x80, 0xff};
    for (size_t i = 0; i < block.n; i++)
        for (size_t v = 0; v < sizeof values; v++) {
            char *copy = arena_copy(a, block.p, block.n);
            copy[i] = (char)values[v];
            (void)has_location(jpeg(a, 0xc0, 9, 9, exif(a, (struct str){copy, block.n})));
        }
    /* A GPS directory outside the block counts as a position. */
    char *far = arena_copy(a, block.p, block.n);
    memset(far + 30, 0xff, 4);
    assert_true(has_location(jpeg(a, 0xc0, 9, 9, exif(a, (struct str){far, block.n}))));
    /* A GPS pointer to the first directory itself: no ring is followed. */
    char *ring = arena_copy(a, block.p, block.n);
    memcpy(ring + 30, "\x08\0\0\0", 4);
    assert_false(has_location(jpeg(a, 0xc0, 9, 9, exif(a, (struct str){ring, block.n}))));
}

/* --- prefixes and changed bytes ---------------------------------------------- */

/* Where the headers of each good file end: every shorter prefix must be refused. */
static void
try_prefixes(struct str s, size_t headers_end)
{
    struct media_image image;
    struct err err;
    for (size_t n = 0; n <= s.n; n++) {
        enum rc rc = read_image(str_sub(s, 0, n), &image, &err);
        if ((rc == RC_OK) != (n >= headers_end))
            fail_msg("%zu of %zu bytes: %s", n, s.n, rc == RC_OK ? "taken" : err.text);
        (void)read_sized(str_sub(s, 0, n), s.n, &image, &err);
        (void)read_sized(str_sub(s, 0, n), UINT64_MAX, &image, &err);
    }
}

static void
test_every_prefix(void **state)
{
    struct arena *a = *state;
    struct str j = jpeg(a, 0xc0, 300, 200, exif(a, tiff(a, true, 6, 2)));
    try_prefixes(j, j.n - 4); /* picture data and the end marker are not looked at */
    struct str p = png(a, ihdr(a, 30, 20, RGB_8), "eXIf", tiff(a, true, 6, 2));
    try_prefixes(p, p.n - 12); /* IEND */
    struct str lossy = simple_webp(a, "VP8 ", vp8(a, 30, 20));
    try_prefixes(lossy, lossy.n);
    struct str lossless = simple_webp(a, "VP8L", vp8l(a, 30, 20));
    try_prefixes(lossless, lossless.n);
    struct str extended =
        extended_webp(a, vp8x(a, 0x08, 640, 480), "EXIF", tiff(a, false, 1, 2));
    try_prefixes(extended, extended.n);
}

static void
try_changes(struct arena *a, struct str s)
{
    struct media_image image;
    struct err err;
    for (size_t i = 0; i < s.n; i++)
        for (int v = 0; v < 256; v++) {
            char *copy = arena_copy(a, s.p, s.n);
            copy[i] = (char)v;
            if (read_image((struct str){copy, s.n}, &image, &err) == RC_OK)
                assert_true(image.width_px > 0 && image.width_px <= MEDIA_SIDE_MAX_PX &&
                            image.height_px > 0 && image.height_px <= MEDIA_SIDE_MAX_PX);
        }
}

static void
test_every_byte_changed(void **state)
{
    struct arena *a = *state;
    try_changes(a, jpeg(a, 0xc0, 300, 200, exif(a, tiff(a, true, 6, 2))));
    try_changes(a, png(a, ihdr(a, 30, 20, RGB_8), "eXIf", tiff(a, true, 6, 2)));
    try_changes(a, simple_webp(a, "VP8L", vp8l(a, 30, 20)));
    try_changes(a, extended_webp(a, vp8x(a, 0x08, 640, 480), "EXIF", STR("II*\0")));
}

static void
test_one_byte_files(void **state)
{
    (void)state;
    refuse(STR(""), "an empty file");
    for (int c = 0; c < 256; c++) {
        char byte = (char)c;
        refuse((struct str){&byte, 1},
               "allowed is a JPEG, PNG, WebP, AVIF or HEIC picture");
    }
}

/* --- limits ------------------------------------------------------------------ */

static void
test_limits(void **state)
{
    struct arena *a = *state;
    accept(jpeg(a, 0xc0, 16000, 3750, STR("")), MEDIA_JPEG, 16000, 3750);
    refuse_as(jpeg(a, 0xc0, 16000, 3751, STR("")), RC_LIMIT, "16000 x 3751 pixels");
    refuse_as(jpeg(a, 0xc0, 16001, 1, STR("")), RC_LIMIT, "allowed is 16000 a side");
    refuse_as(jpeg(a, 0xc0, 1, 65535, STR("")), RC_LIMIT, "allowed is 16000 a side");
    refuse_as(png(a, ihdr(a, 0xffffffff, 0xffffffff, RGB_8), NULL, STR("")), RC_LIMIT,
              "4294967295 x 4294967295");
    refuse_as(png(a, ihdr(a, 0x10001, 0x10001, RGB_8), NULL, STR("")), RC_LIMIT,
              "a side");
    refuse_as(simple_webp(a, "VP8L", vp8l(a, 16384, 16384)), RC_LIMIT, "a side");
    refuse_as(simple_webp(a, "VP8L", vp8l(a, 8000, 8000)), RC_LIMIT, "60 million in all");
}

static void
test_zero_sides(void **state)
{
    struct arena *a = *state;
    refuse(jpeg(a, 0xc0, 100, 0, STR("")), "a side of 0 pixels");
    refuse(jpeg(a, 0xc0, 0, 100, STR("")), "a side of 0 pixels");
    refuse(png(a, ihdr(a, 0, 5, RGB_8), NULL, STR("")), "a side of 0 pixels");
    refuse(png(a, ihdr(a, 5, 0, RGB_8), NULL, STR("")), "a side of 0 pixels");
    refuse(simple_webp(a, "VP8 ", vp8(a, 0, 5)), "a side of 0 pixels");
    refuse(simple_webp(a, "VP8 ", vp8(a, 5, 0xc000)), "a side of 0 pixels");
}

/* --- hostile JPEG ------------------------------------------------------------ */

static void
test_jpeg_processes_refused(void **state)
{
    struct arena *a = *state;
    for (uint64_t sof = 0xc3; sof <= 0xcf; sof++)
        if (sof != 0xc4)
            refuse(jpeg(a, sof, 10, 10, STR("")),
                   "lossless, hierarchical or arithmetic coding");
}

static struct str
jpeg_of(struct arena *a, struct str after_soi)
{
    struct buf b = new_buf(a);
    buf_add(&b, STR("\xff\xd8"));
    buf_add(&b, after_soi);
    return buf_str(&b);
}

static void
test_jpeg_structure(void **state)
{
    struct arena *a = *state;
    refuse(jpeg_of(a, STR("\xff\xe0\0\0")), "a segment of wrong length");
    refuse(jpeg_of(a, STR("\xff\xe0\0\1")), "a segment of wrong length");
    refuse(jpeg_of(a, STR("\xff\xe0\xff\xff...")), "ends within its headers");
    refuse(jpeg_of(a, STR("\xff\xd9")), "no segment where one must be");
    refuse(jpeg_of(a, STR("\xff\xd8\xff\xd8")), "no segment where one must be");
    refuse(jpeg_of(a, STR("\xff\x00\x00\x04")), "no segment where one must be");
    refuse(jpeg_of(a, STR("\xff\xe0\0\2\x12\x34")), "no segment where one must be");
    refuse(jpeg_of(a, STR("\xff\xda\0\x0c\3\1\0\2\x11\3\x11\0\x3f\0")),
           "a scan before the frame header");
    refuse(jpeg_of(a, STR("\xff\xc0\0\x0a\x08\0\1\0\1\1\1\x11")), "of wrong length");
    refuse(jpeg_of(a, STR("\xff\xc0\0\x07\x08\0\1\0\1")), "of wrong length");
    refuse(jpeg_of(a, STR("\xff\xc0\0\x0b\x0c\0\1\0\1\1\1\x11\0")), "not 8 bits");
    refuse(jpeg_of(a, STR("\xff\xc0\0\x08\x08\0\1\0\1\0")), "not 8 bits");
    struct buf twice = new_buf(a);
    buf_add(&twice, STR("\xff\xd8"));
    put_frame(&twice, 0xc0, 10, 10);
    put_frame(&twice, 0xc0, 9000, 9000);
    put_scan(&twice);
    refuse(buf_str(&twice), "two frame headers");
}

static void
test_jpeg_of_many_segments(void **state)
{
    struct arena *a = *state;
    struct buf b = new_buf(a);
    buf_add(&b, STR("\xff\xd8"));
    for (int i = 0; i < 10000; i++)
        put_segment(&b, 0xe1, STR("Exif\0\0MM\0*"));
    struct str head = buf_str(&b);
    refuse(head, "ends within its headers");
    put_frame(&b, 0xc0, 10, 20);
    put_scan(&b);
    accept(buf_str(&b), MEDIA_JPEG, 10, 20);
    /* Enough of the largest push the frame out of what is looked at. */
    struct buf far = new_buf(a);
    buf_add(&far, STR("\xff\xd8"));
    static const char zeros[65533];
    while (far.n < MEDIA_HEAD_SIZE)
        put_segment(&far, 0xe2, (struct str){zeros, sizeof zeros});
    put_frame(&far, 0xc0, 10, 20);
    put_scan(&far);
    refuse(buf_str(&far), "no picture data in its first 9000000 bytes");
    /* Fill bytes to the end. */
    char *fill = arena_alloc(a, MEDIA_HEAD_SIZE);
    memset(fill, 0xff, MEDIA_HEAD_SIZE);
    refuse(jpeg_of(a, (struct str){fill, MEDIA_HEAD_SIZE}),
           "no picture data in its first");
}

/* --- hostile PNG ------------------------------------------------------------- */

static void
test_png_header(void **state)
{
    struct arena *a = *state;
    struct str good = png(a, ihdr(a, 30, 20, RGB_8), NULL, STR(""));
    char *bad_crc = arena_copy(a, good.p, good.n);
    bad_crc[8 + 8 + 13] ^= 1;
    refuse((struct str){bad_crc, good.n}, "a wrong checksum");
    char *changed = arena_copy(a, good.p, good.n);
    changed[8 + 8 + 3] ^= 1; /* the width, without its checksum */
    refuse((struct str){changed, good.n}, "a wrong checksum");
    char *bad_length = arena_copy(a, good.p, good.n);
    bad_length[8 + 3] = 14;
    refuse((struct str){bad_length, good.n}, "no IHDR chunk of 13 bytes");
    static const struct str wrong[] = {
        STR_INIT("\x08\1\0\0\0"), STR_INIT("\x08\7\0\0\0"), STR_INIT("\4\2\0\0\0"),
        STR_INIT("\0\2\0\0\0"),   STR_INIT("\3\0\0\0\0"),   STR_INIT("\x10\3\0\0\0"),
        STR_INIT("\x08\2\1\0\0"), STR_INIT("\x08\2\0\1\0"), STR_INIT("\x08\2\0\0\2"),
    };
    for (size_t i = 0; i < N_ELEMENTS(wrong); i++)
        refuse(png(a, ihdr(a, 30, 20, wrong[i]), NULL, STR("")), "do not exist");
}

static void
test_png_chunks(void **state)
{
    struct arena *a = *state;
    struct str header = ihdr(a, 30, 20, RGB_8);
    refuse(png(a, header, "acTL", STR("\0\0\0\2\0\0\0\0")), "animated");
    refuse(png(a, header, "IHDR", header), "no picture data where it must be");
    refuse(png(a, header, "IEND", STR("")), "no picture data where it must be");
    static const uint64_t lengths[] = {0xffffffff, 0xfffffff4, 0xfffffff0,
                                       0x80000000, 0x7fffffff, 1000};
    for (size_t i = 0; i < N_ELEMENTS(lengths); i++) {
        struct buf b = new_buf(a);
        buf_add(&b, PNG_MAGIC);
        put_chunk(&b, "IHDR", header);
        put_be(&b, lengths[i], 4);
        buf_add(&b, STR("tEXtabcdefgh"));
        refuse(buf_str(&b), "reaches over the file's end");
    }
    static const char zeros[MEDIA_HEAD_SIZE];
    refuse(png(a, header, "iCCP", (struct str){zeros, sizeof zeros}),
           "no picture data in its first 9000000 bytes");
}

/* --- hostile WebP ------------------------------------------------------------ */

static void
test_webp_container(void **state)
{
    struct arena *a = *state;
    struct buf b = new_buf(a);
    put_riff_chunk(&b, "VP8 ", vp8(a, 30, 20));
    refuse(webp(a, buf_str(&b), 1), "longer than the file");
    refuse(webp(a, buf_str(&b), 0xffffffff - 22 - 4), "longer than the file");
    refuse(webp(a, buf_str(&b), (uint64_t)0 - 22), "no picture data in it");
    refuse(webp(a, buf_str(&b), (uint64_t)0 - 22 - 4), "longer than the file");
    refuse(webp(a, buf_str(&b), (uint64_t)0 - 8), "reaches over the container's end");
    refuse(webp(a, STR(""), 0), "no picture data in it");
    refuse(simple_webp(a, "JUNK", STR("1234567890")), "no picture data where it must be");
    static const uint64_t sizes[] = {0xffffffff, 0xfffffffe, 0xfffffff8, 0x80000000,
                                     1000};
    for (size_t i = 0; i < N_ELEMENTS(sizes); i++) {
        struct buf lie = new_buf(a);
        buf_add(&lie, STR("VP8 "));
        put_le(&lie, sizes[i], 4);
        buf_add(&lie, vp8(a, 30, 20));
        refuse(webp(a, buf_str(&lie), 0), "reaches over the container's end");
    }
}

static void
test_webp_pictures(void **state)
{
    struct arena *a = *state;
    refuse(simple_webp(a, "VP8 ", STR("\x10\x02\0\x9d\x01\x2b\5\0\5\0")), "VP8 header");
    refuse(simple_webp(a, "VP8 ", STR("\x11\x02\0\x9d\x01\x2a\5\0\5\0")), "VP8 header");
    refuse(simple_webp(a, "VP8 ", STR("\x00\x02\0\x9d\x01\x2a\5\0\5\0")), "VP8 header");
    refuse(simple_webp(a, "VP8 ", STR("\x10\x02\0\x9d\x01\x2a")), "of wrong length");
    refuse(simple_webp(a, "VP8L", STR("\x2e\0\0\0\0")), "VP8L header");
    refuse(simple_webp(a, "VP8L", STR("\x2f\0\0\0\x20")), "VP8L header");
    refuse(simple_webp(a, "VP8L", STR("\x2f\0")), "of wrong length");
}

static void
test_webp_extended(void **state)
{
    struct arena *a = *state;
    struct str good = vp8x(a, 0, 640, 480);
    refuse(extended_webp(a, vp8x(a, 0x02, 640, 480), NULL, STR("")), "animated");
    refuse(extended_webp(a, vp8x(a, 0, 641, 480), NULL, STR("")), "differ in size");
    refuse(extended_webp(a, vp8x(a, 0, 1 << 24, 1 << 24), NULL, STR("")),
           "differ in size");
    refuse(extended_webp(a, STR("\0\0\0\0\0\0\0\0\0"), NULL, STR("")), "wrong length");
    struct buf hidden = new_buf(a);
    put_riff_chunk(&hidden, "VP8X", good);
    put_riff_chunk(&hidden, "ANIM", STR("\0\0\0\0\0\0"));
    put_riff_chunk(&hidden, "VP8 ", vp8(a, 640, 480));
    refuse(webp(a, buf_str(&hidden), 0), "animated");
    struct buf empty = new_buf(a);
    put_riff_chunk(&empty, "VP8X", good);
    refuse(webp(a, buf_str(&empty), 0), "no picture data in it");
    struct buf nothing = new_buf(a);
    put_riff_chunk(&nothing, "VP8X", good);
    for (int i = 0; i < 10000; i++)
        put_riff_chunk(&nothing, "JUNK", STR(""));
    refuse(webp(a, buf_str(&nothing), 0), "no picture data in it");
}

/* --- other formats ----------------------------------------------------------- */

static void
test_others_are_named(void **state)
{
    (void)state;
    refuse(STR("GIF89a...."), "a GIF picture");
    refuse(STR("\0\0\0\x18"
               "ftypheic...."),
           "a HEIC picture that is cut off");
    refuse(STR("\0\0\0\x18"
               "ftypavif...."),
           "an AVIF picture that is cut off");
    refuse(STR("\0\0\0\x18"
               "ftypmp42...."),
           "a video");
    refuse(STR("<svg xmlns='http://www.w3.org/2000/svg'/>"), "an SVG picture");
    refuse(STR("<!doctype html><script>"), "an HTML page");
    refuse(STR("II*\0abc"), "a TIFF picture");
    refuse(STR("%PDF-1.7"), "a PDF file");
    refuse(STR("RIFF\x10\0\0\0WAVEfmt "), "something else");
    refuse(STR("\x89PNG\n\x1a\n......"), "something else");
    refuse(STR("\xff\xd8"), "something else");
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_good_files),
        TEST(test_fill_bytes_before_a_marker),
        TEST(test_only_the_head_is_needed),
        TEST(test_orientation),
        TEST(test_location),
        TEST(test_png_metadata_behind_the_picture),
        TEST(test_broken_exif),
        TEST(test_every_prefix),
        TEST(test_every_byte_changed),
        TEST(test_one_byte_files),
        TEST(test_limits),
        TEST(test_zero_sides),
        TEST(test_jpeg_processes_refused),
        TEST(test_jpeg_structure),
        TEST(test_jpeg_of_many_segments),
        TEST(test_png_header),
        TEST(test_png_chunks),
        TEST(test_webp_container),
        TEST(test_webp_pictures),
        TEST(test_webp_extended),
        TEST(test_others_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
