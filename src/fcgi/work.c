/* fcgi/work.c - the duty of the work process: to keep the database.
 *
 * It holds the one connection that may write while the site is only read, looks through
 * it once a second and whenever the supervisor says that a process has died, and moves
 * the write-ahead log into the database when that is due. The same rounds have the files
 * of photos made, by helpers that it does not wait for. */
#include <stdlib.h>

#include "fcgi/child.h"
#include "ops/log.h"
#include "web/web.h"

enum { TICK_MS = 1000 };

/* A database that was busy is so again in a second; a broken one needs a fresh start. */
static bool
tick(struct web_work *work)
{
    struct err err;
    enum rc rc = web_work_tick(work, &err);
    if (rc == RC_OK || rc == RC_BUSY)
        return true;
    log_event(LOG_ERROR, "work_failed", LOG_ERR(&err), LOG_END);
    return false;
}

int
fcgi_work_main(const struct child *c)
{
    struct web_work *work;
    struct err err;
    if (web_work_open(c->conf, c->photo_fd, &work, &err) != RC_OK) {
        fcgi_child_note(c, NOTE_FAILED, &err);
        return EXIT_FAILURE;
    }
    fcgi_child_has_begun(c);
    bool is_well = true;
    while (is_well && !fcgi_child_is_told_to_end()) {
        fcgi_child_wait(web_work_fd(work), TICK_MS);
        is_well = fcgi_child_is_told_to_end() || tick(work);
    }
    web_work_close(work);
    return is_well ? EXIT_SUCCESS : EXIT_FAILURE;
}
