/* tpl/expand.c - dictionaries and templates to bytes. */
#include "tpl/set.h"

#include "base/buf.h"

static void
emit(void *out, const char *p, size_t n)
{
    buf_add(out, (struct str){p, n});
}

static const struct set_lang *
lang_of(const struct tpl_set *set, struct str code)
{
    for (int i = 0; i < set->n_langs; i++)
        if (str_eq(set->langs[i].code, code))
            return &set->langs[i];
    return NULL;
}

static const char *
as_text(enum tpl_as as)
{
    return as == TPL_AS_VALUE ? "value" : as == TPL_AS_SECTION ? "section" : "include";
}

/* What the dictionaries themselves tell against expanding them. */
static enum rc
check_names(const struct tpl_dict *d, struct err *err)
{
    const struct tpl_dict *root = d->root;
    if (root->wrong_name == T__MAX)
        return RC_OK;
    return err_set(err, RC_FAILED, "%s has no %s %s, but one was set",
                   tpl_file_name(root->wrong_file), as_text(root->wrong_as),
                   tpl_name_text(root->wrong_name));
}

static enum rc
explain(const struct bridge_job *job, const struct buf *out, struct err *err)
{
    const char *file = tpl_file_name(job->dict->file);
    if (job->missing != T__MAX)
        return err_set(err, RC_FAILED, "%s: {{>%s}} was reached and not included", file,
                       tpl_name_text(job->missing));
    if (!buf_ok(out))
        return err_set(err, RC_LIMIT, "%s: more than %zu bytes", file, out->limit);
    return err_set(err, RC_FAILED, "%s: the template engine failed", file);
}

enum rc
tpl_expand(const struct tpl_set *set, struct str lang, const struct tpl_dict *d,
           size_t limit, struct str *out, struct err *err)
{
    const struct set_lang *l = lang_of(set, lang);
    if (l == NULL)
        return err_set(err, RC_FAILED, "no templates in the language \"%.*s\"",
                       STR_ARG(lang));
    TRY(check_names(d, err));
    struct buf buf;
    buf_init(&buf, d->arena, limit);
    struct bridge_job job = {
        .dict = d, .keys = l->keys, .index = &set->index, .emit = emit, .out = &buf};
    if (!bridge_expand(set->cache, &job) || !buf_ok(&buf))
        return explain(&job, &buf, err);
    *out = buf_str(&buf);
    return RC_OK;
}

enum rc
tpl_expand_html(const struct tpl_set *set, struct str lang, const struct tpl_dict *d,
                size_t limit, struct tpl_html *out, struct err *err)
{
    return tpl_expand(set, lang, d, limit, &out->s, err);
}

/* What stands for a byte in HTML; NULL: itself. */
static const char *
entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case '{':
        return "&#123;";
    case '}':
        return "&#125;";
    default:
        return NULL;
    }
}

struct str
tpl_escape_html(struct arena *a, struct str s)
{
    struct buf b;
    size_t from = 0;
    buf_init(&b, a, SIZE_MAX / 4);
    for (size_t i = 0; i < s.n; i++) {
        const char *z = entity(s.p[i]);
        if (z == NULL)
            continue;
        buf_add(&b, str_sub(s, from, i - from));
        buf_add_z(&b, z);
        from = i + 1;
    }
    if (from == 0)
        return s.p != NULL ? str_copy(a, s) : STR("");
    buf_add(&b, str_from(s, from));
    return buf_str(&b);
}
