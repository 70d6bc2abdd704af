/* view/view.c - loading, and the frame around every page. */
#include "model/url.h"
#include "view/card.h"

#include "base/file.h"
#include "base/time.h"

enum { CHROME_MAX = 256 * 1024 };

static const struct {
    const char *name;
    struct str url;
} statics[] = {
#define STATIC(name, url) {name, STR_INIT(url)},
#include "static.def"
#undef STATIC
};

struct str
view_static(const char *name)
{
    size_t i = 0;
    while (strcmp(statics[i].name, name) != 0)
        i++;
    return statics[i].url;
}

struct str
view_string(const struct view *v, int lang, enum tpl_string s)
{
    return v->langs[lang].strings[s];
}

static enum rc
load_templates(struct view *v, struct str folder, struct err *err)
{
    struct tpl_lang langs[SITE_LANGS_MAX];
    for (int i = 0; i < v->site->n_langs; i++)
        langs[i] = (struct tpl_lang){v->langs[i].code, v->langs[i].strings};
    return tpl_open(folder, langs, v->site->n_langs, &v->set, err);
}

enum rc
view_open(const struct site *site, struct str folder, struct view *v, struct err *err)
{
    *v = (struct view){.site = site};
    arena_init(&v->arena);
    arena_init(&v->chrome_arena);
    arena_init(&v->wording_arena);
    arena_init(&v->wordings_before);
    if (!file_exists(str_z(&v->arena, folder))) /* an operator need not have one */
        folder = (struct str){NULL, 0};
    enum rc rc = view_langs_load(folder, site, &v->arena, v->langs, err);
    memcpy(v->files, v->langs, sizeof v->files);
    if (rc == RC_OK)
        rc = load_templates(v, folder, err);
    if (rc != RC_OK)
        view_close(v);
    return rc;
}

void
view_close(struct view *v)
{
    tpl_close(v->set);
    v->set = NULL;
    arena_done(&v->wordings_before);
    arena_done(&v->wording_arena);
    arena_done(&v->chrome_arena);
    arena_done(&v->arena);
}

/* ---- header and strip, kept as HTML for an epoch ---- */

static void
add_menu(struct tpl_dict *d, struct str url, struct str name, bool is_current)
{
    struct tpl_dict *entry =
        tpl_section(tpl_section(d, T_MENU), is_current ? T_CURRENT : T_PLAIN);
    tpl_set_str(entry, T_MENU_URL, url);
    tpl_set_str(entry, T_MENU_NAME, name);
}

/* The top section that holds the current one. */
static int64_t
top_of(const struct sections *ss, int64_t id)
{
    const struct section *s = sections_by_id(ss, id);
    return s != NULL && s->parent_id != 0 ? s->parent_id : id;
}

static void
fill_menu(struct view *v, const struct view_frame *f, struct tpl_dict *d)
{
    struct arena *a = tpl_arena(d);
    add_menu(d, url_all(a, v->site, f->lang), view_string(v, f->lang, S_ALL_NEWS),
             f->current == -1);
    for (int i = 0; f->sections != NULL && i < f->sections->n; i++) {
        const struct section *s = &f->sections->all[i];
        if (s->parent_id == 0)
            add_menu(d, url_section(a, v->site, f->lang, s->slug),
                     section_name(s, f->lang), top_of(f->sections, f->current) == s->id);
    }
}

static enum rc
make_header(struct view *v, const struct view_frame *f, struct arena *a,
            struct tpl_html *out, struct err *err)
{
    const struct site_lang *l = &v->site->langs[f->lang];
    struct tpl_dict *d = tpl_dict_new(a, TPL_SITE_HEADER);
    tpl_set_str(d, T_HOME_URL, url_home(a, v->site, f->lang));
    tpl_set_str(d, T_SITE_NAME, l->name);
    if (l->tagline.n > 0)
        tpl_set_str(tpl_section(d, T_TAGLINE), T_TAGLINE_TEXT, l->tagline);
    fill_menu(v, f, d);
    return tpl_expand_html(v->set, l->code, d, CHROME_MAX, out, err);
}

