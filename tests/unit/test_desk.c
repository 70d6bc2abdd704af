/* test_desk.c - the newsroom: saving, conflicts, steps, four eyes, history, audit. */
#include "desk_made.h"
#include "news/exchange.h"
#include "news/item.h"
#include "news/section.h"
#include "store/audit.h"
#include "store/desk.h"
#include "store/item.h"
#include "store/query.h"
#include "store/site.h"

/* What visitors see. */
static struct item
public_item(struct fixture *f, int64_t id)
{
    struct item it;
    OK(&f->m, store_item_whole(f->m.st, id, &f->m.a, &it, &f->m.err));
    return it;
}

static int64_t
site_version(struct fixture *f)
{
    struct site_state s;
    OK(&f->m, store_site_state(f->m.st, &s, &f->m.err));
    return s.version;
}

/* ---- the way of an item ---- */

static void
test_saving_is_not_publishing(void **state)
{
    struct fixture *f = *state;
    struct item it = text(f, "First");
    int64_t before = site_version(f);
    struct str name = save(f, ANN, &it, 0).public_id;
    assert_int_equal(look(f, name).state, DESK_DRAFT);
    assert_int_equal(item_visible_from(&(struct item){.state = STATE_DRAFT}),
                     VISIBLE_NEVER);
    assert_int_equal(public_item(f, it.id).published_at, TIME_NONE);
    assert_int_equal(site_version(f), before);
    step(f, ANN, name, STEP_SUBMIT, NULL);
    assert_int_equal(look(f, name).state, DESK_REVIEW);
    step(f, BOB, name, STEP_APPROVE, NULL);
    assert_int_equal(public_item(f, it.id).published_at, f->m.now);
    assert_true(site_version(f) > before);
    /* A newer text waits; visitors see the approved one. */
    f->m.now += 100;
    it.title = STR("Second");
    save(f, ANN, &it, look(f, name).version);
    SAME(public_item(f, it.id).title, "First");
    SAME(look(f, name).item.title, "Second");
    step(f, BOB, name, STEP_APPROVE, NULL);
    SAME(public_item(f, it.id).title, "Second");
    assert_int_equal(public_item(f, it.id).updated_at, f->m.now);
    OK(&f->m, store_revision_check(f->m.st, it.id, &f->m.err));
}

static void
test_a_small_change_is_not_an_update(void **state)
{
    struct fixture *f = *state;
    struct item it = text(f, "Title");
    struct desk_saved saved = save(f, BOB, &it, 0);
    struct merge m;
    step(f, BOB, saved.public_id, STEP_APPROVE, NULL);
    f->m.now += 100;
    it.body = STR("Text!");
    struct desk_save s = {
        .item = &it, .based_on = look(f, saved.public_id).version, .is_minor = true};
    OK(&f->m, news_desk_save(as(f, BOB), &s, &f->m.a, &saved, &m, &f->m.err));
    step(f, BOB, saved.public_id, STEP_APPROVE, NULL);
    SAME(public_item(f, it.id).body, "Text!");
    assert_int_equal(public_item(f, it.id).updated_at, TIME_NONE);
}

static void
test_the_same_again_writes_nothing(void **state)
{
    struct fixture *f = *state;
    struct item it = text(f, "Title");
    struct desk_saved first = save(f, ANN, &it, 0);
    struct desk_saved again = save(f, ANN, &it, first.version);
    assert_true(first.is_changed);
    assert_false(again.is_changed);
    assert_int_equal(again.version, first.version);
    step(f, BOB, first.public_id, STEP_APPROVE, NULL);
    struct desk_item now = look(f, first.public_id);
    assert_false(save(f, BOB, &now.item, now.version).is_changed);
    assert_int_equal(look(f, first.public_id).state, DESK_APPROVED);
}

static void
test_sent_back_with_a_reason(void **state)
{
    struct fixture *f = *state;
    struct item it = text(f, "Title");
    struct shortcomings shorts;
    struct str name = save(f, ANN, &it, 0).public_id;
    step(f, ANN, name, STEP_SUBMIT, NULL);
    REFUSED(&f->m, RC_INVALID, "reason",
            try_step(f, BOB, name, STEP_SEND_BACK, " ", &shorts));
    step(f, BOB, name, STEP_SEND_BACK, "Who said so?");
    assert_int_equal(look(f, name).state, DESK_SENT_BACK);
    SAME(look(f, name).why, "Who said so?");
    step(f, ANN, name, STEP_SUBMIT, NULL);
    step(f, ANN, name, STEP_RECALL, NULL);
    assert_int_equal(look(f, name).state, DESK_DRAFT);
}

