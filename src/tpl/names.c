/* tpl/names.c - tables from the generated lists. */
#include "tpl/names.h"

#include <string.h>

_Static_assert(T__MAX * 2 < TPL_INDEX_SIZE, "the index of names must stay half empty");

#define NAME(id, text) [id] = text,

const char *
tpl_file_name(enum tpl_file file)
{
    static const char *const names[] = {TPL_FILES(NAME)};
    return names[file];
}

const char *
tpl_name_text(enum tpl_name name)
{
    static const char *const texts[] = {TPL_NAMES(NAME)};
    return texts[name];
}

const char *
tpl_string_name(enum tpl_string string)
{
#define CONSTANT(id, text) [id] = #id,
    static const char *const names[] = {TPL_STRINGS(CONSTANT)};
    return names[string];
}

const char *
tpl_string_key(enum tpl_string string)
{
    static const char *const keys[] = {TPL_STRINGS(NAME)};
    return keys[string];
}

int
tpl_file_uses(enum tpl_file file, enum tpl_name name, enum tpl_as how)
{
    /* One byte for each way, as a name may be used in several: {{#LEAD}}{{LEAD}}. */
    static const unsigned char uses[TPL__MAX][T__MAX][TPL_AS_INCLUDE + 1] = {
#define USE(file, name, how) [file][name][how] = 1,
        TPL_USES(USE)};
    return uses[file][name][how];
}

/* FNV-1a: names are short and there are few. */
static size_t
hash(const char *p, size_t n)
{
    unsigned h = 2166136261U;
    while (n-- > 0)
        h = (h ^ (unsigned char)*p++) * 16777619U;
    return (h ^ (h >> 15)) % TPL_INDEX_SIZE;
}

void
tpl_index_fill(struct tpl_index *index)
{
    memset(index, 0, sizeof *index);
    for (int name = 0; name < T__MAX; name++) {
        const char *text = tpl_name_text((enum tpl_name)name);
        size_t at = hash(text, strlen(text));
        while (index->slots[at] != 0)
            at = (at + 1) % TPL_INDEX_SIZE;
        index->slots[at] = (unsigned short)(name + 1);
    }
}

enum tpl_name
tpl_index_find(const struct tpl_index *index, const char *p, size_t n)
{
    for (size_t at = hash(p, n); index->slots[at] != 0; at = (at + 1) % TPL_INDEX_SIZE) {
        enum tpl_name name = (enum tpl_name)(index->slots[at] - 1);
        const char *text = tpl_name_text(name);
        if (strncmp(text, p, n) == 0 && text[n] == '\0')
            return name;
    }
    return T__MAX;
}
