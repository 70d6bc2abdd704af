/* auth/token.c - tokens for programs.
 *
 * 256 random bits cannot be guessed, so a right token is let in whatever else came from
 * its network; only wrong ones are counted and, past the limit, told to wait. */
#include "auth/token.h"

#include "auth/within.h"
#include "store/person.h"
#include "store/throttle.h"
#include "store/token.h"

static enum rc
check_times(const struct token *t, struct err *err)
{
    if (t->expires_at <= t->made_at || t->expires_at - t->made_at > TOKEN_LIFE_MAX_S)
        return err_field(err, "expires", "a token is good for a year at most");
    return RC_OK;
}

static enum rc
check_room(struct auth *au, int64_t person_id, struct arena *a, struct err *err)
{
    struct token *all;
    int n = 0;
    TRY(auth_token_list(au, person_id, a, &all, &n, err));
    return n < TOKENS_MAX ? RC_OK
                          : err_set(err, RC_LIMIT, "there are %d tokens", TOKENS_MAX);
}

enum rc
auth_token_add(struct auth *au, const struct person *p, struct token *t, struct arena *a,
               struct str *secret, struct err *err)
{
    struct auth_note note = {.action = "token add", .whom = p->login, .detail = t->name};
    struct str bits = token_new(a);
    TRY(token_check(t, err));
    TRY(check_times(t, err));
    *secret = str_fmt(a, AUTH_TOKEN_PREFIX "%.*s", STR_ARG(bits));
    t->person_id = p->id;
    TRY(store_write_begin(au->st, err));
    enum rc rc = check_room(au, p->id, a, err);
    if (rc == RC_OK)
        rc = store_token_add(au->st, t, token_hash(a, *secret), err);
    return auth_end(au, rc, &note, err);
}

/* ---- who is it? ---- */

static enum rc
look(struct auth *au, const struct auth_bearer *b, struct arena *a, struct token *t,
     struct person *p, struct err *err)
{
    TRY(store_token_by_hash(au->st, token_hash(a, b->secret), a, t, err));
    if (t->expires_at <= b->now)
        return RC_NOT_FOUND;
    TRY(store_person_by_id(au->st, t->person_id, a, p, err));
    p->token = t;
    return p->is_disabled ? RC_NOT_FOUND : RC_OK;
}

static enum rc
find(struct auth *au, const struct auth_bearer *b, struct arena *a, struct token *t,
     struct person *p, struct err *err)
{
    TRY(store_read_begin(au->st, err));
    enum rc rc = look(au, b, a, t, p, err);
    store_read_end(au->st);
    return rc;
}

static enum rc
count_wrong(struct auth *au, struct str what, int64_t now, struct err *err)
{
    int64_t since = now - au->rules.window_s;
    TRY(store_write_begin(au->st, err));
    enum rc rc = store_throttle_drop_old(au->st, since, err);
    if (rc == RC_OK)
        rc = store_throttle_count(au->st, what, now, since, err);
    return auth_finish(au, rc, err);
}

static enum rc
refuse(struct auth *au, const struct auth_bearer *b, struct arena *a,
       int64_t *retry_after_s, struct err *err)
{
    struct throttle t;
    struct str what = auth_counted(a, "token", auth_network(a, b->address));
    TRY(store_throttle_of(au->st, what, b->now - au->rules.window_s, &t, err));
    if (t.failures >= au->rules.tries_address) {
        *retry_after_s = t.began_at + au->rules.window_s - b->now;
        return err_set(err, RC_LIMIT, "too many wrong tokens from this network");
    }
    TRY(count_wrong(au, what, b->now, err));
    return err_set(err, RC_DENIED, "the token is unknown, revoked or expired");
}

static enum rc
note_use(struct auth *au, const struct token *t, int64_t now, struct err *err)
{
    if (t->used_at != TIME_NONE && now < t->used_at + SEEN_EVERY_S)
        return RC_OK;
    enum rc rc = store_write_begin(au->st, err);
    if (rc == RC_OK)
        rc = auth_finish(au, store_token_used(au->st, t->id, now, err), err);
    return rc == RC_BUSY ? RC_OK : rc; /* it is noted the next time */
}

enum rc
auth_token_find(struct auth *au, const struct auth_bearer *b, struct arena *a,
                struct token *out, struct person *person, int64_t *retry_after_s,
                struct err *err)
{
    *retry_after_s = 0;
    enum rc rc = find(au, b, a, out, person, err);
    if (rc == RC_NOT_FOUND)
        return refuse(au, b, a, retry_after_s, err);
    TRY(rc);
    return note_use(au, out, b->now, err);
}

/* ---- a person's own ---- */

enum rc
auth_token_list(struct auth *au, int64_t person_id, struct arena *a, struct token **out,
                int *n, struct err *err)
{
    *out = arena_array(a, struct token, TOKENS_MAX);
    return store_token_of_person(au->st, person_id, TOKENS_MAX, a, *out, n, err);
}

enum rc
auth_token_end(struct auth *au, const struct person *p, int64_t id, struct err *err)
{
    struct arena a AT_END(arena_done);
    struct auth_note note = {.action = "token end", .whom = p->login};
    arena_init(&a);
    TRY(store_write_begin(au->st, err));
    enum rc rc = store_token_end(au->st, id, p->id, &a, &note.detail, err);
    return auth_end(au, rc, &note, err);
}
