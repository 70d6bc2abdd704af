/* web/admin/comments.c - what the newsroom says to each other about an item. */
#include "news/together.h"
#include "web/admin/item.h"
#include "web/handlers.h"

enum { COMMENTS_SHOWN = 200, COMMENT_ROWS = 4 };

static const struct form_spec comment_form[] = {
    {"text", FIELD_AREA, S_STAFF_COMMENT, S_STAFF_COMMENT_HINT, COMMENT_MAX, true, NULL,
     COMMENT_ROWS},
};

static void
fill_remark(struct visit *v, const struct item_visit *iv, const struct comment *c,
            struct view_remark *out)
{
    bool is_open = c->resolved_at == TIME_NONE;
    out->head =
        str_fmt(v->a, "%.*s, %.*s, %.*s %lld", STR_ARG(c->author),
                STR_ARG(staff_moment(v, c->at)),
                STR_ARG(staff_word(v, S_STAFF_ON_VERSION)), (long long)c->revision);
    out->text = c->text;
    if (!is_open)
        out->note =
            str_fmt(v->a, "%.*s: %.*s, %.*s", STR_ARG(staff_word(v, S_STAFF_RESOLVED)),
                    STR_ARG(c->resolved_by), STR_ARG(staff_moment(v, c->resolved_at)));
    if (!is_open || !iv->now.may_edit)
        return;
    out->action = item_address(v, iv->now.item.id, "comments/resolve/");
    out->id = str_fmt(v->a, "%lld", (long long)c->id);
    out->button = staff_word(v, S_STAFF_RESOLVE);
    out->named = str_fmt(v->a, "%.*s: %.*s", STR_ARG(out->button), STR_ARG(out->head));
}

static enum rc
show(struct visit *v, const struct item_visit *iv, const struct form *form,
     struct http_response *r, struct err *err)
{
    struct view_staff_frame f = item_frame(v, &iv->now, ITEM_PAGE_COMMENTS);
    struct comment *all = arena_array(v->a, struct comment, COMMENTS_SHOWN);
    struct view_remark *remarks = arena_array(v->a, struct view_remark, COMMENTS_SHOWN);
    struct view_button add = {"do", "1", staff_word(v, S_STAFF_COMMENT_ADD)};
    struct view_form shown = {.action = item_address(v, iv->now.item.id, "comments/"),
                              .fields = form->fields,
                              .n_fields = form->n,
                              .buttons = &add,
                              .n_buttons = 1};
    struct view_block blocks[] = {{.form = &shown}, {.remarks = remarks}};
    int n = 0;
    TRY(news_comment_list(&iv->d, iv->now.item.id, INT64_MAX, COMMENTS_SHOWN, v->a, all,
                          &n, err));
    for (int i = 0; i < n; i++)
        fill_remark(v, iv, &all[i], &remarks[i]);
    blocks[1].n_remarks = n;
    if (n == 0)
        blocks[1].line = staff_word(v, S_STAFF_NO_COMMENTS);
    if (form->n_errors > 0)
        f.problem = staff_word(v, S_STAFF_LOOK_BELOW);
    return staff_page(v, &f, blocks, N_ELEMENTS(blocks), form->n_errors > 0 ? 422 : 200,
                      r, err);
}

enum rc
admin_comments(struct visit *v, struct http_response *r, struct err *err)
{
    struct item_visit iv;
    struct form form;
    TRY(item_open(v, &iv, err));
    form_begin(&form, v, comment_form, N_ELEMENTS(comment_form));
    return show(v, &iv, &form, r, err);
}

enum rc
admin_comment_add(struct visit *v, struct http_response *r, struct err *err)
{
    struct item_visit iv;
    struct form form;
    TRY(item_open(v, &iv, err));
    TRY(form_read(&form, v, comment_form, N_ELEMENTS(comment_form), err));
    if (form.n_errors > 0)
        return show(v, &iv, &form, r, err);
    TRY(news_comment_add(&iv.d, iv.now.item.id, form_value(&form, "text"), err));
    return staff_see_other(v, item_address(v, iv.now.item.id, "comments/"), "commented",
                           r);
}

/* Somebody else may have been faster. */
enum rc
admin_comment_resolve(struct visit *v, struct http_response *r, struct err *err)
{
    struct desk d = staff_desk(v);
    int64_t item = staff_number(v, 0), id = 0;
    if (!str_to_int(http_form_get(&v->staff.form, "id"), 1, INT64_MAX, &id))
        return err_field(err, "id", "no number of a comment");
    enum rc rc = news_comment_resolve(&d, item, id, err);
    if (rc != RC_OK && rc != RC_NOT_FOUND)
        return rc;
    return staff_see_other(v, item_address(v, item, "comments/"), "resolved", r);
}
