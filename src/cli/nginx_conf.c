/* cli/nginx_conf.c - `byline nginx-conf`: filling the pieces of cli/nginx_*.conf.in. */
#include "cli/nginx_conf.h"

#include <stdio.h>
#include <unistd.h>

#include "cli/commands.h"
#include "model/rendition.h"
#include "web/visit.h"

#include "base/file.h"

enum { CONF_MAX = 256 * 1024, NESTING_MAX = 4 };

static const struct {
    const char *name, *text;
} pieces[] = {
#define PIECE(name, text) {#name, text},
#include "nginx.def"
#undef PIECE
};

/* A mark @NAME@ and what stands for it; a piece's text may hold marks itself. */
struct mark {
    const char *name;
    struct str text;
};

struct filling {
    const struct conf *conf;
    struct arena *a;
    struct mark marks[32];
    int n;
};

static void
set(struct filling *f, const char *name, struct str text)
{
    f->marks[f->n++] = (struct mark){name, text};
}

static struct str
find(const struct filling *f, struct str name)
{
    for (int i = f->n - 1; i >= 0; i--)
        if (str_eq_z(name, f->marks[i].name))
            return f->marks[i].text;
    for (size_t i = 0; i < N_ELEMENTS(pieces); i++)
        if (str_eq_z(name, pieces[i].name))
            return str_of(pieces[i].text);
    return (struct str){NULL, 0};
}

static void
fill(const struct filling *f, struct str text, int depth, struct buf *out)
{
    while (text.n > 0) {
        struct str before = str_cut(&text, '@');
        buf_add(out, before);
        struct str rest = text, name = str_cut(&rest, '@');
        struct str value = rest.p != NULL ? find(f, name) : (struct str){NULL, 0};
        if (text.p == NULL)
            return;
        if (value.p == NULL || depth == NESTING_MAX) {
            buf_add_c(out, '@');
            continue;
        }
        fill(f, value, depth + 1, out);
        text = rest;
    }
}

static struct str
listen_lines(struct filling *f)
{
    struct buf b;
    struct str words = str_of(f->conf->nginx_listen);
    buf_init(&b, f->a, CONF_MAX);
    while (words.n > 0) {
        struct str word = str_cut(&words, ' ');
        if (word.n > 0)
            buf_fmt(&b, "    listen %.*s;\n", STR_ARG(word));
    }
    return buf_str(&b);
}

/* What nginx answers by itself, with the page of the language that says it best. 403 says
 * 404, as for what is not there; 494 is nginx's word for headers that are too long. */
static const struct {
    int status, page;
    const char *said;
} own_pages[] = {
    {400, 400, ""},      {403, 404, "=404 "}, {404, 404, ""}, {405, 405, ""},
    {412, 400, ""},      {413, 413, ""},      {414, 414, ""}, {416, 400, ""},
    {494, 494, "=400 "}, {500, 500, ""},      {501, 400, ""}, {502, 502, ""},
    {503, 503, ""},      {504, 504, ""},      {505, 400, ""},
};

static struct str
error_pages(struct filling *f, const char *folder, const char *indent)
{
    struct buf b;
    buf_init(&b, f->a, CONF_MAX);
    for (size_t i = 0; i < N_ELEMENTS(own_pages); i++)
        buf_fmt(&b, "%serror_page %d %s/errors/%s%d.html;\n", indent, own_pages[i].status,
                own_pages[i].said, folder, own_pages[i].page);
    return buf_str(&b);
}

/* Where photos come in, who may not is led to where the newsroom says why. */
static struct str
upload_error_pages(struct filling *f)
{
    struct str all = error_pages(f, "", "        "), line;
    struct buf b;
    buf_init(&b, f->a, CONF_MAX);
    while (all.n > 0) {
        line = str_cut(&all, '\n');
        if (!str_starts(str_trim(line), STR("error_page 403 ")))
            buf_fmt(&b, "%.*s\n", STR_ARG(line));
    }
    buf_add_z(&b, "        error_page 401 403 = @upload_denied;\n");
    return buf_str(&b);
}

static struct str
page_locations(struct filling *f)
{
    struct buf b;
    buf_init(&b, f->a, CONF_MAX);
    for (int i = 0; i < f->conf->languages.n; i++) {
        struct filling one = *f;
        const char *code = f->conf->languages.code[i];
        const char *folder = i == 0 ? "" : str_fmt(f->a, "%s/", code).p;
        set(&one, "LANG", str_of(code));
        set(&one, "PREFIX", str_fmt(f->a, "/%s", folder));
        set(&one, "ERROR_PAGES", i == 0 ? STR("") : error_pages(f, folder, "        "));
        fill(&one, find(f, STR("PAGES")), 0, &b);
    }
    return buf_str(&b);
}

/* Nothing in a path may end nginx's word or statement. */
static enum rc
check_path(const char *name, const char *path, struct err *err)
{
    if (strpbrk(path, " \t\"';{}$\\@") == NULL)
        return RC_OK;
    return err_field(err, name,
                     "%s = %s: spaces and any of \"';{}$\\@ cannot stand in "
                     "nginx's configuration",
                     name, path);
}

