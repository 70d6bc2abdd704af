/* tests/unit/test_staff_page.c - the parts of the newsroom's pages, with hostile texts.
 */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */

#include "view/staff.h"

#include "base/compiler.h"

#define HOSTILE "\"><script>x</script>' {{X}} &amp;"
#define SHOWN   "&quot;&gt;&lt;script&gt;x&lt;/script&gt;&#39; {{X}} &amp;amp;"

static struct arena arena;
static struct view view;
static struct site site = {
    .url = STR_INIT("http://news.example"),
    .n_langs = 2,
    .langs = {{.code = STR_INIT("en"), .name = STR_INIT("Office")},
              {.code = STR_INIT("ru"), .name = STR_INIT("Бюро")}},
};

static int
set_up(void **state)
{
    struct err err;
    (void)state;
    arena_init(&arena);
    return view_open(&site, (struct str){NULL, 0}, &view, &err) == RC_OK ? 0 : -1;
}

static int
tear_down(void **state)
{
    (void)state;
    view_close(&view);
    arena_done(&arena);
    return 0;
}

static const char *
page_of(const struct view_staff_frame *f, const struct view_block *blocks, int n)
{
    struct str out;
    struct err err = {0};
    if (view_staff_page(&view, f, blocks, n, &arena, &out, &err) != RC_OK)
        fail_msg("%s", err.text);
    return str_z(&arena, out);
}

static void
has(const char *page, const char *part)
{
    if (strstr(page, part) == NULL)
        fail_msg("no %s in\n%s", part, page);
}

static void
has_not(const char *page, const char *part)
{
    if (strstr(page, part) != NULL)
        fail_msg("%s in\n%s", part, page);
}

static const char *
form_page(const struct view_field *fields, int n)
{
    struct view_button send = {"do", "1", STR("Send")};
    struct view_form form = {.action = STR("/admin/x/"),
                             .fields = fields,
                             .n_fields = n,
                             .buttons = &send,
                             .n_buttons = 1};
    struct view_block block = {.form = &form};
    struct view_staff_frame f = {.title = STR(HOSTILE), .csrf = STR("abc")};
    return page_of(&f, &block, 1);
}

static void
test_every_kind_of_field(void **state)
{
    static const struct view_option options[] = {{STR_INIT("1"), STR_INIT("One")},
                                                 {STR_INIT("2"), STR_INIT(HOSTILE)}};
    (void)state;
    for (int kind = 0; kind < FIELD_PHOTOS; kind++) { /* those have a test of their own */
        struct view_field field = {.kind = (enum view_field_kind)kind,
                                   .name = STR("n"),
                                   .label = STR(HOSTILE),
                                   .hint = STR(HOSTILE),
                                   .value = STR(HOSTILE),
                                   .error = STR(HOSTILE),
                                   .options = options,
                                   .n_options = 2};
        const char *page = form_page(&field, 1);
        has_not(page, "<script>");
        /* The editor of this build, where there is one. */
        if (kind == FIELD_PROSE && view_static("js/editor.js").n > 0)
            has(page, "<script src=\"/static/js/editor.");
        else if (kind == FIELD_FILES)
            has(page, "<script src=\"/static/js/upload.");
        else
            has_not(page, "<script");
        has(page, "name=\"csrf\" value=\"abc\"");
        has(page, "name=\"n\"");
        if (kind == FIELD_HIDDEN)
            continue;
        has(page, "<label for=\"f-n\">" SHOWN "</label>");
        has(page, "aria-describedby=\"f-n-hint f-n-error\"");
        has(page, "<p class=\"problem\" id=\"f-n-error\">" SHOWN "</p>");
    }
}

_Static_assert(FIELD_PHOTOS == FIELD_KIND__MAX - 1, "the kind after all others");

