/* tests/unit/test_photo_files.c - files that are no photos, not whole, or made to cost
 * much, given to the photo helper: each is refused with its reason, for less than the
 * helper may cost. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>
#include <zlib.h>

#include <vips/vips.h>

#include "media/burden.h"
#include "media/helper.h"
#include "model/refusal.h"
#include "photo/walls.h"

#include "base/buf.h"
#include "base/file.h"

#ifdef __SANITIZE_ADDRESS__
/* The encoder of HEIC that makes our picture keeps some memory of its own. */
const char *__lsan_default_suppressions(void);
const char *
__lsan_default_suppressions(void)
{
    return "leak:libx265";
}
#endif

enum { SIDE = 96, FILE_MAX = 64 * 1024 * 1024 };

struct fixture {
    struct arena a;
    struct err err;
    char dir[48];
    struct media_helper helper;
    struct media_answer answer;
    struct str pictures[MEDIA_TYPE__MAX]; /* small and whole, one of each */
};

/* --- pictures ---------------------------------------------------------------- */

static struct str
encode(struct fixture *f, VipsImage *image, const char *suffix)
{
    void *p = NULL;
    size_t n = 0;
    if (vips_image_write_to_buffer(image, suffix, &p, &n, NULL) != 0)
        fail_msg("%s: %s", suffix, vips_error_buffer());
    struct str out = str_copy(&f->a, (struct str){p, n});
    g_free(p);
    return out;
}

static void
make_pictures(struct fixture *f)
{
    static const char *const suffixes[MEDIA_TYPE__MAX] = {
        [MEDIA_JPEG] = ".jpg",
        [MEDIA_PNG] = ".png",
        [MEDIA_WEBP] = ".webp",
        [MEDIA_AVIF] = ".avif[compression=av1,effort=1]",
        [MEDIA_HEIC] = ".heic[compression=hevc,effort=1]",
    };
    VipsImage *noise = NULL, *grey = NULL;
    assert_int_equal(vips_gaussnoise(&noise, SIDE, SIDE, "mean", 128.0, "sigma", 40.0,
                                     "seed", 7, NULL),
                     0);
    assert_int_equal(vips_cast_uchar(noise, &grey, NULL), 0);
    for (int i = 0; i < MEDIA_TYPE__MAX; i++)
        f->pictures[i] = encode(f, grey, suffixes[i]);
    g_object_unref(grey);
    g_object_unref(noise);
}

static int
set_up(void **state)
{
    static struct fixture f;
    f = (struct fixture){.dir = "/tmp/byline-photo-files-XXXXXX"};
    arena_init(&f.a);
    *state = &f;
    if (VIPS_INIT("test_photo_files") != 0 || mkdtemp(f.dir) == NULL ||
        media_helper_open(f.dir, 1, &f.a, &f.helper, &f.err) != RC_OK)
        return -1;
    make_pictures(&f);
    return 0;
}

static int
tear_down(void **state)
{
    struct fixture *f = *state;
    media_helper_close(&f->helper);
    unlink(file_join(&f->a, str_of(f->dir), STR(".helpers")));
    int failed = rmdir(f->dir);
    arena_done(&f->a);
    return failed;
}

static enum rc
look(struct fixture *f, struct str bytes)
{
    f->err = (struct err){0};
    return media_helper_run(&f->helper, STR("{\"do\":\"look\"}"), bytes, &f->a,
                            &f->answer, &f->err);
}

static void
assert_taken(struct fixture *f, const char *what, struct str bytes)
{
    if (look(f, bytes) != RC_OK)
        fail_msg("%s: %s", what, f->err.text);
}

static void
assert_refused(struct fixture *f, const char *what, struct str bytes, enum refusal why)
{
    enum rc rc = look(f, bytes);
    if ((rc != RC_INVALID && rc != RC_LIMIT) || f->err.reason != (int)why)
        fail_msg("%s: %s, reason %d, not %d: %s", what, rc_name(rc), f->err.reason,
                 (int)why, f->err.text);
}

/* --- what files are made of -------------------------------------------------- */

static struct str
be32(struct arena *a, uint32_t n)
{
    const char p[] = {(char)(n >> 24), (char)(n >> 16), (char)(n >> 8), (char)n};
    return str_copy(a, (struct str){p, sizeof p});
}

static void
add_chunk(struct arena *a, struct buf *b, const char *type, struct str body)
{
    uLong crc =
        crc32(crc32(0, (const Bytef *)type, 4), (const Bytef *)body.p, (uInt)body.n);
    buf_add(b, be32(a, (uint32_t)body.n));
    buf_add_z(b, type);
    buf_add(b, body);
    buf_add(b, be32(a, (uint32_t)crc));
}

