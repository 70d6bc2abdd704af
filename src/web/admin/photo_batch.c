/* web/admin/photo_batch.c - a set of photos at once: what they have in common is written
 * once, the rest at each, and one key confirms all. */
#include <stddef.h>

#include "web/admin/photo.h"
#include "web/admin/photo_form.h"
#include "web/handlers.h"
#include "web/moment.h"

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
    {"credit_url", FIELD_LINE, S_LIBRARY_FIELD_CREDIT_URL, S__MAX, ITEM_URL_MAX, false,
     "off", 0},
    {"copyright", FIELD_LINE, S_LIBRARY_FIELD_COPYRIGHT, S__MAX, ITEM_CREDIT_MAX, false,
     "off", 0},
    {"usage", FIELD_LINE, S_LIBRARY_FIELD_USAGE, S__MAX, ITEM_CAPTION_MAX, false, "off",
     0},
    {"licence", FIELD_LINE, S_LIBRARY_FIELD_LICENCE, S__MAX, ITEM_CREDIT_MAX, false,
     "off", 0},
    {"licence_url", FIELD_LINE, S_LIBRARY_FIELD_LICENCE_URL, S__MAX, ITEM_URL_MAX, false,
     "off", 0},
    {"acquire_url", FIELD_LINE, S_LIBRARY_FIELD_ACQUIRE_URL, S__MAX, ITEM_URL_MAX, false,
     "off", 0},
    {"expires_at", FIELD_MOMENT, S_LIBRARY_FIELD_EXPIRES, S__MAX, 40, false, NULL, 0},
    {"expires_at_which", FIELD_HIDDEN, S_STAFF_WHICH, S__MAX, 1, false, NULL, 0},
    {PHOTO_FORM_PAST, FIELD_CHECK, S_LIBRARY_PAST, S__MAX, 1, false, NULL, 0},
    {"source_type", FIELD_CHOICE, S_LIBRARY_FIELD_SOURCE_TYPE, S__MAX, ITEM_URL_MAX,
     false, NULL, 0},
};

/* What each has of its own; their names end in the photo's number. */
enum { BASE, CAPTION, ALT, DECORATIVE, CREDIT, SKIP, N_OWN };
static const struct form_spec own_fields[N_OWN] = {
    {"base", FIELD_HIDDEN, S__MAX, S__MAX, 20, true, NULL, 0},
    {"caption", FIELD_AREA, S_LIBRARY_FIELD_CAPTION, S__MAX, ITEM_CAPTION_MAX, false,
     NULL, 2},
    {"alt", FIELD_AREA, S_LIBRARY_FIELD_ALT, S_LIBRARY_HINT_ALT, ITEM_CAPTION_MAX, false,
     NULL, 2},
    {"decorative", FIELD_CHECK, S_LIBRARY_FIELD_DECORATIVE, S__MAX, 1, false, NULL, 0},
    {"credit", FIELD_LINE, S_LIBRARY_FIELD_CREDIT, S__MAX, ITEM_CREDIT_MAX, false, "off",
     0},
    {"skip", FIELD_CHECK, S_LIBRARY_PHOTOS_SKIP, S__MAX, 1, false, NULL, 0},
};
enum { N_COMMON = N_ELEMENTS(common_fields) };

/* Those that a common text goes into. */
static const struct {
    const char *name;
    size_t offset;
} shared[] = {
    {"creator", offsetof(struct photo, creator)},
    {"organisation", offsetof(struct photo, organisation)},
    {"credit_url", offsetof(struct photo, credit_url)},
    {"copyright", offsetof(struct photo, copyright)},
    {"usage", offsetof(struct photo, usage)},
    {"licence", offsetof(struct photo, licence)},
    {"licence_url", offsetof(struct photo, licence_url)},
    {"acquire_url", offsetof(struct photo, acquire_url)},
    {"source_type", offsetof(struct photo, source_type)},
};