/* Every step from every state it is not made for. */
static void
test_steps_have_their_states(void **state)
{
    struct fixture *f = *state;
    struct item it = text(f, "Title");
    struct str name = save(f, BOB, &it, 0).public_id;
    refused(f, BOB, name, STEP_RECALL, RC_DENIED, "may not");
    refused(f, ROOT, name, STEP_RECALL, RC_CONFLICT, "is draft");
    refused(f, ROOT, name, STEP_SEND_BACK, RC_CONFLICT, "is draft");
    refused(f, ROOT, name, STEP_UNDISCARD, RC_CONFLICT, "is draft");
    refused(f, ROOT, name, STEP_WITHDRAW, RC_CONFLICT, "never published");
    refused(f, ROOT, name, STEP_REINSTATE, RC_CONFLICT, "not withdrawn");
    step(f, BOB, name, STEP_SUBMIT, NULL);
    refused(f, ROOT, name, STEP_SUBMIT, RC_CONFLICT, "in review");
    step(f, BOB, name, STEP_APPROVE, NULL);
    refused(f, ROOT, name, STEP_APPROVE, RC_CONFLICT, "is approved");
    refused(f, ROOT, name, STEP_DISCARD, RC_CONFLICT, "is approved");
    refused(f, ROOT, STR("nobody"), STEP_SUBMIT, RC_NOT_FOUND, "no item");
}

static void
test_an_author_may_not_approve(void **state)
{
    struct fixture *f = *state;
    struct item it = text(f, "Title");
    struct str name = save(f, BOB, &it, 0).public_id;
    struct desk_saved saved;
    struct merge m;
    refused(f, ANN, name, STEP_APPROVE, RC_DENIED, "Ann may not");
    refused(f, ANN, name, STEP_SUBMIT, RC_DENIED, "Ann may not");
    REFUSED(&f->m, RC_DENIED, "Ann may not", try_save(f, ANN, &it, 1, &saved, &m));
    /* Nor may an editor move an item to a section that is not theirs. */
    f->people[BOB].n_sections = 1;
    it.section_id = f->speeches;
    it.state = STATE_DRAFT;
    step(f, BOB, name, STEP_SUBMIT, NULL);
    REFUSED(&f->m, RC_DENIED, "Bob may not", try_save(f, BOB, &it, 2, &saved, &m));
}

/* ---- checklist ---- */

static void
test_the_checklist_holds(void **state)
{
    struct fixture *f = *state;
    struct item it = text(f, "Title");
    struct shortcomings shorts;
    struct photo p = made_photo(&f->m, 'a', "Agency");
    it.lead = STR(" ");
    p.alt = STR("");
    it.photos = &p;
    it.n_photos = 1;
    struct str name = save(f, BOB, &it, 0).public_id;
    REFUSED(&f->m, RC_INVALID, "lead",
            try_step(f, BOB, name, STEP_APPROVE, NULL, &shorts));
    assert_int_equal(shorts.n, 2);
    assert_int_equal(shorts.all[0].kind, SHORT_LEAD);
    assert_int_equal(shorts.all[1].kind, SHORT_ALT);
    assert_int_equal(shorts.all[1].photo, 1);
    assert_int_equal(public_item(f, it.id).published_at, TIME_NONE);
    it.lead = STR("Lead.");
    p.is_decorative = true;
    save(f, BOB, &it, 1);
    step(f, BOB, name, STEP_APPROVE, NULL);
}

static void
test_every_shortcoming(void **state)
{
    (void)state;
    struct shortcomings s;
    struct photo p = {.is_decorative = true};
    struct item it = {.published_at = 100,
                      .embargo_until = 200,
                      .expires_at = 200,
                      .body = STR(CONFLICT_MARK "1\n"),
                      .photos = &p,
                      .n_photos = 1};
    static const enum shortcoming_kind wanted[] = {
        SHORT_TITLE, SHORT_LEAD, SHORT_SECTION, SHORT_TIME, SHORT_CONFLICT, SHORT_CREDIT};
    item_check(&it, false, &s);
    assert_int_equal(s.n, N_ELEMENTS(wanted));
    for (int i = 0; i < s.n; i++)
        assert_int_equal(s.all[i].kind, wanted[i]);
    it.photo_credit = STR("Agency");
    it.body = STR("");
    p.is_decorative = false;
    item_check(&it, false, &s);
    assert_int_equal(s.all[2].kind, SHORT_BODY);
    assert_int_equal(s.all[s.n - 1].kind, SHORT_ALT);
}

