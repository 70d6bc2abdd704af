/* web/upload.h - photos that come with a request.
 *
 * The gates read the body: its files go, as they come, to files without a name among the
 * originals, and nothing is done with them before all of the body was right. The handler
 * then has each looked at and taken into the library. A file that is refused does the
 * others no harm; what was not taken is gone when the request ends. */
#ifndef WEB_UPLOAD_H
#define WEB_UPLOAD_H

#include "http/multipart.h"
#include "media/receive.h"
#include "news/photo.h"
#include "web/visit.h"

#define UPLOAD_FIELD "photo" /* the form's field of the files */

struct upload_file {
    struct str name; /* as it was called; "" if that was not told */
    struct media_receive in;
    struct err problem; /* rc RC_OK: none; else with its reason (model/refusal.h) */
    bool is_known;      /* the library had it already, and nothing has changed */
    struct library_photo photo; /* without a problem, after upload_take */
};

struct upload {
    const char *originals_dir;
    struct upload_file files[HTTP_PARTS_MAX];
    int n;
    struct str token; /* what the form's field "csrf" must say before a file comes */
    const struct http_form *form;
};

/* Is the row one that photos come to: a WRITE with the right to add some? */
bool upload_is_for(const struct route *route);

/* The longest body such a row reads, in bytes. */
int64_t upload_most(const struct conf *conf);

/* Reads a form with files (its boundary is known) into v->staff.form and
 * v->staff.upload. token: absent if none is needed. RC_OK; RC_INVALID, RC_LIMIT (as
 * http_multipart_read, or over upload_most); RC_DENIED: a file came before the token. */
enum rc upload_read_form(struct visit *v, struct str boundary, struct str token,
                         struct err *err) MUST_CHECK;

/* Reads a body that is one photo into v->staff.upload. RC_OK, RC_INVALID, RC_LIMIT. */
enum rc upload_read_photo(struct visit *v, struct err *err) MUST_CHECK;

/* Reads what is left of the body and forgets it, so that the web server, which is still
 * sending it, takes the answer. */
void upload_drop(struct visit *v);

/* Takes each file into the library, or notes its problem. Any other code than RC_OK is of
 * the database. */
enum rc upload_take(struct visit *v, const struct desk *d, struct err *err) MUST_CHECK;

/* How many were taken. */
int upload_taken(const struct upload *u);

#endif
