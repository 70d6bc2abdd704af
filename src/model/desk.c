/* model/desk.c - the newsroom's words and its checklist. */
#include "model/desk.h"

#include "model/photo.h"

#include "base/utf8.h"

#define WORD(constant, word) word,
static const char *const desk_states[] = {
#define DESK_STATES
#include "model/words.def"
#undef DESK_STATES
};
#undef WORD

static const struct {
    const char *name, *field, *text;
} shorts[] = {
#define SHORTCOMING(constant, name, field, text) {name, field, text},
#include "model/shortcoming.def"
#undef SHORTCOMING
};

const char *
desk_state_word(enum desk_state s)
{
    return desk_states[s];
}

int
desk_state_read(struct str word)
{
    for (int i = 0; i < DESK__MAX; i++)
        if (str_eq_z(word, desk_states[i]))
            return i;
    return -1;
}

const char *
shortcoming_name(enum shortcoming_kind k)
{
    return shorts[k].name;
}

const char *
shortcoming_field(enum shortcoming_kind k)
{
    return shorts[k].field;
}

const char *
shortcoming_text(enum shortcoming_kind k)
{
    return shorts[k].text;
}

static void
note(struct shortcomings *out, bool is_missing, enum shortcoming_kind kind, int photo)
{
    if (is_missing && out->n < SHORTCOMINGS_MAX)
        out->all[out->n++] = (struct shortcoming){kind, photo};
}

/* Is there a line that opens a conflict? */
static bool
has_conflict(struct str text)
{
    while (text.p != NULL)
        if (str_starts(str_cut(&text, '\n'), STR(CONFLICT_MARK)))
            return true;
    return false;
}

void
item_check(const struct item *it, bool is_untouched, struct shortcomings *out)
{
    int64_t from =
        it->published_at > it->embargo_until ? it->published_at : it->embargo_until;
    out->n = 0;
    note(out, utf8_is_blank(it->title), SHORT_TITLE, 0);
    note(out, utf8_is_blank(it->lead), SHORT_LEAD, 0);
    note(out, utf8_is_blank(it->body), SHORT_BODY, 0);
    note(out, it->section_id == 0, SHORT_SECTION, 0);
    note(out, it->expires_at != TIME_NONE && it->expires_at <= from, SHORT_TIME, 0);
    note(out, is_untouched, SHORT_UNTRANSLATED, 0);
    note(out, has_conflict(it->lead) || has_conflict(it->body), SHORT_CONFLICT, 0);
    for (int i = 0; i < it->n_photos; i++) {
        struct photo p = it->photos[i];
        photo_follow(&p, it->photo_credit);
        note(out, utf8_is_blank(p.credit), SHORT_CREDIT, i + 1);
        note(out, utf8_is_blank(p.alt) && !p.is_decorative, SHORT_ALT, i + 1);
    }
}
