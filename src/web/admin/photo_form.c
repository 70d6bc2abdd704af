/* web/admin/photo_form.c - what is said of a photo, as a form. */
#include "web/admin/photo_form.h"

#include "media/found.h"
#include "web/moment.h"

#include "base/time.h"

enum { MOMENT_MAX = 40, PERCENT_MAX = 10 };

static const struct form_spec photo_fields[] = {
    {"base", FIELD_HIDDEN, S__MAX, S__MAX, 20, false, NULL, 0},
    {"credit", FIELD_LINE, S_LIBRARY_FIELD_CREDIT, S_LIBRARY_HINT_CREDIT, ITEM_CREDIT_MAX,
     false, "off", 0},
    {"creator", FIELD_LINE, S_LIBRARY_FIELD_CREATOR, S__MAX, ITEM_CREDIT_MAX, false,
     "off", 0},
    {"caption", FIELD_AREA, S_LIBRARY_FIELD_CAPTION, S__MAX, ITEM_CAPTION_MAX, false,
     NULL, 3},
    {"alt", FIELD_AREA, S_LIBRARY_FIELD_ALT, S_LIBRARY_HINT_ALT, ITEM_CAPTION_MAX, false,
     NULL, 2},
    {"decorative", FIELD_CHECK, S_LIBRARY_FIELD_DECORATIVE, S_LIBRARY_HINT_DECORATIVE, 1,
     false, NULL, 0},
    {"copyright", FIELD_LINE, S_LIBRARY_FIELD_COPYRIGHT, S__MAX, ITEM_CREDIT_MAX, false,
     "off", 0},
    {"expires_at", FIELD_MOMENT, S_LIBRARY_FIELD_EXPIRES, S_LIBRARY_HINT_EXPIRES,
     MOMENT_MAX, false, NULL, 0},
    {"expires_at_which", FIELD_HIDDEN, S_STAFF_WHICH, S__MAX, 1, false, NULL, 0},
    {PHOTO_FORM_PAST, FIELD_CHECK, S_LIBRARY_PAST, S__MAX, 1, false, NULL, 0},
    {"focal_x", FIELD_LINE, S_LIBRARY_FIELD_FOCAL_X, S_LIBRARY_HINT_FOCAL, PERCENT_MAX,
     false, "off", 0},
    {"focal_y", FIELD_LINE, S_LIBRARY_FIELD_FOCAL_Y, S__MAX, PERCENT_MAX, false, "off",
     0},
    {"source_type", FIELD_CHOICE, S_LIBRARY_FIELD_SOURCE_TYPE, S_LIBRARY_HINT_SOURCE_TYPE,
     ITEM_URL_MAX, false, NULL, 0},
    {"headline", FIELD_LINE, S_LIBRARY_FIELD_HEADLINE, S__MAX, ITEM_CREDIT_MAX, false,
     "off", 0},
    {"source", FIELD_LINE, S_LIBRARY_FIELD_SOURCE, S_LIBRARY_HINT_SOURCE, ITEM_CREDIT_MAX,
     false, "off", 0},
    {"organisation", FIELD_LINE, S_LIBRARY_FIELD_ORGANISATION,
     S_LIBRARY_HINT_ORGANISATION, ITEM_CREDIT_MAX, false, "off", 0},
    {"credit_url", FIELD_LINE, S_LIBRARY_FIELD_CREDIT_URL, S_LIBRARY_HINT_CREDIT_URL,
     ITEM_URL_MAX, false, "off", 0},
    {"taken_at", FIELD_LINE, S_LIBRARY_FIELD_TAKEN, S_LIBRARY_HINT_TAKEN, 40, false,
     "off", 0},
    {"usage", FIELD_AREA, S_LIBRARY_FIELD_USAGE, S__MAX, ITEM_CAPTION_MAX, false, NULL,
     2},
    {"licence", FIELD_LINE, S_LIBRARY_FIELD_LICENCE, S_LIBRARY_HINT_LICENCE,
     ITEM_CREDIT_MAX, false, "off", 0},
    {"licence_url", FIELD_LINE, S_LIBRARY_FIELD_LICENCE_URL, S__MAX, ITEM_URL_MAX, false,
     "off", 0},
    {"acquire_url", FIELD_LINE, S_LIBRARY_FIELD_ACQUIRE_URL, S__MAX, ITEM_URL_MAX, false,
     "off", 0},
};
enum { N_FIELDS = N_ELEMENTS(photo_fields), FIRST_SELDOM = 13 };

static const struct moment_field rights_end = {"expires_at", "expires_at_which", true};

/* ---- kinds of source ---- */

#define VOCABULARY "http://cv.iptc.org/newscodes/digitalsourcetype/"

