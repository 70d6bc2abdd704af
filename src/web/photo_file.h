/* web/photo_file.h - the original of a photo, for the newsroom and its programs. */
#ifndef WEB_PHOTO_FILE_H
#define WEB_PHOTO_FILE_H

#include "model/photo.h"
#include "web/visit.h"

/* Answers with the file as it was received, to be kept under the name it came with.
 * RC_FAILED: it is gone. */
enum rc photo_file_original(struct visit *v, const struct library_photo *p,
                            struct http_response *r, struct err *err) MUST_CHECK;

/* The same with the texts of the library inside. RC_BUSY: no helper had time. */
enum rc photo_file_edited(struct visit *v, const struct library_photo *p,
                          struct http_response *r, struct err *err) MUST_CHECK;

#endif
