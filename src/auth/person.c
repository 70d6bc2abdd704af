/* auth/person.c - the people of the newsroom. */
#include "auth/person.h"

#include "auth/password.h"
#include "auth/within.h"
#include "store/person.h"
#include "store/throttle.h"
#include "store/token.h"

#include "base/hash.h"
#include "base/norm.h"

enum { PEOPLE_MAX = 1000, PEOPLE_BATCH = 100 };

/* A password's hash, or none for none. */
static enum rc
new_hash(struct auth *au, const struct person *p, struct str password, struct arena *a,
         char hash[PASSWORD_HASH_SIZE], struct err *err)
{
    hash[0] = '\0';
    if (password.p == NULL)
        return RC_OK;
    enum password_fault f = auth_password_fault(password, p, a);
    if (f != PASSWORD_FINE)
        return err_field(err, "password", "%s", auth_password_fault_text(f));
    return password_hash(au->slots, password, hash, err);
}

enum rc
auth_person_add(struct auth *au, struct person *p, struct str password, int64_t now,
                struct arena *a, struct err *err)
{
    char hash[PASSWORD_HASH_SIZE];
    struct str key;
    TRY(person_check(p, err));
    TRY(norm_nfc(a, p->login, &p->login, err));
    TRY(norm_nfc(a, p->name, &p->name, err));
    TRY(auth_login_key(p->login, a, &key, err));
    TRY(new_hash(au, p, password, a, hash, err));
    p->made_at = now;
    TRY(store_write_begin(au->st, err));
    enum rc rc = store_person_add(au->st, p, key, str_of(hash), err);
    hash_wipe(hash, sizeof hash);
    struct auth_note note = {
        .action = "person add", .whom = p->login, .detail = str_of(role_word(p->role))};
    rc = auth_end(au, rc, &note, err);
    if (rc == RC_CONFLICT)
        return err_set(err, rc, "there is somebody with the login %.*s",
                       STR_ARG(p->login));
    return rc;
}

enum rc
auth_person_by_login(struct auth *au, struct str login, struct arena *a,
                     struct person *out, struct err *err)
{
    struct str key;
    enum rc rc = auth_login_key(login, a, &key, err);
    if (rc == RC_OK)
        rc = store_person_by_key(au->st, key, a, out, err);
    if (rc == RC_NOT_FOUND || rc == RC_LIMIT || rc == RC_INVALID)
        return err_set(err, RC_NOT_FOUND, "there is nobody with the login %.*s",
                       STR_ARG(login));
    return rc;
}

enum rc
auth_person_by_id(struct auth *au, int64_t id, struct arena *a, struct person *out,
                  struct err *err)
{
    enum rc rc = store_person_by_id(au->st, id, a, out, err);
    return rc == RC_NOT_FOUND ? err_set(err, rc, "no such person") : rc;
}

enum rc
auth_person_list(struct auth *au, struct arena *a, struct person **out, int *n,
                 struct err *err)
{
    struct str last = STR("");
    int got = PEOPLE_BATCH;
    *out = arena_array(a, struct person, PEOPLE_MAX);
    for (*n = 0; got == PEOPLE_BATCH && *n < PEOPLE_MAX; *n += got)
        TRY(store_person_after(au->st, last, PEOPLE_BATCH, a, *out + *n, &got, &last,
                               err));
    return RC_OK;
}

static bool
is_same_set(const struct person *a, const struct person *b)
{
    for (int i = 0; i < a->n_sections; i++)
        if (!person_has_section(b, a->sections[i]))
            return false;
    return a->n_sections == b->n_sections;
}

/* Somebody must stay who can let others in again. */
static enum rc
check_administrator(struct auth *au, const struct person *p, struct err *err)
{
    bool is_another = true;
    if (p->role != ROLE_ADMINISTRATOR || p->is_disabled)
        TRY(store_person_other_administrator(au->st, p->id, &is_another, err));
    if (!is_another)
        return err_set(err, RC_CONFLICT, "the last administrator must stay one");
    return RC_OK;
}

/* What a change was, in words. */
static struct str
describe(const struct person *was, const struct person *p, struct arena *a)
{
    const struct {
        bool is_so;
        struct str text;
    } all[] = {
        {was->role != p->role,
         str_fmt(a, "%s to %s", role_word(was->role), role_word(p->role))},
        {!is_same_set(was, p), STR("sections")},
        {!str_eq(was->name, p->name), STR("name")},
        {!was->is_disabled && p->is_disabled, STR("disabled")},
        {was->is_disabled && !p->is_disabled, STR("enabled")},
        {!was->must_have_second_factor && p->must_have_second_factor,
         STR("second factor required")},
        {was->must_have_second_factor && !p->must_have_second_factor,
         STR("second factor optional")},
    };
    struct str text = STR("");
    for (size_t i = 0; i < N_ELEMENTS(all); i++)
        if (all[i].is_so)
            text = str_fmt(a, "%.*s%s%.*s", STR_ARG(text), text.n > 0 ? ", " : "",
                           STR_ARG(all[i].text));
    return text;
}

static enum rc
change(struct auth *au, const struct person *p, struct arena *a, struct auth_note *note,
       struct err *err)
{
    struct person was;
    TRY(auth_person_by_id(au, p->id, a, &was, err));
    note->whom = was.login;
    note->detail = describe(&was, p, a);
    if (was.role == ROLE_ADMINISTRATOR && !was.is_disabled)
        TRY(check_administrator(au, p, err));
    TRY(store_person_change(au->st, p, err));
    bool is_same =
        was.role == p->role && was.is_disabled == p->is_disabled && is_same_set(&was, p);
    return is_same ? RC_OK : store_session_end_all(au->st, p->id, err);
}

enum rc
auth_person_change(struct auth *au, const struct person *p, struct arena *a,
                   struct err *err)
{
    TRY(person_check(p, err));
    struct auth_note note = {.action = "person change"};
    TRY(store_write_begin(au->st, err));
    return auth_end(au, change(au, p, a, &note, err), &note, err);
}

static enum rc
set_password(struct auth *au, int64_t id, struct str hash, int64_t now, struct err *err)
{
    TRY(store_person_set_password(au->st, id, hash, now, err));
    TRY(store_device_forget_all(au->st, id, err));
    TRY(store_token_end_all(au->st, id, err));
    return store_session_end_all(au->st, id, err);
}

enum rc
auth_person_set_password(struct auth *au, int64_t id, struct str password, int64_t now,
                         struct arena *a, struct err *err)
{
    char hash[PASSWORD_HASH_SIZE];
    struct person p;
    TRY(auth_person_by_id(au, id, a, &p, err));
    TRY(new_hash(au, &p, password, a, hash, err));
    TRY(store_write_begin(au->st, err));
    enum rc rc = set_password(au, id, str_of(hash), now, err);
    hash_wipe(hash, sizeof hash);
    struct auth_note note = {.action = "password", .whom = p.login};
    return auth_end(au, rc, &note, err);
}

enum rc
auth_person_drop_section(struct auth *au, int64_t section_id, struct err *err)
{
    TRY(store_write_begin(au->st, err));
    enum rc rc = store_person_drop_section(au->st, section_id, err);
    if (rc == RC_OK)
        rc = store_token_drop_section(au->st, section_id, err);
    return auth_finish(au, rc, err);
}
