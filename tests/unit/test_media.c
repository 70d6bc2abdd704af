/* test_media.c - who is told what about a photo's file: nginx, which asks; another web
 * server, which sends what X-Sendfile names; and one that cannot. */
#include "conf/conf.h"
#include "http/request.h"
#include "http/response.h"
#include "made.h"
#include "model/rendition.h"
#include "web/web.h"

#define SET_A    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define SET_B    "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define SHOWN    "/media/aa/" SET_A "/960.jpg"
#define HIDDEN   "/media/bb/" SET_B "/960.jpg"
#define ORIGINAL "/media/aa/" SET_A SET_A ".jpg"

struct variable {
    const char *name, *value;
};

struct fixture {
    struct made m;
    struct conf conf;
    struct web *w;
    struct variable variables[4];
    struct http_response r; /* the last answer */
};

static const char *
get(void *ctx, const char *name)
{
    static const struct variable fixed[] = {{"REQUEST_METHOD", "GET"},
                                            {"SERVER_PROTOCOL", "HTTP/1.1"}};
    struct fixture *f = ctx;
    for (size_t i = 0; i < N_ELEMENTS(fixed); i++)
        if (strcmp(fixed[i].name, name) == 0)
            return fixed[i].value;
    for (size_t i = 0; i < N_ELEMENTS(f->variables); i++)
        if (f->variables[i].name != NULL && strcmp(f->variables[i].name, name) == 0)
            return f->variables[i].value;
    return NULL;
}

/* Asks for an address; other names one more variable (NULL: none), next another. */
static int
ask(struct fixture *f, const char *target, struct variable other, struct variable next)
{
    struct http_env env = {.ctx = f, .get = get};
    f->variables[0] = (struct variable){"REQUEST_URI", target};
    f->variables[1] = other;
    f->variables[2] = next;
    web_answer(f->w, &env, &f->m.a, &f->r);
    return f->r.status;
}

static const struct variable none, nginx = {HTTP_REQUEST_ID_VAR, "0123"},
                                   sends = {HTTP_SENDFILE_VAR, "on"};

static void
assert_header(struct fixture *f, const char *name, const char *value)
{
    struct str have = http_response_find(&f->r, name);
    if (value == NULL)
        assert_null(have.p);
    else if (have.p == NULL || !str_eq_z(have, value))
        fail_msg("%s: \"%.*s\", not \"%s\"", name, STR_ARG(have), value);
}

static int
set_up(void **state)
{
    static struct fixture f;
    struct made *m = &f.m;
    memset(&f, 0, sizeof f);
    made_site(m);
    int64_t section = made_section(m, "events", 0);
    struct item shown = made_item(section, "shown", 1600000000);
    struct item later = made_item(section, "later", time_now() + 86400);
    struct photo a = made_photo(m, 'a', "Agency"), b = made_photo(m, 'b', "Agency");
    shown.photos = &a;
    later.photos = &b;
    shown.n_photos = later.n_photos = 1;
    made_save(m, &shown);
    made_save(m, &later);
    made_renditions(m);
    const char *sets[] = {str_fmt(&m->a, "database=%s", m->db).p,
                          "media_dir=/srv/all photos/media",
                          str_fmt(&m->a, "templates_dir=%s/templates", m->dir).p};
    struct conf_source from = {NULL, NULL, sets, N_ELEMENTS(sets)};
    OK(m, conf_load(&from, &m->a, &f.conf, &m->err));
    OK(m, web_open(&f.conf, &f.w, &m->err));
    *state = &f;
    return 0;
}

static int
tear_down(void **state)
{
    struct fixture *f = *state;
    web_close(f->w);
    made_end(&f->m);
    return 0;
}

static void
test_nginx_is_told_yes_or_no(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(ask(f, SHOWN, nginx, none), 200);
    assert_header(f, "X-Sendfile", NULL);
    assert_int_equal(f->r.body.n, 0);
    assert_int_equal(ask(f, HIDDEN, nginx, none), 403);
    assert_int_equal(ask(f, SHOWN, nginx, sends), 200); /* nginx knows no X-Sendfile */
    assert_header(f, "X-Sendfile", NULL);
}

static void
test_others_are_told_which_file(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(ask(f, SHOWN, sends, none), 200);
    assert_header(f, "X-Sendfile", "/srv/all%20photos" SHOWN);
    assert_header(f, "Content-Type", "image/jpeg");
    assert_header(f, "ETag", "\"" SET_A "-960.jpg\"");
    assert_header(f, "Last-Modified", NULL); /* that of the data says nothing of a file */
    assert_header(f, "Cache-Control", "no-cache");
    struct str modern = str_fmt(&f->m.a, "/media/aa/" SET_A "/card-480.%s",
                                rendition_ext(RENDITION_MODERN));
    assert_int_equal(ask(f, modern.p, sends, none), 200);
    assert_header(f, "Content-Type", rendition_mime(RENDITION_MODERN));
}

static void
test_a_copy_that_is_there_is_not_sent_again(void **state)
{
    struct fixture *f = *state;
    struct variable same = {"HTTP_IF_NONE_MATCH", "\"" SET_A "-960.jpg\""};
    struct variable other = {"HTTP_IF_NONE_MATCH", "\"" SET_A "-480.jpg\""};
    assert_int_equal(ask(f, SHOWN, sends, same), 304);
    assert_int_equal(ask(f, SHOWN, sends, other), 200);
}

static void
test_nothing_hidden_and_nothing_by_halves(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(ask(f, HIDDEN, sends, none), 404);
    assert_header(f, "X-Sendfile", NULL);
    assert_int_equal(ask(f, "/media/aa/nothing.jpg", sends, none), 404);
    assert_int_equal(ask(f, ORIGINAL, sends, none), 404);
    assert_int_equal(ask(f, ORIGINAL, nginx, none), 403);
    assert_int_equal(ask(f, SHOWN, none, none), 404); /* nobody would send it */
    assert_header(f, "X-Sendfile", NULL);
    assert_header(f, "Content-Type", "text/html; charset=utf-8");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nginx_is_told_yes_or_no),
        cmocka_unit_test(test_others_are_told_which_file),
        cmocka_unit_test(test_a_copy_that_is_there_is_not_sent_again),
        cmocka_unit_test(test_nothing_hidden_and_nothing_by_halves),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
