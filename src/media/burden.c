/* media/burden.c - walking a file from end to end. */
#include "media/burden.h"

#include "media/format.h"
#include "model/refusal.h"

#include "base/gzip.h"

struct burden {
    int scans;
    size_t texts; /* bytes */
};

/* --- JPEG -------------------------------------------------------------------- */

enum { RST0 = 0xd0, RST7 = 0xd7, EOI = 0xd9, SOS = 0xda, APP0 = 0xe0, APP15 = 0xef };
enum { COM = 0xfe, FIRST_SEGMENT = 2 };

/* Where the next marker's code stands, or file.n. A 0xff of the picture data is followed
 * by 0, and restart marks belong to the data (B.1.1.2, B.1.1.5). */
static size_t
next_marker(struct str file, size_t at)
{
    for (at += str_find(str_from(file, at), (char)0xff); bytes_has(file, at, 2);
         at += str_find(str_from(file, at), (char)0xff)) {
        uint32_t code = bytes_u8(file, at + 1);
        if (code != 0 && code != 0xff && !(code >= RST0 && code <= RST7))
            return at + 1;
        at++;
    }
    return file.n;
}

static void
weigh_jpeg(struct str file, struct burden *b)
{
    size_t at = next_marker(file, FIRST_SEGMENT);
    while (bytes_has(file, at, 3) && bytes_u8(file, at) != EOI) {
        uint32_t code = bytes_u8(file, at);
        size_t n = bytes_be16(file, at + 1);
        b->scans += code == SOS;
        if ((code >= APP0 && code <= APP15) || code == COM)
            b->texts += n;
        at = next_marker(file, at + 1 + n);
    }
}

/* --- PNG --------------------------------------------------------------------- */

enum { PNG_FIRST_CHUNK = 8, PNG_FRAME = 12, ANCILLARY = 0x20 };

/* Chunks with a zlib stream inside, behind so many texts ended by a zero byte and so many
 * bytes more (11.3.2.3, 11.3.3.3, 11.3.3.4). */
static const struct {
    const char *type;
    int texts_before, bytes_between, texts_behind;
} packed_chunks[] = {
    {"iCCP", 1, 1, 0},
    {"zTXt", 1, 1, 0},
    {"iTXt", 1, 2, 2},
};

static struct str
skip_texts(struct str s, int n)
{
    while (n-- > 0 && s.p != NULL)
        (void)str_cut(&s, '\0');
    return s;
}

/* An iTXt that is not packed does not unpack. */
static size_t
unpacked_size(struct str type, struct str body)
{
    for (size_t i = 0; i < N_ELEMENTS(packed_chunks); i++)
        if (str_eq_z(type, packed_chunks[i].type)) {
            struct str s = skip_texts(body, packed_chunks[i].texts_before);
            s = str_from(s, (size_t)packed_chunks[i].bytes_between);
            s = skip_texts(s, packed_chunks[i].texts_behind);
            return zlib_unpacked_size(s, MEDIA_TEXTS_MAX + 1);
        }
    return 0;
}

static void
weigh_png(struct str file, struct burden *b)
{
    size_t n;
    for (size_t at = PNG_FIRST_CHUNK;
         bytes_has(file, at, PNG_FRAME) && b->texts <= MEDIA_TEXTS_MAX;
         at += n + PNG_FRAME) {
        struct str type = str_sub(file, at + 4, 4);
        n = bytes_be32(file, at);
        if (!bytes_has(file, at + 8, n))
            return;
        if ((type.p[0] & ANCILLARY) != 0)
            b->texts += n + unpacked_size(type, str_sub(file, at + 8, n));
    }
}

/* --- WebP -------------------------------------------------------------------- */

enum { RIFF_FIRST_CHUNK = 12, RIFF_FRAME = 8 };

static void
weigh_webp(struct str file, struct burden *b)
{
    size_t n;
    for (size_t at = RIFF_FIRST_CHUNK; bytes_has(file, at, RIFF_FRAME);
         at += RIFF_FRAME + n + n % 2) {
        struct str type = str_sub(file, at, 4);
        n = bytes_le32(file, at + 4);
        if (str_eq_z(type, "EXIF") || str_eq_z(type, "XMP ") || str_eq_z(type, "ICCP"))
            b->texts += n;
    }
}

/* --- which ------------------------------------------------------------------- */

static enum rc
refuse(struct err *err, enum refusal why, const char *what, int most)
{
    err_set(err, RC_LIMIT, "%s: more than %d", what, most);
    return err_because(err, RC_LIMIT, (int)why, 0, most);
}

enum rc
media_burden_check(enum media_type type, struct str file, struct err *err)
{
    static void (*const weigh[MEDIA_TYPE__MAX])(struct str file, struct burden * b) = {
        [MEDIA_JPEG] = weigh_jpeg,
        [MEDIA_PNG] = weigh_png,
        [MEDIA_WEBP] = weigh_webp,
    };
    struct burden b = {0, 0};
    if (weigh[type] != NULL)
        weigh[type](file, &b);
    if (b.scans > MEDIA_SCANS_MAX)
        return refuse(err, REFUSED_FILE_SCANS, "scans of a JPEG", MEDIA_SCANS_MAX);
    if (b.texts > MEDIA_TEXTS_MAX)
        return refuse(err, REFUSED_FILE_TEXTS, "megabytes of texts and profiles",
                      MEDIA_TEXTS_MAX / 1000000);
    return RC_OK;
}
