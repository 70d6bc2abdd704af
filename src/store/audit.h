/* store/audit.h - the audit log: who did what, when, to what, from where. There is one in
 * each database; in accounts.db `about` is a login, in news.db an item's public id. It is
 * added to and read, never changed. */
#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

#include "model/actor.h"
#include "store/store.h"

#include "base/arena.h"

struct audit_line {
    int64_t id, at, person_id;
    struct str person, origin, action, about, detail;
};

/* Inside store_write_begin of either database, together with what it tells of. about and
 * detail may be absent. */
enum rc store_audit_add(struct store *st, int64_t at, const struct actor *who,
                        const char *action, struct str about, struct str detail,
                        struct err *err) MUST_CHECK;

/* Newest first, before (when, id) and not before since. Its own id: not that line and
 * what came after it in its second. */
struct audit_search {
    struct str person, about, action; /* absent or "": all */
    int64_t since;                    /* INT64_MIN: from the beginning */
    int64_t when, id;                 /* INT64_MAX, INT64_MAX: from the newest */
    int limit;
};
/* Up to limit lines into out. 1 statement. */
enum rc store_audit_search(struct store *st, const struct audit_search *s,
                           struct arena *a, struct audit_line *out, int *n,
                           struct err *err) MUST_CHECK;

#endif
