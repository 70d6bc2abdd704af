/* view/photo.c - a photo with its credit. */
#include "view/photo.h"

#include "model/photo.h"
#include "model/rendition.h"
#include "model/url.h"

/* How wide the style sheet (static/css/site.css) draws a photo, as the sizes attribute
 * says it: the page's margins, its column beside the strip, its grids. */
#define SIZES_COLUMN \
    "(min-width: 82em) 901px, (min-width: 64em) calc(100vw - 400px), calc(100vw - 43px)"
#define SIZES_TEXT "(min-width: 43em) 646px, calc(100vw - 43px)"

enum { MARGINS_PX = 43, GALLERY_MARGINS_PX = 85 };

static const struct {
    enum rendition_shape shape;
    const char *sizes;
    int width_max_px;  /* of sizes; 0: drawn as wide as its place, whatever it has */
    int height_max_px; /* drawn no higher; 0: whatever it has */
    int margins_px;    /* beside it where the window is narrow */
    bool has_rights;   /* whose it is and what may be done with it is said, too */
} places[PHOTO__MAX] = {
    [PHOTO_IN_ARTICLE] = {RENDITION_WHOLE, SIZES_COLUMN, 901, 748, MARGINS_PX, true},
    [PHOTO_IN_TEXT] = {RENDITION_WHOLE, SIZES_TEXT, 646, 748, MARGINS_PX, true},
    [PHOTO_IN_GALLERY] = {RENDITION_WHOLE, "(min-width: 46em) 671px, calc(100vw - 85px)",
                          671, 0, GALLERY_MARGINS_PX, true},
    [PHOTO_IN_LEAD] = {RENDITION_CARD, "(min-width: 72em) 580px, " SIZES_COLUMN, 0, 0, 0,
                       false},
    [PHOTO_IN_LIST] = {RENDITION_CARD,
                       "(min-width: 82em) 252px, (min-width: 64em) calc(27vw - 98px), "
                       "(min-width: 40em) 28vw, "
                       "calc(100vw - 43px)",
                       0, 0, 0, false},
    [PHOTO_IN_BLOCK] = {RENDITION_CARD,
                        "(min-width: 64em) 430px, (min-width: 40em) 46vw, "
                        "calc(100vw - 43px)",
                        0, 0, 0, false},
};

/* The IPTC digital source types that a reader is told of, by the last word of their
 * address (cv.iptc.org/newscodes/digitalsourcetype). */
static const struct {
    const char *word;
    enum tpl_string said;
} machine_made[] = {
    {"trainedAlgorithmicMedia", S_PHOTO_AI},
    {"compositeWithTrainedAlgorithmicMedia", S_PHOTO_PARTLY_AI},
};

/* ---- the picture ---- */

struct files {
    struct rendition_size all[RENDITION_SIZES_MAX];
    int n;
};

static struct files
files_of(const struct photo *p, enum rendition_shape shape)
{
    struct files f;
    f.n = rendition_sizes(shape, p->width_px, p->height_px, f.all);
    return f;
}

static struct str
address(struct arena *a, const struct view_frame *f, const struct photo *p,
        struct str file)
{
    struct str url = url_media(a, p->rendition, file);
    return f->photos.n > 0 ? str_fmt(a, "%.*s%.*s", STR_ARG(f->photos), STR_ARG(url))
                           : url;
}

static void
set_srcset(const struct view_frame *f, struct tpl_dict *d, const struct photo *p,
           enum rendition_shape shape, enum rendition_format format)
{
    struct arena *a = tpl_arena(d);
    struct tpl_candidate all[RENDITION_SIZES_MAX];
    struct files files = files_of(p, shape);
    for (int i = 0; i < files.n; i++) {
        int width_px = files.all[i].width_px;
        struct str file = rendition_file(a, shape, width_px, format);
        all[i] = (struct tpl_candidate){address(a, f, p, file), width_px};
    }
    tpl_set_srcset(d, format == RENDITION_JPEG ? T_JPEG : T_MODERN, all, files.n);
}

/* A tall photo is drawn narrower than its place is, and so is one that has not as many
 * pixels. */
static struct str
sizes_of(struct arena *a, const struct photo *p, enum photo_place place)
{
    int most_px = p->width_px, height_px = places[place].height_max_px;
    int margins_px = places[place].margins_px;
    if (height_px > 0 && (int64_t)height_px * p->width_px / p->height_px < most_px)
        most_px = (int)((int64_t)height_px * p->width_px / p->height_px);
    if (most_px >= places[place].width_max_px)
        return str_of(places[place].sizes);
    return str_fmt(a, "(min-width: %dpx) %dpx, calc(100vw - %dpx)", most_px + margins_px,
                   most_px, margins_px);
}

static void
set_image(const struct view_frame *f, struct tpl_dict *fig, const struct photo *p,
          struct photo_style style)
{
    struct arena *a = tpl_arena(fig);
    enum rendition_shape shape = places[style.place].shape;
    struct files files = files_of(p, shape);
    struct rendition_size largest = files.all[files.n - 1];
    int middle_px = files.all[files.n > 1 ? 1 : 0].width_px;
    struct str src = rendition_file(a, shape, middle_px, RENDITION_JPEG);
    struct tpl_dict *d = tpl_section(fig, T_IMAGE);
    tpl_set_str(d, T_TYPE, str_of(rendition_mime(RENDITION_MODERN)));
    set_srcset(f, d, p, shape, RENDITION_MODERN);
    set_srcset(f, d, p, shape, RENDITION_JPEG);
    tpl_set_str(d, T_SIZES, sizes_of(a, p, style.place));
    tpl_set_str(d, T_SRC, address(a, f, p, src));
    tpl_set_str(d, T_ALT, p->alt);
    tpl_set_int(d, T_WIDTH, largest.width_px);
    tpl_set_int(d, T_HEIGHT, largest.height_px);
    tpl_show(d, style.is_eager ? T_EAGER : T_LAZY);
}

