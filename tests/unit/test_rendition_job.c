/* test_rendition_job.c - which sets of files are ordered, and what is given out when they
 * are there. */
#include "made.h"
#include "model/rendition.h"
#include "news/photo.h"
#include "news/rendition.h"
#include "store/item.h"

/* Counts what it is asked to place or to take, and remembers the last. */
struct places {
    int n;
    char digest[RENDITION_DIGEST_SIZE + 1];
    bool fails;
};

static enum rc
note(void *ctx, struct str digest, struct err *err)
{
    struct places *p = ctx;
    if (p->fails)
        return err_set(err, RC_FAILED, "the disk is full");
    p->n++;
    (void)snprintf(p->digest, sizeof p->digest, "%.*s", STR_ARG(digest));
    return RC_OK;
}

static int
begin(void **state)
{
    static struct made m;
    made_site(&m);
    m.sections.n = 0;
    made_section(&m, "news", 0);
    made_read_sections(&m);
    *state = &m;
    return 0;
}

static int
end(void **state)
{
    made_end(*state);
    return 0;
}

static int64_t
add_photo(struct made *m, char digit, const char *credit)
{
    struct library_photo l = {.photo = made_photo(m, digit, credit),
                              .confirmed_at = TIME_NONE,
                              .withdrawn_at = TIME_NONE};
    int64_t id = 0;
    bool is_known;
    OK(m, news_photo_add(made_desk(m), &l, &id, &is_known, &m->err));
    assert_false(is_known);
    return id;
}

/* An approved item that uses it with a caption of its own ("": as the photo has it). */
static struct item
use_photo(struct made *m, char digit, const char *slug, const char *caption)
{
    struct item it = made_item(m->sections.all[0].id, slug, 1000);
    struct photo p = made_photo(m, digit, "");
    p.has_own_credit = false;
    p.alt = STR("");
    p.caption = str_of(caption);
    it.photos = &p;
    it.n_photos = 1;
    assert_int_equal(made_save(m, &it), SAVE_ADDED);
    return it;
}

static struct rendition_order
claim(struct made *m)
{
    struct rendition_order o;
    OK(m, news_rendition_claim(m->st, m->now, &m->a, &o, &m->err));
    return o;
}

static void
assert_nothing_due(struct made *m)
{
    struct rendition_order o;
    assert_int_equal(news_rendition_claim(m->st, m->now, &m->a, &o, &m->err),
                     RC_NOT_FOUND);
}

static void
keep(struct made *m, const struct rendition_order *o, struct places *p)
{
    struct rendition_order made = *o;
    struct str sum;
    made.sum = str_fmt(&m->a, "sum of %lld", (long long)m->now);
    OK(m, news_rendition_keep(m->st, &made, m->now, note, p, &m->err));
    OK(m, store_rendition_sum(m->st, o->want.digest, &m->a, &sum, &m->err));
    assert_true(sum.n > 0);
    assert_string_equal(p->digest, str_z(&m->a, o->want.digest));
}

static enum rendition_state
state_of(struct made *m, int64_t photo_id)
{
    struct rendition_progress p;
    OK(m, news_photo_progress(m->st, photo_id, m->now, &m->a, &p, &m->err));
    return p.state;
}

/* What the uses of a photo, itself first, are given out as. */
static struct rendition_uses
uses_of(struct made *m, int64_t photo_id)
{
    struct rendition_uses u;
    OK(m, store_rendition_uses(m->st, photo_id, &m->a, &u, &m->err));
    return u;
}

static void
test_a_photo_and_its_uses(void **state)
{
    struct made *m = *state;
    struct places p = {0};
    int64_t id = add_photo(m, 'a', "Agency");
    use_photo(m, 'a', "same", "");
    use_photo(m, 'a', "other", "At the river");
    use_photo(m, 'a', "another", "At the river");
    assert_int_equal(state_of(m, id), RENDITION_WAITING);
    struct rendition_order o = claim(m);
    assert_int_equal(state_of(m, id), RENDITION_BEING_MADE);
    assert_nothing_due(m); /* it is taken up */
    SAME(o.want.photo.credit, "Agency");
    SAME(o.want.photo.caption, "");
    keep(m, &o, &p);
    struct rendition_uses u = uses_of(m, id);
    assert_int_equal(u.n, 4);
    assert_true(u.all[0].rendition_id != 0);
    for (int i = 1; i < u.n; i++)
        assert_int_equal(u.all[i].rendition_id,
                         u.all[i].photo.caption.n == 0 ? u.all[0].rendition_id : 0);
    o = claim(m);
    SAME(o.want.photo.caption, "At the river");
    SAME(o.want.photo.credit, "Agency");
    keep(m, &o, &p);
    assert_int_equal(p.n, 2); /* one of them serves two items */
    assert_int_equal(state_of(m, id), RENDITION_READY);
    assert_nothing_due(m);
    u = uses_of(m, id);
    for (int i = 1; i < u.n; i++)
        assert_true(u.all[i].rendition_id != 0 &&
                    (u.all[i].photo.caption.n == 0) ==
                        (u.all[i].rendition_id == u.all[0].rendition_id));
}

