/* view/staff.c - the frame of the newsroom's pages, and their parts. */
#include "view/staff.h"

#include "model/url.h"

/* ---- forms ---- */

static const enum tpl_name field_parts[FIELD_KIND__MAX] = {
    [FIELD_LINE] = T_LINE,     [FIELD_PASSWORD] = T_PASSWORD, [FIELD_AREA] = T_AREA,
    [FIELD_FILES] = T_FILES,   [FIELD_MOMENT] = T_MOMENT,     [FIELD_DAY] = T_DAY,
    [FIELD_CHOICE] = T_CHOICE, [FIELD_PROSE] = T_PROSE,
};

static void
set_note(struct tpl_dict *d, enum tpl_name part, enum tpl_name id, enum tpl_name text,
         struct str value, struct str id_value)
{
    if (value.n == 0)
        return;
    struct tpl_dict *note = tpl_section(d, part);
    tpl_set_str(note, id, id_value);
    tpl_set_str(note, text, value);
}

static struct str
id_of(const struct view_field *f, struct arena *a, const char *more)
{
    return f->id != NULL ? str_fmt(a, "%s%s", f->id, more)
                         : str_fmt(a, "f-%.*s%s", STR_ARG(f->name), more);
}

/* By what a control is known, and what it is described by: where there is neither hint
 * nor error, by an element of the page that is empty, as the attribute must not be
 * (WAI-ARIA 1.2 section 6.2.4). */
static void
set_identity(struct tpl_dict *d, const struct view_field *f, struct arena *a)
{
    struct str hint = f->hint.n > 0 ? id_of(f, a, "-hint") : STR("");
    struct str error = f->error.n > 0 ? id_of(f, a, "-error") : STR("");
    const char *gap = hint.n > 0 && error.n > 0 ? " " : "";
    tpl_set_str(d, T_ID, id_of(f, a, ""));
    tpl_set_str(d, T_NAME, f->name);
    tpl_set_str(d, T_DESCRIBED,
                hint.n + error.n == 0
                    ? STR("nothing")
                    : str_fmt(a, "%.*s%s%.*s", STR_ARG(hint), gap, STR_ARG(error)));
}

/* What all kinds but hidden ones have; d is the section around label and control. */
static void
set_common(struct tpl_dict *d, const struct view_field *f, struct arena *a)
{
    set_identity(d, f, a);
    tpl_set_str(d, T_LABEL, f->label);
    set_note(d, T_HINT, T_ID_HINT, T_HINT_TEXT, f->hint, id_of(f, a, "-hint"));
    set_note(d, T_ERROR, T_ID_ERROR, T_ERROR_TEXT, f->error, id_of(f, a, "-error"));
}

static void
set_options(struct tpl_dict *d, const struct view_field *f)
{
    for (int i = 0; i < f->n_options; i++) {
        const struct view_option *o = &f->options[i];
        struct tpl_dict *option = tpl_section(
            tpl_section(d, T_OPTION), str_eq(o->value, f->value) ? T_CHOSEN : T_OTHER);
        tpl_set_str(option, T_OPTION_VALUE, o->value);
        tpl_set_str(option, T_OPTION_NAME, o->name);
    }
}

static void
set_control(struct tpl_dict *d, const struct view_field *f)
{
    tpl_set_str(d, T_INVALID, f->error.n > 0 ? STR("true") : STR("false"));
    tpl_set_str(d, T_REQUIRED, f->is_required ? STR("true") : STR("false"));
    if (f->kind == FIELD_LINE || f->kind == FIELD_PASSWORD)
        tpl_set_str(d, T_AUTOCOMPLETE,
                    str_of(f->autocomplete != NULL ? f->autocomplete : "off"));
    if (f->kind == FIELD_AREA || f->kind == FIELD_PROSE)
        tpl_set_int(d, T_ROWS, f->rows);
    if (f->kind == FIELD_CHOICE)
        set_options(d, f);
    else if (f->kind != FIELD_PASSWORD && f->kind != FIELD_FILES)
        tpl_set_str(d, T_VALUE, f->value);
}

/* The part of an input that is its control. A file that is included sees nothing of what
 * stands around it. */
