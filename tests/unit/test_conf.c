/* tests/unit/test_conf.c - settings: defaults, order of sources, every refusal, and that
 * what is printed can be loaded. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "conf/conf.h"
#include "conf/nearest.h"
#include "conf/table.h"

#include "base/file.h"
#include "base/time.h"

struct fixture {
    struct arena a;
    struct conf c;
    struct err err;
    char path[64];
};

static int
set_up(void **state)
{
    static struct fixture f;
    f = (struct fixture){.path = "/tmp/byline-conf-XXXXXX"};
    arena_init(&f.a);
    int fd = mkstemp(f.path);
    if (fd < 0 || close(fd) != 0)
        return -1;
    *state = &f;
    return 0;
}

static int
tear_down(void **state)
{
    struct fixture *f = *state;
    arena_done(&f->a);
    return unlink(f->path);
}

static enum rc
load(struct fixture *f, const char *ini, const char *const *env, const char *const *sets)
{
    struct conf_source from = {.env = env, .sets = sets};
    while (sets != NULL && sets[from.n_sets] != NULL)
        from.n_sets++;
    if (ini != NULL) {
        assert_int_equal(file_write(f->path, str_of(ini), 0600, &f->err), RC_OK);
        from.path = f->path;
    }
    return conf_load(&from, &f->a, &f->c, &f->err);
}

/* The error's text without the name of the temporary file. */
static const char *
refusal(struct fixture *f, const char *ini)
{
    assert_int_equal(load(f, ini, NULL, NULL), RC_INVALID);
    size_t n = strlen(f->path);
    return strncmp(f->err.text, f->path, n) == 0 ? f->err.text + n : f->err.text;
}

static void
test_defaults(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(load(f, NULL, NULL, NULL), RC_OK);
    assert_string_equal(f->c.site_url, "http://localhost:8080");
    assert_int_equal(f->c.languages.n, 2);
    assert_string_equal(f->c.languages.code[1], "ru");
    assert_int_equal(f->c.items_per_page, 20);
    assert_true(f->c.sandbox);
    assert_string_equal(f->c.log_level, "info");
    assert_string_equal(f->c.share_dir, BYLINE_PREFIX "/share/byline");
    assert_string_equal(f->c.contact_email, "");
    assert_string_equal(f->c.site_name.lang[1], f->c.site_name.any);
}

static void
test_file_is_read(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(load(f,
                          "; a comment\n[site]\n"
                          "site_name = Press Office of the Secretariat\n"
                          "site_name.ru = Пресс-служба Секретариата\n"
                          "languages = ru en be\n"
                          "time_zone = Europe/Minsk\n"
                          "site_url = https://press.example.org\n"
                          "[serve]\nsandbox = off\n[log]\nlog_level = debug\n",
                          NULL, NULL),
                     RC_OK);
    assert_string_equal(f->c.site_name.any, "Press Office of the Secretariat");
    assert_string_equal(f->c.site_name.lang[0], "Пресс-служба Секретариата");
    assert_string_equal(f->c.site_name.lang[2], f->c.site_name.any);
    assert_string_equal(conf_text_for(&f->c, &f->c.site_name, STR("ru")),
                        "Пресс-служба Секретариата");
    assert_string_equal(conf_text_for(&f->c, &f->c.site_name, STR("kk")),
                        f->c.site_name.any);
    assert_int_equal(conf_lang_index(&f->c, STR("be")), 2);
    assert_int_equal(conf_lang_index(&f->c, STR("b")), -1);
    assert_false(f->c.sandbox);
    assert_string_equal(f->c.log_level, "debug");
    assert_int_equal(time_office(0).hour, 3); /* Minsk in 1970 */
}

static void
test_later_sources_win(void **state)
{
    struct fixture *f = *state;
    const char *ini = "[serve]\nworkers = 3\nlisten_backlog = 600\n"
                      "request_timeout_s = 5\n[site]\nsite_tagline = of the file\n";
    const char *env[] = {"HOME=/root",
                         "BYLINE_WORKERS=4",
                         "BYLINE_LISTEN_BACKLOG=700",
                         "BYLINE_CONFIG=/x",
                         "BYLINE__HANDOVER=1",
                         "BYLINE_SITE_NAME_RU=Пресса",
                         NULL};
    const char *sets[] = {"workers=5", "site_tagline = ", NULL};
    assert_int_equal(load(f, ini, env, sets), RC_OK);
    assert_int_equal(f->c.workers, 5);
    assert_int_equal(f->c.listen_backlog, 700);
    assert_int_equal(f->c.request_timeout_s, 5);
    assert_string_equal(f->c.site_tagline.any, "");
    assert_string_equal(f->c.site_name.lang[1], "Пресса");
}

