/* test_together.c - texts not saved yet, comments, addresses for people outside, and who
 * is at an item. */
#include "auth/person.h"
#include "auth/presence.h"
#include "made.h"
#include "model/person.h"
#include "news/together.h"
#include "store/audit.h"
#include "store/site.h"

enum { ANN, BOB, DAN, ROOT, ACTORS };

struct fixture {
    struct made m;
    int64_t events, item; /* the item is Ann's draft, of two revisions */
    struct person people[3];
    struct actor actors[ACTORS]; /* ann, dan: authors; bob: editor; a command */
    struct desk desk;
    struct str name;
};

static const struct desk *
as(struct fixture *f, int who)
{
    f->desk.actor = &f->actors[who];
    f->desk.now = f->m.now;
    return &f->desk;
}

static void
save(struct fixture *f, int who, const char *title, struct str draft)
{
    struct item it = made_item(f->events, NULL, TIME_NONE);
    struct desk_saved saved;
    struct merge m;
    it.id = f->item;
    it.title = str_of(title);
    struct desk_save s = {.item = &it, .draft = draft};
    if (f->item != 0) {
        struct desk_item now;
        OK(&f->m, news_desk_read(as(f, who), f->name, &f->m.a, &now, &f->m.err));
        s.based_on = now.version;
    }
    OK(&f->m, news_desk_save(as(f, who), &s, &f->m.a, &saved, &m, &f->m.err));
    f->item = saved.id;
    f->name = saved.public_id;
}

static int
set_up(void **state)
{
    static struct fixture f;
    static int64_t sections[1];
    static const char *const names[ACTORS] = {"Ann", "Bob", "Dan", "root"};
    memset(&f, 0, sizeof f);
    made_site(&f.m);
    f.events = sections[0] = made_section(&f.m, "events", 0);
    for (int i = 0; i < ACTORS; i++)
        f.actors[i] = (struct actor){i < ROOT ? &f.people[i] : NULL, i < ROOT ? i + 1 : 0,
                                     str_of(names[i]), STR("127.0.0.1")};
    for (int i = 0; i < ROOT; i++)
        f.people[i] = (struct person){.id = i + 1,
                                      .name = f.actors[i].name,
                                      .role = i == BOB ? ROLE_EDITOR : ROLE_AUTHOR,
                                      .sections = sections,
                                      .n_sections = 1};
    f.desk = (struct desk){f.m.st, &f.m.site, NULL, f.m.now};
    save(&f, ANN, "First", (struct str){NULL, 0});
    save(&f, ANN, "Second", (struct str){NULL, 0});
    *state = &f;
    return 0;
}

static int
tear_down(void **state)
{
    made_end(&((struct fixture *)*state)->m);
    return 0;
}

static int
audit_lines(struct fixture *f, const char *action)
{
    struct audit_search s = {.action = str_of(action),
                             .since = INT64_MIN,
                             .when = INT64_MAX,
                             .id = INT64_MAX,
                             .limit = 100};
    struct audit_line *lines = arena_array(&f->m.a, struct audit_line, 100);
    int n = 0;
    OK(&f->m, store_audit_search(f->m.st, &s, &f->m.a, lines, &n, &f->m.err));
    return n;
}

/* ---- what is typed and not saved ---- */

static bool
keep(struct fixture *f, int who, struct str draft, int64_t item, int64_t at,
     const char *title)
{
    struct working w = {draft, item, at, str_of(title),
                        str_fmt(&f->m.a, "title=%s&body=x", title)};
    bool is_kept = false;
    OK(&f->m, news_working_keep(as(f, who), &w, &is_kept, &f->m.err));
    return is_kept;
}

static int
listed(struct fixture *f, int who, int64_t item, struct working *out)
{
    int n = 0;
    OK(&f->m, news_working_list(as(f, who), item, 10, &f->m.a, out, &n, &f->m.err));
    return n;
}

