/* test_correction.c - what is corrected in public: on the item's page, in the list of
 * all, in and out of the exchange format, and never changed. */
#include <fcntl.h>

#include "made.h"
#include "model/person.h"
#include "news/correction.h"
#include "news/export.h"
#include "news/import.h"
#include "news/page.h"
#include "store/audit.h"
#include "store/correction.h"
#include "store/site.h"

#include "base/buf.h"

enum { PAGE = 3, ANN, BOB, N_LINES = 8 };

struct fixture {
    struct made m;
    struct news n;
    int64_t events;
    struct person people[2]; /* an author, an editor of the section */
    struct actor who;
    struct desk desk;
    struct str exported;
};

static int
set_up(void **state)
{
    static struct fixture f;
    memset(&f, 0, sizeof f);
    made_site(&f.m);
    f.events = made_section(&f.m, "events", 0);
    news_open(&f.n, f.m.st, &f.m.site, (struct news_config){PAGE, 6, 4});
    for (int i = 0; i < 2; i++)
        f.people[i] = (struct person){.id = i + 1,
                                      .name = str_of(i == 0 ? "Ann" : "Bob"),
                                      .role = i == 0 ? ROLE_AUTHOR : ROLE_EDITOR,
                                      .sections = &f.events,
                                      .n_sections = 1};
    *state = &f;
    return 0;
}

static int
tear_down(void **state)
{
    struct fixture *f = *state;
    news_close(&f->n);
    made_end(&f->m);
    return 0;
}

static const struct desk *
as(struct fixture *f, int who)
{
    const struct person *p = &f->people[who - ANN];
    f->who = (struct actor){p, p->id, p->name, STR("127.0.0.1")};
    f->desk = (struct desk){f->m.st, &f->m.site, &f->who, f->m.now};
    return &f->desk;
}

static enum rc
try_correct(struct fixture *f, int who, struct str name, struct str text)
{
    return news_correction_add(as(f, who), name, text, &f->m.err);
}

static void
correct(struct fixture *f, struct str name, const char *text)
{
    OK(&f->m, try_correct(f, BOB, name, str_of(text)));
}

/* An item that is out since a long time, with an id of its own. */
static struct item
out(struct fixture *f, const char *slug)
{
    struct item it = made_item(f->events, slug, f->m.now - 1000);
    it.public_id = str_of(slug);
    it.has_source_id = true;
    made_save(&f->m, &it);
    return it;
}

static struct page_article
article(struct fixture *f, const char *slug)
{
    struct page_article page;
    struct article_place place = {0, STR("events"), str_of(slug)};
    OK(&f->m, store_read_begin(f->m.st, &f->m.err));
    OK(&f->m, news_refresh(&f->n, f->m.now, &f->m.err));
    OK(&f->m, news_article(&f->n, &place, &f->m.a, &page, &f->m.err));
    store_read_end(f->m.st);
    return page;
}

static struct page_corrections
list(struct fixture *f, struct listing_place place)
{
    struct page_corrections page;
    OK(&f->m, store_read_begin(f->m.st, &f->m.err));
    OK(&f->m, news_refresh(&f->n, f->m.now, &f->m.err));
    OK(&f->m, news_corrections(&f->n, &place, &f->m.a, &page, &f->m.err));
    store_read_end(f->m.st);
    return page;
}

static int64_t
site_version(struct fixture *f)
{
    struct site_state s;
    OK(&f->m, store_site_state(f->m.st, &s, &f->m.err));
    return s.version;
}

/* ---- adding ---- */

