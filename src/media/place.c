/* media/place.c - photo files to their places. */
#include "media/place.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/rendition.h"

#include "base/file.h"
#include "base/hash.h"

/* nginx, which runs as somebody else, reads them. */
enum { FOLDER_MODE = 0755, FILE_MODE = 0644 };

/* Puts the file's name before what is wrong with it. */
static void
name_file(const char *path, const struct err *why, struct err *err)
{
    if (why->rc == RC_INVALID)
        err_field(err, why->field, "%s: %s", path, why->text);
    else
        err_set(err, why->rc, "%s: %s", path, why->text);
}

/* The facts of the bytes of one file. */
static enum rc
examine(const char *from, struct str bytes, struct arena *a, struct media_photo *out,
        struct err *err)
{
    struct media_image image;
    struct err why;
    enum rc rc = media_image_read(bytes, bytes.n, &image, &why);
    if (rc != RC_OK) {
        name_file(from, &why, err);
        return rc;
    }
    *out = (struct media_photo){
        .sha256 = hash_sha256(a, bytes),
        .mime = media_type_mime(image.type),
        .ext = media_type_ext(image.type),
        .width_px = image.width_px,
        .height_px = image.height_px,
        .bytes = (int64_t)bytes.n,
        .has_location = image.has_location,
    };
    return RC_OK;
}

static bool
is_there(const char *path, int64_t bytes)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_size == bytes;
}

/* A new folder is safe on disk once the one above it is. */
static enum rc
sync_folder(const char *path, struct err *err)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    /* EINVAL: a file system that has no such thing to sync. */
    bool is_synced = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL);
    int why = errno;
    if (fd >= 0)
        close(fd);
    if (is_synced)
        return RC_OK;
    return err_set(err, RC_FAILED, "%s: sync folder: %s", path, strerrordesc_np(why));
}

static enum rc
make_folder(const char *dir, const char *folder, struct err *err)
{
    if (file_exists(folder))
        return RC_OK;
    TRY(file_make_dir(folder, FOLDER_MODE, err));
    return sync_folder(dir, err);
}

static enum rc
store_bytes(const char *dir, struct str bytes, const struct media_photo *photo,
            struct arena *scratch, struct err *err)
{
    const char *path = media_path(scratch, dir, photo->sha256, photo->ext);
    const char *slash = strrchr(path, '/');
    struct str folder = {path, (size_t)(slash - path)};
    if (is_there(path, photo->bytes))
        return RC_OK;
    TRY(make_folder(dir, str_z(scratch, folder), err));
    return file_write(path, bytes, FILE_MODE, err);
}

/* The bytes live in an arena of their own: an import of many photos holds one at a time.
 */
enum rc
media_place(const char *dir, const char *from, struct arena *a, struct media_photo *out,
            struct err *err)
{
    AT_END(arena_done) struct arena scratch;
    struct media_photo photo;
    struct str bytes;
    arena_init(&scratch);
    TRY(file_read(&scratch, from, MEDIA_FILE_MAX, &bytes, err));
    TRY(examine(from, bytes, a, &photo, err));
    TRY(store_bytes(dir, bytes, &photo, &scratch, err));
    *out = photo;
    return RC_OK;
}

enum rc
media_check(const char *from, struct arena *a, struct media_photo *out, struct err *err)
{
    AT_END(arena_done) struct arena scratch;
    struct str bytes;
    arena_init(&scratch);
    TRY(file_read(&scratch, from, MEDIA_FILE_MAX, &bytes, err));
    return examine(from, bytes, a, out, err);
}

const char *
media_path(struct arena *a, const char *dir, struct str sha, const char *ext)
{
    struct str name = str_fmt(a, "%.2s/%.*s.%s", sha.p, STR_ARG(sha), ext);
    return file_join(a, str_of(dir), name);
}

static bool
is_hex(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
            return false;
    return true;
}

const char *
media_ext_mime(struct str ext)
{
    for (int i = 0; i < MEDIA_TYPE__MAX; i++)
        if (str_eq_z(ext, media_type_ext((enum media_type)i)))
            return media_type_mime((enum media_type)i);
    return NULL;
}

bool
media_parse_path(struct str path, struct str *digest, struct str *file)
{
    struct str prefix = STR("/media/"), rest = str_from(path, prefix.n);
    if (!str_starts(path, prefix))
        return false;
    struct str folder = str_cut(&rest, '/');
    struct str digits = str_cut(&rest, '/');
    if (folder.n != 2 || digits.n != RENDITION_DIGEST_SIZE || !is_hex(digits) ||
        !str_starts(digits, folder) || !rendition_file_is_valid(rest))
        return false;
    *digest = digits;
    *file = rest;
    return true;
}

const char *
media_rendition_path(struct arena *a, const char *dir, struct str digest, struct str file)
{
    struct str name =
        str_fmt(a, "%.2s/%.*s/%.*s", digest.p, STR_ARG(digest), STR_ARG(file));
    return file_join(a, str_of(dir), name);
}
