/* auth/signin.c - signing in, and what stands in the way of guessing.
 *
 * Failures are counted in a window per account and per address. A device from which the
 * person has signed in before is counted for itself: so guessing closes an account to
 * strangers' devices only. Every try is counted before it is looked at, so that many at
 * once gain nothing, and taken back when the person is signed in whole: a right password
 * alone clears nothing. */
#include "auth/factor.h"
#include "auth/password.h"
#include "auth/within.h"
#include "store/passkey.h"
#include "store/person.h"
#include "store/throttle.h"

#include "base/hash.h"
#include "base/utf8.h"

/* A try under way. */
struct trying {
    struct auth *au;
    const struct auth_attempt *t;
    struct arena *a;
    struct person person; /* id 0: nobody */
    bool is_known_device;
    struct str account, address; /* what is counted; address absent on a known device */
    struct str hash;             /* of the password that was compared */
    int64_t since;               /* windows that began before are over */
};

static enum rc
refuse(struct err *err)
{
    return err_set(err, RC_DENIED, "not the name and password of anybody");
}

static enum rc
find_device(struct trying *k, struct err *err)
{
    struct str hash = token_hash(k->a, k->t->device);
    if (k->person.id == 0 || k->t->device.n == 0)
        return RC_OK;
    TRY(store_device_is_known(k->au->st, hash, k->person.id, k->t->now - DEVICE_S,
                              &k->is_known_device, err));
    if (k->is_known_device) {
        k->account = auth_counted(k->a, "device", k->t->device);
        k->address = (struct str){NULL, 0};
    }
    return RC_OK;
}

/* A name that cannot be one is counted as it is. */
static enum rc
find_person(struct trying *k, struct err *err)
{
    struct str key = k->t->login;
    enum rc rc = auth_login_key(k->t->login, k->a, &key, err);
    if (rc == RC_OK)
        rc = store_person_by_key(k->au->st, key, k->a, &k->person, err);
    if (rc == RC_FAILED || rc == RC_BUSY)
        return rc;
    k->account = auth_counted(k->a, "account", key);
    return RC_OK;
}

static enum rc
look(struct trying *k, struct err *err)
{
    k->since = k->t->now - k->au->rules.window_s;
    k->address = auth_counted(k->a, "address", auth_network(k->a, k->t->address));
    if (k->account.p == NULL)
        TRY(find_person(k, err));
    return find_device(k, err);
}

static enum rc
check_count(struct trying *k, struct str what, int64_t most, struct auth_grant *out,
            struct err *err)
{
    struct throttle t;
    TRY(store_throttle_of(k->au->st, what, k->since, &t, err));
    if (t.failures < most)
        return RC_OK;
    out->retry_after_s = t.began_at + k->au->rules.window_s - k->t->now;
    return err_set(err, RC_LIMIT, "too many failures of signing in");
}

static enum rc
check_counts(struct trying *k, struct auth_grant *out, struct err *err)
{
    TRY(check_count(k, k->account, k->au->rules.tries, out, err));
    if (k->address.p == NULL)
        return RC_OK;
    return check_count(k, k->address, k->au->rules.tries_address, out, err);
}

static enum rc
count(struct trying *k, struct err *err)
{
    struct store *st = k->au->st;
    TRY(store_throttle_drop_old(st, k->since, err));
    TRY(store_throttle_count(st, k->account, k->t->now, k->since, err));
    if (k->address.p == NULL)
        return RC_OK;
    return store_throttle_count(st, k->address, k->t->now, k->since, err);
}

static enum rc
enter(struct trying *k, struct auth_grant *out, struct err *err)
{
    TRY(look(k, err));
    TRY(check_counts(k, out, err));
    return count(k, err);
}

/* Looks who it may be and counts the try. A refusal here costs no password hash. */
static enum rc
begin(struct trying *k, struct auth_grant *out, struct err *err)
{
    *out = (struct auth_grant){0};
    TRY(store_write_begin(k->au->st, err));
    return auth_finish(k->au, enter(k, out, err), err);
}

/* ---- what is told of it ---- */

/* Texts of any bytes, as they may be stored. */
static struct str
readable(struct str s, size_t most)
{
    s = utf8_cut(s, most);
    return utf8_check(s) < s.n ? STR("") : s;
}

