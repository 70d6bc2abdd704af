/* newsroom.h - people who can sign in, made for one test. */
#ifndef NEWSROOM_H
#define NEWSROOM_H

#include "auth/factor.h"
#include "auth/passkey.h"
#include "auth/password.h"
#include "auth/person.h"
#include "made.h"

#define PASSWORD "correct horse battery staple"

struct newsroom {
    struct made m;
    struct store *st;
    struct auth *au;
    const char *path;
    struct person anna; /* whom every newsroom has */
};

static inline void
newsroom_as(struct auth *au, int64_t now)
{
    static const struct actor who = {.name = STR_INIT(""), .origin = STR_INIT("test")};
    auth_act_as(au, &who, now);
}

/* Opens accounts.db, as each process does for itself. */
static inline void
newsroom_open(struct newsroom *r, struct store **st, struct auth **au)
{
    struct auth_rules rules = {.idle_s = 3600,
                               .absolute_s = 36000,
                               .tries = 5,
                               .tries_address = 8,
                               .window_s = 900,
                               .origin = STR("https://news.example")};
    OK(&r->m, store_open_accounts(r->path, st, &r->m.err));
    OK(&r->m, auth_open(*st, &rules, au, &r->m.err));
    newsroom_as(*au, r->m.now);
}

static inline struct person
newsroom_add(struct newsroom *r, const char *login, const char *password)
{
    struct person p = {
        .login = str_of(login), .name = str_of(login), .role = ROLE_ADMINISTRATOR};
    OK(&r->m, auth_person_add(r->au, &p, str_of(password), r->m.now, &r->m.a, &r->m.err));
    return p;
}

static inline void
newsroom_make(struct newsroom *r)
{
    *r = (struct newsroom){0};
    made_folder(&r->m);
    r->path = made_path(&r->m, "accounts.db");
    OK(&r->m, store_create_accounts(r->path, &r->m.err));
    newsroom_open(r, &r->st, &r->au);
    r->anna = newsroom_add(r, "anna", PASSWORD);
}

static inline void
newsroom_end(struct newsroom *r)
{
    auth_close(r->au);
    store_close(r->st);
    made_end(&r->m);
}

/* From a device that nobody knows, at an address. */
static inline struct auth_attempt
attempt(struct newsroom *r, const char *login, const char *password, const char *address)
{
    return (struct auth_attempt){.login = str_of(login),
                                 .password = str_of(password),
                                 .address = str_of(address),
                                 .agent = STR("test"),
                                 .now = r->m.now};
}

static inline enum rc
sign_in(struct newsroom *r, const char *login, const char *password, const char *address,
        struct auth_grant *g)
{
    struct auth_attempt t = attempt(r, login, password, address);
    return auth_sign_in(r->au, &t, &r->m.a, g, &r->m.err);
}

/* The person as they are now. */
static inline struct person
now_of(struct newsroom *r, const struct person *p)
{
    struct person out;
    OK(&r->m, auth_person_by_id(r->au, p->id, &r->m.a, &out, &r->m.err));
    return out;
}

#endif
