/* store/job.c - work to be done soon. */
#include "store/job.h"

#include "store/query.h"

static const char *const kinds[] = {[JOB_RENDITIONS] = "renditions"};

enum rc
store_job_add(struct store *st, enum job_kind kind, int64_t subject, int64_t due_at,
              struct err *err)
{
    return query_do(st, Q_JOB_ADD, err, "sii", str_of(kinds[kind]), subject, due_at);
}