static void
test_photos_of_a_form(void **state)
{
    static const struct view_field fields[] = {
        {.kind = FIELD_AREA,
         .name = STR_INIT("photo-1-caption"),
         .label = STR_INIT("Caption"),
         .value = STR_INIT(HOSTILE),
         .is_of_photo = true},
        {.kind = FIELD_LINE,
         .name = STR_INIT("photo-1-focal"),
         .label = STR_INIT("Focal"),
         .error = STR_INIT("No point"),
         .fold = STR_INIT("Seldom"),
         .is_of_photo = true},
    };
    static const struct view_use use = {.number = STR_INIT("1"),
                                        .name = STR_INIT(HOSTILE),
                                        .picture = STR_INIT("/admin/photos/7/x.jpg"),
                                        .width_px = 480,
                                        .height_px = 320,
                                        .url = STR_INIT("/admin/photos/7/"),
                                        .credit = STR_INIT(HOSTILE),
                                        .error = STR_INIT(HOSTILE),
                                        .note = STR_INIT(HOSTILE),
                                        .fields = fields,
                                        .n_fields = N_ELEMENTS(fields)};
    const struct view_uses uses = {&use, 1, STR("/admin/items/3/"),
                                   STR("/admin/items/3/photos/")};
    struct view_field all[] = {{.kind = FIELD_LINE, .name = STR("n"), .label = STR("N")},
                               {.kind = FIELD_PHOTOS,
                                .name = STR("photos"),
                                .label = STR("Photos"),
                                .value = STR("1"),
                                .uses = &uses},
                               fields[0],
                               fields[1]};
    (void)state;
    const char *page = form_page(all, N_ELEMENTS(all));
    has_not(page, "<script>");
    has(page, "<input type=\"hidden\" name=\"photos\" value=\"1\">");
    has(page, "data-choose=\"/admin/items/3/photos/\"");
    has(page, "<img src=\"/admin/photos/7/x.jpg\" alt=\"\" width=\"480\" height=\"320\"");
    has(page, "<span class=\"credit\"><bdi>" SHOWN "</bdi></span>");
    has(page, "<p class=\"problem\" id=\"photo-1-error\">" SHOWN "</p>");
    has(page, "autofocus>" SHOWN "</p>");
    has(page, "name=\"do\" value=\"photo-up-1\"");
    has(page, "name=\"do\" value=\"photo-remove-1\"");
    has(page, "<details class=\"fold\" open>");
    /* Each stands there once, and Enter saves. */
    const char *caption = strstr(page, "name=\"photo-1-caption\"");
    assert_non_null(caption);
    assert_null(strstr(caption + 1, "name=\"photo-1-caption\""));
    const char *first = strstr(strstr(page, "action=\"/admin/x/\""), "<button");
    assert_true(first == strstr(page, "<button class=\"vh\""));
}

static void
test_what_was_typed_is_kept(void **state)
{
    static const enum view_field_kind kinds[] = {FIELD_AREA, FIELD_PROSE, FIELD_HIDDEN};
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(kinds); i++) {
        struct view_field field = {.kind = kinds[i],
                                   .name = STR("n"),
                                   .label = STR("N"),
                                   .value = STR("\n one\n\n\ttwo</textarea>\n")};
        has(form_page(&field, 1), kinds[i] != FIELD_HIDDEN
                                      ? ">\n\n one\n\n\ttwo&lt;/textarea&gt;\n</textarea>"
                                      : "value=\"\n one\n\n\ttwo&lt;/textarea&gt;\n\"");
    }
    struct view_field password = {.kind = FIELD_PASSWORD,
                                  .name = STR("n"),
                                  .label = STR("N"),
                                  .value = STR("secret")};
    has_not(form_page(&password, 1), "secret");
}

static void
test_choices_and_checks(void **state)
{
    static const struct view_option options[] = {{STR_INIT("1"), STR_INIT("One")},
                                                 {STR_INIT("2"), STR_INIT("Two")}};
    struct view_field fields[] = {
        {.kind = FIELD_CHOICE,
         .name = STR("c"),
         .value = STR("2"),
         .options = options,
         .n_options = 2},
        {.kind = FIELD_CHECK, .name = STR("on"), .value = STR("1")},
        {.kind = FIELD_CHECK, .name = STR("off"), .value = STR("")},
    };
    (void)state;
    const char *page = form_page(fields, 3);
    has(page, "<option value=\"2\" selected>Two</option>");
    has(page, "<option value=\"1\">One</option>");
    has(page, "name=\"on\" value=\"1\" checked");
    has_not(page, "name=\"off\" value=\"1\" checked");
}

