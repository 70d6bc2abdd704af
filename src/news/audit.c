/* news/audit.c - two audit logs read as one. */
#include "news/audit.h"

/* One log under way: limit + 1 lines of it at most. */
struct tape {
    struct audit_line *lines;
    int n, at;
};

/* Where a log goes on behind a line of this or the other one. */
static int64_t
bound_in(const struct audit_place *p, enum store_kind kind)
{
    return kind == p->kind ? p->id : kind > p->kind ? INT64_MAX : INT64_MIN;
}

static enum rc
read_tape(struct store *st, enum store_kind kind, const struct audit_filter *f, int limit,
          struct arena *a, struct tape *out, struct err *err)
{
    struct audit_search s = {.person = f->person,
                             .about = f->about,
                             .action = f->action,
                             .since = f->since,
                             .when = f->until,
                             .id = f->until == INT64_MAX ? INT64_MAX : INT64_MIN,
                             .limit = limit};
    *out = (struct tape){0};
    if (st == NULL)
        return RC_OK;
    if (f->has_before && f->before.at < f->until) {
        s.when = f->before.at;
        s.id = bound_in(&f->before, kind);
    }
    out->lines = arena_array(a, struct audit_line, limit);
    return store_audit_search(st, &s, a, out->lines, &out->n, err);
}

/* The log whose next line is the newer one; news.db's within one second; NULL at the end.
 */
static struct tape *
newer(struct tape tapes[STORE_KIND__MAX], enum store_kind *kind)
{
    struct tape *best = NULL;
    for (int k = 0; k < STORE_KIND__MAX; k++) {
        struct tape *t = &tapes[k];
        if (t->at < t->n &&
            (best == NULL || t->lines[t->at].at > best->lines[best->at].at)) {
            best = t;
            *kind = (enum store_kind)k;
        }
    }
    return best;
}

enum rc
news_audit(struct store *news, struct store *accounts, const struct audit_filter *f,
           int limit, struct arena *a, struct audit_entries *out, struct err *err)
{
    struct tape tapes[STORE_KIND__MAX], *t;
    struct store *const stores[] = {[STORE_NEWS] = news, [STORE_ACCOUNTS] = accounts};
    enum store_kind kind = STORE_NEWS;
    for (int k = 0; k < STORE_KIND__MAX; k++)
        TRY(read_tape(stores[k], (enum store_kind)k, f, limit + 1, a, &tapes[k], err));
    *out = (struct audit_entries){.all = arena_array(a, struct audit_entry, limit)};
    while (out->n < limit && (t = newer(tapes, &kind)) != NULL)
        out->all[out->n++] = (struct audit_entry){t->lines[t->at++], kind};
    out->has_more = newer(tapes, &kind) != NULL;
    return RC_OK;
}

struct audit_place
news_audit_place(const struct audit_entry *e)
{
    return (struct audit_place){e->line.at, e->line.id, e->kind};
}

struct str
news_audit_place_write(struct arena *a, const struct audit_place *p)
{
    return str_fmt(a, "%lld.%d.%lld", (long long)p->at, (int)p->kind, (long long)p->id);
}

bool
news_audit_place_read(struct str s, struct audit_place *out)
{
    int64_t kind;
    struct str at = str_cut(&s, '.'), which = str_cut(&s, '.');
    if (!str_to_int(at, INT64_MIN + 1, INT64_MAX - 1, &out->at) ||
        !str_to_int(which, 0, STORE_KIND__MAX - 1, &kind) ||
        !str_to_int(s, 1, INT64_MAX, &out->id))
        return false;
    out->kind = (enum store_kind)kind;
    return true;
}
