/* store/audit.c - the audit logs of both databases. */
#include "store/audit.h"

#include "store/query.h"

/* The same questions of each database. */
static const struct {
    enum query_id add, by_time, by_action, by_person, by_about;
} of[STORE_KIND__MAX] = {
    [STORE_NEWS] = {Q_AUDIT_ADD, Q_AUDIT_BY_TIME, Q_AUDIT_BY_ACTION, Q_AUDIT_BY_PERSON,
                    Q_AUDIT_BY_ITEM},
    [STORE_ACCOUNTS] = {Q_ACCOUNT_AUDIT_ADD, Q_ACCOUNT_AUDIT_BY_TIME,
                        Q_ACCOUNT_AUDIT_BY_ACTION, Q_ACCOUNT_AUDIT_BY_PERSON,
                        Q_ACCOUNT_AUDIT_BY_WHOM},
};

enum rc
store_audit_add(struct store *st, int64_t at, const struct actor *who, const char *action,
                struct str about, struct str detail, struct err *err)
{
    return query_do(st, of[st->kind].add, err, "iieesee", at, who->person_id, who->name,
                    who->origin, str_of(action), about, detail);
}

static enum rc
start_search(struct store *st, const struct audit_search *s, struct query *q,
             struct err *err)
{
    int64_t limit = s->limit;
    if (s->about.n > 0)
        return query_start(st, of[st->kind].by_about, q, err, "siiieei", s->about,
                           s->since, s->when, s->id, s->person, s->action, limit);
    if (s->person.n > 0)
        return query_start(st, of[st->kind].by_person, q, err, "siiiei", s->person,
                           s->since, s->when, s->id, s->action, limit);
    if (s->action.n > 0)
        return query_start(st, of[st->kind].by_action, q, err, "siiii", s->action,
                           s->since, s->when, s->id, limit);
    return query_start(st, of[st->kind].by_time, q, err, "iiii", s->since, s->when, s->id,
                       limit);
}

static void
read_audit(struct query *q, struct arena *a, struct audit_line *l)
{
    l->id = query_int(q);
    l->at = query_int(q);
    l->person_id = query_int(q);
    l->person = query_str(q, a);
    l->origin = query_str(q, a);
    l->action = query_str(q, a);
    l->about = query_str(q, a);
    l->detail = query_str(q, a);
}

enum rc
store_audit_search(struct store *st, const struct audit_search *s, struct arena *a,
                   struct audit_line *out, int *n, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc;
    *n = 0;
    TRY(start_search(st, s, &q, err));
    while ((rc = query_row(&q, err)) == RC_OK)
        read_audit(&q, a, &out[(*n)++]);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}