static enum rc
make_strip(struct view *v, const struct view_frame *f, struct arena *a,
           struct tpl_html *out, struct err *err)
{
    struct tpl_dict *d = tpl_dict_new(a, TPL_SITE_STRIP);
    tpl_set_str(d, T_ALL_URL, url_all(a, v->site, f->lang));
    for (int i = 0; i < f->strip->n; i++) {
        const struct card *c = &f->strip->all[i];
        struct tpl_dict *item = tpl_section(d, T_STRIP_ITEM);
        tpl_set_str(item, T_URL, view_card_url(v, f, c, a));
        view_item_date(&v->langs[f->lang], item, c->published_at, c->is_date_only);
        tpl_set_str(item, T_TEXT, c->lead.n > 0 ? c->lead : c->title);
    }
    return tpl_expand_html(v->set, v->site->langs[f->lang].code, d, CHROME_MAX, out, err);
}

static void
begin_epoch(struct view *v, int64_t epoch)
{
    if (v->epoch == epoch)
        return;
    v->epoch = epoch;
    v->n_chromes = 0;
    memset(v->has_strip, 0, sizeof v->has_strip);
    arena_reset(&v->chrome_arena);
}

static struct tpl_html
keep(struct view *v, struct tpl_html html)
{
    html.s = str_copy(&v->chrome_arena, html.s);
    return html;
}

static enum rc
get_header(struct view *v, const struct view_frame *f, struct arena *a,
           struct tpl_html *out, struct err *err)
{
    for (int i = 0; i < v->n_chromes; i++)
        if (v->chromes[i].lang == f->lang && v->chromes[i].section_id == f->current) {
            *out = v->chromes[i].header;
            return RC_OK;
        }
    TRY(make_header(v, f, a, out, err));
    if (f->sections != NULL && v->n_chromes < VIEW_CHROMES_MAX)
        v->chromes[v->n_chromes++] =
            (struct view_chrome){f->lang, f->current, keep(v, *out)};
    return RC_OK;
}

static enum rc
get_strip(struct view *v, const struct view_frame *f, struct arena *a,
          struct tpl_html *out, struct err *err)
{
    *out = (struct tpl_html){STR("")};
    if (f->strip == NULL || f->strip->n == 0 || f->sections == NULL)
        return RC_OK;
    if (!v->has_strip[f->lang]) {
        TRY(make_strip(v, f, a, out, err));
        v->strips[f->lang] = keep(v, *out);
        v->has_strip[f->lang] = true;
    }
    *out = v->strips[f->lang];
    return RC_OK;
}

/* ---- head ---- */

static struct str
document_title(struct view *v, const struct view_frame *f, struct arena *a)
{
    struct str name = v->site->langs[f->lang].name;
    if (f->title.n == 0)
        return name;
    return str_fmt(a, "%.*s %.*s %.*s", STR_ARG(f->title),
                   STR_ARG(view_string(v, f->lang, S_SITE_TITLE_SEP)), STR_ARG(name));
}

static void
add_alternate(struct view *v, struct tpl_dict *d, struct str hreflang, struct str path)
{
    struct arena *a = tpl_arena(d);
    struct tpl_dict *alt = tpl_section(d, T_ALTERNATE);
    tpl_set_str(alt, T_HREFLANG, hreflang);
    tpl_set_str(alt, T_HREF, url_absolute(a, v->site, path));
}

/* hreflang names all forms of the page, itself included, or none. */
static void
set_alternates(struct view *v, const struct view_frame *f, struct tpl_dict *d)
{
    int n_same = 0;
    for (int i = 0; i < f->n_alternates; i++)
        n_same += f->alternates[i].is_same_page;
    if (n_same == 0 || f->path.n == 0)
        return;
    struct str of_default = f->lang == 0 ? f->path : (struct str){NULL, 0};
    add_alternate(v, d, v->site->langs[f->lang].code, f->path);
    for (int i = 0; i < f->n_alternates; i++) {
        const struct view_alternate *alt = &f->alternates[i];
        if (!alt->is_same_page)
            continue;
        add_alternate(v, d, v->site->langs[alt->lang].code, alt->path);
        if (alt->lang == 0)
            of_default = alt->path;
    }
    if (of_default.n > 0)
        add_alternate(v, d, STR("x-default"), of_default);
}

static void
set_switch(struct view *v, const struct view_frame *f, struct tpl_dict *d)
{
    struct tpl_dict *langs = f->n_alternates > 0 ? tpl_section(d, T_LANGUAGES) : NULL;
    for (int i = 0; i < f->n_alternates; i++) {
        const struct view_alternate *alt = &f->alternates[i];
        struct tpl_dict *lang = tpl_section(langs, T_LANGUAGE);
        tpl_set_str(lang, T_SWITCH_URL, alt->path);
        tpl_set_str(lang, T_SWITCH_LANG, v->site->langs[alt->lang].code);
        tpl_set_str(lang, T_SWITCH_NAME, v->langs[alt->lang].name);
    }
}

