/* tests/unit/test_photo_words.c - texts inside pictures: guessing old character sets,
 * writing, reading back, and writing anew into a picture that stays as it is. Whether
 * others read the same is asked of exiftool (tests/photo). */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <vips/vips.h>

#include "photo/charset.h"
#include "photo/words.h"

#include "base/buf.h"

enum { LIMIT = 4 * 1024 * 1024 };

static struct arena a;

static void
assert_str(struct str got, struct str want)
{
    if (!str_eq(got, want))
        fail_msg("\"%.*s\", wanted \"%.*s\"", STR_ARG(got), STR_ARG(want));
}

/* ---- character sets ---- */

static void
test_charsets(void **state)
{
    static const struct {
        struct str bytes, declared;
        enum media_charset charset;
        struct str text;
    } rows[] = {
        {STR_INIT("Plain"), STR_INIT(""), CHARSET_NONE, STR_INIT("Plain")},
        {STR_INIT("Plain"), STR_INIT("\x1b%G"), CHARSET_NONE, STR_INIT("Plain")},
        {STR_INIT("Ёлка"), STR_INIT("\x1b%G"), CHARSET_DECLARED, STR_INIT("Ёлка")},
        {STR_INIT("Ёлка"), STR_INIT(""), CHARSET_UTF8, STR_INIT("Ёлка")},
        {STR_INIT("中文"), STR_INIT(""), CHARSET_UTF8, STR_INIT("中文")},
        {STR_INIT("\xa8\xeb\xea\xe0"), STR_INIT(""), CHARSET_WINDOWS_1251,
         STR_INIT("Ёлка")},
        {STR_INIT("\xa8\xeb\xea\xe0"), STR_INIT("\x1b%G"), CHARSET_WINDOWS_1251,
         STR_INIT("Ёлка")},
        {STR_INIT("\xd4\xee\xf2\xee: \xd2\xc0\xd1\xd1/Reuters"), STR_INIT(""),
         CHARSET_WINDOWS_1251, STR_INIT("Фото: ТАСС/Reuters")},
        {STR_INIT("J\xfcrgen M\xfcller, Stra\xdf"
                  "e"),
         STR_INIT(""), CHARSET_LATIN_1, STR_INIT("Jürgen Müller, Straße")},
        {STR_INIT("gr\xfc\xdf"
                  "en"),
         STR_INIT(""), CHARSET_LATIN_1, STR_INIT("grüßen")},
        {STR_INIT("\xa9 2026"), STR_INIT(""), CHARSET_LATIN_1, STR_INIT("© 2026")},
        {STR_INIT("\x93"
                  "Caf\xe9\x94"),
         STR_INIT(""), CHARSET_LATIN_1, STR_INIT("“Café”")},
        {STR_INIT("\xa9 \xcf\xf0\xe5\xf1\xf1\xe0 \x96 2026"), STR_INIT(""),
         CHARSET_WINDOWS_1251, STR_INIT("© Пресса – 2026")},
        {STR_INIT("\xcf\xf0\xe5"), STR_INIT("\x1b.A"), CHARSET_LATIN_1, STR_INIT("Ïðå")},
    };
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        enum media_charset got = photo_charset_guess(rows[i].bytes, rows[i].declared);
        assert_string_equal(media_charset_name(got), media_charset_name(rows[i].charset));
        assert_str(photo_charset_decode(&a, rows[i].bytes, got), rows[i].text);
    }
}

static void
test_cut_character(void **state)
{
    static const struct str rows[][2] = {
        {STR_INIT("Иван"), STR_INIT("Иван")},
        {STR_INIT("Ива\xd0"), STR_INIT("Ива")},
        {STR_INIT("中\xe6\x96"), STR_INIT("中")},
        {STR_INIT("я\xf0\x9f\x98"), STR_INIT("я")},
        {STR_INIT("Photo \xdf"), STR_INIT("Photo \xdf")}, /* я of Windows-1251 */
        {STR_INIT("я\xff"), STR_INIT("я\xff")},
        {STR_INIT("я\xd0 "), STR_INIT("я\xd0 ")},
        {STR_INIT(""), STR_INIT("")},
    };
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct str got = photo_charset_whole(rows[i][0]);
        assert_str(got, rows[i][1]);
    }
}

/* ---- pictures with texts ---- */

static struct photo
ordered(void)
{
    return (struct photo){
        .credit = STR("Агентство «Северный вестник» / И. Ёлкин"),
        .creator = STR("Иван Ёлкин"),
        .copyright = STR("© 2026 \"A\" & <B> ]]> &amp;"),
        .licence_url = STR("https://example.org/l?a=1&b=2"),
        .acquire_url = STR("https://example.org/buy"),
        .usage = STR("lang=\"ru\" Только для прессы"),
        .caption = STR("<script>alert('1')</script> 中文 العربية"),
        .headline = STR("Заголовок"),
        .source = STR("Источник, длиннее тридцати двух"),
        .taken_at = STR("2026-02-28T07:08:09+03:00"),
        .source_type =
            STR("http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"),
        .alt = STR("Alt"),
    };
}

