/* model/person.c - roles and the table of rights. */
#include "model/token.h"

#include "base/utf8.h"

#define WORD(constant, word) word,
static const char *const roles[] = {
#define ROLES
#include "model/words.def"
#undef ROLES
};
#undef WORD

/* Sets of item states. A new state must be given to somebody: see right.def. */
enum {
    NONE = 0,
    D = 1 << STATE_DRAFT,
    R = 1 << STATE_REVIEW,
    A = 1 << STATE_APPROVED,
    ALL = (1 << STATE__MAX) - 1
};
_Static_assert((D | R | A) == ALL, "every item state has a letter in right.def");

enum about { SITE, ITEM };

static const struct {
    enum about about;
    unsigned char states[ROLE__MAX][2]; /* by role, then other's or own */
} rules[RIGHT__MAX] = {
#define RIGHT(constant, about, author_own, author_other, editor_own, editor_other, \
              administrator_own, administrator_other)                              \
    {about,                                                                        \
     {{author_other, author_own},                                                  \
      {editor_other, editor_own},                                                  \
      {administrator_other, administrator_own}}},
#include "model/right.def"
#undef RIGHT
};

static bool
may_work(const struct person *p, enum right right)
{
    if (p->is_disabled)
        return false;
    return right == RIGHT_OWN_ACCOUNT || !p->must_have_second_factor ||
           p->has_second_factor;
}

static enum role
role_in(const struct person *p, int64_t section_id)
{
    bool is_elsewhere = p->role == ROLE_EDITOR && !person_has_section(p, section_id);
    return is_elsewhere ? ROLE_AUTHOR : p->role;
}

bool
right_allows(const struct person *p, enum right right, const struct right_facts *facts)
{
    const struct right_facts *about = right_is_about_item(right) ? facts : NULL;
    if (!may_work(p, right) ||
        (p->token != NULL && !token_allows(p->token, right, about)))
        return false;
    if (!right_is_about_item(right))
        return rules[right].states[p->role][facts != NULL && facts->is_own] != NONE;
    if (facts == NULL)
        return false;
    enum role role = role_in(p, facts->section_id);
    return (rules[right].states[role][facts->is_own] & 1U << facts->state) != 0;
}

bool
right_is_possible(const struct person *p, enum right right)
{
    const unsigned char *own = rules[right].states[p->role];
    return may_work(p, right) && (own[0] | own[1]) != NONE &&
           (p->token == NULL || token_has_right(p->token, right));
}

bool
right_is_about_item(enum right right)
{
    return rules[right].about == ITEM;
}

bool
person_has_section(const struct person *p, int64_t section_id)
{
    for (int i = 0; i < p->n_sections; i++)
        if (p->sections[i] == section_id)
            return true;
    return false;
}

static enum rc
check_text(const char *field, struct str s, size_t most, struct err *err)
{
    if (s.n == 0)
        return err_field(err, field, "the %s is empty", field);
    if (s.n > most)
        return err_field(err, field, "the %s is longer than %zu bytes", field, most);
    if (utf8_check(s) < s.n || utf8_find_control(s) < s.n)
        return err_field(err, field, "the %s has characters that no text may hold",
                         field);
    return RC_OK;
}

enum rc
person_check(const struct person *p, struct err *err)
{
    TRY(check_text("login", p->login, LOGIN_MAX, err));
    TRY(check_text("name", p->name, PERSON_NAME_MAX, err));
    for (size_t i = 0; i < p->login.n; i++)
        if ((unsigned char)p->login.p[i] <= ' ')
            return err_field(err, "login", "the login has white space in it");
    if (str_find(p->name, '\n') < p->name.n || str_find(p->name, '\r') < p->name.n)
        return err_field(err, "name", "the name has more than one line");
    return RC_OK;
}

const char *
role_word(enum role r)
{
    return roles[r];
}

int
role_read(struct str word)
{
    for (int i = 0; i < ROLE__MAX; i++)
        if (str_eq_z(word, roles[i]))
            return i;
    return -1;
}