/* ---- what is said of it ---- */

static void
set_linked(struct tpl_dict *d, enum tpl_name link, enum tpl_name plain, struct str url)
{
    if (url.n > 0)
        tpl_set_str(tpl_section(d, link), T_LINK_URL, url);
    else
        tpl_show(d, plain);
}

static void
set_credit(struct tpl_dict *fig, const struct photo *p)
{
    struct tpl_dict *credit = tpl_section(fig, T_CREDIT);
    tpl_set_str(credit, T_CREDIT_TEXT, p->credit);
    set_linked(credit, T_CREDIT_LINK, T_CREDIT_PLAIN, p->credit_url);
}

static bool
names(struct str text, struct str name)
{
    return str_find_str(text, name) < text.n;
}

/* Who took it, for whom, and whose it is, unless the credit or one behind says so. */
static void
set_holders(struct tpl_dict *fig, const struct photo *p)
{
    const struct str holders[] = {p->creator, p->organisation, p->copyright};
    enum { N = N_ELEMENTS(holders) };
    for (size_t i = 0; i < N; i++) {
        bool is_said = holders[i].n == 0 || names(p->credit, holders[i]);
        for (size_t k = i + 1; k < N; k++)
            is_said = is_said || names(holders[k], holders[i]);
        if (!is_said)
            tpl_set_str(tpl_section(fig, T_CREATOR), T_CREATOR_TEXT, holders[i]);
    }
}

/* Whose it is and what may be done with it. */
static void
set_rights(const struct view *v, const struct view_frame *f, struct tpl_dict *fig,
           const struct photo *p)
{
    set_holders(fig, p);
    if (p->licence.n + p->licence_url.n > 0) {
        struct tpl_dict *licence = tpl_section(fig, T_LICENCE);
        struct str name = view_string(v, f->lang, S_PHOTO_LICENCE);
        tpl_set_str(licence, T_LICENCE_TEXT, p->licence.n > 0 ? p->licence : name);
        set_linked(licence, T_LICENCE_LINK, T_LICENCE_PLAIN, p->licence_url);
    }
    if (p->usage.n > 0)
        tpl_set_str(tpl_section(fig, T_USAGE), T_USAGE_TEXT, p->usage);
    if (p->acquire_url.n > 0)
        tpl_set_str(tpl_section(fig, T_ACQUIRE), T_ACQUIRE_URL, p->acquire_url);
}

static void
set_machine(const struct view *v, const struct view_frame *f, struct tpl_dict *fig,
            const struct photo *p)
{
    struct str word = p->source_type;
    for (size_t at; (at = str_find(word, '/')) < word.n;)
        word = str_from(word, at + 1);
    for (size_t i = 0; i < N_ELEMENTS(machine_made); i++)
        if (str_eq_z(word, machine_made[i].word))
            tpl_set_str(tpl_section(fig, T_MACHINE), T_MACHINE_TEXT,
                        view_string(v, f->lang, machine_made[i].said));
}

void
view_photo(const struct view *v, const struct view_frame *f, struct tpl_dict *d,
           enum tpl_name section, const struct photo *p, struct photo_style style)
{
    struct tpl_dict *fig =
        tpl_include(tpl_section(d, section), T_FIGURE, TPL_SITE_FIGURE);
    if (!photo_is_shown(p, f->now))
        tpl_show(fig, T_ENDED);
    else if (p->rendition.n == 0)
        tpl_show(fig, T_NOT_YET);
    else
        set_image(f, fig, p, style);
    if (p->caption.n > 0)
        tpl_set_str(tpl_section(fig, T_CAPTION), T_CAPTION_TEXT, p->caption);
    set_credit(fig, p);
    if (places[style.place].has_rights)
        set_rights(v, f, fig, p);
    set_machine(v, f, fig, p);
}

/* ---- for programs ---- */

static struct str
absolute(struct arena *a, const struct site *s, const struct photo *p,
         enum rendition_shape shape, int width_px)
{
    struct str file = rendition_file(a, shape, width_px, RENDITION_JPEG);
    return url_absolute(a, s, url_media(a, p->rendition, file));
}

bool
view_photo_facts(const struct site *s, const struct photo *p, int64_t now,
                 struct arena *a, struct photo_facts *out)
{
    if (!photo_is_shown(p, now) || p->rendition.n == 0)
        return false;
    struct files whole = files_of(p, RENDITION_WHOLE);
    struct files share = files_of(p, RENDITION_SHARE);
    struct rendition_size w = whole.all[whole.n - 1], c = share.all[share.n - 1];
    *out = (struct photo_facts){
        .photo = p,
        .url = absolute(a, s, p, RENDITION_WHOLE, w.width_px),
        .width_px = w.width_px,
        .height_px = w.height_px,
        .share_url = absolute(a, s, p, RENDITION_SHARE, c.width_px),
        .share_width_px = c.width_px,
        .share_height_px = c.height_px,
    };
    return true;
}