static void
test_a_correction_is_seen(void **state)
{
    struct fixture *f = *state;
    out(f, "a");
    int64_t before = site_version(f);
    correct(f, STR("a"), "  It was 12, not 21.\n\nWe regret it. ");
    assert_true(site_version(f) > before);
    f->m.now++;
    correct(f, STR("a"), "It was 13.");
    struct corrections all = article(f, "a").corrections;
    assert_int_equal(all.n, 2);
    SAME(all.all[0].text, "It was 13.");
    SAME(all.all[1].text, "It was 12, not 21.\n\nWe regret it.");
    SAME(all.all[1].author, "Bob");
    assert_int_equal(all.all[1].at, f->m.now - 1);
    assert_false(article(f, "a").is_updated);
    struct page_corrections page = list(f, (struct listing_place){0});
    assert_int_equal(page.n, 2);
    SAME(page.all[0].correction.text, "It was 13.");
    SAME(page.all[0].slug, "a");
    SAME(page.all[0].title, "a");
    assert_false(page.has_newer || page.has_older);
    assert_int_equal(list(f, (struct listing_place){.lang = 1}).n, 0);
}

static void
test_it_is_told_in_the_audit_log(void **state)
{
    struct fixture *f = *state;
    struct audit_line lines[4];
    struct audit_search s = {.about = STR("a"),
                             .since = INT64_MIN,
                             .when = INT64_MAX,
                             .id = INT64_MAX,
                             .limit = 4};
    int n = 0;
    out(f, "a");
    correct(f, STR("a"), "It was 12.");
    OK(&f->m, store_audit_search(f->m.st, &s, &f->m.a, lines, &n, &f->m.err));
    assert_int_equal(n, 1);
    SAME(lines[0].action, "correct");
    SAME(lines[0].person, "Bob");
    SAME(lines[0].detail, "It was 12.");
}

static void
test_who_and_what_is_refused(void **state)
{
    struct fixture *f = *state;
    char *longest = arena_alloc(&f->m.a, CORRECTION_MAX + 1);
    memset(longest, 'x', CORRECTION_MAX + 1);
    struct item later = made_item(f->events, "later", f->m.now + 1);
    out(f, "a");
    made_save(&f->m, &later);
    REFUSED(&f->m, RC_DENIED, "Ann may not", try_correct(f, ANN, STR("a"), STR("x")));
    REFUSED(&f->m, RC_INVALID, "what was wrong",
            try_correct(f, BOB, STR("a"), STR(" \n")));
    REFUSED(&f->m, RC_INVALID, "4000",
            try_correct(f, BOB, STR("a"), (struct str){longest, CORRECTION_MAX + 1}));
    REFUSED(&f->m, RC_INVALID, "no text may", try_correct(f, BOB, STR("a"), STR("\a")));
    REFUSED(&f->m, RC_INVALID, "no text may", try_correct(f, BOB, STR("a"), STR("\xff")));
    REFUSED(&f->m, RC_NOT_FOUND, "no item", try_correct(f, BOB, STR("b"), STR("x")));
    REFUSED(&f->m, RC_CONFLICT, "not to be seen",
            try_correct(f, BOB, STR("/news/events/later/"), STR("x")));
    OK(&f->m, try_correct(f, BOB, STR("a"), (struct str){longest, CORRECTION_MAX}));
    assert_int_equal(article(f, "a").corrections.n, 1);
    for (int i = 1; i < CORRECTIONS_MAX; i++)
        OK(&f->m, try_correct(f, BOB, STR("a"), str_fmt(&f->m.a, "correction %d", i)));
    REFUSED(&f->m, RC_INVALID, "at most 100", try_correct(f, BOB, STR("a"), STR("x")));
}

/* What a hasty second press of the button sends is the same correction. */
static void
test_twice_in_a_second_is_once(void **state)
{
    struct fixture *f = *state;
    out(f, "a");
    correct(f, STR("a"), "It was 12.");
    correct(f, STR("a"), "It was 12.");
    assert_int_equal(article(f, "a").corrections.n, 1);
}