/* Texts that change while files are made: these are not given out, the next ones are. */
static void
test_changed_meanwhile(void **state)
{
    struct made *m = *state;
    struct places p = {0};
    struct library_photo l;
    int64_t id = add_photo(m, 'b', "Agncy");
    struct rendition_order o = claim(m);
    OK(m, news_photo(made_desk(m), id, &m->a, &l, &m->err));
    l.photo.credit = STR("Agency");
    OK(m, news_photo_change(made_desk(m), id, l.version, &l.photo, &m->err));
    keep(m, &o, &p);
    assert_int_equal(uses_of(m, id).all[0].rendition_id, 0);
    assert_int_equal(state_of(m, id), RENDITION_WAITING);
    o = claim(m);
    SAME(o.want.photo.credit, "Agency");
    keep(m, &o, &p);
    assert_true(uses_of(m, id).all[0].rendition_id != 0);
    assert_int_equal(state_of(m, id), RENDITION_READY);
}

static int
n_retired(struct made *m, int64_t now)
{
    int n = -1;
    struct places p = {0};
    OK(m, news_rendition_sweep(m->st, now, 10, note, &p, &n, &m->err));
    assert_int_equal(n, p.n);
    return n;
}

static void
change_credit(struct made *m, int64_t id, const char *credit)
{
    struct library_photo l;
    OK(m, news_photo(made_desk(m), id, &m->a, &l, &m->err));
    l.photo.credit = str_of(credit);
    OK(m, news_photo_change(made_desk(m), id, l.version, &l.photo, &m->err));
}

/* A set stays ten minutes after it was given out last, and comes back if it is the right
 * one again by then. */
static void
test_sets_retire(void **state)
{
    struct made *m = *state;
    struct places p = {0};
    int64_t id = add_photo(m, 'c', "One");
    struct rendition_order o = claim(m);
    keep(m, &o, &p);
    int64_t first = uses_of(m, id).all[0].rendition_id;
    change_credit(m, id, "Two");
    assert_int_equal(uses_of(m, id).all[0].rendition_id, first); /* till it is made */
    o = claim(m);
    keep(m, &o, &p);
    assert_true(uses_of(m, id).all[0].rendition_id != first);
    assert_int_equal(n_retired(m, m->now + RENDITION_RETIRED_S - 1), 0);
    change_credit(m, id, "One");
    assert_nothing_due(m); /* it is there */
    assert_int_equal(uses_of(m, id).all[0].rendition_id, first);
    assert_int_equal(p.n, 2);
    assert_int_equal(n_retired(m, m->now + RENDITION_RETIRED_S), 1); /* "Two" */
    assert_int_equal(n_retired(m, m->now + RENDITION_RETIRED_S), 0);
    assert_int_equal(uses_of(m, id).all[0].rendition_id, first);
}

/* A use that goes takes its pointer along; the round finds what it pointed to. */
static void
test_the_set_of_a_use_that_is_gone(void **state)
{
    struct made *m = *state;
    struct places p = {0};
    int64_t after = 0;
    add_photo(m, 'd', "Agency");
    struct item it = use_photo(m, 'd', "gone", "Of its own");
    struct rendition_order o = claim(m);
    keep(m, &o, &p);
    o = claim(m);
    keep(m, &o, &p);
    it.n_photos = 0;
    assert_int_equal(made_save(m, &it), SAVE_CHANGED);
    OK(m, news_rendition_retire(m->st, &after, 100, m->now, &m->err));
    assert_int_equal(after, 0);
    assert_int_equal(n_retired(m, m->now + RENDITION_RETIRED_S), 1);
}

static void
test_failures_wait_longer(void **state)
{
    struct made *m = *state;
    struct rendition_progress r;
    int64_t id = add_photo(m, 'e', "Agency"), last = 0;
    for (int i = 0; i < 8; i++) {
        struct rendition_order o = claim(m);
        assert_int_equal(o.job.tries, i);
        OK(m, news_rendition_fail(m->st, &o, m->now, false, STR("no memory"), &m->err));
        OK(m, news_photo_progress(m->st, id, m->now, &m->a, &r, &m->err));
        assert_int_equal(r.state, RENDITION_FAILED);
        SAME(r.why, "no memory");
        assert_true(r.again_at - m->now >= last);
        last = r.again_at - m->now;
        m->now = r.again_at - 1;
        assert_nothing_due(m);
        m->now++;
    }
    assert_int_equal(last, TIME_DAY_S);
}

