/* media/burden.h - what a picture file costs whoever reads it, apart from its pixels: how
 * often it paints over itself, how much text it carries, also packed. Looked at before
 * any library does. */
#ifndef MEDIA_BURDEN_H
#define MEDIA_BURDEN_H

#include "media/image.h"

enum {
    MEDIA_SCANS_MAX = 100, /* of a JPEG; cameras and programs write about ten */
    MEDIA_TEXTS_MAX = 8 * 1000 * 1000 /* bytes of texts, profiles, thumbnails, unpacked */
};

/* Walks a whole file that media_image_read has taken. What is out of order is passed
 * over: whether the file is whole is for those to say who decode it.
 *   returns  RC_OK, RC_LIMIT (reason REFUSED_FILE_SCANS, REFUSED_FILE_TEXTS)
 * ITU-T T.81 B.1 (JPEG), PNG Third Edition 5 and 11.3, RFC 9649 (WebP). Of AVIF and HEIC,
 * which pack no texts, nothing is looked at. */
enum rc media_burden_check(enum media_type type, struct str file,
                           struct err *err) MUST_CHECK;

#endif