/* IPTC NewsCodes, Digital Source Type, without what is retired. */
static const struct {
    const char *word;
    enum tpl_string name;
} kinds[] = {
    {"digitalCapture", S_SOURCE_DIGITAL_CAPTURE},
    {"computationalCapture", S_SOURCE_COMPUTATIONAL_CAPTURE},
    {"negativeFilm", S_SOURCE_NEGATIVE_FILM},
    {"positiveFilm", S_SOURCE_POSITIVE_FILM},
    {"print", S_SOURCE_PRINT},
    {"humanEdits", S_SOURCE_HUMAN_EDITS},
    {"algorithmicallyEnhanced", S_SOURCE_ENHANCED},
    {"compositeCapture", S_SOURCE_COMPOSITE_CAPTURE},
    {"digitalCreation", S_SOURCE_DIGITAL_CREATION},
    {"dataDrivenMedia", S_SOURCE_DATA_DRIVEN},
    {"screenCapture", S_SOURCE_SCREEN_CAPTURE},
    {"virtualRecording", S_SOURCE_VIRTUAL_RECORDING},
    {"composite", S_SOURCE_COMPOSITE},
    {"compositeSynthetic", S_SOURCE_COMPOSITE_SYNTHETIC},
    {"algorithmicMedia", S_SOURCE_ALGORITHMIC},
    {"compositeWithTrainedAlgorithmicMedia", S_SOURCE_COMPOSITE_AI},
    {"trainedAlgorithmicMedia", S_SOURCE_AI},
};

void
photo_form_offer_sources(struct visit *v, struct str is, struct form *form)
{
    enum { N = N_ELEMENTS(kinds) };
    struct view_option *options = arena_array(v->a, struct view_option, N + 2);
    int n = 0;
    bool is_offered = is.n == 0;
    options[n++] = (struct view_option){STR(""), staff_word(v, S_SOURCE_NOT_SAID)};
    for (int i = 0; i < N; i++) {
        struct str value = str_fmt(v->a, VOCABULARY "%s", kinds[i].word);
        is_offered = is_offered || str_eq(value, is);
        options[n++] = (struct view_option){value, staff_word(v, kinds[i].name)};
    }
    if (!is_offered)
        options[n++] = (struct view_option){is, is};
    form_options(form, "source_type", options, n);
}

void
photo_form_ask_past(struct visit *v, struct form *form, int64_t end)
{
    bool is_past = end != TIME_NONE && end <= v->now;
    form_field(form, PHOTO_FORM_PAST)->kind = is_past ? FIELD_CHECK : FIELD_HIDDEN;
    if (is_past && !form_is_on(form, PHOTO_FORM_PAST))
        form_error(form, PHOTO_FORM_PAST, S_LIBRARY_PAST_ASK);
}

/* ---- the photo into the form ---- */

static void
complete(struct visit *v, const struct library_photo *p, struct form *form)
{
    static const char *const halves[] = {"copyright",    "expires_at",  "focal_x",
                                         "focal_y",      "headline",    "source",
                                         "credit",       "creator",     "credit_url",
                                         "organisation", "licence_url", "acquire_url"};
    photo_form_offer_sources(v, p->photo.source_type, form);
    photo_form_ask_past(v, form, TIME_NONE);
    for (size_t i = 0; i < N_ELEMENTS(halves); i++)
        form_field(form, halves[i])->is_half = true;
    for (int i = FIRST_SELDOM; i < N_FIELDS; i++)
        form->fields[i].fold = staff_word(v, S_LIBRARY_MORE_TEXTS);
}

void
photo_form_show(struct visit *v, const struct library_photo *p, struct form *form)
{
    struct str y = p->photo.focal, x = str_cut(&y, ',');
    form_begin(form, v, photo_fields, N_FIELDS);
    complete(v, p, form);
    form_set(form, "base", str_fmt(v->a, "%lld", (long long)p->version));
    struct photo texts = p->photo;
    for (int i = 0; i < FOUND_WORDS; i++)
        form_set(form, media_photo_key(i), *media_photo_text(&texts, i));
    form_set(form, "decorative", p->photo.is_decorative ? STR("1") : STR(""));
    form_set(form, "focal_x", x);
    form_set(form, "focal_y", y);
    if (p->photo.expires_at != TIME_NONE)
        form_set(form, "expires_at", time_office_write(v->a, p->photo.expires_at));
}

/* ---- the form into the photo ---- */

/* Both or neither; a comma is as good as a point. */
static void
take_focal(struct visit *v, struct form *form, struct photo *p)
{
    struct str x = form_value(form, "focal_x"), y = form_value(form, "focal_y");
    p->focal = (struct str){NULL, 0};
    if (x.n + y.n == 0)
        return;
    struct str focal = str_fmt(v->a, "%.*s;%.*s", STR_ARG(x), STR_ARG(y));
    char *both = arena_copy(v->a, focal.p, focal.n);
    for (size_t i = 0; i < focal.n; i++)
        both[i] = both[i] == ',' ? '.' : both[i] == ';' ? ',' : both[i];
    p->focal = (struct str){both, focal.n};
    if (!photo_focal_is_valid(p->focal))
        form_error(form, x.n == 0 || y.n > 0 ? "focal_x" : "focal_y",
                   S_LIBRARY_FOCAL_WRONG);
}

