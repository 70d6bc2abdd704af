/* news/export.c - items to lines. */
#include "news/export.h"

#include "news/exchange.h"
#include "news/item.h"
#include "store/correction.h"
#include "store/item.h"
#include "store/section.h"

enum { BATCH = 500 };

static enum rc
export_item(struct store *st, const struct sections *sections, int64_t id,
            const struct export_hooks *hooks, struct err *err)
{
    struct arena a AT_END(arena_done);
    struct item it;
    struct corrections corrections;
    arena_init(&a);
    TRY(news_item_read(st, id, &a, &it, err));
    const struct section *section = sections_by_id(sections, it.section_id);
    if (section == NULL)
        return err_set(err, RC_FAILED, "item %lld has no section", (long long)id);
    for (int i = 0; hooks->photo != NULL && i < it.n_photos; i++)
        TRY(hooks->photo(hooks->ctx, &it.photos[i], err));
    TRY(store_correction_of_item(st, id, &a, &corrections, err));
    struct str line = exchange_write_corrected(&it, section->slug, &corrections, &a);
    return hooks->line(hooks->ctx, str_fmt(&a, "%.*s\n", STR_ARG(line)), err);
}

static enum rc
export_all(struct store *st, const struct sections *sections,
           const struct export_hooks *hooks, int64_t *n_items, struct err *err)
{
    int64_t ids[BATCH], last = 0;
    int n = 0;
    do {
        TRY(store_item_ids(st, last, BATCH, ids, &n, err));
        for (int i = 0; i < n; i++)
            TRY(export_item(st, sections, ids[i], hooks, err));
        *n_items += n;
        last = n > 0 ? ids[n - 1] : last;
        if (hooks->progress != NULL)
            hooks->progress(hooks->ctx, *n_items);
    } while (n == BATCH);
    return RC_OK;
}

enum rc
news_export(struct store *st, const struct site *site, const struct export_hooks *hooks,
            int64_t *n_items, struct err *err)
{
    struct arena a AT_END(arena_done);
    struct sections sections;
    arena_init(&a);
    *n_items = 0;
    TRY(store_read_begin(st, err));
    enum rc rc = store_section_all(st, site, &a, &sections, err);
    if (rc == RC_OK)
        rc = export_all(st, &sections, hooks, n_items, err);
    store_read_end(st);
    return rc;
}