static enum rc
check_paths(const struct conf *c, const struct nginx_conf_options *o, struct err *err)
{
    TRY(check_path("cache_dir", c->cache_dir, err));
    TRY(check_path("media_dir", c->media_dir, err));
    TRY(check_path("share_dir", c->share_dir, err));
    TRY(check_path("public_socket", c->public_socket, err));
    TRY(check_path("staff_socket", c->staff_socket, err));
    TRY(check_path("--dir", o->dir != NULL ? o->dir : "", err));
    if (!str_ends(str_of(c->media_dir), STR("/media")))
        return err_field(err, "media_dir",
                         "media_dir = %s: must end in /media, as the "
                         "photos' addresses begin with it",
                         c->media_dir);
    return RC_OK;
}

enum rc
nginx_conf_print(const struct conf *c, const struct nginx_conf_options *o,
                 struct buf *out, struct err *err)
{
    struct filling f = {.conf = c, .a = out->arena};
    struct str media = str_of(c->media_dir);
    bool is_whole = o->dir != NULL;
    TRY(check_paths(c, o, err));
    set(&f, "DIR", str_of(is_whole ? o->dir : ""));
    set(&f, "USER", geteuid() == 0 ? STR("user root; # only for trying out\n") : STR(""));
    set(&f, "CACHE", str_of(c->cache_dir));
    set(&f, "CACHE_MB", str_fmt(f.a, "%lld", (long long)c->cache_max_size_mb));
    set(&f, "SOCKET", str_of(c->public_socket));
    set(&f, "STAFF_SOCKET", str_of(c->staff_socket));
    set(&f, "SHARE", str_of(c->share_dir));
    set(&f, "MEDIA_ROOT", str_sub(media, 0, media.n - strlen("/media")));
    set(&f, "ERRORS", str_of(is_whole ? o->dir : c->share_dir));
    set(&f, "LOG",
        is_whole ? str_fmt(f.a, "%s/nginx-access.log", o->dir)
                 : STR("/var/log/nginx/byline.log"));
    set(&f, "LISTEN", listen_lines(&f));
    set(&f, "MODERN_MIME", str_of(rendition_mime(RENDITION_MODERN)));
    set(&f, "MODERN_EXT", str_of(rendition_ext(RENDITION_MODERN)));
    set(&f, "ERROR_PAGES", error_pages(&f, "", "    "));
    set(&f, "UPLOAD_ERROR_PAGES", upload_error_pages(&f));
    set(&f, "UPLOAD_MB", str_fmt(f.a, "%lld", (long long)c->upload_max_mb));
    set(&f, "PAGES", page_locations(&f));
    fill(&f, find(&f, is_whole ? STR("WHOLE") : STR("SITE")), 0, out);
    return buf_ok(out) ? RC_OK
                       : err_set(err, RC_LIMIT, "nginx's configuration is too long");
}

/* ---- the command ---- */

static enum rc
write_page(struct cli *c, struct view *v, const char *dir, int lang,
           const struct web_error *e, struct err *err)
{
    struct view_error_page page = {.heading = view_string(v, lang, e->title),
                                   .text = view_string(v, lang, e->text)};
    struct str html;
    const char *folder =
        lang == 0 ? dir
                  : str_fmt(&c->arena, "%s/%s", dir, c->conf.languages.code[lang]).p;
    TRY(file_make_dir(folder, 0755, err));
    TRY(view_static_error(v, lang, &page, &c->arena, &html, err));
    return file_write(str_fmt(&c->arena, "%s/%d.html", folder, e->status).p, html, 0644,
                      err);
}

static enum rc
write_pages(struct cli *c, const char *dir, struct err *err)
{
    struct view v;
    enum rc rc = RC_OK;
    TRY(view_open(&c->site, str_of(c->conf.templates_dir), &v, err));
    for (int lang = 0; rc == RC_OK && lang < c->site.n_langs; lang++)
        for (int i = 0; rc == RC_OK && i < web_n_errors; i++)
            rc = write_page(c, &v, dir, lang, &web_errors[i], err);
    view_close(&v);
    return rc;
}

static int
run(struct cli *c)
{
    struct nginx_conf_options o = {cli_value(c, "dir")};
    const char *pages = cli_value(c, "error-pages");
    struct buf out;
    struct err err;
    buf_init(&out, &c->arena, CONF_MAX);
    if (pages != NULL)
        return write_pages(c, pages, &err) == RC_OK ? EXIT_DONE : cli_fail(&err);
    if (nginx_conf_print(&c->conf, &o, &out, &err) != RC_OK)
        return cli_fail(&err);
    struct str text = buf_str(&out);
    return fwrite(text.p, 1, text.n, stdout) == text.n ? EXIT_DONE : EXIT_FAILED;
}

static const struct cli_option options[] = {
    {"dir", "DIR",
     "a whole configuration with logs, cache and DIR/errors, for trying out"},
    {"error-pages", "DIR",
     "write the pages that nginx answers by itself into DIR instead"},
    {NULL, NULL, NULL},
};

const struct command command_nginx_conf = {
    .name = "nginx-conf",
    .args = "",
    .summary = "print nginx's configuration for the site",
    .help = "  byline nginx-conf > /etc/nginx/conf.d/byline.conf\n"
            "  byline nginx-conf --error-pages /usr/share/byline/errors\n"
            "Do both again when settings change.\n",
    .options = options,
    .run = run,
};
