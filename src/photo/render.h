/* photo/render.h - the files that are given out of a photo, made of its original.
 *
 * One decode: the picture is made smaller while it is read, turned as it was meant to be
 * seen, brought to sRGB and copied to memory; every size and crop is cut from that copy.
 * Nothing of the original's own metadata is in a file: a clean image gets the texts
 * ordered (photo/words.h) and says that its colours are sRGB (Exif 2.32 section 4.6.5,
 * ColorSpace; without a profile, which would be 7 KB in each file). */
#ifndef PHOTO_RENDER_H
#define PHOTO_RENDER_H

#include "model/rendition.h"
#include "photo/picture.h"

#include "base/err.h"

struct photo_file_made {
    struct str name, bytes;
    int width_px, height_px;
};
struct photo_files_made {
    struct photo_file_made all[RENDITION_FILES_MAX];
    int n;
};

/* Makes all files of a photo.
 *   picture  just opened
 *   bytes    those that it was opened with
 *   p        its texts, as they are to be written inside, and its focal point
 *   out      set only on RC_OK; lives in a
 *   returns  RC_OK; RC_INVALID, RC_LIMIT with the reason (photo_refuse_vips); RC_FAILED
 */
enum rc photo_render(const struct photo_picture *picture, struct str bytes,
                     const struct photo *p, struct arena *a, struct photo_files_made *out,
                     struct err *err) MUST_CHECK;

/* The whole photo in its full size as one JPEG, with p's texts inside; otherwise as
 * photo_render. */
enum rc photo_render_jpeg(const struct photo_picture *picture, struct str bytes,
                          const struct photo *p, struct arena *a,
                          struct photo_file_made *out, struct err *err) MUST_CHECK;

#endif
