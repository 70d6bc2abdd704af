/* fcgi/supervisor.h - the state of `serve`; shared by serve.c (opening, waiting) and
 * control.c (what is done about what happens). */
#ifndef FCGI_SUPERVISOR_H
#define FCGI_SUPERVISOR_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "fcgi/handover.h"
#include "fcgi/pool.h"
#include "fcgi/serve.h"
#include "fcgi/trial.h"

#include "base/arena.h"

struct supervisor {
    const struct fcgi_options *opt;
    struct arena arena;
    const char *program; /* path a successor is started from */
    struct fcgi_sockets sockets;
    struct pool pool;
    struct trial trial;
    struct handover handover;
    sigset_t mask; /* as it was before */
    int signal_fd;
    int report_fd;        /* to the program we succeed, -1 when there is none waiting */
    int first_generation; /* number of the settings it began with */
    int64_t began_ms;
    int64_t stopping_ms; /* 0: not stopping */
    bool is_ready;       /* has said so */
    bool is_renewing;    /* new settings are good, not all processes have them yet */
    bool has_successor;
    bool wants_reload, wants_handover; /* done one after another, never at once */
    struct err failure;                /* rc is RC_OK unless the start failed */
};

/* Starts the first set of processes. */
void fcgi_control_start(struct supervisor *s);

/* What a signal asks for. */
void fcgi_control_signal(struct supervisor *s, int number);

/* A process has ended (wait(2) status); a note has come; the successor has something to
 * say; time has passed. */
void fcgi_control_buried(struct supervisor *s, pid_t pid, int status);
void fcgi_control_note(struct supervisor *s, const struct note *n);
void fcgi_control_successor(struct supervisor *s);
void fcgi_control_time(struct supervisor *s);

/* Nothing left to do? */
bool fcgi_control_is_over(const struct supervisor *s);

/* When fcgi_control_time is due next; INT64_MAX: never. */
int64_t fcgi_control_next_ms(const struct supervisor *s);

/* May sockets and pid file be removed at the end, or do they serve another program? */
bool fcgi_control_is_last(const struct supervisor *s);

#endif
