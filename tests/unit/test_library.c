/* test_library.c - finding photos in the library: words, dates, what is to be done,
 * page by page. */
#include "desk_made.h"
#include "news/library.h"
#include "news/photo.h"
#include "store/item.h"
#include "store/library.h"
#include "store/query.h"

/* Number n, with whatever the test says of it. */
static int64_t
add(struct fixture *f, int n, struct photo p)
{
    struct library_photo l = {.photo = p,
                              .confirmed_at = n % 2 == 0 ? f->m.now : TIME_NONE,
                              .file_name = STR("DSC_0042.jpg")};
    int64_t id = 0;
    bool is_known = false;
    l.photo.sha256 = str_fmt(&f->m.a, "%064d", n);
    l.photo.ext = STR("jpg");
    l.photo.width_px = 800;
    l.photo.height_px = 600;
    l.photo.bytes = 1000;
    if (l.photo.expires_at == 0)
        l.photo.expires_at = TIME_NONE;
    OK(&f->m, news_photo_add(as(f, ANN), &l, &id, &is_known, &f->m.err));
    assert_false(is_known);
    return id;
}

/* A page by a filter, whole. */
static struct library_page
read_page(struct fixture *f, const struct library_filter *filter, int limit)
{
    struct library_page page;
    OK(&f->m, news_library_list(as(f, ANN), filter, limit, &f->m.a, &page, &f->m.err));
    assert_true(page.n <= limit && (page.n == limit || !page.has_more));
    assert_false(page.is_cut);
    return page;
}

/* From the end of a list page by page back to its beginning: the same photos. */
static void
check_way_back(struct fixture *f, struct library_filter filter, int limit,
               const int64_t *ids, int n)
{
    int end = n - 1;
    for (struct library_page page = {.has_back = n > 0}; page.has_back;) {
        filter.after = 0;
        filter.before = ids[end];
        page = read_page(f, &filter, limit);
        if (!page.has_back) /* the first page, from its beginning */
            end = page.n;
        for (int i = 0; i < page.n; i++)
            assert_int_equal(page.all[i].id, ids[end - page.n + i]);
        end -= page.n;
        assert_int_equal(page.before, ids[end]);
    }
    assert_true(end <= 0);
}

/* The numbers of what a filter finds, in its order: "3 2 1"; page by page. */
static struct str
found(struct fixture *f, struct library_filter filter, int limit)
{
    int64_t ids[100];
    struct str all = STR("");
    struct library_page page = {.has_more = true};
    int n = 0;
    bool is_whole = filter.after == 0;
    while (page.has_more) {
        page = read_page(f, &filter, limit);
        for (int i = 0; i < page.n; i++) {
            assert_true(n < (int)N_ELEMENTS(ids));
            ids[n++] = page.all[i].id;
            all = str_fmt(&f->m.a, "%.*s%s%lld", STR_ARG(all), all.n > 0 ? " " : "",
                          (long long)page.all[i].id);
        }
        filter.after = page.after;
    }
    if (is_whole)
        check_way_back(f, filter, limit, ids, n);
    return all;
}
#define FOUND(f, expected, ...)                       \
    do {                                              \
        struct library_filter asked_ = {__VA_ARGS__}; \
        SAME(found((f), asked_, 50), (expected));     \
        SAME(found((f), asked_, 1), (expected));      \
        SAME(found((f), asked_, 2), (expected));      \
    } while (0)

static void
fill(struct fixture *f)
{
    add(f, 1,
        (struct photo){.credit = STR("Ministry of Defence"), .creator = STR("Ann")});
    add(f, 2,
        (struct photo){.caption = STR("Ministry of Water"), .taken_at = STR("2026")});
    add(f, 3, (struct photo){.credit = STR("Ёлка"), .taken_at = STR("2026-03-31T23:59")});
    add(f, 4, (struct photo){.credit = STR("Bob"), .expires_at = f->m.now + 200});
    add(f, 5, (struct photo){.credit = STR("Bob"), .expires_at = f->m.now + 100});
    add(f, 6,
        (struct photo){.credit = STR("Bob"),
                       .taken_at = STR("2026-04-01"),
                       .expires_at = f->m.now - 5});
}

static void
test_words(void **state)
{
    struct fixture *f = *state;
    fill(f);
    FOUND(f, "6 5 4 3 2 1", .after = 0);
    FOUND(f, "2 1", .words = STR("ministry"));
    FOUND(f, "1", .words = STR("ministry ann"));
    FOUND(f, "1", .credit = STR("ministry"));
    FOUND(f, "2", .caption = STR("ministry"));
    FOUND(f, "1", .words = STR("defence"), .creator = STR("ann"));
    FOUND(f, "", .words = STR("defence"), .creator = STR("bob"));
    FOUND(f, "3", .words = STR("елка"));
    FOUND(f, "3", .credit = STR("ЁЛКА"));
    FOUND(f, "6 5 4 3 2 1", .words = STR("dsc 0042"));
    FOUND(f, "", .words = STR("\" OR * NEAR("));
}

