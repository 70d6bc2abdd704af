/* news/step.c - the workflow, by the table of steps. */
#include "news/desk_in.h"
#include "store/desk.h"
#include "store/item.h"

#include "base/utf8.h"

/* A step under way. */
struct stepping {
    struct room *r;
    const struct desk_order *o;
    struct shortcomings *shorts;
    struct err *err;
};

/* Saves an item as this step leaves it. */
static enum rc
put(struct stepping *g, struct item *it, struct save save)
{
    enum save_result result;
    save.is_step = true;
    return news_save(&save, it, &result, g->err);
}

/* The newest text in another state. */
static enum rc
put_state(struct stepping *g, enum item_state state, bool is_sent_back)
{
    struct item it = g->r->now.item;
    struct save save = room_save(g->r, g->o->reason);
    it.state = state;
    save.is_sent_back = is_sent_back;
    return put(g, &it, save);
}

static enum rc
submit(struct stepping *g)
{
    return put_state(g, STATE_REVIEW, false);
}

static enum rc
recall(struct stepping *g)
{
    return put_state(g, STATE_DRAFT, false);
}

static enum rc
send_back(struct stepping *g)
{
    return put_state(g, STATE_DRAFT, true);
}

static enum rc
check(struct stepping *g, const struct item *it)
{
    item_check(it, g->r->now.is_untouched, g->shorts);
    if (g->shorts->n == 0)
        return RC_OK;
    const struct shortcoming *s = &g->shorts->all[0];
    if (s->photo > 0)
        return err_field(g->err, shortcoming_name(s->kind), "photo %d: %s", s->photo,
                         shortcoming_text(s->kind));
    return err_field(g->err, shortcoming_name(s->kind), "%s", shortcoming_text(s->kind));
}

static enum rc
approve(struct stepping *g)
{
    struct item it = g->r->now.item;
    struct save save = room_save(g->r, g->o->reason);
    if (it.withdrawn_at != TIME_NONE && it.withdrawn_at <= g->r->d->now)
        return err_set(g->err, RC_CONFLICT, "\"%.*s\" is withdrawn",
                       STR_ARG(it.public_id));
    if (g->o->at != TIME_NONE || it.published_at == TIME_NONE) {
        it.published_at = g->o->at != TIME_NONE ? g->o->at : g->r->d->now;
        it.is_date_only = false;
    }
    TRY(check(g, &it));
    TRY(news_save_free_slug(&save, &it, g->r->a, g->err));
    it.state = STATE_APPROVED;
    it.updated_at = TIME_NONE; /* news_save knows whether readers must be told */
    save.is_approval = true;
    return put(g, &it, save);
}

/* What waits on the desk stays the newest text, by the person who wrote it. */
static enum rc
put_waiting(struct stepping *g, const struct item *changed)
{
    const struct revision *last = &g->r->last;
    struct item it = g->r->now.item;
    enum save_result result;
    if (last->state == STATE_APPROVED)
        return RC_OK;
    struct save save = room_save(g->r, g->r->now.why);
    save.by = last->saved_by;
    save.person_id = last->person_id;
    save.is_step = !last->is_text;
    save.is_sent_back = last->is_sent_back;
    it.withdrawn_at = changed->withdrawn_at;
    it.withdrawn_reason = changed->withdrawn_reason;
    return news_save(&save, &it, &result, g->err);
}

/* The approved text as it is, withdrawn or not. */
static enum rc
put_withdrawn(struct stepping *g, int64_t at, struct str reason)
{
    struct item it = g->r->row;
    it.withdrawn_at = at;
    it.withdrawn_reason = reason;
    struct save save = room_save(g->r, g->o->reason);
    save.based_on = g->r->now.approved; /* what it repeats: this approves nothing */
    TRY(put(g, &it, save));
    return put_waiting(g, &it);
}

static enum rc
withdraw(struct stepping *g)
{
    const struct desk_order *o = g->o;
    if (g->r->now.approved == 0)
        return err_set(g->err, RC_CONFLICT, "\"%.*s\" was never published",
                       STR_ARG(o->name));
    if (g->r->row.withdrawn_at != TIME_NONE)
        return err_set(g->err, RC_CONFLICT, "\"%.*s\" is withdrawn already",
                       STR_ARG(o->name));
    return put_withdrawn(g, o->at != TIME_NONE ? o->at : g->r->d->now, o->reason);
}

static enum rc
reinstate(struct stepping *g)
{
    if (g->r->row.withdrawn_at == TIME_NONE)
        return err_set(g->err, RC_CONFLICT, "\"%.*s\" is not withdrawn",
                       STR_ARG(g->o->name));
    return put_withdrawn(g, TIME_NONE, (struct str){NULL, 0});
}

/* A text that is out stays; what was new is in the history. Else the item leaves the
 * list. */
static enum rc
discard(struct stepping *g)
{
    struct item it = g->r->row;
    if (g->r->now.approved != 0)
        return put(g, &it, room_save(g->r, STR("discarded")));
    return store_desk_set_state(g->r->d->st, it.id, DESK_DISCARDED, g->r->d->now, g->err);
}

