/* tpl/load.c - makes a set of templates: reads, checks, puts the strings in, registers.
 */
#include "tpl/lint.h"
#include "tpl/set.h"

#include "base/buf.h"
#include "base/utf8.h"

enum { TEXT_SIZE_MAX = 4 * 1024 * 1024, KNOWN_SIZE_MAX = 220 };

struct load {
    struct tpl_set *set;
    struct arena *scratch; /* until tpl_open returns */
    struct err *err;
};

/* --- checking names --- */

struct check {
    const struct load *load;
    enum tpl_file file;
};

static int
string_of(struct str name)
{
    int string = 0;
    while (string < S__MAX && !str_eq_z(name, tpl_string_name((enum tpl_string)string)))
        string++;
    return string;
}

static enum tpl_as
use_of(enum tpl_marker_kind kind)
{
    return kind == TPL_MARKER_INCLUDE ? TPL_AS_INCLUDE
           : kind == TPL_MARKER_VALUE ? TPL_AS_VALUE
                                      : TPL_AS_SECTION;
}

static enum rc
refuse_name(const struct check *c, const struct tpl_marker *m, enum tpl_as as)
{
    struct buf known;
    buf_init(&known, c->load->scratch, KNOWN_SIZE_MAX);
    for (int name = 0; name < T__MAX; name++)
        if (tpl_file_uses(c->file, (enum tpl_name)name, as))
            buf_fmt(&known, " %s", tpl_name_text((enum tpl_name)name));
    return err_set(c->load->err, RC_INVALID,
                   "%s:%d: %.*s is nothing that %s gets; in that way it may use%.*s%s",
                   c->load->set->texts[c->file].where, m->line,
                   STR_ARG(utf8_cut(m->source, 40)), tpl_file_name(c->file),
                   STR_ARG(buf_str(&known)), buf_ok(&known) ? "" : " …");
}

static enum rc
check_name(void *ctx, const struct tpl_marker *m, struct err *err)
{
    const struct check *c = ctx;
    if (m->kind == TPL_MARKER_COMMENT || m->kind == TPL_MARKER_END)
        return RC_OK;
    if (m->kind == TPL_MARKER_STRING)
        return string_of(m->name) < S__MAX
                   ? RC_OK
                   : err_set(err, RC_INVALID,
                             "%s:%d: %.*s: the language files have no such string",
                             c->load->set->texts[c->file].where, m->line,
                             STR_ARG(utf8_cut(m->source, 40)));
    enum tpl_as as = use_of(m->kind);
    enum tpl_name name = tpl_index_find(&c->load->set->index, m->name.p, m->name.n);
    return name < T__MAX && tpl_file_uses(c->file, name, as) ? RC_OK
                                                             : refuse_name(c, m, as);
}

static enum rc
check_texts(const struct load *load)
{
    for (int file = 0; file < TPL__MAX; file++) {
        struct check c = {load, (enum tpl_file)file};
        const struct set_text *t = &load->set->texts[file];
        TRY(tpl_lint_scan(t->text, t->where, check_name, &c, load->err));
    }
    return RC_OK;
}

/* --- putting the strings of a language in --- */

struct fill {
    const struct load *load;
    const struct tpl_lang *lang;
    struct buf out;
    const char *from; /* what is not copied yet */
};

static enum rc
fill_string(void *ctx, const struct tpl_marker *m, struct err *err)
{
    struct fill *f = ctx;
    if (m->kind != TPL_MARKER_STRING)
        return RC_OK;
    int string = string_of(m->name);
    struct str text = f->lang->strings[string];
    if (text.p == NULL)
        return err_set(err, RC_INVALID, "the language %.*s has no text for %s",
                       STR_ARG(f->lang->code), tpl_string_key((enum tpl_string)string));
    buf_add(&f->out, (struct str){f->from, (size_t)(m->source.p - f->from)});
    buf_add(&f->out, tpl_escape_html(f->load->scratch, text));
    f->from = m->source.p + m->source.n;
    return RC_OK;
}

