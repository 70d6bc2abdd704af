/* web/admin/item_photos.c - the photos in an item's form. */
#include "web/admin/item_photos.h"

#include <assert.h>

#include "model/rendition.h"
#include "news/body_photos.h"
#include "news/photo.h"
#include "web/admin/item.h"
#include "web/admin/photo.h"

#include "base/hash.h"

enum { FOCAL_MAX = 20, SHOWN_SIZE = 32, NUMBER_MAX = 20 };

static const struct form_spec photo_fields[ITEM_PHOTO_FIELDS] = {
    {"photo", FIELD_HIDDEN, S__MAX, S__MAX, NUMBER_MAX, true, NULL, 0},
    {"shown", FIELD_HIDDEN, S__MAX, S__MAX, SHOWN_SIZE, false, NULL, 0},
    {"caption", FIELD_AREA, S_USE_CAPTION, S__MAX, ITEM_CAPTION_MAX, false, NULL, 2},
    {"alt", FIELD_AREA, S_USE_ALT, S_USE_ALT_HINT, ITEM_CAPTION_MAX, false, NULL, 2},
    {"decorative", FIELD_CHECK, S_USE_DECORATIVE, S__MAX, 1, false, NULL, 0},
    {"credit", FIELD_LINE, S_USE_CREDIT, S__MAX, ITEM_CREDIT_MAX, false, "off", 0},
    {"focal", FIELD_LINE, S_USE_FOCAL, S_USE_FOCAL_HINT, FOCAL_MAX, false, "off", 0},
};

const char *
item_photos_field(struct visit *v, int photo, const char *name)
{
    return str_fmt(v->a, "photo-%d-%s", photo, name).p;
}

void
item_photos_spec(struct visit *v, int n, struct form_spec *spec)
{
    for (int i = 0; i < n * ITEM_PHOTO_FIELDS; i++) {
        spec[i] = photo_fields[i % ITEM_PHOTO_FIELDS];
        spec[i].name = item_photos_field(v, i / ITEM_PHOTO_FIELDS + 1, spec[i].name);
    }
}

/* The fields of a photo, which stand behind all others. */
static struct view_field *
fields_of(const struct form *form, int photo)
{
    int own = form->n - item_form_photos(form) * ITEM_PHOTO_FIELDS;
    return &form->fields[own + (photo - 1) * ITEM_PHOTO_FIELDS];
}

static struct str
value_of(const struct form *form, int photo, const char *name)
{
    return form_value(form, item_photos_field(form->v, photo, name));
}

static void
set_value(struct form *form, int photo, const char *name, struct str value)
{
    form_set(form, item_photos_field(form->v, photo, name), value);
}

/* ---- what is filled in ---- */

/* What the library says, to be known again. */
static struct str
shown_caption(struct arena *a, const struct photo *p)
{
    return str_fmt(a, "%016llx", (unsigned long long)hash_fast(p->caption));
}

/* Alternative text and "decorative" are one thing. */
static struct str
shown_alt(struct arena *a, struct str alt, bool is_decorative)
{
    struct str both = str_fmt(a, "%d %.*s", is_decorative, STR_ARG(alt));
    return str_fmt(a, "%016llx", (unsigned long long)hash_fast(both));
}

static void
fill_in(struct form *form, int photo, const struct photo *use,
        const struct library_photo *library)
{
    struct arena *a = form->v->a;
    const struct photo *p = &library->photo;
    bool has_alt = use->alt.n > 0 || use->is_decorative;
    bool is_decorative = has_alt ? use->is_decorative : p->is_decorative;
    struct str caption = shown_caption(a, p);
    struct str alt = shown_alt(a, p->alt, p->is_decorative);
    set_value(form, photo, "photo", str_fmt(a, "%lld", (long long)library->id));
    set_value(form, photo, "shown",
              str_fmt(a, "%.*s%.*s", STR_ARG(caption), STR_ARG(alt)));
    bool has_own = use->caption.n > 0 || use->has_no_caption;
    set_value(form, photo, "caption", has_own ? use->caption : p->caption);
    set_value(form, photo, "alt", has_alt ? use->alt : p->alt);
    set_value(form, photo, "decorative", is_decorative ? STR("1") : STR(""));
    set_value(form, photo, "credit", use->has_own_credit ? use->credit : STR(""));
    set_value(form, photo, "focal", use->focal);
}

void
item_photos_show(const struct item *it, struct form *form)
{
    form_set(form, "photos", str_fmt(form->v->a, "%d", it->n_photos));
    for (int i = 0; i < it->n_photos; i++)
        if (it->photos[i].library != NULL)
            fill_in(form, i + 1, &it->photos[i], it->photos[i].library);
}

/* ---- the form into an item ---- */

