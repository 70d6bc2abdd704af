/* news/audit.h - who did what in the newsroom: the audit logs of both databases as one.
 *
 * Newest first. Lines of one second stand with those of news.db before those of
 * accounts.db, each newest first: so a place in the list is a time, a database, a line.
 */
#ifndef NEWS_AUDIT_H
#define NEWS_AUDIT_H

#include "store/audit.h"

struct audit_place {
    int64_t at, id;
    enum store_kind kind;
};

struct audit_filter {
    struct str person, about, action; /* absent or "": all */
    int64_t since, until;             /* from the first on, before the second; INT64_MIN,
                                       * INT64_MAX: no bound */
    bool has_before;
    struct audit_place before; /* the last line already seen */
};

struct audit_entry {
    struct audit_line line;
    enum store_kind kind; /* which database's line: what line.about is */
};

/* Up to limit entries into out; whether there are more behind them. accounts may be NULL:
 * then it is news.db alone. 1 statement for each database. RC_BUSY, RC_FAILED. */
struct audit_entries {
    struct audit_entry *all; /* limit of them, in the arena */
    int n;
    bool has_more;
};
enum rc news_audit(struct store *news, struct store *accounts,
                   const struct audit_filter *f, int limit, struct arena *a,
                   struct audit_entries *out, struct err *err) MUST_CHECK;

/* The place behind an entry. */
struct audit_place news_audit_place(const struct audit_entry *e);

/* A place in an address ("1774900000.0.12") and back; false when it is none. */
struct str news_audit_place_write(struct arena *a, const struct audit_place *p);
bool news_audit_place_read(struct str s, struct audit_place *out);

#endif