static struct tpl_dict *
control_of(struct tpl_dict *input, const struct view_field *f, struct arena *a)
{
    struct tpl_dict *d = tpl_section(input, field_parts[f->kind]);
    if (f->kind == FIELD_PROSE) {
        d = tpl_include(d, T_PROSE, TPL_ADMIN_PROSE);
        set_identity(d, f, a);
    }
    return d;
}

static void
add_said(struct tpl_dict *input, const struct view_field *f)
{
    struct tpl_dict *said = f->n_said > 0 ? tpl_section(input, T_SAID) : NULL;
    for (int i = 0; i < f->n_said; i++) {
        const struct view_said *s = &f->said[i];
        struct tpl_dict *d = tpl_section(said, T_SOURCE);
        tpl_set_str(d, T_SOURCE_NAME, s->source);
        tpl_set_str(d, T_SOURCE_TEXT, s->text);
        if (s->take.n == 0) {
            tpl_set_str(tpl_section(d, T_SAME), T_SAME_TEXT, s->note);
            continue;
        }
        d = tpl_section(d, T_TAKE);
        tpl_set_str(d, T_TAKE_VALUE, s->take);
        tpl_set_str(d, T_TAKE_LABEL, s->label);
        tpl_set_str(d, T_TAKE_NAMED, s->named);
    }
}

static void
add_shown(struct tpl_dict *field, const struct view_tile *t)
{
    if (t == NULL || t->picture.n == 0)
        return;
    struct tpl_dict *d = tpl_section(field, T_SHOWN);
    tpl_set_str(d, T_SHOWN_URL, t->url);
    tpl_set_str(d, T_PHOTO_URL, t->picture);
    tpl_set_str(d, T_PHOTO_ALT, t->name);
    tpl_set_str(d, T_CREDIT_TEXT, t->credit);
    tpl_set_int(d, T_WIDTH, t->width_px);
    tpl_set_int(d, T_HEIGHT, t->height_px);
}

static void
add_field(struct tpl_dict *form, const struct view_field *f, struct arena *a)
{
    struct tpl_dict *d = tpl_section(form, T_FIELD);
    add_shown(d, f->shown);
    if (f->kind == FIELD_HIDDEN) {
        struct tpl_dict *hidden = tpl_section(d, T_HIDDEN);
        tpl_set_str(hidden, T_NAME, f->name);
        tpl_set_str(hidden, T_VALUE, f->value);
    } else if (f->kind == FIELD_CHECK) {
        struct tpl_dict *check = tpl_section(d, T_CHECK);
        set_common(check, f, a);
        tpl_show(check, f->value.n > 0 ? T_ON : T_OFF);
    } else {
        struct tpl_dict *input = tpl_section(d, T_INPUT);
        set_common(input, f, a);
        tpl_set_str(input, T_FIELD_CLASS, f->is_half ? STR("field half") : STR("field"));
        set_control(control_of(input, f, a), f);
        add_said(input, f);
    }
}

/* ---- parts of a form ---- */

/* What the buttons of a photo send. */
static const struct {
    enum tpl_name value;
    const char *what;
} photo_buttons[] = {
    {T_UP_VALUE, "up"}, {T_DOWN_VALUE, "down"}, {T_REMOVE_VALUE, "remove"}};