static enum rc
undiscard(struct stepping *g)
{
    return store_desk_set_state(g->r->d->st, g->r->row.id,
                                g->r->last.state == STATE_REVIEW ? DESK_REVIEW
                                : g->r->last.is_sent_back        ? DESK_SENT_BACK
                                                                 : DESK_DRAFT,
                                g->r->d->now, g->err);
}

/* ---- the table ---- */

enum {
    D = 1 << DESK_DRAFT,
    R = 1 << DESK_REVIEW,
    A = 1 << DESK_APPROVED,
    B = 1 << DESK_SENT_BACK,
    X = 1 << DESK_DISCARDED
};

static const struct {
    const char *word;
    enum right right;
    unsigned from;
    bool needs_reason;
    enum rc (*run)(struct stepping *g);
} steps[] = {
#define STEP(constant, word, right, from, needs_reason, run) \
    {word, right, from, needs_reason, run},
#include "news/step.def"
#undef STEP
};

const char *
desk_step_word(enum desk_step s)
{
    return steps[s].word;
}

enum right
desk_step_right(enum desk_step s)
{
    return steps[s].right;
}

bool
news_desk_then(const struct exchange *x, enum desk_step *out)
{
    *out = x->item.state == STATE_REVIEW ? STEP_SUBMIT : STEP_APPROVE;
    return x->has_state && x->item.state != STATE_DRAFT;
}

int
desk_step_read(struct str word)
{
    for (int i = 0; i < STEP__MAX; i++)
        if (str_eq_z(word, steps[i].word))
            return i;
    return -1;
}

/* May the actor do this where the item is and where its newest text wants to be? */
static enum rc
may_step(const struct room *r, enum desk_step step, struct err *err)
{
    TRY(room_may(r, steps[step].right, r->now.item.section_id, err));
    return room_may(r, steps[step].right, r->row.section_id, err);
}

/* What more a step asks of an item than its state. */
static bool
fits(const struct room *r, enum desk_step step)
{
    bool is_withdrawn = r->row.withdrawn_at != TIME_NONE;
    return step == STEP_WITHDRAW    ? r->now.approved != 0 && !is_withdrawn
           : step == STEP_REINSTATE ? is_withdrawn
           : step == STEP_APPROVE   ? !is_withdrawn || r->row.withdrawn_at > r->d->now
                                    : true;
}

unsigned
room_steps(const struct room *r)
{
    unsigned all = 0;
    struct err ignored;
    for (int i = 0; i < STEP__MAX; i++)
        if ((steps[i].from & 1U << r->now.state) != 0 && fits(r, (enum desk_step)i) &&
            may_step(r, (enum desk_step)i, &ignored) == RC_OK)
            all |= 1U << i;
    return all;
}

static enum rc
check_reason(struct str reason, struct err *err)
{
    if (reason.n > DESK_REASON_MAX)
        return err_field(err, "reason", "at most %d bytes are allowed", DESK_REASON_MAX);
    if (utf8_check(reason) < reason.n || utf8_find_control(reason) < reason.n)
        return err_field(err, "reason", "holds characters that no text may hold");
    return RC_OK;
}

static enum rc
check_step(struct stepping *g, struct err *err)
{
    const struct desk_order *o = g->o;
    const struct desk_item *now = &g->r->now;
    TRY(may_step(g->r, o->step, err));
    if (o->step == STEP_APPROVE && o->at != TIME_NONE)
        TRY(room_may(g->r, RIGHT_ITEM_SCHEDULE, now->item.section_id, err));
    if (o->version != 0 && o->version != now->version)
        return err_set(err, RC_CONFLICT, "%.*s saved version %lld meanwhile",
                       STR_ARG(now->saved_by), (long long)now->version);
    if ((steps[o->step].from & 1U << now->state) == 0)
        return err_set(
            err, RC_CONFLICT, "\"%.*s\" is %s: %s is not possible", STR_ARG(o->name),
            now->state == DESK_REVIEW ? "in review" : desk_state_word(now->state),
            steps[o->step].word);
    if (steps[o->step].needs_reason && str_trim(o->reason).n == 0)
        return err_field(err, "reason", "%s needs a reason", steps[o->step].word);
    return check_reason(o->reason, err);
}

enum rc
room_step(struct room *r, const struct desk_order *o, struct shortcomings *out,
          struct err *err)
{
    struct stepping g = {.r = r, .o = o, .shorts = out, .err = err};
    out->n = 0;
    TRY(check_step(&g, err));
    return steps[o->step].run(&g);
}

static enum rc
step_in(struct room *r, const struct desk_order *o, struct shortcomings *out,
        struct err *err)
{
    TRY(room_find(r, o->name, err));
    TRY(room_step(r, o, out, err));
    return room_answer(r, o->answer, err);
}

enum rc
news_desk_step(const struct desk *d, const struct desk_order *o, struct shortcomings *out,
               struct err *err)
{
    struct arena a AT_END(arena_done);
    struct room r;
    arena_init(&a);
    out->n = 0;
    TRY(store_write_begin(d->st, err));
    enum rc rc = room_open(&r, d, &a, err);
    if (rc == RC_OK)
        rc = step_in(&r, o, out, err);
    return room_end(d, rc, steps[o->step].word, r.row.public_id, o->reason, true, err);
}
