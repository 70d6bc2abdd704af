/* test_right.c - the rights matrix, written out a second time and compared cell by cell,
 * and the rules around it. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */

#include "model/token.h"

enum { ELSEWHERE = 3, HERE = 7, N_PLACES = 2 };

/* In the order of the states draft, review, approved: y may, - may not. Own, then
 * other's; for an author, an editor in a section given and an administrator. */
static const struct {
    enum right right;
    const char *cells[ROLE__MAX][2];
} items[] = {
    {RIGHT_ITEM_VIEW, {{"yyy", "--y"}, {"yyy", "yyy"}, {"yyy", "yyy"}}},
    {RIGHT_ITEM_CREATE, {{"y--", "---"}, {"y--", "---"}, {"y--", "---"}}},
    {RIGHT_ITEM_EDIT, {{"y-y", "---"}, {"yyy", "yyy"}, {"yyy", "yyy"}}},
    {RIGHT_ITEM_DISCARD, {{"y--", "---"}, {"yy-", "yy-"}, {"yy-", "yy-"}}},
    {RIGHT_ITEM_SUBMIT, {{"y--", "---"}, {"y--", "y--"}, {"y--", "y--"}}},
    {RIGHT_ITEM_RECALL, {{"-y-", "---"}, {"-y-", "---"}, {"-y-", "---"}}},
    {RIGHT_ITEM_SEND_BACK, {{"---", "---"}, {"-y-", "-y-"}, {"-y-", "-y-"}}},
    {RIGHT_ITEM_APPROVE, {{"---", "---"}, {"yy-", "yy-"}, {"yy-", "yy-"}}},
    {RIGHT_ITEM_SCHEDULE, {{"---", "---"}, {"yyy", "yyy"}, {"yyy", "yyy"}}},
    {RIGHT_ITEM_WITHDRAW, {{"---", "---"}, {"yyy", "yyy"}, {"yyy", "yyy"}}},
    {RIGHT_ITEM_REINSTATE, {{"---", "---"}, {"yyy", "yyy"}, {"yyy", "yyy"}}},
    {RIGHT_ITEM_CORRECT, {{"---", "---"}, {"yyy", "yyy"}, {"yyy", "yyy"}}},
    {RIGHT_ITEM_LINK, {{"y--", "---"}, {"yyy", "yyy"}, {"yyy", "yyy"}}},
};

static const struct {
    enum right right;
    const char *roles; /* author, editor, administrator */
    const char *own;   /* the same for what they added themselves; NULL: as others' */
} sites[] = {
    {RIGHT_OWN_ACCOUNT, "yyy", NULL},    {RIGHT_PEOPLE, "--y", NULL},
    {RIGHT_SECTIONS, "--y", NULL},       {RIGHT_SETTINGS, "--y", NULL},
    {RIGHT_AUDIT, "--y", NULL},          {RIGHT_PHOTO_VIEW, "yyy", NULL},
    {RIGHT_PHOTO_ADD, "yyy", NULL},      {RIGHT_PHOTO_EDIT, "-yy", "yyy"},
    {RIGHT_PHOTO_WITHDRAW, "-yy", NULL},
};

static int64_t here[] = {HERE};

static struct person
person_of(int role)
{
    return (struct person){.role = (enum role)role, .sections = here, .n_sections = 1};
}

/* What the table above says; an editor elsewhere is an author. */
static bool
is_expected(size_t i, int role, int section, bool is_own, int state)
{
    int as = role == ROLE_EDITOR && section == ELSEWHERE ? ROLE_AUTHOR : role;
    return items[i].cells[as][is_own ? 0 : 1][state] == 'y';
}

static int
check_row(size_t i, const struct person *p, int section, bool is_own)
{
    int n_wrong = 0;
    for (int state = 0; state < STATE__MAX; state++) {
        struct right_facts facts = {is_own, section, (enum item_state)state};
        bool wanted = is_expected(i, (int)p->role, section, is_own, state);
        if (right_allows(p, items[i].right, &facts) != wanted) {
            print_error("right %d, %s, %s, section %d, state %d\n", (int)items[i].right,
                        role_word(p->role), is_own ? "own" : "other", section, state);
            n_wrong++;
        }
    }
    return n_wrong;
}

