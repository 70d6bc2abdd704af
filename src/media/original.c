/* media/original.c - reading originals. */
#include "media/original.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "media/place.h"
#include "media/receive.h"

#include "base/file.h"
#include "base/hash.h"

enum { ORIGINAL_MODE = 0600 };

static enum rc
make_folder_of(const char *path, struct arena *a, struct err *err)
{
    const char *slash = strrchr(path, '/');
    const char *folder = str_z(a, (struct str){path, (size_t)(slash - path)});
    TRY(file_make_dir(folder, MEDIA_ORIGINALS_MODE, err));
    return file_sync_folder_of(folder) ? RC_OK
                                       : err_set(err, RC_FAILED, "%s: sync folder: %s",
                                                 folder, strerrordesc_np(errno));
}

/* The copy is safe on disk before the old one goes. */
static enum rc
move_here(const char *old, const char *path, struct arena *a, struct err *err)
{
    TRY(make_folder_of(path, a, err));
    TRY(file_copy(old, path, MEDIA_FILE_MAX, ORIGINAL_MODE, err));
    unlink(old);
    return RC_OK;
}

enum rc
media_original_read(const char *originals_dir, const char *media_dir, struct str sha256,
                    struct str ext, struct arena *a, struct str *out, struct err *err)
{
    const char *e = str_z(a, ext), *path = media_path(a, originals_dir, sha256, e);
    const char *old = media_path(a, media_dir, sha256, e);
    if (!file_exists(path) && file_exists(old))
        TRY(move_here(old, path, a, err));
    enum rc rc = file_read(a, path, MEDIA_FILE_MAX, out, err);
    return rc == RC_NOT_FOUND ? err_set(err, rc,
                                        "%s: the original is missing; put it back from "
                                        "a backup",
                                        path)
                              : rc;
}

enum rc
media_original_check(const char *originals_dir, const char *media_dir, struct str sha256,
                     struct str ext, struct err *err)
{
    struct arena a AT_END(arena_done);
    struct str bytes;
    arena_init(&a);
    TRY(media_original_read(originals_dir, media_dir, sha256, ext, &a, &bytes, err));
    if (str_eq(hash_sha256(&a, bytes), sha256))
        return RC_OK;
    return err_set(err, RC_FAILED,
                   "%s: its bytes have changed; put it back from a backup",
                   media_path(&a, originals_dir, sha256, str_z(&a, ext)));
}
