/* media/helper.h - asking the photo helper (libexec/byline/byline-photo, src/photo): a
 * process for one picture, with one input and one output, that can reach nothing else.
 *
 * An order is one line of JSON; behind it come the bytes of the picture. The answer is
 * one line of JSON; behind it come the files that its array "files" names, one after the
 * other, each with its "bytes". A refusal is the line
 *   {"ended": code, "refused": reason, "number": n, "text": for the log}
 * The orders:
 *   {"do":"look"}  is the picture whole? -> {"type":"jpg", "width":, "height": (as
 * shown), "found": (media/found.h)}
 *   {"do":"render", "words":{key: text}, "focal":"x,y"}  make the files that are given
 * out of it -> {"files":[{"name":"480.jpg", "bytes":, "width":, "height":}]}
 *   {"do":"check", "files":[bytes, ...]}  look at several pictures, one after another ->
 * {"looked":[as look answers]}
 *   {"do":"rewrite", "words":{key: text}}  the same picture with these texts inside and
 * no other metadata -> {"files":[one, "photo." and what it is]}; of AVIF and HEIC a JPEG
 *
 * Input and output are memory files (memfd_create(2)): nobody waits for anybody while
 * they write, and a helper that dies leaves nothing. */
#ifndef MEDIA_HELPER_H
#define MEDIA_HELPER_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum { MEDIA_ANSWER_FILES_MAX = 16, MEDIA_ORDER_MAX = 64 * 1024 };

/* How helpers are started from this process. */
struct media_helper {
    const char *program; /* path of the executable */
    int socket_fd;       /* -1: this process starts them; else another one does */
    int slots_fd;        /* bytes of this file stand for helpers that may run at a time */
    int n_slots;
    bool has_walls; /* setting sandbox */
    int wait_ms;    /* for a free slot */
    int limit_ms;   /* of the helper's life, by the clock on the wall */
};

/* The argument that makes a helper work without walls, where the kernel has none. */
#define MEDIA_HELPER_NO_WALLS "--sandbox=off"

enum { MEDIA_HELPER_WAIT_MS = 120 * 1000, MEDIA_HELPER_LIMIT_MS = 60 * 1000 };

/* Path of the executable, in a: beside the program in the tree it was built in; beside
 * its folder bin where it is installed, wherever that is; else where it is installed by
 * default. */
const char *media_helper_program(struct arena *a);

/* Helpers started by this process itself, n_slots at a time on the whole machine. folder
 * holds the file whose locks count them (originals_dir). They have walls. Fills h; path
 * and descriptor are for media_helper_close. RC_FAILED. */
enum rc media_helper_open(const char *folder, int n_slots, struct arena *a,
                          struct media_helper *h, struct err *err) MUST_CHECK;
void media_helper_close(struct media_helper *h);

/* Helpers started by the process at the other end of a socket (media/helper_server.h): it
 * is handed the memory files and the end of a pipe on which it says how it ended. The
 * socket stays the caller's. wait_ms: for everything, from order to answer. */
struct media_helper media_helper_through(int socket_fd, int wait_ms);

struct media_answer {
    struct str json; /* the answer's line */
    struct {
        struct str name, bytes;
    } files[MEDIA_ANSWER_FILES_MAX];
    int n_files;
};

/* One helper under way. */
struct media_run {
    const struct media_helper *helper;
    pid_t pid;      /* 0: started by another process */
    int fd;         /* can be read once it is over: for poll(2) */
    int output;     /* its memory file */
    int slot;       /* the one it holds */
    bool is_lost;   /* who was to start it ended: to be asked again */
    int64_t end_ms; /* when patience ends (time_monotonic_ms) */
};

/* Starts a helper, having waited for a slot. order: one line of JSON without its end;
 * bytes: the picture. RC_OK: media_run_end must follow. RC_BUSY, RC_FAILED. */
enum rc media_run_begin(const struct media_helper *h, struct str order, struct str bytes,
                        struct media_run *run, struct err *err) MUST_CHECK;

/* Waits for it to end (until run->end_ms, when it is killed) and reads its answer.
 *   RC_OK       out lives in a
 *   RC_INVALID, RC_LIMIT
 *               the picture is refused; err->text says why, err->reason is one of
 *               model/refused_file.def
 *   RC_BUSY     another process was to start it and found no time to
 *   RC_FAILED   it was killed by somebody, or answered what it must not */
enum rc media_run_end(struct media_run *run, struct arena *a, struct media_answer *out,
                      struct err *err) MUST_CHECK;

/* Both, one after the other; once more when who was to start it ended. */
enum rc media_helper_run(const struct media_helper *h, struct str order, struct str bytes,
                         struct arena *a, struct media_answer *out,
                         struct err *err) MUST_CHECK;

#endif
