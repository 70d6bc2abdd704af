/* test_list.c - the newsroom's list: filters, pages, who sees what. */
#include "desk_made.h"
#include "news/bulk.h"
#include "news/calendar.h"
#include "store/desk.h"
#include "store/query.h"

static int
count(struct fixture *f, int who, struct desk_filter filter)
{
    struct desk_page page;
    OK(&f->m, news_desk_list(as(f, who), &filter, 50, &f->m.a, &page, &f->m.err));
    for (int i = 1; i < page.n; i++)
        assert_true(page.all[i - 1].changed_at >= page.all[i].changed_at);
    assert_false(page.has_on || page.has_back || page.is_cut);
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
    assert_false(page.has_back);
    for (;; page = page_of(f, &filter, 3)) {
        for (int i = 0; i < page.n; i++)
            ids[total++] = page.all[i].item_id;
        if (!page.has_on)
            break;
        filter = (struct desk_filter){.state = -1, .turn = DESK_ON, .place = page.on};
    }
    assert_int_equal(total, 10);
    for (int i = 0; i < 10; i++)
        for (int k = 0; k < i; k++)
            assert_int_not_equal(ids[i], ids[k]);
    assert_int_equal(page.n, 1);
    for (int at = 9; page.has_back; at -= 3) {
        filter = (struct desk_filter){.state = -1, .turn = DESK_BACK, .place = page.back};
        page = page_of(f, &filter, 3);
        assert_int_equal(page.n, 3);
        assert_true(page.has_on);
        for (int i = 0; i < 3; i++)
            assert_int_equal(page.all[i].item_id, ids[at - 3 + i]);
        total -= 3;
    }
    assert_int_equal(total, 1);
}

/* ---- words, tags, dates, what is to come ---- */

/* What a filter finds, by titles, in the order of the list: "a b c". */
static struct str
found(struct fixture *f, int who, struct desk_filter filter)
{
    struct desk_page page;
    struct str all = STR("");
    OK(&f->m, news_desk_list(as(f, who), &filter, 50, &f->m.a, &page, &f->m.err));
    for (int i = 0; i < page.n; i++)
        all = str_fmt(&f->m.a, "%.*s%s%.*s", STR_ARG(all), i > 0 ? ", " : "",
                      STR_ARG(page.all[i].title));
    return all;
}
#define FIND(...) ((struct desk_filter){.state = -1, __VA_ARGS__})

static struct str
save_text(struct fixture *f, int who, const char *title, const char *tag)
{
    struct item it = text(f, title);
    struct str tags[] = {str_of(tag), STR("common")};
    it.tags = tags;
    it.n_tags = tag != NULL ? 2 : 0;
    f->m.now++;
    return save(f, who, &it, 0).public_id;
}

static void
test_words_of_titles(void **state)
{
    struct fixture *f = *state;
    save_text(f, BOB, "Council met in Minsk", NULL);
    save_text(f, BOB, "Café \"council\" — O'Brien's", NULL);
    save_text(f, BOB, "Всё о Жукове", NULL);
    SAME(found(f, BOB, FIND(.words = STR("COUNCIL"))),
         "Café \"council\" — O'Brien's, Council met in Minsk");
    SAME(found(f, BOB, FIND(.words = STR(" minsk   council "))), "Council met in Minsk");
    SAME(found(f, BOB, FIND(.words = STR("cafe o'brien's — council"))),
         "Café \"council\" — O'Brien's");
    SAME(found(f, BOB, FIND(.words = STR("все жукове"))), "Всё о Жукове");
    SAME(found(f, BOB, FIND(.words = STR("ВСЁ"))), "Всё о Жукове");
    SAME(found(f, BOB, FIND(.words = STR("counc"))), "");
    /* Six are asked for. */
    SAME(found(f, BOB, FIND(.words = STR("in met in met in x"))), "");
    SAME(found(f, BOB, FIND(.words = STR("in met in met in met x"))),
         "Council met in Minsk");
}