enum format { JPEG, PNG, WEBP, AVIF, FORMATS };
static const char *const suffixes[FORMATS] = {".jpg", ".png", ".webp", ".avif"};

/* 40 x 30 pixels, all different. */
static VipsImage *
draw(void)
{
    VipsImage *xy, *ramp, *bytes;
    assert_int_equal(vips_xyz(&xy, 40, 30, NULL), 0);
    assert_int_equal(vips_linear1(xy, &ramp, 5, 3, NULL), 0);
    assert_int_equal(vips_cast(ramp, &bytes, VIPS_FORMAT_UCHAR, NULL), 0);
    g_object_unref(xy);
    g_object_unref(ramp);
    VipsImage *three, *in[3] = {bytes, bytes, bytes};
    assert_int_equal(vips_bandjoin(in, &three, 3, NULL), 0);
    g_object_unref(bytes);
    VipsImage *out;
    assert_int_equal(
        vips_copy(three, &out, "interpretation", VIPS_INTERPRETATION_sRGB, NULL), 0);
    g_object_unref(three);
    return out;
}

static struct str
encode(VipsImage *image, enum format f, const char *options)
{
    void *p;
    size_t n;
    char *suffix = g_strconcat(suffixes[f], options, NULL);
    assert_int_equal(vips_image_write_to_buffer(image, suffix, &p, &n, NULL), 0);
    struct str s = str_copy(&a, (struct str){p, n});
    g_free(suffix);
    g_free(p);
    return s;
}

static struct str
make(enum format f, const struct photo *p, int orientation)
{
    struct str xmp, iim;
    struct err err;
    VipsImage *image = draw();
    assert_int_equal(photo_words_write(p, &a, &xmp, &iim, &err), RC_OK);
    vips_image_set_blob_copy(image, VIPS_META_XMP_NAME, xmp.p, xmp.n);
    if (f == JPEG && iim.n > 0)
        vips_image_set_blob_copy(image, VIPS_META_IPTC_NAME, iim.p, iim.n);
    if (orientation > 1)
        vips_image_set_int(image, VIPS_META_ORIENTATION, orientation);
    struct str s = encode(image, f, "");
    g_object_unref(image);
    return s;
}

static void
assert_says(struct str picture, const struct photo *p)
{
    struct media_found_words w;
    photo_words_read(picture, &a, &w);
    const char *lacks = media_found_lacks(&w, p, &a);
    if (lacks != NULL)
        fail_msg("%s: %.*s", lacks, STR_ARG(media_found_write(&w, &a)));
}

static void
test_written_and_read(void **state)
{
    (void)state;
    for (int f = 0; f < FORMATS; f++) {
        struct photo p = ordered();
        struct media_found_words w;
        struct str picture = make((enum format)f, &p, 1);
        assert_says(picture, &p);
        photo_words_read(picture, &a, &w);
        assert_str(w.credit.by[FOUND_IIM], f == JPEG ? STR("Агентство «Север") : STR(""));
        assert_int_equal(w.iim_charset, f == JPEG ? CHARSET_DECLARED : CHARSET_NONE);
        struct photo none = {.organisation = STR("not inside")};
        assert_says(make((enum format)f, &none, 1), &none);
    }
}

/* Every text as long as it may be, of characters of 1 to 4 bytes, and some that end in
 * what IIM cuts or is no date. */
static void
test_longest(void **state)
{
    static const char *const letters[] = {"a", "я", "中", "😀", "a ", "&", "<"};
    static const char *const dates[] = {"2026",
                                        "2026-02",
                                        "2026-02-28",
                                        "2026-02-30",
                                        "2026-02-28T07:08",
                                        "2026-02-28T07:08:09",
                                        "2026-02-28T27:08:09+03:00",
                                        "2026-02-28T07:08:09Z",
                                        "yesterday"};
    (void)state;
    for (size_t l = 0; l < N_ELEMENTS(letters); l++) {
        struct photo p = {0};
        for (int i = 0; i < FOUND_WORDS; i++) {
            struct buf b;
            buf_init(&b, &a, media_photo_most(i));
            while (buf_ok(&b))
                buf_add_z(&b, letters[l]);
            *media_photo_text(&p, i) = buf_str(&b);
        }
        if (letters[l][0] == '&') /* five times as long: more than a segment has */
            p.usage = p.alt = p.acquire_url = p.source_type = STR("");
        p.taken_at = STR("");
        assert_says(make(JPEG, &p, 1), &p);
    }
    for (size_t d = 0; d < N_ELEMENTS(dates); d++) {
        struct photo p = {.taken_at = str_of(dates[d])};
        assert_says(make(JPEG, &p, 1), &p);
    }
}

