/* view/facts.c - what scripts of our own pages are told. */
#include <jansson.h>

#include "view/staff.h"

static void
release(void *json)
{
    json_decref(json);
}

struct str
view_facts(struct arena *a, const struct view_fact *facts, int n)
{
    json_t *all = json_object();
    arena_at_end(a, release, all);
    for (int i = 0; i < n; i++)
        if (facts[i].text.p != NULL)
            json_object_set_new(all, facts[i].name,
                                json_stringn_nocheck(facts[i].text.p, facts[i].text.n));
    size_t size = json_dumpb(all, NULL, 0, JSON_COMPACT);
    char *p = arena_alloc(a, size);
    json_dumpb(all, p, size, JSON_COMPACT);
    return (struct str){p, size};
}
