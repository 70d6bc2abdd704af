/* media/png.c - the chunks of a PNG up to its picture data, and what is near behind it
 * (PNG Third Edition, sections 5 and 11). */
#include "media/format.h"

enum { CHUNK_FRAME = 12, IHDR_SIZE = 13, FIRST_CHUNK = 8 };

struct chunk {
    struct str type; /* 4 bytes */
    struct str body; /* as far as the head holds it */
    bool is_whole;   /* body, checksum and all are in the head */
    size_t next;     /* valid when is_whole */
};

uint32_t
media_crc32(struct str s)
{
    uint32_t crc = 0xffffffffU;
    for (size_t i = 0; i < s.n; i++) {
        crc ^= bytes_u8(s, i);
        for (int bit = 0; bit < 8; bit++)
            crc = (crc >> 1) ^ (0xedb88320U & (0U - (crc & 1)));
    }
    return ~crc;
}

/* Which bit depths each colour type may have (11.2.1), as bits 1, 2, 4, 8, 16. */
static bool
is_allowed_depth(uint32_t colour, uint32_t depth)
{
    static const uint32_t depths[7] = {
        1 | 2 | 4 | 8 | 16, 0, 8 | 16, 1 | 2 | 4 | 8, 8 | 16, 0, 8 | 16};
    bool is_power = depth != 0 && (depth & (depth - 1)) == 0;
    return colour < 7 && is_power && (depths[colour] & depth) != 0;
}

/* The chunk at `at`. A length over 2^31-1 is refused before it is used (5.3). */
static enum rc
read_chunk(const struct media_source *src, size_t at, struct chunk *c, struct err *err)
{
    struct str head = src->head;
    if (!bytes_has(head, at, 8))
        return media_cut_off(src, "PNG", err);
    size_t n = bytes_be32(head, at);
    if (n > 0x7fffffffU || n + CHUNK_FRAME > src->size - at)
        return err_field(err, "file", "PNG: a chunk reaches over the file's end");
    c->type = str_sub(head, at + 4, 4);
    c->body = str_sub(head, at + 8, n);
    c->is_whole = bytes_has(head, at, n + CHUNK_FRAME);
    c->next = at + n + CHUNK_FRAME;
    return RC_OK;
}

static enum rc
read_ihdr(const struct media_source *src, struct media_found *found, struct err *err)
{
    struct str head = src->head;
    if (!bytes_has(head, FIRST_CHUNK, CHUNK_FRAME + IHDR_SIZE))
        return media_cut_off(src, "PNG", err);
    if (bytes_be32(head, FIRST_CHUNK) != IHDR_SIZE ||
        !str_eq(str_sub(head, FIRST_CHUNK + 4, 4), STR("IHDR")))
        return err_field(err, "file", "PNG: no IHDR chunk of 13 bytes at its front");
    struct str checked = str_sub(head, FIRST_CHUNK + 4, 4 + IHDR_SIZE);
    if (media_crc32(checked) != bytes_be32(head, FIRST_CHUNK + 8 + IHDR_SIZE))
        return err_field(err, "file", "PNG: the IHDR chunk has a wrong checksum");
    struct str b = str_from(checked, 4);
    if (!is_allowed_depth(bytes_u8(b, 9), bytes_u8(b, 8)) || bytes_u8(b, 10) != 0 ||
        bytes_u8(b, 11) != 0 || bytes_u8(b, 12) > 1)
        return err_field(err, "file", "PNG: values in IHDR that do not exist");
    found->width_px = bytes_be32(b, 0);
    found->height_px = bytes_be32(b, 4);
    return RC_OK;
}

static void
read_metadata(const struct chunk *c, struct media_found *found)
{
    if (str_eq(c->type, STR("eXIf")))
        media_exif_read(c->body, found);
    else if (str_eq(c->type, STR("iTXt")) &&
             str_starts(c->body, STR("XML:com.adobe.xmp")) &&
             media_xmp_has_location(c->body))
        found->has_location = true;
}

/* eXIf may stand behind the picture data; what of that is not in the head is not seen. */
static void
read_rest(const struct media_source *src, struct chunk c, struct media_found *found)
{
    struct err ignored;
    while (c.is_whole && !str_eq(c.type, STR("IEND")) &&
           read_chunk(src, c.next, &c, &ignored) == RC_OK)
        read_metadata(&c, found);
}

enum rc
media_png_read(const struct media_source *src, struct media_found *found, struct err *err)
{
    TRY(read_ihdr(src, found, err));
    struct chunk c = {.next = FIRST_CHUNK + CHUNK_FRAME + IHDR_SIZE};
    for (;;) {
        TRY(read_chunk(src, c.next, &c, err));
        if (str_eq(c.type, STR("IDAT")))
            break;
        if (str_eq(c.type, STR("acTL")))
            return media_several("PNG: animated pictures", err);
        if (str_eq(c.type, STR("IHDR")) || str_eq(c.type, STR("IEND")))
            return err_field(err, "file", "PNG: no picture data where it must be");
        if (!c.is_whole)
            return media_cut_off(src, "PNG", err);
        read_metadata(&c, found);
    }
    read_rest(src, c, found);
    found->orientation =
        1; /* eXIf's is not followed by all browsers, so it means nothing */
    return RC_OK;
}