static void
test_too_long(void **state)
{
    struct photo p = {0};
    struct str xmp, iim;
    struct err err = {0};
    char many[ITEM_CAPTION_MAX];
    (void)state;
    memset(many, '&', sizeof many);
    for (int i = 0; i < FOUND_WORDS; i++)
        *media_photo_text(&p, i) = (struct str){many, media_photo_most(i)};
    enum rc rc = photo_words_write(&p, &a, &xmp, &iim, &err);
    assert_true(rc == RC_LIMIT || (rc == RC_OK && xmp.n <= 65502));
}

/* ---- hostile metadata ---- */

static struct media_found_words
read_packet(struct str packet)
{
    struct media_found_words w;
    VipsImage *image = draw();
    vips_image_set_blob_copy(image, VIPS_META_XMP_NAME, packet.p, packet.n);
    photo_words_read(encode(image, WEBP, ""), &a, &w);
    g_object_unref(image);
    return w;
}

static struct media_found_words
read_properties(const char *properties)
{
    return read_packet(str_fmt(
        &a,
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
        "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
        "xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\" "
        "xmlns:xmpRights=\"http://ns.adobe.com/xap/1.0/rights/\" "
        "xmlns:exif=\"http://ns.adobe.com/exif/1.0/\">%s</rdf:Description>"
        "</rdf:RDF></x:xmpmeta>",
        properties));
}

static void
test_hostile(void **state)
{
    (void)state;
    struct media_found_words w = read_properties("<photoshop:Credit>a&#10;b\xff"
                                                 "c &lt;script&gt;</photoshop:Credit>");
    assert_str(w.credit.value, STR("a b\xef\xbf\xbd"
                                   "c <script>"));

    struct buf b;
    buf_init(&b, &a, LIMIT);
    buf_add_z(&b, "<dc:description>");
    for (int i = 0; i < 500000; i++)
        buf_add_z(&b, "я");
    buf_add_z(&b, "</dc:description>");
    w = read_properties(b.p);
    assert_int_equal(w.caption.value.n, ITEM_CAPTION_MAX);

    /* Not addresses: shown, not taken. */
    w = read_properties(
        "<xmpRights:WebStatement>javascript:alert(1)</xmpRights:WebStatement>");
    assert_str(w.licence_url.by[FOUND_XMP], STR("javascript:alert(1)"));
    assert_null(w.licence_url.value.p);

    w = read_packet(STR("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM "
                        "\"file:///etc/passwd\">]><a>&b;</a>"));
    assert_str(media_found_write(&w, &a), STR("{}"));
    w = read_packet(STR("\xff\xfe\0<"));
    assert_str(media_found_write(&w, &a), STR("{}"));
    photo_words_read(STR(""), &a, &w);
    assert_str(media_found_write(&w, &a), STR("{}"));
}

static void
test_alternatives_and_lists(void **state)
{
    (void)state;
    struct media_found_words w = read_properties(
        "<dc:description><rdf:Alt><rdf:li xml:lang=\"ru\">подпись</rdf:li>"
        "<rdf:li xml:lang=\"x-default\">caption, with commas, and more</rdf:li></rdf:Alt></dc:description>"
        "<dc:rights><rdf:Alt><rdf:li xml:lang=\"ru\">права, все</rdf:li>"
        "<rdf:li xml:lang=\"de\">Rechte</rdf:li></rdf:Alt></dc:rights>"
        "<dc:creator><rdf:Seq><rdf:li>A</rdf:li><rdf:li>B, C</rdf:li></rdf:Seq>"
        "</dc:creator><exif:GPSLatitude>55,30N</exif:GPSLatitude>");
    assert_str(w.caption.value, STR("caption, with commas, and more"));
    assert_str(w.copyright.value, STR("права, все"));
    assert_str(w.creator.value, STR("A, B, C"));
    assert_true(w.has_location);
}

/* ---- writing anew ---- */

static void
assert_same_pixels(struct str one, struct str other)
{
    VipsImage *x = vips_image_new_from_buffer(one.p, one.n, "", NULL);
    VipsImage *y = vips_image_new_from_buffer(other.p, other.n, "", NULL);
    VipsImage *difference;
    double most = -1;
    assert_true(x != NULL && y != NULL);
    assert_int_equal(vips_image_get_orientation(x), vips_image_get_orientation(y));
    assert_int_equal(vips_image_get_bands(x), vips_image_get_bands(y));
    assert_int_equal(vips_subtract(x, y, &difference, NULL), 0);
    assert_int_equal(vips_max(difference, &most, NULL), 0);
    assert_true(most == 0);
    g_object_unref(x);
    g_object_unref(y);
    g_object_unref(difference);
}