/* Brings a draft of Ann's into one of the states that an item can be in. */
enum { WITHDRAWN = DESK__MAX, WAYS };

static struct str
item_in(struct fixture *f, int state)
{
    static const int ways[WAYS][3] = {
        [DESK_DRAFT] = {-1},
        [DESK_REVIEW] = {STEP_SUBMIT, -1},
        [DESK_SENT_BACK] = {STEP_SUBMIT, STEP_SEND_BACK, -1},
        [DESK_APPROVED] = {STEP_APPROVE, -1},
        [DESK_DISCARDED] = {STEP_DISCARD, -1},
        [WITHDRAWN] = {STEP_APPROVE, STEP_WITHDRAW, -1},
    };
    struct item it = text(f, "Title");
    struct str name = save(f, ANN, &it, 0).public_id;
    for (int i = 0; i < 3 && ways[state][i] >= 0; i++)
        step(f, ROOT, name, (enum desk_step)ways[state][i], "why");
    return name;
}

/* A page offers what can be done, and nothing else: for everybody, in every state. */
static void
test_what_is_offered_is_what_can_be_done(void **state)
{
    struct fixture *f = *state;
    struct shortcomings shorts;
    int n_offered = 0;
    for (int way = 0; way < WAYS; way++)
        for (int who = ANN; who <= ROOT; who++)
            for (int s = 0; s < STEP__MAX; s++) {
                struct str name = item_in(f, way);
                struct desk_item now;
                OK(&f->m, news_desk_read(as(f, who), name, &f->m.a, &now, &f->m.err));
                bool is_offered = (now.steps & 1U << s) != 0;
                enum rc rc = try_step(f, who, name, (enum desk_step)s, "why", &shorts);
                n_offered += is_offered;
                if (is_offered != (rc == RC_OK))
                    fail_msg("%s in state %d by actor %d: offered %d, rc %d",
                             desk_step_word((enum desk_step)s), way, who, is_offered, rc);
            }
    assert_in_range(n_offered, 20, WAYS * 4 * STEP__MAX / 2);
}

/* ---- four eyes ---- */

static void
set_rule(struct fixture *f, const char *slug)
{
    bool is_on = true;
    struct section_change to = {.four_eyes = &is_on};
    OK(&f->m, news_section_change(made_desk(&f->m), str_of(slug), &to, &f->m.err));
}

/* Taking the item away and back does not make a text somebody else's. */
static void
test_withdrawing_washes_nothing(void **state)
{
    struct fixture *f = *state;
    struct item it = text(f, "Title");
    struct str name = save(f, ANN, &it, 0).public_id;
    step(f, CID, name, STEP_APPROVE, NULL);
    set_rule(f, "events");
    it.body = STR("Ann and Bob's.");
    save(f, CID, &it, 2);
    it.body = STR("Bob's.");
    save(f, BOB, &it, 3);
    step(f, BOB, name, STEP_SUBMIT, NULL);
    step(f, BOB, name, STEP_WITHDRAW, "why");
    refused(f, BOB, name, STEP_APPROVE, RC_CONFLICT, "withdrawn");
    step(f, BOB, name, STEP_REINSTATE, "why");
    struct desk_item now;
    OK(&f->m, news_desk_read(as(f, BOB), name, &f->m.a, &now, &f->m.err));
    assert_true(now.needs_other_eyes);
    refused(f, BOB, name, STEP_APPROVE, RC_DENIED, "own text");
    refused(f, CID, name, STEP_APPROVE, RC_DENIED, "own text");
    step(f, ROOT, name, STEP_APPROVE, NULL);
    SAME(public_item(f, it.id).body, "Bob's.");
}

