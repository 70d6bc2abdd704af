/* media/set.h - sets of files that are given out of photos, as folders of media_dir.
 *
 * A set is named by its digest (model/rendition.h) and lies in a folder named by the
 * first two digits: media_dir/ab/ab12…/960.jpg. It is written to a folder with a
 * temporary name, which is renamed when all of it is safe on disk: so a set is there
 * whole or not at all, and a process that is killed leaves a folder that media_set_sweep
 * removes.
 *
 * Placing and taking away are done inside store_write_begin by all callers, so that no
 * two processes do either to one set at a time, and the set's row tells the truth. */
#ifndef MEDIA_SET_H
#define MEDIA_SET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

enum { MEDIA_SET_STALE_S = 24 * 60 * 60 };

struct media_set_file {
    struct str name, bytes;
};

/* Writes n files into a new folder with a temporary name; on RC_OK they are safe on disk
 * and *temporary, in a, is its path. RC_FAILED leaves nothing. hash_init must have been
 * called. */
enum rc media_set_write(const char *dir, const struct media_set_file *files, int n,
                        struct arena *a, const char **temporary,
                        struct err *err) MUST_CHECK;

/* Reads one of its files back. RC_NOT_FOUND, RC_LIMIT, RC_FAILED. */
enum rc media_set_read(const char *folder, struct str name, struct arena *a,
                       struct str *out, struct err *err) MUST_CHECK;

/* The sum of a set: SHA-256, as 64 lower-case hex digits in a, of what `sha256sum *` says
 * of its files in the order of their names (LC_ALL=C). hash_init must have been called.
 */
struct str media_set_sum(struct arena *a, const struct media_set_file *files, int n);

/* Is the folder a set with that sum ("": any)? RC_FAILED: it is not, and what is to be
 * done. */
enum rc media_set_check(const char *folder, struct str sum, struct err *err) MUST_CHECK;

/* Gives the folder the name of its digest; on RC_OK that is safe on disk. One of that
 * name that is there has no row, and goes. RC_FAILED leaves the temporary one. */
enum rc media_set_place(const char *dir, const char *temporary, struct str digest,
                        struct err *err) MUST_CHECK;

/* Takes a set out of the place where it is given out; *temporary, in a, is where it is
 * then, NULL when there was none. RC_FAILED. */
enum rc media_set_take_away(const char *dir, struct str digest, struct arena *a,
                            const char **temporary, struct err *err) MUST_CHECK;

/* Removes a folder with a temporary name and its files; NULL is fine. What cannot be
 * removed the sweep tries again. */
void media_set_drop(const char *temporary);

/* Removes what killed processes left: folders with a temporary name that have not been
 * written to for MEDIA_SET_STALE_S before now. How many, -1 when dir cannot be read. */
int media_set_sweep(const char *dir, int64_t now);

/* dir/ab/ab12… in a. */
const char *media_set_path(struct arena *a, const char *dir, struct str digest);

/* Names in one of the folders 00 to ff of dir, for looking through it. */
struct media_name {
    struct str name;
    int64_t changed_at; /* of the file or folder */
};
struct media_names {
    struct media_name *all;
    int n;
};

/* What lies in dir/ab, `part` being ab (0 to 255), up to limit names; none when there is
 * no such folder. RC_FAILED. */
enum rc media_names(const char *dir, int part, int limit, struct arena *a,
                    struct media_names *out, struct err *err) MUST_CHECK;

#endif
