/* media/helper_in.h - what the files helper*.c share. */
#ifndef MEDIA_HELPER_IN_H
#define MEDIA_HELPER_IN_H

#include <sys/socket.h>

#include "media/helper.h"

/* Memory files for an order (its bytes inside, to be read from the first) and its answer.
 * RC_FAILED leaves none. */
enum rc media_order_files(struct str order, struct str bytes, int fd[2],
                          struct err *err) MUST_CHECK;

/* Starts a helper on them, without looking at slots. pidfd can be read when it has ended.
 * RC_FAILED. */
enum rc media_helper_spawn(const struct media_helper *h, const int fd[2], pid_t *pid,
                           int *pidfd, struct err *err) MUST_CHECK;

/* Takes a free slot, if there is one. A process sees its own as free: each of its helpers
 * must have a struct media_helper of its own, with a slots_fd of its own. */
bool media_slot_take(const struct media_helper *h, int *slot);
void media_slot_give(const struct media_helper *h, int slot);

/* What is handed over to the process that starts helpers: both memory files, and the end
 * of a pipe on which it says struct media_end. */
enum { MEDIA_FILES_HANDED = 3 };
union media_control {
    struct cmsghdr head; /* for its alignment */
    char bytes[CMSG_SPACE(MEDIA_FILES_HANDED * sizeof(int))];
};

struct media_end {
    bool is_started, is_late;
    int status;     /* wait(2) */
    char text[400]; /* why it was not started */
};

/* What a helper's end means (wait(2) status; killed because it was late?): RC_OK, it has
 * answered; RC_INVALID, RC_LIMIT, the picture was too much for it; RC_FAILED. */
enum rc media_helper_status(int status, bool is_late, struct err *err) MUST_CHECK;

/* Reads an answer, trusting nothing in it. As media_run_end. */
enum rc media_answer_read(int fd, struct arena *a, struct media_answer *out,
                          struct err *err) MUST_CHECK;

#endif
