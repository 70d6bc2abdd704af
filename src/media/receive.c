/* media/receive.c - from the first byte of an upload to its place among the originals. */
#include "media/receive.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/refusal.h"

#include "base/file.h"

#define TEMPORARY "incoming-"

enum { BLOCK_SIZE = 64 * 1024 };

static enum rc
failed(const struct media_receive *r, const char *step, struct err *err)
{
    return err_because(
        err, err_set(err, RC_FAILED, "%s: %s: %s", r->dir, step, strerrordesc_np(errno)),
        REFUSED_FILE_NO_ROOM, 0, 0);
}

enum rc
media_receive_begin(struct media_receive *r, const char *dir, struct err *err)
{
    *r = (struct media_receive){.dir = dir, .fd = -1};
    int n = snprintf(r->name, sizeof r->name, "%s/" TEMPORARY "XXXXXX", dir);
    if (n < 0 || (size_t)n >= sizeof r->name) {
        r->name[0] = '\0';
        return err_set(err, RC_FAILED, "%s: path too long", dir);
    }
    r->fd = mkostemp(r->name, O_CLOEXEC); /* readable for its owner alone */
    if (r->fd < 0) {
        r->name[0] = '\0';
        return failed(r, "make a file", err);
    }
    hash_sum_start(&r->sum);
    return RC_OK;
}

enum rc
media_receive_add(struct media_receive *r, struct str piece, struct err *err)
{
    if ((int64_t)piece.n > MEDIA_FILE_MAX - r->bytes)
        return err_because(
            err, err_set(err, RC_LIMIT, "larger than %d MB", MEDIA_FILE_MAX / 1000000),
            REFUSED_FILE_BYTES, 0, MEDIA_FILE_MAX / 1000000);
    if (!file_write_fd(r->fd, piece))
        return failed(r, "write", err);
    hash_sum_add(&r->sum, piece);
    r->bytes += (int64_t)piece.n;
    return RC_OK;
}

static enum rc
add_all(struct media_receive *r, int from, struct err *err)
{
    char block[BLOCK_SIZE];
    for (;;) {
        ssize_t n = read(from, block, sizeof block);
        if (n == 0)
            return RC_OK;
        if (n > 0)
            TRY(media_receive_add(r, (struct str){block, (size_t)n}, err));
        else if (errno != EINTR)
            return err_set(err, RC_FAILED, "read: %s", strerrordesc_np(errno));
    }
}