/* before, then n zero bytes as zlib packs them. */
static struct str
with_packed(struct arena *a, struct str before, size_t n)
{
    char *zeros = arena_zalloc(a, n);
    uLongf packed = compressBound(n);
    char *p = arena_alloc(a, before.n + packed);
    memcpy(p, before.p, before.n);
    assert_int_equal(compress2((Bytef *)p + before.n, &packed, (Bytef *)zeros, n, 9),
                     Z_OK);
    return (struct str){p, before.n + packed};
}

enum { IHDR_END = 8 + 12 + 13 };

/* The PNG with a chunk more behind its first one, so many times. */
static struct str
png_with(struct fixture *f, const char *type, struct str body, int times)
{
    struct buf b;
    struct str png = f->pictures[MEDIA_PNG];
    buf_init(&b, &f->a, FILE_MAX);
    buf_add(&b, str_sub(png, 0, IHDR_END));
    for (int i = 0; i < times; i++)
        add_chunk(&f->a, &b, type, body);
    buf_add(&b, str_from(png, IHDR_END));
    return buf_str(&b);
}

/* The JPEG with a segment more behind its first marker, so many times. */
static struct str
jpeg_with(struct fixture *f, char code, struct str body, int times)
{
    struct buf b;
    struct str jpeg = f->pictures[MEDIA_JPEG];
    const char head[] = {(char)0xff, code, (char)((body.n + 2) >> 8), (char)(body.n + 2)};
    buf_init(&b, &f->a, FILE_MAX);
    buf_add(&b, str_sub(jpeg, 0, 2));
    for (int i = 0; i < times; i++) {
        buf_add(&b, (struct str){head, sizeof head});
        buf_add(&b, body);
    }
    buf_add(&b, str_from(jpeg, 2));
    return buf_str(&b);
}

static struct str
zeros(struct fixture *f, size_t n)
{
    return (struct str){arena_zalloc(&f->a, n), n};
}

static struct str
joined(struct fixture *f, struct str x, struct str y)
{
    struct buf b;
    buf_init(&b, &f->a, FILE_MAX);
    buf_add(&b, x);
    buf_add(&b, y);
    return buf_str(&b);
}

/* --- tests ------------------------------------------------------------------- */

static void
test_whole(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < MEDIA_TYPE__MAX; i++) {
        const char *ext = media_type_ext((enum media_type)i);
        assert_taken(f, ext, f->pictures[i]);
        struct str begins = str_fmt(&f->a, "{\"type\":\"%s\",\"width\":%d,\"height\":%d,",
                                    ext, SIDE, SIDE);
        assert_true(str_starts(f->answer.json, begins));
    }
}

static void
test_not_whole(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < MEDIA_TYPE__MAX; i++) {
        const char *ext = media_type_ext((enum media_type)i);
        struct str whole = f->pictures[i];
        for (int part = 2; part < 10; part++)
            assert_refused(f, ext, str_sub(whole, 0, whole.n * (size_t)part / 10),
                           REFUSED_FILE_BROKEN);
    }
}

static void
test_no_picture(void **state)
{
    struct fixture *f = *state;
    static const struct str files[] = {
        STR_INIT(""),
        STR_INIT("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        STR_INIT("<?xml version=\"1.0\"?><svg/>"),
        STR_INIT("<!DOCTYPE html><script>alert(1)</script>"),
        STR_INIT("PK\3\4 and so on"),
        STR_INIT("%PDF-1.7"),
        STR_INIT("GIF89a\1\0\1\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\1D\0;"),
        STR_INIT("\0\0\0\x18"
                 "ftypmp42\0\0\0\0mp42isom"),
    };
    for (size_t i = 0; i < N_ELEMENTS(files); i++)
        assert_refused(f, files[i].p, files[i], REFUSED_FILE_FORMAT);
    /* A picture behind something else is no picture. */
    assert_refused(f, "HTML and JPEG", joined(f, STR("<html>"), f->pictures[MEDIA_JPEG]),
                   REFUSED_FILE_FORMAT);
}

static void
test_animated(void **state)
{
    struct fixture *f = *state;
    VipsImage *noise = NULL, *strip = NULL; /* pages that are alike become one */
    assert_int_equal(vips_gaussnoise(&noise, SIDE, 3 * SIDE, "mean", 128.0, "sigma", 40.0,
                                     "seed", 7, NULL),
                     0);
    assert_int_equal(vips_cast_uchar(noise, &strip, NULL), 0);
    vips_image_set_int(strip, "page-height", SIDE);
    assert_refused(f, "WebP", encode(f, strip, ".webp"), REFUSED_FILE_FRAMES);
    g_object_unref(strip);
    g_object_unref(noise);
    assert_refused(f, "PNG", png_with(f, "acTL", STR("\0\0\0\2\0\0\0\0"), 1),
                   REFUSED_FILE_FRAMES);
}

