/* auth/session.c - who is signed in. */
#include "auth/within.h"
#include "store/person.h"

/* A session and its person, if both are good for something. */
static enum rc
find(struct auth *au, struct str token, int64_t now, struct arena *a, struct session *s,
     struct person *p, struct err *err)
{
    TRY(store_session_by_token(au->st, token_hash(a, token), auth_limits(au, now), a, s,
                               err));
    TRY(store_person_by_id(au->st, s->person_id, a, p, err));
    return p->is_disabled || !s->is_whole ? RC_NOT_FOUND : RC_OK;
}

enum rc
auth_session_find(struct auth *au, struct str token, int64_t now, struct arena *a,
                  struct session *out, struct person *person, struct err *err)
{
    TRY(store_read_begin(au->st, err));
    enum rc rc = find(au, token, now, a, out, person, err);
    store_read_end(au->st);
    return rc == RC_NOT_FOUND ? err_set(err, rc, "no such session") : rc;
}

enum rc
auth_session_seen(struct auth *au, const struct session *s, int64_t now, struct err *err)
{
    if (now < s->seen_at + SEEN_EVERY_S)
        return RC_OK;
    TRY(store_write_begin(au->st, err));
    return auth_finish(au, store_session_seen(au->st, s->id, now, err), err);
}

static enum rc
renew(struct auth *au, struct str old, struct str new, int64_t now, struct arena *a,
      struct err *err)
{
    struct session s;
    struct person p;
    TRY(find(au, old, now, a, &s, &p, err));
    return store_session_set_token(au->st, s.id, token_hash(a, new), err);
}

enum rc
auth_session_renew(struct auth *au, struct str token, int64_t now, struct arena *a,
                   struct str *new_token, struct err *err)
{
    struct str new = token_new(a);
    TRY(store_write_begin(au->st, err));
    TRY(auth_finish(au, renew(au, token, new, now, a, err), err));
    *new_token = new;
    return RC_OK;
}

enum rc
auth_session_end(struct auth *au, struct str token, struct err *err)
{
    struct arena a AT_END(arena_done);
    arena_init(&a);
    struct auth_note note = {.action = "sign out"};
    TRY(store_write_begin(au->st, err));
    return auth_end(au, store_session_end(au->st, token_hash(&a, token), err), &note,
                    err);
}

enum rc
auth_session_list(struct auth *au, int64_t person_id, int64_t now, struct arena *a,
                  struct session **out, int *n, struct err *err)
{
    *out = arena_array(a, struct session, SESSIONS_MAX);
    return store_session_of_person(au->st, person_id, auth_limits(au, now), SESSIONS_MAX,
                                   a, *out, n, err);
}

enum rc
auth_session_end_one(struct auth *au, int64_t person_id, int64_t id, struct err *err)
{
    struct auth_note note = {.action = "session end"};
    TRY(store_write_begin(au->st, err));
    return auth_end(au, store_session_end_one(au->st, id, person_id, err), &note, err);
}
