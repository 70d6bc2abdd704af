/* store/job.h - work to be done soon, by the process that does such work. */
#ifndef STORE_JOB_H
#define STORE_JOB_H

#include "store/store.h"

enum job_kind { JOB_RENDITIONS /* subject: photo */ };

/* Notes that a job is due then; one that is there already is to be done anew. Inside
 * store_write_begin. 1 statement. */
enum rc store_job_add(struct store *st, enum job_kind kind, int64_t subject,
                      int64_t due_at, struct err *err) MUST_CHECK;

/* A job that is due. */
struct job {
    int64_t id, subject;
    int64_t due_at;   /* claimed: nobody else takes it up before then */
    int tries;        /* that failed */
    struct str error; /* of the last one, while no other is under way; "" else */
};

/* The job that has been due for the longest. RC_NOT_FOUND: none is. 1 statement. */
enum rc store_job_next(struct store *st, int64_t now, struct job *out,
                       struct err *err) MUST_CHECK;

/* The job about a subject, due or not. RC_NOT_FOUND. 1 statement. */
enum rc store_job_of(struct store *st, enum job_kind kind, int64_t subject,
                     struct arena *a, struct job *out, struct err *err) MUST_CHECK;

/* How many there are. 1 statement, which reads them all. */
enum rc store_job_count(struct store *st, enum job_kind kind, int64_t *out,
                        struct err *err) MUST_CHECK;

/* Inside store_write_begin, these: */

/* Takes a job up until then; sets j->due_at. */
enum rc store_job_claim(struct store *st, struct job *j, int64_t until,
                        struct err *err) MUST_CHECK;

/* Puts a claimed job off until then, because of an error ("": of none); one that was
 * asked for anew meanwhile stays due. */
enum rc store_job_put_off(struct store *st, const struct job *j, int64_t until,
                          struct str error, struct err *err) MUST_CHECK;

/* Makes all claimed jobs due: for the process that alone claims them, when it begins. */
enum rc store_job_release(struct store *st, int64_t now, struct err *err) MUST_CHECK;

enum rc store_job_drop(struct store *st, enum job_kind kind, int64_t subject,
                       struct err *err) MUST_CHECK;

#endif
