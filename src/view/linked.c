/* view/linked.c - what an article says to programs that read its page: JSON-LD of the
 * vocabulary schema.org (NewsArticle with an ImageObject for each photo) and the tags
 * of Open Graph. */
#include "view/linked.h"

#include <jansson.h>

#include "model/url.h"
#include "view/photo.h"

#include "base/buf.h"
#include "base/time.h"

static void
release(void *json)
{
    json_decref(json);
}

/* Absent and empty texts leave no member, nor does what is no UTF-8. */
static void
set(json_t *o, const char *key, struct str s)
{
    if (s.n > 0)
        (void)json_object_set_new(o, key, json_stringn(s.p, s.n));
}

static json_t *
typed(const char *type)
{
    return json_pack("{s:s}", "@type", type);
}

static json_t *
named(const char *type, struct str name)
{
    json_t *o = typed(type);
    set(o, "name", name);
    return o;
}

/* Who made it: a person, or if none is named, the organisation. */
static void
set_maker(json_t *o, const struct photo *p)
{
    json_t *organisation =
        p->organisation.n > 0 ? named("Organization", p->organisation) : NULL;
    if (p->creator.n > 0)
        (void)json_object_set_new(o, "creator", named("Person", p->creator));
    else if (organisation != NULL)
        (void)json_object_set(o, "creator", organisation);
    if (organisation != NULL)
        (void)json_object_set_new(o, "sourceOrganization", organisation);
}

/* Photos are attributed as schema.org and the IPTC agreed: creditText, creator,
 * copyrightNotice, license (where its text is), acquireLicensePage. */
static json_t *
image(const struct photo_facts *facts, struct arena *a)
{
    const struct photo *p = facts->photo;
    json_t *o = typed("ImageObject");
    const struct {
        const char *key;
        struct str text;
    } texts[] = {
        {"contentUrl", facts->url},
        {"creditText", p->credit},
        {"copyrightNotice", p->copyright},
        {"license", p->licence_url},
        {"acquireLicensePage", p->acquire_url},
        {"caption", p->caption},
        {"headline", p->headline},
        {"digitalSourceType", p->source_type},
    };
    for (size_t i = 0; i < N_ELEMENTS(texts); i++)
        set(o, texts[i].key, texts[i].text);
    set_maker(o, p);
    if (p->usage.n > 0) {
        json_t *usage = typed("CreativeWork");
        set(usage, "text", p->usage);
        (void)json_object_set_new(o, "usageInfo", usage);
    }
    if (p->expires_at != TIME_NONE)
        set(o, "expires", time_write(a, p->expires_at, false));
    (void)json_object_set_new(o, "width", json_integer(facts->width_px));
    (void)json_object_set_new(o, "height", json_integer(facts->height_px));
    return o;
}

static json_t *
images(const struct view *v, const struct view_frame *f, const struct item *it,
       struct arena *a)
{
    json_t *list = json_array();
    struct photo_facts facts;
    for (int i = 0; i < it->n_photos; i++)
        if (view_photo_facts(v->site, &it->photos[i], f->now, a, &facts))
            (void)json_array_append_new(list, image(&facts, a));
    return list;
}

static json_t *
publisher(const struct view *v, const struct view_frame *f, struct arena *a)
{
    json_t *o = named("Organization", v->site->langs[f->lang].name);
    set(o, "url", url_absolute(a, v->site, url_home(a, v->site, f->lang)));
    return o;
}

static json_t *
article(const struct view *v, const struct view_frame *f, const struct page_article *p,
        struct arena *a)
{
    const struct item *it = &p->item;
    json_t *o =
        json_pack("{s:s,s:s}", "@context", "https://schema.org", "@type", "NewsArticle");
    set(o, "url", url_absolute(a, v->site, f->path));
    set(o, "headline", it->title);
    set(o, "description", it->lead);
    set(o, "inLanguage", v->langs[f->lang].code);
    set(o, "articleSection", section_name(p->section, f->lang));
    set(o, "datePublished", time_write(a, it->published_at, it->is_date_only));
    if (p->is_updated)
        set(o, "dateModified", time_write(a, it->updated_at, false));
    (void)json_object_set_new(o, "publisher", publisher(v, f, a));
    json_t *all = images(v, f, it, a);
    if (json_array_size(all) > 0)
        (void)json_object_set(o, "image", all);
    json_decref(all);
    return o;
}

/* JSON as the content of a script element, which only "</script" and "<!--" could end or
 * change (HTML section 4.12.1.3): what means something in HTML is written as JSON's own
 * escapes. */
static struct tpl_html
as_script(json_t *o, struct arena *a)
{
    struct buf b;
    size_t n = json_dumpb(o, NULL, 0, JSON_COMPACT);
    char *p = arena_alloc(a, n);
    n = json_dumpb(o, p, n, JSON_COMPACT);
    buf_init(&b, a, SIZE_MAX / 4);
    buf_add_z(&b, "<script type=\"application/ld+json\">");
    for (size_t i = 0; i < n; i++)
        if (strchr("<>&", p[i]) != NULL)
            buf_fmt(&b, "\\u%04x", (unsigned)p[i]);
        else
            buf_add_c(&b, p[i]);
    buf_add_z(&b, "</script>");
    return tpl_html_trusted(buf_str(&b));
}

/* The first photo that is to be seen. */
static bool
find_lead(const struct view *v, const struct view_frame *f, const struct item *it,
          struct arena *a, struct photo_facts *out)
{
    for (int i = 0; i < it->n_photos; i++)
        if (view_photo_facts(v->site, &it->photos[i], f->now, a, out))
            return true;
    return false;
}

static void
set_open_graph(const struct view *v, const struct view_frame *f, struct tpl_dict *d,
               const struct item *it)
{
    struct arena *a = tpl_arena(d);
    struct photo_facts lead;
    struct tpl_dict *og = tpl_section(d, T_OPEN_GRAPH);
    tpl_set_str(og, T_OG_TITLE, it->title);
    tpl_set_str(og, T_OG_SITE, v->site->langs[f->lang].name);
    tpl_set_str(og, T_OG_URL, url_absolute(a, v->site, f->path));
    if (!find_lead(v, f, it, a, &lead))
        return;
    struct tpl_dict *image = tpl_section(og, T_OG_IMAGE);
    tpl_set_str(image, T_OG_IMAGE_URL, lead.share_url);
    tpl_set_int(image, T_OG_WIDTH, lead.share_width_px);
    tpl_set_int(image, T_OG_HEIGHT, lead.share_height_px);
    tpl_set_str(image, T_OG_ALT, lead.photo->alt);
}

void
view_linked(const struct view *v, const struct view_frame *f, struct tpl_dict *d,
            const struct page_article *p)
{
    struct arena *a = tpl_arena(d);
    json_t *o = article(v, f, p, a);
    arena_at_end(a, release, o);
    tpl_set_html(tpl_section(d, T_LINKED), T_LINKED_JSON, as_script(o, a));
    set_open_graph(v, f, d, &p->item);
}
