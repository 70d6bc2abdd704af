/* web/admin/photo_page.c - a photo of the library: what is said of it, where it is used,
 * taking it off the site, what happened to it. */
#include "media/found.h"
#include "news/audit.h"
#include "news/rendition.h"
#include "web/admin/photo.h"
#include "web/admin/photo_form.h"
#include "web/handlers.h"

enum { HISTORY_LINES = 50, HISTORY_COLUMNS = 4, USES = 100, USE_COLUMNS = 4, CROPS = 3 };

/* The page while it is put together. */
struct page {
    struct visit *v;
    struct desk d;
    struct library_photo p;   /* as it is */
    struct library_line line; /* the same, as the library lists it */
    struct form form;         /* its texts */
    struct form taking;       /* taking it off the site: the reason */
    struct str problem;       /* absent: none, or it stands at the fields */
    int status;               /* 0: by whether fields are wrong */
};

static const struct form_spec reason_form[] = {
    {"reason", FIELD_AREA, S_LIBRARY_REASON, S_LIBRARY_REASON_HINT, DESK_REASON_MAX, true,
     NULL, 2},
};

static enum rc
open_page(struct visit *v, struct page *e, struct err *err)
{
    int64_t id = staff_number(v, 0);
    *e = (struct page){.v = v};
    TRY(visit_data(v, err));
    e->d = staff_desk(v);
    TRY(news_library_line(&e->d, id, v->a, &e->line, err));
    TRY(news_photo(&e->d, id, v->a, &e->p, err));
    form_begin(&e->taking, v, reason_form, N_ELEMENTS(reason_form));
    return RC_OK;
}

/* ---- what is shown of it ---- */

/* "12.3 MB", "840 KB". */
static struct str
bytes_text(struct visit *v, int64_t n)
{
    return n < 1000000 ? str_fmt(v->a, "%lld KB", (long long)((n + 999) / 1000))
                       : str_fmt(v->a, "%lld.%lld MB", (long long)(n / 1000000),
                                 (long long)(n / 100000 % 10));
}

/* "DSC_0042.jpg · 6000 × 4000 · 12.3 MB · Anna, 31.03.2026 10:30". */
static struct str
summary(const struct page *e)
{
    struct visit *v = e->v;
    const struct library_photo *p = &e->p;
    struct str text = str_fmt(v->a, "%.*s%s%d × %d · %.*s", STR_ARG(p->file_name),
                              p->file_name.n > 0 ? " · " : "", p->photo.width_px,
                              p->photo.height_px, STR_ARG(bytes_text(v, p->photo.bytes)));
    if (p->added_at == 0)
        return text;
    return str_fmt(v->a, "%.*s · %.*s%s%.*s", STR_ARG(text), STR_ARG(p->added_by),
                   p->added_by.n > 0 ? ", " : "", STR_ARG(staff_moment(v, p->added_at)));
}

/* How far what is given out of it is; empty when all is there. */
static enum rc
progress_text(const struct page *e, struct str *out, struct err *err)
{
    static const enum tpl_string words[] = {
        [RENDITION_WAITING] = S_LIBRARY_FILES_WAIT,
        [RENDITION_BEING_MADE] = S_LIBRARY_FILES_MADE,
        [RENDITION_FAILED] = S_LIBRARY_FILES_FAILED,
    };
    struct visit *v = e->v;
    struct rendition_progress now;
    *out = (struct str){NULL, 0};
    TRY(news_photo_progress(v->w->st, e->p.id, v->now, v->a, &now, err));
    if (now.state == RENDITION_READY)
        return RC_OK;
    *out = staff_word(v, words[now.state]);
    if (now.state == RENDITION_FAILED)
        *out = str_fmt(v->a, "%.*s %.*s (%.*s)", STR_ARG(*out),
                       STR_ARG(staff_moment(v, now.again_at)), STR_ARG(now.why));
    return RC_OK;
}

/* What it is, what is to be said of it, and the way to the next that nobody has looked
 * at yet. */
