/* web/admin/item_form.c - the fields of an item, and times on the office's clock. */
#include "web/admin/item_form.h"

#include <stddef.h>

#include "news/together.h"
#include "web/admin/item_photos.h"
#include "web/moment.h"

#include "base/slug.h"
#include "base/time.h"

enum {
    TAGS_TEXT_MAX = ITEM_TAGS_MAX * (ITEM_TAG_MAX + 2),
    MOMENT_MAX = 40,
    FIELDS_OF_OLD = 2 /* the last rows are not asked about a new item */
};

static const struct form_spec item_fields[] = {
    {"base", FIELD_HIDDEN, S__MAX, S__MAX, 20, false, NULL, 0},
    {"draft", FIELD_HIDDEN, S__MAX, S__MAX, WORKING_DRAFT_MAX, false, NULL, 0},
    {"title", FIELD_LINE, S_STAFF_ITEM_TITLE, S__MAX, ITEM_TITLE_MAX, true, "off", 0},
    {"section", FIELD_CHOICE, S_STAFF_SECTION, S__MAX, 20, true, NULL, 0},
    {"lang", FIELD_CHOICE, S_STAFF_ITEM_LANGUAGE, S__MAX, 8, true, NULL, 0},
    {"lead", FIELD_AREA, S_STAFF_LEAD, S_STAFF_LEAD_HINT, ITEM_LEAD_MAX, false, NULL, 3},
    {"body", FIELD_AREA, S_STAFF_BODY, S_STAFF_BODY_HINT, ITEM_BODY_MAX, false, NULL, 18},
    {"photos", FIELD_PHOTOS, S_STAFF_PHOTOS, S_USE_HINT, 3, false, NULL, 0},
    {"photo_credit", FIELD_LINE, S_STAFF_CREDIT, S_STAFF_CREDIT_HINT, ITEM_CREDIT_MAX,
     false, "off", 0},
    {"tags", FIELD_LINE, S_STAFF_TAGS, S_STAFF_TAGS_HINT, TAGS_TEXT_MAX, false, "off", 0},
    {"published_at", FIELD_MOMENT, S_STAFF_PUBLISH_AT, S_STAFF_PUBLISH_HINT, MOMENT_MAX,
     false, NULL, 0},
    {"published_at_which", FIELD_HIDDEN, S_STAFF_WHICH, S__MAX, 1, false, NULL, 0},
    {"slug", FIELD_LINE, S_STAFF_SLUG, S_STAFF_SLUG_HINT, SLUG_MAX, false, "off", 0},
    {"embargo_until", FIELD_MOMENT, S_STAFF_EMBARGO, S_STAFF_EMBARGO_HINT, MOMENT_MAX,
     false, NULL, 0},
    {"embargo_until_which", FIELD_HIDDEN, S_STAFF_WHICH, S__MAX, 1, false, NULL, 0},
    {"pinned_until", FIELD_MOMENT, S_STAFF_PINNED, S_STAFF_PINNED_HINT, MOMENT_MAX, false,
     NULL, 0},
    {"pinned_until_which", FIELD_HIDDEN, S_STAFF_WHICH, S__MAX, 1, false, NULL, 0},
    {"expires_at", FIELD_MOMENT, S_STAFF_EXPIRES, S_STAFF_EXPIRES_HINT, MOMENT_MAX, false,
     NULL, 0},
    {"expires_at_which", FIELD_HIDDEN, S_STAFF_WHICH, S__MAX, 1, false, NULL, 0},
    {"minor", FIELD_CHECK, S_STAFF_MINOR, S_STAFF_MINOR_HINT, 1, false, NULL, 0},
    {"why", FIELD_LINE, S_STAFF_WHY, S_STAFF_WHY_HINT, DESK_REASON_MAX, false, "off", 0},
};

/* What few items need stands in a part of its own. */
static const char *const seldom[] = {
    "slug",       "embargo_until",      "embargo_until_which", "pinned_until",
    "expires_at", "pinned_until_which", "expires_at_which",
};
static const char *const halves[] = {"section", "lang"};

/* The fields that are times, and where they go. */
static const struct {
    struct moment_field field;
    size_t offset;
} moments[] = {
    {{"published_at", "published_at_which", false}, offsetof(struct item, published_at)},
    {{"embargo_until", "embargo_until_which", false},
     offsetof(struct item, embargo_until)},
    {{"pinned_until", "pinned_until_which", false}, offsetof(struct item, pinned_until)},
    {{"expires_at", "expires_at_which", false}, offsetof(struct item, expires_at)},
};

