/* test_list.c - the newsroom's list: filters, pages, who sees what. */
#include "desk_made.h"
#include "store/desk.h"

static int
count(struct fixture *f, int who, struct desk_filter filter)
{
    struct desk_page page;
    OK(&f->m, news_desk_list(as(f, who), &filter, 50, &f->m.a, &page, &f->m.err));
    for (int i = 1; i < page.n; i++)
        assert_true(page.all[i - 1].changed_at >= page.all[i].changed_at);
    assert_false(page.has_older || page.has_newer || page.is_cut);
    return page.n;
}

static void
test_the_list_and_its_filters(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 6; i++) {
        struct item it = text(f, i % 2 == 0 ? "Even" : "Odd");
        it.section_id = i < 4 ? f->events : f->speeches;
        it.lang = i == 5 ? STR("ru") : STR("en");
        f->m.now++;
        struct str name = save(f, i < 3 ? BOB : ANN, &it, 0).public_id;
        if (i == 0)
            step(f, BOB, name, STEP_APPROVE, NULL);
        if (i == 1)
            step(f, BOB, name, STEP_DISCARD, NULL);
        if (i == 3)
            step(f, ANN, name, STEP_SUBMIT, NULL);
    }
    assert_int_equal(count(f, BOB, (struct desk_filter){.state = -1}), 5);
    assert_int_equal(count(f, BOB, (struct desk_filter){.state = DESK_DISCARDED}), 1);
    assert_int_equal(count(f, BOB, (struct desk_filter){.state = DESK_REVIEW}), 1);
    assert_int_equal(
        count(f, BOB, (struct desk_filter){.state = -1, .section_id = f->events}), 3);
    assert_int_equal(count(f, BOB, (struct desk_filter){.state = -1, .lang = STR("ru")}),
                     1);
    assert_int_equal(count(f, BOB, (struct desk_filter){.state = -1, .author_id = 1}), 3);
    assert_int_equal(count(f, BOB,
                           (struct desk_filter){
                               .state = DESK_DRAFT, .author_id = 1, .lang = STR("en")}),
                     1);
    /* An author sees what is out, and their own. */
    assert_int_equal(count(f, ANN, (struct desk_filter){.state = -1}), 4);
}

static struct desk_page
page_of(struct fixture *f, const struct desk_filter *filter, int limit)
{
    struct desk_page page;
    OK(&f->m, news_desk_list(as(f, BOB), filter, limit, &f->m.a, &page, &f->m.err));
    return page;
}

/* Page by page, nothing twice and nothing left out; and the same way back. */
static void
test_pages_of_the_list(void **state)
{
    struct fixture *f = *state;
    struct desk_filter filter = {.state = -1};
    int64_t ids[10];
    int total = 0;
    for (int i = 0; i < 10; i++) {
        struct item it = text(f, "Title");
        it.lang = i % 4 == 0 ? STR("ru") : STR("en");
        save(f, BOB, &it, 0);
        f->m.now += i % 3 == 0;
    }
    struct desk_page page = page_of(f, &filter, 3);
    assert_false(page.has_newer);
    for (;; page = page_of(f, &filter, 3)) {
        for (int i = 0; i < page.n; i++)
            ids[total++] = page.all[i].item_id;
        if (!page.has_older)
            break;
        filter = (struct desk_filter){.state = -1, .has_before = true};
        filter.before = page.older;
    }
    assert_int_equal(total, 10);
    for (int i = 0; i < 10; i++)
        for (int k = 0; k < i; k++)
            assert_int_not_equal(ids[i], ids[k]);
    assert_int_equal(page.n, 1);
    for (int at = 9; page.has_newer; at -= 3) {
        filter = (struct desk_filter){.state = -1, .has_after = true};
        filter.after = page.newer;
        page = page_of(f, &filter, 3);
        assert_int_equal(page.n, 3);
        assert_true(page.has_older);
        for (int i = 0; i < 3; i++)
            assert_int_equal(page.all[i].item_id, ids[at - 3 + i]);
        total -= 3;
    }
    assert_int_equal(total, 1);
}

static void
test_missing_lines_are_made(void **state)
{
    struct fixture *f = *state;
    struct item it = text(f, "Title");
    save(f, BOB, &it, 0);
    int before = count(f, ROOT, (struct desk_filter){.state = -1});
    made_begin(&f->m);
    OK(&f->m, store_desk_fill(f->m.st, &f->m.err));
    made_commit(&f->m);
    assert_int_equal(count(f, ROOT, (struct desk_filter){.state = -1}), before);
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_the_list_and_its_filters),
        T(test_pages_of_the_list),
        T(test_missing_lines_are_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
