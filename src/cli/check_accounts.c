/* cli/check_accounts.c - are the accounts of the newsroom as they should be? */
#include "cli/check_accounts.h"

#include "store/person.h"
#include "store/section.h"
#include "store/session.h"

enum { PEOPLE_BATCH = 100 };

/* What was found about all people together. */
struct census {
    const struct sections *sections;
    int n, n_administrators;
};

/* Rights in a section that was removed would be rights in another one that gets its
 * number. */
static enum rc
check_sections(const struct census *k, const struct person *p, struct err *err)
{
    for (int i = 0; i < p->n_sections; i++)
        if (sections_by_id(k->sections, p->sections[i]) == NULL)
            return err_set(err, RC_FAILED,
                           "%.*s has rights in section number %lld, which is not there: "
                           "give the sections anew",
                           STR_ARG(p->login), (long long)p->sections[i]);
    return RC_OK;
}

/* What may be so but hardly is meant so. */
static void
tell(const struct person *p, struct buf *out)
{
    const struct {
        bool is_so;
        const char *text;
    } notes[] = {
        {p->role == ROLE_EDITOR && p->n_sections == 0,
         "an editor without a section has the rights of an author"},
        {p->must_have_second_factor && !p->has_second_factor,
         "has to set up a second factor before anything else"},
    };
    for (size_t i = 0; i < N_ELEMENTS(notes); i++)
        if (notes[i].is_so && !p->is_disabled)
            buf_fmt(out, "  %-8.*s %s\n", STR_ARG(p->login), notes[i].text);
}

static enum rc
check_people(struct store *st, struct census *k, struct buf *notes, struct err *err)
{
    struct str last = STR("");
    struct arena a AT_END(arena_done);
    arena_init(&a);
    for (int n = PEOPLE_BATCH; n == PEOPLE_BATCH; k->n += n) {
        struct person all[PEOPLE_BATCH];
        TRY(store_person_after(st, last, PEOPLE_BATCH, &a, all, &n, &last, err));
        for (int i = 0; i < n; i++) {
            TRY(check_sections(k, &all[i], err));
            tell(&all[i], notes);
            k->n_administrators +=
                all[i].role == ROLE_ADMINISTRATOR && !all[i].is_disabled;
        }
    }
    if (k->n > 0 && k->n_administrators == 0)
        return err_set(err, RC_FAILED, "nobody is an administrator");
    return RC_OK;
}

static enum rc
check_sessions(struct store *st, struct err *err)
{
    struct arena a AT_END(arena_done);
    struct str login;
    arena_init(&a);
    enum rc rc = store_session_of_disabled(st, &a, &login, err);
    if (rc == RC_OK)
        return err_set(err, RC_FAILED, "%.*s is disabled and signed in", STR_ARG(login));
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
check_accounts(struct store *st, const struct sections *sections, struct buf *notes,
               struct err *err)
{
    struct census k = {.sections = sections};
    TRY(store_check(st, err));
    TRY(check_people(st, &k, notes, err));
    return check_sessions(st, err);
}