static void
test_a_wrong_earlier_source_is_refused_too(void **state)
{
    struct fixture *f = *state;
    const char *sets[] = {"workers=5", NULL};
    assert_int_equal(load(f, "[serve]\nworkers = many\n", NULL, sets), RC_INVALID);
}

static void
test_refusals_say_where_and_what(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(refusal(f, "\n[site]\nitems_per_page = 500\n"),
                        ":3: items_per_page = \"500\": allowed is a whole number from 5 "
                        "to 100");
    assert_string_equal(f->err.field, "items_per_page");
    assert_string_equal(refusal(f, "[serve]\nsandbox = yes\n"),
                        ":2: sandbox = \"yes\": allowed is on or off");
    assert_string_equal(refusal(f, "[log]\nlog_level = loud\n"),
                        ":2: log_level = \"loud\": allowed is one of debug, info, warn, "
                        "error");
    assert_string_equal(refusal(f, "[site]\ntime_zone = Europe/Atlantis\n"),
                        ":2: time_zone = \"Europe/Atlantis\": allowed is a time zone of "
                        "tzdata, such as Europe/Moscow");
    assert_string_equal(
        refusal(f, "[site]\nitem_per_page = 20\n"),
        ":2: unknown setting \"item_per_page\"; is items_per_page meant?");
    assert_string_equal(refusal(f, "[site]\nzzz = 20\n"), ":2: unknown setting \"zzz\"");
    assert_string_equal(refusal(f, "[paths]\nworkers = 2\n"),
                        ":2: workers stands in [paths], allowed is [serve]");
    assert_string_equal(refusal(f, "workers = 2\n"),
                        ":1: workers stands in [], allowed is [serve]");
    assert_string_equal(refusal(f, "[site]\nsite_name.de = Presse\n"),
                        ":2: site_name.de: allowed after the dot is one of en, ru");
    assert_string_equal(refusal(f, "[site]\nsite_url.ru = http://a\n"),
                        ":2: site_url.ru: site_url has no variants per language");
    assert_non_null(strstr(refusal(f, "[site]\nsite_name = a\n\nsite_name = b\n"),
                           ":4: site_name is set twice, first at "));
    assert_non_null(strstr(refusal(f, "[site]\nsite_name.ru = a\nsite_name.ru = a\n"),
                           ":3: site_name.ru is set twice, first at "));
    assert_non_null(strstr(refusal(f, "[site]\nsite_name\n"), ":2: "));
    assert_non_null(strstr(refusal(f, "[site]\nsite_name = \xff\n"), ":2: "));
}

static void
test_refusals_of_other_sources(void **state)
{
    struct fixture *f = *state;
    const char *env[] = {"BYLINE_WORKERS=-1", NULL};
    assert_int_equal(load(f, NULL, env, NULL), RC_INVALID);
    assert_string_equal(f->err.text, "environment: workers = \"-1\": allowed is a whole "
                                     "number from 0 to 256");
    const char *unknown[] = {"BYLINE_WORKRES=1", NULL};
    assert_int_equal(load(f, NULL, unknown, NULL), RC_INVALID);
    assert_string_equal(f->err.text,
                        "environment: unknown setting \"workres\"; is workers meant?");
    const char *no_value[] = {"workers", NULL};
    assert_int_equal(load(f, NULL, NULL, no_value), RC_INVALID);
    assert_string_equal(f->err.text, "--set: \"workers\": allowed is name=value");
    const char *twice[] = {"workers=1", "workers=1", NULL};
    assert_int_equal(load(f, NULL, NULL, twice), RC_INVALID);
    assert_string_equal(f->err.text, "--set: workers is set twice, first at --set");
}

static void
test_files_that_cannot_be_read(void **state)
{
    struct fixture *f = *state;
    struct conf_source from = {.path = "/nonexistent/byline.conf"};
    assert_int_equal(conf_load(&from, &f->a, &f->c, &f->err), RC_NOT_FOUND);
    char *large = arena_alloc(&f->a, 300 * 1024);
    memset(large, '#', 300 * 1024 - 1);
    large[300 * 1024 - 1] = '\0';
    assert_int_equal(load(f, large, NULL, NULL), RC_LIMIT);
}

static void
test_a_refused_load_changes_nothing(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(load(f, "[site]\ntime_zone = Asia/Almaty\n", NULL, NULL), RC_OK);
    int hour = time_office(0).hour;
    f->c.workers = 77;
    assert_int_equal(load(f, "[site]\ntime_zone = UTC\nitems_per_page = 0\n", NULL, NULL),
                     RC_INVALID);
    assert_int_equal(f->c.workers, 77);
    assert_int_equal(time_office(0).hour, hour);
}

