/* tests/unit/test_routes.c - what every row of the route table must obey, whoever adds
 * one. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */

#include <stdio.h>

#include "model/url.h"
#include "web/api/api.h"

static void
test_what_writes_is_guarded(void **state)
{
    int n_writes = 0;
    (void)state;
    for (int i = 0; i < ROUTE__MAX; i++) {
        const struct route *r = &routes[i];
        bool writes = (r->methods & ~(unsigned)ROUTE_READ) != 0;
        n_writes += writes;
        if (writes && r->csrf == ROUTE_NONE)
            fail_msg("%s writes without a token", r->pattern);
        if (writes && r->methods != ROUTE_WRITE && r->methods != ROUTE_REPLACE)
            fail_msg("%s reads and writes in one row", r->pattern);
        if (writes && !route_is_staff(str_of(r->pattern)))
            fail_msg("%s writes at the public door", r->pattern);
        if (!writes && r->csrf != ROUTE_NONE && r->csrf != ROUTE_BEARER)
            fail_msg("%s asks a reader for a form's token", r->pattern);
        if (r->methods == ROUTE_REPLACE && r->csrf != ROUTE_BEARER)
            fail_msg("%s is of no form, which knows POST alone", r->pattern);
    }
    assert_true(n_writes > 5);
}

static void
test_the_newsroom_is_closed(void **state)
{
    (void)state;
    for (int i = 0; i < ROUTE__MAX; i++) {
        const struct route *r = &routes[i];
        bool is_staff = route_is_staff(str_of(r->pattern));
        bool is_sign_in = str_starts(str_of(r->pattern), STR("/admin/sign-in/")) ||
                          r->id == ROUTE_API_DESCRIPTION;
        bool is_link = r->id == ROUTE_PREVIEW || r->id == ROUTE_PREVIEW_PHOTO;
        bool is_open = r->capability == ROUTE_ANYONE || r->capability == ROUTE_LOCAL ||
                       r->capability == ROUTE_SIGN_IN || r->capability == ROUTE_SECRET;
        if (is_staff && is_open && !is_sign_in && !is_link)
            fail_msg("%s is open", r->pattern);
        if (is_staff && is_sign_in != (r->capability == ROUTE_SIGN_IN))
            fail_msg("%s: only signing in is open to somebody unknown", r->pattern);
        if (is_link != (r->capability == ROUTE_SECRET) ||
            (is_link && r->methods != ROUTE_READ))
            fail_msg("%s: only a preview is open to who has its address", r->pattern);
        if (is_staff && (r->cache != ROUTE_NEVER || r->languages != ROUTE_ONE))
            fail_msg("%s would be kept, or has two addresses", r->pattern);
        if (is_staff != (route_right(r) < RIGHT__MAX || is_sign_in || is_link))
            fail_msg("%s: a right of the newsroom outside of it", r->pattern);
    }
}

/* Tokens are taken by the doors for programs, cookies by all others, and a right that no
 * token has is asked for at none of the first. */
static void
test_doors_for_programs(void **state)
{
    int n = 0;
    (void)state;
    for (int i = 0; i < ROUTE__MAX; i++) {
        const struct route *r = &routes[i];
        enum right right = route_right(r);
        n += r->csrf == ROUTE_BEARER;
        assert_int_equal(r->csrf == ROUTE_BEARER, route_is_api(str_of(r->pattern)));
        if (r->csrf == ROUTE_BEARER && right < RIGHT__MAX &&
            right_scope(right) == SCOPE__MAX)
            fail_msg("%s: no token has its right", r->pattern);
    }
    assert_true(n > 10);
}

/* Each step of the workflow can be taken by a program, by the right that it needs. */
static void
test_every_step_has_a_door(void **state)
{
    struct site site = {.n_langs = 1, .langs = {{.code = STR("en")}}};
    (void)state;
    for (int i = 0; i < STEP__MAX; i++) {
        struct route_match m;
        char path[100];
        snprintf(path, sizeof path, URL_API_ITEMS "x/%s",
                 desk_step_word((enum desk_step)i));
        route_find(&site, HTTP_POST, str_of(path), &m);
        assert_non_null(m.route);
        assert_int_equal(route_right(m.route), desk_step_right((enum desk_step)i));
    }
}

