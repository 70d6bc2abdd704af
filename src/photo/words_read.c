/* photo/words_read.c - the texts that a picture's file holds, by gexiv2.
 *
 * A JPEG, PNG or WebP is opened as it is. The library finds next to nothing in AVIF and
 * HEIC, but libvips finds the blocks; they are put into a WebP without a picture, which
 * has room for any length, and that is opened. So is a packet that the library did not
 * take, after it was mended. */
#include <gexiv2/gexiv2.h>

#include <vips/vips.h>

#include "model/url.h"
#include "photo/charset.h"
#include "photo/words.h"

#include "base/buf.h"
#include "base/utf8.h"

enum { BLOCK_MAX = 32 * 1024 * 1024, TEXT_MOST = 16 * 1024 };

enum form { TEXT, LIST, ALT, TERM };

static const char *const xmp_prefixes[] = {
#define PHOTO_NAMESPACE(prefix, library, uri) library,
#include "photo/words.def"
#undef PHOTO_NAMESPACE
};
enum {
#define PHOTO_NAMESPACE(prefix, library, uri) NS_##prefix,
#include "photo/words.def"
#undef PHOTO_NAMESPACE
};

static const struct row {
    int word, ns;
    const char *property;
    enum form form;
    size_t iim_most;
    const char *iim, *exif;
} rows[] = {
#define PHOTO_WORD(member, ns, property, form, dataset, most, iim, exif) \
    {FOUND_WORD_##member, NS_##ns, property, form, most, iim, exif},
#include "photo/words.def"
#undef PHOTO_WORD
};

/* ---- opening ---- */

/* In the place of what was there; that stays when these are no good. An object is opened
 * once: the second time would leak the first. */
static bool
open_bytes(GExiv2Metadata **m, struct str s)
{
    GError *why = NULL;
    GExiv2Metadata *opened = gexiv2_metadata_new();
    bool is_open = s.n > 0 && gexiv2_metadata_open_buf(opened, (const guint8 *)s.p,
                                                       (glong)s.n, &why);
    g_clear_error(&why);
    if (is_open)
        g_set_object(m, opened);
    g_object_unref(opened);
    return is_open;
}

static void
add_le32(struct buf *b, size_t n)
{
    for (int shift = 0; shift < 32; shift += 8)
        buf_add_c(b, (char)(n >> shift & 0xff));
}

static void
add_chunk(struct buf *b, const char *type, struct str body)
{
    if (body.n == 0)
        return;
    buf_add_z(b, type);
    add_le32(b, body.n);
    buf_add(b, body);
    if (body.n % 2 == 1)
        buf_add_c(b, '\0');
}

/* RFC 9649: VP8X says that EXIF and XMP follow, of a picture of 1 x 1. */
static struct str
wrap(struct arena *a, struct str exif, struct str xmp)
{
    struct buf chunks, file;
    buf_init(&chunks, a, BLOCK_MAX);
    add_chunk(&chunks, "VP8X", STR("\x0c\0\0\0\0\0\0\0\0\0"));
    add_chunk(&chunks, "EXIF", exif);
    add_chunk(&chunks, "XMP ", xmp);
    buf_init(&file, a, BLOCK_MAX);
    buf_add_z(&file, "RIFF");
    add_le32(&file, 4 + chunks.n);
    buf_add_z(&file, "WEBP");
    buf_add(&file, buf_str(&chunks));
    return buf_ok(&chunks) && buf_ok(&file) ? buf_str(&file) : (struct str){NULL, 0};
}

struct blocks {
    struct str exif, xmp;
};

/* libvips names an XMP item of a HEIF container by its number if it is not marked as
 * RDF, as some writers forget. */
static void *
see_field(VipsImage *image, const char *name, GValue *value, void *blocks)
{
    struct blocks *b = blocks;
    struct str s;
    const void *bytes = NULL;
    bool is_exif = strcmp(name, VIPS_META_EXIF_NAME) == 0,
         is_xmp = strcmp(name, VIPS_META_XMP_NAME) == 0 ||
                  g_str_has_prefix(name, "heif-mime-");
    (void)value;
    if ((!is_exif && !is_xmp) || vips_image_get_blob(image, name, &bytes, &s.n) != 0)
        return NULL;
    s.p = bytes;
    if (is_exif)
        b->exif = str_starts(s, STR("Exif\0\0")) ? str_from(s, 6) : s;
    else if (b->xmp.p == NULL)
        b->xmp = s;
    return NULL;
}

/* What a file was opened as: as it is, and as the blocks in it. */
struct file {
    GExiv2Metadata *whole, *blocks;
};

static void
file_end(struct file *f)
{
    g_clear_object(&f->whole);
    g_clear_object(&f->blocks);
}

/* A packet that is no UTF-8 is refused by the library, and one broken block would take
 * the other with it. */
static void
open_blocks(struct file *f, struct str picture, struct arena *a)
{
    const struct str none = {NULL, 0};
    struct blocks b = {0};
    VipsImage *image = vips_image_new_from_buffer(picture.p, picture.n, "", NULL);
    if (image != NULL) {
        vips_image_map(image, see_field, &b);
        b.xmp = b.xmp.n > 0 && b.xmp.n < BLOCK_MAX / 4 ? utf8_mend(a, b.xmp) : none;
        (void)(open_bytes(&f->blocks, wrap(a, b.exif, b.xmp)) ||
               open_bytes(&f->blocks, wrap(a, none, b.xmp)) ||
               open_bytes(&f->blocks, wrap(a, b.exif, none)));
        g_object_unref(image);
    }
    vips_error_clear();
}

static void
open_file(struct file *f, struct str picture, struct arena *a)
{
    const struct str empty = wrap(a, (struct str){NULL, 0}, (struct str){NULL, 0});
    bool is_heif = str_eq(str_sub(picture, 4, 4), STR("ftyp"));
    (void)open_bytes(&f->blocks, empty);
    (void)open_bytes(&f->whole, empty); /* what was never opened cannot be asked */
    if (!is_heif)
        (void)open_bytes(&f->whole, picture);
    if (!gexiv2_metadata_has_xmp(f->whole))
        open_blocks(f, picture, a);
}

/* Where texts of a kind are read. */
static GExiv2Metadata *
of_kind(const struct file *f, enum media_source_kind kind)
{
    bool is_in_whole =
        kind == FOUND_IIM || (kind == FOUND_XMP ? gexiv2_metadata_has_xmp(f->whole)
                                                : gexiv2_metadata_has_exif(f->whole));
    return is_in_whole ? f->whole : f->blocks;
}

/* ---- single tags ---- */

#define NEXT_LANG ", lang=\""

/* The library writes alternatives as `lang="xx" text, lang="yy" text`: one of them,
 * without what stands before it. */
static struct str
alternative(struct str all)
{
    size_t begin = str_find_str(all, STR("\" ")), end = str_find_str(all, STR(NEXT_LANG));
    struct str one = str_sub(all, 0, end);
    return str_starts(one, STR("lang=\"")) && begin < one.n ? str_from(one, begin + 2)
                                                            : one;
}

/* x-default, else the first. Commas are in texts, too: the library's own cutting at them
 * would lose what stands behind. */
static struct str
choose_alternative(struct str all)
{
    struct str usual = STR("lang=\"x-default\" ");
    size_t at = str_find_str(all, STR(", lang=\"x-default\" "));
    if (!str_starts(all, usual) && at < all.n)
        return alternative(str_from(all, at + 2));
    return alternative(all);
}

static struct str
alternative_text(GExiv2Metadata *m, const char *tag, struct arena *a)
{
    GError *why = NULL;
    gchar *all = gexiv2_metadata_try_get_tag_string(m, tag, &why);
    struct str text = {NULL, 0};
    if (all != NULL && all[0] != '\0')
        text = str_copy(a, utf8_cut(choose_alternative(str_of(all)), TEXT_MOST));
    g_free(all);
    g_clear_error(&why);
    return text;
}

static void
join(struct buf *b, gchar **values)
{
    for (int i = 0; values[i] != NULL; i++) {
        struct str s = str_trim(str_of(values[i]));
        if (b->n > 0 && s.n > 0)
            buf_add_z(b, ", ");
        buf_add(b, utf8_cut(s, TEXT_MOST));
        if (b->n > TEXT_MOST) /* more than any text may have */
            return;
    }
}

/* All values of a tag as one text, raw bytes, in a; absent if it is not there. */
static struct str
tag_text(GExiv2Metadata *m, const char *tag, enum form form, struct arena *a)
{
    struct buf b;
    GError *why = NULL;
    if (form == ALT)
        return alternative_text(m, tag, a);
    gchar **values = gexiv2_metadata_try_get_tag_multiple(m, tag, &why);
    buf_init(&b, a, 4 * TEXT_MOST);
    if (values != NULL)
        join(&b, values);
    g_strfreev(values);
    g_clear_error(&why);
    return b.n > 0 ? buf_str(&b) : (struct str){NULL, 0};
}

static struct str
xmp_text(GExiv2Metadata *m, const struct row *r, struct arena *a)
{
    const char *prefix = xmp_prefixes[r->ns];
    struct str tag = r->form == TERM
                         ? str_fmt(a, "Xmp.plus.Licensor[1]/plus:%s", r->property)
                         : str_fmt(a, "Xmp.%s.%s", prefix, r->property);
    return tag_text(m, str_z(a, tag), r->form, a);
}

/* ---- dates ---- */

/* EXIF's "2026:11:25 04:05:06" and its offset as ISO 8601; absent when it is no date, as
 * that of a camera whose clock was never set. */
static struct str
exif_date(GExiv2Metadata *m, struct str s, struct arena *a)
{
    struct str offset = tag_text(m, "Exif.Photo.OffsetTimeOriginal", TEXT, a);
    int64_t year = 0;
    if (s.n < 19 || !str_to_int(str_sub(s, 0, 4), 1, 9999, &year) || s.p[4] != ':')
        return (struct str){NULL, 0};
    return str_fmt(a, "%.4s-%.2s-%.2sT%.8s%.*s", s.p, s.p + 5, s.p + 8, s.p + 11,
                   STR_ARG(offset.n == 6 ? offset : STR("")));
}

/* IIM has date and time in two datasets. */
static struct str
iim_date(GExiv2Metadata *m, struct str s, struct arena *a)
{
    struct str time = tag_text(m, "Iptc.Application2.TimeCreated", TEXT, a);
    return s.n == 0 || time.n == 0 ? s
                                   : str_fmt(a, "%.*sT%.*s", STR_ARG(s), STR_ARG(time));
}

/* ---- sources ---- */

/* Texts of one source, as their bytes are there. */
struct raw {
    struct str text[N_ELEMENTS(rows)];
    enum media_charset charset;
};

static struct str
exif_text(GExiv2Metadata *m, const struct row *r, struct arena *a)
{
    struct str s = tag_text(m, r->exif, TEXT, a);
    return r->word == FOUND_WORD_taken_at ? exif_date(m, s, a) : s;
}

static struct str
iim_text(GExiv2Metadata *m, const struct row *r, struct arena *a)
{
    struct str s = tag_text(m, r->iim, r->form == LIST ? LIST : TEXT, a);
    return r->word == FOUND_WORD_taken_at ? iim_date(m, s, a) : s;
}

static void
read_raw(GExiv2Metadata *m, enum media_source_kind kind, struct arena *a, struct raw *raw)
{
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        const struct row *r = &rows[i];
        if (kind == FOUND_XMP)
            raw->text[i] = xmp_text(m, r, a);
        else if (kind == FOUND_IIM && r->iim != NULL)
            raw->text[i] = iim_text(m, r, a);
        else if (kind == FOUND_EXIF && r->exif != NULL)
            raw->text[i] = exif_text(m, r, a);
    }
}