/* Seen while the item is: not when it is withdrawn, and again when it is back. */
static void
test_with_the_item(void **state)
{
    struct fixture *f = *state;
    struct shortcomings none;
    struct desk_order o = {
        .name = STR("a"), .step = STEP_WITHDRAW, .reason = STR("Wrong"), .at = TIME_NONE};
    struct desk_corrections desk;
    out(f, "a");
    correct(f, STR("a"), "It was 12.");
    OK(&f->m, news_desk_step(as(f, BOB), &o, &none, &f->m.err));
    assert_int_equal(list(f, (struct listing_place){0}).n, 0);
    assert_int_equal(article(f, "a").found, PAGE_GONE);
    REFUSED(&f->m, RC_CONFLICT, "not to be seen",
            try_correct(f, BOB, STR("a"), STR("More")));
    OK(&f->m, news_correction_list(as(f, BOB), STR("a"), &f->m.a, &desk, &f->m.err));
    assert_int_equal(desk.corrections.n, 1);
    assert_true(desk.may_correct && !desk.is_visible);
    o.step = STEP_REINSTATE;
    OK(&f->m, news_desk_step(as(f, BOB), &o, &none, &f->m.err));
    assert_int_equal(list(f, (struct listing_place){0}).n, 1);
    OK(&f->m, news_correction_list(as(f, ANN), STR("a"), &f->m.a, &desk, &f->m.err));
    assert_true(!desk.may_correct && desk.is_visible);
}

/* ---- the list ---- */

/* Pages of three over eight, several in one second, there and back. */
static void
test_the_list_by_cursor(void **state)
{
    struct fixture *f = *state;
    struct listing_place place = {0};
    struct str seen[N_LINES + 1];
    int n = 0, n_pages = 0;
    out(f, "a");
    out(f, "b");
    for (int i = 0; i < N_LINES; i++) {
        f->m.now += i % 3 == 0;
        correct(f, i % 2 == 0 ? STR("a") : STR("b"), str_fmt(&f->m.a, "%d", i).p);
    }
    struct page_corrections page = list(f, place);
    for (;; page = list(f, place)) {
        assert_int_equal(page.has_newer, n_pages > 0);
        n_pages++;
        for (int i = 0; i < page.n; i++)
            seen[n++] = page.all[i].correction.text;
        if (!page.has_older)
            break;
        place = (struct listing_place){.has_before = true, .before = page.older};
    }
    assert_int_equal(n, N_LINES);
    assert_int_equal(n_pages, 3);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < i; j++)
            assert_false(str_eq(seen[i], seen[j]));
    place = (struct listing_place){.has_after = true, .after = page.newer};
    assert_false(page.newer_is_first);
    page = list(f, place);
    assert_int_equal(page.n, PAGE);
    for (int i = 0; i < PAGE; i++)
        assert_true(str_eq(page.all[i].correction.text, seen[PAGE + i]));
    assert_true(page.has_newer && page.newer_is_first && page.has_older);
    /* After the newest there is nothing; the way back is to the first page. */
    place.after = (struct cursor){f->m.now + 1, 0};
    page = list(f, place);
    assert_true(page.n == 0 && page.has_newer && page.newer_is_first && !page.has_older);
}

/* ---- out and in ---- */

static enum rc
take_line(void *ctx, struct str line, struct err *err)
{
    struct fixture *f = ctx;
    (void)err;
    f->exported = str_copy(&f->m.a, line);
    return RC_OK;
}

static void export(struct fixture *f)
{
    struct export_hooks hooks = {.ctx = f, .line = take_line};
    int64_t n = 0;
    OK(&f->m, news_export(f->m.st, &f->m.site, &hooks, &n, &f->m.err));
}

static void
note_refused(void *ctx, int64_t line, const struct err *err)
{
    struct fixture *f = ctx;
    (void)line;
    f->m.err = *err;
}

