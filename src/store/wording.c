/* store/wording.c - words of the public site that the newsroom changed. */
#include "store/wording.h"

#include "store/query.h"

enum { FIRST = 16 };

/* Makes room for one more. */
static void
grow(struct arena *a, struct wordings *w)
{
    if (w->n < FIRST || (w->n & (w->n - 1)) != 0)
        return;
    struct wording *more = arena_array(a, struct wording, w->n * 2);
    memcpy(more, w->all, (size_t)w->n * sizeof *more);
    w->all = more;
}

enum rc
store_wording_all(struct store *st, struct arena *a, struct wordings *out,
                  struct err *err)
{
    struct query q AT_END(query_end) = {0};
    enum rc rc;
    *out = (struct wordings){arena_array(a, struct wording, FIRST), 0};
    TRY(query_start(st, Q_WORDING_ALL, &q, err, ""));
    while (out->n < WORDINGS_MAX && (rc = query_row(&q, err)) != RC_NOT_FOUND) {
        TRY(rc);
        grow(a, out);
        struct wording *w = &out->all[out->n++];
        w->lang = query_str(&q, a);
        w->key = query_str(&q, a);
        w->text = query_str(&q, a);
    }
    return RC_OK;
}

enum rc
store_wording_set(struct store *st, const struct wording *w, struct err *err)
{
    return query_do(st, Q_WORDING_SET, err, "sss", w->lang, w->key, w->text);
}

enum rc
store_wording_drop(struct store *st, struct str lang, struct str key, struct err *err)
{
    struct query q AT_END(query_end) = {0};
    TRY(query_start(st, Q_WORDING_DROP, &q, err, "ss", lang, key));
    return query_row(&q, err);
}
