/* news/photo.h - the photo library: adding, reading, changing, withdrawing a photo.
 *
 * Each call that changes something is one write transaction with its line in the audit
 * log, which is about the photo's sha256. RC_DENIED: the actor may not; RC_NOT_FOUND: no
 * such photo; RC_BUSY, RC_FAILED everywhere. */
#ifndef NEWS_PHOTO_H
#define NEWS_PHOTO_H

#include "model/photo.h"
#include "news/desk.h"
#include "store/photo.h"

/* Remembers a photo whose original is safe on disk, with its texts, and has its files
 * made soon. Who and when are the desk's. RIGHT_PHOTO_ADD.
 *   id, is_known  set on RC_OK; of the same original again the one that is there, and
 *                 nothing changes
 *   RC_INVALID    names the key that is wrong */
enum rc news_photo_add(const struct desk *d, const struct library_photo *p, int64_t *id,
                       bool *is_known, struct err *err) MUST_CHECK;

/* A photo of the library. RIGHT_PHOTO_VIEW. */
enum rc news_photo(const struct desk *d, int64_t id, struct arena *a,
                   struct library_photo *out, struct err *err) MUST_CHECK;
enum rc news_photo_by_sha256(const struct desk *d, struct str sha256, struct arena *a,
                             struct library_photo *out, struct err *err) MUST_CHECK;

/* May the actor change it? Who added it while no text names it that is approved, out or
 * not, or waits for review: what somebody has read stays as they read it. Editors and
 * administrators always. RC_DENIED. */
enum rc news_photo_may_edit(const struct desk *d, const struct library_photo *p,
                            struct err *err) MUST_CHECK;

/* Changes texts, focal point and end of rights, and says that somebody looked at them
 * (confirmed_at). In the same transaction every item that follows the photo follows.
 * RIGHT_PHOTO_EDIT.
 *   version      as it was read
 *   RC_CONFLICT  somebody changed it meanwhile
 *   RC_INVALID   names the key that is wrong; "credit": an approved text would be left
 *                without */
enum rc news_photo_change(const struct desk *d, int64_t id, int64_t version,
                          const struct photo *p, struct err *err) MUST_CHECK;

/* One of several changes. */
struct photo_change {
    int64_t id, version; /* as for news_photo_change */
    struct photo photo;  /* what is to be said of it */
    struct err refused;  /* rc RC_OK: nothing stands in its way; else as there */
};

/* Makes all of the changes in one transaction, or none of them: then RC_CONFLICT, and
 * each says what stands in its own way. */
enum rc news_photos_change(const struct desk *d, struct photo_change *all, int n,
                           struct err *err) MUST_CHECK;

/* Takes a photo off every page, now; and back, as far as its rights go.
 * RIGHT_PHOTO_WITHDRAW. RC_INVALID "reason": none, or too long; RC_CONFLICT: it is
 * withdrawn already, or is not. */
enum rc news_photo_withdraw(const struct desk *d, int64_t id, struct str reason,
                            struct err *err) MUST_CHECK;
enum rc news_photo_reinstate(const struct desk *d, int64_t id,
                             struct err *err) MUST_CHECK;

/* Up to limit uses: items whose approved or newest text names the photo, newest first.
 * Those of a draft the actor may not see are there as well, so that nobody is told that a
 * photo is free which is not, but without their item (id 0). RIGHT_PHOTO_VIEW. */
enum rc news_photo_uses(const struct desk *d, int64_t id, int limit, struct arena *a,
                        struct photo_uses *out, struct err *err) MUST_CHECK;

#endif
