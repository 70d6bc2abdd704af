/* media/set.c - sets of files to their places and away from there. */
#include "media/set.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"

/* The web server, which runs as somebody else, reads them. */
enum {
    FOLDER_MODE = 0755,
    FILE_MODE = 0644,
    FILE_MAX = 64 * 1000 * 1000,
    FILES_MAX = 100
};

#define TEMPORARY ".set-"

static enum rc
failed(const char *path, const char *step, struct err *err)
{
    return err_set(err, RC_FAILED, "%s: %s: %s", path, step, strerrordesc_np(errno));
}

static void
close_fd(const int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

static void
close_dir(DIR **d)
{
    if (*d != NULL)
        closedir(*d);
}

static bool
is_name(const struct dirent *e)
{
    return strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
}

static const char *
temporary_name(const char *dir, struct arena *a)
{
    struct str random = str_sub(hash_random_hex(a), 0, 16);
    return file_join(a, str_of(dir), str_fmt(a, TEMPORARY "%.*s", STR_ARG(random)));
}

/* A file of a folder that has no name yet: no rename is needed. */
static enum rc
write_file(const char *folder, const struct media_set_file *f, struct arena *a,
           struct err *err)
{
    const char *path = file_join(a, str_of(folder), f->name);
    AT_END(close_fd) int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 || fchmod(fd, FILE_MODE) != 0)
        return failed(path, "make", err);
    if (!file_write_fd(fd, f->bytes))
        return failed(path, "write", err);
    return fsync(fd) == 0 ? RC_OK : failed(path, "sync", err);
}

static enum rc
write_files(const char *folder, const struct media_set_file *files, int n,
            struct arena *a, struct err *err)
{
    for (int i = 0; i < n; i++)
        TRY(write_file(folder, &files[i], a, err));
    const char *any = file_join(a, str_of(folder), STR("."));
    return file_sync_folder_of(any) ? RC_OK : failed(folder, "sync folder", err);
}

enum rc
media_set_write(const char *dir, const struct media_set_file *files, int n,
                struct arena *a, const char **temporary, struct err *err)
{
    const char *folder = temporary_name(dir, a);
    TRY(file_make_dir(folder, FOLDER_MODE, err));
    enum rc rc = write_files(folder, files, n, a, err);
    if (rc == RC_OK)
        *temporary = folder;
    else
        media_set_drop(folder);
    return rc;
}

enum rc
media_set_read(const char *folder, struct str name, struct arena *a, struct str *out,
               struct err *err)
{
    return file_read(a, file_join(a, str_of(folder), name), FILE_MAX, out, err);
}

/* ---- its sum ---- */

/* A file as sha256sum writes it. */
struct summed {
    struct str name, line;
};

static int
by_name(const void *a, const void *b)
{
    return str_cmp(((const struct summed *)a)->name, ((const struct summed *)b)->name);
}

static struct summed
summed(struct arena *a, struct str name, struct str sha256)
{
    return (struct summed){name,
                           str_fmt(a, "%.*s  %.*s\n", STR_ARG(sha256), STR_ARG(name))};
}

static struct str
sum_of(struct arena *a, struct summed *all, int n)
{
    struct hash_sum s;
    qsort(all, (size_t)n, sizeof *all, by_name);
    hash_sum_start(&s);
    for (int i = 0; i < n; i++)
        hash_sum_add(&s, all[i].line);
    return hash_sum_end(&s, a);
}

struct str
media_set_sum(struct arena *a, const struct media_set_file *files, int n)
{
    struct summed *all = arena_array(a, struct summed, n);
    for (int i = 0; i < n; i++)
        all[i] = summed(a, files[i].name, hash_sha256(a, files[i].bytes));
    return sum_of(a, all, n);
}

static enum rc
sum_folder(const char *folder, DIR *d, struct arena *a, struct str *sum, struct err *err)
{
    struct summed *all = arena_array(a, struct summed, FILES_MAX);
    const struct dirent *e;
    int n = 0;
    while ((e = readdir(d)) != NULL) {
        struct str name = str_copy(a, str_of(e->d_name)), sha256;
        if (!is_name(e))
            continue;
        if (n == FILES_MAX)
            return err_set(err, RC_LIMIT, "%s: more files than a set has", folder);
        TRY(hash_file(a, file_join(a, str_of(folder), name), &sha256, err));
        all[n++] = summed(a, name, sha256);
    }
    *sum = sum_of(a, all, n);
    return RC_OK;
}