/* With something behind its end it is still that picture, and nothing else is read. */
static void
test_two_in_one(void **state)
{
    struct fixture *f = *state;
    struct str zip = STR("PK\3\4 and <script>alert(1)</script>");
    assert_taken(f, "JPEG and ZIP", joined(f, f->pictures[MEDIA_JPEG], zip));
    assert_true(str_find_str(f->answer.json, STR("alert")) == f->answer.json.n);
}

/* A PNG of these sides whose picture is zeros, grey. */
static struct str
flood(struct fixture *f, uint32_t width, uint32_t height, size_t packed)
{
    struct buf b, head;
    buf_init(&b, &f->a, FILE_MAX);
    buf_init(&head, &f->a, 64);
    buf_add(&head, be32(&f->a, width));
    buf_add(&head, be32(&f->a, height));
    buf_add(&head, STR("\10\0\0\0\0"));
    buf_add(&b, STR("\x89PNG\r\n\x1a\n"));
    add_chunk(&f->a, &b, "IHDR", buf_str(&head));
    add_chunk(&f->a, &b, "IDAT", with_packed(&f->a, STR(""), packed));
    add_chunk(&f->a, &b, "IEND", STR(""));
    return buf_str(&b);
}

/* All children so far: none took more than a helper may. */
static void
assert_cheap(void)
{
    struct rusage all;
    assert_int_equal(getrusage(RUSAGE_CHILDREN, &all), 0);
    assert_true(all.ru_maxrss <= PHOTO_MEMORY_MIB * 1024);
    assert_true(all.ru_utime.tv_sec + all.ru_stime.tv_sec <= PHOTO_CPU_S);
}

static void
test_floods(void **state)
{
    struct fixture *f = *state;
    size_t little = 1000;
    assert_refused(f, "a wide one", flood(f, 16001, 1, little), REFUSED_FILE_SIDE);
    assert_int_equal(f->err.number, MEDIA_SIDE_MAX_PX);
    assert_refused(f, "a large one", flood(f, 15000, 15000, little), REFUSED_FILE_AREA);
    assert_int_equal(f->err.number, 60);
    assert_refused(f, "an empty one", flood(f, 7700, 7700, little), REFUSED_FILE_BROKEN);
    assert_taken(f, "the largest", flood(f, 7700, 7700, 7700 * 7701));
    assert_refused(f, "a heavy one", zeros(f, 40000001), REFUSED_FILE_BYTES);
    assert_cheap();
}

/* As many pixels as there may be, in the format whose reader needs most memory. */
static void
test_largest(void **state)
{
    struct fixture *f = *state;
    VipsImage *black = NULL;
    assert_int_equal(vips_black(&black, 7745, 7745, "bands", 4, NULL), 0);
    black->Type = VIPS_INTERPRETATION_sRGB;
    assert_taken(f, "WebP", encode(f, black, ".webp[lossless=true,effort=0]"));
    g_object_unref(black);
    assert_cheap();
}

static double
brightness(VipsImage *image, int x, int y)
{
    double *values, value;
    int n;
    assert_int_equal(vips_getpoint(image, &values, &n, x, y, NULL), 0);
    value = values[0];
    g_free(values);
    return value;
}

static void
render(struct fixture *f, struct str bytes)
{
    f->err = (struct err){0};
    if (media_helper_run(&f->helper, STR("{\"do\":\"render\",\"words\":{}}"), bytes,
                         &f->a, &f->answer, &f->err) != RC_OK)
        fail_msg("%s", f->err.text);
}

/* EXIF's orientation counts in a JPEG alone, as browsers have it; whichever way, what is
 * made is neither squashed nor turned for one of two readers. */
static void
test_turned(void **state)
{
    struct fixture *f = *state;
    static const char *const suffixes[] = {".jpg", ".png", ".webp"};
    VipsImage *ramp = NULL;
    assert_int_equal(vips_grey(&ramp, 2 * SIDE, SIDE, "uchar", TRUE, NULL), 0);
    vips_image_set_int(ramp, VIPS_META_ORIENTATION, 6); /* its left side is the top */
    for (size_t i = 0; i < N_ELEMENTS(suffixes); i++) {
        render(f, encode(f, ramp, suffixes[i]));
        struct str first = f->answer.files[0].bytes;
        VipsImage *made = vips_image_new_from_buffer(first.p, first.n, "", NULL);
        assert_non_null(made);
        bool is_turned = i == 0;
        int w = vips_image_get_width(made), h = vips_image_get_height(made);
        assert_int_equal(w, is_turned ? SIDE : 2 * SIDE);
        assert_int_equal(h, is_turned ? 2 * SIDE : SIDE);
        assert_true(brightness(made, 2, 2) < 30);
        assert_true(brightness(made, is_turned ? w - 3 : 2, is_turned ? 2 : h - 3) < 30);
        assert_true(brightness(made, w - 3, h - 3) > 225);
        g_object_unref(made);
    }
    g_object_unref(ramp);
}

