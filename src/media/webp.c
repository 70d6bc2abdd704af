/* media/webp.c - the chunks of a WebP file (RFC 9649): VP8, VP8L, or VP8X around one. */
#include "media/format.h"

enum {
    RIFF_HEADER = 12,
    CHUNK_HEADER = 8,
    VP8X_SIZE = 10,
    VP8X_ANIMATED = 0x02,
    VP8_SIZE_MIN = 10, /* frame tag, start code, width, height */
    VP8L_SIZE_MIN = 5,
    SIDE_BITS = 0x3fff
};

struct chunk {
    struct str type; /* 4 bytes */
    struct str body; /* as far as the head holds it */
    uint64_t size;   /* as its header says */
    uint64_t next;
};

/* The chunk at `at`, below `end`, where the RIFF container says it ends. Chunks are
 * padded to an even length, which some writers forget at the very end. */
static enum rc
read_chunk(const struct media_source *src, uint64_t at, uint64_t end, struct chunk *c,
           struct err *err)
{
    if (end - at < CHUNK_HEADER)
        return err_field(err, "file", "WebP: no picture data in it");
    if (at > src->head.n || !bytes_has(src->head, (size_t)at, CHUNK_HEADER))
        return media_cut_off(src, "WebP", err);
    c->type = str_sub(src->head, (size_t)at, 4);
    c->size = bytes_le32(src->head, (size_t)at + 4);
    if (c->size > end - at - CHUNK_HEADER)
        return err_field(err, "file", "WebP: a chunk reaches over the container's end");
    c->body = str_sub(src->head, (size_t)at + CHUNK_HEADER, (size_t)c->size);
    c->next = at + CHUNK_HEADER + c->size + (c->size & 1);
    c->next = c->next < end ? c->next : end;
    return RC_OK;
}

/* The uncompressed part of a key frame's header (RFC 6386 section 9.1). */
static enum rc
read_vp8(const struct media_source *src, const struct chunk *c, struct media_found *found,
         struct err *err)
{
    if (c->size < VP8_SIZE_MIN)
        return err_field(err, "file", "WebP: a picture of wrong length");
    if (!bytes_has(c->body, 0, VP8_SIZE_MIN))
        return media_cut_off(src, "WebP", err);
    uint32_t tag = bytes_u8(c->body, 0);
    bool is_key_frame = (tag & 1) == 0, is_shown = (tag & 0x10) != 0;
    if (!is_key_frame || !is_shown || bytes_le24(c->body, 3) != 0x2a019d)
        return err_field(err, "file", "WebP: a wrong VP8 header");
    found->width_px = bytes_le16(c->body, 6) & SIDE_BITS;
    found->height_px = bytes_le16(c->body, 8) & SIDE_BITS;
    return RC_OK;
}

/* RFC 9649 section 3.4: signature, 14 bits each of width-1 and height-1, alpha, version.
 */
static enum rc
read_vp8l(const struct media_source *src, const struct chunk *c,
          struct media_found *found, struct err *err)
{
    if (c->size < VP8L_SIZE_MIN)
        return err_field(err, "file", "WebP: a picture of wrong length");
    if (!bytes_has(c->body, 0, VP8L_SIZE_MIN))
        return media_cut_off(src, "WebP", err);
    uint32_t bits = bytes_le32(c->body, 1);
    if (bytes_u8(c->body, 0) != 0x2f || bits >> 29 != 0)
        return err_field(err, "file", "WebP: a wrong VP8L header");
    found->width_px = (bits & SIDE_BITS) + 1;
    found->height_px = (bits >> 14 & SIDE_BITS) + 1;
    return RC_OK;
}

static bool
is_picture(const struct chunk *c)
{
    return str_eq(c->type, STR("VP8 ")) || str_eq(c->type, STR("VP8L"));
}

static enum rc
read_picture(const struct media_source *src, const struct chunk *c,
             struct media_found *found, struct err *err)
{
    if (str_eq(c->type, STR("VP8L")))
        return read_vp8l(src, c, found, err);
    return read_vp8(src, c, found, err);
}

static enum rc
read_vp8x(const struct media_source *src, const struct chunk *c,
          struct media_found *canvas, struct err *err)
{
    if (c->size != VP8X_SIZE)
        return err_field(err, "file", "WebP: a VP8X header of wrong length");
    if (!bytes_has(c->body, 0, VP8X_SIZE))
        return media_cut_off(src, "WebP", err);
    if ((bytes_u8(c->body, 0) & VP8X_ANIMATED) != 0)
        return media_several("WebP: animated pictures", err);
    canvas->width_px = bytes_le24(c->body, 4) + 1;
    canvas->height_px = bytes_le24(c->body, 7) + 1;
    return RC_OK;
}

static void
read_metadata(const struct chunk *c, struct media_found *found)
{
    struct str exif = c->body;
    if (str_eq(c->type, STR("EXIF"))) {
        if (str_starts(exif, STR("Exif\0\0"))) /* some writers keep JPEG's prefix */
            exif = str_from(exif, 6);
        media_exif_read(exif, found);
    } else if (str_eq(c->type, STR("XMP ")) && media_xmp_has_location(c->body)) {
        found->has_location = true;
    }
}

/* Metadata stands behind the picture; what of it is not in the head is not seen. */
static void
read_rest(const struct media_source *src, struct chunk c, uint64_t end,
          struct media_found *found)
{
    struct err ignored;
    while (c.next < end && read_chunk(src, c.next, end, &c, &ignored) == RC_OK)
        read_metadata(&c, found);
}

/* The chunks behind VP8X up to the picture, whose size must be the canvas' (section
 * 2.7): a decoder that believes one and a page that believes the other would differ. */
static enum rc
read_extended(const struct media_source *src, struct chunk c, uint64_t end,
              struct media_found *found, struct err *err)
{
    struct media_found canvas = {0};
    TRY(read_vp8x(src, &c, &canvas, err));
    do {
        TRY(read_chunk(src, c.next, end, &c, err));
        if (str_eq(c.type, STR("ANIM")) || str_eq(c.type, STR("ANMF")))
            return media_several("WebP: animated pictures", err);
        read_metadata(&c, found);
    } while (!is_picture(&c));
    TRY(read_picture(src, &c, found, err));
    if (found->width_px != canvas.width_px || found->height_px != canvas.height_px)
        return err_field(err, "file", "WebP: picture and canvas differ in size");
    read_rest(src, c, end, found);
    return RC_OK;
}

enum rc
media_webp_read(const struct media_source *src, struct media_found *found,
                struct err *err)
{
    uint64_t end = (uint64_t)bytes_le32(src->head, 4) + 8;
    struct chunk c = {0};
    if (end < RIFF_HEADER || end > src->size)
        return err_field(err, "file", "WebP: the container is longer than the file");
    TRY(read_chunk(src, RIFF_HEADER, end, &c, err));
    if (str_eq(c.type, STR("VP8X")))
        TRY(read_extended(src, c, end, found, err));
    else if (is_picture(&c))
        TRY(read_picture(src, &c, found, err));
    else
        return err_field(err, "file", "WebP: no picture data where it must be");
    found->orientation = 1; /* EXIF's is not followed by all browsers: it means nothing */
    return RC_OK;
}