static const struct moment_field rights_end = {"expires_at", "expires_at_which", true};

struct batch {
    struct visit *v;
    struct desk d;
    struct library_photo photos[BATCH_MAX];
    struct library_line lines[BATCH_MAX];
    struct photo_change changes[BATCH_MAX];
    struct str why[BATCH_MAX]; /* why it can only be left as it is; absent: it may be */
    int n;
    struct form_spec spec[N_COMMON + BATCH_MAX * N_OWN];
    struct form form;
    int64_t ends_at; /* of the rights in all of them; TIME_NONE: not said */
    struct str problem;
    bool has_more; /* than fit on a page */
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

/* The photos of "12,13", each once, behind those that are there. RC_LIMIT: those that fit
 * are there. */
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
            return err_set(err, RC_LIMIT, "more than %d photos at once", BATCH_MAX);
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

/* A photo can be left as it is when something stands in its way, and says what. */
static void
offer_skip(struct batch *b, int i)
{
    struct view_field *f = &b->form.fields[N_COMMON + i * N_OWN + SKIP];
    f->hint = b->why[i];
    f->kind = f->value.n > 0 || f->hint.n > 0 ? FIELD_CHECK : FIELD_HIDDEN;
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
        offer_skip(b, i);
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
    struct err no;
    struct str values[N_OWN] = {
        str_fmt(b->v->a, "%lld", (long long)p->version), p->photo.caption, p->photo.alt,
        p->photo.is_decorative ? STR("1") : STR(""), p->photo.credit};
    if (news_photo_may_edit(&b->d, p, &no) != RC_OK) {
        b->why[i] = staff_word(b->v, S_LIBRARY_NOT_YOURS);
        values[SKIP] = STR("1");
    }
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
    if (b->has_more)
        block.line2 = staff_word(v, S_LIBRARY_PHOTOS_MORE_WAIT);
    complete(b);
    form_set(&b->form, "ids", ids_of(b));
    f.scripts[0] = "js/photo.js";
    f.problem = b->problem;
    if (b->form.n_errors > 0 && f.problem.n == 0)
        f.problem = staff_word(v, S_STAFF_LOOK_BELOW);
    return staff_page(v, &f, &block, 1, f.problem.n > 0 ? 422 : 200, r, err);
}

enum rc
admin_photos_together(struct visit *v, struct http_response *r, struct err *err)
{
    struct batch *b = arena_alloc(v->a, sizeof *b);
    TRY(begin(v, b, err));
    for (int i = 0; i < v->req.n_params; i++) {
        enum rc rc = RC_OK;
        if (str_eq_z(v->req.params[i].name, "ids"))
            rc = add_photos(b, v->req.params[i].value, err);
        if (rc != RC_OK && rc != RC_LIMIT)
            return rc;
        b->has_more = b->has_more || rc == RC_LIMIT;
    }
    if (b->n == 0)
        return staff_see_other(v, STR(PHOTOS), NULL, r);
    make_spec(b);
    form_begin(&b->form, v, b->spec, N_COMMON + b->n * N_OWN);
    photo_form_ask_past(v, &b->form, TIME_NONE);
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

/* What was typed, into the change of photo i. A common credit goes into every photo whose
 * own field nobody touched. */
static enum rc
take(const struct batch *b, int i, struct photo_change *c, struct err *err)
{
    struct str credit = own_value(b, i, CREDIT), all = form_value(&b->form, "credit");
    *c = (struct photo_change){.id = b->photos[i].id, .photo = b->photos[i].photo};
    struct photo *p = &c->photo;
    if (!str_to_int(own_value(b, i, BASE), 1, INT64_MAX, &c->version))
        return err_field(err, "base", "no number of a version");
    p->credit = str_eq(credit, p->credit) && all.n > 0 ? all : credit;
    p->caption = form_line(b->v->a, own_value(b, i, CAPTION));
    p->alt = form_line(b->v->a, own_value(b, i, ALT));
    p->is_decorative = own_value(b, i, DECORATIVE).n > 0;
    if (b->ends_at != TIME_NONE)
        p->expires_at = b->ends_at;
    for (size_t k = 0; k < N_ELEMENTS(shared); k++) {
        struct str value = form_value(&b->form, shared[k].name);
        if (value.n > 0)
            *(struct str *)(void *)((char *)p + shared[k].offset) = value;
    }
    return RC_OK;
}

/* The changes of those that are not to be left as they are. */
static enum rc
take_all(struct batch *b, int *n, struct err *err)
{
    *n = 0;
    for (int i = 0; i < b->n; i++)
        if (own_value(b, i, SKIP).n == 0)
            TRY(take(b, i, &b->changes[(*n)++], err));
    return RC_OK;
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
    const struct str values[N_OWN] = {[CAPTION] = theirs.photo.caption,
                                      [ALT] = theirs.photo.alt,
                                      [CREDIT] = theirs.photo.credit};
    b->why[i] = staff_word(b->v, S_LIBRARY_MEANWHILE);
    for (int k = CAPTION; k < N_OWN; k++)
        if (own_fields[k].kind != FIELD_CHECK && !str_eq(values[k], own_value(b, i, k)))
            form_error_text(
                &b->form, name_of(b, k, i),
                str_fmt(b->v->a, "%.*s %.*s", STR_ARG(said), STR_ARG(values[k])));
    form_set(&b->form, name_of(b, BASE, i),
             str_fmt(b->v->a, "%lld", (long long)theirs.version));
    return RC_OK;
}

/* Says at photo i what stands in the way of its change. */
static enum rc
tell_refused(struct batch *b, int i, const struct err *refused, struct err *err)
{
    switch (refused->rc) {
    case RC_OK:
        return RC_OK;
    case RC_CONFLICT:
        return tell_other(b, i, err);
    case RC_INVALID:
        form_error_text(&b->form, field_of(b, i, refused->field),
                        form_reason(b->v, refused));
        b->why[i] = staff_word(b->v, S_LIBRARY_PHOTOS_SKIP_HINT);
        return RC_OK;
    default:
        b->why[i] = staff_word(b->v, S_LIBRARY_NOT_YOURS);
        return RC_OK;
    }
}

/* None was saved: all are shown as they were typed. */
static enum rc
show_refused(struct batch *b, struct http_response *r, struct err *err)
{
    int n = 0;
    for (int i = 0; i < b->n; i++)
        if (own_value(b, i, SKIP).n == 0)
            TRY(tell_refused(b, i, &b->changes[n++].refused, err));
    b->problem = staff_word(b->v, S_LIBRARY_PHOTOS_NONE_SAVED);
    return show(b, r, err);
}

enum rc
admin_photos_confirm(struct visit *v, struct http_response *r, struct err *err)
{
    struct batch *b = arena_alloc(v->a, sizeof *b);
    struct str ids = http_form_get(&v->staff.form, "ids");
    int n;
    TRY(begin(v, b, err));
    TRY(add_photos(b, ids, err));
    make_spec(b);
    TRY(form_read(&b->form, v, b->spec, N_COMMON + b->n * N_OWN, err));
    photo_form_offer_sources(v, STR(""), &b->form);
    form_check_choices(&b->form);
    b->ends_at = moment_read(&b->form, rights_end, TIME_NONE);
    photo_form_ask_past(v, &b->form, b->ends_at);
    if (b->form.n_errors > 0)
        return show(b, r, err);
    TRY(take_all(b, &n, err));
    enum rc rc = news_photos_change(&b->d, b->changes, n, err);
    if (rc == RC_OK)
        return staff_see_other(v, STR(PHOTOS), "photos-confirmed", r);
    return rc == RC_CONFLICT ? show_refused(b, r, err) : rc;
}
