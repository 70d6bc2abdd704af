/* media/receive.h - a photo on its way in: its bytes go into a file of originals_dir as
 * they come, and it has a name there only once it is whole and safe on disk.
 *
 *     struct media_receive r AT_END(media_receive_end) = MEDIA_RECEIVE_NONE;
 *     TRY(media_receive_begin(&r, conf->originals_dir, err));
 *     while (there are bytes)
 *         TRY(media_receive_add(&r, piece, err));
 *     TRY(media_receive_look(&r, a, &photo, err));   // is it a photo, which one
 *     TRY(media_receive_bytes(&r, &bytes, err));     // for the photo helper, which
 * decodes it TRY(media_receive_keep(&r, err));              // now it is there; then its
 * row
 *
 * Whatever ends before media_receive_keep leaves nothing behind; a process that is killed
 * leaves a file that media_receive_sweep removes. An original is named by the SHA-256 of
 * its bytes: originals_dir/ab/ab12….heic (media_path), so the same photo is kept once. */
#ifndef MEDIA_RECEIVE_H
#define MEDIA_RECEIVE_H

#include "media/place.h"

#include "base/hash.h"

enum {
    MEDIA_ORIGINALS_MODE = 0700, /* of originals_dir and all folders in it */
    MEDIA_RECEIVE_STALE_S = 3600 /* no upload takes so long */
};

struct media_receive {
    const char *dir;
    int fd;               /* -1: nothing under way */
    int64_t bytes;        /* so far */
    struct str in_memory; /* what media_receive_bytes mapped */
    struct hash_sum sum;
    struct media_photo photo; /* of media_receive_look */
    char name[1100];          /* of the file until it is kept; "" if none */
};

#define MEDIA_RECEIVE_NONE \
    {                      \
        .fd = -1           \
    }

/* Makes the file. r is MEDIA_RECEIVE_NONE, or was ended; dir, an existing folder, must
 * outlive it. RC_OK, RC_FAILED (the text names the folder). hash_init must have been
 * called. */
enum rc media_receive_begin(struct media_receive *r, const char *dir,
                            struct err *err) MUST_CHECK;

/* The next bytes. RC_OK; RC_LIMIT (more than MEDIA_FILE_MAX in all); RC_FAILED (the disk
 * is full or broken). After another than RC_OK only media_receive_end may follow. */
enum rc media_receive_add(struct media_receive *r, struct str piece,
                          struct err *err) MUST_CHECK;

/* All of the file `from` at once, begin and add: for commands. RC_OK, RC_NOT_FOUND,
 * RC_LIMIT, RC_FAILED; the text names the file. What is refused here or below has its
 * reason with it (model/refusal.h). */
enum rc media_receive_file(struct media_receive *r, const char *dir, const char *from,
                           struct err *err) MUST_CHECK;

/* After the last bytes: what it is, by its headers. Looking again gives the same.
 *   out      set only on RC_OK; sha256 lives in a, which must outlive r
 *   returns  RC_OK; RC_INVALID, RC_LIMIT (as media_image_read); RC_FAILED */
enum rc media_receive_look(struct media_receive *r, struct arena *a,
                           struct media_photo *out, struct err *err) MUST_CHECK;

/* The whole file, mapped and not read: valid until r ends. RC_OK, RC_FAILED. */
enum rc media_receive_bytes(struct media_receive *r, struct str *out,
                            struct err *err) MUST_CHECK;

/* Puts it in its place, over the same bytes where they are there already; on RC_OK it is
 * safe on disk. media_receive_look must have succeeded. RC_OK, RC_FAILED. */
enum rc media_receive_keep(struct media_receive *r, struct err *err) MUST_CHECK;

/* Lets go of everything; what was not kept is removed. Ending twice is fine. */
void media_receive_end(struct media_receive *r);

/* Removes what killed processes left: unfinished files not written to for
 * MEDIA_RECEIVE_STALE_S before now. How many, -1 when dir cannot be read. */
int media_receive_sweep(const char *dir, int64_t now);

#endif