static enum rc
read_library(struct form *form, int photo, struct library_photo *out, struct err *err)
{
    struct desk d = staff_desk(form->v);
    int64_t id;
    if (!str_to_int(value_of(form, photo, "photo"), 1, INT64_MAX, &id))
        return err_set(err, RC_NOT_FOUND, "no number of a photo");
    return news_photo(&d, id, form->v->a, out, err);
}

/* What the item said of that photo before, each use once. */
static struct photo
use_before(struct photo *before, int n, struct str sha256)
{
    for (int i = 0; i < n; i++)
        if (str_eq(before[i].sha256, sha256)) {
            struct photo found = before[i];
            before[i].sha256 = (struct str){NULL, 0};
            return found;
        }
    return (struct photo){.expires_at = TIME_NONE};
}

/* What nobody changed follows the library; a caption that was emptied is not shown. */
static void
take_texts(struct form *form, int photo, const struct photo *library, struct photo *use)
{
    struct arena *a = form->v->a;
    struct str shown = value_of(form, photo, "shown");
    struct str caption = form_line(a, value_of(form, photo, "caption"));
    struct str alt = form_line(a, value_of(form, photo, "alt"));
    bool is_decorative =
        form_is_on(form, item_photos_field(form->v, photo, "decorative"));
    struct photo typed = {.caption = caption};
    bool follows = str_eq(shown_caption(a, &typed), str_sub(shown, 0, SHOWN_SIZE / 2)) ||
                   str_eq(caption, library->caption);
    if (str_eq(shown_alt(a, alt, is_decorative), str_from(shown, SHOWN_SIZE / 2)) ||
        (str_eq(alt, library->alt) && is_decorative == library->is_decorative)) {
        alt = STR("");
        is_decorative = false;
    }
    use->caption = follows ? STR("") : caption;
    use->has_no_caption = !follows && caption.n == 0;
    use->alt = alt;
    use->is_decorative = is_decorative;
}

static void
take_use(struct form *form, int photo, struct photo *use)
{
    use->credit = value_of(form, photo, "credit");
    use->has_own_credit = use->credit.n > 0;
    use->focal = value_of(form, photo, "focal");
    if (use->focal.n > 0 && !photo_focal_is_valid(use->focal))
        form_error(form, item_photos_field(form->v, photo, "focal"), S_USE_FOCAL_WRONG);
    if (use->is_decorative && use->alt.n > 0)
        form_error(form, item_photos_field(form->v, photo, "alt"), S_USE_ALT_WRONG);
}

static enum rc
take_photo(struct form *form, int photo, struct photo *use,
           const struct library_photo *library)
{
    const struct photo *p = &library->photo;
    use->sha256 = p->sha256;
    use->ext = p->ext;
    use->width_px = p->width_px;
    use->height_px = p->height_px;
    use->bytes = p->bytes;
    use->library = library;
    take_texts(form, photo, p, use);
    take_use(form, photo, use);
    return RC_OK;
}

enum rc
item_photos_read(struct visit *v, struct form *form, struct item *it, struct err *err)
{
    int n = item_form_photos(form), n_before = it->n_photos;
    struct library_photo *libraries = arena_array(v->a, struct library_photo, n);
    struct photo *before = arena_array(v->a, struct photo, n_before);
    struct photo *photos = arena_array(v->a, struct photo, n);
    for (int i = 0; i < n_before; i++)
        before[i] = it->photos[i];
    for (int i = 0; i < n; i++) {
        enum rc rc = read_library(form, i + 1, &libraries[i], err);
        if (rc == RC_NOT_FOUND)
            return err_field(err, "photos", "photo %d is not in the library", i + 1);
        TRY(rc);
        photos[i] = use_before(before, n_before, libraries[i].photo.sha256);
        take_photo(form, i + 1, &photos[i], &libraries[i]);
    }
    it->photos = photos;
    it->n_photos = n;
    return RC_OK;
}

/* ---- other photos, in another order ---- */

/* Puts the photos of the form in the order of the numbers they have now; what the text
 * names follows. */
static void
arrange(struct form *form, const int order[], int n)
{
    int n_before = item_form_photos(form), to[ITEM_PHOTOS_MAX + 1] = {0};
    struct arena *a = form->v->a;
    struct view_field *before =
        arena_array(a, struct view_field, n_before * ITEM_PHOTO_FIELDS);
    if (n_before > 0)
        memcpy(before, fields_of(form, 1),
               (size_t)n_before * ITEM_PHOTO_FIELDS * sizeof *before);
    item_form_set_photos(form, n);
    for (int i = 0; i < n; i++) {
        to[order[i]] = i + 1;
        for (int k = 0; k < ITEM_PHOTO_FIELDS; k++) {
            struct view_field *f = &fields_of(form, i + 1)[k];
            f->value = before[(order[i] - 1) * ITEM_PHOTO_FIELDS + k].value;
            f->error = before[(order[i] - 1) * ITEM_PHOTO_FIELDS + k].error;
        }
    }
    form_set(form, "body", news_body_renumber(form_value(form, "body"), to, a));
}