static void
a_text_is_kept_for_its_writer_alone(void **state)
{
    struct fixture *f = *state;
    struct str draft = news_draft_word(&f->m.a);
    struct working w, all[10];
    assert_true(news_draft_is_word(draft));
    assert_true(keep(f, ANN, draft, f->item, f->m.now, "Typed"));
    OK(&f->m, news_working_read(as(f, ANN), draft, &f->m.a, &w, &f->m.err));
    SAME(w.form, "title=Typed&body=x");
    SAME(w.title, "Typed");
    assert_int_equal(w.item_id, f->item);
    assert_int_equal(w.typed_at, f->m.now);
    assert_int_equal(news_working_read(as(f, BOB), draft, &f->m.a, &w, &f->m.err),
                     RC_NOT_FOUND);
    assert_int_equal(listed(f, ANN, -1, all), 1);
    assert_int_equal(listed(f, ANN, f->item, all), 1);
    assert_int_equal(listed(f, ANN, 0, all), 0);
    assert_int_equal(listed(f, BOB, -1, all), 0);
}

static void
what_was_typed_later_stays(void **state)
{
    struct fixture *f = *state;
    struct str one = news_draft_word(&f->m.a), two = news_draft_word(&f->m.a);
    struct working w, all[10];
    assert_true(keep(f, ANN, one, 0, f->m.now, "Later"));
    assert_false(keep(f, ANN, one, 0, f->m.now - 1, "Earlier"));
    OK(&f->m, news_working_read(as(f, ANN), one, &f->m.a, &w, &f->m.err));
    SAME(w.title, "Later");
    assert_true(keep(f, ANN, one, 0, f->m.now, "Same second"));
    assert_true(keep(f, ANN, two, 0, f->m.now + 5, "Another window"));
    assert_int_equal(listed(f, ANN, 0, all), 2);
    SAME(all[0].title, "Another window");
    SAME(all[1].title, "Same second");
}

static void
saving_ends_the_form_it_came_from_and_no_other(void **state)
{
    struct fixture *f = *state;
    struct str one = news_draft_word(&f->m.a), two = news_draft_word(&f->m.a);
    struct working w, all[10];
    assert_true(keep(f, ANN, one, f->item, f->m.now, "One"));
    assert_true(keep(f, ANN, two, f->item, f->m.now, "Two"));
    assert_true(keep(f, BOB, one, f->item, f->m.now, "Bob's"));
    save(f, ANN, "One", one);
    assert_int_equal(listed(f, ANN, -1, all), 1);
    SAME(all[0].title, "Two");
    assert_int_equal(listed(f, BOB, -1, all), 1);
    assert_false(keep(f, ANN, one, f->item, f->m.now + 9, "Late"));
    assert_int_equal(news_working_read(as(f, ANN), one, &f->m.a, &w, &f->m.err),
                     RC_NOT_FOUND);
    save(f, ANN, "One",
         two); /* nothing differs, and the form is done with all the same */
    assert_int_equal(listed(f, ANN, -1, all), 0);
    assert_int_equal(audit_lines(f, "save"), 3);
}

static void
a_save_before_the_first_keeping_ends_the_form_too(void **state)
{
    struct fixture *f = *state;
    struct str draft = news_draft_word(&f->m.a);
    save(f, ANN, "Quick", draft);
    assert_false(keep(f, ANN, draft, f->item, f->m.now + 1, "Late"));
    f->m.now += 31 * TIME_DAY_S; /* marks go; nothing comes so late */
    save(f, ANN, "Next", news_draft_word(&f->m.a));
    assert_true(keep(f, ANN, draft, f->item, f->m.now, "Very late"));
}

static void
a_text_is_thrown_away_once_with_a_line_in_the_log(void **state)
{
    struct fixture *f = *state;
    struct str draft = news_draft_word(&f->m.a), new = news_draft_word(&f->m.a);
    struct working all[10];
    assert_true(keep(f, ANN, draft, f->item, f->m.now, "Typed"));
    assert_true(keep(f, ANN, new, 0, f->m.now, "New"));
    assert_int_equal(news_working_drop(as(f, BOB), draft, &f->m.err), RC_NOT_FOUND);
    OK(&f->m, news_working_drop(as(f, ANN), draft, &f->m.err));
    OK(&f->m, news_working_drop(as(f, ANN), new, &f->m.err));
    assert_int_equal(news_working_drop(as(f, ANN), draft, &f->m.err), RC_NOT_FOUND);
    assert_int_equal(listed(f, ANN, -1, all), 0);
    assert_int_equal(audit_lines(f, "throw away"), 2);
}