/* A fold is shut unless something in it is wrong, and only its own fields stand in it. */
static void
test_folds(void **state)
{
    struct view_field fields[] = {
        {.kind = FIELD_LINE, .name = STR("out"), .label = STR("L"), .is_half = true},
        {.kind = FIELD_LINE, .name = STR("in"), .label = STR("L"), .fold = STR(HOSTILE)},
        {.kind = FIELD_HIDDEN, .name = STR("hid"), .fold = STR(HOSTILE)},
        {.kind = FIELD_AREA, .name = STR("end"), .label = STR("L"), .id = "body"},
    };
    (void)state;
    const char *page = form_page(fields, 4);
    has(page, "<details class=\"fold\">\n<summary>" SHOWN "</summary>");
    assert_true(strstr(page, "name=\"out\"") < strstr(page, "<details"));
    assert_true(strstr(page, "name=\"hid\"") < strstr(page, "</details>"));
    assert_true(strstr(page, "name=\"end\"") > strstr(page, "</details>"));
    has(page, "<div class=\"field half\">");
    has(page, "<textarea id=\"body\"");
    fields[1].error = STR("Wrong");
    has(form_page(fields, 4), "<details class=\"fold\" open>");
}

/* A form that asks puts no token into the address. */
static void
test_a_question_carries_no_token(void **state)
{
    struct view_button ask = {"do", "1", STR("Ask")};
    struct view_form form = {
        .action = STR("/admin/x/"), .buttons = &ask, .n_buttons = 1, .is_question = true};
    struct view_block block = {.form = &form};
    struct view_staff_frame f = {.title = STR("T"), .csrf = STR("abc")};
    (void)state;
    has(page_of(&f, &block, 1), "method=\"get\" action=\"/admin/x/\"");
    has_not(page_of(&f, &block, 1), "csrf");
    form.is_question = false;
    form.is_quiet = true;
    has(page_of(&f, &block, 1), "name=\"csrf\" value=\"abc\"");
    has(page_of(&f, &block, 1), "<button class=\"second\" name=\"do\"");
}

static void
test_pages_of_one_subject_and_countdown(void **state)
{
    struct view_link pages[] = {{STR("/admin/a/"), STR("A")},
                                {STR("/admin/b/"), STR(HOSTILE)}};
    struct view_block block = {
        .countdown = {60, STR("2031-01-01T00:00:00Z"), STR("in 1 min"), STR(HOSTILE)}};
    struct view_staff_frame f = {.title = STR("T"),
                                 .csrf = STR("abc"),
                                 .pages = pages,
                                 .n_pages = 2,
                                 .page = 1,
                                 .scripts = {"js/countdown.js"}};
    (void)state;
    const char *page = page_of(&f, &block, 1);
    has(page, "<li><a href=\"/admin/a/\">A</a></li>");
    has(page, "<a href=\"/admin/b/\" aria-current=\"page\">" SHOWN "</a>");
    has(page, "datetime=\"2031-01-01T00:00:00Z\" data-left=\"60\" data-words=\"" SHOWN
              "\">in 1 min</time>");
    has(page, "<script src=\"/static/js/countdown.");
    block.countdown.left_s = 0;
    f.n_pages = 0;
    f.scripts[0] = NULL;
    page = page_of(&f, &block, 1);
    has_not(page, "countdown");
    has_not(page, "class=\"pages\"");
    has_not(page, "<script");
}

static void
test_tables_and_comparisons(void **state)
{
    static const struct str columns[] = {STR_INIT(HOSTILE), STR_INIT("B"), STR_INIT("C")};
    struct view_cell cells[] = {
        {.text = STR(HOSTILE), .url = STR("/admin/x/")},
        {.text = STR(HOSTILE)},
        {.text = STR("End"),
         .action = STR("/admin/y/"),
         .id = STR("7"),
         .named = STR("End 7")},
        {.text = STR("8"), .url = STR("/admin/8/")},
        {.text = STR("See"),
         .url = STR("/admin/z/"),
         .is_way = true,
         .named = STR("See 8")},
        {.text = STR("")},
    };
    struct view_table table = {.name = STR(HOSTILE),
                               .columns = columns,
                               .n_columns = 3,
                               .cells = cells,
                               .n_rows = 2,
                               .older = STR("/admin/?before=x")};
    struct view_piece pieces[] = {{CHANGE_SAME, STR("a\n")},
                                  {CHANGE_REMOVED, STR(HOSTILE)},
                                  {CHANGE_ADDED, STR("c")}};
    struct view_compared compared = {STR("Text"), pieces, 3};
    struct view_block blocks[] = {{.table = &table},
                                  {.compared = &compared, .n_compared = 1}};
    struct view_staff_frame f = {
        .title = STR("T"), .person = STR(HOSTILE), .csrf = STR("abc")};
    (void)state;
    const char *page = page_of(&f, blocks, 2);
    has_not(page, "<script>");
    has(page, "<th scope=\"row\"><a href=\"/admin/x/\">" SHOWN "</a></th>");
    has(page, "<input type=\"hidden\" name=\"id\" value=\"7\">");
    has(page, "aria-label=\"End 7\"");
    has(page, "<a href=\"/admin/z/\" aria-label=\"See 8\">See</a></td>");
    has(page, "a\n<del>" SHOWN "</del><ins>c</ins>");
    has(page, "<a href=\"/admin/?before=x\" rel=\"next\">");
    table.n_rows = 0;
    table.empty = STR("Nothing");
    has_not(page_of(&f, blocks, 1), "<table>");
}