/* What is typed is text, never a query. */
static void
test_words_are_no_query(void **state)
{
    static const char *const typed[] = {"\"",
                                        "\"\"",
                                        "a OR council",
                                        "council NOT met",
                                        "title:council",
                                        "counc*",
                                        "*",
                                        "(",
                                        "((((((((((",
                                        "NEAR(council met)",

                                        "- +",
                                        "{title} : council",
                                        "—",
                                        "\\",
                                        "' OR 1=1 --",
                                        "tags : x",
                                        "council\" OR \"x"};
    struct fixture *f = *state;
    save_text(f, BOB, "Council met", "x");
    for (size_t i = 0; i < N_ELEMENTS(typed); i++)
        SAME(found(f, BOB, FIND(.words = str_of(typed[i]))), "");
    for (size_t i = 0; i < N_ELEMENTS(typed); i++)
        SAME(found(f, BOB, FIND(.tag = str_of(typed[i]))), "");
    SAME(found(f, BOB, FIND(.words = STR("\"^council\""))), "Council met");
}

static void
test_tags_of_the_newest_text(void **state)
{
    struct fixture *f = *state;
    struct item it = text(f, "Old");
    struct str tags[] = {STR("Water management"), STR("youth")};
    struct str name = save_text(f, BOB, "Other", "water");
    it.tags = tags;
    it.n_tags = 2;
    save(f, BOB, &it, 0);
    SAME(found(f, BOB, FIND(.tag = STR("water management"))), "Old");
    SAME(found(f, BOB, FIND(.tag = STR("water"))), "Other");
    SAME(found(f, BOB, FIND(.tag = STR("management youth"))), "");
    SAME(found(f, BOB, FIND(.tag = STR("common"), .words = STR("other"))), "Other");
    SAME(found(f, BOB, FIND(.tag = STR("youth"), .words = STR("other"))), "");
    it.title = STR("New");
    it.n_tags = 1;
    f->m.now++;
    save(f, BOB, &it, 1);
    SAME(found(f, BOB, FIND(.words = STR("old"))), "");
    SAME(found(f, BOB, FIND(.tag = STR("youth"))), "");
    SAME(found(f, BOB, FIND(.words = STR("new"))), "New");
    f->m.now++;
    step(f, BOB, name, STEP_DISCARD, NULL);
    SAME(found(f, BOB, FIND(.words = STR("other"))), "");
    SAME(found(f, BOB,
               ((struct desk_filter){.state = DESK_DISCARDED, .words = STR("other")})),
         "Other");
}

/* Nobody finds by words, tag or date what they may not see. */
static void
test_drafts_of_others_are_not_found(void **state)
{
    struct fixture *f = *state;
    save_text(f, ANN, "Draft of Ann", "secret");
    struct str name = save_text(f, BOB, "Draft of Bob", "secret");
    SAME(found(f, ANN, FIND(.words = STR("draft"))), "Draft of Ann");
    SAME(found(f, ANN, FIND(.tag = STR("secret"))), "Draft of Ann");
    SAME(found(f, ANN, FIND(.author_id = 2)), "");
    step(f, CID, name, STEP_APPROVE, NULL);
    SAME(found(f, ANN, FIND(.words = STR("draft"))), "Draft of Bob, Draft of Ann");
}

static struct str
publish(struct fixture *f, const char *title, int64_t at)
{
    struct item it = text(f, title);
    it.published_at = at;
    f->m.now++;
    struct str name = save(f, BOB, &it, 0).public_id;
    step(f, CID, name, STEP_APPROVE, NULL);
    return name;
}

static void
test_dates_are_publish_times(void **state)
{
    struct fixture *f = *state;
    struct desk_filter in = FIND(.has_dates = true, .from = 1000, .until = 2000);
    publish(f, "a", 1999);
    publish(f, "b", 1000);
    publish(f, "c", 2000);
    publish(f, "d", 999);
    publish(f, "e", 1500);
    save_text(f, BOB, "draft", NULL);
    SAME(found(f, BOB, in), "a, e, b");
    in.section_id = f->events;
    SAME(found(f, BOB, in), "a, e, b");
    in.section_id = f->speeches;
    SAME(found(f, BOB, in), "");
    in.section_id = 0;
    in.words = STR("e");
    SAME(found(f, BOB, in), "e");
    in.words = STR("");
    in.author_id = 2;
    SAME(found(f, BOB, in), "a, e, b");
    in.author_id = 1;
    SAME(found(f, BOB, in), "");
    in.author_id = 0;
    struct desk_page page = page_of(f, &in, 2);
    in.turn = DESK_ON;
    in.place = page.on;
    page = page_of(f, &in, 2);
    assert_int_equal(page.n, 1);
    in.turn = DESK_BACK;
    in.place = page.back;
    page = page_of(f, &in, 2);
    assert_int_equal(page.n, 2);
    SAME(page.all[0].title, "a");
}

