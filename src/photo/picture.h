/* photo/picture.h - a picture out of bytes, held against the limits before anything is
 * decoded. */
#ifndef PHOTO_PICTURE_H
#define PHOTO_PICTURE_H

#include <vips/vips.h>

#include "media/image.h"
#include "model/refusal.h"

#include "base/err.h"
#include "base/str.h"

enum {
    PHOTO_BYTES_MAX = 40 * 1000 * 1000,
    PHOTO_MEGAPIXELS_MAX = MEDIA_AREA_MAX_PX / 1000000
};

struct photo_picture {
    struct media_image head; /* by our own reader */
    VipsImage *image;        /* as stored: not turned yet; for photo_picture_close */
};

/* Reads the headers, with our own reader and with libvips, which must agree. Pixels are
 * decoded when they are asked for, in one pass from top to bottom, those of a WebP at
 * once; damage is then an error.
 *   bytes    must outlive the picture
 *   returns  RC_OK; RC_INVALID, RC_LIMIT with the reason; RC_FAILED */
enum rc photo_picture_open(struct str bytes, struct photo_picture *out,
                           struct err *err) MUST_CHECK;
void photo_picture_close(struct photo_picture *p);

/* Decodes every pixel and keeps none. RC_OK; RC_INVALID, RC_LIMIT with the reason. */
enum rc photo_picture_decode(const struct photo_picture *p, struct err *err) MUST_CHECK;

/* Fills err and returns its code: a file refused for a reason of model/refusal.h; detail
 * is for the log. */
enum rc photo_refuse(struct err *err, enum refusal why, int64_t number,
                     const char *detail) MUST_CHECK;

/* After a call of libvips that failed: refuses the file with what libvips says, because
 * memory ran out or because the file is broken. */
enum rc photo_refuse_vips(struct err *err) MUST_CHECK;

#endif