static void
swap(struct form *form, int one, int other)
{
    int order[ITEM_PHOTOS_MAX], n = item_form_photos(form);
    for (int i = 0; i < n; i++)
        order[i] = i + 1;
    if (other < 1 || other > n)
        return;
    order[one - 1] = other;
    order[other - 1] = one;
    arrange(form, order, n);
    form_field(form, item_photos_field(form->v, other, "photo"))->hint =
        str_fmt(form->v->a, "%.*s %d", STR_ARG(staff_word(form->v, S_USE_MOVED)), other);
}

static void
move_up(struct form *form, int photo)
{
    swap(form, photo, photo - 1);
}

static void
move_down(struct form *form, int photo)
{
    swap(form, photo, photo + 1);
}

/* One that the text shows stays, or the text would show another, or none. */
static void
take_out(struct form *form, int photo)
{
    int order[ITEM_PHOTOS_MAX], n = 0;
    if (news_body_names(form_value(form, "body"), photo)) {
        form_error(form, item_photos_field(form->v, photo, "photo"), S_USE_NAMED);
        return;
    }
    for (int i = 1; i <= item_form_photos(form); i++)
        if (i != photo)
            order[n++] = i;
    arrange(form, order, n);
}

bool
item_photos_press(struct visit *v, struct form *form)
{
    static const struct {
        const char *button;
        void (*run)(struct form *form, int photo);
    } presses[] = {
        {"photo-up-", move_up}, {"photo-down-", move_down}, {"photo-remove-", take_out}};
    struct str what = http_form_get(&v->staff.form, "do");
    for (size_t i = 0; i < N_ELEMENTS(presses); i++) {
        int64_t photo;
        struct str button = str_of(presses[i].button);
        if (!str_starts(what, button) ||
            !str_to_int(str_from(what, button.n), 1, item_form_photos(form), &photo))
            continue;
        presses[i].run(form, (int)photo);
        return true;
    }
    return false;
}

static bool
has_photo(const struct form *form, int64_t id)
{
    for (int i = 1; i <= item_form_photos(form); i++) {
        int64_t there;
        if (str_to_int(value_of(form, i, "photo"), 1, INT64_MAX, &there) && there == id)
            return true;
    }
    return false;
}

static enum rc
add_one(struct form *form, struct str number, struct err *err)
{
    static const struct photo follows = {.expires_at = TIME_NONE};
    struct desk d = staff_desk(form->v);
    struct library_photo library;
    int n = item_form_photos(form);
    int64_t id;
    if (!str_to_int(number, 1, INT64_MAX, &id) || has_photo(form, id))
        return RC_OK;
    enum rc rc = news_photo(&d, id, form->v->a, &library, err);
    if (rc != RC_OK)
        return rc == RC_NOT_FOUND ? RC_OK : rc;
    if (n == ITEM_PHOTOS_MAX) {
        form_error(form, "photos", S_USE_FULL);
        return RC_OK;
    }
    item_form_set_photos(form, n + 1);
    fill_in(form, n + 1, &follows, &library);
    return RC_OK;
}

enum rc
item_photos_add(struct visit *v, struct form *form, struct err *err)
{
    for (int i = 0; i < v->req.n_params; i++) {
        struct str all = v->req.params[i].value;
        while (str_eq_z(v->req.params[i].name, "add") && all.p != NULL)
            TRY(add_one(form, str_cut(&all, ','), err));
    }
    return RC_OK;
}

/* ---- what is shown ---- */

/* Of a kept text: photos that are none are left out. */
static enum rc
read_libraries(struct form *form, struct library_photo *all, struct err *err)
{
    int order[ITEM_PHOTOS_MAX], n = 0, n_before = item_form_photos(form);
    for (int i = 1; i <= n_before; i++) {
        enum rc rc = read_library(form, i, &all[n], err);
        if (rc == RC_OK)
            order[n++] = i;
        else if (rc != RC_NOT_FOUND)
            return rc;
    }
    if (n < n_before)
        arrange(form, order, n);
    return RC_OK;
}

static struct str
picture_of(struct arena *a, const struct library_photo *l, struct view_use *u)
{
    struct rendition_size sizes[RENDITION_SIZES_MAX];
    (void)rendition_sizes(RENDITION_WHOLE, l->photo.width_px, l->photo.height_px, sizes);
    struct str file =
        rendition_file(a, RENDITION_WHOLE, sizes[0].width_px, RENDITION_JPEG);
    u->width_px = sizes[0].width_px;
    u->height_px = sizes[0].height_px;
    return str_fmt(a, "/admin/photos/%lld/media/%.*s", (long long)l->id, STR_ARG(file));
}