/* Decides over all texts together, and decodes each. */
static void
decode(struct raw *raw, struct str declared, struct arena *a)
{
    struct buf all;
    buf_init(&all, a, N_ELEMENTS(rows) * 5 * TEXT_MOST);
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        raw->text[i] = photo_charset_whole(raw->text[i]);
        buf_add(&all, raw->text[i]);
        buf_add_c(&all, ' ');
    }
    raw->charset = photo_charset_guess(buf_str(&all), declared);
    for (size_t i = 0; i < N_ELEMENTS(rows); i++)
        raw->text[i] = photo_charset_decode(a, raw->text[i], raw->charset);
}

/* ---- who wins ---- */

static bool
is_usable(int word, struct str s)
{
    bool is_address = word == FOUND_WORD_licence_url || word == FOUND_WORD_acquire_url ||
                      word == FOUND_WORD_source_type;
    return s.n > 0 && (!is_address || url_is_web(s));
}

/* The same, or as much of it as IIM holds. A date may be said more or less exactly. */
static bool
agrees(const struct row *r, struct str value, struct str other)
{
    if (other.n == 0 || str_eq(value, other))
        return true;
    if (r->word == FOUND_WORD_taken_at)
        return str_starts(value, other) || str_starts(other, value);
    return str_eq(other, str_trim(utf8_cut(value, r->iim_most)));
}