/* The JPEG's scan again and again; its picture data hold no marker. */
static struct str
many_scans(struct fixture *f, int times)
{
    struct buf b;
    struct str jpeg = f->pictures[MEDIA_JPEG];
    size_t at = str_find_str(jpeg, STR("\xff\xda"));
    buf_init(&b, &f->a, FILE_MAX);
    buf_add(&b, str_sub(jpeg, 0, at));
    for (int i = 0; i < times; i++)
        buf_add(&b, str_sub(jpeg, at, jpeg.n - at - 2));
    buf_add(&b, STR("\xff\xd9"));
    return buf_str(&b);
}

static void
test_packed(void **state)
{
    struct fixture *f = *state;
    struct arena *a = &f->a;
    size_t large = 100 * 1000 * 1000, half = MEDIA_TEXTS_MAX / 2 + 1;
    struct str z = with_packed(a, STR("Comment\0\0"), large);
    assert_refused(f, "a text", png_with(f, "zTXt", z, 1), REFUSED_FILE_TEXTS);
    assert_int_equal(f->err.number, MEDIA_TEXTS_MAX / 1000000);
    z = with_packed(a, STR("XML:com.adobe.xmp\0\1\0\0\0"), large);
    assert_refused(f, "XMP", png_with(f, "iTXt", z, 1), REFUSED_FILE_TEXTS);
    z = with_packed(a, STR("Comment\0\0"), half);
    assert_refused(f, "two halves", png_with(f, "zTXt", z, 2), REFUSED_FILE_TEXTS);
    z = with_packed(a, STR("icc\0\0"), large);
    assert_refused(f, "a profile", png_with(f, "iCCP", z, 1), REFUSED_FILE_TEXTS);
    assert_refused(f, "a JPEG's profile", jpeg_with(f, (char)0xe2, zeros(f, 65533), 123),
                   REFUSED_FILE_TEXTS);
    assert_cheap();
}

static void
test_scans(void **state)
{
    struct fixture *f = *state;
    assert_refused(f, "a thousand", many_scans(f, 1000), REFUSED_FILE_SCANS);
    assert_int_equal(f->err.number, MEDIA_SCANS_MAX);
    assert_refused(f, "one too many", many_scans(f, MEDIA_SCANS_MAX + 1),
                   REFUSED_FILE_SCANS);
    VipsImage *image = vips_image_new_from_buffer(f->pictures[MEDIA_JPEG].p,
                                                  f->pictures[MEDIA_JPEG].n, "", NULL);
    assert_non_null(image);
    assert_taken(f, "a progressive one", encode(f, image, ".jpg[interlace=true]"));
    g_object_unref(image);
    assert_cheap();
}

/* Texts of a megabyte, no text at all, entities that unfold: the picture is whole, so it
 * is taken, or it takes too long; what is found is cut to what a photo may say. */
static void
test_texts(void **state)
{
    struct fixture *f = *state;
    struct buf b;
    buf_init(&b, &f->a, FILE_MAX);
    buf_add(&b, STR("XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
                    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
                    "<rdf:Description rdf:about=\"\" "
                    "xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\" "
                    "photoshop:Credit=\""));
    for (int i = 0; i < 100000; i++)
        buf_add(&b, STR("1234567890"));
    buf_add(&b, STR("\"/></rdf:RDF></x:xmpmeta>"));
    assert_taken(f, "a megabyte", png_with(f, "iTXt", buf_str(&b), 1));
    assert_true(f->answer.json.n < 10000);
    assert_true(str_find_str(f->answer.json, STR("1234567890")) < f->answer.json.n);
    buf_clear(&b);
    buf_add(&b,
            STR("XML:com.adobe.xmp\0\0\0\0\0<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\">"));
    for (char c = 'b'; c <= 'z'; c++)
        buf_fmt(&b, "<!ENTITY %c \"&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;\">", c, c - 1, c - 1,
                c - 1, c - 1, c - 1, c - 1, c - 1, c - 1);
    buf_add(&b, STR("]><x:xmpmeta xmlns:x=\"adobe:ns:meta/\">&z;</x:xmpmeta>"));
    assert_taken(f, "entities", png_with(f, "iTXt", buf_str(&b), 1));
    assert_cheap();
}

#define TEST(fn) cmocka_unit_test(fn)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_whole),    TEST(test_not_whole),  TEST(test_no_picture),
        TEST(test_animated), TEST(test_two_in_one), TEST(test_floods),
        TEST(test_largest),  TEST(test_turned),     TEST(test_packed),
        TEST(test_scans),    TEST(test_texts),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
