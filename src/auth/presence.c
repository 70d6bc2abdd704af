/* auth/presence.c - who is at which item. */
#include "auth/presence.h"

#include "auth/within.h"
#include "store/presence.h"

enum { OPENED_S = 900, ALIVE_S = 60, ALIVE_LEAST_S = 30 };

/* Is what is known of them still good enough, so that nothing need be written? */
static bool
is_known(enum presence_sign sign, int64_t until, int64_t now)
{
    int64_t left = until - now;
    return sign == PRESENCE_OPENED ? left > OPENED_S - ALIVE_LEAST_S
                                   : left > ALIVE_LEAST_S && left <= ALIVE_S;
}

static enum rc
drop(struct auth *au, int64_t item_id, int64_t person_id, struct err *err)
{
    TRY(store_write_begin(au->st, err));
    return auth_finish(au, store_presence_drop(au->st, item_id, person_id, err), err);
}

static enum rc
set_in(struct auth *au, int64_t item_id, int64_t person_id, int64_t now, int64_t until,
       struct err *err)
{
    int64_t began_at = now, unused;
    TRY(store_presence_drop_old(au->st, now, err));
    enum rc rc = store_presence_of(au->st, item_id, person_id, &began_at, &unused, err);
    if (rc != RC_OK && rc != RC_NOT_FOUND)
        return rc;
    return store_presence_set(au->st, item_id, person_id, began_at, until, err);
}

enum rc
auth_presence_note(struct auth *au, int64_t item_id, int64_t person_id,
                   enum presence_sign sign, int64_t now, struct err *err)
{
    int64_t began_at, until = now;
    enum rc rc = store_presence_of(au->st, item_id, person_id, &began_at, &until, err);
    if (rc != RC_OK && rc != RC_NOT_FOUND)
        return rc;
    if (sign == PRESENCE_LEFT)
        return rc == RC_OK ? drop(au, item_id, person_id, err) : RC_OK;
    if (is_known(sign, until, now))
        return RC_OK;
    until = now + (sign == PRESENCE_OPENED ? OPENED_S : ALIVE_S);
    TRY(store_write_begin(au->st, err));
    return auth_finish(au, set_in(au, item_id, person_id, now, until, err), err);
}

enum rc
auth_presence_others(struct auth *au, int64_t item_id, int64_t person_id, int64_t now,
                     struct arena *a, struct presences *out, struct err *err)
{
    return store_presence_others(au->st, item_id, person_id, now, a, out, err);
}
