/* media/place.h - where photo files lie, and putting one there.
 *
 * A file is named by the SHA-256 of its bytes and lies in a folder named by the first two
 * digits: media_dir/ab/ab12….jpg, served as /media/ab/ab12….jpg. So the same photo is
 * stored once, a name never changes its contents, and placing twice is placing once. */
#ifndef MEDIA_PLACE_H
#define MEDIA_PLACE_H

#include "media/image.h"

#include "base/err.h"
#include "base/str.h"

enum { MEDIA_FILE_MAX = 40 * 1000 * 1000 };

/* What is known of a file once it is in its place. */
struct media_photo {
    struct str sha256;       /* 64 lower-case hex digits */
    const char *mime, *ext;  /* "image/jpeg", "jpg"; static storage */
    int width_px, height_px; /* as shown */
    int64_t bytes;
    bool has_location; /* it says where it was taken; nothing removes that here */
};

/* What a photo file is, by all of its bytes; nothing is stored.
 *   from     a regular file of at most MEDIA_FILE_MAX bytes (symbolic links are followed)
 *   out      set only on RC_OK; sha256 lives in a
 *   returns  RC_OK; RC_NOT_FOUND (no such file); RC_INVALID, RC_LIMIT (as
 *            media_image_read, or too many bytes); RC_FAILED. The text names the file
 * hash_init must have been called. */
enum rc media_check(const char *from, struct arena *a, struct media_photo *out,
                    struct err *err) MUST_CHECK;

/* dir/ab/ab12….ext in a. sha is 64 hex digits. */
const char *media_path(struct arena *a, const char *dir, struct str sha, const char *ext);

/* Reads the path of a photo file's address, strictly: /media/ab/ab12…/960.jpg with the
 * lower-case hex digits of a digest, the folder that belongs to them and a name of
 * model/rendition.h. digest and file point into path. */
bool media_parse_path(struct str path, struct str *digest, struct str *file);

/* Where that file lies: dir/ab/ab12…/960.jpg in a. */
const char *media_rendition_path(struct arena *a, const char *dir, struct str digest,
                                 struct str file);

/* "image/jpeg" for "jpg" and so on, static storage; NULL for what is no extension of
 * ours. */
const char *media_ext_mime(struct str ext);

#endif