static void
add_photo(struct tpl_dict *photos, const struct view_use *u, struct arena *a)
{
    struct tpl_dict *d = tpl_section(photos, T_USE);
    struct str error = str_fmt(a, "photo-%.*s-error", STR_ARG(u->number));
    bool is_wrong = false; /* something in its fold */
    for (int i = 0; i < u->n_fields; i++)
        is_wrong |= u->fields[i].fold.n > 0 && u->fields[i].error.n > 0;
    tpl_set_str(d, T_NUMBER, u->number);
    tpl_set_str(d, T_USE_ID, str_fmt(a, "photo-%.*s", STR_ARG(u->number)));
    tpl_set_str(d, T_USE_NAME, u->name);
    tpl_set_str(d, T_USE_URL, u->url);
    tpl_set_str(d, T_USE_DESCRIBED, u->error.n > 0 ? error : STR("nothing"));
    tpl_set_str(d, T_PHOTO_URL, u->picture);
    tpl_set_int(d, T_WIDTH, u->width_px);
    tpl_set_int(d, T_HEIGHT, u->height_px);
    if (u->credit.n > 0)
        tpl_set_str(tpl_section(d, T_CREDIT), T_CREDIT_TEXT, u->credit);
    else
        tpl_show(d, T_NONE);
    if (u->note.n > 0)
        tpl_set_str(tpl_section(d, T_HERE), T_HERE_TEXT, u->note);
    if (u->ends.n > 0)
        tpl_set_str(tpl_section(d, T_ENDS), T_ENDS_TEXT, u->ends);
    set_note(d, T_PROBLEM, T_ID_ERROR, T_PROBLEM_TEXT, u->error, error);
    for (size_t i = 0; i < N_ELEMENTS(photo_buttons); i++)
        tpl_set_str(
            d, photo_buttons[i].value,
            str_fmt(a, "photo-%s-%.*s", photo_buttons[i].what, STR_ARG(u->number)));
    struct tpl_dict *seldom = tpl_section(d, is_wrong ? T_OPEN : T_SHUT);
    seldom = tpl_include(seldom, T_FIELDS, TPL_ADMIN_FIELDS);
    d = tpl_include(d, T_FIELDS, TPL_ADMIN_FIELDS);
    for (int i = 0; i < u->n_fields; i++)
        add_field(u->fields[i].fold.n > 0 ? seldom : d, &u->fields[i], a);
}

static void
add_photos(struct tpl_dict *part, const struct view_field *f, struct arena *a)
{
    struct tpl_dict *d = tpl_include(tpl_section(part, T_PHOTOS), T_USES, TPL_ADMIN_USES);
    set_common(d, f, a);
    tpl_set_str(d, T_VALUE, f->value);
    tpl_set_str(d, T_FORM_URL, f->uses->form);
    tpl_set_str(d, T_CHOOSE_URL, f->uses->choose);
    for (int i = 0; i < f->uses->n; i++)
        add_photo(d, &f->uses->all[i], a);
    tpl_include(tpl_section(d, T_PROGRESS), T_PROGRESS, TPL_ADMIN_PROGRESS);
}

/* The fields from i on that stand in one part: of one fold, or photos; how many they are.
 */
static int
part_size(const struct view_form *form, int i, bool *is_open)
{
    const struct view_field *all = &form->fields[i];
    int n = 0;
    *is_open = form->is_open;
    for (; i + n < form->n_fields && str_eq(all[n].fold, all[0].fold) &&
           (n == 0 || (all[n].kind != FIELD_PHOTOS && all[0].kind != FIELD_PHOTOS));
         n++)
        *is_open = *is_open || all[n].error.n > 0 || all[n].n_said > 0;
    return n;
}

/* The fields of one part, one after another. */
static void
add_part(struct tpl_dict *d, const struct view_field *all, int n, bool is_open,
         struct arena *a)
{
    struct str fold = all[0].fold;
    struct tpl_dict *part = tpl_section(d, T_PART);
    if (all[0].kind == FIELD_PHOTOS) {
        add_photos(part, all, a);
        return;
    }
    part = tpl_section(part, fold.n == 0 ? T_PLAIN : is_open ? T_OPEN : T_SHUT);
    if (fold.n > 0)
        tpl_set_str(part, T_FOLD_NAME, fold);
    part = tpl_include(part, T_FIELDS, TPL_ADMIN_FIELDS);
    for (int i = 0; i < n; i++)
        if (!all[i].is_of_photo)
            add_field(part, &all[i], a);
}

static void
add_fields(struct tpl_dict *d, const struct view_form *form, struct arena *a)
{
    /* those of photos are the last */
    for (int i = 0, n = 0; i < form->n_fields && !form->fields[i].is_of_photo; i += n) {
        bool is_open;
        n = part_size(form, i, &is_open);
        add_part(d, &form->fields[i], n, is_open, a);
    }
}

static void
add_button(struct tpl_dict *form, const struct view_button *b, enum tpl_name part)
{
    struct tpl_dict *d = tpl_section(tpl_section(form, T_BUTTON), part);
    if (b->name != NULL) {
        tpl_set_str(d, T_BUTTON_NAME, str_of(b->name));
        tpl_set_str(d, T_BUTTON_VALUE, str_of(b->value));
    }
    tpl_set_str(d, T_BUTTON_LABEL, b->label);
}

/* Above the fields the first is also what Enter presses in any of them, before a button
 * that stands at one. */
