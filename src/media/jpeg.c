/* media/jpeg.c - the segments of a JPEG up to its first scan (ITU-T T.81, annex B).
 *
 * Accepted are the processes every browser shows: baseline, extended sequential and
 * progressive, Huffman-coded, 8 bits. All that stands before the scan is walked, since
 * EXIF may come in any order and a second frame header must not contradict the first. */
#include "media/format.h"

enum {
    SOF0 = 0xc0,
    SOF2 = 0xc2,
    DHT = 0xc4,
    SOF15 = 0xcf,
    RST0 = 0xd0,
    SOI = 0xd8,
    EOI = 0xd9,
    SOS = 0xda,
    DNL = 0xdc,
    APP1 = 0xe1,
    TEM = 0x01
};

struct segment {
    uint32_t marker;
    struct str body; /* without marker and length */
    size_t next;
};

/* Markers that stand alone, and those that only may come inside or after a scan. */
static bool
is_out_of_place(uint32_t marker)
{
    return marker <= TEM || (marker >= RST0 && marker <= EOI) || marker == DNL;
}

/* The segment at `at`. Any number of 0xff may stand before a marker (B.1.1.2). */
static enum rc
read_segment(const struct media_source *src, size_t at, struct segment *seg,
             struct err *err)
{
    struct str head = src->head;
    size_t start = at;
    while (bytes_has(head, at, 1) && bytes_u8(head, at) == 0xff)
        at++;
    if (!bytes_has(head, at, 1))
        return media_cut_off(src, "JPEG", err);
    seg->marker = bytes_u8(head, at);
    if (at == start || is_out_of_place(seg->marker))
        return err_field(err, "file", "JPEG: no segment where one must be");
    if (!bytes_has(head, at, 3))
        return media_cut_off(src, "JPEG", err);
    size_t n = bytes_be16(head, at + 1);
    if (n < 2)
        return err_field(err, "file", "JPEG: a segment of wrong length");
    if (!bytes_has(head, at + 1, n))
        return media_cut_off(src, "JPEG", err);
    seg->body = str_sub(head, at + 3, n - 2);
    seg->next = at + 1 + n;
    return RC_OK;
}

/* A height of 0 (told later by a DNL segment) is refused with all other zeros. */
static enum rc
read_frame(const struct segment *seg, struct media_found *found, struct err *err)
{
    struct str b = seg->body;
    if (seg->marker > SOF2)
        return err_field(err, "file",
                         "JPEG: lossless, hierarchical or arithmetic coding");
    if (found->width_px != 0)
        return err_field(err, "file", "JPEG: two frame headers");
    if (!bytes_has(b, 0, 6) || b.n != 6 + 3 * (size_t)bytes_u8(b, 5))
        return err_field(err, "file", "JPEG: a frame header of wrong length");
    uint32_t n_components = bytes_u8(b, 5);
    if (bytes_u8(b, 0) != 8 || n_components < 1 || n_components > 4)
        return err_field(err, "file", "JPEG: not 8 bits in 1 to 4 components");
    found->height_px = bytes_be16(b, 1);
    found->width_px = bytes_be16(b, 3);
    if (found->height_px == 0 || found->width_px == 0)
        return err_field(err, "file", "JPEG: a side of 0 pixels");
    return RC_OK;
}

static void
read_app1(struct str body, struct media_found *found)
{
    static const struct str exif = STR_INIT("Exif\0\0");
    static const struct str xmp = STR_INIT("http://ns.adobe.com/x"); /* xap and xmp */
    if (str_starts(body, exif))
        media_exif_read(str_from(body, exif.n), found);
    else if (str_starts(body, xmp) && media_xmp_has_location(body))
        found->has_location = true;
}

static bool
is_frame(uint32_t marker)
{
    return marker >= SOF0 && marker <= SOF15 && marker != DHT;
}

static enum rc
check_scan(const struct segment *seg, const struct media_found *found, struct err *err)
{
    if (found->width_px == 0)
        return err_field(err, "file", "JPEG: a scan before the frame header");
    if (!bytes_has(seg->body, 0, 1) ||
        seg->body.n != 4 + 2 * (size_t)bytes_u8(seg->body, 0))
        return err_field(err, "file", "JPEG: a scan header of wrong length");
    return RC_OK;
}

enum rc
media_jpeg_read(const struct media_source *src, struct media_found *found,
                struct err *err)
{
    struct segment seg = {.marker = SOI, .next = 2};
    while (seg.marker != SOS) {
        TRY(read_segment(src, seg.next, &seg, err));
        if (is_frame(seg.marker))
            TRY(read_frame(&seg, found, err));
        else if (seg.marker == APP1)
            read_app1(seg.body, found);
    }
    return check_scan(&seg, found, err);
}