static void
test_what_is_to_come_and_what_was_withdrawn(void **state)
{
    struct fixture *f = *state;
    int64_t now = f->m.now;
    struct desk_filter coming = FIND(.out = DESK_OUT_SCHEDULED);
    struct desk_filter gone = FIND(.out = DESK_OUT_WITHDRAWN);
    publish(f, "out", now - 100);
    publish(f, "late", now + 3000);
    publish(f, "soon", now + 1000);
    struct str name = publish(f, "never", now + 2000);
    publish(f, "later", now + 4000);
    step(f, BOB, name, STEP_WITHDRAW, "why");
    SAME(found(f, BOB, coming), "soon, late, later");
    SAME(found(f, BOB, gone), "never");
    coming.words = gone.words = STR("never");
    SAME(found(f, BOB, coming), "");
    SAME(found(f, BOB, gone), "never");
    coming.words = STR("");
    struct desk_page page = page_of(f, &coming, 2);
    coming.turn = DESK_ON;
    coming.place = page.on;
    page = page_of(f, &coming, 2);
    SAME(page.all[0].title, "later");
    coming.turn = DESK_BACK;
    coming.place = page.back;
    page = page_of(f, &coming, 2);
    SAME(page.all[0].title, "soon");
    assert_false(page.has_back);
}

/* A page looks at so many lines, and the list goes on behind them. */
static void
test_a_page_ends_after_so_many_looks(void **state)
{
    struct fixture *f = *state;
    struct desk_filter rare = FIND(.words = STR("council"), .section_id = f->speeches);
    struct item last = text(f, "Council");
    int n_pages = 1;
    last.section_id = f->speeches;
    save(f, BOB, &last, 0);
    made_begin(&f->m);
    for (int i = 0; i < DESK_LIST_LOOKS + 500; i++) {
        struct item it = text(f, "Council");
        struct save s = {.st = f->m.st,
                         .site = &f->m.site,
                         .sections = &f->m.sections,
                         .now = f->m.now + 1,
                         .by = STR("test")};
        enum save_result result;
        OK(&f->m, news_save(&s, &it, &result, &f->m.err));
    }
    made_commit(&f->m);
    struct desk_page page = page_of(f, &rare, 10);
    assert_true(page.is_cut);
    for (; page.n == 0 && page.has_on; n_pages++) {
        rare.turn = DESK_ON;
        rare.place = page.on;
        page = page_of(f, &rare, 10);
    }
    assert_int_equal(n_pages, 2);
    assert_int_equal(page.n, 1);
    assert_int_equal(page.all[0].item_id, last.id);
}