enum rc
media_set_check(const char *folder, struct str sum, struct err *err)
{
    struct arena a AT_END(arena_done);
    struct str found;
    arena_init(&a);
    AT_END(close_dir) DIR *d = opendir(folder);
    if (d == NULL && errno == ENOENT)
        return err_set(err, RC_FAILED,
                       "%s: the files are missing; byline photo rebuild makes them anew",
                       folder);
    if (d == NULL)
        return failed(folder, "open", err);
    if (sum.n == 0 ||
        (sum_folder(folder, d, &a, &found, err) == RC_OK && str_eq(found, sum)))
        return RC_OK;
    return err_set(err, RC_FAILED,
                   "%s: files have changed or are missing; byline photo rebuild makes "
                   "them anew",
                   folder);
}

const char *
media_set_path(struct arena *a, const char *dir, struct str digest)
{
    struct str name = str_fmt(a, "%.2s/%.*s", digest.p, STR_ARG(digest));
    return file_join(a, str_of(dir), name);
}

/* The folder ab, safe on disk before anything lies in it. */
static enum rc
make_parent(const char *path, struct arena *a, struct err *err)
{
    const char *slash = strrchr(path, '/');
    const char *parent = str_z(a, (struct str){path, (size_t)(slash - path)});
    if (file_exists(parent))
        return RC_OK;
    TRY(file_make_dir(parent, FOLDER_MODE, err));
    return file_sync_folder_of(parent) ? RC_OK : failed(parent, "sync folder", err);
}

enum rc
media_set_place(const char *dir, const char *temporary, struct str digest,
                struct err *err)
{
    struct arena a AT_END(arena_done);
    const char *old = NULL;
    arena_init(&a);
    const char *path = media_set_path(&a, dir, digest);
    TRY(make_parent(path, &a, err));
    TRY(media_set_take_away(dir, digest, &a, &old, err));
    media_set_drop(old);
    if (rename(temporary, path) != 0)
        return failed(path, "rename", err);
    return file_sync_folder_of(path) ? RC_OK : failed(path, "sync folder", err);
}

enum rc
media_set_take_away(const char *dir, struct str digest, struct arena *a,
                    const char **temporary, struct err *err)
{
    const char *path = media_set_path(a, dir, digest), *to = temporary_name(dir, a);
    *temporary = NULL;
    if (rename(path, to) == 0)
        *temporary = to;
    else if (errno != ENOENT)
        return failed(path, "take away", err);
    return RC_OK;
}

void
media_set_drop(const char *temporary)
{
    AT_END(close_dir) DIR *d = temporary != NULL ? opendir(temporary) : NULL;
    const struct dirent *e;
    if (d == NULL)
        return;
    while ((e = readdir(d)) != NULL)
        if (is_name(e))
            unlinkat(dirfd(d), e->d_name, 0);
    unlinkat(AT_FDCWD, temporary, AT_REMOVEDIR);
}

static bool
is_stale(int folder, const char *name, int64_t now)
{
    struct stat st;
    return strncmp(name, TEMPORARY, strlen(TEMPORARY)) == 0 &&
           fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
           st.st_mtime < now - MEDIA_SET_STALE_S;
}

int
media_set_sweep(const char *dir, int64_t now)
{
    AT_END(close_dir) DIR *d = opendir(dir);
    const struct dirent *e;
    int n = 0;
    if (d == NULL)
        return -1;
    while ((e = readdir(d)) != NULL)
        if (is_stale(dirfd(d), e->d_name, now)) {
            struct arena a AT_END(arena_done);
            arena_init(&a);
            media_set_drop(file_join(&a, str_of(dir), str_of(e->d_name)));
            n++;
        }
    return n;
}

static void
add_name(struct media_names *out, int folder, const char *name, struct arena *a)
{
    struct stat st;
    if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0)
        out->all[out->n++] = (struct media_name){str_copy(a, str_of(name)), st.st_mtime};
}

enum rc
media_names(const char *dir, int part, int limit, struct arena *a,
            struct media_names *out, struct err *err)
{
    const char *path = file_join(a, str_of(dir), str_fmt(a, "%02x", (unsigned)part));
    AT_END(close_dir) DIR *d = opendir(path);
    const struct dirent *e;
    *out = (struct media_names){.all = arena_array(a, struct media_name, limit)};
    if (d == NULL)
        return errno == ENOENT ? RC_OK : failed(path, "open", err);
    while (out->n < limit && (e = readdir(d)) != NULL)
        if (is_name(e))
            add_name(out, dirfd(d), e->d_name, a);
    return RC_OK;
}
