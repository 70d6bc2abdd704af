/* media/original.h - originals where they are kept (media/receive.h puts them there). */
#ifndef MEDIA_ORIGINAL_H
#define MEDIA_ORIGINAL_H

#include "base/err.h"
#include "base/str.h"

/* The bytes of an original, in a. One that lies in media_dir, where older versions of the
 * program kept them for everybody to see, moves to originals_dir first.
 *   RC_NOT_FOUND  it is in neither folder
 *   RC_LIMIT, RC_FAILED */
enum rc media_original_read(const char *originals_dir, const char *media_dir,
                            struct str sha256, struct str ext, struct arena *a,
                            struct str *out, struct err *err) MUST_CHECK;

/* Is an original there as it was received? RC_NOT_FOUND; RC_FAILED: its bytes have
 * changed, or it cannot be read. The text names the file. */
enum rc media_original_check(const char *originals_dir, const char *media_dir,
                             struct str sha256, struct str ext,
                             struct err *err) MUST_CHECK;

#endif
