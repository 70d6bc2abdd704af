/* web/admin/photo_batch.c - a set of photos at once: what they have in common is written
 * once, the rest at each, and one key confirms all. */
#include <stddef.h>

#include "web/admin/photo.h"
#include "web/admin/photo_form.h"
#include "web/handlers.h"

enum { BATCH_MAX = 40 };

/* What a set has in common. */
static const struct form_spec common_fields[] = {
    {"ids", FIELD_HIDDEN, S__MAX, S__MAX, BATCH_MAX * 20, true, NULL, 0},
    {"credit", FIELD_LINE, S_LIBRARY_FIELD_CREDIT, S__MAX, ITEM_CREDIT_MAX, false, "off",
     0},
    {"creator", FIELD_LINE, S_LIBRARY_FIELD_CREATOR, S__MAX, ITEM_CREDIT_MAX, false,
     "off", 0},
    {"organisation", FIELD_LINE, S_LIBRARY_FIELD_ORGANISATION, S__MAX, ITEM_CREDIT_MAX,
     false, "off", 0},
    {"copyright", FIELD_LINE, S_LIBRARY_FIELD_COPYRIGHT, S__MAX, ITEM_CREDIT_MAX, false,
     "off", 0},
    {"usage", FIELD_LINE, S_LIBRARY_FIELD_USAGE, S__MAX, ITEM_CAPTION_MAX, false, "off",
     0},
    {"source_type", FIELD_CHOICE, S_LIBRARY_FIELD_SOURCE_TYPE, S__MAX, ITEM_URL_MAX,
     false, NULL, 0},
};

/* What each has of its own; their names end in the photo's number. */
static const struct form_spec own_fields[] = {
    {"base", FIELD_HIDDEN, S__MAX, S__MAX, 20, true, NULL, 0},
    {"caption", FIELD_AREA, S_LIBRARY_FIELD_CAPTION, S__MAX, ITEM_CAPTION_MAX, false,
     NULL, 2},
    {"alt", FIELD_AREA, S_LIBRARY_FIELD_ALT, S_LIBRARY_HINT_ALT, ITEM_CAPTION_MAX, false,
     NULL, 2},
    {"decorative", FIELD_CHECK, S_LIBRARY_FIELD_DECORATIVE, S__MAX, 1, false, NULL, 0},
    {"credit", FIELD_LINE, S_LIBRARY_FIELD_CREDIT, S__MAX, ITEM_CREDIT_MAX, false, "off",
     0},
};
enum { N_COMMON = N_ELEMENTS(common_fields), N_OWN = N_ELEMENTS(own_fields) };

/* Those that a common text goes into. */
static const struct {
    const char *name;
    size_t offset;
} shared[] = {
    {"creator", offsetof(struct photo, creator)},
    {"organisation", offsetof(struct photo, organisation)},
    {"copyright", offsetof(struct photo, copyright)},
    {"usage", offsetof(struct photo, usage)},
    {"source_type", offsetof(struct photo, source_type)},
};

struct batch {
    struct visit *v;
    struct desk d;
    struct library_photo photos[BATCH_MAX];
    struct library_line lines[BATCH_MAX];
    int n, n_saved;
    struct form_spec spec[N_COMMON + BATCH_MAX * N_OWN];
    struct form form;
    struct str problem;
};

/* ---- which photos ---- */

static bool
has(const struct batch *b, int64_t id)
{
    for (int i = 0; i < b->n; i++)
        if (b->photos[i].id == id)
            return true;
    return false;
}

/* The photos of "12,13", each once, behind those that are there. */
static enum rc
add_photos(struct batch *b, struct str ids, struct err *err)
{
    while (ids.p != NULL) {
        struct str word = str_cut(&ids, ',');
        int64_t id;
        if (!str_to_int(word, 1, INT64_MAX, &id))
            return err_field(err, "ids", "no number of a photo");
        if (has(b, id))
            continue;
        if (b->n == BATCH_MAX)
            return err_field(err, "ids", "more than %d photos at once", BATCH_MAX);
        TRY(news_library_line(&b->d, id, b->v->a, &b->lines[b->n], err));
        TRY(news_photo(&b->d, id, b->v->a, &b->photos[b->n], err));
        b->n++;
    }
    return RC_OK;
}

static enum rc
begin(struct visit *v, struct batch *b, struct err *err)
{
    *b = (struct batch){.v = v};
    TRY(visit_data(v, err));
    b->d = staff_desk(v);
    return RC_OK;
}

/* ---- the form ---- */

static const char *
name_of(const struct batch *b, int own, int i)
{
    return str_fmt(b->v->a, "%s-%lld", own_fields[own].name, (long long)b->photos[i].id)
        .p;
}

