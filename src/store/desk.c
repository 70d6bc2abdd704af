/* store/desk.c - the newsroom's list. */
#include "store/desk.h"

#include "store/query.h"

enum rc
store_desk_set(struct store *st, const struct desk_line *l, struct err *err)
{
    return query_do(st, Q_DESK_SET, err, "iissiiiee", l->item_id, l->section_id, l->lang,
                    str_of(desk_state_word(l->state)), l->changed_at, l->tie,
                    l->author_id, l->author, l->title);
}

enum rc
store_desk_set_state(struct store *st, int64_t item_id, enum desk_state state,
                     int64_t now, struct err *err)
{
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
    return RC_OK;
}

enum rc
store_desk_fill(struct store *st, struct err *err)
{
    return query_do(st, Q_DESK_FILL, err, "");
}

static enum rc
start_walk(struct store *st, const struct desk_walk *w, struct query *q, struct err *err)
{
    struct str state = str_of(desk_state_word(w->state));
    int64_t when = w->from.published_at, tie = w->from.tie, limit = w->limit;
    if (w->section_id != 0)
        return query_start(st, w->is_up ? Q_DESK_BY_SECTION_UP : Q_DESK_BY_SECTION, q,
                           err, "issiii", w->section_id, w->lang, state, when, tie,
                           limit);
    if (w->author_id != 0)
        return query_start(st, w->is_up ? Q_DESK_BY_AUTHOR_UP : Q_DESK_BY_AUTHOR, q, err,
                           "issiii", w->author_id, w->lang, state, when, tie, limit);
    return query_start(st, w->is_up ? Q_DESK_BY_LANG_UP : Q_DESK_BY_LANG, q, err, "ssiii",
                       w->lang, state, when, tie, limit);
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
    l->at = (struct cursor){l->changed_at, l->tie};
}

enum rc
store_desk_walk(struct store *st, const struct desk_walk *w, struct arena *a,
                struct desk_line *out, int *n, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc;
    *n = 0;
    TRY(start_walk(st, w, &q, err));
    while ((rc = query_row(&q, err)) == RC_OK)
        read_line(&q, a, &out[(*n)++]);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}