static void
test_nobody_approves_their_own_text(void **state)
{
    struct fixture *f = *state;
    struct item it = text(f, "Title");
    set_rule(f, "events");
    struct str name = save(f, BOB, &it, 0).public_id;
    refused(f, BOB, name, STEP_APPROVE, RC_DENIED, "their own text");
    assert_int_equal(public_item(f, it.id).published_at, TIME_NONE);
    /* Not when it went through other hands either. */
    it.title = STR("Title, better");
    save(f, CID, &it, 1);
    refused(f, BOB, name, STEP_APPROVE, RC_DENIED, "their own text");
    refused(f, CID, name, STEP_APPROVE, RC_DENIED, "their own text");
    step(f, ROOT, name, STEP_APPROVE, NULL);
    /* What is approved counts no more. */
    it.title = STR("Title, best");
    save(f, CID, &it, look(f, name).version);
    refused(f, CID, name, STEP_APPROVE, RC_DENIED, "their own text");
    step(f, BOB, name, STEP_APPROVE, NULL);
    /* Withdrawing is no approval. */
    it.title = STR("Bob's");
    save(f, BOB, &it, look(f, name).version);
    step(f, BOB, name, STEP_WITHDRAW, "why");
    step(f, BOB, name, STEP_REINSTATE, "why");
    refused(f, BOB, name, STEP_APPROVE, RC_DENIED, "their own text");
}

/* The rule of where it is, and of where it goes; a command is told by its name. */
static void
test_four_eyes_on_the_way(void **state)
{
    struct fixture *f = *state;
    struct item it = text(f, "Title");
    set_rule(f, "speeches");
    struct str name = save(f, BOB, &it, 0).public_id;
    step(f, BOB, name, STEP_APPROVE, NULL);
    it.section_id = f->speeches;
    save(f, BOB, &it, look(f, name).version);
    refused(f, BOB, name, STEP_APPROVE, RC_DENIED, "their own text");
    step(f, CID, name, STEP_APPROVE, NULL);
    it.section_id = f->events;
    save(f, BOB, &it, look(f, name).version);
    refused(f, BOB, name, STEP_APPROVE, RC_DENIED, "their own text");
    struct item other = text(f, "Other");
    other.section_id = f->speeches;
    struct str second = save(f, ROOT, &other, 0).public_id;
    refused(f, ROOT, second, STEP_APPROVE, RC_DENIED, "their own text");
    struct item_change c = {.site = &f->m.site,
                            .name = second,
                            .at = f->m.now,
                            .by = STR("root"),
                            .now = f->m.now};
    REFUSED(&f->m, RC_DENIED, "their own text",
            news_item_publish(f->m.st, &c, &f->m.err));
    c.by = STR("other");
    OK(&f->m, news_item_publish(f->m.st, &c, &f->m.err));
}

/* ---- conflicts ---- */

static void
test_a_stale_save_is_a_merge(void **state)
{
    struct fixture *f = *state;
    struct item it = text(f, "Title");
    struct desk_saved saved;
    struct merge m;
    it.body = STR("One.\n\nTwo.\n\nThree.\n");
    struct str name = save(f, BOB, &it, 0).public_id;
    struct item bob = it, cid = it;
    bob.body = STR("One!\n\nTwo.\n\nThree.\n");
    bob.title = STR("Bob's");
    cid.body = STR("One.\n\nTwo.\n\nThree?\n");
    cid.lead = STR("Cid's.");
    save(f, BOB, &bob, 1);
    REFUSED(&f->m, RC_CONFLICT, "Bob saved version 2",
            try_save(f, CID, &cid, 1, &saved, &m));
    assert_int_equal(m.n_conflicts, 0);
    SAME(m.merged.body, "One!\n\nTwo.\n\nThree?\n");
    SAME(m.merged.title, "Bob's");
    SAME(m.merged.lead, "Cid's.");
    assert_int_equal(look(f, name).version, 2);
    save(f, CID, &m.merged, 2);
    /* Both changed the same. */
    bob.title = STR("B");
    bob.body = STR("B\n");
    save(f, BOB, &bob, 3);
    cid.title = STR("C");
    cid.body = STR("C\n");
    REFUSED(&f->m, RC_CONFLICT, "version 4", try_save(f, CID, &cid, 3, &saved, &m));
    assert_int_equal(m.n_conflicts, 2);
    assert_string_equal(m.conflicts[0], "title");
    SAME(m.merged.title, "C");
    SAME(m.theirs.title, "B");
    assert_true(str_find_str(m.merged.body, STR("C\n")) < m.merged.body.n);
    assert_true(str_find_str(m.merged.body, STR("B\n")) < m.merged.body.n);
    /* Text with both in it is not approved by accident. */
    save(f, CID, &m.merged, 4);
    refused(f, ROOT, name, STEP_APPROVE, RC_INVALID, "two people");
}