/* What the description tells of a row, by its method and address alone. */
static void
test_what_a_door_asks_for(void **state)
{
    (void)state;
    unsigned step = api_doors_of(&routes[ROUTE_API_APPROVE]);
    assert_int_equal(api_doors_of(&routes[ROUTE_API_DESCRIPTION]), API_ALL);
    assert_int_equal(api_doors_of(&routes[ROUTE_API_ITEM]),
                     API_ALL | API_TOKEN | API_ITEM);
    assert_int_equal(step, API_ALL | API_TOKEN | API_ITEM | API_BODY | API_CHANGE |
                               API_KEY | API_VERSION | API_JSON);
    assert_int_equal(api_doors_of(&routes[ROUTE_API_ITEM_SAVE]),
                     (step & ~(unsigned)API_KEY) | API_MUST);
    assert_int_equal(api_doors_of(&routes[ROUTE_API_PHOTO_ADD]),
                     API_ALL | API_TOKEN | API_BODY | API_CHANGE | API_PHOTOS);
    assert_int_equal(api_doors_of(&routes[ROUTE_API_PHOTO]),
                     API_ALL | API_TOKEN | API_ITEM);
}

static void
test_fields_become_pointers(void **state)
{
    static const char *const fields[][2] = {
        {"title", "/title"},
        {"", ""},
        {"photos[1].credit", "/photos/0/credit"},
        {"photos[100].alt", "/photos/99/alt"},
        {"photos[1].", "/photos/0"},
        {"photos", "/photos"},
        {"photos[0].x", "/photos[0].x"},
        {"photos[x", "/photos[x"},
        {"withdrawn.at", "/withdrawn/at"},
        {"a/b~c", "/a~1b~0c"},
        {"a.b", "/a.b"},
    };
    struct arena a;
    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < N_ELEMENTS(fields); i++)
        assert_string_equal(str_z(&a, api_pointer(&a, str_of(fields[i][0]))),
                            fields[i][1]);
    arena_done(&a);
}

static void
test_rights_are_found_again(void **state)
{
    (void)state;
    struct route r = {.capability = ROUTE_RIGHT_ITEM_VIEW};
    assert_int_equal(route_right(&r), RIGHT_ITEM_VIEW);
    r.capability = ROUTE_RIGHT_AUDIT;
    assert_int_equal(route_right(&r), RIGHT_AUDIT);
    r.capability = ROUTE_SIGN_IN;
    assert_int_equal(route_right(&r), RIGHT__MAX);
    r.capability = ROUTE_SECRET;
    assert_int_equal(route_right(&r), RIGHT__MAX);
}

/* The table as text names every capability as the rows do. */
static void
test_the_table_names_capabilities(void **state)
{
    struct arena a AT_END(arena_done);
    struct buf out;
    (void)state;
    arena_init(&a);
    buf_init(&out, &a, 1 << 20);
    route_print(&out, true);
    const char *z = str_z(&a, buf_str(&out));
    assert_non_null(strstr(z, "`/admin/account/` | RIGHT_OWN_ACCOUNT |"));
    assert_non_null(strstr(z, "`/admin/audit/` | RIGHT_AUDIT |"));
    assert_null(strstr(z, "(null)"));
}

static void
test_methods_choose_the_row(void **state)
{
    struct site site = {.n_langs = 1, .langs = {{.code = STR("en")}}};
    struct route_match m;
    (void)state;
    route_find(&site, HTTP_GET, STR("/admin/sign-in/"), &m);
    assert_ptr_equal(m.route->handler, routes[ROUTE_SIGN_IN_PAGE].handler);
    route_find(&site, HTTP_HEAD, STR("/admin/sign-in/"), &m);
    assert_int_equal(m.route->id, ROUTE_SIGN_IN_PAGE);
    route_find(&site, HTTP_POST, STR("/admin/sign-in/"), &m);
    assert_int_equal(m.route->id, ROUTE_SIGN_IN_DO);
    route_find(&site, HTTP_PUT, STR("/admin/sign-in/"), &m);
    assert_null(m.route);
    assert_int_equal(m.methods, ROUTE_READ | ROUTE_WRITE);
    route_find(&site, HTTP_POST, STR("/news/"), &m);
    assert_null(m.route);
    assert_int_equal(m.methods, ROUTE_READ);
    route_find(&site, HTTP_GET, STR("/admin/people/12/"), &m);
    assert_int_equal(m.route->id, ROUTE_PERSON);
    route_find(&site, HTTP_GET, STR("/admin/people/012/"), &m);
    assert_null(m.route);
    assert_int_equal(m.methods, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_writes_is_guarded),
        cmocka_unit_test(test_the_newsroom_is_closed),
        cmocka_unit_test(test_fields_become_pointers),
        cmocka_unit_test(test_doors_for_programs),
        cmocka_unit_test(test_every_step_has_a_door),
        cmocka_unit_test(test_what_a_door_asks_for),
        cmocka_unit_test(test_rights_are_found_again),
        cmocka_unit_test(test_the_table_names_capabilities),
        cmocka_unit_test(test_methods_choose_the_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