static void
test_every_cell(void **state)
{
    static const int places[N_PLACES] = {ELSEWHERE, HERE};
    int n_wrong = 0;
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(items); i++)
        for (int role = 0; role < ROLE__MAX; role++)
            for (int place = 0; place < N_PLACES; place++)
                for (int own = 0; own < 2; own++) {
                    struct person p = person_of(role);
                    n_wrong += check_row(i, &p, places[place], own != 0);
                }
    assert_int_equal(n_wrong, 0);
}

static void
test_site_rights(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(sites); i++)
        for (int role = 0; role < ROLE__MAX; role++) {
            struct person p = person_of(role);
            const char *own = sites[i].own != NULL ? sites[i].own : sites[i].roles;
            struct right_facts facts = {.is_own = true};
            assert_int_equal(right_allows(&p, sites[i].right, NULL),
                             sites[i].roles[role] == 'y');
            assert_int_equal(right_allows(&p, sites[i].right, &facts), own[role] == 'y');
            assert_int_equal(right_is_possible(&p, sites[i].right), own[role] == 'y');
            assert_false(right_is_about_item(sites[i].right));
        }
}

/* No right is left out of the two tables above. */
static void
test_table_is_whole(void **state)
{
    int seen[RIGHT__MAX] = {0};
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(items); i++)
        seen[items[i].right]++;
    for (size_t i = 0; i < N_ELEMENTS(sites); i++)
        seen[sites[i].right]++;
    for (int i = 0; i < RIGHT__MAX; i++)
        assert_int_equal(seen[i], 1);
}

/* Possible is what some item allows. */
static void
test_possible(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(items); i++)
        for (int role = 0; role < ROLE__MAX; role++) {
            struct person p = person_of(role);
            bool wanted = strchr(items[i].cells[role][0], 'y') != NULL ||
                          strchr(items[i].cells[role][1], 'y') != NULL;
            assert_int_equal(right_is_possible(&p, items[i].right), wanted);
            assert_false(right_allows(&p, items[i].right, NULL));
        }
}

/* What a token of a scope may have at most, in the order of the scopes. */
static const struct {
    enum right right;
    const char *scopes;
} tokens[] = {
    {RIGHT_ITEM_VIEW, "yyy"},      {RIGHT_ITEM_CREATE, "-yy"},
    {RIGHT_ITEM_EDIT, "-yy"},      {RIGHT_ITEM_DISCARD, "-yy"},
    {RIGHT_ITEM_SUBMIT, "-yy"},    {RIGHT_ITEM_RECALL, "-yy"},
    {RIGHT_ITEM_SEND_BACK, "--y"}, {RIGHT_ITEM_APPROVE, "--y"},
    {RIGHT_ITEM_SCHEDULE, "--y"},  {RIGHT_ITEM_WITHDRAW, "--y"},
    {RIGHT_ITEM_REINSTATE, "--y"}, {RIGHT_PHOTO_VIEW, "yyy"},
    {RIGHT_PHOTO_ADD, "-yy"},      {RIGHT_PHOTO_EDIT, "-yy"},
    {RIGHT_PHOTO_WITHDRAW, "--y"},
};

static const char *
scopes_of(enum right right)
{
    for (size_t i = 0; i < N_ELEMENTS(tokens); i++)
        if (tokens[i].right == right)
            return tokens[i].scopes;
    return "---";
}

/* With the token a person may what they may without, if its scope reaches to it, and its
 * sections where it is about an item. */
static void
check_token(struct person *p, enum right right, const struct token *t)
{
    for (int at = 0; at < 2 * STATE__MAX; at++) {
        struct right_facts facts = {at % 2 != 0, HERE, (enum item_state)(at / 2)};
        p->token = NULL;
        bool wanted =
            right_allows(p, right, &facts) && scopes_of(right)[t->scope] == 'y' &&
            (!right_is_about_item(right) || !t->is_limited || t->n_sections > 0);
        p->token = t;
        assert_int_equal(right_allows(p, right, &facts), wanted);
    }
    if (right_is_about_item(right))
        assert_false(right_allows(p, right, NULL));
    if (scopes_of(right)[t->scope] == '-')
        assert_false(right_is_possible(p, right));
}