static void
add_buttons(struct tpl_dict *inside, const struct view_form *form)
{
    bool is_first = form->is_pressed_first;
    struct tpl_dict *d = tpl_include(tpl_section(inside, is_first ? T_ABOVE : T_BELOW),
                                     T_BUTTONS, TPL_ADMIN_BUTTONS);
    tpl_set_str(d, T_BUTTONS_CLASS, is_first ? STR("buttons bar") : STR("buttons"));
    for (int i = 0; i < form->n_buttons; i++)
        add_button(d, &form->buttons[i],
                   form->buttons[i].name == NULL ? T_ONLY
                   : i > 0 || form->is_quiet     ? T_SECOND
                   : form->keys.n > 0            ? T_KEY
                                                 : T_MAIN);
    if (form->cancel.n > 0)
        tpl_set_str(tpl_section(d, T_CANCEL), T_CANCEL_URL, form->cancel);
    if (form->keys.n > 0)
        tpl_set_str(tpl_section(d, T_KEYS), T_KEYS_TEXT, form->keys);
}

/* ---- tables ---- */

static void
add_cell(struct tpl_dict *row, const struct view_cell *c, struct str column,
         struct str csrf)
{
    struct tpl_dict *cell = tpl_section(row, T_CELL);
    if (c->action.n > 0) {
        struct tpl_dict *d = tpl_section(cell, T_BUTTON);
        tpl_set_str(d, T_ACTION, c->action);
        tpl_set_str(d, T_CSRF, csrf);
        tpl_set_str(d, T_ROW_ID, c->id);
        tpl_set_str(d, T_BUTTON_NAMED, c->named);
        tpl_set_str(d, T_BUTTON_LABEL, c->text);
        return;
    }
    if (c->pick.n > 0) {
        struct tpl_dict *d =
            tpl_section(tpl_section(cell, T_PICK), c->is_picked ? T_ON : T_OFF);
        tpl_set_str(d, T_PICK_NAME, c->pick);
        tpl_set_str(d, T_PICK_VALUE, c->text);
        tpl_set_str(d, T_PICK_NAMED, c->named);
        return;
    }
    struct tpl_dict *d = tpl_section(cell, c->url.n == 0 ? T_PLAIN
                                           : c->is_way   ? T_WAY
                                                         : T_LINKED);
    tpl_set_str(d, T_CELL_TEXT, c->text);
    if (c->url.n > 0)
        tpl_set_str(d, T_CELL_URL, c->url);
    if (c->url.n > 0 && c->is_way)
        tpl_set_str(d, T_WAY_NAMED, c->named);
    if (c->url.n == 0 || c->is_way)
        tpl_set_str(d, T_CELL_COLUMN, column);
}

static void
fill_pages(struct tpl_dict *d, const struct view_table *t)
{
    struct tpl_dict *more = t->newer.n + t->older.n > 0 ? tpl_section(d, T_MORE) : NULL;
    if (t->newer.n > 0)
        tpl_set_str(tpl_section(more, T_NEWER), T_NEWER_URL, t->newer);
    if (t->older.n > 0)
        tpl_set_str(tpl_section(more, T_OLDER), T_OLDER_URL, t->older);
}

/* What stands over check boxes is for those who hear it. */
static void
add_column(struct tpl_dict *rows, struct str name, bool is_of_picks)
{
    struct tpl_dict *column = tpl_section(rows, T_COLUMN);
    tpl_set_str(tpl_section(column, is_of_picks ? T_UNSEEN : T_SEEN), T_COLUMN_NAME,
                name);
}

static void
fill_table(struct tpl_dict *d, const struct view_table *t, struct str csrf)
{
    struct tpl_dict *rows = t->n_rows > 0 ? tpl_section(d, T_ROWS) : NULL;
    fill_pages(d, t);
    if (rows == NULL) {
        tpl_set_str(tpl_section(d, T_EMPTY), T_EMPTY_TEXT, t->empty);
        return;
    }
    tpl_set_str(rows, T_TABLE_NAME, t->name);
    for (int i = 0; i < t->n_columns; i++)
        add_column(rows, t->columns[i], t->cells[i].pick.n > 0);
    for (int r = 0; r < t->n_rows; r++) {
        struct tpl_dict *row = tpl_section(rows, T_ROW);
        for (int i = 0; i < t->n_columns; i++)
            add_cell(row, &t->cells[r * t->n_columns + i], t->columns[i], csrf);
    }
}