static void
make_spec(struct batch *b)
{
    memcpy(b->spec, common_fields, sizeof common_fields);
    for (int i = 0; i < b->n; i++)
        for (int k = 0; k < N_OWN; k++) {
            struct form_spec *s = &b->spec[N_COMMON + i * N_OWN + k];
            *s = own_fields[k];
            s->name = name_of(b, k, i);
        }
}

static void
complete(struct batch *b)
{
    struct visit *v = b->v;
    struct view_tiles tiles = photo_tiles(v, b->lines, b->n);
    photo_form_offer_sources(v, STR(""), &b->form);
    for (int i = 1; i < N_COMMON; i++) {
        b->form.fields[i].fold = staff_word(v, S_LIBRARY_PHOTOS_COMMON);
        b->form.fields[i].is_half = true;
    }
    for (int i = 0; i < b->n; i++) {
        struct view_field *f = &b->form.fields[N_COMMON + i * N_OWN];
        for (int k = 0; k < N_OWN; k++)
            f[k].fold = str_fmt(v->a, "%d. %.*s", i + 1, STR_ARG(tiles.all[i].name));
        f->shown = &tiles.all[i];
    }
}

static struct str
ids_of(const struct batch *b)
{
    struct str ids = STR("");
    for (int i = 0; i < b->n; i++)
        ids = str_fmt(b->v->a, "%.*s%s%lld", STR_ARG(ids), i > 0 ? "," : "",
                      (long long)b->photos[i].id);
    return ids;
}

static void
show_photo(struct batch *b, int i)
{
    const struct library_photo *p = &b->photos[i];
    struct str values[N_OWN] = {
        str_fmt(b->v->a, "%lld", (long long)p->version), p->photo.caption, p->photo.alt,
        p->photo.is_decorative ? STR("1") : STR(""), p->photo.credit};
    for (int k = 0; k < N_OWN; k++)
        form_set(&b->form, b->spec[N_COMMON + i * N_OWN + k].name, values[k]);
}

static enum rc
show(struct batch *b, struct http_response *r, struct err *err)
{
    struct visit *v = b->v;
    struct view_staff_frame f = staff_frame(v, S_LIBRARY_PHOTOS_TOGETHER, PLACE_PHOTOS);
    struct view_button save = {"do", "save", staff_word(v, S_LIBRARY_PHOTOS_CONFIRM_ALL)};
    struct view_form shown = {.action = STR(PHOTOS "batch/"),
                              .fields = b->form.fields,
                              .n_fields = b->form.n,
                              .buttons = &save,
                              .n_buttons = 1,
                              .is_pressed_first = true,
                              .is_open = true,
                              .keys = staff_word(v, S_LIBRARY_KEYS)};
    struct view_block block = {.line = staff_word(v, S_LIBRARY_PHOTOS_COMMON_HINT),
                               .form = &shown};
    form_set(&b->form, "ids", ids_of(b));
    f.scripts[0] = "js/photo.js";
    f.problem = b->problem;
    if (b->form.n_errors > 0 && f.problem.n == 0)
        f.problem = staff_word(v, S_STAFF_LOOK_BELOW);
    return staff_page(v, &f, &block, 1, b->form.n_errors > 0 ? 422 : 200, r, err);
}

enum rc
admin_photos_together(struct visit *v, struct http_response *r, struct err *err)
{
    struct batch *b = arena_alloc(v->a, sizeof *b);
    TRY(begin(v, b, err));
    for (int i = 0; i < v->req.n_params; i++)
        if (str_eq_z(v->req.params[i].name, "ids"))
            TRY(add_photos(b, v->req.params[i].value, err));
    if (b->n == 0)
        return staff_see_other(v, STR(PHOTOS), NULL, r);
    make_spec(b);
    form_begin(&b->form, v, b->spec, N_COMMON + b->n * N_OWN);
    complete(b);
    for (int i = 0; i < b->n; i++)
        show_photo(b, i);
    return show(b, r, err);
}

/* ---- saving ---- */

static struct str
own_value(const struct batch *b, int i, int own)
{
    return b->form.fields[N_COMMON + i * N_OWN + own].value;
}

/* What was typed, into photo i. A common credit goes into every photo whose own field
 * nobody touched. */