static void
only_who_may_write_there_keeps_something(void **state)
{
    struct fixture *f = *state;
    struct str draft = news_draft_word(&f->m.a);
    struct working w = {draft, f->item, f->m.now, STR("x"), STR("title=x")};
    bool is_kept = true;
    REFUSED(&f->m, RC_DENIED, "Dan may not",
            news_working_keep(as(f, DAN), &w, &is_kept, &f->m.err));
    assert_false(is_kept);
    REFUSED(&f->m, RC_DENIED, "root may not",
            news_working_keep(as(f, ROOT), &w, &is_kept, &f->m.err));
    w.item_id = 999;
    assert_int_equal(news_working_keep(as(f, ANN), &w, &is_kept, &f->m.err),
                     RC_NOT_FOUND);
    w.item_id = 0;
    f->people[ANN].is_disabled = true;
    REFUSED(&f->m, RC_DENIED, "Ann may not",
            news_working_keep(as(f, ANN), &w, &is_kept, &f->m.err));
    static const char *const wrong[] = {"", "x", "0123456789abcdef0123456789ABCDEF",
                                        "0123456789abcdef0123456789abcdef0"};
    for (size_t i = 0; i < N_ELEMENTS(wrong); i++) {
        w.draft = str_of(wrong[i]);
        REFUSED(&f->m, RC_INVALID, "no word",
                news_working_keep(as(f, BOB), &w, &is_kept, &f->m.err));
    }
}

static void
nothing_of_it_changes_what_visitors_see(void **state)
{
    struct fixture *f = *state;
    struct site_state before, after;
    struct str draft = news_draft_word(&f->m.a), token;
    OK(&f->m, store_site_state(f->m.st, &before, &f->m.err));
    keep(f, ANN, draft, f->item, f->m.now, "Typed");
    OK(&f->m, news_working_drop(as(f, ANN), draft, &f->m.err));
    OK(&f->m, news_comment_add(as(f, ANN), f->item, STR("Look"), &f->m.err));
    OK(&f->m, news_preview_make(as(f, ANN), f->item, 0, f->m.now + 60, &f->m.a, &token,
                                &f->m.err));
    OK(&f->m, store_site_state(f->m.st, &after, &f->m.err));
    assert_int_equal(before.version, after.version);
    assert_int_equal(before.changed_at, after.changed_at);
}

/* ---- comments ---- */

static int64_t
open_comments(struct fixture *f)
{
    struct desk_item it;
    OK(&f->m, news_desk_read(as(f, BOB), f->name, &f->m.a, &it, &f->m.err));
    return it.n_comments;
}

static void
a_comment_stands_until_somebody_who_may_edit_has_seen_to_it(void **state)
{
    struct fixture *f = *state;
    struct comment all[5];
    int n = 0;
    OK(&f->m, news_comment_add(as(f, ANN), f->item, STR(" Is this\nright? "), &f->m.err));
    save(f, ANN, "Third", (struct str){NULL, 0});
    OK(&f->m, news_comment_add(as(f, BOB), f->item, STR("No."), &f->m.err));
    OK(&f->m,
       news_comment_list(as(f, BOB), f->item, INT64_MAX, 5, &f->m.a, all, &n, &f->m.err));
    assert_int_equal(n, 2);
    SAME(all[0].author, "Bob");
    assert_int_equal(all[0].revision, 3);
    SAME(all[1].text, "Is this\nright?");
    assert_int_equal(all[1].revision, 2);
    assert_int_equal(all[1].resolved_at, TIME_NONE);
    assert_int_equal(open_comments(f), 2);
    REFUSED(&f->m, RC_DENIED, "Dan",
            news_comment_resolve(as(f, DAN), f->item, all[1].id, &f->m.err));
    OK(&f->m, news_comment_resolve(as(f, BOB), f->item, all[1].id, &f->m.err));
    assert_int_equal(news_comment_resolve(as(f, ANN), f->item, all[1].id, &f->m.err),
                     RC_NOT_FOUND);
    assert_int_equal(open_comments(f), 1);
    OK(&f->m,
       news_comment_list(as(f, ANN), f->item, all[0].id, 5, &f->m.a, all, &n, &f->m.err));
    assert_int_equal(n, 1);
    SAME(all[0].resolved_by, "Bob");
    assert_int_equal(audit_lines(f, "comment"), 2);
    assert_int_equal(audit_lines(f, "resolve comment"), 1);
}