static bool
form_has_field(const struct view_form *form, enum view_field_kind kind)
{
    for (int i = 0; i < form->n_fields; i++)
        if (form->fields[i].kind == kind)
            return true;
    return false;
}

static void
fill_form(struct tpl_dict *form_dict, const struct view_form *form, struct str csrf,
          struct arena *a)
{
    struct tpl_dict *d = tpl_section(form_dict, form->table != NULL ? T_AROUND
                                                : form->is_question ? T_GET
                                                : form->has_files   ? T_SENDING
                                                                    : T_POST);
    tpl_set_str(d, T_ACTION, form->action);
    if (form->has_files) {
        tpl_set_str(d, T_NEXT, form->next);
        tpl_include(tpl_section(d, T_PROGRESS), T_PROGRESS, TPL_ADMIN_PROGRESS);
    }
    if (!form->is_question)
        tpl_set_str(d, T_CSRF, csrf);
    if (form->table != NULL) {
        tpl_set_str(d, T_LEGEND, form->legend);
        fill_table(tpl_include(d, T_TABLE, TPL_ADMIN_TABLE), form->table, csrf);
    }
    tpl_set_str(d, T_FORM_CLASS, form->is_inline ? STR("form beside") : STR("form"));
    d = tpl_include(d, T_INSIDE, TPL_ADMIN_INSIDE);
    /* Enter presses the first button of a form (HTML section 4.10.22.2), which is not to
       be one that moves a photo. */
    if (form_has_field(form, FIELD_PHOTOS))
        tpl_set_str(tpl_section(d, T_DEFAULT), T_BUTTON_LABEL, form->buttons[0].label);
    add_fields(d, form, a);
    add_buttons(d, form);
}

/* ---- passkeys ---- */

/* What the script fills in. */
static const char *const answers[2][6] = {
    {"credential", "client-data", "auth-data", "signature", "user", NULL},
    {"client-data", "auth-data", "transports", NULL},
};

static void
set_ceremony(struct tpl_dict *d, const struct view_passkey *p)
{
    tpl_set_str(d, T_KIND, p->is_new ? STR("create") : STR("get"));
    tpl_set_str(d, T_PAGE, p->page);
    tpl_set_str(d, T_PARTY, p->party);
    tpl_set_str(d, T_CHALLENGE, p->challenge);
    tpl_set_str(d, T_USER, p->user);
    tpl_set_str(d, T_LOGIN, p->login);
    tpl_set_str(d, T_PERSON, p->person);
    tpl_set_str(d, T_VERIFY, p->must_verify ? STR("required") : STR("discouraged"));
    for (int i = 0; i < p->n_known; i++) {
        struct tpl_dict *known = tpl_section(d, T_KNOWN);
        tpl_set_str(known, T_CREDENTIAL, p->known[i].credential);
        tpl_set_str(known, T_TRANSPORTS, p->known[i].transports);
    }
}

static void
fill_passkey(struct view *v, int lang, struct tpl_dict *d, const struct view_passkey *p,
             struct str csrf)
{
    set_ceremony(d, p);
    tpl_set_str(d, T_SITE_NAME, v->site->langs[lang].name);
    tpl_set_str(d, T_ORIGIN, v->site->url);
    tpl_set_str(d, T_HERE_URL, v->site->url);
    tpl_set_str(d, T_ACTION, p->action);
    tpl_set_str(d, T_CSRF, csrf);
    tpl_set_str(d, T_TICKET, p->ticket);
    for (const char *const *name = answers[p->is_new]; *name != NULL; name++)
        tpl_set_str(tpl_section(d, T_ANSWER), T_ANSWER_NAME, str_of(*name));
    for (int i = 0; i < p->n_kept; i++) {
        struct tpl_dict *kept = tpl_section(d, T_KEPT);
        tpl_set_str(kept, T_NAME, p->kept[i].name);
        tpl_set_str(kept, T_VALUE, p->kept[i].value);
    }
    tpl_set_str(d, T_BUTTON_CLASS, p->is_main ? STR("main") : STR("second"));
    tpl_set_str(d, T_BUTTON_LABEL, p->button);
    if (p->cancel.n > 0)
        tpl_set_str(tpl_section(d, T_CANCEL), T_CANCEL_URL, p->cancel);
}

