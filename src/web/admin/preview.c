/* web/admin/preview.c - addresses at which people outside see what is not out yet. */
#include "news/together.h"
#include "web/admin/item.h"
#include "web/handlers.h"

enum { LINK_COLUMNS = 6, OPENING_COLUMNS = 3 };

/* ---- the list ---- */

static const struct {
    const char *hours;
    enum tpl_string name;
} times[] = {
    {"48", S_STAFF_SHARE_2_DAYS},
    {"24", S_STAFF_SHARE_1_DAY},
    {"168", S_STAFF_SHARE_7_DAYS},
    {"720", S_STAFF_SHARE_30_DAYS},
};

static const struct form_spec link_form[] = {
    {"revision", FIELD_CHOICE, S_STAFF_SHARE_WHICH, S_STAFF_SHARE_WHICH_HINT, 20, true,
     NULL, 0},
    {"hours", FIELD_CHOICE, S_STAFF_SHARE_TIME, S__MAX, 4, true, NULL, 0},
};

static struct str
version_name(struct visit *v, int64_t revision)
{
    return revision == 0
               ? staff_word(v, S_STAFF_SHARE_NEWEST)
               : str_fmt(v->a, "%.*s %lld", STR_ARG(staff_word(v, S_STAFF_REVISION)),
                         (long long)revision);
}

static void
offer(struct visit *v, const struct desk_item *it, struct form *form)
{
    struct view_option *which = arena_array(v->a, struct view_option, 2);
    struct view_option *how_long =
        arena_array(v->a, struct view_option, (int)N_ELEMENTS(times));
    which[0] = (struct view_option){STR("0"), version_name(v, 0)};
    which[1] = (struct view_option){str_fmt(v->a, "%lld", (long long)it->version),
                                    version_name(v, it->version)};
    for (size_t i = 0; i < N_ELEMENTS(times); i++)
        how_long[i] =
            (struct view_option){str_of(times[i].hours), staff_word(v, times[i].name)};
    form_options(form, "revision", which, 2);
    form_options(form, "hours", how_long, (int)N_ELEMENTS(times));
}

static struct str
state_of(struct visit *v, const struct preview_link *l)
{
    if (l->revoked_at != TIME_NONE)
        return str_fmt(v->a, "%.*s: %.*s, %.*s",
                       STR_ARG(staff_word(v, S_STAFF_SHARE_REVOKED)),
                       STR_ARG(l->revoked_by), STR_ARG(staff_moment(v, l->revoked_at)));
    return str_fmt(v->a, "%.*s %.*s",
                   STR_ARG(staff_word(v, l->expires_at <= v->now ? S_STAFF_SHARE_OVER
                                                                 : S_STAFF_SHARE_UNTIL)),
                   STR_ARG(staff_moment(v, l->expires_at)));
}

static void
fill_link(struct visit *v, const struct preview_link *l, struct view_cell *row)
{
    row[0].text = str_fmt(v->a, "%lld", (long long)l->id);
    row[1].text = version_name(v, l->revision);
    row[2].text = str_fmt(v->a, "%.*s, %.*s", STR_ARG(l->made_by),
                          STR_ARG(staff_moment(v, l->made_at)));
    row[3].text = state_of(v, l);
    row[4].text = str_fmt(v->a, "%lld", (long long)l->n_opened);
    if (l->revoked_at != TIME_NONE || l->expires_at <= v->now)
        return;
    row[5].text = staff_word(v, S_STAFF_SHARE_REVOKE);
    row[5].action = item_address(v, l->item_id, "preview-links/revoke/");
    row[5].id = row[0].text;
    row[5].named =
        str_fmt(v->a, "%.*s: %.*s", STR_ARG(row[5].text), STR_ARG(row[0].text));
}

static struct view_table
link_table(struct visit *v, const struct preview_list *list)
{
    static const enum tpl_string names[LINK_COLUMNS] = {
        S_STAFF_SHARE_LINK, S_STAFF_SHARE_WHICH,  S_STAFF_SHARE_MADE,
        S_STAFF_STATE,      S_STAFF_SHARE_OPENED, S_STAFF_SHARE_REVOKE};
    struct view_cell *cells =
        arena_array(v->a, struct view_cell, list->n_links * LINK_COLUMNS + 1);
    struct str *columns = arena_array(v->a, struct str, LINK_COLUMNS);
    for (int i = 0; i < LINK_COLUMNS; i++)
        columns[i] = staff_word(v, names[i]);
    for (int i = 0; i < list->n_links; i++)
        fill_link(v, &list->links[i], &cells[i * LINK_COLUMNS]);
    return (struct view_table){.name = staff_word(v, S_STAFF_SHARE_LINKS),
                               .columns = columns,
                               .n_columns = LINK_COLUMNS,
                               .cells = cells,
                               .n_rows = list->n_links,
                               .empty = staff_word(v, S_STAFF_SHARE_NONE)};
}

static struct view_table
opening_table(struct visit *v, const struct preview_list *list)
{
    struct view_cell *cells =
        arena_array(v->a, struct view_cell, list->n_openings * OPENING_COLUMNS + 1);
    struct str *columns = arena_array(v->a, struct str, OPENING_COLUMNS);
    columns[0] = staff_word(v, S_STAFF_SHARE_WHEN);
    columns[1] = staff_word(v, S_STAFF_SHARE_LINK);
    columns[2] = staff_word(v, S_STAFF_SHARE_ADDRESS);
    for (int i = 0; i < list->n_openings; i++) {
        const struct preview_opening *o = &list->openings[i];
        struct view_cell *row = &cells[i * OPENING_COLUMNS];
        row[0].text = staff_moment(v, o->at);
        row[1].text = str_fmt(v->a, "%lld", (long long)o->link_id);
        row[2].text = o->address;
    }
    return (struct view_table){.name = staff_word(v, S_STAFF_SHARE_OPENINGS),
                               .columns = columns,
                               .n_columns = OPENING_COLUMNS,
                               .cells = cells,
                               .n_rows = list->n_openings,
                               .empty = staff_word(v, S_STAFF_SHARE_NOT_OPENED)};
}

