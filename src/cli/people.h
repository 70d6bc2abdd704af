/* cli/people.h - accounts.db for commands. */
#ifndef CLI_PEOPLE_H
#define CLI_PEOPLE_H

#include "auth/auth.h"
#include "cli/cli.h"
#include "model/section.h"

struct people {
    struct store *accounts;
    struct auth *au;
};

/* Opens accounts.db; makes it when there is none. Close with AT_END(people_close). */
enum rc people_open(struct cli *c, struct people *out, struct err *err) MUST_CHECK;
void people_close(struct people *p);

/* Adds somebody with a password made here, which is printed. */
enum rc people_add_random(struct cli *c, struct people *to, struct person *p,
                          struct err *err) MUST_CHECK;

/* The demo's editor of all sections and administrator; says their passwords once. */
enum rc people_add_demo(struct cli *c, struct store *news, struct err *err) MUST_CHECK;

#endif