/* ---- blocks ---- */

static void
add_line(struct tpl_dict *d, struct str line)
{
    if (line.n > 0)
        tpl_set_str(tpl_section(d, T_LINE), T_LINE_TEXT, line);
}

static void
add_countdown(struct tpl_dict *d, const struct view_countdown *c)
{
    if (c->left_s == 0)
        return;
    struct tpl_dict *countdown = tpl_section(d, T_COUNTDOWN);
    tpl_set_str(countdown, T_COUNTDOWN_AT, c->at);
    tpl_set_int(countdown, T_COUNTDOWN_LEFT, c->left_s);
    tpl_set_str(countdown, T_COUNTDOWN_WORDS, c->words);
    tpl_set_str(countdown, T_COUNTDOWN_TEXT, c->text);
}

static void
add_links(struct tpl_dict *d, const struct view_block *b)
{
    struct tpl_dict *links = b->n_links > 0 ? tpl_section(d, T_LINKS) : NULL;
    for (int i = 0; i < b->n_links; i++) {
        struct tpl_dict *link =
            tpl_section(links, b->links_open_anew ? T_NEW_TAB : T_LINK);
        tpl_set_str(link, T_LINK_URL, b->links[i].url);
        tpl_set_str(link, T_LINK_NAME, b->links[i].name);
    }
}

static void
add_codes(struct tpl_dict *d, const struct view_block *b)
{
    struct tpl_dict *codes = b->n_codes > 0 ? tpl_section(d, T_CODES) : NULL;
    for (int i = 0; i < b->n_codes; i++)
        tpl_set_str(tpl_section(codes, T_CODE), T_CODE_TEXT, b->codes[i]);
}

static void
add_compared(struct tpl_dict *d, const struct view_compared *c)
{
    static const enum tpl_name parts[] = {
        [CHANGE_SAME] = T_SAME, [CHANGE_ADDED] = T_ADDED, [CHANGE_REMOVED] = T_REMOVED};
    struct tpl_dict *compared = tpl_section(d, T_COMPARED);
    tpl_set_str(compared, T_COMPARED_NAME, c->name);
    for (int i = 0; i < c->n_pieces; i++)
        tpl_set_str(
            tpl_section(tpl_section(compared, T_PIECE), parts[c->pieces[i].change]),
            T_PIECE_TEXT, c->pieces[i].text);
}

static void
add_remark(struct tpl_dict *remarks, const struct view_remark *r, struct str csrf)
{
    struct tpl_dict *d = tpl_section(remarks, T_REMARK);
    tpl_set_str(d, T_REMARK_HEAD, r->head);
    tpl_set_str(d, T_REMARK_TEXT, r->text);
    if (r->note.n > 0)
        tpl_set_str(tpl_section(d, T_NOTE), T_NOTE_TEXT, r->note);
    if (r->action.n == 0)
        return;
    struct tpl_dict *button = tpl_section(d, T_BUTTON);
    tpl_set_str(button, T_ACTION, r->action);
    tpl_set_str(button, T_CSRF, csrf);
    tpl_set_str(button, T_ROW_ID, r->id);
    tpl_set_str(button, T_BUTTON_NAMED, r->named);
    tpl_set_str(button, T_BUTTON_LABEL, r->button);
}

static void
add_remarks(struct tpl_dict *d, const struct view_block *b, struct str csrf)
{
    struct tpl_dict *remarks = b->n_remarks > 0 ? tpl_section(d, T_REMARKS) : NULL;
    for (int i = 0; i < b->n_remarks; i++)
        add_remark(remarks, &b->remarks[i], csrf);
}

static void
add_together(struct tpl_dict *d, const struct view_together *t)
{
    struct tpl_dict *together = tpl_section(d, T_TOGETHER);
    tpl_set_str(together, T_TOGETHER_URL, t->url);
    tpl_set_str(together, T_GO_ON_URL, t->go_on);
    tpl_set_str(together, T_FRESH, t->is_fresh ? STR("yes") : STR(""));
    tpl_set_str(together, T_OTHERS, t->others);
}

