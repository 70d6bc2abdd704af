/* cli/user.c - `byline user
 * list|add|disable|enable|password|role|sections|second-factor`.
 *
 * A password is read from the terminal without echo, or from standard input, or made
 * here; never from an argument, which others on the machine could see. */
#include <stdio.h>
#include <sys/prctl.h>
#include <termios.h>
#include <unistd.h>

#include "auth/factor.h"
#include "auth/password.h"
#include "auth/person.h"
#include "cli/commands.h"
#include "cli/people.h"
#include "cli/words.h"
#include "store/section.h"

#include "base/hash.h"
#include "base/lines.h"
#include "base/time.h"

/* ---- passwords ---- */

/* A line of standard input. */
static enum rc
read_line(struct cli *c, struct str *out, struct err *err)
{
    struct lines l;
    struct str line;
    lines_init(&l, &c->arena, STDIN_FILENO, PASSWORD_MAX);
    enum rc rc = lines_next(&l, &line, err);
    if (rc == RC_NOT_FOUND)
        return err_field(err, "password", "there is no password on standard input");
    TRY(rc);
    *out = str_copy(&c->arena, line);
    hash_wipe(l.p, PASSWORD_MAX);
    return RC_OK;
}

static enum rc
ask(struct cli *c, const char *prompt, struct str *out, struct err *err)
{
    struct termios was, silent;
    if (tcgetattr(STDIN_FILENO, &was) != 0)
        return err_set(err, RC_FAILED, "the terminal cannot be made silent");
    silent = was;
    silent.c_lflag &= ~(tcflag_t)ECHO;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    fputs(prompt, stderr);
    enum rc rc = read_line(c, out, err);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &was);
    fputc('\n', stderr);
    return rc;
}

static enum rc
read_password(struct cli *c, struct str *out, struct err *err)
{
    struct str again;
    if (!isatty(STDIN_FILENO))
        return read_line(c, out, err);
    TRY(ask(c, "Password: ", out, err));
    TRY(ask(c, "Once more: ", &again, err));
    bool is_same = str_eq(*out, again);
    hash_wipe((char *)(uintptr_t)again.p, again.n);
    return is_same ? RC_OK : err_field(err, "password", "the two are not the same");
}

/* ---- people ---- */

/* "news,events" as ids; "" is none. */
static enum rc
read_sections(struct cli *c, struct store *st, struct str slugs, struct person *p,
              struct err *err)
{
    struct sections all;
    p->sections = arena_array(&c->arena, int64_t, PERSON_SECTIONS_MAX);
    p->n_sections = 0;
    TRY(store_section_all(st, &c->site, &c->arena, &all, err));
    while (slugs.n > 0) {
        struct str slug = str_trim(str_cut(&slugs, ','));
        const struct section *s = sections_by_slug(&all, slug);
        if (s == NULL)
            return err_field(err, "sections", "there is no section %.*s", STR_ARG(slug));
        if (p->n_sections == PERSON_SECTIONS_MAX)
            return err_field(err, "sections", "more than %d sections",
                             PERSON_SECTIONS_MAX);
        p->sections[p->n_sections++] = s->id;
    }
    return RC_OK;
}

static enum rc
read_role(const char *word, enum role *out, struct err *err)
{
    int role = role_read(str_of(word));
    if (role < 0)
        return err_field(err, "role",
                         "there is no role %s: author, editor or administrator", word);
    *out = (enum role)role;
    return RC_OK;
}

static void
print_person(const struct person *p, const struct sections *all)
{
    printf("%-20.*s %-13s %-8s %-9s %.*s", STR_ARG(p->login), role_word(p->role),
           p->is_disabled ? "disabled" : "-",
           p->has_second_factor         ? "2 factors"
           : p->must_have_second_factor ? "must have"
                                        : "-",
           STR_ARG(p->name));
    for (int i = 0; i < p->n_sections; i++) {
        const struct section *s = sections_by_id(all, p->sections[i]);
        if (s != NULL)
            printf("%s%.*s", i == 0 ? "  " : ",", STR_ARG(s->slug));
    }
    putchar('\n');
}

static enum rc
list(struct cli *c, struct store *st, struct err *err)
{
    struct people from AT_END(people_close) = {0};
    struct sections sections;
    struct person *all;
    int n;
    TRY(people_open(c, &from, err));
    TRY(store_section_all(st, &c->site, &c->arena, &sections, err));
    TRY(auth_person_list(from.au, &c->arena, &all, &n, err));
    for (int i = 0; i < n; i++)
        print_person(&all[i], &sections);
    return RC_OK;
}

