/* test_diff.c - comparing texts word by word and joining them: no word is lost. */
#include "made.h"
#include "model/desk.h"
#include "news/diff.h"

#include "base/buf.h"

enum { ROUNDS = 3000 };

static uint64_t seed = 7;

static unsigned
pick(unsigned n)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(seed >> 33) % n;
}

/* A text of up to 8 lines of up to 4 words; words of one side begin with its letter. */
static struct str
any_text(struct arena *a, char side)
{
    static const char *const ends[] = {" ", "\n", "\n\n", "  ", "\t", ""};
    struct buf b;
    buf_init(&b, a, 4096);
    buf_add_z(&b, "");
    for (unsigned i = 0, n = pick(30); i < n; i++)
        buf_fmt(&b, "%c%u%s", side, pick(6), ends[pick(N_ELEMENTS(ends))]);
    return buf_str(&b);
}

/* Some lines of a text left out, changed or added to with words of this side. */
static struct str
changed(struct arena *a, struct str base, char side)
{
    struct buf b;
    buf_init(&b, a, 8192);
    buf_add_z(&b, "");
    while (base.p != NULL) {
        struct str line = str_cut(&base, '\n');
        unsigned what = pick(6);
        if (what == 0)
            buf_fmt(&b, "%c%u\n", side, pick(1000));
        if (what == 1)
            buf_fmt(&b, "%.*s %c%u\n", STR_ARG(line), side, pick(1000));
        else if (what != 2)
            buf_fmt(&b, "%.*s%s", STR_ARG(line), base.p != NULL ? "\n" : "");
    }
    return buf_str(&b);
}

static struct str
rebuilt(struct arena *a, const struct diff *d, enum diff_kind with)
{
    struct buf b;
    buf_init(&b, a, 1 << 20);
    buf_add_z(&b, "");
    for (int i = 0; i < d->n; i++)
        if (d->all[i].kind == DIFF_SAME || d->all[i].kind == with)
            buf_add(&b, d->all[i].text);
    return buf_str(&b);
}

static void
check_diff(struct made *m, struct str old, struct str new)
{
    struct diff d;
    OK(m, news_diff(old, new, &m->a, &d, &m->err));
    assert_true(str_eq(rebuilt(&m->a, &d, DIFF_REMOVED), old));
    assert_true(str_eq(rebuilt(&m->a, &d, DIFF_ADDED), new));
}

static void
test_a_diff_holds_both_texts(void **state)
{
    (void)state;
    struct made m = {0};
    arena_init(&m.a);
    for (int i = 0; i < ROUNDS; i++) {
        struct str old = any_text(&m.a, 'w');
        check_diff(&m, old, any_text(&m.a, 'w'));
        check_diff(&m, old, changed(&m.a, old, 'n'));
        arena_reset(&m.a);
    }
    const struct str odd[] = {
        STR(""),      STR("\n"),           STR(" "), STR("a"), STR("a\n"),
        STR("\n\na"), STR("Жуков и\nЩука")};
    for (size_t i = 0; i < N_ELEMENTS(odd); i++)
        for (size_t j = 0; j < N_ELEMENTS(odd); j++)
            check_diff(&m, odd[i], odd[j]);
    arena_done(&m.a);
}

static void
test_a_diff_is_by_word(void **state)
{
    (void)state;
    struct made m = {0};
    struct diff d;
    arena_init(&m.a);
    OK(&m, news_diff(STR("The minister met graduates."),
                     STR("The minister met proud graduates."), &m.a, &d, &m.err));
    assert_int_equal(d.n, 3);
    SAME(d.all[1].text, "proud ");
    assert_int_equal(d.all[1].kind, DIFF_ADDED);
    arena_done(&m.a);
}

static bool
has_word(struct str text, struct str word)
{
    while (text.p != NULL) {
        struct str line = str_cut(&text, '\n');
        while (line.p != NULL)
            if (str_eq(str_cut(&line, ' '), word))
                return true;
    }
    return false;
}

/* Every word of one side that is in neither of the others is in the joined text. */
static void
check_kept(struct str side, char letter, struct str joined)
{
    while (side.p != NULL) {
        struct str line = str_cut(&side, '\n');
        while (line.p != NULL) {
            struct str word = str_cut(&line, ' ');
            if (word.n > 0 && word.p[0] == letter)
                assert_true(has_word(joined, word));
        }
    }
}

static void
test_joining_loses_no_word(void **state)
{
    (void)state;
    struct made m = {0};
    int n_clean = 0;
    arena_init(&m.a);
    for (int i = 0; i < ROUNDS; i++) {
        struct str base = any_text(&m.a, 'w'), joined;
        struct merge_texts t = {base, changed(&m.a, base, 'm'), changed(&m.a, base, 't'),
                                "1", "2"};
        bool is_clean = false;
        OK(&m, news_merge_text(&t, &m.a, &joined, &is_clean, &m.err));
        check_kept(t.mine, 'm', joined);
        check_kept(t.theirs, 't', joined);
        assert_int_equal(str_find_str(joined, STR(CONFLICT_MARK)) == joined.n, is_clean);
        n_clean += is_clean;
        arena_reset(&m.a);
    }
    assert_in_range(n_clean, ROUNDS / 20, ROUNDS - ROUNDS / 20);
    arena_done(&m.a);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_diff_holds_both_texts),
        cmocka_unit_test(test_a_diff_is_by_word),
        cmocka_unit_test(test_joining_loses_no_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