static void
add_block(struct view *v, const struct view_staff_frame *f, struct tpl_dict *content,
          const struct view_block *b, struct arena *a)
{
    struct str csrf = f->csrf;
    struct tpl_dict *d = tpl_section(content, T_BLOCK);
    if (b->heading.n > 0)
        tpl_set_str(tpl_section(d, T_HEADING), T_HEADING_TEXT, b->heading);
    add_line(d, b->line);
    add_line(d, b->line2);
    add_countdown(d, &b->countdown);
    add_links(d, b);
    if (b->picture.s.n > 0)
        tpl_set_html(tpl_section(d, T_PICTURE), T_PICTURE_SVG, b->picture);
    add_codes(d, b);
    for (int i = 0; i < b->n_compared; i++)
        add_compared(d, &b->compared[i]);
    add_remarks(d, b, csrf);
    if (b->together != NULL)
        add_together(d, b->together);
    if (b->calendar != NULL)
        view_calendar_fill(
            tpl_include(tpl_section(d, T_CALENDAR), T_CALENDAR, TPL_ADMIN_CALENDAR),
            b->calendar);
    if (b->tiles != NULL)
        view_tiles_fill(tpl_include(tpl_section(d, T_TILES), T_TILES, TPL_ADMIN_TILES),
                        b->tiles);
    if (b->table != NULL)
        fill_table(tpl_include(tpl_section(d, T_TABLE), T_TABLE, TPL_ADMIN_TABLE),
                   b->table, csrf);
    if (b->form != NULL)
        fill_form(tpl_include(tpl_section(d, T_FORM), T_FORM, TPL_ADMIN_FORM), b->form,
                  csrf, a);
    if (b->passkey != NULL)
        fill_passkey(v, f->lang,
                     tpl_include(tpl_section(d, T_PASSKEY), T_PASSKEY, TPL_ADMIN_PASSKEY),
                     b->passkey, csrf);
}

/* ---- the frame ---- */

static const struct {
    enum view_place place;
    enum tpl_string name;
    const char *url;
} entries[] = {
    {PLACE_TODAY, S_LIST_TODAY, "/admin/"},
    {PLACE_ITEMS, S_LIST_ITEMS, "/admin/items/"},
    {PLACE_CALENDAR, S_LIST_CALENDAR, "/admin/calendar/"},
    {PLACE_NEW_ITEM, S_STAFF_NEW_ITEM, "/admin/items/new/"},
    {PLACE_PHOTOS, S_LIBRARY_PHOTOS, "/admin/photos/"},
    {PLACE_PEOPLE, S_STAFF_PEOPLE, "/admin/people/"},
    {PLACE_SECTIONS, S_STAFF_SECTIONS, "/admin/sections/"},
    {PLACE_WORDS, S_STAFF_WORDS, "/admin/strings/"},
    {PLACE_AUDIT, S_STAFF_AUDIT, "/admin/audit/"},
    {PLACE_ACCOUNT, S_STAFF_ACCOUNT, "/admin/account/"},
};

static void
set_menu(struct view *v, const struct view_staff_frame *f, struct tpl_dict *d)
{
    struct tpl_dict *menu = tpl_section(d, T_MENU);
    tpl_set_str(menu, T_SIGN_OUT_URL, STR("/admin/sign-out/"));
    tpl_set_str(menu, T_CSRF, f->csrf);
    tpl_set_str(menu, T_PERSON, f->person);
    tpl_set_int(menu, T_PERSON_ID, f->person_id);
    for (size_t i = 0; i < N_ELEMENTS(entries); i++) {
        if (!f->may[entries[i].place])
            continue;
        struct tpl_dict *e =
            tpl_section(tpl_section(menu, T_ENTRY),
                        entries[i].place == f->place ? T_CURRENT : T_PLAIN);
        tpl_set_str(e, T_MENU_URL, str_of(entries[i].url));
        tpl_set_str(e, T_MENU_NAME, view_string(v, f->lang, entries[i].name));
    }
}