static void
set_head(struct view *v, const struct view_frame *f, struct tpl_dict *d)
{
    struct arena *a = tpl_arena(d);
    tpl_set_str(d, T_LANG, v->langs[f->lang].code);
    tpl_set_str(d, T_DIR, v->langs[f->lang].dir);
    tpl_set_str(d, T_TITLE, document_title(v, f, a));
    if (f->description.n > 0)
        tpl_set_str(tpl_section(d, T_DESCRIPTION), T_DESCRIPTION_TEXT, f->description);
    if (f->path.n > 0 && !f->is_noindex)
        tpl_set_str(tpl_section(d, T_CANONICAL), T_CANONICAL_URL,
                    url_absolute(a, v->site, f->path));
    if (f->is_noindex)
        tpl_show(d, T_NOINDEX);
    else
        set_alternates(v, f, d);
    if (f->prev.n > 0)
        tpl_set_str(tpl_section(d, T_PREV), T_PREV_URL, f->prev);
    if (f->next.n > 0)
        tpl_set_str(tpl_section(d, T_NEXT), T_NEXT_URL, f->next);
}

static void
set_files(struct view *v, const struct view_frame *f, struct tpl_dict *d)
{
    struct arena *a = tpl_arena(d);
    tpl_set_str(d, T_CSS_URL, view_static("css/site.css"));
    tpl_set_str(d, T_JS_URL, view_static("js/site.js"));
    tpl_set_str(d, T_FAVICON_URL, view_static("img/favicon.svg"));
    tpl_set_str(d, T_FAVICON_ICO_URL, view_static("img/favicon.ico"));
    tpl_set_str(d, T_TOUCH_ICON_URL, view_static("img/apple-touch-icon.png"));
    tpl_set_str(d, T_MANIFEST_URL, url_manifest(a, v->site, f->lang));
}

static void
set_foot(struct view *v, const struct view_frame *f, struct tpl_dict *d)
{
    struct arena *a = tpl_arena(d);
    tpl_set_str(d, T_HOME_URL, url_home(a, v->site, f->lang));
    tpl_set_str(d, T_SITE_NAME, v->site->langs[f->lang].name);
    tpl_set_str(d, T_ALL_URL, url_all(a, v->site, f->lang));
    tpl_set_str(d, T_CORRECTIONS_URL, url_corrections(a, v->site, f->lang));
    tpl_set_int(d, T_YEAR, time_office(f->now).year);
    set_switch(v, f, d);
}

static void
set_bar(const struct view_frame *f, struct tpl_dict *d)
{
    if (f->preview == NULL)
        return;
    tpl_set_str(tpl_section(d, T_BAR_STYLE), T_CSS_URL, view_static("css/preview.css"));
    struct tpl_dict *bar = tpl_section(d, T_BAR);
    tpl_set_str(bar, T_BAR_TEXT, f->preview->text);
    for (int i = 0; i < f->preview->n_links; i++) {
        struct tpl_dict *link = tpl_section(bar, T_BAR_LINK);
        tpl_set_str(link, T_LINK_URL, f->preview->links[i].url);
        tpl_set_str(link, T_LINK_NAME, f->preview->links[i].name);
    }
}

enum rc
view_page(struct view *v, const struct view_frame *f, struct view_content content,
          struct arena *a, struct str *out, struct err *err)
{
    struct tpl_html header, strip;
    begin_epoch(v, f->epoch);
    TRY(get_header(v, f, a, &header, err));
    TRY(get_strip(v, f, a, &strip, err));
    struct tpl_dict *d = tpl_dict_new(a, TPL_SITE_PAGE);
    set_head(v, f, d);
    set_files(v, f, d);
    set_foot(v, f, d);
    set_bar(f, d);
    tpl_set_html(d, T_CHROME_TOP, header);
    tpl_set_html(d, T_STRIP, strip);
    const struct view_kind *kind = content.kind;
    kind->fill(v, f, tpl_include(d, T_CONTENT, kind->content), content.page);
    if (kind->head != NULL && !f->is_noindex)
        kind->head(v, f, d, content.page);
    return tpl_expand(v->set, v->site->langs[f->lang].code, d, VIEW_PAGE_MAX, out, err);
}
