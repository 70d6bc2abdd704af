/* base/file.h - files, so written that a crash leaves the old or the new, never half. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"

/* The whole file into the arena (NUL-terminated). RC_NOT_FOUND, RC_LIMIT when it is
 * larger than limit bytes, RC_FAILED. */
enum rc file_read(struct arena *a, const char *path, size_t limit, struct str *out,
                  struct err *err) MUST_CHECK;

/* Replaces or makes the file: temporary name in the same folder, fsync, rename, fsync
 * of the folder. On failure nothing is left behind. Permissions are mode (octal). */
enum rc file_write(const char *path, struct str bytes, unsigned mode,
                   struct err *err) MUST_CHECK;

/* Copies a regular file of at most limit bytes with the same guarantee; symbolic links
 * at the end of `from` are followed. RC_NOT_FOUND, RC_LIMIT, RC_FAILED. */
enum rc file_copy(const char *from, const char *to, size_t limit, unsigned mode,
                  struct err *err) MUST_CHECK;

/* Makes a folder and its parents; existing ones are fine. Permissions of new ones are
 * mode (octal), whatever the umask is. */
enum rc file_make_dir(const char *path, unsigned mode, struct err *err) MUST_CHECK;

/* Makes renames and removals in the folder of path safe on disk; false with errno. */
bool file_sync_folder_of(const char *path);

bool file_exists(const char *path);

/* Writes all of it to a descriptor, over short writes and EINTR; false with errno. */
bool file_write_fd(int fd, struct str bytes);

/* dir + "/" + name in the arena; an absolute name is returned as it is. */
const char *file_join(struct arena *a, struct str dir, struct str name);

#endif