static struct str
name_of(struct visit *v, const struct library_photo *l)
{
    struct str names[] = {l->file_name, l->photo.headline, l->photo.caption};
    for (size_t i = 0; i < N_ELEMENTS(names); i++)
        if (names[i].n > 0)
            return names[i];
    return str_fmt(v->a, "%.*s %lld", STR_ARG(staff_word(v, S_STAFF_PHOTO)),
                   (long long)l->id);
}

/* Whose credit is shown where the field is empty. */
static struct str
credit_hint(struct visit *v, const struct library_photo *l)
{
    struct str credit = l->photo.credit;
    return credit.n > 0
               ? str_fmt(v->a, "%.*s %.*s", STR_ARG(staff_word(v, S_USE_CREDIT_HINT)),
                         STR_ARG(credit))
               : staff_word(v, S_USE_CREDIT_NONE);
}

/* What the library says, beside another caption or none. */
static struct str
caption_hint(struct visit *v, const struct library_photo *l, struct str here)
{
    struct str caption = l->photo.caption;
    if (caption.n == 0 || str_eq(caption, here))
        return (struct str){NULL, 0};
    return str_fmt(v->a, "%.*s %.*s", STR_ARG(staff_word(v, S_USE_CAPTION_HINT)),
                   STR_ARG(caption));
}

/* When it is to leave, if that is soon. */
static struct str
ends_text(struct visit *v, int64_t end)
{
    if (!photo_ends_soon(v, end))
        return (struct str){NULL, 0};
    return str_fmt(v->a, "%.*s %.*s", STR_ARG(staff_word(v, S_LIBRARY_ENDS_SOON)),
                   STR_ARG(staff_moment(v, end)));
}

/* What the item says of that photo now; NULL: nothing. */
static const struct photo *
stored_use(const struct item *stored, struct str sha256)
{
    for (int i = 0; stored != NULL && i < stored->n_photos; i++)
        if (str_eq(stored->photos[i].sha256, sha256))
            return &stored->photos[i];
    return NULL;
}

static void
fill_use(struct form *form, int photo, const struct library_photo *l, int64_t end,
         struct view_use *u)
{
    struct visit *v = form->v;
    struct view_field *fields = fields_of(form, photo);
    struct str own = value_of(form, photo, "credit");
    const struct view_field *whole =
        form_field(form, item_photos_field(v, photo, "photo"));
    bool has_ended = end != TIME_NONE && end <= v->now;
    for (int i = 0; i < ITEM_PHOTO_FIELDS; i++)
        fields[i].is_of_photo = true;
    form_field(form, item_photos_field(v, photo, "focal"))->fold =
        staff_word(v, S_USE_FOCAL);
    form_field(form, item_photos_field(v, photo, "credit"))->hint = credit_hint(v, l);
    form_field(form, item_photos_field(v, photo, "caption"))->hint =
        caption_hint(v, l, value_of(form, photo, "caption"));
    *u = (struct view_use){
        .number = str_fmt(v->a, "%d", photo),
        .name = name_of(v, l),
        .url = str_fmt(v->a, "/admin/photos/%lld/", (long long)l->id),
        .credit = own.n > 0               ? own
                  : l->photo.credit.n > 0 ? l->photo.credit
                                          : form_value(form, "photo_credit"),
        .error =
            whole->error.n == 0 && has_ended ? staff_word(v, S_USE_ENDED) : whole->error,
        .note = whole->hint,
        .ends = ends_text(v, end),
        .fields = fields,
        .n_fields = ITEM_PHOTO_FIELDS};
    u->picture = picture_of(v->a, l, u);
}

enum rc
item_photos_complete(struct visit *v, const struct item *stored, struct form *form,
                     struct err *err)
{
    int64_t id = stored != NULL ? stored->id : 0;
    struct view_uses *uses = arena_alloc(v->a, sizeof *uses);
    struct view_use *all = arena_array(v->a, struct view_use, ITEM_PHOTOS_MAX);
    struct library_photo *libraries =
        arena_array(v->a, struct library_photo, ITEM_PHOTOS_MAX);
    TRY(read_libraries(form, libraries, err));
    *uses = (struct view_uses){.all = all,
                               .n = item_form_photos(form),
                               .form = item_form_address(v, id, ""),
                               .choose = item_form_address(v, id, "photos/")};
    for (int i = 0; i < uses->n; i++) {
        const struct photo *use = stored_use(stored, libraries[i].photo.sha256);
        fill_use(form, i + 1, &libraries[i], photo_use_end(use, &libraries[i]), &all[i]);
    }
    form_field(form, "photos")->uses = uses;
    form_field(form, "photos")->id = "f-photos";
    return RC_OK;
}
