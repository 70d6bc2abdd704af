/* test_budget.c - what each kind of page may cost: SQL statements and arena bytes.
 *
 * Statements are exact: one more is a change that somebody must want. The first request
 * of a worker also fills what an epoch's pages share; later ones in the same second ask
 * only whether anything was written, and for the page itself. */
#include "conf/conf.h"
#include "http/request.h"
#include "made.h"
#include "model/url.h"
#include "news/section.h"
#include "ops/counters.h"
#include "store/correction.h"
#include "store/item.h"
#include "web/web.h"

enum { KB = 1024, TRIES = 20 };

struct fixture {
    struct made m;
    struct conf conf;
    const char *target; /* of the request under way */
};

static const char *
get(void *ctx, const char *name)
{
    static const struct {
        const char *name, *value;
    } fixed[] = {{"REQUEST_METHOD", "GET"},
                 {"SERVER_PROTOCOL", "HTTP/1.1"},
                 {HTTP_REQUEST_ID_VAR, "0123456789abcdef"},
                 {"HTTP_ACCEPT_ENCODING", "gzip"}};
    struct fixture *f = ctx;
    if (strcmp(name, "REQUEST_URI") == 0)
        return f->target;
    for (size_t i = 0; i < N_ELEMENTS(fixed); i++)
        if (strcmp(fixed[i].name, name) == 0)
            return fixed[i].value;
    return NULL;
}

static void
set_settings(struct fixture *f)
{
    struct made *m = &f->m;
    const char *sets[] = {str_fmt(&m->a, "database=%s", m->db).p,
                          str_fmt(&m->a, "media_dir=%s/media", m->dir).p,
                          str_fmt(&m->a, "templates_dir=%s/templates", m->dir).p,
                          "time_zone=Europe/Moscow", "items_per_page=20"};
    struct conf_source from = {NULL, NULL, sets, N_ELEMENTS(sets)};
    OK(m, conf_load(&from, &m->a, &f->conf, &m->err));
}

static void
add_correction(struct made *m, const struct item *it)
{
    struct correction c = {it->published_at + 1, STR("It was 12, not 21."), STR("Bob")};
    bool is_added;
    made_begin(m);
    OK(m, store_correction_add(m->st, it, &c, 0, &is_added, &m->err));
    made_commit(m);
}

/* Articles with what articles have: a translation, a tag, two photos, an old address, a
 * correction. */
static void
add_items(struct made *m, int64_t section_id, int n)
{
    for (int i = 0; i < n; i++) {
        struct item it = made_item(section_id, str_fmt(&m->a, "item-%d", i).p,
                                   1600000000 + i * 86400 * 11);
        struct photo photos[] = {made_photo(m, 'a', "Agency"),
                                 made_photo(m, 'b', "Agency")};
        for (size_t k = 0; k < N_ELEMENTS(photos); k++) {
            photos[k].width_px = 2400; /* in every size there is */
            photos[k].height_px = 1600;
            photos[k].caption = STR("A caption of some length, as captions are.");
        }
        struct str old = str_fmt(&m->a, "/old/%lld/%d/", (long long)section_id, i);
        it.group = str_fmt(&m->a, "%lld-%d", (long long)section_id, i);
        it.lead = STR("A lead of some length, as leads are.");
        it.body = STR("One paragraph.\n\n![](photo:2)\n\nAnother paragraph.");
        it.photos = photos;
        it.n_photos = 2;
        it.old_urls = &old;
        it.n_old_urls = 1;
        made_save(m, &it);
        add_correction(m, &it);
        it.id = 0;
        it.lang = STR("ru");
        it.n_old_urls = 0;
        made_save(m, &it);
    }
}

static int
set_up(void **state)
{
    static struct fixture f;
    struct made *m = &f.m;
    memset(&f, 0, sizeof f);
    made_site(m);
    int64_t events = made_section(m, "events", 0);
    int64_t visits = made_section(m, "visits", events);
    int64_t speeches = made_section(m, "speeches", 0);
    set_settings(&f);
    add_items(m, events, 25);
    add_items(m, visits, 25);
    add_items(m, speeches, 25);
    struct item gone = made_item(events, "gone", 1600000000);
    gone.withdrawn_at = 1650000000;
    gone.withdrawn_reason = STR("Wrong figures");
    made_save(m, &gone);
    made_renditions(m);
    struct section_change to = {.slug = STR("talks")};
    OK(m, news_section_change(made_desk(m), STR("speeches"), &to, &m->err));
    *state = &f;
    return 0;
}

static int
tear_down(void **state)
{
    made_end(&((struct fixture *)*state)->m);
    return 0;
}

/* What one request cost. */
struct cost {
    int status;
    int64_t statements;
    size_t bytes; /* of the arena */
};

