/* test_places.c - numbered places that one open file holds at a time. */
#include <errno.h>
#include <unistd.h>

#include "made.h"

#include "base/places.h"

static void
test_one_at_a_time(void **state)
{
    (void)state;
    struct made m;
    int one = -1, other = -1;
    made_folder(&m);
    OK(&m, places_open(m.db, "-places", 0600, &one, &m.err));
    OK(&m, places_open(m.db, "-places", 0600, &other, &m.err));
    assert_int_equal(places_take_any(one, 2), 0);
    assert_false(places_take(other, 0));
    assert_true(places_are_taken());
    assert_int_equal(places_take_any(other, 2), 1);
    assert_true(places_take(one, 7)); /* far behind: a place like any other */
    assert_false(places_take(other, 7));
    places_give(one, 0);
    assert_true(places_take(other, 0));
    close(one);
    close(other);
    made_end(&m);
}

static void
test_the_end_of_a_file_frees(void **state)
{
    (void)state;
    struct made m;
    int one = -1, other = -1;
    made_folder(&m);
    OK(&m, places_open(m.db, "-places", 0600, &one, &m.err));
    OK(&m, places_open(m.db, "-places", 0600, &other, &m.err));
    assert_int_equal(places_take_any(one, 1), 0);
    assert_int_equal(places_take_any(other, 1), -1);
    close(one);
    assert_int_equal(places_take_any(other, 1), 0);
    close(other);
    assert_false(places_take(other, 0));
    assert_false(places_are_taken()); /* EBADF is nobody else's doing */
    made_end(&m);
}

static void
test_no_folder(void **state)
{
    (void)state;
    struct err err;
    int fd = -1;
    assert_int_equal(places_open("/nowhere/news.db", "-places", 0600, &fd, &err),
                     RC_FAILED);
    assert_non_null(strstr(err.text, "/nowhere/news.db-places: No such file"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_at_a_time),
        cmocka_unit_test(test_the_end_of_a_file_frees),
        cmocka_unit_test(test_no_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