static enum rc
head_block(const struct page *e, struct view_block *out, struct err *err)
{
    struct visit *v = e->v;
    struct library_filter asked = {.state = LIBRARY_TO_CONFIRM};
    struct library_page page;
    struct str making;
    TRY(progress_text(e, &making, err));
    *out = (struct view_block){.line = summary(e), .line2 = photo_notes(v, &e->line)};
    if (making.n > 0)
        out->line2 = str_fmt(v->a, "%.*s%s%.*s", STR_ARG(out->line2),
                             out->line2.n > 0 ? " · " : "", STR_ARG(making));
    TRY(news_library_list(&e->d, &asked, 2, v->a, &page, err));
    for (int i = 0; i < page.n && out->n_links == 0; i++) {
        if (page.all[i].id == e->p.id)
            continue;
        struct view_link *link = arena_alloc(v->a, sizeof *link);
        *link = (struct view_link){photo_address(v, page.all[i].id, ""),
                                   staff_word(v, S_LIBRARY_AFTER)};
        out->links = link;
        out->n_links = 1;
    }
    return RC_OK;
}

/* All of the photo with its focal point, and the parts that are cut out around it. */
static struct view_block
picture_block(const struct page *e)
{
    static const struct {
        enum rendition_shape shape;
        enum tpl_string name;
        int ratio_x, ratio_y;
    } parts[CROPS] = {
        {RENDITION_WHOLE, S_LIBRARY_FOCAL, 0, 0},
        {RENDITION_CARD, S_LIBRARY_CROP_CARD, 3, 2},
        {RENDITION_SHARE, S_LIBRARY_CROP_SHARE, 1200, 630},
    };
    struct visit *v = e->v;
    const struct library_line *l = &e->line;
    struct view_crop crops[CROPS];
    struct rendition_size size;
    struct str focal = e->p.photo.focal, picture;
    if (!l->has_files)
        return (struct view_block){.line = {NULL, 0}};
    picture = photo_picture(v, l, RENDITION_WHOLE, &size);
    for (int i = 0; i < CROPS; i++) {
        struct rendition_box b =
            rendition_box(parts[i].shape, l->width_px, l->height_px, focal);
        crops[i] = (struct view_crop){.name = staff_word(v, parts[i].name),
                                      .picture = picture,
                                      .width_px = l->width_px,
                                      .height_px = l->height_px,
                                      .left = b.left,
                                      .top = b.top,
                                      .part_width_px = b.width_px,
                                      .part_height_px = b.height_px,
                                      .ratio_x = parts[i].ratio_x,
                                      .ratio_y = parts[i].ratio_y};
    }
    crops[0].has_focal = true;
    crops[0].focal = focal;
    return (struct view_block){.picture = view_crops(v->a, crops, CROPS)};
}

/* What the file says besides its texts: how old ones were read, and that it says where
 * it was taken, which is given out to nobody. */
static struct str
found_line(const struct page *e)
{
    static const enum tpl_string charsets[CHARSET__MAX] = {
        [CHARSET_WINDOWS_1251] = S_LIBRARY_CHARSET_1251,
        [CHARSET_LATIN_1] = S_LIBRARY_CHARSET_LATIN_1,
    };
    struct visit *v = e->v;
    struct media_found_words found;
    struct err err;
    struct str line = {NULL, 0};
    if (media_found_read(e->p.found, v->a, &found, &err) != RC_OK)
        return line;
    if (found.iim_charset == CHARSET_WINDOWS_1251 || found.iim_charset == CHARSET_LATIN_1)
        line = staff_word(v, charsets[found.iim_charset]);
    if (found.has_location)
        line = str_fmt(v->a, "%.*s%s%.*s", STR_ARG(line), line.n > 0 ? " " : "",
                       STR_ARG(staff_word(v, S_LIBRARY_HAS_LOCATION)));
    return line;
}

static struct view_form
texts_form(const struct page *e)
{
    struct visit *v = e->v;
    struct view_button *save = arena_alloc(v->a, sizeof *save);
    bool is_new = e->p.confirmed_at == TIME_NONE;
    *save = (struct view_button){
        "do", "save", staff_word(v, is_new ? S_LIBRARY_CONFIRM : S_STAFF_SAVE)};
    return (struct view_form){.action = photo_address(v, e->p.id, ""),
                              .fields = e->form.fields,
                              .n_fields = e->form.n,
                              .buttons = save,
                              .n_buttons = 1,
                              .is_pressed_first = true,
                              .keys = staff_word(v, S_LIBRARY_KEYS)};
}