static void
judge(const struct row *r, struct media_found_word *w)
{
    w->from = FOUND__MAX;
    for (int k = FOUND__MAX - 1; k >= 0; k--)
        if (is_usable(r->word, w->by[k]))
            w->from = (enum media_source_kind)k;
    if (w->from == FOUND__MAX)
        return;
    w->value = w->by[w->from];
    for (int k = 0; k < FOUND__MAX; k++)
        w->differs = w->differs || !agrees(r, w->value, w->by[k]);
}

static void
take(const struct raw *raw, struct arena *a, struct media_found_words *out)
{
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct media_found_word *w = media_found_word(out, rows[i].word);
        for (int k = 0; k < FOUND__MAX; k++) {
            struct str s =
                media_photo_clean(a, raw[k].text[i], media_photo_most(rows[i].word));
            w->by[k] = s.n > 0 ? s : (struct str){NULL, 0};
        }
        judge(&rows[i], w);
    }
}

/* ---- what is nobody's business ---- */

static const char *const location_tags[] = {"Exif.GPSInfo.GPSL", "Exif.GPSInfo.GPSDest",
                                            "Xmp.exif.GPSL", "Xmp.exif.GPSDest"};
static const char *const private_tags[] = {"Exif.Photo.BodySerialNumber",
                                           "Exif.Photo.LensSerialNumber",
                                           "Exif.Photo.CameraOwnerName",
                                           "Exif.Photo.MakerNote",
                                           "Exif.Image.CameraSerialNumber",
                                           "Exif.Photo.ImageUniqueID",
                                           "Exif.Thumbnail.",
                                           "Exif.Image.PrintImageMatching",
                                           "Xmp.aux.SerialNumber",
                                           "Xmp.aux.LensSerialNumber",
                                           "Xmp.aux.OwnerName",
                                           "Xmp.exifEX.BodySerialNumber",
                                           "Xmp.exifEX.LensSerialNumber",
                                           "Xmp.exifEX.CameraOwnerName",
                                           "Xmp.xmp.Thumbnails"};

