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

enum rc
store_job_next(struct store *st, int64_t now, struct job *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_JOB_NEXT, &q, err, "i", now));
    TRY(query_row(&q, err));
    *out = (struct job){.id = query_int(&q)};
    out->subject = query_int(&q);
    out->tries = (int)query_int(&q);
    return RC_OK;
}

enum rc
store_job_of(struct store *st, enum job_kind kind, int64_t subject, struct arena *a,
             struct job *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_JOB_OF, &q, err, "si", str_of(kinds[kind]), subject));
    TRY(query_row(&q, err));
    *out = (struct job){.id = query_int(&q), .subject = subject};
    out->due_at = query_int(&q);
    out->tries = (int)query_int(&q);
    out->error = query_str(&q, a);
    return RC_OK;
}

enum rc
store_job_count(struct store *st, enum job_kind kind, int64_t *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_JOB_COUNT, &q, err, "s", str_of(kinds[kind])));
    TRY(query_row(&q, err));
    *out = query_int(&q);
    return RC_OK;
}

enum rc
store_job_claim(struct store *st, struct job *j, int64_t until, struct err *err)
{
    j->due_at = until;
    return query_do(st, Q_JOB_CLAIM, err, "ii", until, j->id);
}

enum rc
store_job_put_off(struct store *st, const struct job *j, int64_t until, struct str error,
                  struct err *err)
{
    return query_do(st, Q_JOB_FAIL, err, "iieii", until, (int64_t)j->tries, error, j->id,
                    j->due_at);
}

enum rc
store_job_release(struct store *st, int64_t now, struct err *err)
{
    return query_do(st, Q_JOB_RELEASE, err, "i", now);
}

enum rc
store_job_drop(struct store *st, enum job_kind kind, int64_t subject, struct err *err)
{
    return query_do(st, Q_JOB_DROP, err, "si", str_of(kinds[kind]), subject);
}
