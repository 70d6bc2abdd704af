/* news/merge.h - an item field by field: what differs, and joining two changes of it. */
#ifndef NEWS_MERGE_H
#define NEWS_MERGE_H

#include "model/item.h"
#include "news/diff.h"

enum { MERGE_FIELDS = 17 };

/* The fields a person writes, as text for people to compare. */
struct item_field {
    const char *name; /* the key of the exchange format */
    struct str text;
};

/* section: the slug of its section. Always MERGE_FIELDS of them, in a set order. */
void news_item_fields(const struct item *it, struct str section, struct arena *a,
                      struct item_field out[MERGE_FIELDS]);

/* Three states of an item: what both began from, and what each made of it. */
struct merge {
    struct item base, mine, theirs;
    struct str base_section, my_section, their_section; /* slugs */
    const char *my_name, *their_name;                   /* for the marks */
    struct item merged; /* all changes of both; where both changed one field
                           differently, mine (lead and body: both, marked) */
    struct str merged_section;
    const char *conflicts[MERGE_FIELDS]; /* names of the fields that both changed */
    int n_conflicts;
    struct item_field base_fields[MERGE_FIELDS], my_fields[MERGE_FIELDS],
        their_fields[MERGE_FIELDS];
};

/* Fills merged, conflicts and the fields from the three states. RC_FAILED. */
enum rc news_merge(struct merge *m, struct arena *a, struct err *err) MUST_CHECK;

#endif