/* ---- withdrawing, discarding, restoring ---- */

static void
test_withdrawn_and_back(void **state)
{
    struct fixture *f = *state;
    struct item it = text(f, "Title");
    struct str name = save(f, BOB, &it, 0).public_id;
    step(f, BOB, name, STEP_APPROVE, NULL);
    it.title = STR("Waits");
    save(f, BOB, &it, look(f, name).version);
    f->m.now += 10;
    step(f, BOB, name, STEP_WITHDRAW, "An error");
    struct item public = public_item(f, it.id);
    assert_int_equal(public.withdrawn_at, f->m.now);
    SAME(public.withdrawn_reason, "An error");
    SAME(public.title, "Title");
    SAME(look(f, name).item.title, "Waits"); /* the draft is not lost */
    assert_int_equal(look(f, name).state, DESK_DRAFT);
    refused(f, BOB, name, STEP_WITHDRAW, RC_CONFLICT, "withdrawn already");
    refused(f, BOB, name, STEP_APPROVE, RC_CONFLICT, "is withdrawn");
    step(f, BOB, name, STEP_REINSTATE, "It was right");
    assert_int_equal(public_item(f, it.id).withdrawn_at, TIME_NONE);
    step(f, BOB, name, STEP_APPROVE, NULL);
    SAME(public_item(f, it.id).title, "Waits");
    OK(&f->m, store_revision_check(f->m.st, it.id, &f->m.err));
}

/* How many were removed, if it is so much later than now. */
static int
removed_after(struct fixture *f, int64_t seconds)
{
    struct desk d = *as(f, ROOT);
    int n = -1;
    d.now += seconds;
    OK(&f->m, news_desk_remove_discarded(&d, 2, &n, &f->m.err));
    return n;
}

