/* media/image.c - which format, which limits. */
#include "media/image.h"

#include "media/format.h"
#include "model/refusal.h"

struct format {
    struct str magic;   /* at the front of the file */
    struct str more;    /* at byte 8, "" if nothing */
    const char *brands; /* instead of both: of an ISO base media file */
    const char *mime, *ext;
    enum rc (*read)(const struct media_source *src, struct media_found *found,
                    struct err *err);
};

static const struct format formats[MEDIA_TYPE__MAX] = {
    [MEDIA_JPEG] = {STR_INIT("\xff\xd8\xff"), STR_INIT(""), NULL, "image/jpeg", "jpg",
                    media_jpeg_read},
    [MEDIA_PNG] = {STR_INIT("\x89PNG\r\n\x1a\n"), STR_INIT(""), NULL, "image/png", "png",
                   media_png_read},
    [MEDIA_WEBP] = {STR_INIT("RIFF"), STR_INIT("WEBP"), NULL, "image/webp", "webp",
                    media_webp_read},
    [MEDIA_AVIF] = {STR_INIT(""), STR_INIT(""), "avif", "image/avif", "avif",
                    media_avif_read},
    [MEDIA_HEIC] = {STR_INIT(""), STR_INIT(""), "heic heix", "image/heic", "heic",
                    media_heic_read},
};

/* What people try instead, so that the refusal can say what it is. */
static const struct {
    size_t at;
    struct str magic;
    const char *name;
} others[] = {
    {0, STR_INIT("GIF8"), "a GIF picture"},
    {0, STR_INIT("BM"), "a BMP picture"},
    {0, STR_INIT("II*\0"), "a TIFF picture or camera raw file"},
    {0, STR_INIT("MM\0*"), "a TIFF picture or camera raw file"},
    {4, STR_INIT("ftypavis"), "a sequence of AVIF pictures"},
    {4, STR_INIT("ftyphev"), "a sequence of HEIC pictures"},
    {4, STR_INIT("ftypavif"), "an AVIF picture that is cut off"},
    {4, STR_INIT("ftyphei"), "a HEIC picture that is cut off"},
    {4, STR_INIT("ftypmif1"), "a HEIF picture of another kind"},
    {4, STR_INIT("ftyp"), "a video"},
    {0, STR_INIT("\xff\x0a"), "a JPEG XL picture"},
    {0, STR_INIT("\0\0\0\x0cJXL "), "a JPEG XL picture"},
    {0, STR_INIT("\0\0\0\x0cjP  "), "a JPEG 2000 picture"},
    {0, STR_INIT("8BPS"), "a Photoshop file"},
    {0, STR_INIT("%PDF"), "a PDF file"},
    {0, STR_INIT("<svg"), "an SVG picture"},
    {0, STR_INIT("<?xml"), "an XML or SVG file"},
    {0, STR_INIT("<"), "an HTML page"},
    {0, STR_INIT("PK\x03\x04"), "a ZIP file"},
};

const char *
media_type_mime(enum media_type type)
{
    return formats[type].mime;
}

const char *
media_type_ext(enum media_type type)
{
    return formats[type].ext;
}

static bool
is_of(struct str head, const struct format *f)
{
    if (f->brands != NULL)
        return media_heif_has_brand(head, f->brands);
    return str_starts(head, f->magic) &&
           str_starts(str_from(head, f->more.n > 0 ? 8 : 0), f->more);
}

static int
find_format(struct str head)
{
    for (int i = 0; i < MEDIA_TYPE__MAX; i++)
        if (is_of(head, &formats[i]))
            return i;
    return -1;
}

static enum rc
refuse_format(struct str head, struct err *err)
{
    const char *name = head.n == 0 ? "an empty file" : "something else";
    for (size_t i = 0; i < N_ELEMENTS(others); i++)
        if (str_starts(str_from(head, others[i].at), others[i].magic)) {
            name = others[i].name;
            break;
        }
    err_field(err, "file", "%s; allowed is a JPEG, PNG, WebP, AVIF or HEIC picture",
              name);
    return err_because(err, RC_INVALID, REFUSED_FILE_FORMAT, 0, 0);
}

enum rc
media_several(const char *what, struct err *err)
{
    err_field(err, "file", "%s are not taken", what);
    return err_because(err, RC_INVALID, REFUSED_FILE_FRAMES, 0, 0);
}

enum rc
media_cut_off(const struct media_source *src, const char *what, struct err *err)
{
    if (src->size > src->head.n)
        return err_field(err, "file", "%s: no picture data in its first %zu bytes", what,
                         src->head.n);
    return err_field(err, "file", "%s: the file ends within its headers", what);
}

static enum rc
check_limits(const struct media_found *found, struct err *err)
{
    uint64_t w = found->width_px, h = found->height_px;
    if (w == 0 || h == 0) {
        err_field(err, "file", "a side of 0 pixels");
        return err_because(err, RC_INVALID, REFUSED_FILE_BROKEN, 0, 0);
    }
    if (w > MEDIA_SIDE_MAX_PX || h > MEDIA_SIDE_MAX_PX) {
        err_set(err, RC_LIMIT, "%u x %u pixels; allowed is %d a side", found->width_px,
                found->height_px, MEDIA_SIDE_MAX_PX);
        return err_because(err, RC_LIMIT, REFUSED_FILE_SIDE, 0, MEDIA_SIDE_MAX_PX);
    }
    if (w * h > MEDIA_AREA_MAX_PX) {
        int most = MEDIA_AREA_MAX_PX / 1000000;
        err_set(err, RC_LIMIT, "%u x %u pixels; allowed is %d million in all",
                found->width_px, found->height_px, most);
        return err_because(err, RC_LIMIT, REFUSED_FILE_AREA, 0, most);
    }
    return RC_OK;
}

/* What a reader says no more of is a file that is not whole. */
static enum rc
read_headers(const struct format *f, const struct media_source *src,
             struct media_found *found, struct err *err)
{
    enum rc rc = f->read(src, found, err);
    if (rc == RC_INVALID && err != NULL && err->reason == 0)
        return err_because(err, rc, REFUSED_FILE_BROKEN, 0, 0);
    return rc;
}

/* Where the format itself did not say: EXIF's orientations 5 to 8 swap the sides. */
static void
set_shown(struct media_found *f)
{
    bool is_turned = f->orientation >= 5;
    if (f->shown_width_px != 0)
        return;
    f->shown_width_px = is_turned ? f->height_px : f->width_px;
    f->shown_height_px = is_turned ? f->width_px : f->height_px;
}

enum rc
media_image_read(struct str head, uint64_t size, struct media_image *out, struct err *err)
{
    struct media_source src = {str_sub(head, 0, MEDIA_HEAD_SIZE),
                               size > head.n ? size : head.n};
    struct media_found found = {0};
    int i = find_format(src.head);
    if (i < 0)
        return refuse_format(src.head, err);
    TRY(read_headers(&formats[i], &src, &found, err));
    TRY(check_limits(&found, err));
    set_shown(&found);
    *out = (struct media_image){
        .type = (enum media_type)i,
        .width_px = (int)found.shown_width_px,
        .height_px = (int)found.shown_height_px,
        .orientation = found.orientation > 0 ? found.orientation : 1,
        .has_location = found.has_location,
    };
    return RC_OK;
}