/* Who signs in; nobody while that is not proven. */
static struct actor
actor_of(const struct trying *k, bool is_proven)
{
    return (struct actor){.person_id = is_proven ? k->person.id : 0,
                          .name = is_proven ? k->person.name : STR(""),
                          .origin = readable(k->t->address, SESSION_ADDRESS_MAX)};
}

/* A refusal is told of the account that was meant. A name that nobody has is not kept, as
 * it may be a password typed into the wrong field; its line is written all the same, so
 * that both take as long. */
static enum rc
refused(struct trying *k, const char *action, struct err *err)
{
    struct err told;
    struct actor who = actor_of(k, false);
    struct auth_note note = {.action = action, .whom = k->person.login, .who = &who};
    enum rc rc = auth_tell(k->au, &note, &told);
    if (rc != RC_OK)
        *err = told;
    return rc == RC_OK ? RC_DENIED : rc;
}

/* ---- letting in ---- */

static enum rc
add_session(struct trying *k, bool is_whole, struct auth_grant *out, struct err *err)
{
    struct session s = {
        .person_id = k->person.id,
        .is_whole = is_whole,
        .began_at = k->t->now,
        .seen_at = k->t->now,
        .address = readable(k->t->address, SESSION_ADDRESS_MAX),
        .agent = readable(k->t->agent, SESSION_AGENT_MAX),
    };
    out->token = token_new(k->a);
    return store_session_add(k->au->st, &s, token_hash(k->a, out->token), err);
}

/* The person is who they say: the try was no failure, and the device is known. */
static enum rc
welcome(struct trying *k, struct auth_grant *out, struct err *err)
{
    struct store *st = k->au->st;
    TRY(store_throttle_forget(st, k->account, err));
    if (k->address.p != NULL)
        TRY(store_throttle_uncount(st, k->address, err));
    out->device = k->is_known_device ? k->t->device : token_new(k->a);
    TRY(store_device_drop_old(st, k->t->now - DEVICE_S, err));
    return store_device_seen(st, token_hash(k->a, out->device), k->person.id, k->t->now,
                             err);
}

/* A password takes long to compare: meanwhile it may have been changed, or the account
 * closed or given a second factor. */
static enum rc
still_right(struct trying *k, struct err *err)
{
    struct str hash;
    TRY(store_person_by_id(k->au->st, k->person.id, k->a, &k->person, err));
    TRY(store_person_password(k->au->st, k->person.id, k->a, &hash, err));
    return k->person.is_disabled || !str_eq(hash, k->hash) ? refuse(err) : RC_OK;
}

/* A password that is short, as it may be beside a second factor, is not enough when that
 * was taken away: it lets in as far as setting up another. */
static enum rc
check_length(struct trying *k, struct err *err)
{
    if (k->person.has_second_factor || k->person.must_have_second_factor ||
        utf8_length(k->t->password) >= PASSWORD_MIN)
        return RC_OK;
    k->person.must_have_second_factor = true;
    return store_person_change(k->au->st, &k->person, err);
}

static enum rc
let_in(struct trying *k, struct auth_grant *out, struct err *err)
{
    TRY(still_right(k, err));
    TRY(check_length(k, err));
    bool is_whole = !k->person.has_second_factor;
    out->person = k->person;
    out->needs_second_factor = !is_whole;
    TRY(store_session_drop_over(k->au->st, auth_limits(k->au, k->t->now), err));
    TRY(add_session(k, is_whole, out, err));
    return is_whole ? welcome(k, out, err) : RC_OK;
}

/* ---- the two steps ---- */

/* Nobody and somebody disabled are compared with a hash of the same cost. */
static enum rc
check_password(struct trying *k, struct err *err)
{
    k->hash = STR("");
    if (k->person.id != 0)
        TRY(store_person_password(k->au->st, k->person.id, k->a, &k->hash, err));
    enum rc rc = password_verify(k->au->slots, k->t->password, k->hash, err);
    if (rc == RC_DENIED || (rc == RC_OK && k->person.is_disabled))
        return refuse(err);
    return rc;
}

/* A try that was never looked at is no failure. */
static enum rc
take_back(struct trying *k, struct err *err)
{
    TRY(store_throttle_uncount(k->au->st, k->account, err));
    return k->address.p == NULL ? RC_OK
                                : store_throttle_uncount(k->au->st, k->address, err);
}