static void
run_sql(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

/* Words that another program cut otherwise are cut anew when the database is opened. */
static void
test_words_are_made_anew(void **state)
{
    struct fixture *f = *state;
    save_text(f, BOB, "Council met", NULL);
    for (int version = 1; version >= 0; version--) {
        store_close(f->m.st);
        run_sql(f->m.db, "UPDATE desk_words_content SET c0 = 'Minister met'");
        if (version == 0)
            run_sql(f->m.db, "UPDATE site_state SET words_version = 0");
        OK(&f->m, store_open(f->m.db, STORE_WRITE, &f->m.st, &f->m.err));
        f->desk.st = f->m.st;
        SAME(found(f, BOB, FIND(.words = STR("minister"))),
             version == 0 ? "Council met" : "");
    }
    store_close(f->m.st);
    run_sql(f->m.db, "UPDATE desk_words_content SET c0 = 'Embassy met'");
    OK(&f->m, store_open(f->m.db, STORE_WRITE, &f->m.st, &f->m.err));
    f->desk.st = f->m.st;
    SAME(found(f, BOB, FIND(.words = STR("embassy"))), ""); /* once is enough */
}

static void
test_words_that_are_missing_are_made(void **state)
{
    struct fixture *f = *state;
    save_text(f, BOB, "Council met", "water");
    assert_int_equal(sqlite3_exec(f->m.st->db,
                                  "DELETE FROM desk_words;"
                                  "INSERT INTO desk_words (rowid, title) "
                                  "VALUES (99, 'council');",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    SAME(found(f, BOB, FIND(.words = STR("council"))), "");
    made_begin(&f->m);
    OK(&f->m, store_desk_fill(f->m.st, &f->m.err));
    made_commit(&f->m);
    SAME(found(f, BOB, FIND(.words = STR("council"), .tag = STR("water"))),
         "Council met");
}

/* ---- the calendar ---- */

static void
test_a_month_day_by_day(void **state)
{
    struct fixture *f = *state;
    struct desk_calendar *c = arena_alloc(&f->m.a, sizeof *c);
    int64_t day = time_office_midnight(2023, 11, 1); /* now is 2023-11-14 22:13:20 */
    struct item embargoed = text(f, "embargoed");
    publish(f, "first second", day);
    publish(f, "second before", day - 1);
    publish(f, "last second", day + 30 * TIME_DAY_S - 1);
    publish(f, "second after", day + 30 * TIME_DAY_S);
    embargoed.published_at = day;
    embargoed.embargo_until = day + 20 * TIME_DAY_S;
    embargoed.expires_at = day + 25 * TIME_DAY_S;
    step(f, CID, save(f, BOB, &embargoed, 0).public_id, STEP_APPROVE, NULL);
    step(f, BOB, publish(f, "gone", day + TIME_DAY_S), STEP_WITHDRAW, "why");
    step(f, BOB, publish(f, "never", day + 20 * TIME_DAY_S), STEP_WITHDRAW, "why");
    save_text(f, BOB, "draft", NULL);
    OK(&f->m, news_desk_calendar(as(f, BOB), 2023, 11, &f->m.a, c, &f->m.err));
    assert_int_equal(c->n_days, 30);
    assert_int_equal(c->first, 2); /* a Wednesday */
    assert_int_equal(c->days[0].n, 1);
    SAME(c->days[0].all[0].line.title, "first second");
    assert_int_equal(c->days[0].all[0].kind, CALENDAR_OUT);
    SAME(c->days[1].all[0].line.title, "gone");
    assert_int_equal(c->days[20].n, 1);
    assert_int_equal(c->days[20].all[0].kind, CALENDAR_EMBARGO);
    assert_int_equal(c->days[25].all[0].kind, CALENDAR_ENDS);
    assert_int_equal(c->days[29].all[0].kind, CALENDAR_SCHEDULED);
    SAME(c->days[29].all[0].line.title, "last second");
    assert_int_equal(c->days[13].n, 1);
    assert_int_equal(c->days[13].all[0].kind, CALENDAR_WITHDRAWN);
    OK(&f->m, news_desk_calendar(as(f, BOB), 2024, 2, &f->m.a, c, &f->m.err));
    assert_int_equal(c->n_days, 29);
    REFUSED(&f->m, RC_NOT_FOUND, "9999",
            news_desk_calendar(as(f, BOB), 9999, 12, &f->m.a, c, &f->m.err));
}

static void
test_a_busy_day_says_that_there_is_more(void **state)
{
    struct fixture *f = *state;
    struct desk_calendar *c = arena_alloc(&f->m.a, sizeof *c);
    int64_t day = time_office_midnight(2023, 11, 2);
    for (int i = 0; i <= CALENDAR_DAY_MAX; i++)
        publish(f, "busy", day + i);
    OK(&f->m, news_desk_calendar(as(f, ANN), 2023, 11, &f->m.a, c, &f->m.err));
    assert_int_equal(c->days[1].n, CALENDAR_DAY_MAX);
    assert_true(c->days[1].has_more);
    assert_false(c->days[0].has_more);
}

/* ---- several at once ---- */

static enum rc
try_bulk(struct fixture *f, int who, struct bulk_order o, struct str name,
         struct bulk_done *out)
{
    struct desk_item now = look(f, name);
    return news_bulk(as(f, who), &o, now.item.id, now.version, &f->m.a, out, &f->m.err);
}

static void
test_an_action_is_the_step_as_alone(void **state)
{
    struct fixture *f = *state;
    struct bulk_done b;
    struct str name = save_text(f, ANN, "Title", "one");
    struct bulk_order approve = {.action = BULK_APPROVE};
    REFUSED(&f->m, RC_DENIED, "may not", try_bulk(f, ANN, approve, name, &b));
    OK(&f->m, try_bulk(f, BOB, approve, name, &b));
    assert_true(b.is_changed);
    assert_int_equal(look(f, name).state, DESK_APPROVED);
    struct bulk_order withdraw = {.action = BULK_WITHDRAW};
    REFUSED(&f->m, RC_INVALID, "reason", try_bulk(f, BOB, withdraw, name, &b));
    withdraw.reason = STR("An error");
    OK(&f->m, try_bulk(f, BOB, withdraw, name, &b));
    SAME(look(f, name).item.withdrawn_reason, "An error");
}

static void
test_what_is_not_whole_is_not_approved(void **state)
{
    struct fixture *f = *state;
    struct bulk_done b;
    struct item it = text(f, "Title");
    it.lead = STR("");
    struct str name = save(f, BOB, &it, 0).public_id;
    REFUSED(&f->m, RC_INVALID, "lead",
            try_bulk(f, BOB, (struct bulk_order){.action = BULK_APPROVE}, name, &b));
    assert_int_equal(b.shorts.n, 1);
    assert_int_equal(look(f, name).state, DESK_DRAFT);
}

static void
test_tags_and_sections_of_several(void **state)
{
    struct fixture *f = *state;
    struct bulk_done b;
    struct str name = save_text(f, BOB, "Title", "one");
    struct bulk_order tag = {.action = BULK_TAG, .tag = STR("two")};
    OK(&f->m, try_bulk(f, BOB, tag, name, &b));
    assert_int_equal(look(f, name).item.n_tags, 3);
    SAME(look(f, name).item.tags[2], "two");
    int64_t version = look(f, name).version;
    OK(&f->m, try_bulk(f, BOB, tag, name, &b));
    assert_false(b.is_changed);
    assert_int_equal(look(f, name).version, version);
    tag.action = BULK_UNTAG;
    tag.tag = STR("one");
    OK(&f->m, try_bulk(f, BOB, tag, name, &b));
    SAME(look(f, name).item.tags[0], "common");
    OK(&f->m, try_bulk(f, BOB, tag, name, &b));
    assert_false(b.is_changed);
    struct bulk_order move = {.action = BULK_MOVE, .section_id = f->speeches};
    OK(&f->m, try_bulk(f, BOB, move, name, &b));
    SAME(look(f, name).section, "speeches");
    move.section_id = 99;
    REFUSED(&f->m, RC_INVALID, "section", try_bulk(f, BOB, move, name, &b));
}

static void
test_an_action_is_for_what_was_looked_at(void **state)
{
    struct fixture *f = *state;
    struct bulk_order o = {.action = BULK_APPROVE};
    struct bulk_done b;
    struct item it = text(f, "Title");
    struct desk_saved first = save(f, BOB, &it, 0);
    it.title = STR("Other");
    save(f, CID, &it, first.version);
    REFUSED(&f->m, RC_CONFLICT, "Cid saved version 2",
            news_bulk(as(f, BOB), &o, first.id, first.version, &f->m.a, &b, &f->m.err));
    REFUSED(&f->m, RC_NOT_FOUND, "",
            news_bulk(as(f, BOB), &o, 999, 1, &f->m.a, &b, &f->m.err));
    assert_int_equal(look(f, first.public_id).state, DESK_DRAFT);
    for (int i = 0; i < BULK__MAX; i++)
        assert_int_equal(bulk_read(str_of(bulk_word((enum desk_bulk)i))), i);
    assert_int_equal(bulk_read(STR("nothing")), -1);
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
        T(test_words_of_titles),
        T(test_words_are_no_query),
        T(test_tags_of_the_newest_text),
        T(test_drafts_of_others_are_not_found),
        T(test_dates_are_publish_times),
        T(test_what_is_to_come_and_what_was_withdrawn),
        T(test_a_page_ends_after_so_many_looks),
        T(test_words_are_made_anew),
        T(test_words_that_are_missing_are_made),
        T(test_a_month_day_by_day),
        T(test_a_busy_day_says_that_there_is_more),
        T(test_an_action_is_the_step_as_alone),
        T(test_what_is_not_whole_is_not_approved),
        T(test_tags_and_sections_of_several),
        T(test_an_action_is_for_what_was_looked_at),
        T(test_missing_lines_are_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