enum rc
photo_form_read(struct visit *v, struct library_photo *p, struct form *form,
                struct err *err)
{
    TRY(form_read(form, v, photo_fields, N_FIELDS, err));
    complete(v, p, form);
    form_check_choices(form);
    if (!str_to_int(form_value(form, "base"), 1, INT64_MAX, &p->version))
        return err_field(err, "base", "no number of a version");
    for (int i = 0; i < FOUND_WORDS; i++)
        *media_photo_text(&p->photo, i) =
            form_line(v->a, form_value(form, media_photo_key(i)));
    p->photo.is_decorative = form_is_on(form, "decorative");
    take_focal(v, form, &p->photo);
    int64_t was = p->photo.expires_at, end = moment_read(form, rights_end, was);
    p->photo.expires_at = end;
    photo_form_ask_past(v, form, end != was ? end : TIME_NONE);
    return RC_OK;
}

/* ---- somebody saved meanwhile ---- */

void
photo_form_tell_other(struct visit *v, const struct library_photo *theirs,
                      struct form *form)
{
    struct form other;
    struct str said = staff_word(v, S_STAFF_MERGE_THEIRS);
    photo_form_show(v, theirs, &other);
    for (int i = 0; i < form->n; i++) {
        struct str here = form->fields[i].value, there = other.fields[i].value;
        if (form->fields[i].kind == FIELD_HIDDEN || str_eq(here, there))
            continue;
        if (there.n == 0)
            there = STR("—");
        form_error_text(form, form->spec[i].name,
                        str_fmt(v->a, "%.*s %.*s", STR_ARG(said), STR_ARG(there)));
    }
    form_set(form, "base", form_value(&other, "base"));
}

/* ---- what the file itself says ---- */

static const enum tpl_string source_names[FOUND__MAX] = {
    [FOUND_XMP] = S_LIBRARY_FOUND_XMP,
    [FOUND_IIM] = S_LIBRARY_FOUND_IIM,
    [FOUND_EXIF] = S_LIBRARY_FOUND_EXIF,
};

/* "credit:iim". */
static struct str
take_word(struct visit *v, const char *key, enum media_source_kind from)
{
    return str_fmt(v->a, "%s:%s", key, media_source_name(from));
}

/* What one source says of a field: that it stands there, or a button that puts it there.
 */
static struct view_said
said_by(struct visit *v, const struct view_field *f, const struct media_found_word *w,
        enum media_source_kind from)
{
    struct view_said s = {.source = staff_word(v, source_names[from]),
                          .text = w->by[from]};
    for (int i = 0; i < f->n_options; i++)
        if (str_eq(f->options[i].value, s.text))
            s.text = f->options[i].name;
    if (w->from == from && w->differs)
        s.source = str_fmt(v->a, "%.*s, %.*s", STR_ARG(s.source),
                           STR_ARG(staff_word(v, S_LIBRARY_FOUND_WON)));
    if (str_eq(form_line(v->a, f->value), w->by[from])) {
        s.note = staff_word(v, S_LIBRARY_FOUND_SAME);
        return s;
    }
    s.take = take_word(v, str_z(v->a, f->name), from);
    s.label = staff_word(v, S_LIBRARY_TAKE);
    s.named = str_fmt(v->a, "%.*s: %.*s, %.*s", STR_ARG(s.label), STR_ARG(f->label),
                      STR_ARG(staff_word(v, source_names[from])));
    return s;
}

static void
tell_word(struct visit *v, const struct media_found_word *w, struct view_field *f)
{
    struct view_said *said = arena_array(v->a, struct view_said, FOUND__MAX);
    int n = 0;
    for (int from = 0; from < FOUND__MAX; from++)
        if (w->by[from].n > 0)
            said[n++] = said_by(v, f, w, (enum media_source_kind)from);
    f->said = said;
    f->n_said = n;
}

void
photo_form_tell_found(struct visit *v, const struct library_photo *p, struct form *form)
{
    struct media_found_words found;
    struct err err;
    if (media_found_read(p->found, v->a, &found, &err) != RC_OK)
        return; /* of a program that is not ours: the texts themselves are there */
    for (int i = 0; i < FOUND_WORDS; i++)
        tell_word(v, media_found_word(&found, i), form_field(form, media_photo_key(i)));
}

enum rc
photo_form_take(struct visit *v, const struct library_photo *p, struct str what,
                struct form *form, struct err *err)
{
    struct media_found_words found;
    TRY(media_found_read(p->found, v->a, &found, err));
    for (int i = 0; i < FOUND_WORDS; i++)
        for (int from = 0; from < FOUND__MAX; from++) {
            struct str text = media_found_word(&found, i)->by[from];
            struct str word =
                take_word(v, media_photo_key(i), (enum media_source_kind)from);
            if (text.n == 0 || !str_eq(word, what))
                continue;
            struct view_field *f = form_field(form, media_photo_key(i));
            f->value = text;
            f->error = (struct str){NULL, 0};
            return RC_OK;
        }
    return err_field(err, "take", "the file does not say this");
}