static void
set_head(struct view *v, const struct view_staff_frame *f, struct tpl_dict *d,
         struct arena *a)
{
    tpl_set_str(d, T_LANG, v->langs[f->lang].code);
    tpl_set_str(d, T_DIR, v->langs[f->lang].dir);
    tpl_set_str(d, T_TITLE,
                str_fmt(a, "%.*s %.*s %.*s", STR_ARG(f->title),
                        STR_ARG(view_string(v, f->lang, S_SITE_TITLE_SEP)),
                        STR_ARG(view_string(v, f->lang, S_STAFF_NEWSROOM))));
    tpl_set_str(d, T_HEADING, f->title);
    tpl_set_str(d, T_CSS_URL, view_static("css/site.css"));
    tpl_set_str(d, T_STAFF_CSS_URL, view_static("css/admin.css"));
    tpl_set_str(d, T_FAVICON_URL, view_static("img/favicon.svg"));
    tpl_set_str(d, T_STAFF_HOME_URL, STR("/admin/"));
    tpl_set_str(d, T_HOME_URL, url_home(a, v->site, f->lang));
    tpl_set_str(d, T_SITE_NAME, v->site->langs[f->lang].name);
}

static void
set_pages(struct view *v, const struct view_staff_frame *f, struct tpl_dict *d)
{
    struct tpl_dict *pages = f->n_pages > 0 ? tpl_section(d, T_PAGES) : NULL;
    if (pages != NULL)
        tpl_set_str(pages, T_PAGES_NAME,
                    f->pages_name.n > 0 ? f->pages_name
                                        : view_string(v, f->lang, S_STAFF_PAGES));
    for (int i = 0; i < f->n_pages; i++) {
        struct tpl_dict *page =
            tpl_section(tpl_section(pages, T_ENTRY), i == f->page ? T_CURRENT : T_PLAIN);
        tpl_set_str(page, T_MENU_URL, f->pages[i].url);
        tpl_set_str(page, T_MENU_NAME, f->pages[i].name);
    }
}

static bool
has_field(const struct view_block *blocks, int n_blocks, enum view_field_kind kind)
{
    for (int i = 0; i < n_blocks; i++)
        if (blocks[i].form != NULL && form_has_field(blocks[i].form, kind))
            return true;
    return false;
}

/* The editor may not be there (src/gen/editor.mk). */
static void
add_script(struct tpl_dict *d, const char *name)
{
    struct str url = view_static(name);
    if (url.n > 0)
        tpl_set_str(tpl_section(d, T_SCRIPT), T_JS_URL, url);
}

/* Scripts that fields bring along. */
static const struct {
    enum view_field_kind kind;
    const char *name;
} field_scripts[] = {
    {FIELD_PHOTOS, "js/upload.js"}, {FIELD_FILES, "js/upload.js"},
    {FIELD_PHOTOS, "js/photos.js"}, {FIELD_PHOTOS, "js/choose.js"},
    {FIELD_PROSE, "js/editor.js"},
};

static void
set_scripts(const struct view_staff_frame *f, const struct view_block *blocks,
            int n_blocks, struct tpl_dict *d)
{
    if (f->person.n > 0) /* whatever the page: texts may wait in the browser */
        tpl_set_str(tpl_section(d, T_SCRIPT), T_JS_URL, view_static("js/autosave.js"));
    for (int i = 0; i < VIEW_SCRIPTS_MAX && f->scripts[i] != NULL; i++)
        add_script(d, f->scripts[i]);
    for (size_t i = 0; i < N_ELEMENTS(field_scripts); i++)
        if (has_field(blocks, n_blocks, field_scripts[i].kind))
            add_script(d, field_scripts[i].name);
}

enum rc
view_staff_page(struct view *v, const struct view_staff_frame *f,
                const struct view_block *blocks, int n_blocks, struct arena *a,
                struct str *out, struct err *err)
{
    struct tpl_dict *d = tpl_dict_new(a, TPL_ADMIN_PAGE);
    set_head(v, f, d, a);
    set_scripts(f, blocks, n_blocks, d);
    if (f->person.n > 0)
        set_menu(v, f, d);
    set_pages(v, f, d);
    if (f->done.n > 0)
        tpl_set_str(tpl_section(d, T_DONE), T_DONE_TEXT, f->done);
    if (f->problem.n > 0)
        tpl_set_str(tpl_section(d, T_PROBLEM), T_PROBLEM_TEXT, f->problem);
    struct tpl_dict *content = tpl_include(d, T_CONTENT, TPL_ADMIN_BLOCKS);
    for (int i = 0; i < n_blocks; i++)
        add_block(v, f, content, &blocks[i], a);
    return tpl_expand(v->set, v->site->langs[f->lang].code, d, VIEW_PAGE_MAX, out, err);
}