static void
test_remarks_and_what_the_script_needs(void **state)
{
    struct view_remark remarks[] = {
        {.head = STR(HOSTILE), .text = STR("a\n" HOSTILE), .note = STR(HOSTILE)},
        {.head = STR("B"),
         .text = STR("b"),
         .action = STR("/admin/z/"),
         .id = STR("8"),
         .button = STR("Done"),
         .named = STR(HOSTILE)},
    };
    struct view_together together = {
        .url = STR("/admin/w/"), .go_on = STR("/admin/?g="), .others = STR(HOSTILE)};
    struct view_block blocks[] = {{.remarks = remarks, .n_remarks = 2},
                                  {.together = &together}};
    struct view_staff_frame f = {.title = STR("T"), .csrf = STR("abc")};
    (void)state;
    const char *page = page_of(&f, blocks, 2);
    has_not(page, "<script");
    has(page, "<p class=\"said\">a\n" SHOWN "</p>");
    has(page, "aria-label=\"" SHOWN "\">Done</button>");
    has(page, "data-url=\"/admin/w/\" data-go-on=\"/admin/?g=\" data-fresh=\"\"");
    has(page, "<p class=\"others\" role=\"status\">" SHOWN "</p>");
    together.is_fresh = true;
    has(page_of(&f, blocks, 2), "data-fresh=\"yes\"");
}

static void
test_facts(void **state)
{
    const struct view_fact facts[] = {
        {"a", STR("\"</script>\n")}, {"none", {NULL, 0}}, {"b", STR("")}};
    (void)state;
    assert_string_equal(str_z(&arena, view_facts(&arena, facts, 3)),
                        "{\"a\":\"\\\"</script>\\n\",\"b\":\"\"}");
}

static void
test_the_menu_is_for_who_is_signed_in(void **state)
{
    struct view_staff_frame f = {.title = STR("T"), .csrf = STR("abc")};
    (void)state;
    has_not(page_of(&f, NULL, 0), "/admin/sign-out/");
    f.person = STR("Anna");
    has(page_of(&f, NULL, 0), "/admin/sign-out/");
    has_not(page_of(&f, NULL, 0), "/admin/people/");
    f.may[PLACE_PEOPLE] = true;
    has(page_of(&f, NULL, 0), "/admin/people/");
    f.lang = 1;
    has(page_of(&f, NULL, 0), "Редакция");
}

/* The three corner marks of a symbol of version 3 or so, and the rest by its size. */
static void
test_qr(void **state)
{
    static const char *const modules[] = {"M4 4h1", "M10 4h1", "M4 10h1", "M10 10h1",
                                          "M6 6h1"};
    (void)state;
    struct tpl_html svg =
        view_qr(&arena, STR("otpauth://totp/x?secret=ABC"), STR(HOSTILE));
    const char *z = str_z(&arena, svg.s);
    has(z, "viewBox=\"0 0 37 37\"");
    has(z, "aria-label=\"&quot;&gt;&lt;script");
    for (size_t i = 0; i < N_ELEMENTS(modules); i++)
        has(z, modules[i]);
    has_not(z, "M5 5h1");
    has_not(z, "M3 4h1");
    char *long_text = arena_alloc(&arena, 4000);
    memset(long_text, 'x', 4000);
    assert_null(view_qr(&arena, (struct str){long_text, 4000}, STR("x")).s.p);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_kind_of_field),
        cmocka_unit_test(test_photos_of_a_form),
        cmocka_unit_test(test_what_was_typed_is_kept),
        cmocka_unit_test(test_choices_and_checks),
        cmocka_unit_test(test_folds),
        cmocka_unit_test(test_a_question_carries_no_token),
        cmocka_unit_test(test_pages_of_one_subject_and_countdown),
        cmocka_unit_test(test_tables_and_comparisons),
        cmocka_unit_test(test_remarks_and_what_the_script_needs),
        cmocka_unit_test(test_facts),
        cmocka_unit_test(test_the_menu_is_for_who_is_signed_in),
        cmocka_unit_test(test_qr),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
