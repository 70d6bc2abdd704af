/* store/job.h - work to be done soon, by the process that does such work. */
#ifndef STORE_JOB_H
#define STORE_JOB_H

#include "store/store.h"

enum job_kind { JOB_RENDITIONS /* subject: photo */ };

/* Notes that a job is due then; one that is there already is to be done anew. Inside
 * store_write_begin. 1 statement. */
enum rc store_job_add(struct store *st, enum job_kind kind, int64_t subject,
                      int64_t due_at, struct err *err) MUST_CHECK;

#endif
