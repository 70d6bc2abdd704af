/* store/desk.c - the newsroom's list. */
#include "store/desk.h"

#include "store/query.h"
#include "store/words.h"

enum rc
store_desk_set(struct store *st, const struct desk_line *l, const struct str *tags,
               int n_tags, struct err *err)
{
    TRY(words_drop(st, l->item_id, err));
    TRY(query_do(st, Q_DESK_SET, err, "iissiiiee", l->item_id, l->section_id, l->lang,
                 str_of(desk_state_word(l->state)), l->changed_at, l->tie, l->author_id,
                 l->author, l->title));
    return words_add(st, l, tags, n_tags, err);
}

enum rc
store_desk_set_state(struct store *st, int64_t item_id, enum desk_state state,
                     int64_t now, struct err *err)
{
    TRY(words_move(st, item_id, now, err));
    return query_do(st, Q_DESK_SET_STATE, err, "sii", str_of(desk_state_word(state)), now,
                    item_id);
}

static enum desk_state
read_state(struct query *q, struct arena *a)
{
    int state = desk_state_read(query_str(q, a));
    return state >= 0 ? (enum desk_state)state : DESK_DRAFT;
}

enum rc
store_desk_of_item(struct store *st, int64_t item_id, struct arena *a,
                   struct desk_line *out, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_DESK_OF_ITEM, &q, err, "i", item_id));
    TRY(query_row(&q, err));
    *out = (struct desk_line){.item_id = item_id};
    out->state = read_state(&q, a);
    out->author_id = query_int(&q);
    out->author = query_str(&q, a);
    out->changed_at = query_int(&q);
    out->source_id = query_int(&q);
    out->reflects = query_int(&q);
    out->stale_since = query_time(&q);
    return RC_OK;
}

enum rc
store_desk_fill(struct store *st, struct err *err)
{
    TRY(query_do(st, Q_DESK_FILL, err, ""));
    return words_fill(st, err);
}

/* The statements of the ways, downwards and upwards. */
static const enum query_id walks[DESK_WAY__MAX][2] = {
    [DESK_WAY_LANG] = {Q_DESK_BY_LANG, Q_DESK_BY_LANG_UP},
    [DESK_WAY_SECTION] = {Q_DESK_BY_SECTION, Q_DESK_BY_SECTION_UP},
    [DESK_WAY_AUTHOR] = {Q_DESK_BY_AUTHOR, Q_DESK_BY_AUTHOR_UP},
    [DESK_WAY_WORDS] = {Q_WORDS_LIST, Q_WORDS_LIST_UP},
    [DESK_WAY_TIME] = {Q_DESK_BY_TIME, Q_DESK_BY_TIME_UP},
    [DESK_WAY_SECTION_TIME] = {Q_DESK_BY_SECTION_TIME, Q_DESK_BY_SECTION_TIME_UP},
    [DESK_WAY_GOES_OUT] = {Q_DESK_BY_GOES_OUT, Q_DESK_BY_GOES_OUT_UP},
    [DESK_WAY_WITHDRAWN] = {Q_DESK_BY_WITHDRAWN, Q_DESK_BY_WITHDRAWN_UP},
    [DESK_WAY_ENDS] = {Q_DESK_BY_ENDS_UP, Q_DESK_BY_ENDS_UP},
    [DESK_WAY_STALE] = {Q_DESK_BY_STALE, Q_DESK_BY_STALE_UP},
};

static enum rc
start_walk(struct store *st, const struct desk_walk *w, struct arena *a, struct query *q,
           struct err *err)
{
    enum query_id id = walks[w->way][w->is_up];
    struct str state = str_of(desk_state_word(w->state));
    int64_t when = w->from.published_at, tie = w->from.tie, limit = w->limit;
    switch (w->way) {
    case DESK_WAY_LANG:
        return query_start(st, id, q, err, "ssiii", w->lang, state, when, tie, limit);
    case DESK_WAY_SECTION:
    case DESK_WAY_AUTHOR:
        return query_start(st, id, q, err, "issiii",
                           w->way == DESK_WAY_AUTHOR ? w->author_id : w->section_id,
                           w->lang, state, when, tie, limit);
    case DESK_WAY_WORDS:
        return query_start(st, id, q, err, "siii", words_match(a, w->words, w->tag), when,
                           tie, limit);
    case DESK_WAY_TIME:
        return query_start(st, id, q, err, "siiii", w->lang, when, tie, w->bound, limit);
    case DESK_WAY_SECTION_TIME:
        return query_start(st, id, q, err, "isiiii", w->section_id, w->lang, when, tie,
                           w->bound, limit);
    default:
        return query_start(st, id, q, err, "iii", when, tie, limit);
    }
}

/* What the way is ordered by. */
static struct cursor
place_of(const struct desk_line *l, enum desk_way way)
{
    switch (way) {
    case DESK_WAY_WORDS:
        return (struct cursor){l->changed_at, l->item_id};
    case DESK_WAY_TIME:
    case DESK_WAY_SECTION_TIME:
        return (struct cursor){l->published_at, l->tie};
    case DESK_WAY_GOES_OUT:
        return (struct cursor){l->visible_from, l->tie};
    case DESK_WAY_ENDS:
        return (struct cursor){l->visible_until, l->item_id};
    case DESK_WAY_WITHDRAWN:
        return (struct cursor){l->withdrawn_at, l->tie};
    case DESK_WAY_STALE:
        return (struct cursor){l->stale_since, l->item_id};
    default:
        return (struct cursor){l->changed_at, l->tie};
    }
}

static void
read_line(struct query *q, struct arena *a, struct desk_line *l)
{
    l->item_id = query_int(q);
    l->public_id = query_str(q, a);
    l->section_id = query_int(q);
    l->lang = query_str(q, a);
    l->state = read_state(q, a);
    l->changed_at = query_int(q);
    l->tie = query_int(q);
    l->author_id = query_int(q);
    l->author = query_str(q, a);
    l->title = query_str(q, a);
    l->slug = query_str(q, a);
    l->published_at = query_time(q);
    l->is_date_only = query_int(q) != 0;
    l->visible_from = query_int(q);
    l->visible_until = query_int(q);
    l->withdrawn_at = query_time(q);
    l->stale_since = query_time(q);
}

enum rc
store_desk_walk(struct store *st, const struct desk_walk *w, struct arena *a,
                struct desk_line *out, int *n, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc;
    *n = 0;
    TRY(start_walk(st, w, a, &q, err));
    while ((rc = query_row(&q, err)) == RC_OK) {
        read_line(&q, a, &out[*n]);
        out[*n].at = place_of(&out[*n], w->way);
        ++*n;
    }
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}