/* The texts, for whoever may not change them. */
static struct view_block
said_block(const struct page *e)
{
    struct visit *v = e->v;
    struct view_table *t = arena_alloc(v->a, sizeof *t);
    struct view_cell *cells = arena_array(v->a, struct view_cell, e->form.n * 2);
    struct str *columns = arena_array(v->a, struct str, 2);
    columns[0] = staff_word(v, S_LIBRARY_FIELD);
    columns[1] = staff_word(v, S_LIBRARY_SAID);
    *t = (struct view_table){.name = staff_word(v, S_LIBRARY_SAID),
                             .columns = columns,
                             .n_columns = 2,
                             .cells = cells,
                             .empty = staff_word(v, S_LIST_EMPTY)};
    for (int i = 0; i < e->form.n; i++) {
        const struct view_field *f = &e->form.fields[i];
        if (f->kind == FIELD_HIDDEN || f->kind == FIELD_CHECK || f->value.n == 0)
            continue;
        cells[t->n_rows * 2].text = f->label;
        cells[t->n_rows++ * 2 + 1].text = f->value;
    }
    return (struct view_block){.line = staff_word(v, S_LIBRARY_NOT_YOURS), .table = t};
}

/* ---- its files ---- */

static struct view_block
files_block(const struct page *e)
{
    struct visit *v = e->v;
    struct view_link *links = arena_array(v->a, struct view_link, 2);
    links[0] = (struct view_link){photo_address(v, e->p.id, "edited/"),
                                  staff_word(v, S_LIBRARY_EDITED)};
    links[1] = (struct view_link){photo_address(v, e->p.id, "original/"),
                                  staff_word(v, S_LIBRARY_ORIGINAL)};
    return (struct view_block){
        .heading = staff_word(v, S_LIBRARY_FILES), .links = links, .n_links = 2};
}

/* ---- where it is used ---- */

static struct str
use_state(const struct page *e, const struct photo_use *u)
{
    int64_t now = e->v->now;
    enum tpl_string state = u->position == 0          ? S_STAFF_STATE_DRAFT
                            : u->visible_until <= now ? S_LIST_ENDED
                            : u->visible_from > now   ? S_LIST_SCHEDULED
                                                      : S_LIST_OUT;
    return staff_word(e->v, state);
}

static void
fill_use(const struct page *e, const struct photo_use *u, struct view_cell *row)
{
    struct visit *v = e->v;
    row[1].text = use_state(e, u);
    if (u->item.id == 0) {
        row[0].text = staff_word(v, S_LIBRARY_USE_OTHERS);
        return;
    }
    row[0].text = u->item.title.n > 0 ? u->item.title : staff_word(v, S_LIST_NO_TITLE);
    row[0].url = str_fmt(v->a, "/admin/items/%lld/", (long long)u->item.id);
    row[2].text = u->has_own_credit ? u->credit : staff_word(v, S_LIBRARY_USE_FOLLOWS);
    if (u->ends_at != TIME_NONE)
        row[3].text = staff_moment(v, u->ends_at);
}

static enum rc
uses_block(const struct page *e, struct view_block *out, struct err *err)
{
    static const enum tpl_string names[USE_COLUMNS] = {
        S_LIST_TITLE, S_STAFF_STATE, S_LIBRARY_USE_CREDIT, S_LIBRARY_ENDS};
    struct visit *v = e->v;
    struct photo_uses uses;
    TRY(news_photo_uses(&e->d, e->p.id, USES, v->a, &uses, err));
    struct view_table *t = arena_alloc(v->a, sizeof *t);
    struct view_cell *cells =
        arena_array(v->a, struct view_cell, uses.n * USE_COLUMNS + 1);
    struct str *columns = arena_array(v->a, struct str, USE_COLUMNS);
    for (int i = 0; i < USE_COLUMNS; i++)
        columns[i] = staff_word(v, names[i]);
    for (int i = 0; i < uses.n; i++)
        fill_use(e, &uses.all[i], &cells[i * USE_COLUMNS]);
    *t = (struct view_table){.name = staff_word(v, S_LIBRARY_USES),
                             .columns = columns,
                             .n_columns = USE_COLUMNS,
                             .cells = cells,
                             .n_rows = uses.n,
                             .empty = staff_word(v, S_LIBRARY_USE_NONE)};
    *out = (struct view_block){.heading = t->name, .table = t};
    return RC_OK;
}