/* What was said before is not found any more. */
static void
test_words_follow_changes(void **state)
{
    struct fixture *f = *state;
    struct library_photo l;
    fill(f);
    OK(&f->m, news_photo(as(f, BOB), 1, &f->m.a, &l, &f->m.err));
    l.photo.credit = STR("Somebody else");
    OK(&f->m, news_photo_change(as(f, BOB), 1, l.version, &l.photo, &f->m.err));
    FOUND(f, "2", .words = STR("ministry"));
    FOUND(f, "1", .credit = STR("somebody"));
}

static void
test_dates(void **state)
{
    struct fixture *f = *state;
    fill(f);
    FOUND(f, "6 3 2", .from = STR("2026-01-01"));
    FOUND(f, "6 3 2", .from = STR("2026-03-31"));
    FOUND(f, "6 2", .from = STR("2026-04-01"));
    FOUND(f, "3 2", .until = STR("2026-03-31"));
    FOUND(f, "3 2", .from = STR("2026-03-31"), .until = STR("2026-03-31"));
    FOUND(f, "6 2", .from = STR("2026-04-01"), .credit = STR(""));
    FOUND(f, "6", .from = STR("2026-04-01"), .credit = STR("bob"));
    FOUND(f, "", .from = STR("2027-01-01"));
}

static void
test_states(void **state)
{
    struct fixture *f = *state;
    struct item it = text(f, "Item");
    fill(f);
    FOUND(f, "5 3 1", .state = LIBRARY_TO_CONFIRM);
    FOUND(f, "2", .state = LIBRARY_WITHOUT_CREDIT);
    FOUND(f, "5 4", .state = LIBRARY_ENDING);
    FOUND(f, "6", .state = LIBRARY_ENDED);
    FOUND(f, "", .state = LIBRARY_WITHDRAWN);
    FOUND(f, "4", .state = LIBRARY_ENDING, .words = STR("bob"), .after = 5);
    OK(&f->m, news_photo_withdraw(as(f, BOB), 5, STR("Because."), &f->m.err));
    f->m.now++;
    OK(&f->m, news_photo_withdraw(as(f, BOB), 2, STR("Because."), &f->m.err));
    FOUND(f, "2 5", .state = LIBRARY_WITHDRAWN);
    FOUND(f, "4", .state = LIBRARY_ENDING);
    /* A draft's photo is used as well. */
    struct photo use = {
        .sha256 = str_fmt(&f->m.a, "%064d", 3), .alt = STR("x"), .expires_at = TIME_NONE};
    it.photos = &use;
    it.n_photos = 1;
    save(f, ANN, &it, 0);
    FOUND(f, "6 5 4 2 1", .state = LIBRARY_UNUSED);
    FOUND(f, "6 5 4", .state = LIBRARY_UNUSED, .credit = STR("bob"));
    FOUND(f, "5", .state = LIBRARY_WITHDRAWN, .credit = STR("bob"));
    FOUND(f, "6 2", .state = LIBRARY_UNUSED, .from = STR("2026-01-01"));
    FOUND(f, "6", .state = LIBRARY_ENDED, .words = STR("bob"));
    FOUND(f, "5 3 1", .state = LIBRARY_TO_CONFIRM, .words = STR("dsc"));
    OK(&f->m, news_photo_reinstate(as(f, BOB), 5, &f->m.err));
    FOUND(f, "", .state = LIBRARY_WITHDRAWN, .credit = STR("bob"));
}

/* What is named by nothing any more is unused again: taken out, or its item removed. */
static void
test_unused_again(void **state)
{
    struct fixture *f = *state;
    struct item it = text(f, "Item");
    struct photo uses[2];
    for (int i = 0; i < 3; i++)
        add(f, i + 1, (struct photo){.credit = STR("Bob")});
    for (int i = 0; i < 2; i++)
        uses[i] = (struct photo){.sha256 = str_fmt(&f->m.a, "%064d", i + 1),
                                 .expires_at = TIME_NONE};
    it.photos = uses;
    it.n_photos = 2;
    struct desk_saved saved = save(f, ANN, &it, 0);
    FOUND(f, "3", .state = LIBRARY_UNUSED);
    it.n_photos = 1;
    save(f, ANN, &it, saved.version);
    FOUND(f, "3 2", .state = LIBRARY_UNUSED);
    FOUND(f, "3 2", .state = LIBRARY_UNUSED, .words = STR("bob"));
    struct item last = text(f, "The newest item stays");
    save(f, ANN, &last, 0);
    made_begin(&f->m);
    OK(&f->m, store_item_remove(f->m.st, it.id, &f->m.err));
    made_commit(&f->m);
    FOUND(f, "3 2 1", .state = LIBRARY_UNUSED);
    FOUND(f, "3 2 1", .state = LIBRARY_UNUSED, .words = STR("bob"));
}