static struct import_result
import(struct fixture *f, struct str lines)
{
    struct made *m = &f->m;
    const char *path = made_path(m, "in.jsonl");
    struct import_hooks hooks = {.ctx = f, .refused = note_refused};
    struct import_options o = {
        .batch_items = 10, .batch_ms = 250, .now = m->now, .by = STR("import")};
    struct import_result result;
    OK(m, file_write(path, lines, 0600, &m->err));
    o.fd = open(path, O_RDONLY | O_CLOEXEC);
    o.spool_fd = open(m->dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    OK(m, news_import(m->st, &m->site, &o, &hooks, &result, &m->err));
    close(o.spool_fd);
    close(o.fd);
    return result;
}

/* As "...,"corrections":[...]}" */
static struct str
line(struct fixture *f, const char *more)
{
    return str_fmt(&f->m.a,
                   "{\"id\":\"a\",\"lang\":\"en\",\"section\":\"events\",\"slug\":\"a\","
                   "\"title\":\"a\",\"published_at\":\"2023-01-01T00:00:00Z\"%s}\n",
                   more);
}

static void
test_export_and_import_carry_them(void **state)
{
    struct fixture *f = *state;
    out(f, "a");
    correct(f, STR("a"), "It was 12.\nНе 21.");
    export(f);
    char *kept = strndup(f->exported.p, f->exported.n); /* outlives the site */
    struct str whole = str_of(kept);
    if (str_find_str(whole,
                     STR("\"corrections\":[{\"at\":\"2023-11-14T22:13:20Z\","
                         "\"author\":\"Bob\",\"text\":\"It was 12.\\nНе 21.\"}]")) ==
        whole.n)
        fail_msg("%.*s", STR_ARG(whole));
    /* Into the same site: nothing changes. Into an empty one: all of it is there. */
    assert_int_equal(import(f, whole).unchanged, 1);
    assert_int_equal(article(f, "a").corrections.n, 1);
    tear_down(state);
    set_up(state);
    assert_int_equal(import(f, whole).added, 1);
    export(f);
    assert_true(str_eq(f->exported, whole));
    free(kept);
}

static void
test_import_adds_and_never_removes(void **state)
{
    struct fixture *f = *state;
    struct str two =
        line(f, ",\"corrections\":[{\"at\":\"2023-02-01T00:00:00Z\",\"text\":\"One\"},"
                "{\"at\":\"2023-03-01\",\"text\":\"Two\",\"author\":\"Eve\"}]");
    assert_int_equal(import(f, line(f, "")).added, 1);
    int64_t before = site_version(f);
    assert_int_equal(import(f, two).changed, 1);
    assert_true(site_version(f) > before);
    assert_int_equal(import(f, two).unchanged, 1);
    assert_int_equal(import(f, line(f, "")).unchanged, 1);
    struct corrections all = article(f, "a").corrections;
    assert_int_equal(all.n, 2);
    SAME(all.all[0].author, "Eve");
    SAME(all.all[1].author, "import");
}

static void
test_import_refuses(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *more, *field, *words;
    } bad[] = {
        {",\"corrections\":{}", "corrections", "must be a list"},
        {",\"corrections\":[1]", "corrections[1].", "must be an object"},
        {",\"corrections\":[{\"at\":\"2023-02-01\"}]", "corrections[1].", "needs"},
        {",\"corrections\":[{\"text\":\"x\"}]", "corrections[1].", "needs"},
        {",\"corrections\":[{\"at\":\"2023-02-01\",\"text\":\" \"}]", "corrections[1].",
         "needs"},
        {",\"corrections\":[{\"at\":\"2023-02-30\",\"text\":\"x\"}]", "corrections[1].at",
         "does not exist"},
        {",\"corrections\":[{\"who\":\"x\"}]", "corrections[1].who", "not a key"},
        {",\"corrections\":[{\"text\":\"x\\u0007\"}]", "corrections[1].text", "control"},
        {",\"corrections\":[{\"at\":\"2033-02-01\",\"text\":\"x\"}]", "corrections",
         "future"},
        {",\"state\":\"draft\",\"corrections\":[{\"at\":\"2023-02-01\",\"text\":\"x\"}]",
         "corrections", "approved"},
    };
    for (size_t i = 0; i < N_ELEMENTS(bad); i++) {
        assert_int_equal(import(f, line(f, bad[i].more)).refused, 1);
        assert_string_equal(f->m.err.field, bad[i].field);
        if (strstr(f->m.err.text, bad[i].words) == NULL)
            fail_msg("%s: %s", bad[i].more, f->m.err.text);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_correction_is_seen, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_it_is_told_in_the_audit_log, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_who_and_what_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_twice_in_a_second_is_once, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_with_the_item, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_list_by_cursor, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_export_and_import_carry_them, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_import_adds_and_never_removes, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_import_refuses, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
