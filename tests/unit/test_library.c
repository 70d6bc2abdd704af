/* test_library.c - finding photos in the library: words, dates, what is to be done,
 * page by page. */
#include "desk_made.h"
#include "news/library.h"
#include "news/photo.h"
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

/* The numbers of what a filter finds, in its order: "3 2 1"; page by page. */
static struct str
found(struct fixture *f, struct library_filter filter, int limit)
{
    struct str all = STR("");
    struct library_page page = {.has_more = true};
    for (int n = 0; page.has_more; n++) {
        assert_true(n < 20);
        OK(&f->m,
           news_library_list(as(f, ANN), &filter, limit, &f->m.a, &page, &f->m.err));
        assert_true(page.n <= limit && (page.n == limit || !page.has_more));
        assert_false(page.is_cut);
        for (int i = 0; i < page.n; i++)
            all = str_fmt(&f->m.a, "%.*s%s%lld", STR_ARG(all), all.n > 0 ? " " : "",
                          (long long)page.all[i].id);
        filter.after = page.after;
    }
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
}

/* A page looks at so many, however few are wanted, and the list goes on behind it. */
static void
test_looking_ends(void **state)
{
    struct fixture *f = *state;
    struct library_page page;
    add(f, 1, (struct photo){.credit = STR("Ann")});
    made_begin(&f->m);
    OK(&f->m, query_do(f->m.st, Q_PHOTO_WORDS_DROP, &f->m.err, "i", (int64_t)1));
    made_commit(&f->m);
    FOUND(f, "", .words = STR("ann"));
    made_begin(&f->m);
    OK(&f->m, store_library_fill(f->m.st, &f->m.err));
    made_commit(&f->m);
    FOUND(f, "1", .words = STR("ann"));
    for (int i = 2; i < LIBRARY_LOOKS + 3; i++)
        add(f, i * 2, (struct photo){.credit = STR("Bob")});
    struct library_filter asked = {.state = LIBRARY_TO_CONFIRM, .words = STR("jpg")};
    OK(&f->m, news_library_list(as(f, ANN), &asked, 5, &f->m.a, &page, &f->m.err));
    assert_true(page.is_cut && page.has_more && page.n == 0);
    asked.after = page.after;
    OK(&f->m, news_library_list(as(f, ANN), &asked, 5, &f->m.a, &page, &f->m.err));
    assert_true(!page.is_cut && !page.has_more && page.n == 1 && page.all[0].id == 1);
    asked.after = 1000000;
    REFUSED(&f->m, RC_INVALID, "not a place",
            news_library_list(as(f, ANN), &asked, 5, &f->m.a, &page, &f->m.err));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_words_follow_changes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_dates, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_states, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_looking_ends, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