static void
test_a_token_only_takes_away(void **state)
{
    (void)state;
    for (int scope = 0; scope < SCOPE__MAX; scope++)
        for (int limits = 0; limits < 3; limits++) {
            struct token t = {.scope = (enum scope)scope,
                              .is_limited = limits > 0,
                              .sections = here,
                              .n_sections = limits == 1};
            for (int role = 0; role < ROLE__MAX; role++)
                for (int right = 0; right < RIGHT__MAX; right++) {
                    struct person p = person_of(role);
                    check_token(&p, (enum right)right, &t);
                }
        }
    for (int i = 0; i < SCOPE__MAX; i++)
        assert_int_equal(scope_read(str_of(scope_word((enum scope)i))), i);
    assert_int_equal(scope_read(STR("all")), -1);
}

static void
test_nobody_to_work(void **state)
{
    struct right_facts facts = {true, HERE, STATE_DRAFT};
    (void)state;
    for (int role = 0; role < ROLE__MAX; role++)
        for (int right = 0; right < RIGHT__MAX; right++) {
            struct person gone = person_of(role), bare = person_of(role);
            gone.is_disabled = true;
            bare.must_have_second_factor = true;
            bool is_own_account = right == RIGHT_OWN_ACCOUNT;
            assert_false(right_allows(&gone, (enum right)right, &facts));
            assert_false(right_is_possible(&gone, (enum right)right));
            assert_int_equal(right_allows(&bare, (enum right)right, &facts),
                             is_own_account);
            assert_int_equal(right_is_possible(&bare, (enum right)right), is_own_account);
            struct person whole = person_of(role);
            bare.has_second_factor = true;
            assert_int_equal(right_allows(&bare, (enum right)right, &facts),
                             right_allows(&whole, (enum right)right, &facts));
        }
}

static void
test_person_check(void **state)
{
    static const char *const bad_logins[] = {"",      "a b",  "a\tb", "a\nb",
                                             " anna", "\x7f", "\xff", "a\x01"};
    static char long_text[PERSON_NAME_MAX + 2];
    struct err err;
    struct person p = {.login = STR("anna.ivanova@office"), .name = STR("Анна Иванова")};
    (void)state;
    assert_int_equal(person_check(&p, &err), RC_OK);
    for (size_t i = 0; i < N_ELEMENTS(bad_logins); i++) {
        struct person bad = {.login = str_of(bad_logins[i]), .name = STR("A")};
        assert_int_equal(person_check(&bad, &err), RC_INVALID);
        assert_string_equal(err.field, "login");
    }
    memset(long_text, 'a', sizeof long_text - 1);
    p.login = (struct str){long_text, LOGIN_MAX};
    assert_int_equal(person_check(&p, &err), RC_OK);
    p.login.n++;
    assert_int_equal(person_check(&p, &err), RC_INVALID);
    p.login = STR("a");
    p.name = str_of(long_text);
    assert_int_equal(person_check(&p, &err), RC_INVALID);
    assert_string_equal(err.field, "name");
    p.name = STR("A\nB");
    assert_int_equal(person_check(&p, &err), RC_INVALID);
}

static void
test_role_words(void **state)
{
    (void)state;
    for (int i = 0; i < ROLE__MAX; i++)
        assert_int_equal(role_read(str_of(role_word((enum role)i))), i);
    assert_int_equal(role_read(STR("Editor")), -1);
    assert_int_equal(role_read(STR("")), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_cell),
        cmocka_unit_test(test_site_rights),
        cmocka_unit_test(test_table_is_whole),
        cmocka_unit_test(test_possible),
        cmocka_unit_test(test_a_token_only_takes_away),
        cmocka_unit_test(test_nobody_to_work),
        cmocka_unit_test(test_person_check),
        cmocka_unit_test(test_role_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