/* ---- taking it off the site ---- */

/* The form that takes it off, or the button that puts it back and why it is off. */
static struct view_block
site_block(const struct page *e)
{
    struct visit *v = e->v;
    bool is_off = e->p.withdrawn_at != TIME_NONE;
    struct view_form *form = arena_alloc(v->a, sizeof *form);
    struct view_button *button = arena_alloc(v->a, sizeof *button);
    *button = (struct view_button){
        "do", "1", staff_word(v, is_off ? S_LIBRARY_REINSTATE : S_LIBRARY_WITHDRAW)};
    *form = (struct view_form){
        .action = photo_address(v, e->p.id, is_off ? "reinstate/" : "withdraw/"),
        .fields = e->taking.fields,
        .n_fields = is_off ? 0 : e->taking.n,
        .buttons = button,
        .n_buttons = 1,
        .is_quiet = true};
    struct view_block b = {.heading = staff_word(v, S_LIBRARY_WITHDRAW),
                           .line = staff_word(v, S_LIBRARY_WITHDRAW_TEXT),
                           .form = form};
    if (is_off) {
        b.heading = staff_word(v, S_LIBRARY_WITHDRAWN);
        b.line = str_fmt(v->a, "%.*s: %.*s", STR_ARG(staff_moment(v, e->p.withdrawn_at)),
                         STR_ARG(e->p.withdrawn_reason));
    }
    return b;
}

/* ---- what happened to it ---- */

static enum rc
history_block(const struct page *e, struct view_block *out, struct err *err)
{
    static const enum tpl_string names[HISTORY_COLUMNS] = {S_AUDIT_WHEN, S_AUDIT_WHO,
                                                           S_AUDIT_WHAT, S_AUDIT_DETAIL};
    struct visit *v = e->v;
    struct audit_filter f = {
        .about = e->p.photo.sha256, .since = INT64_MIN, .until = INT64_MAX};
    struct audit_entries found = {0};
    TRY(news_audit(v->w->st, NULL, &f, HISTORY_LINES, v->a, &found, err));
    struct view_table *t = arena_alloc(v->a, sizeof *t);
    struct view_cell *cells =
        arena_array(v->a, struct view_cell, found.n * HISTORY_COLUMNS + 1);
    struct str *columns = arena_array(v->a, struct str, HISTORY_COLUMNS);
    for (int i = 0; i < HISTORY_COLUMNS; i++)
        columns[i] = staff_word(v, names[i]);
    for (int i = 0; i < found.n; i++) {
        const struct audit_line *l = &found.all[i].line;
        struct view_cell *row = &cells[i * HISTORY_COLUMNS];
        row[0].text = staff_moment(v, l->at);
        row[1].text = l->person;
        row[2].text = staff_action(v, l->action);
        row[3].text = l->detail;
    }
    *t = (struct view_table){.name = staff_word(v, S_LIBRARY_HISTORY),
                             .columns = columns,
                             .n_columns = HISTORY_COLUMNS,
                             .cells = cells,
                             .n_rows = found.n,
                             .empty = staff_word(v, S_AUDIT_EMPTY)};
    *out = (struct view_block){.heading = t->name, .table = t};
    return RC_OK;
}

/* ---- the page ---- */

