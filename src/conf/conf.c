/* conf/conf.c - loading: gather entries, resolve their names, read their values.
 *
 * First every entry of every source is written down with where it came from; then each
 * is matched with its row of the table, a later source taking the place of an earlier
 * one; at last the values are read, so that the variants of a text see the languages
 * whatever stands first. */
#include "conf/conf.h"

#include <assert.h>

#include "conf/nearest.h"
#include "conf/table.h"

#include "base/file.h"
#include "base/ini.h"
#include "base/time.h"
#include "base/utf8.h"

enum { FILE_LIMIT = 256 * 1024, SHOWN_MAX = 100 };

/* One `name = value`, as given. */
struct entry {
    struct entry *next;
    const char *where;   /* "FILE:LINE", "environment" or "--set" */
    const char *section; /* NULL outside files */
    struct str name, value;
    struct str lang;               /* "ru" of a variant, else absent */
    const struct conf_setting *of; /* its row, once resolved */
    int source;
};

struct loading {
    struct arena *a;
    const char *path;
    struct entry *first, **last;
    int source; /* number of the one being read; later ones win */
    struct err *err;
};

static struct entry *
add_entry(struct loading *l, const char *where, struct str name, struct str value)
{
    struct entry *e = arena_new(l->a, struct entry);
    e->where = where;
    e->name = str_copy(l->a, str_trim(name));
    e->value = str_copy(l->a, str_trim(value));
    e->source = l->source;
    *l->last = e;
    l->last = &e->next;
    return e;
}

/* Values and names are shown as given, but cut. */
static struct str
shown(struct str s)
{
    return utf8_cut(s, SHOWN_MAX);
}

/* --- gathering --------------------------------------------------------------- */

static enum rc
gather_ini(void *ctx, const char *section, const char *name, const char *value, int line,
           struct err *err)
{
    (void)err;
    struct loading *l = ctx;
    const char *where = str_fmt(l->a, "%s:%d", l->path, line).p;
    struct entry *e = add_entry(l, where, str_of(name), str_of(value));
    e->section = str_z(l->a, str_of(section));
    return RC_OK;
}

static enum rc
gather_file(struct loading *l)
{
    struct str text;
    l->source++;
    TRY(file_read(l->a, l->path, FILE_LIMIT, &text, l->err));
    return ini_read(text, l->path, gather_ini, l, l->err);
}

/* BYLINE_CONFIG names the file itself; BYLINE__ begins what the program tells its own
 * successor, and what the web server tells it. */
static bool
is_env_setting(struct str name)
{
    return str_starts(name, STR("BYLINE_")) && !str_starts(name, STR("BYLINE__")) &&
           !str_eq_z(name, "BYLINE_CONFIG");
}

/* Capitals to small letters; a name of the environment cannot hold the dot of
 * site_name.ru, so SITE_NAME_RU stands for it. */
static struct str
env_name(struct arena *a, struct str name)
{
    char *low = arena_copy(a, name.p, name.n);
    for (size_t i = 0; i < name.n; i++)
        if (low[i] >= 'A' && low[i] <= 'Z')
            low[i] = (char)(low[i] - 'A' + 'a');
    for (int i = 0; i < CONF_ID__MAX; i++) {
        size_t n = strlen(conf_settings[i].name);
        if (conf_settings[i].type == CONF_TEXT_LANG && n < name.n && low[n] == '_' &&
            memcmp(low, conf_settings[i].name, n) == 0)
            low[n] = '.';
    }
    return (struct str){low, name.n};
}

static void
gather_env(struct loading *l, const char *const *env)
{
    l->source++;
    for (; env != NULL && *env != NULL; env++) {
        struct str value = str_of(*env), name = str_cut(&value, '=');
        if (is_env_setting(name))
            add_entry(l, "environment", env_name(l->a, str_from(name, strlen("BYLINE_"))),
                      value);
    }
}

