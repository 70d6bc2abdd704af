/* fcgi/socket.h - the listening sockets: inherited from whoever started us, or made.
 *
 * There is a small table of doors, each with a name that systemd and our own hand-over
 * use, and the setting with its path. A socket is shared by all workers and by the
 * program that succeeds this one; so it is non-blocking, is never shut down, and its file
 * is removed only by the last who serves on it. */
#ifndef FCGI_SOCKET_H
#define FCGI_SOCKET_H

#include <stdbool.h>
#include <sys/types.h>

#include "conf/conf.h"

#include "base/err.h"
#include "base/str.h"

enum fcgi_door { DOOR_PUBLIC, DOOR_STAFF, DOOR__MAX };

/* How a socket came to us; also written to the log. */
enum socket_origin {
    SOCKET_NONE,
    SOCKET_MADE,       /* by this program or the one it succeeds: its file is ours */
    SOCKET_SYSTEMD,    /* LISTEN_FDS */
    SOCKET_DESCRIPTOR, /* descriptor 0, spawn-fcgi's way */
    SOCKET_ORIGIN__MAX
};

struct fcgi_sockets {
    int fd[DOOR__MAX]; /* -1: closed */
    enum socket_origin origin[DOOR__MAX];
    char path[DOOR__MAX][108]; /* of SOCKET_MADE while its file is there, else "" */
};

/* What the environment says about inherited sockets; NULL where a variable is not set. */
struct socket_env {
    const char *listen_fds, *listen_pid, *listen_names; /* sd_listen_fds(3) */
    const char *handover;                               /* fcgi_sockets_describe's text */
};

/* Reads the variables and takes them out of the environment: they are for this process,
 * not for its children. The texts live in a. */
struct socket_env fcgi_socket_env_take(struct arena *a);

/* Which inherited descriptor is which door's, -1 where there is none. Sets fd and origin
 * only, looks at no descriptor. Variables of systemd made for another process than self
 * are ignored. RC_INVALID for a malformed variable, an unknown name, a door named
 * twice, more sockets than doors. */
enum rc fcgi_sockets_inherit(const struct socket_env *env, pid_t self,
                             struct fcgi_sockets *out, struct err *err) MUST_CHECK;

/* Gets all doors open: inherited ones first, else descriptor 0 if it is a listening
 * socket, else made from settings: mode 0660, a file left behind by a dead process
 * replaced. All are non-blocking, closed on exec, and have the backlog of the settings.
 *   RC_CONFLICT  another process listens there, two seconds later, too (the workers of a
 *                killed program are gone by then); or the path is no socket
 *   RC_INVALID   as fcgi_sockets_inherit; an inherited descriptor that is no listening
 *                Unix socket
 *   RC_FAILED
 * On failure nothing stays open that was not before. */
enum rc fcgi_sockets_open(const struct conf *conf, const struct socket_env *env,
                          struct fcgi_sockets *out, struct err *err) MUST_CHECK;

/* Appends what fcgi_sockets_inherit reads from socket_env.handover. */
void fcgi_sockets_describe(const struct fcgi_sockets *s, struct buf *out);

/* The environment variable that carries it. */
#define SOCKETS_ENV "BYLINE__SOCKETS"

/* Removes the files we made, once: from then on nobody new can connect, and another
 * program may listen there. Who is in the queue already can still be answered. */
void fcgi_sockets_remove(struct fcgi_sockets *s);

/* Closes them. */
void fcgi_sockets_close(struct fcgi_sockets *s);

/* The path a Unix socket is bound to, for the log; lives in a, "" for one without. */
const char *fcgi_socket_path(int fd, struct arena *a);

/* Is fd a listening socket? */
bool fcgi_socket_is_listening(int fd);

/* "made", "systemd" and so on, static storage. */
const char *fcgi_socket_origin_name(enum socket_origin origin);

/* "public" and so on, static storage. */
const char *fcgi_door_name(enum fcgi_door door);

/* The path that settings give a door, conf's own; the setting's name, static storage. */
const char *fcgi_door_path(const struct conf *conf, enum fcgi_door door);
const char *fcgi_door_setting(enum fcgi_door door);

#endif