static enum rc
not_computed(struct trying *k, enum rc rc)
{
    struct err ignored;
    if (store_write_begin(k->au->st, &ignored) == RC_OK &&
        auth_finish(k->au, take_back(k, &ignored), &ignored) != RC_OK)
        return rc; /* it stays counted, which is the safe side */
    return rc;
}

enum rc
auth_sign_in(struct auth *au, const struct auth_attempt *t, struct arena *a,
             struct auth_grant *out, struct err *err)
{
    struct trying k = {.au = au, .t = t, .a = a};
    TRY(begin(&k, out, err));
    enum rc rc = check_password(&k, err);
    if (rc == RC_BUSY)
        return not_computed(&k, rc);
    if (rc == RC_DENIED)
        return refused(&k, "password refused", err);
    TRY(rc);
    struct actor who = actor_of(&k, true);
    struct auth_note note = {.action = k.person.has_second_factor ? "password given"
                                                                  : "sign in",
                             .whom = k.person.login,
                             .who = &who};
    TRY(store_write_begin(au->st, err));
    rc = auth_end(au, let_in(&k, out, err), &note, err);
    return rc == RC_DENIED ? refused(&k, "password refused", err) : rc;
}

/* ---- the second step ---- */

/* Whose session waits for the second factor; RC_NOT_FOUND when none does. */
static enum rc
waiting(struct auth *au, struct str token, int64_t now, struct arena *a,
        struct person *out, struct err *err)
{
    struct session s;
    struct session_limits limits = auth_limits(au, now);
    if (limits.began_since < now - STEP_WAIT_S)
        limits.began_since = now - STEP_WAIT_S;
    TRY(store_session_by_token(au->st, token_hash(a, token), limits, a, &s, err));
    TRY(store_person_by_id(au->st, s.person_id, a, out, err));
    return s.is_whole || out->is_disabled ? RC_NOT_FOUND : RC_OK;
}

enum rc
auth_waiting(struct auth *au, struct str token, int64_t now, struct arena *a,
             struct person *out, struct err *err)
{
    enum rc rc = waiting(au, token, now, a, out, err);
    return rc == RC_NOT_FOUND ? err_set(err, rc, "no such waiting session") : rc;
}

/* The person of the second step, RC_NOT_FOUND when there is none. */
static enum rc
find_waiting(struct trying *k, struct str token, struct err *err)
{
    struct str key;
    TRY(waiting(k->au, token, k->t->now, k->a, &k->person, err));
    TRY(auth_login_key(k->person.login, k->a, &key, err));
    k->account = auth_counted(k->a, "account", key);
    return RC_OK;
}

/* In the transaction that lets in: the session may have been ended meanwhile. */
static enum rc
still_waits(struct trying *k, struct str token, struct err *err)
{
    struct person p;
    enum rc rc = waiting(k->au, token, k->t->now, k->a, &p, err);
    return rc == RC_NOT_FOUND || (rc == RC_OK && p.id != k->person.id) ? refuse(err) : rc;
}

/* A whole session in place of the one with this token, if there is one. */
static enum rc
let_in_whole(struct trying *k, struct str token, struct auth_grant *out, struct err *err)
{
    TRY(store_session_drop_over(k->au->st, auth_limits(k->au, k->t->now), err));
    TRY(store_session_end(k->au->st, token_hash(k->a, token), err));
    TRY(add_session(k, true, out, err));
    out->person = k->person;
    return welcome(k, out, err);
}

static enum rc
second_step(struct trying *k, struct str token, struct auth_grant *out, struct err *err)
{
    TRY(still_waits(k, token, err));
    TRY(factor_take(k->au->st, k->person.id, k->t->password, k->t->now, k->a, err));
    return let_in_whole(k, token, out, err);
}

enum rc
auth_second_factor(struct auth *au, struct str token, const struct auth_attempt *t,
                   struct arena *a, struct auth_grant *out, struct err *err)
{
    struct trying k = {.au = au, .t = t, .a = a};
    *out = (struct auth_grant){0};
    enum rc rc = find_waiting(&k, token, err);
    if (rc == RC_NOT_FOUND)
        return refuse(err);
    TRY(rc);
    TRY(begin(&k, out, err));
    struct actor who = actor_of(&k, true);
    struct auth_note note = {.action = "sign in", .whom = k.person.login, .who = &who};
    TRY(store_write_begin(au->st, err));
    rc = auth_end(au, second_step(&k, token, out, err), &note, err);
    return rc == RC_DENIED ? refused(&k, "code refused", err) : rc;
}

