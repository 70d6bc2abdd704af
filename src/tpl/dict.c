/* tpl/dict.c - filling dictionaries. */
#include "tpl/dict.h"

#include <inttypes.h>

#include "tpl/tpl.h"

#include "base/buf.h"

static struct tpl_dict *
make(struct arena *a, enum tpl_file file, struct tpl_dict *root)
{
    struct tpl_dict *d = arena_new(a, struct tpl_dict);
    d->arena = a;
    d->root = root != NULL ? root : d;
    d->file = file;
    d->wrong_name = T__MAX;
    return d;
}

struct tpl_dict *
tpl_dict_new(struct arena *a, enum tpl_file file)
{
    return make(a, file, NULL);
}

struct arena *
tpl_arena(const struct tpl_dict *d)
{
    return d->arena;
}

/* A name the file does not use would be lost without a word: remembered for tpl_expand.
 */
static void
check_use(const struct tpl_dict *d, enum tpl_name name, enum tpl_as as)
{
    struct tpl_dict *root = d->root;
    if (root->wrong_name != T__MAX || tpl_file_uses(d->file, name, as) != 0)
        return;
    root->wrong_file = d->file;
    root->wrong_name = name;
    root->wrong_as = as;
}

static void
set(struct tpl_dict *d, enum tpl_name name, struct str text, enum dict_kind kind)
{
    check_use(d, name, TPL_AS_VALUE);
    struct dict_value *v = arena_alloc(d->arena, sizeof *v);
    *v = (struct dict_value){d->values, name, kind, text.p != NULL ? text.p : "", text.n};
    d->values = v;
}

void
tpl_set_str(struct tpl_dict *d, enum tpl_name name, struct str text)
{
    set(d, name, text, DICT_TEXT);
}

void
tpl_set_int(struct tpl_dict *d, enum tpl_name name, int64_t value)
{
    set(d, name, str_fmt(d->arena, "%" PRId64, value), DICT_TEXT);
}

void
tpl_set_html(struct tpl_dict *d, enum tpl_name name, struct tpl_html html)
{
    set(d, name, html.s, DICT_HTML);
}

/* A path of the site of plain bytes, which neither escaping nor the list's commas and
 * blanks can change: "/" and no second one, then letters, digits and -./_ */
static bool
is_plain_path(struct str s)
{
    if (!str_starts(s, STR("/")) || str_starts(s, STR("//")))
        return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!is_letter && !(c >= '-' && c <= '9') && c != '_')
            return false;
    }
    return true;
}

void
tpl_set_srcset(struct tpl_dict *d, enum tpl_name name, const struct tpl_candidate *all,
               int n)
{
    struct buf b;
    buf_init(&b, d->arena, SIZE_MAX / 4);
    for (int i = 0; i < n; i++)
        if (is_plain_path(all[i].address))
            buf_fmt(&b, "%s%.*s %dw", b.n > 0 ? ", " : "", STR_ARG(all[i].address),
                    all[i].width_px);
    set(d, name, buf_str(&b), DICT_SRCSET);
}

static struct dict_part *
own_part(const struct tpl_dict *d, enum tpl_name name, enum tpl_as as)
{
    struct dict_part *part = d->parts;
    while (part != NULL && (part->name != name || part->as != as))
        part = part->next;
    return part;
}

static struct tpl_dict *
append(struct tpl_dict *d, enum tpl_name name, enum tpl_as as, struct tpl_dict *child)
{
    struct dict_part *part = own_part(d, name, as);
    check_use(d, name, as);
    if (part == NULL) {
        part = arena_new(d->arena, struct dict_part);
        *part = (struct dict_part){.next = d->parts, .name = name, .as = as};
        d->parts = part;
    }
    if (part->last != NULL)
        part->last->next = child;
    else
        part->first = child;
    part->last = child;
    return child;
}

struct tpl_dict *
tpl_section(struct tpl_dict *d, enum tpl_name name)
{
    struct tpl_dict *child = make(d->arena, d->file, d->root);
    child->around = d;
    return append(d, name, TPL_AS_SECTION, child);
}

void
tpl_show(struct tpl_dict *d, enum tpl_name name)
{
    if (own_part(d, name, TPL_AS_SECTION) == NULL)
        (void)tpl_section(d, name);
}

struct tpl_dict *
tpl_include(struct tpl_dict *d, enum tpl_name name, enum tpl_file file)
{
    return append(d, name, TPL_AS_INCLUDE, make(d->arena, file, d->root));
}

const struct dict_value *
tpl_dict_value(const struct tpl_dict *d, enum tpl_name name)
{
    for (; d != NULL; d = d->around)
        for (const struct dict_value *v = d->values; v != NULL; v = v->next)
            if (v->name == name)
                return v;
    return NULL;
}

const struct dict_part *
tpl_dict_part(const struct tpl_dict *d, enum tpl_name name, enum tpl_as as)
{
    const struct dict_part *part = NULL;
    for (; d != NULL && part == NULL; d = d->around)
        part = own_part(d, name, as);
    return part;
}