static void
a_comment_is_for_who_may_see_the_item_and_says_something(void **state)
{
    struct fixture *f = *state;
    struct comment all[5];
    int n;
    REFUSED(&f->m, RC_DENIED, "Dan",
            news_comment_add(as(f, DAN), f->item, STR("Hm"), &f->m.err));
    REFUSED(&f->m, RC_DENIED, "Dan",
            news_comment_list(as(f, DAN), f->item, INT64_MAX, 5, &f->m.a, all, &n,
                              &f->m.err));
    char *long_text = arena_alloc(&f->m.a, COMMENT_MAX + 1);
    memset(long_text, 'x', COMMENT_MAX + 1);
    const struct str wrong[] = {
        STR(""), STR(" \n\t "), STR("a\001b"), STR("\xff"), {long_text, COMMENT_MAX + 1}};
    for (size_t i = 0; i < N_ELEMENTS(wrong); i++) {
        f->m.err = (struct err){0};
        assert_int_equal(news_comment_add(as(f, ANN), f->item, wrong[i], &f->m.err),
                         RC_INVALID);
        assert_string_equal(f->m.err.field, "text");
    }
    OK(&f->m, news_comment_add(as(f, ANN), f->item, (struct str){long_text, COMMENT_MAX},
                               &f->m.err));
    assert_int_equal(news_comment_add(as(f, ANN), 999, STR("x"), &f->m.err),
                     RC_NOT_FOUND);
}

/* ---- addresses for people outside ---- */

static struct str
make_link(struct fixture *f, int64_t revision, int64_t for_s)
{
    struct str token;
    OK(&f->m, news_preview_make(as(f, ANN), f->item, revision, f->m.now + for_s, &f->m.a,
                                &token, &f->m.err));
    return token;
}

static enum rc
open_link(struct fixture *f, struct str token, bool is_counted, struct desk_item *out)
{
    struct actor outside = {.name = STR("preview link"), .origin = STR("203.0.113.9")};
    struct desk d = {f->m.st, &f->m.site, &outside, f->m.now};
    return news_preview_open(&d, token, is_counted, &f->m.a, out, &f->m.err);
}

static struct preview_list *
links(struct fixture *f)
{
    struct preview_list *all = arena_array(&f->m.a, struct preview_list, 1);
    OK(&f->m, news_preview_list(as(f, ANN), f->item, &f->m.a, all, &f->m.err));
    return all;
}

static void
an_address_shows_the_newest_text_or_a_fixed_one_and_counts(void **state)
{
    struct fixture *f = *state;
    struct str newest = make_link(f, 0, 60), first = make_link(f, 1, 60);
    struct desk_item it;
    assert_int_equal(newest.n, 64);
    OK(&f->m, open_link(f, newest, true, &it));
    SAME(it.item.title, "Second");
    save(f, ANN, "Third", (struct str){NULL, 0});
    f->m.now += 10;
    OK(&f->m, open_link(f, newest, true, &it));
    SAME(it.item.title, "Third");
    OK(&f->m, open_link(f, newest, false, &it));
    OK(&f->m, open_link(f, first, true, &it));
    SAME(it.item.title, "First");
    const struct preview_list *all = links(f);
    assert_int_equal(all->n_links, 2);
    assert_int_equal(all->links[0].revision, 1);
    assert_int_equal(all->links[0].n_opened, 1);
    assert_int_equal(all->links[1].revision, 0);
    assert_int_equal(all->links[1].n_opened, 2);
    SAME(all->links[1].made_by, "Ann");
    assert_int_equal(all->n_openings, 3);
    SAME(all->openings[0].address, "203.0.113.9");
    assert_int_equal(all->openings[0].link_id, all->links[0].id);
    assert_int_equal(all->openings[2].at, f->m.now - 10);
    assert_int_equal(audit_lines(f, "preview link"), 2);
    assert_int_equal(audit_lines(f, "open preview"), 3);
}

