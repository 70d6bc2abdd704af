/* web/web.h - the doors of the site, as the processes below `serve` see them.
 *
 * A worker opens one struct web after fork and asks it to answer requests, one
 * at a time. The work process keeps the database through struct web_work. */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include "conf/conf.h"
#include "http/request.h"
#include "http/response.h"

#include "base/buf.h"

struct web;
struct web_work;

/* Which addresses a process answers: everything below /admin/, or everything else. Each
 * says 404 to what is the other's. */
enum web_door { WEB_PUBLIC, WEB_STAFF };

/* Loads templates, language files and the static file list, and opens the database: the
 * public door read-only, the staff door for writing. A database that cannot be opened is
 * not fatal: requests are answered 503 and opening is tried again. conf must outlive it.
 *   RC_INVALID  a template or language file of the operator is wrong (file and line)
 *   RC_FAILED */
enum rc web_open(const struct conf *conf, struct web **out, struct err *err) MUST_CHECK;
void web_close(struct web *w);

/* Says which door this process keeps, before its first request; WEB_PUBLIC unless told.
 */
void web_take_door(struct web *w, enum web_door door);

/* Lets this process ask photo helpers through an inherited socket (media/helper.h); -1:
 * there is none. */
void web_take_photo_socket(struct web *w, int fd);

/* Should a fresh process take the place of this one? So when the database is there and
 * cannot be opened: the sandbox may know only the file that was there before. */
bool web_is_tired(const struct web *w);

/* Answers one request, whatever it is: always a complete response with a status. Logs
 * what went wrong and counts. Everything lives in a. */
void web_answer(struct web *w, const struct http_env *env, struct arena *a,
                struct http_response *out);

/* The work process: photo_fd as web_take_photo_socket. Opens both databases for writing
 * (which makes -wal and -shm and recovers after a crash) and brings their schemas up to
 * date. RC_NOT_FOUND, RC_CONFLICT, RC_BUSY, RC_FAILED as store_open. */
enum rc web_work_open(const struct conf *conf, int photo_fd, struct web_work **out,
                      struct err *err) MUST_CHECK;

/* Can be read when there is a round to do before its time; -1: there is nothing. */
int web_work_fd(const struct web_work *w);

/* One round, to be called once a second and after the death of any worker: reads through
 * the database (a reader's death may need a recovery that only a writer can do) and
 * checkpoints when due; has the files of photos made (web/keep_photos.h), sweeps, and
 * every ten minutes removes drafts that were discarded long ago. Logs all of it. RC_BUSY
 * is no reason to stop; RC_FAILED is, also when one of the database's files is another
 * than was opened: then a fresh process must open it. */
enum rc web_work_tick(struct web_work *w, struct err *err) MUST_CHECK;
void web_work_close(struct web_work *w);

#endif
