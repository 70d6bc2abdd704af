/* test_audit.c - the audit logs: only added to, read as one, told of every change. */
#include "made.h"
#include "model/person.h"
#include "news/audit.h"
#include "news/section.h"
#include "store/query.h"

struct fixture {
    struct made m;
    struct store *accounts;
};

static const struct actor anna = {
    .person_id = 1, .name = STR_INIT("Anna"), .origin = STR_INIT("192.0.2.1")};
static const struct actor boris = {
    .person_id = 2, .name = STR_INIT("Boris"), .origin = STR_INIT("192.0.2.2")};

static int
set_up(void **state)
{
    static struct fixture f;
    f = (struct fixture){0};
    made_site(&f.m);
    const char *path = made_path(&f.m, "accounts.db");
    OK(&f.m, store_create_accounts(path, &f.m.err));
    OK(&f.m, store_open_accounts(path, &f.accounts, &f.m.err));
    *state = &f;
    return 0;
}

static int
tear_down(void **state)
{
    struct fixture *f = *state;
    store_close(f->accounts);
    made_end(&f->m);
    return 0;
}

static void
add(struct fixture *f, struct store *st, int64_t at, const struct actor *who,
    const char *action, const char *about)
{
    OK(&f->m, store_write_begin(st, &f->m.err));
    OK(&f->m, store_audit_add(st, at, who, action, str_of(about), STR(""), &f->m.err));
    OK(&f->m, store_write_commit(st, false, 0, &f->m.err));
}

/* The abouts of all that is found, page by page, as "a b | c ". */
static struct str
found(struct fixture *f, struct audit_filter filter, int limit)
{
    struct audit_entries e = {.has_more = true};
    struct str all = STR("");
    if (filter.until == 0)
        filter.until = INT64_MAX;
    while (e.has_more) {
        OK(&f->m,
           news_audit(f->m.st, f->accounts, &filter, limit, &f->m.a, &e, &f->m.err));
        for (int i = 0; i < e.n; i++)
            all =
                str_fmt(&f->m.a, "%.*s%.*s ", STR_ARG(all), STR_ARG(e.all[i].line.about));
        if (!e.has_more)
            break;
        struct audit_place behind = news_audit_place(&e.all[e.n - 1]);
        struct str text = news_audit_place_write(&f->m.a, &behind);
        filter.has_before = news_audit_place_read(text, &filter.before);
        assert_true(filter.has_before);
        all = str_fmt(&f->m.a, "%.*s| ", STR_ARG(all));
    }
    return all;
}

static void
add_some(struct fixture *f)
{
    add(f, f->m.st, 10, &anna, "save", "a");
    add(f, f->accounts, 10, &anna, "sign in", "b");
    add(f, f->accounts, 20, &boris, "sign in", "c");
    add(f, f->m.st, 20, &boris, "save", "d");
    add(f, f->accounts, 20, &boris, "password", "e");
    add(f, f->m.st, 20, &anna, "approve", "f");
    add(f, f->m.st, 30, &anna, "save", "a");
}

static void
test_two_logs_are_read_as_one(void **state)
{
    struct fixture *f = *state;
    add_some(f);
    SAME(found(f, (struct audit_filter){0}, 100), "a f d e c a b ");
    SAME(found(f, (struct audit_filter){0}, 1), "a | f | d | e | c | a | b ");
    SAME(found(f, (struct audit_filter){0}, 2), "a f | d e | c a | b ");
    SAME(found(f, (struct audit_filter){0}, 3), "a f d | e c a | b ");
    SAME(found(f, (struct audit_filter){0}, 7), "a f d e c a b ");
    store_close(f->accounts); /* a site without accounts */
    f->accounts = NULL;
    SAME(found(f, (struct audit_filter){0}, 3), "a f d | a ");
}

static void
test_a_search_by_everything(void **state)
{
    struct fixture *f = *state;
    add_some(f);
    const struct {
        struct audit_filter filter;
        const char *found;
    } all[] = {
        {{.person = STR("Boris")}, "d | e | c "},
        {{.person = STR("Boris"), .action = STR("sign in")}, "c "},
        {{.action = STR("save")}, "a | d | a "},
        {{.action = STR("sign in"), .since = 11}, "c "},
        {{.about = STR("a")}, "a | a "},
        {{.about = STR("a"), .until = 30}, "a "},
        {{.about = STR("a"), .person = STR("Boris")}, ""},
        {{.about = STR("b"), .action = STR("sign in"), .person = STR("Anna")}, "b "},
        {{.since = 20, .until = 30}, "f | d | e | c "},
        {{.since = 10, .until = 11}, "a | b "},
        {{.since = 31}, ""},
        {{.person = STR("anna")}, ""},
    };
    for (size_t i = 0; i < N_ELEMENTS(all); i++)
        SAME(found(f, all[i].filter, 1), all[i].found);
}

