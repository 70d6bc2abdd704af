/* photo/words.h - the texts inside a picture's file: reading what somebody wrote there,
 * and writing what we give out (photo/words.def says where each stands). */
#ifndef PHOTO_WORDS_H
#define PHOTO_WORDS_H

#include "media/found.h"

/* Reads XMP, IIM and EXIF of a JPEG, PNG, WebP, AVIF or HEIC.
 *   picture  the whole file; broken, cut off or hostile metadata are passed over: what of
 *            it can be read is read, so there is no error
 *   out      texts as media_photo_clean makes them, in a. Of a list all are joined with
 *            ", ", of language alternatives x-default is taken, else the first. Texts of
 *            IIM and EXIF are decoded as photo/charset.h says. XMP wins over IIM and that
 *            over EXIF; an address must be one of the web to be taken. Two sources
 *            agree also if one has only as much as fits into IIM.
 * libvips must have been started (it opens AVIF and HEIC); gexiv2 is started here. */
void photo_words_read(struct str picture, struct arena *a, struct media_found_words *out);

/* Makes the blocks that carry the texts of p that are written INSIDE.
 *   xmp  a packet without padding (ISO 16684-1), as all formats hold it
 *   iim  for JPEG: the contents of an APP13 segment, an image resource of Photoshop
 *        (8BIM 0404) around IIM 4.2 marked as UTF-8; each text is cut at a character
 *        boundary to what IIM holds, and one with what looks like a tag of HTML is left
 *        out, as IIM escapes nothing. Absent if none of them has a place in IIM.
 * Both in a. RC_OK, RC_LIMIT (the packet would not fit into a JPEG segment: 65,502
 * bytes). */
enum rc photo_words_write(const struct photo *p, struct arena *a, struct str *xmp,
                          struct str *iim, struct err *err) MUST_CHECK;

/* The same picture with the texts of p inside and no other metadata: of a JPEG, PNG or
 * WebP. The bytes of the picture itself stay as they are, with its colour profile and
 * its orientation; all else that is not needed to show it (location, serial numbers,
 * thumbnails, keywords, what stands behind its end) is left out, since nobody could look
 * through it.
 *   out      in a
 *   returns  RC_OK; RC_INVALID (another format, or not whole); RC_LIMIT (as above) */
enum rc photo_words_rewrite(struct str picture, const struct photo *p, struct arena *a,
                            struct str *out, struct err *err) MUST_CHECK;

#endif