static void
test_a_refused_picture_is_no_better_soon(void **state)
{
    struct made *m = *state;
    struct rendition_progress r;
    int64_t id = add_photo(m, 'f', "Agency");
    struct rendition_order o = claim(m);
    OK(m, news_rendition_fail(m->st, &o, m->now, true, STR("cut off"), &m->err));
    OK(m, news_photo_progress(m->st, id, m->now, &m->a, &r, &m->err));
    assert_int_equal(r.again_at, m->now + TIME_DAY_S);
    change_credit(m, id, "Other"); /* asked for anew: at once */
    assert_int_equal(state_of(m, id), RENDITION_WAITING);
}

/* What was asked for anew while it failed is not put off. */
static void
test_asked_for_while_it_fails(void **state)
{
    struct made *m = *state;
    int64_t id = add_photo(m, '0', "Agency");
    struct rendition_order o = claim(m);
    change_credit(m, id, "Other");
    OK(m, news_rendition_fail(m->st, &o, m->now, false, STR("x"), &m->err));
    assert_int_equal(state_of(m, id), RENDITION_WAITING);
    o = claim(m);
    SAME(o.want.photo.credit, "Other");
}

/* A process that died with an order, and one that found nobody free. */
static void
test_orders_come_back(void **state)
{
    struct made *m = *state;
    add_photo(m, '1', "Agency");
    struct rendition_order o = claim(m);
    assert_nothing_due(m);
    OK(m, news_rendition_release(m->st, m->now, &m->err));
    o = claim(m);
    OK(m, news_rendition_defer(m->st, &o, m->now, &m->err));
    assert_nothing_due(m);
    m->now++;
    o = claim(m);
    m->now += RENDITION_CLAIM_S;
    claim(m);
}

/* Files that could not be placed leave no row, and the order stands. */
static void
test_not_placed(void **state)
{
    struct made *m = *state;
    struct places p = {.fails = true};
    int64_t id = add_photo(m, '2', "Agency"), row, made_at;
    struct rendition_order o = claim(m);
    REFUSED(m, RC_FAILED, "disk is full",
            news_rendition_keep(m->st, &o, m->now, note, &p, &m->err));
    assert_int_equal(store_rendition_find(m->st, o.want.digest, &row, &made_at, &m->err),
                     RC_NOT_FOUND);
    assert_int_equal(uses_of(m, id).all[0].rendition_id, 0);
    assert_int_equal(state_of(m, id), RENDITION_BEING_MADE);
}

/* Ordered by a command, and made by the keeper at the same time. */
static void
test_made_twice(void **state)
{
    struct made *m = *state;
    struct places p = {0};
    int64_t id = add_photo(m, '3', "Agency"), after, row;
    struct rendition_wants w;
    struct rendition_order o = claim(m);
    OK(m, news_rendition_wants(m->st, id, &m->a, &w, &m->err));
    assert_int_equal(w.n, 1);
    assert_int_equal(w.all[0].made_at, TIME_NONE);
    struct rendition_order own = {.photo_id = id, .want = w.all[0]};
    keep(m, &own, &p);
    keep(m, &o, &p);
    assert_int_equal(p.n, 1);
    m->now += 5;
    own.is_anew = true;
    keep(m, &own, &p);
    assert_int_equal(p.n, 2);
    OK(m, store_rendition_find(m->st, w.all[0].digest, &row, &after, &m->err));
    assert_int_equal(after, m->now);
    struct str sum;
    OK(m, store_rendition_sum(m->st, w.all[0].digest, &m->a, &sum, &m->err));
    assert_string_equal(str_z(&m->a, sum),
                        str_fmt(&m->a, "sum of %lld", (long long)m->now).p);
    bool is_gone;
    OK(m, news_rendition_sweep_one(m->st, w.all[0].digest, note, &p, &is_gone, &m->err));
    assert_false(is_gone);
    OK(m, news_rendition_sweep_one(m->st, STR("00000000000000000000000000000000"), note,
                                   &p, &is_gone, &m->err));
    assert_true(is_gone);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_photo_and_its_uses),
        TEST(test_changed_meanwhile),
        TEST(test_sets_retire),
        TEST(test_the_set_of_a_use_that_is_gone),
        TEST(test_failures_wait_longer),
        TEST(test_a_refused_picture_is_no_better_soon),
        TEST(test_asked_for_while_it_fails),
        TEST(test_orders_come_back),
        TEST(test_not_placed),
        TEST(test_made_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