static enum rc
take(const struct batch *b, int i, struct library_photo *p, struct err *err)
{
    struct str credit = own_value(b, i, 4), all = form_value(&b->form, "credit");
    *p = b->photos[i];
    if (!str_to_int(own_value(b, i, 0), 1, INT64_MAX, &p->version))
        return err_field(err, "base", "no number of a version");
    bool is_untouched = str_eq(credit, p->photo.credit);
    p->photo.credit = is_untouched && all.n > 0 ? all : credit;
    p->photo.caption = form_line(b->v->a, own_value(b, i, 1));
    p->photo.alt = form_line(b->v->a, own_value(b, i, 2));
    p->photo.is_decorative = own_value(b, i, 3).n > 0;
    for (size_t k = 0; k < N_ELEMENTS(shared); k++) {
        struct str value = form_value(&b->form, shared[k].name);
        if (value.n > 0)
            *(struct str *)(void *)((char *)&p->photo + shared[k].offset) = value;
    }
    return RC_OK;
}

/* Shows those that could not be saved, with all that was typed. */
static enum rc
show_rest(struct batch *b, const bool *is_saved, struct http_response *r, struct err *err)
{
    int n = 0, n_saved = 0;
    for (int i = 0; i < b->n; i++) {
        n_saved += is_saved[i];
        if (is_saved[i])
            continue;
        b->photos[n] = b->photos[i];
        memmove(&b->form.fields[N_COMMON + n * N_OWN],
                &b->form.fields[N_COMMON + i * N_OWN], N_OWN * sizeof(struct view_field));
        n++;
    }
    b->n = n;
    b->form.n = N_COMMON + n * N_OWN;
    b->problem = str_fmt(b->v->a, "%.*s %d. %.*s",
                         STR_ARG(staff_word(b->v, S_LIBRARY_PHOTOS_SAVED)), n_saved,
                         STR_ARG(staff_word(b->v, S_STAFF_LOOK_BELOW)));
    return show(b, r, err);
}

/* The field of photo i that a name means; one that it has not of its own is common. */
static const char *
field_of(const struct batch *b, int i, const char *name)
{
    const char *own = str_fmt(b->v->a, "%s-%lld", name, (long long)b->photos[i].id).p;
    return form_has(&b->form, own) ? own : name;
}

/* Says at the fields of photo i what somebody else made of them meanwhile. */
static enum rc
tell_other(struct batch *b, int i, struct err *err)
{
    struct library_photo theirs;
    struct str said = staff_word(b->v, S_STAFF_MERGE_THEIRS);
    TRY(news_photo(&b->d, b->photos[i].id, b->v->a, &theirs, err));
    const struct str values[N_OWN] = {
        [1] = theirs.photo.caption, [2] = theirs.photo.alt, [4] = theirs.photo.credit};
    form_error(&b->form, name_of(b, 1, i), S_LIBRARY_MEANWHILE);
    for (int k = 2; k < N_OWN; k++)
        if (own_fields[k].kind != FIELD_CHECK && !str_eq(values[k], own_value(b, i, k)))
            form_error_text(
                &b->form, name_of(b, k, i),
                str_fmt(b->v->a, "%.*s %.*s", STR_ARG(said), STR_ARG(values[k])));
    form_set(&b->form, name_of(b, 0, i),
             str_fmt(b->v->a, "%lld", (long long)theirs.version));
    return RC_OK;
}

/* Saves photo i, or notes at its fields why not. */
static enum rc
save(struct batch *b, int i, bool *is_saved, struct err *err)
{
    struct library_photo p;
    TRY(take(b, i, &p, err));
    enum rc rc = news_photo_change(&b->d, p.id, p.version, &p.photo, err);
    *is_saved = rc == RC_OK;
    if (rc == RC_CONFLICT)
        return tell_other(b, i, err);
    if (rc == RC_DENIED)
        form_error(&b->form, name_of(b, 1, i), S_LIBRARY_NOT_YOURS);
    else if (rc == RC_INVALID)
        form_error(&b->form, field_of(b, i, err->field), S_STAFF_NOT_ACCEPTED);
    return rc == RC_DENIED || rc == RC_INVALID ? RC_OK : rc;
}

enum rc
admin_photos_confirm(struct visit *v, struct http_response *r, struct err *err)
{
    struct batch *b = arena_alloc(v->a, sizeof *b);
    struct str ids = http_form_get(&v->staff.form, "ids");
    bool is_saved[BATCH_MAX] = {false};
    TRY(begin(v, b, err));
    TRY(add_photos(b, ids, err));
    make_spec(b);
    TRY(form_read(&b->form, v, b->spec, N_COMMON + b->n * N_OWN, err));
    complete(b);
    form_check_choices(&b->form);
    if (b->form.n_errors > 0)
        return show(b, r, err);
    for (int i = 0; i < b->n; i++)
        TRY(save(b, i, &is_saved[i], err));
    if (b->form.n_errors == 0)
        return staff_see_other(v, STR(PHOTOS), "photos-confirmed", r);
    return show_rest(b, is_saved, r, err);
}
