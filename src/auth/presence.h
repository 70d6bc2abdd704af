/* auth/presence.h - who is at which item of the newsroom, so that two people see each
 * other.
 *
 * A page that is opened counts for a quarter of an hour; one whose script asks every few
 * seconds counts for a minute after it was last heard of. The database is written to at
 * most twice a minute for each of them. */
#ifndef AUTH_PRESENCE_H
#define AUTH_PRESENCE_H

#include "auth/auth.h"
#include "model/together.h"

enum presence_sign {
    PRESENCE_OPENED, /* the page was asked for; it may have no script */
    PRESENCE_ALIVE,  /* its script says that it is still open */
    PRESENCE_LEFT    /* and that it is not any more */
};

/* Notes a sign of a person at an item. RC_BUSY, RC_FAILED. */
enum rc auth_presence_note(struct auth *au, int64_t item_id, int64_t person_id,
                           enum presence_sign sign, int64_t now,
                           struct err *err) MUST_CHECK;

/* Who else is there. Reads only. */
enum rc auth_presence_others(struct auth *au, int64_t item_id, int64_t person_id,
                             int64_t now, struct arena *a, struct presences *out,
                             struct err *err) MUST_CHECK;

#endif