/* O_NONBLOCK: a pipe in a photo's place does not hang us. */
static enum rc
open_photo(const char *from, int *fd, struct err *err)
{
    struct stat st;
    *fd = open(from, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (*fd < 0)
        return err_set(err, errno == ENOENT ? RC_NOT_FOUND : RC_FAILED, "%s",
                       strerrordesc_np(errno));
    if (fstat(*fd, &st) != 0 || !S_ISREG(st.st_mode))
        return err_set(err, RC_FAILED, "not a regular file");
    return RC_OK;
}

enum rc
media_receive_file(struct media_receive *r, const char *dir, const char *from,
                   struct err *err)
{
    int fd = -1;
    struct err why;
    enum rc rc = open_photo(from, &fd, &why);
    if (rc == RC_OK)
        rc = media_receive_begin(r, dir, &why);
    if (rc == RC_OK)
        rc = add_all(r, fd, &why);
    if (fd >= 0)
        close(fd);
    return rc == RC_OK ? RC_OK
                       : err_because(err, err_set(err, rc, "%s: %s", from, why.text),
                                     why.reason, why.place, why.number);
}

static enum rc
read_head(const struct media_receive *r, struct arena *a, struct str *out,
          struct err *err)
{
    size_t want = r->bytes < MEDIA_HEAD_SIZE ? (size_t)r->bytes : MEDIA_HEAD_SIZE;
    char *head = arena_alloc(a, want + 1);
    size_t have = 0;
    while (have < want) {
        ssize_t n = pread(r->fd, head + have, want - have, (off_t)have);
        if (n == 0 || (n < 0 && errno != EINTR))
            return failed(r, "read back", err);
        have += n > 0 ? (size_t)n : 0;
    }
    *out = (struct str){head, have};
    return RC_OK;
}

enum rc
media_receive_look(struct media_receive *r, struct arena *a, struct media_photo *out,
                   struct err *err)
{
    AT_END(arena_done) struct arena scratch;
    struct media_image image;
    struct str head;
    arena_init(&scratch);
    if (r->photo.sha256.n > 0) { /* a sum ends once */
        *out = r->photo;
        return RC_OK;
    }
    TRY(read_head(r, &scratch, &head, err));
    TRY(media_image_read(head, (uint64_t)r->bytes, &image, err));
    r->photo = *out = (struct media_photo){
        .sha256 = hash_sum_end(&r->sum, a),
        .mime = media_type_mime(image.type),
        .ext = media_type_ext(image.type),
        .width_px = image.width_px,
        .height_px = image.height_px,
        .bytes = r->bytes,
        .has_location = image.has_location,
    };
    return RC_OK;
}

enum rc
media_receive_bytes(struct media_receive *r, struct str *out, struct err *err)
{
    size_t n = (size_t)r->bytes;
    if (r->in_memory.p == NULL && n > 0) {
        void *p = mmap(NULL, n, PROT_READ, MAP_PRIVATE, r->fd, 0);
        if (p == MAP_FAILED)
            return failed(r, "map", err);
        r->in_memory = (struct str){p, n};
    }
    *out = r->in_memory;
    return RC_OK;
}

/* A new folder is safe on disk once the one it lies in is. */
static enum rc
make_folder(const struct media_receive *r, const char *path, struct err *err)
{
    const char *slash = strrchr(path, '/');
    char folder[sizeof r->name];
    (void)snprintf(folder, sizeof folder, "%.*s", (int)(slash - path), path);
    if (file_exists(folder))
        return RC_OK;
    TRY(file_make_dir(folder, MEDIA_ORIGINALS_MODE, err));
    return file_sync_folder_of(folder) ? RC_OK : failed(r, "sync folder", err);
}

enum rc
media_receive_keep(struct media_receive *r, struct err *err)
{
    AT_END(arena_done) struct arena scratch;
    arena_init(&scratch);
    const char *path = media_path(&scratch, r->dir, r->photo.sha256, r->photo.ext);
    TRY(make_folder(r, path, err));
    if (fsync(r->fd) != 0)
        return failed(r, "sync", err);
    if (rename(r->name, path) != 0)
        return failed(r, "rename", err);
    r->name[0] = '\0';
    return file_sync_folder_of(path) ? RC_OK : failed(r, "sync folder", err);
}

void
media_receive_end(struct media_receive *r)
{
    if (r->in_memory.p != NULL)
        munmap((void *)(uintptr_t)r->in_memory.p, r->in_memory.n);
    if (r->fd >= 0)
        close(r->fd);
    if (r->name[0] != '\0')
        unlink(r->name);
    *r = (struct media_receive)MEDIA_RECEIVE_NONE;
}

static bool
is_stale(int folder, const char *name, int64_t now)
{
    struct stat st;
    return strncmp(name, TEMPORARY, strlen(TEMPORARY)) == 0 &&
           fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
           st.st_mtime < now - MEDIA_RECEIVE_STALE_S;
}

int
media_receive_sweep(const char *dir, int64_t now)
{
    DIR *d = opendir(dir);
    const struct dirent *e;
    int n = 0;
    if (d == NULL)
        return -1;
    while ((e = readdir(d)) != NULL)
        if (is_stale(dirfd(d), e->d_name, now) && unlinkat(dirfd(d), e->d_name, 0) == 0)
            n++;
    closedir(d);
    return n;
}