static enum rc
add_text(const struct load *load, enum tpl_file file, const struct tpl_lang *lang,
         const char *key)
{
    const struct set_text *t = &load->set->texts[file];
    struct fill f = {.load = load, .lang = lang, .from = t->text.p};
    buf_init(&f.out, load->scratch, TEXT_SIZE_MAX);
    TRY(tpl_lint_scan(t->text, t->where, fill_string, &f, load->err));
    buf_add(&f.out, str_from(t->text, (size_t)(f.from - t->text.p)));
    struct str filled = buf_str(&f.out);
    if (!buf_ok(&f.out))
        return err_set(load->err, RC_LIMIT, "%s: too large with the strings in",
                       t->where);
    if (!bridge_cache_add(load->set->cache, key, filled.p, filled.n))
        return err_set(load->err, RC_INVALID, "%s: refused by the template engine",
                       t->where);
    return RC_OK;
}

static enum rc
add_lang(const struct load *load, const struct tpl_lang *lang, const struct set_lang *to)
{
    for (int file = 0; file < TPL__MAX; file++)
        TRY(add_text(load, (enum tpl_file)file, lang, to->keys[file]));
    return RC_OK;
}

/* A cache of its own for all texts with these strings in, instead of the set's. */
static enum rc
fill_cache(struct load *load, const struct tpl_lang *langs)
{
    struct tpl_set *set = load->set;
    struct bridge_cache *old = set->cache;
    enum rc rc = RC_OK;
    set->cache = bridge_cache_new();
    if (set->cache == NULL)
        rc = err_set(load->err, RC_FAILED, "the template engine does not start");
    for (int i = 0; rc == RC_OK && i < set->n_langs; i++)
        rc = add_lang(load, &langs[i], &set->langs[i]);
    if (rc == RC_OK && !bridge_cache_freeze(set->cache))
        rc = err_set(load->err, RC_FAILED, "the template engine does not freeze");
    bridge_cache_free(rc == RC_OK ? old : set->cache);
    if (rc != RC_OK)
        set->cache = old;
    return rc;
}

/* --- the set --- */

static void
make_lang(struct tpl_set *set, struct set_lang *to, struct str code)
{
    to->code = str_copy(&set->arena, code);
    for (int file = 0; file < TPL__MAX; file++)
        to->keys[file] = str_fmt(&set->arena, "%.*s/%s", STR_ARG(code),
                                 tpl_file_name((enum tpl_file)file))
                             .p;
}

static struct tpl_set *
make_set(const struct tpl_lang *langs, int n_langs)
{
    struct arena a;
    arena_init(&a);
    struct tpl_set *set = arena_new(&a, struct tpl_set);
    set->langs = arena_array(&a, struct set_lang, n_langs);
    set->n_langs = n_langs;
    set->texts = arena_array(&a, struct set_text, TPL__MAX);
    tpl_index_fill(&set->index);
    set->arena = a;
    for (int i = 0; i < n_langs; i++)
        make_lang(set, &set->langs[i], langs[i].code);
    return set;
}

static enum rc
fill_set(struct load *load, struct str folder, const struct tpl_lang *langs)
{
    struct set_text *texts = load->set->texts;
    for (int file = 0; file < TPL__MAX; file++)
        texts[file] = (struct set_text){{tpl_builtin[file].bytes, tpl_builtin[file].size},
                                        tpl_builtin[file].name};
    if (folder.p != NULL)
        TRY(set_read_folder(&load->set->arena, folder, texts, load->err));
    TRY(check_texts(load));
    return fill_cache(load, langs);
}

enum rc
tpl_open(struct str folder, const struct tpl_lang *langs, int n_langs,
         struct tpl_set **out, struct err *err)
{
    struct arena scratch AT_END(arena_done);
    arena_init(&scratch);
    struct load load = {.set = make_set(langs, n_langs), .scratch = &scratch, .err = err};
    enum rc rc = fill_set(&load, folder, langs);
    if (rc == RC_OK)
        *out = load.set;
    else
        tpl_close(load.set);
    return rc;
}

enum rc
tpl_reword(struct tpl_set *set, const struct tpl_lang *langs, struct err *err)
{
    struct arena scratch AT_END(arena_done);
    struct load load = {.set = set, .scratch = &scratch, .err = err};
    arena_init(&scratch);
    return fill_cache(&load, langs);
}

void
tpl_close(struct tpl_set *set)
{
    if (set == NULL)
        return;
    struct arena a = set->arena;
    bridge_cache_free(set->cache);
    arena_done(&a);
}