static enum rc
gather_sets(struct loading *l, const char *const *sets, int n)
{
    l->source++;
    for (int i = 0; i < n; i++) {
        struct str value = str_of(sets[i]), name = str_cut(&value, '=');
        if (value.p == NULL)
            return err_field(l->err, "--set", "--set: \"%.*s\": allowed is name=value",
                             STR_ARG(shown(name)));
        add_entry(l, "--set", name, value);
    }
    return RC_OK;
}

/* --- resolving --------------------------------------------------------------- */

static const struct conf_setting *
find_setting(struct str name)
{
    for (int i = 0; i < CONF_ID__MAX; i++)
        if (str_eq_z(name, conf_settings[i].name))
            return &conf_settings[i];
    return NULL;
}

static enum rc
refuse_unknown(struct loading *l, const struct entry *e)
{
    const char *names[CONF_ID__MAX];
    for (int i = 0; i < CONF_ID__MAX; i++)
        names[i] = conf_settings[i].name;
    struct str plain = e->name, base = str_cut(&plain, '.');
    const char *near = conf_nearest(base, names, CONF_ID__MAX);
    const char *field = str_z(l->a, shown(e->name));
    return err_field(l->err, field, "%s: unknown setting \"%s\"%s%s%s", e->where, field,
                     near != NULL ? "; is " : "", near != NULL ? near : "",
                     near != NULL ? " meant?" : "");
}

/* Only texts marked so in the table have variants. */
static enum rc
resolve_name(struct loading *l, struct entry *e)
{
    struct str lang = e->name, base = str_cut(&lang, '.');
    e->of = find_setting(base);
    e->lang = lang;
    if (e->of == NULL)
        return refuse_unknown(l, e);
    if (lang.p != NULL && e->of->type != CONF_TEXT_LANG)
        return err_field(l->err, e->of->name, "%s: %.*s: %s has no variants per language",
                         e->where, STR_ARG(shown(e->name)), e->of->name);
    if (e->section != NULL && strcmp(e->section, e->of->section) != 0)
        return err_field(l->err, e->of->name, "%s: %s stands in [%.*s], allowed is [%s]",
                         e->where, e->of->name, STR_ARG(shown(str_of(e->section))),
                         e->of->section);
    return RC_OK;
}

static bool
is_same_setting(const struct entry *a, const struct entry *b)
{
    return a->of == b->of && str_eq(a->lang, b->lang);
}

/* Twice in one source is a mistake: nobody can tell which one is meant. */
static enum rc
refuse_double(struct loading *l, const struct entry *e)
{
    for (const struct entry *old = l->first; old != e; old = old->next)
        if (is_same_setting(old, e) && old->source == e->source)
            return err_field(l->err, e->of->name, "%s: %.*s is set twice, first at %s",
                             e->where, STR_ARG(e->name), old->where);
    return RC_OK;
}

static enum rc
resolve(struct loading *l)
{
    for (struct entry *e = l->first; e != NULL; e = e->next) {
        TRY(resolve_name(l, e));
        TRY(refuse_double(l, e));
    }
    return RC_OK;
}

/* --- reading values ---------------------------------------------------------- */

static void *
member_of(struct conf *c, const struct conf_setting *s)
{
    return (char *)c + s->offset;
}

/* The table's own defaults are right, or the program is wrong. */
static void
set_defaults(struct loading *l, struct conf *c)
{
    for (int i = 0; i < CONF_ID__MAX; i++) {
        const struct conf_setting *s = &conf_settings[i];
        bool is_good = conf_value_read(s, str_of(s->def), l->a, member_of(c, s));
        assert(is_good);
        (void)is_good;
    }
}

static enum rc
refuse_value(struct loading *l, const struct entry *e)
{
    struct buf allowed;
    buf_init(&allowed, l->a, 1024);
    conf_value_allowed(e->of, &allowed);
    return err_field(l->err, e->of->name, "%s: %.*s = \"%.*s\": allowed is %.*s",
                     e->where, STR_ARG(e->name), STR_ARG(shown(e->value)),
                     STR_ARG(buf_str(&allowed)));
}