/* ---- days among the words ---- */

/* As the list says it: as much of the day as is known lies between both; what is no day
 * is not found. */
static bool
is_within(struct str taken, struct str from, struct str until)
{
    struct str day = str_sub(taken, 0, 10);
    return str_starts(taken, STR("19")) + str_starts(taken, STR("20")) > 0 &&
           str_cmp(day, str_sub(from, 0, day.n)) >= 0 &&
           (until.n == 0 || str_cmp(day, str_sub(until, 0, day.n)) <= 0);
}

static struct str
some_day(struct fixture *f, unsigned *seed)
{
    *seed = *seed * 1103515245 + 12345;
    unsigned n = *seed >> 8;
    return str_fmt(&f->m.a, "%04u-%02u-%02u", 1988 + n % 24, 1 + n / 24 % 12,
                   1 + n / 288 % 28);
}

/* Together with something else, days are looked up by marks: the same photos. */
static void
test_days_and_words(void **state)
{
    enum { N = 60 };
    static const size_t lengths[] = {4, 7, 10, 10};
    struct fixture *f = *state;
    struct str taken[N + 1];
    unsigned seed = 7;
    for (int i = 1; i <= N; i++) {
        taken[i] = str_sub(some_day(f, &seed), 0, lengths[i % 4]);
        if (i % 5 == 0)
            taken[i] = i % 2 == 0 ? STR("") : STR("spring unused");
        add(f, i, (struct photo){.credit = STR("Bob"), .taken_at = taken[i]});
    }
    for (int k = 0; k < 200; k++) {
        struct str a = some_day(f, &seed), b = some_day(f, &seed), wanted = STR("");
        bool is_turned = str_cmp(a, b) > 0;
        struct library_filter asked = {.words = STR("bob"),
                                       .from = k % 7 == 0  ? STR("")
                                               : is_turned ? b
                                                           : a,
                                       .until = k % 5 == 0  ? STR("")
                                                : is_turned ? a
                                                            : b};
        if (asked.from.n + asked.until.n == 0)
            continue;
        for (int i = N; i > 0; i--)
            if (is_within(taken[i], asked.from, asked.until))
                wanted = str_fmt(&f->m.a, "%.*s%s%d", STR_ARG(wanted),
                                 wanted.n > 0 ? " " : "", i);
        SAME(found(f, asked, 50), str_z(&f->m.a, wanted));
    }
    FOUND(f, "", .words = STR("bob"), .from = STR("2005-01-01"),
          .until = STR("2004-01-01"));
}

/* Whether rights have ended is asked of every photo with an end: a page looks at so many,
 * and the list goes on behind it. */
static void
test_looking_ends(void **state)
{
    struct fixture *f = *state;
    struct library_page page;
    add(f, 1, (struct photo){.credit = STR("Ann"), .expires_at = f->m.now - 1});
    for (int i = 2; i < LIBRARY_LOOKS + 3; i++)
        add(f, i,
            (struct photo){.credit = STR("Bob"), .expires_at = f->m.now + 1000 + i});
    struct library_filter asked = {.state = LIBRARY_ENDED, .words = STR("jpg")};
    OK(&f->m, news_library_list(as(f, ANN), &asked, 5, &f->m.a, &page, &f->m.err));
    assert_true(page.is_cut && page.has_more && page.n == 0);
    asked.after = page.after;
    OK(&f->m, news_library_list(as(f, ANN), &asked, 5, &f->m.a, &page, &f->m.err));
    assert_true(!page.is_cut && !page.has_more && page.n == 1 && page.all[0].id == 1);
    asked.after = 1000000;
    REFUSED(&f->m, RC_INVALID, "not a place",
            news_library_list(as(f, ANN), &asked, 5, &f->m.a, &page, &f->m.err));
}

/* What an older program wrote: no words, no marks, nothing of use. */
static void
test_mended(void **state)
{
    struct fixture *f = *state;
    add(f, 1, (struct photo){.credit = STR("Ann")});
    add(f, 2, (struct photo){.credit = STR("Bob")});
    made_sql(&f->m, "DELETE FROM photo_words WHERE rowid = 1;"
                    "UPDATE photo_words SET marks = NULL WHERE rowid = 2;"
                    "UPDATE photo SET is_used = 1");
    FOUND(f, "", .words = STR("ann"));
    FOUND(f, "", .words = STR("bob"), .state = LIBRARY_UNUSED);
    made_begin(&f->m);
    OK(&f->m, store_library_fill(f->m.st, &f->m.err));
    made_commit(&f->m);
    FOUND(f, "1", .words = STR("ann"));
    FOUND(f, "2", .words = STR("bob"), .state = LIBRARY_UNUSED);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_words_follow_changes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_dates, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_states, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unused_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_days_and_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_looking_ends, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_mended, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
