/* auth/auth.c - opening, tokens, and what the other files share. */
#include <unistd.h>

#include "auth/password.h"
#include "auth/within.h"

#include "base/hash.h"
#include "base/mem.h"
#include "base/norm.h"
#include "base/utf8.h"

enum rc
auth_open(struct store *accounts, const struct auth_rules *rules, struct auth **out,
          struct err *err)
{
    int slots = -1;
    *out = NULL;
    TRY(password_slots_open(store_path(accounts), &slots, err));
    *out = mem_alloc(sizeof **out);
    **out = (struct auth){.st = accounts, .rules = *rules, .slots = slots};
    return RC_OK;
}

void
auth_close(struct auth *au)
{
    if (au == NULL)
        return;
    close(au->slots);
    mem_free(au);
}

void
auth_act_as(struct auth *au, const struct actor *who, int64_t now)
{
    au->who = *who;
    au->now = now;
}

struct str
token_new(struct arena *a)
{
    return hash_random_hex(a);
}

struct str
token_hash(struct arena *a, struct str token)
{
    return hash_sha256(a, token);
}

struct session_limits
auth_limits(const struct auth *au, int64_t now)
{
    return (struct session_limits){now - au->rules.idle_s, now - au->rules.absolute_s};
}

enum rc
auth_login_key(struct str login, struct arena *a, struct str *key, struct err *err)
{
    if (login.n > LOGIN_MAX)
        return err_set(err, RC_LIMIT, "a login longer than %d bytes", LOGIN_MAX);
    if (utf8_check(login) < login.n)
        return err_set(err, RC_INVALID, "a login that is no UTF-8");
    return norm_fold(a, login, key, err);
}

enum rc
auth_finish(struct auth *au, enum rc rc, struct err *err)
{
    if (rc == RC_OK)
        return store_write_commit(au->st, false, 0, err);
    store_write_rollback(au->st);
    return rc;
}

enum rc
auth_end(struct auth *au, enum rc rc, const struct auth_note *note, struct err *err)
{
    const struct actor *who = note->who != NULL ? note->who : &au->who;
    if (rc == RC_OK)
        rc = store_audit_add(au->st, au->now, who, note->action, note->whom, note->detail,
                             err);
    return auth_finish(au, rc, err);
}

enum rc
auth_tell(struct auth *au, const struct auth_note *note, struct err *err)
{
    TRY(store_write_begin(au->st, err));
    return auth_end(au, RC_OK, note, err);
}

struct str
auth_network(struct arena *a, struct str address)
{
    size_t colons = 0, n = 0;
    if (str_find(address, ':') == address.n)
        return address;
    while (n < address.n && colons < 4)
        colons += address.p[n++] == ':';
    return str_fmt(a, "%.*s/64", STR_ARG(str_sub(address, 0, n)));
}

struct str
auth_counted(struct arena *a, const char *kind, struct str what)
{
    return str_fmt(a, "%s:%.*s", kind, STR_ARG(hash_sha256(a, what)));
}
