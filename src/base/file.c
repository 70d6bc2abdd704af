/* base/file.c - reading and crash-safe writing of files. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"

enum { BLOCK_SIZE = 64 * 1024 };

/* What errno says about a path; "not there" is the one outcome callers expect. */
static enum rc
path_error(struct err *err, const char *path)
{
    int why = errno;
    return err_set(err, why == ENOENT ? RC_NOT_FOUND : RC_FAILED, "%s: %s", path,
                   strerrordesc_np(why));
}

static enum rc
failed(struct err *err, const char *path, const char *step)
{
    return err_set(err, RC_FAILED, "%s: %s: %s", path, step, strerrordesc_np(errno));
}

static void
close_fd(const int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

/* Opens for reading; O_NONBLOCK so that a pipe in a file's place does not hang us. */
static enum rc
open_regular(const char *path, size_t limit, int *fd, size_t *size, struct err *err)
{
    struct stat st;
    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (*fd < 0 || fstat(*fd, &st) < 0)
        return path_error(err, path);
    if (!S_ISREG(st.st_mode))
        return err_set(err, RC_FAILED, "%s: not a regular file", path);
    *size = (size_t)st.st_size;
    if (*size > limit)
        return err_set(err, RC_LIMIT, "%s: larger than %zu bytes", path, limit);
    return RC_OK;
}

/* read() over EINTR. */
static ssize_t
read_some(int fd, char *to, size_t n)
{
    ssize_t got;
    do
        got = read(fd, to, n);
    while (got < 0 && errno == EINTR);
    return got;
}

/* The size is a hint only: a file may grow while it is read, and some (/proc) have none.
 */
static ssize_t
read_into(int fd, struct buf *b, size_t hint)
{
    char block[4096];
    ssize_t got = 0;
    while (b->n < hint &&
           (got = read_some(fd, buf_space(b, hint - b->n), hint - b->n)) > 0)
        buf_filled(b, (size_t)got);
    while (got >= 0 && buf_ok(b) && (got = read_some(fd, block, sizeof block)) > 0)
        buf_add(b, (struct str){block, (size_t)got});
    return got;
}

enum rc
file_read(struct arena *a, const char *path, size_t limit, struct str *out,
          struct err *err)
{
    AT_END(close_fd) int fd = -1;
    size_t size = 0;
    TRY(open_regular(path, limit, &fd, &size, err));
    struct buf b;
    buf_init(&b, a, limit);
    if (read_into(fd, &b, size) < 0)
        return failed(err, path, "read");
    buf_add_z(&b, ""); /* terminates also what turned out empty */
    if (!buf_ok(&b))
        return err_set(err, RC_LIMIT, "%s: larger than %zu bytes", path, limit);
    *out = buf_str(&b);
    return RC_OK;
}

/* A file on its way: written under a name of its own until it is whole. */
struct temp {
    const char *path; /* where it will be */
    int fd;
    char name[PATH_MAX]; /* where it is, "" when there is nothing to remove */
};

static void
temp_drop(struct temp *t)
{
    close_fd(&t->fd);
    if (t->name[0] != '\0')
        unlink(t->name);
}

static enum rc
temp_open(struct temp *t, const char *path, unsigned mode, struct err *err)
{
    t->path = path;
    t->fd = -1;
    int n = snprintf(t->name, sizeof t->name, "%s.XXXXXX", path);
    if (n < 0 || (size_t)n >= sizeof t->name) {
        t->name[0] = '\0';
        return err_set(err, RC_FAILED, "%s: path too long", path);
    }
    t->fd = mkostemp(t->name, O_CLOEXEC);
    if (t->fd < 0) {
        t->name[0] = '\0';
        return failed(err, path, "make");
    }
    return fchmod(t->fd, (mode_t)mode) == 0 ? RC_OK : failed(err, path, "chmod");
}

/* A rename is safe on disk once the folder is. */
bool
file_sync_folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    char dir[PATH_MAX] = ".";
    size_t n = slash == path ? 1 : slash != NULL ? (size_t)(slash - path) : 0;
    if (n >= sizeof dir) {
        errno = ENAMETOOLONG;
        return false;
    }
    if (n > 0)
        (void)snprintf(dir, sizeof dir, "%.*s", (int)n, path);
    AT_END(close_fd) int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    /* EINVAL: a file system that has no such thing to sync. */
    return fd >= 0 && (fsync(fd) == 0 || errno == EINVAL);
}

