/* fcgi/handover.h - SIGUSR2: the binary now on disk takes over.
 *
 * It is started with our arguments, as our child (as our sister where systemd started us:
 * it waits for its own children only), inherits the listening sockets and the
 * writing end of a pipe, both named in its environment. Both programs answer requests
 * from the one queue until the new one writes a byte: all its workers are ready. The old
 * one then drains and ends. A pipe closed without a byte, or too much time, is failure,
 * and the old one goes on as if nothing had been. */
#ifndef FCGI_HANDOVER_H
#define FCGI_HANDOVER_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "fcgi/socket.h"

#include "base/arena.h"
#include "base/err.h"

enum { HANDOVER_LIMIT_MS = 10000 };

struct handover {
    bool is_on;
    pid_t pid;
    int fd; /* reading end, -1 when none is on */
    int64_t began_ms, limit_ms;
};

enum handover_result { HANDOVER_RUNNING, HANDOVER_DONE, HANDOVER_FAILED };

/* The absolute path by which the program was started, so that a new file under the same
 * name is found even when ours is deleted; lives in a. argv0 without a slash: the file we
 * were loaded from. RC_FAILED. */
enum rc fcgi_handover_path(const char *argv0, struct arena *a, const char **out,
                           struct err *err) MUST_CHECK;

/* Starts the program at path. mask is the signal mask it begins with. RC_FAILED. */
enum rc fcgi_handover_begin(struct handover *h, const char *path, const char *const *argv,
                            const struct fcgi_sockets *sockets, const sigset_t *mask,
                            struct err *err) MUST_CHECK;

/* To be called when h->fd can be read and at h->limit_ms. After HANDOVER_FAILED the new
 * program has been killed and err says what was seen. */
enum handover_result fcgi_handover_look(struct handover *h, int64_t now_ms,
                                        struct err *err);

/* Ends one that is on. */
void fcgi_handover_cancel(struct handover *h);

/* The other side: the descriptor on which to report, -1 when we succeed nobody; taken out
 * of the environment. */
int fcgi_handover_report_fd(void);

/* Reports that we serve, and closes it. */
void fcgi_handover_report(int fd);

#endif