static enum rc
add(struct cli *c, struct store *st, struct err *err)
{
    struct people to AT_END(people_close) = {0};
    const char *name = cli_value(c, "name"), *role = cli_value(c, "role");
    struct person p = {.login = str_of(c->args[1])};
    struct str password;
    p.name = name != NULL ? str_of(name) : p.login;
    TRY(read_role(role != NULL ? role : role_word(ROLE_AUTHOR), &p.role, err));
    TRY(read_sections(c, st, str_of(cli_value(c, "sections")), &p, err));
    TRY(person_check(&p, err));
    TRY(people_open(c, &to, err));
    if (cli_value(c, "random") != NULL)
        return people_add_random(c, &to, &p, err);
    TRY(read_password(c, &password, err));
    enum rc rc = auth_person_add(to.au, &p, password, time_now(), &c->arena, err);
    hash_wipe((char *)(uintptr_t)password.p, password.n);
    return rc;
}

/* The person of the second argument. */
static enum rc
open_person(struct cli *c, struct people *from, struct person *p, struct err *err)
{
    TRY(people_open(c, from, err));
    return auth_person_by_login(from->au, str_of(c->args[1]), &c->arena, p, err);
}

static enum rc
set_disabled(struct cli *c, bool is_disabled, struct err *err)
{
    struct people from AT_END(people_close) = {0};
    struct person p;
    TRY(open_person(c, &from, &p, err));
    p.is_disabled = is_disabled;
    return auth_person_change(from.au, &p, &c->arena, err);
}

static enum rc
disable(struct cli *c, struct store *st, struct err *err)
{
    (void)st;
    return set_disabled(c, true, err);
}

static enum rc
enable(struct cli *c, struct store *st, struct err *err)
{
    (void)st;
    return set_disabled(c, false, err);
}

static enum rc
password(struct cli *c, struct store *st, struct err *err)
{
    struct people from AT_END(people_close) = {0};
    struct person p;
    struct str new;
    bool is_random = cli_value(c, "random") != NULL;
    (void)st;
    TRY(open_person(c, &from, &p, err));
    if (is_random)
        new = auth_password_random(&c->arena);
    else
        TRY(read_password(c, &new, err));
    enum rc rc = auth_person_set_password(from.au, p.id, new, time_now(), &c->arena, err);
    if (rc == RC_OK && is_random)
        printf("%.*s %.*s\n", STR_ARG(p.login), STR_ARG(new));
    hash_wipe((char *)(uintptr_t) new.p, new.n);
    return rc;
}

static enum rc
set_role(struct cli *c, struct store *st, struct err *err)
{
    struct people from AT_END(people_close) = {0};
    struct person p;
    (void)st;
    TRY(open_person(c, &from, &p, err));
    TRY(read_role(c->args[2], &p.role, err));
    return auth_person_change(from.au, &p, &c->arena, err);
}

static enum rc
set_sections(struct cli *c, struct store *st, struct err *err)
{
    struct people from AT_END(people_close) = {0};
    struct person p;
    TRY(open_person(c, &from, &p, err));
    TRY(read_sections(c, st, str_of(c->args[2]), &p, err));
    return auth_person_change(from.au, &p, &c->arena, err);
}

static enum rc
second_factor(struct cli *c, struct store *st, struct err *err)
{
    struct people from AT_END(people_close) = {0};
    struct str what = str_of(c->args[2]);
    struct person p;
    (void)st;
    TRY(open_person(c, &from, &p, err));
    if (str_eq_z(what, "reset"))
        return auth_factor_reset(from.au, &p, err);
    p.must_have_second_factor = str_eq_z(what, "required");
    if (!p.must_have_second_factor && !str_eq_z(what, "optional"))
        return err_field(err, "second-factor", "say required, optional or reset");
    return auth_person_change(from.au, &p, &c->arena, err);
}

static const struct cli_word words[] = {
    {"list", 0, list},
    {"add", 1, add},
    {"disable", 1, disable},
    {"enable", 1, enable},
    {"password", 1, password},
    {"role", 2, set_role},
    {"sections", 2, set_sections},
    {"second-factor", 2, second_factor},
    {NULL, 0, NULL},
};

/* A core file, or a debugger, would hold the password. */
static int
run(struct cli *c)
{
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    return cli_run_word(c, words);
}

static const struct cli_option options[] = {
    {"name", "TEXT", "add: the name the newsroom shows (the login)"},
    {"role", "ROLE", "add: author, editor or administrator (author)"},
    {"sections", "SLUGS", "add: an editor's sections, with commas between"},
    {"random", NULL, "add, password: make a password and print it, this once"},
    {NULL, NULL, NULL},
};

const struct command command_user = {
    .name = "user",
    .args = "list | add LOGIN | disable LOGIN | enable LOGIN | password LOGIN | "
            "role LOGIN ROLE | sections LOGIN SLUGS | second-factor LOGIN WHAT",
    .summary = "list and change the people who work in the newsroom",
    .help = "A password is asked for, or is the first line of standard input: 15\n"
            "characters or more. A new password, role or sections, and disabling, end\n"
            "what the person is signed in to. WHAT is required, optional or reset.\n",
    .options = options,
    .min_args = 1,
    .max_args = 3,
    .run = run,
};