static const char *const variants[FORMATS][2] = {[JPEG] = {"", "[interlace]"},
                                                 [PNG] = {"", "[interlace]"},
                                                 [WEBP] = {"", "[lossless]"}};

/* With old texts, a colour profile, an orientation. */
static struct str
make_old(enum format f, int variant, int orientation)
{
    VipsImage *image = draw();
    VipsBlob *profile;
    assert_int_equal(vips_profile_load("srgb", &profile, NULL), 0);
    vips_image_set_blob_copy(image, VIPS_META_ICC_NAME, VIPS_AREA(profile)->data,
                             VIPS_AREA(profile)->length);
    vips_area_unref(VIPS_AREA(profile));
    vips_image_set_string(image, "exif-ifd0-Artist", "OldArtist (OldArtist, ASCII, 10)");
    vips_image_set_int(image, VIPS_META_ORIENTATION, orientation);
    struct str s = encode(image, f, variants[f][variant]);
    g_object_unref(image);
    return s;
}

static void
assert_rewritten(enum format f, int variant, int orientation)
{
    struct photo p = ordered();
    struct str out;
    struct err err = {0};
    struct buf b;
    buf_init(&b, &a, LIMIT);
    struct str old = make_old(f, variant, orientation);
    size_t head = f == PNG ? 33 : 0; /* signature and IHDR */
    buf_add(&b, str_sub(old, 0, head));
    if (f == PNG)
        buf_add(&b, STR("\0\0\0\x0atEXtAuthor\0Old\x2f\xb8\x58\x79"));
    buf_add(&b, str_from(old, head));
    struct str before = buf_str(&b);
    assert_true(str_find_str(before, STR("Old")) < before.n);
    buf_add_z(&b, "PK\3\4OldArchive");
    if (photo_words_rewrite(buf_str(&b), &p, &a, &out, &err) != RC_OK)
        fail_msg("%s%s: %s", suffixes[f], variants[f][variant], err.text);
    assert_says(out, &p);
    assert_same_pixels(before, out);
    assert_int_equal(str_find_str(out, STR("Old")), out.n);
    struct str twice;
    assert_int_equal(photo_words_rewrite(out, &p, &a, &twice, &err), RC_OK);
    assert_true(str_eq(out, twice));
}

static void
test_rewritten(void **state)
{
    (void)state;
    for (int f = 0; f <= WEBP; f++)
        for (int variant = 0; variant < 2; variant++) {
            assert_rewritten((enum format)f, variant, 1);
            assert_rewritten((enum format)f, variant, 6);
        }
}

/* Any part and any change of a picture is refused or written, within its bytes. */
static void
test_broken_is_refused(void **state)
{
    struct photo p = {.credit = STR("A")};
    (void)state;
    for (int f = 0; f <= WEBP; f++) {
        struct str whole = make_old((enum format)f, 0, 6), out;
        for (size_t n = 0; n < whole.n; n++) {
            struct err err = {0};
            struct arena own AT_END(arena_done) = {0};
            char *part = g_memdup2(whole.p, n + 1);
            if (photo_words_rewrite((struct str){part, n}, &p, &own, &out, &err) == RC_OK)
                fail_msg("%s: taken when cut off at %zu", suffixes[f], n);
            g_free(part);
            part = g_memdup2(whole.p, whole.n);
            part[n] = (char)(part[n] ^ 0xff);
            enum rc rc =
                photo_words_rewrite((struct str){part, whole.n}, &p, &own, &out, &err);
            assert_true(rc == RC_OK || rc == RC_INVALID || rc == RC_LIMIT);
            g_free(part);
        }
    }
}

static void
test_other_formats(void **state)
{
    struct photo p = {.credit = STR("A")};
    struct str out;
    struct err err = {0};
    (void)state;
    assert_int_equal(photo_words_rewrite(make(AVIF, &p, 1), &p, &a, &out, &err),
                     RC_INVALID);
    assert_int_equal(photo_words_rewrite(STR("<svg/>"), &p, &a, &out, &err), RC_INVALID);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_charsets),
        cmocka_unit_test(test_cut_character),
        cmocka_unit_test(test_written_and_read),
        cmocka_unit_test(test_longest),
        cmocka_unit_test(test_too_long),
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_alternatives_and_lists),
        cmocka_unit_test(test_rewritten),
        cmocka_unit_test(test_broken_is_refused),
        cmocka_unit_test(test_other_formats),
    };
    if (VIPS_INIT("test_photo_words") != 0)
        return 1;
    arena_init(&a);
    int n_failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_done(&a);
    return n_failed;
}
