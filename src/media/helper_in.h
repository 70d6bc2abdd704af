/* media/helper_in.h - what helper.c and helper_answer.c share. */
#ifndef MEDIA_HELPER_IN_H
#define MEDIA_HELPER_IN_H

#include "media/helper.h"

/* Memory files for an order (its bytes inside, to be read from the first) and its answer.
 * RC_FAILED leaves none. */
enum rc media_order_files(struct str order, struct str bytes, int fd[2],
                          struct err *err) MUST_CHECK;

/* Starts a helper on them, without looking at slots. RC_FAILED. */
enum rc media_helper_spawn(const struct media_helper *h, const int fd[2], pid_t *pid,
                           struct err *err) MUST_CHECK;

/* What a helper's end means (wait(2) status; killed because it was late?): RC_OK, it has
 * answered; RC_INVALID, RC_LIMIT, the picture was too much for it; RC_FAILED. */
enum rc media_helper_status(int status, bool is_late, struct err *err) MUST_CHECK;

/* Reads an answer, trusting nothing in it. As media_run_end. */
enum rc media_answer_read(int fd, struct arena *a, struct media_answer *out,
                          struct err *err) MUST_CHECK;

#endif