static enum rc
read_plain(struct loading *l, struct conf *c)
{
    for (const struct entry *e = l->first; e != NULL; e = e->next)
        if (e->lang.p == NULL &&
            !conf_value_read(e->of, e->value, l->a, member_of(c, e->of)))
            return refuse_value(l, e);
    return RC_OK;
}

static const char *
join_langs(struct arena *a, const struct conf *c)
{
    struct buf b;
    buf_init(&b, a, 64);
    for (int i = 0; i < c->languages.n; i++)
        buf_fmt(&b, "%s%s", i > 0 ? ", " : "", c->languages.code[i]);
    return buf_str(&b).p;
}

/* A variant of a language the site has not would be lost without a word. */
static enum rc
read_variant(struct loading *l, struct conf *c, const struct entry *e)
{
    int i = conf_lang_index(c, e->lang);
    if (i < 0)
        return err_field(l->err, e->of->name,
                         "%s: %.*s: allowed after the dot is one of %s", e->where,
                         STR_ARG(shown(e->name)), join_langs(l->a, c));
    struct conf_text *t = member_of(c, e->of);
    if (!conf_value_read(e->of, e->value, l->a, &t->lang[i]))
        return refuse_value(l, e);
    return RC_OK;
}

static enum rc
read_variants(struct loading *l, struct conf *c)
{
    for (const struct entry *e = l->first; e != NULL; e = e->next)
        if (e->lang.p != NULL)
            TRY(read_variant(l, c, e));
    return RC_OK;
}

static void
fill_variants(struct conf *c)
{
    for (int i = 0; i < CONF_ID__MAX; i++) {
        if (conf_settings[i].type != CONF_TEXT_LANG)
            continue;
        struct conf_text *t = member_of(c, &conf_settings[i]);
        for (int k = 0; k < c->languages.n; k++)
            t->lang[k] = t->lang[k] != NULL ? t->lang[k] : t->any;
    }
}

/* Only tzdata knows its zones. */
static enum rc
choose_zone(struct loading *l, const struct conf *c)
{
    const struct conf_setting *zone = &conf_settings[CONF_ID_time_zone];
    struct entry by_default = {.where = "default",
                               .name = str_of(zone->name),
                               .value = str_of(zone->def),
                               .of = zone};
    const struct entry *given = &by_default;
    for (const struct entry *e = l->first; e != NULL; e = e->next)
        given = e->of == zone ? e : given;
    enum rc rc = time_set_zone(c->time_zone, l->err);
    return rc == RC_INVALID ? refuse_value(l, given) : rc;
}

enum rc
conf_load(const struct conf_source *from, struct arena *a, struct conf *out,
          struct err *err)
{
    struct loading l = {.a = a, .path = from->path, .err = err};
    struct conf c = {0};
    l.last = &l.first;
    if (from->path != NULL)
        TRY(gather_file(&l));
    gather_env(&l, from->env);
    TRY(gather_sets(&l, from->sets, from->n_sets));
    TRY(resolve(&l));
    set_defaults(&l, &c);
    TRY(read_plain(&l, &c));
    TRY(read_variants(&l, &c));
    fill_variants(&c);
    TRY(choose_zone(&l, &c));
    *out = c;
    return RC_OK;
}

int
conf_lang_index(const struct conf *c, struct str lang)
{
    for (int i = 0; i < c->languages.n; i++)
        if (str_eq_z(lang, c->languages.code[i]))
            return i;
    return -1;
}

const char *
conf_text_for(const struct conf *c, const struct conf_text *t, struct str lang)
{
    int i = conf_lang_index(c, lang);
    return i >= 0 ? t->lang[i] : t->any;
}
