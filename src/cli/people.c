/* cli/people.c - accounts.db for commands. */
#include "cli/people.h"

#include <stdio.h>

#include "auth/password.h"
#include "auth/person.h"
#include "store/section.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/time.h"

enum rc
people_open(struct cli *c, struct people *out, struct err *err)
{
    static const struct auth_rules none = {0}; /* nobody signs in by a command */
    *out = (struct people){0};
    TRY(cli_become_owner(c->conf.accounts, err));
    if (!file_exists(c->conf.accounts))
        TRY(store_create_accounts(c->conf.accounts, err));
    TRY(store_open_accounts(c->conf.accounts, &out->accounts, err));
    TRY(auth_open(out->accounts, &none, &out->au, err));
    struct actor who = cli_actor(c);
    auth_act_as(out->au, &who, time_now());
    return RC_OK;
}

void
people_close(struct people *p)
{
    auth_close(p->au);
    store_close(p->accounts);
}

/* The password goes to standard output and nowhere else. */
enum rc
people_add_random(struct cli *c, struct people *to, struct person *p, struct err *err)
{
    struct str password = auth_password_random(&c->arena);
    TRY(auth_person_add(to->au, p, password, time_now(), &c->arena, err));
    printf("%.*s %.*s\n", STR_ARG(p->login), STR_ARG(password));
    hash_wipe((char *)(uintptr_t)password.p, password.n);
    return RC_OK;
}

enum rc
people_add_demo(struct cli *c, struct store *news, struct err *err)
{
    struct people to AT_END(people_close) = {0};
    struct sections all;
    TRY(people_open(c, &to, err));
    TRY(store_section_all(news, &c->site, &c->arena, &all, err));
    struct person editor = {.login = STR("editor"),
                            .name = STR("Mara Lind"),
                            .role = ROLE_EDITOR,
                            .sections = arena_array(&c->arena, int64_t, all.n + 1)};
    struct person administrator = {.login = STR("administrator"),
                                   .name = STR("Tomas Verek"),
                                   .role = ROLE_ADMINISTRATOR};
    for (int i = 0; i < all.n; i++)
        editor.sections[editor.n_sections++] = all.all[i].id;
    TRY(people_add_random(c, &to, &editor, err));
    return people_add_random(c, &to, &administrator, err);
}
