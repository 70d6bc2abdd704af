/* media/exif.c - orientation and position out of EXIF and XMP, as far as they can be
 * read.
 *
 * Two directories are looked at: the first one, and the GPS one it points to. No pointer
 * is followed further, so no ring of pointers can hold us. */
#include "media/format.h"

enum {
    TAG_ORIENTATION = 0x0112,
    TAG_GPS_IFD = 0x8825,
    TAG_GPS_LATITUDE = 0x0002,
    TAG_GPS_LONGITUDE = 0x0004,
    TAG_GPS_DEST_LATITUDE = 0x0014,
    TAG_GPS_DEST_LONGITUDE = 0x0016,
    TYPE_SHORT = 3,
    TYPE_LONG = 4,
    ENTRY_SIZE = 12,
    ENTRIES_MAX = 512
};

struct tiff {
    struct str bytes;
    bool is_big_endian;
};

struct entry {
    uint32_t tag, type, count, value;
};

static uint32_t
u16(const struct tiff *t, size_t at)
{
    return t->is_big_endian ? bytes_be16(t->bytes, at) : bytes_le16(t->bytes, at);
}

static uint32_t
u32(const struct tiff *t, size_t at)
{
    return t->is_big_endian ? bytes_be32(t->bytes, at) : bytes_le32(t->bytes, at);
}

static bool
open_tiff(struct str bytes, struct tiff *t)
{
    if (!bytes_has(bytes, 0, 8))
        return false;
    *t = (struct tiff){bytes, bytes.p[0] == 'M'};
    return (str_starts(bytes, STR("II")) || str_starts(bytes, STR("MM"))) &&
           u16(t, 2) == 42;
}

/* How many entries the directory at `at` has, cut to what is there; 0 if none. */
static size_t
count_entries(const struct tiff *t, size_t at)
{
    if (!bytes_has(t->bytes, at, 2))
        return 0;
    size_t said = u16(t, at), there = (t->bytes.n - at - 2) / ENTRY_SIZE;
    said = said < there ? said : there;
    return said < ENTRIES_MAX ? said : ENTRIES_MAX;
}

/* Entry i of the directory at dir; i is below count_entries. A SHORT stands in the first
 * two of the four bytes of the value. */
static struct entry
entry_at(const struct tiff *t, size_t dir, size_t i)
{
    size_t at = dir + 2 + i * ENTRY_SIZE;
    struct entry e = {.tag = u16(t, at), .type = u16(t, at + 2), .count = u32(t, at + 4)};
    e.value = e.type == TYPE_SHORT ? u16(t, at + 8) : u32(t, at + 8);
    return e;
}

/* Cameras without a fix write a GPS directory that holds no position. One that cannot be
 * read counts as a position: a warning too many does no harm. */
static bool
gps_has_position(const struct tiff *t, size_t dir)
{
    size_t n = count_entries(t, dir);
    for (size_t i = 0; i < n; i++) {
        uint32_t tag = entry_at(t, dir, i).tag;
        if (tag == TAG_GPS_LATITUDE || tag == TAG_GPS_LONGITUDE ||
            tag == TAG_GPS_DEST_LATITUDE || tag == TAG_GPS_DEST_LONGITUDE)
            return true;
    }
    return n == 0;
}

void
media_exif_read(struct str tiff, struct media_found *found)
{
    struct tiff t;
    if (!open_tiff(tiff, &t))
        return;
    size_t dir = u32(&t, 4), n = count_entries(&t, dir);
    for (size_t i = 0; i < n; i++) {
        struct entry e = entry_at(&t, dir, i);
        if (e.tag == TAG_ORIENTATION && e.type == TYPE_SHORT && e.count == 1 &&
            e.value >= 1 && e.value <= 8)
            found->orientation = (int)e.value;
        else if (e.tag == TAG_GPS_IFD && e.type == TYPE_LONG && e.count == 1)
            found->has_location = found->has_location || gps_has_position(&t, e.value);
    }
}

/* The property names of XMP's EXIF schema; as an attribute or an element, in any
 * serialisation that is not compressed. */
bool
media_xmp_has_location(struct str packet)
{
    return str_find_str(packet, STR("GPSLatitude")) < packet.n ||
           str_find_str(packet, STR("GPSLongitude")) < packet.n;
}