/* ---- passkeys ---- */

/* Whose it is. Counted by itself: guesses at the password do not shut it out. */
static enum rc
find_owner(struct trying *k, struct str credential, struct err *err)
{
    struct passkey p;
    k->account = auth_counted(k->a, "passkey", credential);
    enum rc rc = store_passkey_by_credential(k->au->st, credential, k->a, &p, err);
    if (rc == RC_OK)
        rc = store_person_by_id(k->au->st, p.person_id, k->a, &k->person, err);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* Two devices with one key count apart (WebAuthn section 6.1.1). */
static enum rc
check_sign_count(const struct passkey *p, int64_t count, struct auth_grant *out,
                 struct err *err)
{
    out->is_copied = (count > 0 || p->sign_count > 0) && count <= p->sign_count;
    out->person.id = p->person_id;
    return out->is_copied ? err_set(err, RC_DENIED, "the passkey counts backwards")
                          : RC_OK;
}

static enum rc
passkey_step(struct trying *k, const struct passkey_answer *w, bool is_alone,
             struct auth_grant *out, struct err *err)
{
    struct passkey p;
    int64_t count = 0;
    enum rc rc = store_passkey_by_credential(k->au->st, w->credential, k->a, &p, err);
    if (rc == RC_NOT_FOUND || (rc == RC_OK && p.person_id != k->person.id))
        return refuse(err);
    TRY(rc);
    TRY(store_person_by_id(k->au->st, p.person_id, k->a, &k->person, err));
    if (k->person.is_disabled)
        return refuse(err);
    TRY(passkey_check(k->au, &p, w, is_alone, k->a, &count, err));
    TRY(check_sign_count(&p, count, out, err));
    return store_passkey_used(k->au->st, p.id, count, k->t->now, err);
}

static enum rc
let_in_by_passkey(struct trying *k, struct str token, const struct passkey_answer *w,
                  bool is_alone, struct auth_grant *out, struct err *err)
{
    if (!is_alone)
        TRY(still_waits(k, token, err));
    TRY(passkey_step(k, w, is_alone, out, err));
    return let_in_whole(k, token, out, err);
}

static enum rc
by_passkey(struct trying *k, struct str token, const struct passkey_answer *w,
           bool is_alone, struct auth_grant *out, struct err *err)
{
    TRY(passkey_take_challenge(k->au, token, PASSKEY_GET, w, k->t->now, k->a, err));
    struct actor who = actor_of(k, true);
    struct auth_note note = {.action = "sign in",
                             .whom = k->person.login,
                             .detail = STR("passkey"),
                             .who = &who};
    TRY(store_write_begin(k->au->st, err));
    return auth_end(k->au, let_in_by_passkey(k, token, w, is_alone, out, err), &note,
                    err);
}

enum rc
auth_passkey_sign_in(struct auth *au, struct str token, const struct passkey_answer *w,
                     const struct auth_attempt *t, struct arena *a,
                     struct auth_grant *out, struct err *err)
{
    struct trying k = {.au = au, .t = t, .a = a};
    *out = (struct auth_grant){0};
    enum rc rc = find_waiting(&k, token, err);
    bool is_alone = rc == RC_NOT_FOUND;
    if (is_alone)
        rc = find_owner(&k, w->credential, err);
    TRY(rc);
    TRY(begin(&k, out, err));
    rc = by_passkey(&k, token, w, is_alone, out, err);
    if (rc != RC_DENIED && rc != RC_INVALID)
        return rc;
    return refused(&k, out->is_copied ? "passkey copied" : "passkey refused", err);
}

enum rc
auth_confirm(struct auth *au, const struct person *p, const struct auth_attempt *t,
             struct arena *a, struct err *err)
{
    struct trying k = {.au = au, .a = a};
    struct auth_attempt own = *t;
    struct auth_grant ignored;
    own.login = p->login;
    k.t = &own;
    TRY(begin(&k, &ignored, err));
    enum rc rc = check_password(&k, err);
    struct auth_note note = {.action = "password refused", .whom = p->login};
    if (rc == RC_DENIED)
        TRY(auth_tell(au, &note, err));
    if (rc != RC_OK && rc != RC_BUSY)
        return rc;
    return not_computed(&k, rc);
}