static enum rc
show(struct page *e, struct http_response *r, struct err *err)
{
    struct visit *v = e->v;
    struct view_staff_frame f = staff_frame(v, S_LIBRARY_PHOTO, PLACE_PHOTOS);
    struct view_form texts = texts_form(e);
    struct view_block blocks[8];
    struct err no;
    int n = 0, n_errors = e->form.n_errors + e->taking.n_errors;
    bool may_edit = news_photo_may_edit(&e->d, &e->p, &no) == RC_OK;
    bool may_withdraw = right_is_possible(&v->staff.person, RIGHT_PHOTO_WITHDRAW);
    TRY(head_block(e, &blocks[n++], err));
    blocks[n++] = picture_block(e);
    photo_form_tell_found(v, &e->p, &e->form);
    blocks[n] = (struct view_block){.line = found_line(e), .form = &texts};
    if (!may_edit && e->status != 403) /* what was typed stays to be copied */
        blocks[n] = said_block(e);
    n++;
    TRY(uses_block(e, &blocks[n++], err));
    if (may_withdraw)
        blocks[n++] = site_block(e);
    blocks[n++] = files_block(e);
    TRY(history_block(e, &blocks[n++], err));
    f.title = photo_name(v, &e->line);
    f.scripts[0] = "js/photo.js";
    f.problem = e->problem;
    if (n_errors > 0 && f.problem.n == 0)
        f.problem = staff_word(v, S_STAFF_LOOK_BELOW);
    int status = n_errors > 0 ? 422 : 200;
    return staff_page(v, &f, blocks, n, e->status != 0 ? e->status : status, r, err);
}

enum rc
admin_photo(struct visit *v, struct http_response *r, struct err *err)
{
    struct page e;
    TRY(open_page(v, &e, err));
    photo_form_show(v, &e.p, &e.form);
    return show(&e, r, err);
}

/* ---- saving ---- */

/* It may not be changed any more: somebody has approved a text with it meanwhile. */
static enum rc
show_denied(struct page *e, struct http_response *r, struct err *err)
{
    e->problem = staff_word(e->v, S_LIBRARY_NOT_YOURS);
    e->status = 403;
    return show(e, r, err);
}

/* Somebody was faster: what they wrote stands at each field where it differs. */
static enum rc
show_conflict(struct page *e, struct http_response *r, struct err *err)
{
    struct form mine = e->form;
    TRY(open_page(e->v, e, err));
    e->form = mine;
    photo_form_tell_other(e->v, &e->p, &e->form);
    e->problem = staff_word(e->v, S_LIBRARY_MEANWHILE);
    e->status = 409;
    return show(e, r, err);
}

enum rc
admin_photo_save(struct visit *v, struct http_response *r, struct err *err)
{
    struct page e;
    struct str take = http_form_get(&v->staff.form, "take");
    TRY(open_page(v, &e, err));
    struct library_photo new = e.p;
    TRY(photo_form_read(v, &new, &e.form, err));
    if (take.n > 0)
        TRY(photo_form_take(v, &e.p, take, &e.form, err));
    if (take.n > 0 || e.form.n_errors > 0)
        return show(&e, r, err);
    enum rc rc = news_photo_change(&e.d, new.id, new.version, &new.photo, err);
    if (rc == RC_OK)
        return staff_see_other(v, photo_address(v, new.id, ""), "photo-confirmed", r);
    if (rc == RC_CONFLICT)
        return show_conflict(&e, r, err);
    if (rc == RC_DENIED)
        return show_denied(&e, r, err);
    if (rc != RC_INVALID)
        return rc;
    form_refused(&e.form, err);
    return show(&e, r, err);
}

enum rc
admin_photo_withdraw(struct visit *v, struct http_response *r, struct err *err)
{
    struct page e;
    TRY(open_page(v, &e, err));
    photo_form_show(v, &e.p, &e.form);
    TRY(form_read(&e.taking, v, reason_form, N_ELEMENTS(reason_form), err));
    if (e.taking.n_errors > 0)
        return show(&e, r, err);
    enum rc rc = news_photo_withdraw(&e.d, e.p.id, form_value(&e.taking, "reason"), err);
    if (rc != RC_OK && rc != RC_CONFLICT) /* somebody else may have been faster */
        return rc;
    return staff_see_other(v, photo_address(v, e.p.id, ""), "photo-withdrawn", r);
}

enum rc
admin_photo_reinstate(struct visit *v, struct http_response *r, struct err *err)
{
    struct desk d = staff_desk(v);
    int64_t id = staff_number(v, 0);
    enum rc rc = news_photo_reinstate(&d, id, err);
    if (rc != RC_OK && rc != RC_CONFLICT)
        return rc;
    return staff_see_other(v, photo_address(v, id, ""), "photo-reinstated", r);
}