static int64_t *
moment_of(struct item *it, size_t i)
{
    return (int64_t *)(void *)((char *)it + moments[i].offset);
}

static int
n_fields(bool is_new)
{
    return (int)N_ELEMENTS(item_fields) - (is_new ? FIELDS_OF_OLD : 0);
}

/* The rows of the table, and those of so many photos behind them. */
static const struct form_spec *
spec_of(struct visit *v, bool is_new, int n_photos, int *n)
{
    int own = n_fields(is_new);
    *n = own + n_photos * ITEM_PHOTO_FIELDS;
    struct form_spec *spec = arena_array(v->a, struct form_spec, *n);
    memcpy(spec, item_fields, (size_t)own * sizeof *spec);
    item_photos_spec(v, n_photos, &spec[own]);
    return spec;
}

int
item_form_photos(const struct form *form)
{
    return (form->n - n_fields(!form_has(form, "why"))) / ITEM_PHOTO_FIELDS;
}

void
item_form_set_photos(struct form *form, int n_photos)
{
    struct form old = *form;
    int n = 0, most = ITEM_PHOTOS_MAX;
    const struct form_spec *spec =
        spec_of(form->v, !form_has(form, "why"), n_photos < most ? n_photos : most, &n);
    form_begin(form, old.v, spec, n);
    memcpy(form->fields, old.fields,
           (size_t)(n < old.n ? n : old.n) * sizeof *form->fields);
    form->n_errors = old.n_errors;
    form_set(form, "photos", str_fmt(form->v->a, "%d", item_form_photos(form)));
}

/* ---- what can be chosen ---- */

static void
offer_sections(struct visit *v, const struct item *it, struct form *form)
{
    const struct sections *ss = &v->w->news.sections;
    struct view_option *options = arena_array(v->a, struct view_option, ss->n + 1);
    int n = 0;
    if (it->id == 0)
        options[n++] = (struct view_option){STR(""), staff_word(v, S_STAFF_CHOOSE)};
    for (int i = 0; i < ss->n; i++)
        options[n++] =
            (struct view_option){str_fmt(v->a, "%lld", (long long)ss->all[i].id),
                                 section_name(&ss->all[i], v->match.lang)};
    form_options(form, "section", options, n);
}

/* The hint of the publish time says what the clocks show now. */
static void
tell_clocks(struct visit *v, struct view_field *field)
{
    field->hint = str_fmt(v->a, "%.*s %.*s.", STR_ARG(field->hint),
                          STR_ARG(moment_text(v, v->now)));
}

static void
complete(struct visit *v, const struct item *it, struct form *form)
{
    offer_sections(v, it, form);
    form_languages(form, "lang");
    tell_clocks(v, form_field(form, "published_at"));
    form_field(form, "body")->id = "body";
    if (it->body_format == BODY_MARKDOWN)
        form_field(form, "body")->kind = FIELD_PROSE;
    for (size_t i = 0; i < N_ELEMENTS(seldom); i++)
        form_field(form, seldom[i])->fold = staff_word(v, S_STAFF_SELDOM);
    for (size_t i = 0; i < N_ELEMENTS(halves); i++)
        form_field(form, halves[i])->is_half = true;
}

/* ---- an item into the form ---- */

static struct str
join_tags(struct visit *v, const struct item *it)
{
    struct str all = STR("");
    for (int i = 0; i < it->n_tags; i++)
        all = str_fmt(v->a, "%.*s%s%.*s", STR_ARG(all), i > 0 ? ", " : "",
                      STR_ARG(it->tags[i]));
    return all;
}

static struct str
number_text(struct visit *v, int64_t n)
{
    return n != 0 ? str_fmt(v->a, "%lld", (long long)n) : STR("");
}

void
item_form_show(struct visit *v, const struct item *it, int64_t base, struct form *form)
{
    struct item copy = *it;
    int n;
    const struct form_spec *spec = spec_of(v, it->id == 0, it->n_photos, &n);
    form_begin(form, v, spec, n);
    complete(v, it, form);
    item_photos_show(it, form);
    form_set(form, "base", str_fmt(v->a, "%lld", (long long)base));
    form_set(form, "draft", news_draft_word(v->a));
    form_set(form, "title", it->title);
    form_set(form, "lead", it->lead);
    form_set(form, "body", it->body);
    form_set(form, "section", number_text(v, it->section_id));
    form_set(form, "lang", it->lang);
    form_set(form, "photo_credit", it->photo_credit);
    form_set(form, "tags", join_tags(v, it));
    form_set(form, "slug", it->slug);
    for (size_t i = 0; i < N_ELEMENTS(moments); i++)
        if (*moment_of(&copy, i) != TIME_NONE)
            form_set(form, moments[i].field.name,
                     time_office_write(v->a, *moment_of(&copy, i)));
}