static int64_t
rows(struct fixture *f, const char *sql)
{
    sqlite3_stmt *q;
    assert_int_equal(sqlite3_prepare_v2(f->m.st->db, sql, -1, &q, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    int64_t n = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return n;
}

/* With everything that may hang on it; what was out stays, and the newest item. */
static void
test_discarded_long_ago(void **state)
{
    struct fixture *f = *state;
    struct str tags[] = {STR("Youth")}, old[] = {STR("/old/address")}, names[6];
    for (int i = 0; i < 6; i++) {
        struct item it = text(f, "Title");
        it.tags = tags;
        it.n_tags = 1;
        it.old_urls = old;
        it.n_old_urls = i == 0;
        names[i] = save(f, ANN, &it, 0).public_id;
        if (i == 1)
            step(f, BOB, names[i], STEP_APPROVE, NULL);
        step(f, BOB, names[i], i == 1 ? STEP_WITHDRAW : STEP_DISCARD, "An error");
    }
    step(f, BOB, names[2], STEP_UNDISCARD, NULL);
    assert_int_equal(removed_after(f, DESK_DISCARDED_KEPT_S - 1), 0);
    assert_int_equal(removed_after(f, DESK_DISCARDED_KEPT_S), 2);
    assert_int_equal(removed_after(f, DESK_DISCARDED_KEPT_S), 1);
    assert_int_equal(removed_after(f, DESK_DISCARDED_KEPT_S), 0);
    for (int i = 0; i < 6; i++) {
        struct desk_item now;
        enum rc rc = news_desk_read(as(f, ROOT), names[i], &f->m.a, &now, &f->m.err);
        assert_int_equal(rc, i == 0 || i == 3 || i == 4 ? RC_NOT_FOUND : RC_OK);
    }
    assert_int_equal(rows(f, "SELECT COUNT(*) FROM redirect"), 0);
    assert_int_equal(rows(f, "SELECT COUNT(*) FROM desk_words"), 3);
    assert_int_equal(rows(f, "SELECT COUNT(*) FROM audit WHERE action = 'remove' "
                             "AND person = 'root'"),
                     3);
    OK(&f->m, store_check(f->m.st, &f->m.err));
}

static void
test_discarded_and_back(void **state)
{
    struct fixture *f = *state;
    struct item it = text(f, "Title");
    struct desk_saved saved;
    struct merge m;
    struct str name = save(f, ANN, &it, 0).public_id;
    step(f, ANN, name, STEP_DISCARD, NULL);
    assert_int_equal(look(f, name).state, DESK_DISCARDED);
    it.title = STR("More");
    REFUSED(&f->m, RC_CONFLICT, "discarded", try_save(f, ANN, &it, 1, &saved, &m));
    step(f, ANN, name, STEP_UNDISCARD, NULL);
    assert_int_equal(look(f, name).state, DESK_DRAFT);
    /* Of an item that is out only the new text goes, and stays in the history. */
    step(f, BOB, name, STEP_APPROVE, NULL);
    save(f, BOB, &it, look(f, name).version);
    int64_t version = look(f, name).version;
    step(f, BOB, name, STEP_DISCARD, NULL);
    SAME(look(f, name).item.title, "Title");
    assert_int_equal(look(f, name).state, DESK_APPROVED);
    OK(&f->m,
       news_desk_restore(as(f, BOB), name, version, look(f, name).version, &f->m.err));
    SAME(look(f, name).item.title, "More");
    SAME(public_item(f, it.id).title, "Title");
}

static void
test_a_copy_is_a_new_draft(void **state)
{
    struct fixture *f = *state;
    struct item it = text(f, "Title");
    struct desk_saved copy;
    it.pinned_until = 5;
    struct str name = save(f, BOB, &it, 0).public_id;
    step(f, BOB, name, STEP_APPROVE, NULL);
    OK(&f->m, news_desk_copy(as(f, ANN), name, &f->m.a, &copy, &f->m.err));
    struct desk_item got = look(f, copy.public_id);
    assert_int_not_equal(copy.id, it.id);
    SAME(got.item.title, "Title");
    SAME(got.item.slug, "title-2");
    assert_int_equal(got.item.published_at, TIME_NONE);
    assert_int_equal(got.item.pinned_until, TIME_NONE);
    assert_int_equal(got.author_id, 1);
    assert_int_equal(got.state, DESK_DRAFT);
}

/* ---- "Updated" ---- */

/* Saves another body, small change or not; its version. */
static int64_t
change(struct fixture *f, struct item *it, const char *body, bool is_minor)
{
    struct desk_saved saved;
    struct merge m;
    struct str name = public_item(f, it->id).public_id;
    it->body = str_of(body);
    struct desk_save s = {
        .item = it, .based_on = look(f, name).version, .is_minor = is_minor};
    OK(&f->m, news_desk_save(as(f, BOB), &s, &f->m.a, &saved, &m, &f->m.err));
    return saved.version;
}

/* Readers are told of a change unless all of it was small. */
static void
test_updated_unless_all_was_small(void **state)
{
    struct fixture *f = *state;
    struct item it = text(f, "Title");
    struct str name = save(f, BOB, &it, 0).public_id;
    step(f, BOB, name, STEP_APPROVE, NULL);
    f->m.now += 10;
    change(f, &it, "Small.", true);
    change(f, &it, "Small again.", true);
    step(f, BOB, name, STEP_APPROVE, NULL);
    assert_int_equal(public_item(f, it.id).updated_at, TIME_NONE);
    change(f, &it, "Large.", false);
    change(f, &it, "Large, and small.", true);
    step(f, BOB, name, STEP_SUBMIT, NULL);
    step(f, BOB, name, STEP_APPROVE, NULL);
    assert_int_equal(public_item(f, it.id).updated_at, f->m.now);
    /* Nor does withdrawing between make a large change small. */
    f->m.now += 10;
    change(f, &it, "Larger.", false);
    change(f, &it, "Larger, and small.", true);
    step(f, BOB, name, STEP_SUBMIT, NULL);
    step(f, BOB, name, STEP_WITHDRAW, "why");
    step(f, BOB, name, STEP_REINSTATE, "why");
    step(f, BOB, name, STEP_APPROVE, NULL);
    assert_int_equal(public_item(f, it.id).updated_at, f->m.now);
}

/* ---- slugs and sections ---- */

/* The item at an address, by its slug or as an old one; 0: nobody's. */
static int64_t
at(struct fixture *f, const char *slug)
{
    struct item_place p;
    int64_t id = 0;
    enum rc rc = store_item_id_by_slug(f->m.st, STR("en"), f->events, str_of(slug), &id,
                                       &f->m.err);
    if (rc == RC_OK)
        return id;
    rc = store_item_by_old_address(f->m.st, str_fmt(&f->m.a, "/news/events/%s/", slug),
                                   &f->m.a, &p, &f->m.err);
    return rc == RC_OK ? p.id : 0;
}

static void
rename_to(struct fixture *f, struct item *it, const char *slug)
{
    it->slug = str_of(slug);
    struct str name = public_item(f, it->id).public_id;
    save(f, BOB, it, look(f, name).version);
    step(f, BOB, name, STEP_APPROVE, NULL);
    SAME(public_item(f, it->id).slug, slug);
}

/* There and back, round about, and an address that another item takes over. */
static void
test_slugs_that_come_back(void **state)
{
    struct fixture *f = *state;
    struct item it = text(f, "One"), other = text(f, "Two");
    step(f, BOB, save(f, BOB, &it, 0).public_id, STEP_APPROVE, NULL);
    rename_to(f, &it, "uno");
    rename_to(f, &it, "eins");
    rename_to(f, &it, "one");
    assert_true(at(f, "one") == it.id && at(f, "uno") == it.id && at(f, "eins") == it.id);
    step(f, BOB, save(f, BOB, &other, 0).public_id, STEP_APPROVE, NULL);
    rename_to(f, &other, "uno");
    assert_int_equal(at(f, "uno"), other.id);
    rename_to(f, &other, "dos");
    assert_int_equal(at(f, "uno"), it.id); /* its own for ever, once the other left */
    assert_int_equal(at(f, "two"), other.id);
}

static void
test_a_new_slug_leaves_an_address_behind(void **state)
{
    struct fixture *f = *state;
    struct item it = text(f, "Title"), other = text(f, "Taken");
    struct item_place p;
    struct str name = save(f, BOB, &it, 0).public_id;
    save(f, BOB, &other, 0);
    it.slug = STR("draft-slug");
    save(f, BOB, &it, 1);
    assert_int_equal(store_item_by_old_address(f->m.st, STR("/news/events/title/"),
                                               &f->m.a, &p, &f->m.err),
                     RC_NOT_FOUND); /* nothing was ever there */
    step(f, BOB, name, STEP_APPROVE, NULL);
    it.slug = STR("taken");
    it.section_id = f->events;
    save(f, BOB, &it, look(f, name).version);
    SAME(public_item(f, it.id).slug, "draft-slug");
    step(f, BOB, name, STEP_APPROVE, NULL);
    SAME(public_item(f, it.id).slug, "taken-2");
    OK(&f->m, store_item_by_old_address(f->m.st, STR("/news/events/draft-slug/"), &f->m.a,
                                        &p, &f->m.err));
    assert_int_equal(p.id, it.id);
}

/* A draft may move an item; it goes there when it is approved. */
static void
test_a_draft_moves_the_item(void **state)
{
    struct fixture *f = *state;
    struct item it = text(f, "Title");
    struct section_change renamed = {.slug = STR("talks")};
    struct str name = save(f, BOB, &it, 0).public_id;
    step(f, BOB, name, STEP_APPROVE, NULL);
    it.section_id = f->speeches;
    save(f, BOB, &it, look(f, name).version);
    OK(&f->m,
       news_section_change(made_desk(&f->m), STR("speeches"), &renamed, &f->m.err));
    assert_int_equal(public_item(f, it.id).section_id, f->events);
    assert_int_equal(look(f, name).item.section_id, f->speeches);
    SAME(look(f, name).section, "talks");
    step(f, BOB, name, STEP_APPROVE, NULL);
    assert_int_equal(public_item(f, it.id).section_id, f->speeches);
}

static void
test_bad_input_names_the_field(void **state)
{
    struct fixture *f = *state;
    struct item it = text(f, "Title");
    struct desk_saved saved;
    struct merge m;
    it.section_id = 99;
    REFUSED(&f->m, RC_INVALID, "section", try_save(f, BOB, &it, 0, &saved, &m));
    it = text(f, "Title");
    it.lang = STR("xx");
    REFUSED(&f->m, RC_INVALID, "language", try_save(f, BOB, &it, 0, &saved, &m));
    it = text(f, "Title");
    it.body = STR("![](photo:1)");
    REFUSED(&f->m, RC_INVALID, "line 1", try_save(f, BOB, &it, 0, &saved, &m));
}

/* ---- history, audit ---- */

static void
test_history_and_diff(void **state)
{
    struct fixture *f = *state;
    struct item it = text(f, "Old title here");
    struct desk_past past[10];
    struct desk_diff diff;
    int n = 0;
    struct str name = save(f, BOB, &it, 0).public_id;
    it.title = STR("New title here");
    save(f, CID, &it, 1);
    step(f, BOB, name, STEP_SUBMIT, NULL);
    step(f, BOB, name, STEP_SEND_BACK, "Who says so?");
    OK(&f->m,
       news_desk_history(as(f, BOB), name, INT64_MAX, 10, &f->m.a, past, &n, &f->m.err));
    assert_int_equal(n, 4);
    SAME(past[0].why, "Who says so?");
    assert_true(past[0].revision.is_sent_back);
    assert_int_equal(past[1].revision.number, 3);
    assert_false(past[1].revision.is_text);
    SAME(past[1].why, "");
    SAME(past[2].revision.saved_by, "Cid");
    assert_int_equal(past[2].revision.person_id, 3);
    assert_int_equal(past[2].revision.based_on, 1);
    assert_false(past[2].is_withdrawn);
    OK(&f->m, news_desk_diff(as(f, BOB), name, 1, 2, &f->m.a, &diff, &f->m.err));
    assert_int_equal(diff.n, 1);
    assert_string_equal(diff.fields[0].name, "title");
    assert_int_equal(diff.fields[0].diff.n, 3);
    SAME(diff.fields[0].diff.all[0].text, "Old ");
    SAME(diff.fields[0].diff.all[1].text, "New ");
    SAME(diff.fields[0].diff.all[2].text, "title here");
    REFUSED(&f->m, RC_NOT_FOUND, "revision 9",
            news_desk_diff(as(f, BOB), name, 1, 9, &f->m.a, &diff, &f->m.err));
}

static void
test_everything_is_in_the_audit_log(void **state)
{
    struct fixture *f = *state;
    struct item it = text(f, "Title");
    struct audit_line lines[10];
    int n = 0;
    struct str name = save(f, BOB, &it, 0).public_id;
    step(f, BOB, name, STEP_SUBMIT, NULL);
    refused(f, ANN, name, STEP_APPROVE, RC_DENIED, "may not"); /* nothing happened */
    step(f, CID, name, STEP_APPROVE, NULL);
    struct audit_search s = {
        .since = INT64_MIN, .when = INT64_MAX, .id = INT64_MAX, .limit = 10};
    OK(&f->m, store_audit_search(f->m.st, &s, &f->m.a, lines, &n, &f->m.err));
    assert_int_equal(n, 3);
    SAME(lines[0].action, "approve");
    SAME(lines[0].person, "Cid");
    SAME(lines[0].origin, "127.0.0.1");
    assert_true(str_eq(lines[0].about, name));
    SAME(lines[2].action, "save");
    s.person = STR("Bob");
    OK(&f->m, store_audit_search(f->m.st, &s, &f->m.a, lines, &n, &f->m.err));
    assert_int_equal(n, 2);
    s.person = (struct str){NULL, 0};
    s.about = STR("other");
    OK(&f->m, store_audit_search(f->m.st, &s, &f->m.a, lines, &n, &f->m.err));
    assert_int_equal(n, 0);
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_saving_is_not_publishing),
        T(test_a_small_change_is_not_an_update),
        T(test_the_same_again_writes_nothing),
        T(test_sent_back_with_a_reason),
        T(test_steps_have_their_states),
        T(test_an_author_may_not_approve),
        T(test_the_checklist_holds),
        cmocka_unit_test(test_every_shortcoming),
        T(test_what_is_offered_is_what_can_be_done),
        T(test_nobody_approves_their_own_text),
        T(test_four_eyes_on_the_way),
        T(test_a_stale_save_is_a_merge),
        T(test_withdrawn_and_back),
        T(test_discarded_and_back),
        T(test_discarded_long_ago),
        T(test_a_copy_is_a_new_draft),
        T(test_a_new_slug_leaves_an_address_behind),
        T(test_slugs_that_come_back),
        T(test_updated_unless_all_was_small),
        T(test_withdrawing_washes_nothing),
        T(test_a_draft_moves_the_item),
        T(test_bad_input_names_the_field),
        T(test_history_and_diff),
        T(test_everything_is_in_the_audit_log),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