static struct cost
ask(struct fixture *f, struct web *w)
{
    struct arena a AT_END(arena_done);
    struct http_env env = {.ctx = f, .get = get};
    struct http_response r;
    int64_t before = ops_counter(OPS_SQL_STATEMENTS);
    arena_init(&a);
    web_answer(w, &env, &a, &r);
    return (struct cost){r.status, ops_counter(OPS_SQL_STATEMENTS) - before, a.used};
}

/* The first request of a worker and the next one. At the turn of a second there is more
 * to ask, so both must fall into one; who is out of luck tries again. */
static void
ask_twice(struct fixture *f, const char *target, struct cost *first, struct cost *next)
{
    f->target = target;
    for (int i = 0; i < TRIES; i++) {
        struct web *w = NULL;
        OK(&f->m, web_open(&f->conf, &w, &f->m.err));
        int64_t second = time_now();
        *first = ask(f, w);
        *next = ask(f, w);
        bool is_one_second = time_now() == second;
        web_close(w);
        if (is_one_second)
            return;
    }
    fail_msg("%s: two requests never fell into one second", target);
}

static const struct {
    const char *target;
    int status, first, next;
    size_t bytes;
} budgets[] = {
    {"/", 200, 16, 6, 175 * KB},
    {"/ru/", 200, 16, 6, 175 * KB},
    {"/news/", 200, 15, 2, 200 * KB},
    {"/news/events/", 200, 13, 3, 230 * KB}, /* merged with its child */
    {"/news/talks/", 200, 12, 2, 195 * KB},
    /* "Go back" counts in each merged section */
    {"/news/events/item-24/", 200, 17, 7, 50 * KB},
    {"/news/talks/item-3/", 200, 16, 6, 50 * KB},
    {"/corrections/", 200, 12, 2, 60 * KB},
    {"/news/2020/", 200, 20, 7, 200 * KB},
    {"/news/2020/10/", 200, 20, 7, 110 * KB},
    {"/news/events/none/", 404, 13, 3, 24 * KB},
    {"/nowhere/", 404, 12, 2, 24 * KB},
    {"/news/events/gone/", 410, 13, 3, 24 * KB},
    {"/old/1/7/", 301, 11, 2, 12 * KB},
    {"/news/speeches/item-3/", 301, 14, 4, 12 * KB},
    {"/news/speeches/", 301, 12, 2, 12 * KB},
    {"/news", 301, 11, 2, 12 * KB},
    {"/media/aa/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/960.jpg", 200, 11, 2, 1 * KB},
    {"/media/cc/cccccccccccccccccccccccccccccccc/960.jpg", 403, 11, 2, 1 * KB},
};

static void
test_pages_keep_to_their_budget(void **state)
{
    struct fixture *f = *state;
    int n_over = 0;
    for (size_t i = 0; i < N_ELEMENTS(budgets); i++) {
        struct cost first, next;
        ask_twice(f, budgets[i].target, &first, &next);
        size_t most = first.bytes > next.bytes ? first.bytes : next.bytes;
        bool is_kept = first.status == budgets[i].status &&
                       next.status == budgets[i].status &&
                       first.statements == budgets[i].first &&
                       next.statements == budgets[i].next && most <= budgets[i].bytes;
        if (!is_kept)
            print_error("%s: status %d, %d and %d statements, %zu bytes\n",
                        budgets[i].target, first.status, (int)first.statements,
                        (int)next.statements, most);
        n_over += !is_kept;
    }
    assert_int_equal(n_over, 0);
}

/* In a new second it is also asked whether anything went out or ended by itself: four
 * questions and one for each language. A write begins a new epoch: the sections and the
 * strip are read again too. */
static void
test_a_new_second_and_a_write(void **state)
{
    struct fixture *f = *state;
    struct web *w = NULL;
    struct cost first, same, second, written;
    f->target = "/news/talks/";
    for (int i = 0; i < TRIES; i++) {
        ask_twice(f, f->target, &first, &same);
        OK(&f->m, web_open(&f->conf, &w, &f->m.err));
        int64_t start = time_now();
        ask(f, w);
        while (time_now() == start)
            usleep(2000);
        second = ask(f, w);
        made_begin(&f->m);
        made_commit(&f->m);
        written = ask(f, w);
        bool is_one_second = time_now() == start + 1;
        web_close(w);
        if (is_one_second)
            break;
    }
    int transition = 4 + f->m.site.n_langs;
    assert_int_equal(second.statements, same.statements + transition);
    assert_int_equal(written.statements, second.statements + 3 + 1);
    assert_int_equal(written.statements, first.statements);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_pages_keep_to_their_budget, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_new_second_and_a_write, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