/* ---- the form into an item ---- */

/* A date without a time stays one as long as nobody writes another time. */
static void
take_moment(struct form *form, size_t i, struct item *it)
{
    int64_t *to = moment_of(it, i), was = *to;
    *to = moment_read(form, moments[i].field, was);
    if (to == &it->published_at && *to != was)
        it->is_date_only = false;
}

static bool
has_tag(const struct item *it, struct str tag)
{
    for (int i = 0; i < it->n_tags; i++)
        if (str_eq(it->tags[i], tag))
            return true;
    return false;
}

static void
take_tags(struct visit *v, struct form *form, struct item *it)
{
    struct str rest = form_value(form, "tags");
    it->tags = arena_array(v->a, struct str, ITEM_TAGS_MAX);
    it->n_tags = 0;
    while (rest.p != NULL) {
        struct str tag = str_trim(str_cut(&rest, ','));
        if (tag.n == 0 || has_tag(it, tag))
            continue;
        if (it->n_tags == ITEM_TAGS_MAX || tag.n > ITEM_TAG_MAX) {
            form_error(form, "tags", S_STAFF_TAGS_WRONG);
            return;
        }
        it->tags[it->n_tags++] = tag;
    }
}

/* An empty one is made from the title: by news for a new item. */
static enum rc
take_slug(struct visit *v, struct form *form, struct item *it, struct err *err)
{
    struct str slug = form_value(form, "slug");
    if (slug.n > 0 && !slug_is_valid(slug))
        form_error(form, "slug", S_STAFF_SLUG_WRONG);
    it->slug = slug.n > 0 ? slug : (struct str){NULL, 0};
    if (slug.n == 0 && it->id != 0)
        return slug_make(v->a, it->title, it->lang, &it->slug, err);
    return RC_OK;
}

static void
take_texts(const struct form *form, struct item *it)
{
    it->title = form_value(form, "title");
    it->lead = form_value(form, "lead");
    it->body = form_value(form, "body");
    it->photo_credit = form_value(form, "photo_credit");
    it->lang = form_value(form, "lang");
    if (!str_to_int(form_value(form, "section"), 1, INT64_MAX, &it->section_id))
        it->section_id = 0; /* noted as no choice */
}

enum rc
item_form_base(struct visit *v, int64_t *out, struct err *err)
{
    if (!str_to_int(http_form_get(&v->staff.form, "base"), 0, INT64_MAX, out))
        return err_field(err, "base", "no number of a revision");
    return RC_OK;
}

static enum rc
read_fields(struct visit *v, const struct item *it, struct form *form, struct err *err)
{
    int64_t n_photos;
    int n;
    struct str sent = http_form_get(&v->staff.form, "photos");
    if (!str_to_int(sent, 0, ITEM_PHOTOS_MAX, &n_photos))
        return err_field(err, "photos", "no number of photos");
    const struct form_spec *spec = spec_of(v, it->id == 0, (int)n_photos, &n);
    TRY(form_read(form, v, spec, n, err));
    complete(v, it, form);
    return RC_OK;
}

enum rc
item_form_again(struct visit *v, const struct item *it, struct form *form,
                struct err *err)
{
    TRY(read_fields(v, it, form, err));
    for (int i = 0; i < form->n && v->staff.form.n_mended == 0; i++)
        form->fields[i].error = (struct str){NULL, 0};
    form->n_errors = v->staff.form.n_mended;
    return RC_OK;
}

enum rc
item_form_read(struct visit *v, struct item *it, struct item_notes *notes,
               struct form *form, struct err *err)
{
    *notes = (struct item_notes){.why = {NULL, 0}};
    TRY(item_form_base(v, &notes->base, err));
    TRY(read_fields(v, it, form, err));
    notes->draft = form_value(form, "draft");
    take_texts(form, it);
    take_tags(v, form, it);
    for (size_t i = 0; i < N_ELEMENTS(moments); i++)
        take_moment(form, i, it);
    TRY(item_photos_read(v, form, it, err));
    TRY(take_slug(v, form, it, err));
    form_check_choices(form);
    if (it->id != 0) {
        notes->is_minor = form_is_on(form, "minor");
        notes->why = form_value(form, "why");
    }
    return RC_OK;
}