static bool
has_tag_of(gchar **tags, const char *const *prefixes, size_t n)
{
    for (int i = 0; tags != NULL && tags[i] != NULL; i++)
        for (size_t k = 0; k < n; k++)
            if (g_str_has_prefix(tags[i], prefixes[k]))
                return true;
    return false;
}

static void
look_through(gchar **tags, struct media_found_words *out)
{
    out->has_location =
        out->has_location || has_tag_of(tags, location_tags, N_ELEMENTS(location_tags));
    out->has_private =
        out->has_private || has_tag_of(tags, private_tags, N_ELEMENTS(private_tags));
    g_strfreev(tags);
}

/* ---- */

void
photo_words_read(struct str picture, struct arena *a, struct media_found_words *out)
{
    struct file f AT_END(file_end) = {NULL, NULL};
    struct raw raw[FOUND__MAX] = {0};
    *out = media_found_nothing();
    gexiv2_initialize();
    gexiv2_log_set_level(GEXIV2_LOG_LEVEL_MUTE);
    open_file(&f, picture, a);
    for (int k = 0; k < FOUND__MAX; k++) {
        enum media_source_kind kind = (enum media_source_kind)k;
        read_raw(of_kind(&f, kind), kind, a, &raw[k]);
    }
    decode(&raw[FOUND_IIM], tag_text(f.whole, "Iptc.Envelope.CharacterSet", TEXT, a), a);
    decode(&raw[FOUND_EXIF], (struct str){NULL, 0}, a);
    out->iim_charset = raw[FOUND_IIM].charset;
    out->exif_charset = raw[FOUND_EXIF].charset;
    take(raw, a, out);
    look_through(gexiv2_metadata_get_exif_tags(of_kind(&f, FOUND_EXIF)), out);
    look_through(gexiv2_metadata_get_xmp_tags(of_kind(&f, FOUND_XMP)), out);
}
