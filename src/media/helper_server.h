/* media/helper_server.h - starting photo helpers for other processes, which may start
 * nothing themselves (media_helper_through, media/helper.h). */
#ifndef MEDIA_HELPER_SERVER_H
#define MEDIA_HELPER_SERVER_H

#include <poll.h>

#include "media/helper.h"

enum {
    MEDIA_SERVER_SLOTS_MAX = 8,
    MEDIA_SERVER_POLLS_MAX = 2 * MEDIA_SERVER_SLOTS_MAX + 1
};

/* One helper that is running, or the place for it. */
struct media_task {
    struct media_helper helper;
    pid_t pid; /* 0: none */
    int pidfd, reply_fd, slot;
    int64_t end_ms;
    bool is_late;
};

struct media_server {
    int socket_fd; /* SOCK_SEQPACKET, the end that reads */
    int n_tasks;
    struct media_task tasks[MEDIA_SERVER_SLOTS_MAX];
    bool is_waiting; /* for a slot that another program holds */
    bool is_alone;   /* nobody is left who could ask */
};

/* folder, n_slots (1 .. MEDIA_SERVER_SLOTS_MAX) as media_helper_open; paths live in a.
 * The socket stays the caller's. RC_FAILED. */
enum rc media_server_open(const char *folder, int n_slots, bool has_walls, int socket_fd,
                          struct arena *a, struct media_server *out,
                          struct err *err) MUST_CHECK;

/* What to wait for: fills on, returns how many; timeout_ms as poll(2) takes it. takes:
 * shall it take more orders? */
int media_server_polls(const struct media_server *s, bool takes,
                       struct pollfd on[MEDIA_SERVER_POLLS_MAX], int *timeout_ms);

/* Does what is to be done by now and never waits: tells of helpers that have ended, ends
 * those that are late or that nobody waits for any more, starts new ones. */
void media_server_step(struct media_server *s, bool takes);

/* Is nobody left who could ask (the other end of the socket is closed everywhere)? It
 * takes no more orders then. */
bool media_server_is_alone(const struct media_server *s);

/* Is no helper running? */
bool media_server_is_idle(const struct media_server *s);

#endif
