/* store/audit.c - the audit log. */
#include "store/desk.h"
#include "store/query.h"

enum rc
store_audit_add(struct store *st, int64_t at, const struct actor *who, const char *action,
                struct str item, struct str detail, struct err *err)
{
    return query_do(st, Q_AUDIT_ADD, err, "iieesee", at, who->person_id, who->name,
                    who->origin, str_of(action), item, detail);
}

static enum rc
start_search(struct store *st, const struct audit_search *s, struct query *q,
             struct err *err)
{
    int64_t limit = s->limit;
    if (s->person.n > 0)
        return query_start(st, Q_AUDIT_BY_PERSON, q, err, "siiii", s->person, s->since,
                           s->when, s->id, limit);
    if (s->item.n > 0)
        return query_start(st, Q_AUDIT_BY_ITEM, q, err, "siiii", s->item, s->since,
                           s->when, s->id, limit);
    return query_start(st, Q_AUDIT_BY_TIME, q, err, "iiii", s->since, s->when, s->id,
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
    l->item = query_str(q, a);
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