/* --- values, type by type ---------------------------------------------------- */

struct value_case {
    const char *name, *value;
    bool is_good;
};

static const struct value_case cases[] = {
    {"site_url", "https://a.example", true},
    {"site_url", "http://[::1]:8080", true},
    {"site_url", "http://127.0.0.1:1", true},
    {"site_url", "https://a.example/", false},
    {"site_url", "https://a.example/x", false},
    {"site_url", "https://a.example:0", false},
    {"site_url", "https://a.example:65536", false},
    {"site_url", "https://a.example:", false},
    {"site_url", "https://a.example:080", false},
    {"site_url", "https://A.example", false},
    {"site_url", "https://u:p@a.example", false},
    {"site_url", "https://a..example", false},
    {"site_url", "https://-a.example", false},
    {"site_url", "https://[::1", false},
    {"site_url", "https://[::1]8080", false},
    {"site_url", "https://[]:80", false},
    {"site_url", "https://", false},
    {"site_url", "ftp://a.example", false},
    {"site_url", "https://a.example?x", false},
    {"site_url", "https://a.example\r:80", false},
    {"site_url", "https://пример.рф", false},
    {"site_name", "", false},
    {"site_name", "«Вестник» & <Co>", true},
    {"site_name", "a\tb", false},
    {"languages", "en", true},
    {"languages", "ru en be kk hy ky tg kaz", true},
    {"languages", "ru en be kk hy ky tg kaz uz", false},
    {"languages", "en en", false},
    {"languages", "en  ru", false},
    {"languages", "en,ru", false},
    {"languages", "EN", false},
    {"languages", "e", false},
    {"languages", "engl", false},
    {"languages", "en tag", false},
    {"languages", "api", false},
    {"languages", "", false},
    {"time_zone", "../../etc/passwd", false},
    {"time_zone", "/etc/localtime", false},
    {"time_zone", "Asia/Almaty", true},
    {"time_zone", "", false},
    {"items_per_page", "5", true},
    {"items_per_page", "100", true},
    {"items_per_page", "4", false},
    {"items_per_page", "101", false},
    {"items_per_page", "+20", false},
    {"items_per_page", "20.0", false},
    {"items_per_page", "0x14", false},
    {"items_per_page", "99999999999999999999", false},
    {"items_per_page", "", false},
    {"contact_email", "press@example.org", true},
    {"contact_email", "", true},
    {"contact_email", "press", false},
    {"contact_email", "@example.org", false},
    {"contact_email", "press@", false},
    {"contact_email", "a b@example.org", false},
    {"contact_email", "a@b@c", false},
    {"contact_email", "\"x\"@example.org", false},
    {"database", "/a", true},
    {"database", "/folder with space/news.db", true},
    {"database", "news.db", false},
    {"database", "/", false},
    {"database", "/a/", false},
    {"database", "/a;b", false},
    {"database", "/a$b", false},
    {"database", "/a\"b", false},
    {"database", "/a\nb", false},
    {"sandbox", "off", true},
    {"sandbox", "ON", false},
    {"log_level", "warn", true},
    {"log_level", "debug info", false},
    {"log_level", "", false},
    {"nginx_listen", "80", true},
    {"nginx_listen", "*:80 [::]:80", true},
    {"nginx_listen", "127.0.0.1:8080 [::1]:8080 localhost:81", true},
    {"nginx_listen", "127.0.0.1", false},
    {"nginx_listen", "127.0.0.1:8080;", false},
    {"nginx_listen", "80  81", false},
    {"nginx_listen", "[::1]", false},
    {"nginx_listen", "[::1]:", false},
    {"nginx_listen", ":80", false},
    {"nginx_listen", "", false},
};

static void
test_values(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        struct str set = str_fmt(&f->a, "%s=%s", cases[i].name, cases[i].value);
        const char *sets[] = {set.p, NULL};
        enum rc rc = load(f, NULL, NULL, sets);
        if ((rc == RC_OK) != cases[i].is_good)
            fail_msg("%s: %s", set.p, rc == RC_OK ? "taken" : f->err.text);
        if (rc != RC_OK)
            assert_string_equal(f->err.field, cases[i].name);
    }
}

static void
test_socket_path_fits_the_kernel(void **state)
{
    struct fixture *f = *state;
    char value[128] = "public_socket=/";
    const char *sets[] = {value, NULL};
    size_t prefix = strlen("public_socket=");
    memset(value + prefix + 1, 'a', 106);
    assert_int_equal(load(f, NULL, NULL, sets), RC_OK);
    assert_int_equal(strlen(f->c.public_socket), 107);
    value[prefix + 107] = 'a';
    assert_int_equal(load(f, NULL, NULL, sets), RC_INVALID);
}

