/* media/take.h - from received bytes to a photo of the library: looked at by the photo
 * helper, kept, and with the texts that its file holds. */
#ifndef MEDIA_TAKE_H
#define MEDIA_TAKE_H

#include "media/helper.h"
#include "media/receive.h"
#include "model/photo.h"

/* Has a picture decoded by a helper without keeping it: m says what its headers say.
 *   out      its file and size, the texts found inside, `found`; nothing else. Lives in a
 *   returns  RC_OK; RC_INVALID, RC_LIMIT, RC_BUSY, RC_FAILED as media_take */
enum rc media_take_look(const struct media_helper *h, struct str bytes,
                        const struct media_photo *m, struct arena *a,
                        struct library_photo *out, struct err *err) MUST_CHECK;

/* After the last bytes were added: the whole picture is decoded by a helper, and the file
 * put in its place. Its row is the caller's to add (news_photo_add).
 *   out      set only on RC_OK; lives in a, which must outlive r: file, size, texts found
 *            inside, `found`; nothing else
 *   returns  RC_OK; RC_INVALID, RC_LIMIT with a reason of model/refused_file.def (the
 *            picture is refused); RC_BUSY (no helper was free); RC_FAILED. Nothing is
 *            kept then */
enum rc media_take(struct media_receive *r, const struct media_helper *h, struct arena *a,
                   struct library_photo *out, struct err *err) MUST_CHECK;

#endif
