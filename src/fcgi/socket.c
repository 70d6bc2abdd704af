/* fcgi/socket.c - opening a door: the socket given to us, or one of our own. */
#include "fcgi/socket.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum {
    SOCKET_UMASK = 0117, /* leaves 0660: owner and group */
    LOOK_AGAIN_MS = 50,
    GOING_MS = 2000,
};

#define DOOR(name)                         \
    {                                      \
#name, offsetof(struct conf, name) \
    }

static const struct {
    const char *setting;
    size_t offset;
} door_paths[DOOR__MAX] = {
    [DOOR_PUBLIC] = DOOR(public_socket),
    [DOOR_STAFF] = DOOR(staff_socket),
};

const char *
fcgi_door_path(const struct conf *conf, enum fcgi_door door)
{
    return *(const char *const *)((const char *)conf + door_paths[door].offset);
}

const char *
fcgi_door_setting(enum fcgi_door door)
{
    return door_paths[door].setting;
}

static struct sockaddr_un
address_of(const char *path)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    memcpy(at.sun_path, path, strlen(path)); /* settings admit 107 bytes */
    return at;
}

bool
fcgi_socket_is_listening(int fd)
{
    int is = 0;
    socklen_t n = sizeof is;
    return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &is, &n) == 0 && is != 0;
}

const char *
fcgi_socket_path(int fd, struct arena *a)
{
    struct sockaddr_un at = {0};
    socklen_t n = sizeof at;
    bool is_known = getsockname(fd, (struct sockaddr *)&at, &n) == 0;
    return str_z(
        a, is_known ? (struct str){at.sun_path, strnlen(at.sun_path, sizeof at.sun_path)}
                    : STR(""));
}

static bool
is_unix(int fd)
{
    int domain = 0;
    socklen_t n = sizeof domain;
    return getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &n) == 0 && domain == AF_UNIX;
}

/* --- an inherited one -------------------------------------------------------- */

static enum rc
check_inherited(int fd, const char *name, struct err *err)
{
    if (!fcgi_socket_is_listening(fd))
        return err_field(err, name, "descriptor %d is no listening socket", fd);
    if (!is_unix(fd))
        return err_field(err, name,
                         "descriptor %d is no Unix socket; others than the web server "
                         "could connect",
                         fd);
    return RC_OK;
}

/* --- one of our own ---------------------------------------------------------- */

/* Does somebody accept connections there? EAGAIN: yes, and the queue is full. */
static bool
is_in_use(const char *path)
{
    struct sockaddr_un at = address_of(path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return true;
    bool is = connect(fd, (struct sockaddr *)&at, sizeof at) == 0 ||
              (errno != ECONNREFUSED && errno != ENOENT);
    close(fd);
    return is;
}

/* Workers whose supervisor was killed finish their requests before they go. */
static bool
stays_in_use(const char *path)
{
    for (int waited_ms = 0; is_in_use(path); waited_ms += LOOK_AGAIN_MS) {
        if (waited_ms >= GOING_MS)
            return true;
        poll(NULL, 0, LOOK_AGAIN_MS);
    }
    return false;
}

/* Only a socket nobody listens on is removed; anything else may be dear to somebody. */
static enum rc
remove_stale(const char *path, struct err *err)
{
    struct stat st;
    if (lstat(path, &st) != 0)
        return RC_OK; /* bind says it if it is more than absence */
    if (!S_ISSOCK(st.st_mode))
        return err_set(err, RC_CONFLICT, "%s is in the way: it is no socket", path);
    if (stays_in_use(path))
        return err_set(err, RC_CONFLICT, "%s is in use by another process", path);
    if (unlink(path) != 0)
        return err_set(err, RC_FAILED, "removing the stale socket %s: %s", path,
                       strerrordesc_np(errno));
    return RC_OK;
}

/* The umask gives the file its mode at birth; a chmod would come after the first
 * connection of somebody else. */
static int
bind_at(int fd, const char *path)
{
    struct sockaddr_un at = address_of(path);
    mode_t kept = umask(SOCKET_UMASK);
    int failed = bind(fd, (struct sockaddr *)&at, sizeof at);
    umask(kept);
    return failed;
}

static enum rc
make_socket(const char *path, int *out, struct err *err)
{
    TRY(remove_stale(path, err));
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return err_set(err, RC_FAILED, "socket: %s", strerrordesc_np(errno));
    if (bind_at(fd, path) != 0) {
        enum rc rc = errno == EADDRINUSE ? RC_CONFLICT : RC_FAILED;
        err_set(err, rc, "making the socket %s: %s", path, strerrordesc_np(errno));
        close(fd);
        return rc;
    }
    *out = fd;
    return RC_OK;
}

/* --- all of them ------------------------------------------------------------- */

/* Listening again is how Linux changes the backlog of a listening socket. */
static enum rc
prepare(int fd, const char *name, int backlog, struct err *err)
{
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0 ||
        fcntl(fd, F_SETFD, FD_CLOEXEC) < 0 || listen(fd, backlog) < 0)
        return err_set(err, RC_FAILED, "socket %s, descriptor %d: %s", name, fd,
                       strerrordesc_np(errno));
    return RC_OK;
}

static enum rc
open_door(const struct conf *conf, enum fcgi_door door, struct fcgi_sockets *s,
          struct err *err)
{
    const char *name = fcgi_door_name(door);
    if (s->fd[door] < 0 && door == DOOR_PUBLIC &&
        fcgi_socket_is_listening(STDIN_FILENO)) {
        s->fd[door] = STDIN_FILENO;
        s->origin[door] = SOCKET_DESCRIPTOR;
    }
    if (s->fd[door] >= 0) {
        TRY(check_inherited(s->fd[door], name, err));
    } else {
        const char *path = fcgi_door_path(conf, door);
        TRY(make_socket(path, &s->fd[door], err));
        s->origin[door] = SOCKET_MADE;
        memcpy(s->path[door], path, strlen(path) + 1);
    }
    return prepare(s->fd[door], name, (int)conf->listen_backlog, err);
}

enum rc
fcgi_sockets_open(const struct conf *conf, const struct socket_env *env,
                  struct fcgi_sockets *out, struct err *err)
{
    struct fcgi_sockets s, given;
    TRY(fcgi_sockets_inherit(env, getpid(), &s, err));
    given = s;
    for (int i = 0; i < DOOR__MAX; i++) {
        enum rc rc = open_door(conf, i, &s, err);
        if (rc == RC_OK)
            continue;
        for (int k = 0; k < DOOR__MAX; k++) /* what came from outside stays as it was */
            s.fd[k] = given.fd[k] < 0 && s.origin[k] == SOCKET_MADE ? s.fd[k] : -1;
        fcgi_sockets_remove(&s);
        fcgi_sockets_close(&s);
        return rc;
    }
    *out = s;
    return RC_OK;
}

void
fcgi_sockets_remove(struct fcgi_sockets *s)
{
    for (int i = 0; i < DOOR__MAX; i++) {
        if (s->fd[i] >= 0 && s->path[i][0] != '\0')
            unlink(s->path[i]);
        s->path[i][0] = '\0';
    }
}

void
fcgi_sockets_close(struct fcgi_sockets *s)
{
    for (int i = 0; i < DOOR__MAX; i++) {
        if (s->fd[i] >= 0)
            close(s->fd[i]);
        s->fd[i] = -1;
    }
}
