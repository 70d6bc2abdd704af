/* web/admin/item_merge.c - somebody saved meanwhile: both texts, and the two joined. */
#include "news/diff.h"
#include "web/admin/item.h"
#include "web/admin/item_form.h"
#include "web/admin/item_photos.h"
#include "web/admin/working.h"

/* The fields in which one state differs from what both began from. */
static enum rc
compare(struct visit *v, const struct item_field *old, const struct item_field *new,
        struct view_compared *out, int *n, struct err *err)
{
    *n = 0;
    for (int i = 0; i < MERGE_FIELDS; i++) {
        struct diff diff;
        if (str_eq(old[i].text, new[i].text))
            continue;
        TRY(news_diff(old[i].text, new[i].text, v->a, &diff, err));
        out[(*n)++] = item_compared(v, old[i].name, &diff);
    }
    return RC_OK;
}

static struct str
text_of(const struct item_field *fields, const char *name)
{
    int i = 0;
    while (strcmp(fields[i].name, name) != 0)
        i++;
    return fields[i].text;
}

/* Says at a field that both changed what the other one made of it. */
static void
note_conflict(struct visit *v, const struct merge *m, const char *name, struct form *form)
{
    bool is_marked = strcmp(name, "lead") == 0 || strcmp(name, "body") == 0;
    if (!form_has(form, name))
        return;
    if (is_marked)
        form_error(form, name, S_STAFF_MERGE_MARKED);
    else if (strcmp(name, "photos") == 0)
        form_error(form, name, S_USE_MERGE);
    else
        form_error_text(form, name,
                        str_fmt(v->a, "%.*s %.*s",
                                STR_ARG(staff_word(v, S_STAFF_MERGE_THEIRS)),
                                STR_ARG(text_of(m->their_fields, name))));
}

static void
fill_form(struct visit *v, const struct merge *m, const struct item_notes *notes,
          const struct desk_saved *newest, struct form *form)
{
    item_form_show(v, &m->merged, newest->version, form);
    form_set(form, "minor", notes->is_minor ? STR("1") : STR(""));
    form_set(form, "why", notes->why);
    form_set(form, "draft", notes->draft);
    for (int i = 0; i < m->n_conflicts; i++)
        note_conflict(v, m, m->conflicts[i], form);
}

enum rc
item_show_merge(struct visit *v, const struct desk_item *now, const struct item_merge *x,
                struct http_response *r, struct err *err)
{
    struct view_staff_frame f = item_frame(v, now, ITEM_PAGE_EDIT);
    struct view_compared theirs[MERGE_FIELDS], yours[MERGE_FIELDS];
    struct view_button save = {"do", "save", staff_word(v, S_STAFF_SAVE_JOINED)};
    struct view_together together;
    struct form form;
    int n_theirs = 0, n_yours = 0;
    const struct merge *m = x->merge;
    TRY(compare(v, m->base_fields, m->their_fields, theirs, &n_theirs, err));
    TRY(compare(v, m->base_fields, m->my_fields, yours, &n_yours, err));
    TRY(working_together(v, now->item.id, &together, err));
    TRY(visit_data(v, err));
    fill_form(v, m, x->notes, x->newest, &form);
    TRY(item_photos_complete(v, &now->item, &form, err));
    struct view_form shown = {.action = item_address(v, now->item.id, ""),
                              .fields = form.fields,
                              .n_fields = form.n,
                              .buttons = &save,
                              .n_buttons = 1,
                              .cancel = item_address(v, now->item.id, "")};
    struct view_block blocks[] = {
        {.line = staff_word(v, S_STAFF_MERGE_TEXT)},
        {.heading = staff_word(v, S_STAFF_MERGE_JOINED),
         .together = &together,
         .form = &shown},
        {.heading = staff_word(v, S_STAFF_MERGE_THEY),
         .line = now->saved_by,
         .compared = theirs,
         .n_compared = n_theirs},
        {.heading = staff_word(v, S_STAFF_MERGE_YOU),
         .compared = yours,
         .n_compared = n_yours},
    };
    f.problem = staff_word(v, S_STAFF_MERGE_TITLE);
    return staff_page(v, &f, blocks, N_ELEMENTS(blocks), 409, r, err);
}