/* token: of the one just made, which is seen this once; absent: none. */
static enum rc
show(struct visit *v, const struct item_visit *iv, const struct form *form,
     struct str token, struct http_response *r, struct err *err)
{
    struct view_staff_frame f = item_frame(v, &iv->now, ITEM_PAGE_PREVIEW_LINKS);
    struct preview_list *list = arena_alloc(v->a, sizeof *list);
    struct str address = str_fmt(v->a, "%.*s/admin/preview/%.*s/",
                                 STR_ARG(v->w->site.url), STR_ARG(token));
    struct view_button make = {"do", "1", staff_word(v, S_STAFF_SHARE_MAKE)};
    struct view_form shown = {.action =
                                  item_address(v, iv->now.item.id, "preview-links/"),
                              .fields = form->fields,
                              .n_fields = form->n,
                              .buttons = &make,
                              .n_buttons = 1};
    TRY(news_preview_list(&iv->d, iv->now.item.id, v->a, list, err));
    struct view_table links = link_table(v, list), openings = opening_table(v, list);
    struct view_block blocks[] = {
        {.line = staff_word(v, token.n > 0 ? S_STAFF_SHARE_COPY : S_STAFF_SHARE_TEXT),
         .codes = &address,
         .n_codes = token.n > 0 ? 1 : 0},
        {.form = &shown},
        {.heading = links.name, .table = &links},
        {.heading = openings.name, .table = &openings},
    };
    if (form->n_errors > 0)
        f.problem = staff_word(v, S_STAFF_LOOK_BELOW);
    return staff_page(v, &f, blocks, N_ELEMENTS(blocks), form->n_errors > 0 ? 422 : 200,
                      r, err);
}

enum rc
admin_preview_links(struct visit *v, struct http_response *r, struct err *err)
{
    struct item_visit iv;
    struct form form;
    TRY(item_open(v, &iv, err));
    form_begin(&form, v, link_form, N_ELEMENTS(link_form));
    offer(v, &iv.now, &form);
    return show(v, &iv, &form, (struct str){NULL, 0}, r, err);
}

enum rc
admin_preview_make(struct visit *v, struct http_response *r, struct err *err)
{
    struct item_visit iv;
    struct form form;
    struct str token = {NULL, 0};
    int64_t revision = 0, hours = 0;
    TRY(item_open(v, &iv, err));
    TRY(form_read(&form, v, link_form, N_ELEMENTS(link_form), err));
    offer(v, &iv.now, &form);
    form_check_choices(&form);
    if (form.n_errors > 0 ||
        !str_to_int(form_value(&form, "revision"), 0, INT64_MAX, &revision) ||
        !str_to_int(form_value(&form, "hours"), 1, INT32_MAX, &hours))
        return show(v, &iv, &form, token, r, err);
    TRY(news_preview_make(&iv.d, iv.now.item.id, revision, v->now + hours * TIME_HOUR_S,
                          v->a, &token, err));
    return show(v, &iv, &form, token, r, err);
}

enum rc
admin_preview_revoke(struct visit *v, struct http_response *r, struct err *err)
{
    struct desk d = staff_desk(v);
    int64_t item = staff_number(v, 0), id = 0;
    if (!str_to_int(http_form_get(&v->staff.form, "id"), 1, INT64_MAX, &id))
        return err_field(err, "id", "no number of a link");
    enum rc rc = news_preview_revoke(&d, item, id, err);
    if (rc != RC_OK && rc != RC_NOT_FOUND) /* somebody else may have been faster */
        return rc;
    return staff_see_other(v, item_address(v, item, "preview-links/"), "revoked", r);
}

/* ---- looking ---- */

/* The item that the link in the path shows. When there is none any more, that is what is
 * answered, and r->status set. */
static enum rc
open_link(struct visit *v, bool is_counted, struct desk_item *out,
          struct http_response *r, struct err *err)
{
    struct actor outside = {.name = STR("preview link"), .origin = v->req.remote_addr};
    struct desk d = {v->w->st, &v->w->site, &outside, v->now};
    http_response_header(r, STR("Referrer-Policy"), STR("no-referrer"));
    http_response_header(r, STR("X-Robots-Tag"), STR("noindex, nofollow"));
    enum rc rc = news_preview_open(&d, v->match.words[0], is_counted, v->a, out, err);
    if (rc == RC_CONFLICT)
        return staff_message(v, 410, S_STAFF_SHARE_GONE_TITLE,
                             staff_word(v, S_STAFF_SHARE_GONE_TEXT), r, err);
    return rc;
}

enum rc
admin_preview(struct visit *v, struct http_response *r, struct err *err)
{
    struct desk_item it;
    struct str photos = str_fmt(v->a, "/admin/preview/%.*s", STR_ARG(v->match.words[0]));
    TRY(open_link(v, v->req.method == HTTP_GET, &it, r, err));
    if (r->status != 0)
        return RC_OK;
    return item_show_preview(v, &(struct item_shown){&it.item, NULL, photos}, r, err);
}

enum rc
admin_preview_photo(struct visit *v, struct http_response *r, struct err *err)
{
    struct desk_item it;
    TRY(open_link(v, false, &it, r, err));
    return r->status != 0 ? RC_OK : item_show_photo(v, &it.item, r, err);
}