static void
an_address_ends_by_itself_or_by_hand_and_others_are_unknown(void **state)
{
    struct fixture *f = *state;
    struct str short_one = make_link(f, 0, 60), revoked = make_link(f, 0, 600);
    struct desk_item it;
    int64_t id = links(f)->links[0].id;
    REFUSED(&f->m, RC_DENIED, "Dan",
            news_preview_revoke(as(f, DAN), f->item, id, &f->m.err));
    OK(&f->m, news_preview_revoke(as(f, BOB), f->item, id, &f->m.err));
    assert_int_equal(news_preview_revoke(as(f, BOB), f->item, id, &f->m.err),
                     RC_NOT_FOUND);
    assert_int_equal(open_link(f, revoked, true, &it), RC_CONFLICT);
    f->m.now += 59;
    OK(&f->m, open_link(f, short_one, true, &it));
    f->m.now += 1;
    assert_int_equal(open_link(f, short_one, true, &it), RC_CONFLICT);
    assert_int_equal(open_link(f, hash_random_hex(&f->m.a), true, &it), RC_NOT_FOUND);
    assert_int_equal(open_link(f, hash_sha256(&f->m.a, short_one), true, &it),
                     RC_NOT_FOUND);
    const struct preview_list *all = links(f);
    SAME(all->links[0].revoked_by, "Bob");
    assert_int_equal(all->links[0].n_opened, 0);
    assert_int_equal(all->links[1].n_opened, 1);
}

static void
an_address_is_made_by_who_may_edit_for_a_time_that_makes_sense(void **state)
{
    struct fixture *f = *state;
    struct str token;
    struct preview_list *all = arena_array(&f->m.a, struct preview_list, 1);
    REFUSED(&f->m, RC_DENIED, "Dan",
            news_preview_make(as(f, DAN), f->item, 0, f->m.now + 60, &f->m.a, &token,
                              &f->m.err));
    REFUSED(&f->m, RC_DENIED, "Dan",
            news_preview_list(as(f, DAN), f->item, &f->m.a, all, &f->m.err));
    const struct {
        int64_t revision, expires_at;
        const char *field;
    } wrong[] = {
        {0, f->m.now, "expires"},
        {0, f->m.now + 30 * TIME_DAY_S + 1, "expires"},
        {3, f->m.now + 60, "revision"},
        {-1, f->m.now + 60, "revision"},
    };
    for (size_t i = 0; i < N_ELEMENTS(wrong); i++) {
        assert_int_equal(news_preview_make(as(f, ANN), f->item, wrong[i].revision,
                                           wrong[i].expires_at, &f->m.a, &token,
                                           &f->m.err),
                         RC_INVALID);
        assert_string_equal(f->m.err.field, wrong[i].field);
    }
    assert_int_equal(links(f)->n_links, 0);
    make_link(f, 2, 30 * TIME_DAY_S);
    assert_int_equal(links(f)->n_links, 1);
}

/* ---- who is there ---- */

struct people {
    struct made m;
    struct store *accounts;
    struct auth *auth;
    int64_t ids[2];
};

static int
set_up_people(void **state)
{
    static struct people f;
    static const struct auth_rules rules = {.idle_s = 3600, .absolute_s = 36000};
    static const char *const names[] = {"Ann", "Bob"};
    memset(&f, 0, sizeof f);
    made_folder(&f.m);
    const char *path = made_path(&f.m, "accounts.db");
    OK(&f.m, store_create_accounts(path, &f.m.err));
    OK(&f.m, store_open_accounts(path, &f.accounts, &f.m.err));
    OK(&f.m, auth_open(f.accounts, &rules, &f.auth, &f.m.err));
    for (int i = 0; i < 2; i++) {
        struct person p = {.login = str_of(names[i]), .name = str_of(names[i])};
        OK(&f.m,
           auth_person_add(f.auth, &p, (struct str){NULL, 0}, f.m.now, &f.m.a, &f.m.err));
        f.ids[i] = p.id;
    }
    *state = &f;
    return 0;
}

