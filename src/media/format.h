/* media/format.h - the readers of single formats, and reading numbers out of bytes; for
 * this folder and photo/, which writes them.
 *
 * The rule that keeps this safe: bytes_has first, then a number. Positions and lengths
 * are size_t or uint64_t and compared by subtraction, so no sum can wrap around. */
#ifndef MEDIA_FORMAT_H
#define MEDIA_FORMAT_H

#include "base/err.h"
#include "base/str.h"

/* The head of a file and how large the file is. */
struct media_source {
    struct str head;
    uint64_t size;
};

/* What a format's header says, not yet held against the limits. */
struct media_found {
    uint32_t width_px, height_px;             /* as stored */
    uint32_t shown_width_px, shown_height_px; /* 0: as stored, turned by orientation */
    int orientation;
    bool has_location;
};

/* Is the range of n bytes at `at` inside s? */
static inline bool
bytes_has(struct str s, size_t at, size_t n)
{
    return at <= s.n && n <= s.n - at;
}

/* Numbers at a position that bytes_has was true for; be big-endian, le little-endian. */
static inline uint32_t
bytes_u8(struct str s, size_t at)
{
    return (unsigned char)s.p[at];
}

static inline uint32_t
bytes_be16(struct str s, size_t at)
{
    return bytes_u8(s, at) << 8 | bytes_u8(s, at + 1);
}

static inline uint32_t
bytes_be32(struct str s, size_t at)
{
    return bytes_be16(s, at) << 16 | bytes_be16(s, at + 2);
}

static inline uint32_t
bytes_le16(struct str s, size_t at)
{
    return bytes_u8(s, at) | bytes_u8(s, at + 1) << 8;
}

static inline uint32_t
bytes_le24(struct str s, size_t at)
{
    return bytes_le16(s, at) | bytes_u8(s, at + 2) << 16;
}

static inline uint32_t
bytes_le32(struct str s, size_t at)
{
    return bytes_le16(s, at) | bytes_le16(s, at + 2) << 16;
}

/* Each reads the headers of one format whose first bytes were recognised. found begins as
 * all zero. RC_OK, RC_INVALID (field "file"). */
enum rc media_jpeg_read(const struct media_source *src, struct media_found *found,
                        struct err *err) MUST_CHECK;
enum rc media_png_read(const struct media_source *src, struct media_found *found,
                       struct err *err) MUST_CHECK;
enum rc media_webp_read(const struct media_source *src, struct media_found *found,
                        struct err *err) MUST_CHECK;

enum rc media_avif_read(const struct media_source *src, struct media_found *found,
                        struct err *err) MUST_CHECK;
enum rc media_heic_read(const struct media_source *src, struct media_found *found,
                        struct err *err) MUST_CHECK;

/* Does a file of the ISO base media format begin here, of one of the brands, which are
 * words with a space between? */
bool media_heif_has_brand(struct str head, const char *brands);

/* Refuses a file with several pictures in it; what: "PNG: animated pictures". */
enum rc media_several(const char *what, struct err *err);

/* Refuses because the bytes end: the file itself, or the part of it that is looked at. */
enum rc media_cut_off(const struct media_source *src, const char *what, struct err *err);

/* Looks through an EXIF block (a TIFF structure, Exif 2.32 section 4.5.2). Sets
 * found->orientation and found->has_location where it says so, leaves them otherwise; a
 * broken block is no error, cameras write many. */
void media_exif_read(struct str tiff, struct media_found *found);

/* PNG's checksum (CRC-32 of ISO 3309), bit by bit: the few bytes do not need a table. */
uint32_t media_crc32(struct str s);

/* Does an XMP packet name a position? */
bool media_xmp_has_location(struct str packet);

#endif
