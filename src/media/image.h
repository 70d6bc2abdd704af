/* media/image.h - what kind of picture a file is and how large, from its first bytes.
 *
 * JPEG, PNG, WebP, AVIF and HEIC by content, never by name. Only headers are read,
 * nothing is decoded, so it is no promise that the picture data behind them is whole.
 * Every read is inside the bytes given. */
#ifndef MEDIA_IMAGE_H
#define MEDIA_IMAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

enum media_type {
    MEDIA_JPEG,
    MEDIA_PNG,
    MEDIA_WEBP,
    MEDIA_AVIF,
    MEDIA_HEIC,
    MEDIA_TYPE__MAX
};

enum {
    MEDIA_HEAD_SIZE = 9 * 1000 * 1000, /* how many bytes of a file are looked at */
    MEDIA_SIDE_MAX_PX = 16000,
    MEDIA_AREA_MAX_PX = 60 * 1000 * 1000
};

struct media_image {
    enum media_type type;
    int width_px, height_px; /* as shown: turned and cropped as the file says */
    int orientation;   /* EXIF 1..8 of a JPEG; 1 when it says none or is another type */
    bool has_location; /* says where it was taken, as far as the head shows */
};

/* Reads the headers.
 *   head     the first bytes of the file; what is behind MEDIA_HEAD_SIZE is not looked at
 *   size     how many bytes the whole file has, at least head.n
 *   out      set only on RC_OK
 *   returns  RC_OK; RC_INVALID (field "file": another format, several pictures in one, a
 *            header cut off or wrong, a side of 0, no picture data in the head); RC_LIMIT
 *            (a side over MEDIA_SIDE_MAX_PX or more than MEDIA_AREA_MAX_PX in all);
 *            either with its reason (model/refusal.h)
 * The formats: ITU-T T.81 (JPEG), Exif 2.32, PNG (Third Edition), RFC 9649 (WebP),
 * ISO/IEC 14496-12 and 23008-12 (AVIF, HEIC). */
enum rc media_image_read(struct str head, uint64_t size, struct media_image *out,
                         struct err *err) MUST_CHECK;

/* "image/jpeg" and "jpg"; static storage. */
const char *media_type_mime(enum media_type type);
const char *media_type_ext(enum media_type type);

#endif
