/* fcgi/inherit.c - what the environment says about sockets that were opened for us. */
#include <stdlib.h>
#include <unistd.h>

#include "fcgi/socket.h"

#include "base/buf.h"

enum { FIRST_FD = 3 /* SD_LISTEN_FDS_START */, FD_MAX = 1 << 20 };

static const char *const door_names[DOOR__MAX] = {
    [DOOR_PUBLIC] = "public",
    [DOOR_STAFF] = "staff",
};

static const char *const origin_names[SOCKET_ORIGIN__MAX] = {
    [SOCKET_NONE] = "none",
    [SOCKET_MADE] = "made",
    [SOCKET_SYSTEMD] = "systemd",
    [SOCKET_DESCRIPTOR] = "descriptor",
};

const char *
fcgi_door_name(enum fcgi_door door)
{
    return door_names[door];
}

const char *
fcgi_socket_origin_name(enum socket_origin origin)
{
    return origin_names[origin];
}

/* Position of a word in a list of n, or -1. */
static int
find_word(const char *const *words, int n, struct str word)
{
    for (int i = 0; i < n; i++)
        if (str_eq_z(word, words[i]))
            return i;
    return -1;
}

static const char *
take_env(struct arena *a, const char *name)
{
    const char *value = getenv(name);
    if (value == NULL)
        return NULL;
    value = arena_copy(a, value, strlen(value));
    unsetenv(name);
    return value;
}

struct socket_env
fcgi_socket_env_take(struct arena *a)
{
    return (struct socket_env){
        .listen_fds = take_env(a, "LISTEN_FDS"),
        .listen_pid = take_env(a, "LISTEN_PID"),
        .listen_names = take_env(a, "LISTEN_FDNAMES"),
        .handover = take_env(a, SOCKETS_ENV),
    };
}

static enum rc
give_door(struct fcgi_sockets *s, int door, int fd, enum socket_origin origin,
          struct err *err)
{
    if (s->fd[door] >= 0)
        return err_field(err, door_names[door], "two sockets were passed for \"%s\"",
                         door_names[door]);
    s->fd[door] = fd;
    s->origin[door] = origin;
    return RC_OK;
}

/* --- from the program we succeed --------------------------------------------- */

/* One "public=3,made,/run/byline/public.sock". */
static enum rc
read_described(struct str text, struct fcgi_sockets *s, struct err *err)
{
    struct str rest = text, name = str_cut(&rest, '=');
    struct str number = str_cut(&rest, ','), origin = str_cut(&rest, ',');
    int door = find_word(door_names, DOOR__MAX, name);
    int from = find_word(origin_names, SOCKET_ORIGIN__MAX, origin);
    int64_t fd = -1;
    if (door < 0 || from <= SOCKET_NONE || !str_to_int(number, 0, FD_MAX, &fd) ||
        rest.n >= sizeof s->path[0] || (rest.n > 0) != (from == SOCKET_MADE))
        return err_field(err, SOCKETS_ENV, "\"%.*s\" names no socket", STR_ARG(text));
    TRY(give_door(s, door, (int)fd, (enum socket_origin)from, err));
    memcpy(s->path[door], rest.n > 0 ? rest.p : "", rest.n);
    return RC_OK;
}

/* Line feeds stand between, which no path of ours can hold. */
static enum rc
read_handover(struct str text, struct fcgi_sockets *s, struct err *err)
{
    while (text.n > 0)
        TRY(read_described(str_cut(&text, '\n'), s, err));
    return RC_OK;
}

void
fcgi_sockets_describe(const struct fcgi_sockets *s, struct buf *out)
{
    for (int i = 0; i < DOOR__MAX; i++)
        if (s->fd[i] >= 0)
            buf_fmt(out, "%s=%d,%s%s%s\n", door_names[i], s->fd[i],
                    origin_names[s->origin[i]], s->path[i][0] != '\0' ? "," : "",
                    s->path[i]);
}

/* --- from systemd ------------------------------------------------------------ */

/* Without FileDescriptorName= systemd names a socket after its unit; such a name, or
 * none, leaves it to the order. */
static bool
is_unit_name(struct str name)
{
    return name.n == 0 || str_eq_z(name, "unknown") || str_ends(name, STR(".socket"));
}

static int
first_closed(const struct fcgi_sockets *s)
{
    int i = 0;
    while (i < DOOR__MAX && s->fd[i] >= 0)
        i++;
    return i;
}

/* One pass over the passed sockets: with is_named those whose name says which door, else
 * the others, in order. */
static enum rc
read_names(struct str names, int n_fds, bool is_named, struct fcgi_sockets *s,
           struct err *err)
{
    for (int i = 0; i < n_fds; i++) {
        struct str name = str_cut(&names, ':');
        if (is_unit_name(name) == is_named)
            continue;
        int door = is_named ? find_word(door_names, DOOR__MAX, name) : first_closed(s);
        if (door < 0)
            return err_field(err, "LISTEN_FDNAMES", "no socket of ours is named \"%.*s\"",
                             STR_ARG(name));
        if (door == DOOR__MAX)
            return err_field(err, "LISTEN_FDS", "%d sockets were passed, we have %d",
                             n_fds, DOOR__MAX);
        TRY(give_door(s, door, FIRST_FD + i, SOCKET_SYSTEMD, err));
    }
    return RC_OK;
}

static enum rc
read_systemd(const struct socket_env *env, pid_t self, struct fcgi_sockets *s,
             struct err *err)
{
    int64_t pid = 0, n_fds = 0;
    if (!str_to_int(str_of(env->listen_pid), 1, INT32_MAX, &pid))
        return err_field(err, "LISTEN_PID", "LISTEN_PID is no process number");
    if (pid != self)
        return RC_OK;
    if (!str_to_int(str_of(env->listen_fds), 0, 64, &n_fds))
        return err_field(err, "LISTEN_FDS", "LISTEN_FDS is no number of sockets");
    TRY(read_names(str_of(env->listen_names), (int)n_fds, true, s, err));
    return read_names(str_of(env->listen_names), (int)n_fds, false, s, err);
}

enum rc
fcgi_sockets_inherit(const struct socket_env *env, pid_t self, struct fcgi_sockets *out,
                     struct err *err)
{
    struct fcgi_sockets s = {0};
    for (int i = 0; i < DOOR__MAX; i++)
        s.fd[i] = -1;
    if (env->handover != NULL)
        TRY(read_handover(str_of(env->handover), &s, err));
    else if (env->listen_fds != NULL && env->listen_pid != NULL)
        TRY(read_systemd(env, self, &s, err));
    *out = s;
    return RC_OK;
}
