/* view/manifest.c - the web app manifest. */
#include <jansson.h>

#include "model/url.h"
#include "view/view.h"

static json_t *
text(struct str s)
{
    return json_stringn_nocheck(s.p, s.n);
}

static json_t *
icon(const char *name, const char *sizes)
{
    return json_pack("{s:o,s:s,s:s,s:s}", "src", text(view_static(name)), "sizes", sizes,
                     "type", "image/png", "purpose", "any maskable");
}

static void
release(void *json)
{
    json_decref(json);
}

struct str
view_manifest(const struct view *v, int lang, struct arena *a)
{
    const struct site_lang *l = &v->site->langs[lang];
    json_t *m = json_pack(
        "{s:o,s:o,s:o,s:s,s:s,s:s,s:[o,o]}", "name", text(l->name), "lang", text(l->code),
        "start_url", text(url_home(a, v->site, lang)), "display", "browser",
        "background_color", "#ffffff", "theme_color", "#ffffff", "icons",
        icon("img/icon-192.png", "192x192"), icon("img/icon-512.png", "512x512"));
    arena_at_end(a, release, m);
    size_t n = json_dumpb(m, NULL, 0, JSON_COMPACT);
    char *p = arena_alloc(a, n);
    json_dumpb(m, p, n, JSON_COMPACT);
    return (struct str){p, n};
}