static void
test_long_values_are_cut_in_refusals(void **state)
{
    struct fixture *f = *state;
    char *set = arena_zalloc(&f->a, 5000);
    memcpy(set, "site_name=", 10);
    for (int i = 10; i + 2 < 5000; i += 2)
        memcpy(set + i, "\xd0\xaf", 2);
    const char *sets[] = {set, NULL};
    assert_int_equal(load(f, NULL, NULL, sets), RC_INVALID);
    assert_non_null(strstr(f->err.text, "\": allowed is one line of 1 to 120 bytes"));
}

/* --- the table and what is printed of it ------------------------------------- */

static void
test_rows_of_a_section_stand_together(void **state)
{
    (void)state;
    for (int i = 0; i < CONF_ID__MAX; i++)
        for (int k = i + 2; k < CONF_ID__MAX; k++)
            if (strcmp(conf_settings[i].section, conf_settings[k].section) == 0)
                assert_string_equal(conf_settings[k - 1].section,
                                    conf_settings[i].section);
}

static void
test_sample_gives_the_defaults(void **state)
{
    struct fixture *f = *state;
    struct buf sample, bare;
    buf_init(&sample, &f->a, 64 * 1024);
    buf_init(&bare, &f->a, 64 * 1024);
    conf_print_sample(&sample);
    assert_true(buf_ok(&sample));
    assert_int_equal(load(f, NULL, NULL, NULL), RC_OK);
    struct conf defaults = f->c;
    assert_int_equal(load(f, buf_str(&sample).p, NULL, NULL), RC_OK);
    /* Now with every setting's # taken away: "# text" lines are comments, "#name" not. */
    struct str rest = buf_str(&sample);
    int n_settings = 0;
    while (rest.p != NULL) {
        struct str line = str_cut(&rest, '\n');
        assert_true(line.n <= 80 || line.p[1] != ' ');
        bool is_setting = line.n > 1 && line.p[0] == '#' && line.p[1] != ' ';
        n_settings += is_setting;
        buf_add(&bare, str_from(line, is_setting));
        buf_add_c(&bare, '\n');
    }
    assert_int_equal(n_settings, CONF_ID__MAX);
    assert_int_equal(load(f, buf_str(&bare).p, NULL, NULL), RC_OK);
    assert_int_equal(f->c.workers, defaults.workers);
    assert_string_equal(f->c.site_url, defaults.site_url);
    assert_string_equal(f->c.site_tagline.any, "");
    assert_string_equal(f->c.cache_dir, defaults.cache_dir);
    assert_int_equal(f->c.import_batch_ms, defaults.import_batch_ms);
}

static void
test_docs_name_every_setting(void **state)
{
    struct fixture *f = *state;
    struct buf docs;
    buf_init(&docs, &f->a, 64 * 1024);
    conf_print_docs(&docs);
    assert_true(buf_ok(&docs));
    for (int i = 0; i < CONF_ID__MAX; i++) {
        struct str row = str_fmt(&f->a, "\n| `%s`", conf_settings[i].name);
        assert_true(str_find_str(buf_str(&docs), row) < docs.n);
        assert_non_null(strstr(docs.p, conf_settings[i].help));
    }
    assert_non_null(strstr(docs.p, "\n## [serve]\n"));
    assert_non_null(strstr(docs.p, "| `workers` | `0` | a whole number from 0 to 256 "
                                   "(processes) | "));
}

static void
test_nearest(void **state)
{
    (void)state;
    const char *names[] = {"workers", "items_per_page", "database"};
    assert_string_equal(conf_nearest(STR("wokers"), names, 3), "workers");
    assert_string_equal(conf_nearest(STR("itemsperpage"), names, 3), "items_per_page");
    assert_string_equal(conf_nearest(STR("Database"), names, 3), "database");
    assert_null(conf_nearest(STR("colour"), names, 3));
    assert_null(conf_nearest(STR(""), names, 3));
    char longest[5000];
    memset(longest, 'w', sizeof longest);
    assert_null(conf_nearest((struct str){longest, sizeof longest}, names, 3));
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_defaults),
        TEST(test_file_is_read),
        TEST(test_later_sources_win),
        TEST(test_a_wrong_earlier_source_is_refused_too),
        TEST(test_refusals_say_where_and_what),
        TEST(test_refusals_of_other_sources),
        TEST(test_files_that_cannot_be_read),
        TEST(test_a_refused_load_changes_nothing),
        TEST(test_values),
        TEST(test_socket_path_fits_the_kernel),
        TEST(test_long_values_are_cut_in_refusals),
        TEST(test_rows_of_a_section_stand_together),
        TEST(test_sample_gives_the_defaults),
        TEST(test_docs_name_every_setting),
        TEST(test_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