static enum rc
temp_commit(struct temp *t, struct err *err)
{
    if (fsync(t->fd) < 0)
        return failed(err, t->path, "sync");
    int fd = t->fd;
    t->fd = -1;
    if (close(fd) < 0)
        return failed(err, t->path, "close");
    if (rename(t->name, t->path) < 0)
        return failed(err, t->path, "rename");
    t->name[0] = '\0';
    return file_sync_folder_of(t->path) ? RC_OK : failed(err, t->path, "sync folder");
}

enum rc
file_write(const char *path, struct str bytes, unsigned mode, struct err *err)
{
    AT_END(temp_drop) struct temp t = {.fd = -1};
    TRY(temp_open(&t, path, mode, err));
    if (!file_write_fd(t.fd, bytes))
        return failed(err, path, "write");
    return temp_commit(&t, err);
}

/* Block by block, counting, since the source may grow under us. */
static enum rc
copy_fd(int from, const char *path, size_t limit, struct temp *to, struct err *err)
{
    char block[BLOCK_SIZE];
    size_t total = 0;
    ssize_t got;
    while ((got = read_some(from, block, sizeof block)) > 0) {
        total += (size_t)got;
        if (total > limit)
            return err_set(err, RC_LIMIT, "%s: larger than %zu bytes", path, limit);
        if (!file_write_fd(to->fd, (struct str){block, (size_t)got}))
            return failed(err, to->path, "write");
    }
    return got < 0 ? failed(err, path, "read") : RC_OK;
}

enum rc
file_copy(const char *from, const char *to, size_t limit, unsigned mode, struct err *err)
{
    AT_END(close_fd) int fd = -1;
    AT_END(temp_drop) struct temp t = {.fd = -1};
    size_t size = 0;
    TRY(open_regular(from, limit, &fd, &size, err));
    TRY(temp_open(&t, to, mode, err));
    TRY(copy_fd(fd, from, limit, &t, err));
    return temp_commit(&t, err);
}

static bool
is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static enum rc
make_one_dir(const char *path, unsigned mode, struct err *err)
{
    mode_t kept = umask(0); /* a chmod later would take an inherited set-group-id away */
    int is_there = mkdir(path, (mode_t)mode);
    int why = errno;
    umask(kept);
    if (is_there == 0)
        return RC_OK;
    if (is_folder(path)) /* also when a parent may not be written to */
        return RC_OK;
    errno = why;
    return failed(err, path, "make folder");
}

enum rc
file_make_dir(const char *path, unsigned mode, struct err *err)
{
    char part[PATH_MAX];
    size_t n = strlen(path);
    if (n >= sizeof part)
        return err_set(err, RC_FAILED, "%s: path too long", path);
    memcpy(part, path, n + 1);
    for (char *p = part + (n > 0); (p = strchr(p, '/')) != NULL; p++) {
        *p = '\0';
        TRY(make_one_dir(part, mode, err));
        *p = '/';
    }
    return make_one_dir(part, mode, err);
}

bool
file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

bool
file_write_fd(int fd, struct str bytes)
{
    while (bytes.n > 0) {
        ssize_t put = write(fd, bytes.p, bytes.n);
        if (put < 0 && errno != EINTR)
            return false;
        if (put > 0)
            bytes = str_from(bytes, (size_t)put);
    }
    return true;
}

const char *
file_join(struct arena *a, struct str dir, struct str name)
{
    if (dir.n == 0 || str_starts(name, STR("/")))
        return str_z(a, name);
    const char *slash = dir.p[dir.n - 1] == '/' ? "" : "/";
    return str_fmt(a, "%.*s%s%.*s", STR_ARG(dir), slash, STR_ARG(name)).p;
}
