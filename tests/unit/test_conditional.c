/* tests/unit/test_conditional.c - 304 or the whole page (RFC 9110 section 13). */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include "http/field.h"
#include "http/response.h"

#include "base/compiler.h"
#include "base/time.h"

enum { NOV_1994 = 784111777 };

static void
test_entity_tags(void **state)
{
    (void)state;
    static const struct {
        const char *value, *etag;
        bool matches;
    } rows[] = {
        {"\"a\"", "\"a\"", true},
        {"\"a\"", "\"b\"", false},
        {"\"a\"", "\"A\"", false},
        {"W/\"a\"", "\"a\"", true}, /* weak comparison, both ways */
        {"\"a\"", "W/\"a\"", true},
        {"W/\"a\"", "W/\"a\"", true},
        {"w/\"a\"", "\"a\"", false}, /* the W is a capital */
        {"\"x\", \"a\"", "\"a\"", true},
        {"\"x\",\"a\",\"y\"", "\"a\"", true},
        {"\"x\", W/\"a\"", "\"a\"", true},
        {" \t\"x\" ,\t\"a\" ", "\"a\"", true},
        {",,\"x\",,\"a\"", "\"a\"", true},
        {"\"x,\\\", \"a\"", "\"a\"", true}, /* commas and backslashes mean nothing */
        {"\"a\"\"b\"", "\"b\"", true},      /* generous */
        {"\"x\", \"y\"", "\"a\"", false},
        {"*", "\"a\"", true},
        {" * ", "\"a\"", true},
        {"*", NULL, true},
        {"\"*\"", "\"a\"", false},
        {"*, \"x\"", "\"a\"", false},
        {"\"x\", *", "\"a\"", false},
        {"a", "\"a\"", false},
        {"\"a", "\"a\"", false},
        {"a\"", "\"a\"", false},
        {"\"", "\"", false},
        {"'a'", "\"a\"", false},
        {"x, \"a\"", "\"a\"", false}, /* nothing behind what cannot be read */
        {"W/", "\"a\"", false},
        {"W/W/\"a\"", "\"a\"", false},
        {"", "\"a\"", false},
        {",", "\"a\"", false},
        {"\"\"", "\"\"", true},
        {"\"\"", NULL, false},
        {"\"a\"", NULL, false},
        {"\"abc\"", "\"ab\"", false},
        {"\"ab\"", "\"abc\"", false},
        {"\"\xd0\x96\"", "\"\xd0\x96\"", true},
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++)
        if (http_field_matches_etag(str_of(rows[i].value), str_of(rows[i].etag)) !=
            rows[i].matches)
            fail_msg("%s with %s", rows[i].value, rows[i].etag);
    assert_false(http_field_matches_etag((struct str){NULL, 0}, STR("\"a\"")));
}

/* What a whole request is answered, for a page with ETag "a" of November 1994. */
static void
test_precedence(void **state)
{
    (void)state;
    static const char date[] = "Sun, 06 Nov 1994 08:49:37 GMT";
    static const char later[] = "Sun, 06 Nov 1994 08:49:38 GMT";
    static const struct {
        enum http_method method;
        const char *none_match, *since;
        bool is_304;
    } rows[] = {
        {HTTP_GET, NULL, NULL, false},
        {HTTP_GET, "\"a\"", NULL, true},
        {HTTP_HEAD, "\"a\"", NULL, true},
        {HTTP_GET, "*", NULL, true},
        {HTTP_GET, "\"b\"", NULL, false},
        {HTTP_GET, NULL, date, true},
        {HTTP_HEAD, NULL, date, true},
        {HTTP_GET, NULL, later, false}, /* equal, not "since": dates may move back */
        {HTTP_GET, NULL, "Sun, 06 Nov 1994 08:49:36 GMT", false},
        {HTTP_GET, NULL, "  Sun, 06 Nov 1994 08:49:37 GMT ", true},
        {HTTP_GET, NULL, "Sunday, 06-Nov-94 08:49:37 GMT", false},
        {HTTP_GET, NULL, "yesterday", false},
        {HTTP_GET, "\"b\"", date, false}, /* the tag decides, the date is not asked */
        {HTTP_GET, "nonsense", date, false},
        {HTTP_GET, "\"a\"", later, true},
        {HTTP_POST, "\"a\"", date, false},
        {HTTP_PUT, "*", NULL, false},
        {HTTP_DELETE, NULL, date, false},
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct http_request req = {.method = rows[i].method,
                                   .if_none_match = str_of(rows[i].none_match),
                                   .if_modified_since = str_of(rows[i].since)};
        if (http_is_not_modified(&req, STR("\"a\""), NOV_1994) != rows[i].is_304)
            fail_msg("row %zu", i);
    }
}

static void
test_without_date_or_tag(void **state)
{
    (void)state;
    const struct str absent = {NULL, 0};
    struct http_request since = {.if_modified_since =
                                     STR("Sun, 06 Nov 1994 08:49:37 GMT")};
    assert_false(http_is_not_modified(&since, STR("\"a\""), TIME_NONE));
    assert_true(http_is_not_modified(&since, absent, NOV_1994));
    struct http_request star = {.if_none_match = STR("*")};
    assert_true(http_is_not_modified(&star, absent, TIME_NONE));
    struct http_request tag = {.if_none_match = STR("\"a\"")};
    assert_false(http_is_not_modified(&tag, absent, NOV_1994));
    struct http_request none = {.method = HTTP_GET};
    assert_false(http_is_not_modified(&none, absent, TIME_NONE));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_entity_tags),
        cmocka_unit_test(test_precedence),
        cmocka_unit_test(test_without_date_or_tag),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