static int
tear_down_people(void **state)
{
    struct people *f = *state;
    auth_close(f->auth);
    store_close(f->accounts);
    made_end(&f->m);
    return 0;
}

static void
note(struct people *f, int who, enum presence_sign sign)
{
    OK(&f->m, auth_presence_note(f->auth, 7, f->ids[who], sign, f->m.now, &f->m.err));
}

static struct presences
beside(struct people *f, int who)
{
    struct presences p;
    OK(&f->m,
       auth_presence_others(f->auth, 7, f->ids[who], f->m.now, &f->m.a, &p, &f->m.err));
    return p;
}

static void
two_people_at_an_item_see_each_other_until_they_leave(void **state)
{
    struct people *f = *state;
    int64_t began = f->m.now;
    note(f, 0, PRESENCE_OPENED);
    assert_int_equal(beside(f, 0).n, 0);
    struct presences seen = beside(f, 1);
    assert_int_equal(seen.n, 1);
    SAME(seen.all[0].name, "Ann");
    assert_int_equal(seen.all[0].began_at, began);
    f->m.now += 899; /* without a script */
    assert_int_equal(beside(f, 1).n, 1);
    f->m.now += 1;
    assert_int_equal(beside(f, 1).n, 0);
    began = f->m.now;
    for (int i = 0; i < 100; i++, f->m.now += 5)
        note(f, 0, PRESENCE_ALIVE);
    assert_int_equal(beside(f, 1).all[0].began_at, began);
    note(f, 0, PRESENCE_LEFT);
    assert_int_equal(beside(f, 1).n, 0);
    note(f, 0, PRESENCE_LEFT);
    note(f, 1, PRESENCE_ALIVE);
    assert_int_equal(beside(f, 0).n, 1);
    f->m.now += 60; /* the line was cut */
    assert_int_equal(beside(f, 0).n, 0);
}

/* The bytes of the log of changes: whatever is written makes it longer. */
static void
a_page_that_asks_every_five_seconds_writes_twice_a_minute(void **state)
{
    struct people *f = *state;
    int writes = 0;
    note(f, 0, PRESENCE_OPENED);
    for (int i = 0; i < 120; i++, f->m.now += 5) {
        int64_t before = store_wal_bytes(f->accounts);
        note(f, 0, PRESENCE_ALIVE);
        writes += store_wal_bytes(f->accounts) > before;
    }
    assert_in_range(writes, 15, 21); /* in 10 minutes, and the first */
}

int
main(void)
{
    const struct CMUnitTest desk[] = {
        cmocka_unit_test_setup_teardown(a_text_is_kept_for_its_writer_alone, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_was_typed_later_stays, set_up, tear_down),
        cmocka_unit_test_setup_teardown(saving_ends_the_form_it_came_from_and_no_other,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_save_before_the_first_keeping_ends_the_form_too,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_text_is_thrown_away_once_with_a_line_in_the_log,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(only_who_may_write_there_keeps_something, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(nothing_of_it_changes_what_visitors_see, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            a_comment_stands_until_somebody_who_may_edit_has_seen_to_it, set_up,
            tear_down),
        cmocka_unit_test_setup_teardown(
            a_comment_is_for_who_may_see_the_item_and_says_something, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            an_address_shows_the_newest_text_or_a_fixed_one_and_counts, set_up,
            tear_down),
        cmocka_unit_test_setup_teardown(
            an_address_ends_by_itself_or_by_hand_and_others_are_unknown, set_up,
            tear_down),
        cmocka_unit_test_setup_teardown(
            an_address_is_made_by_who_may_edit_for_a_time_that_makes_sense, set_up,
            tear_down),
    };
    const struct CMUnitTest people[] = {
        cmocka_unit_test_setup_teardown(
            two_people_at_an_item_see_each_other_until_they_leave, set_up_people,
            tear_down_people),
        cmocka_unit_test_setup_teardown(
            a_page_that_asks_every_five_seconds_writes_twice_a_minute, set_up_people,
            tear_down_people),
    };
    return cmocka_run_group_tests(desk, NULL, NULL) +
           cmocka_run_group_tests(people, NULL, NULL);
}