static void
test_a_place_is_read_back_or_refused(void **state)
{
    static const char *const bad[] = {"",
                                      "1",
                                      "1.0",
                                      "1.0.0",
                                      "1.2.5",
                                      "1.-1.5",
                                      "x.0.5",
                                      "1.0.5.6",
                                      "1.0.x",
                                      " 1.0.5",
                                      "99999999999999999999.0.1"};
    struct audit_place p;
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(bad); i++)
        assert_false(news_audit_place_read(str_of(bad[i]), &p));
    assert_true(news_audit_place_read(STR("-5.1.77"), &p));
    assert_int_equal(p.at, -5);
    assert_int_equal(p.kind, STORE_ACCOUNTS);
    assert_int_equal(p.id, 77);
}

static bool
has_word(const char *sql, const char *word)
{
    return strcasestr(sql, word) != NULL;
}

/* No statement of the program changes or drops a line; two add one. */
static void
test_a_line_stays_as_it_is(void **state)
{
    int n_add = 0, n_read = 0;
    (void)state;
    for (int i = 0; i < Q__MAX; i++) {
        const char *sql = query_texts[i].sql;
        if (!has_word(sql, "audit"))
            continue;
        assert_false(has_word(sql, "UPDATE") || has_word(sql, "DELETE") ||
                     has_word(sql, "CONFLICT"));
        n_add += has_word(sql, "INSERT INTO");
        n_read += strncmp(sql, "SELECT", 6) == 0;
    }
    assert_int_equal(n_add, 2);
    assert_int_equal(n_read, 8);
}

/* ---- sections ---- */

static struct audit_line
last(struct fixture *f)
{
    struct audit_entries e;
    struct audit_filter all = {.since = INT64_MIN, .until = INT64_MAX};
    OK(&f->m, news_audit(f->m.st, NULL, &all, 1, &f->m.a, &e, &f->m.err));
    return e.n > 0 ? e.all[0].line : (struct audit_line){0};
}

static void
test_sections_are_told_of(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    int64_t id = 0;
    bool is_on = true;
    struct section s = {.slug = STR("visits"), .names = {STR("Visits")}};
    struct section_spot first = {.place = 1};
    struct section_change change = {
        .slug = STR("trips"), .names = {STR("Trips")}, .to = &first, .four_eyes = &is_on};
    OK(m, news_section_add(made_desk(m), &s, STR(""), &m->err));
    SAME(last(f).action, "section add");
    SAME(last(f).detail, "visits");
    SAME(last(f).person, "test");
    OK(m, news_section_change(made_desk(m), STR("visits"), &change, &m->err));
    SAME(last(f).action, "section change");
    SAME(last(f).detail,
         "visits: slug \"trips\" en \"Trips\" place \"1\" four eyes \"on\"");
    OK(m, news_section_remove(made_desk(m), STR("trips"), &id, &m->err));
    assert_int_equal(id, s.id);
    SAME(last(f).action, "section remove");
    int64_t n = last(f).id;
    REFUSED(m, RC_NOT_FOUND, "trips",
            news_section_remove(made_desk(m), STR("trips"), &id, &m->err));
    assert_int_equal(last(f).id, n); /* nothing happened */
}

static void
test_sections_are_for_administrators(void **state)
{
    struct fixture *f = *state;
    struct made *m = &f->m;
    int64_t id = 0;
    struct person editor = {.id = 7, .role = ROLE_EDITOR};
    struct actor who = {.person = &editor, .person_id = 7, .name = STR("Mara")};
    struct desk d = {m->st, &m->site, &who, m->now};
    struct section s = {.slug = STR("visits"), .names = {STR("Visits")}};
    struct section_change change = {.slug = STR("trips")};
    REFUSED(m, RC_DENIED, "Mara", news_section_add(&d, &s, STR(""), &m->err));
    REFUSED(m, RC_DENIED, "Mara",
            news_section_change(&d, STR("visits"), &change, &m->err));
    REFUSED(m, RC_DENIED, "Mara", news_section_remove(&d, STR("visits"), &id, &m->err));
    editor.role = ROLE_ADMINISTRATOR;
    OK(m, news_section_add(&d, &s, STR(""), &m->err));
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_two_logs_are_read_as_one),
        T(test_a_search_by_everything),
        T(test_a_place_is_read_back_or_refused),
        T(test_a_line_stays_as_it_is),
        T(test_sections_are_told_of),
        T(test_sections_are_for_administrators),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
