/* fcgi/serve.h - `byline serve`: the supervisor, which starts everything and parses
 * nothing.
 *
 * It opens or inherits the listening sockets, starts the work process, then the public
 * and the staff workers, and from then on only waits: for a process that died (replaced
 * at once), for a note from one (ready, or due to be replaced), for a signal.
 *
 *   SIGTERM, SIGINT  drain: every worker finishes its request, then the end; the second
 *                    one ends at once
 *   SIGHUP           settings, templates and language files are read again by a new set
 *                    of processes; what is broken is logged and the old ones stay
 *   SIGUSR2          the binary now on disk is started with the same sockets; when it
 *                    serves, this one drains and ends, else it goes on
 *
 * Sockets come, first that applies: from the program handing over to us; from systemd
 * (LISTEN_FDS, sd_listen_fds(3); named public and staff or in this order); as file
 * descriptor 0 when that is a listening socket (spawn-fcgi: the public one); else the
 * Unix sockets of the settings public_socket and staff_socket are made. Only Unix sockets
 * are taken: whoever can connect can crash a worker, so file permissions decide who can.
 * With NOTIFY_SOCKET set, systemd is told of every change (sd_notify(3)):
 * NotifyAccess=main is enough. */
#ifndef FCGI_SERVE_H
#define FCGI_SERVE_H

#include "conf/conf.h"

#include "base/err.h"

/* What serve is started with. */
struct fcgi_options {
    const struct conf *conf; /* the settings to begin with */

    /* Reads the settings again, on SIGHUP. Every *out ever given stays valid until
     * fcgi_serve returns. Any code but RC_OK keeps the settings in force; err is then
     * logged. NULL: a reload begins with the settings it has. */
    enum rc (*reload)(void *ctx, struct conf **out, struct err *err);
    void *ctx; /* handed to reload */

    const char *const *argv; /* of main(), ended by NULL; SIGUSR2 starts the new binary
                                with it, found by argv[0] */
    const char *pid_file;    /* written when all workers are ready, removed at the end;
                                NULL for none */
};

/* Serves until told to end. Call it once, in a process with one thread, without open
 * database connections, after hash_init and log_init. The calling process keeps no
 * signal handler but a changed signal mask.
 *   returns  RC_OK after SIGTERM, SIGINT or a hand-over;
 *            RC_CONFLICT (a socket is in use by another process, the database is newer
 *            than this program), RC_INVALID (a template, an inherited socket),
 *            RC_DENIED (a wall of the sandbox does not stand here), RC_FAILED: nothing
 *            was served and no process is left */
enum rc fcgi_serve(const struct fcgi_options *opt, struct err *err) MUST_CHECK;

#endif
