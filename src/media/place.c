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
