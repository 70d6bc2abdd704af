/* desk_made.h - a newsroom made for one test: two sections, an author, two editors. */
#ifndef DESK_MADE_H
#define DESK_MADE_H

#include "made.h"
#include "model/person.h"
#include "news/desk.h"

struct fixture {
    struct made m;
    int64_t events, speeches;
    struct person people[3];
    struct actor actors[4]; /* ann: author, bob and cid: editors; a command */
    struct desk desk;
};
enum { ANN, BOB, CID, ROOT };

static inline int
set_up(void **state)
{
    static struct fixture f;
    memset(&f, 0, sizeof f);
    made_site(&f.m);
    f.events = made_section(&f.m, "events", 0);
    f.speeches = made_section(&f.m, "speeches", 0);
    static int64_t sections[2];
    sections[0] = f.events;
    sections[1] = f.speeches;
    static const char *const names[] = {"Ann", "Bob", "Cid", "root"};
    for (int i = 0; i < 4; i++)
        f.actors[i] = (struct actor){i < 3 ? &f.people[i] : NULL, i < 3 ? i + 1 : 0,
                                     str_of(names[i]), STR("127.0.0.1")};
    for (int i = 0; i < 3; i++)
        f.people[i] = (struct person){.id = i + 1,
                                      .name = f.actors[i].name,
                                      .role = i == ANN ? ROLE_AUTHOR : ROLE_EDITOR,
                                      .sections = sections,
                                      .n_sections = 2};
    f.desk = (struct desk){f.m.st, &f.m.site, NULL, f.m.now};
    *state = &f;
    return 0;
}

static inline int
tear_down(void **state)
{
    made_end(&((struct fixture *)*state)->m);
    return 0;
}

static inline const struct desk *
as(struct fixture *f, int who)
{
    f->desk.actor = &f->actors[who];
    f->desk.now = f->m.now;
    return &f->desk;
}

/* A draft with everything the checklist wants. */
static inline struct item
text(struct fixture *f, const char *title)
{
    struct item it = made_item(f->events, NULL, TIME_NONE);
    it.title = str_of(title);
    it.lead = STR("Lead.");
    return it;
}

static inline enum rc
try_save(struct fixture *f, int who, struct item *it, int64_t based_on,
         struct desk_saved *saved, struct merge *m)
{
    struct desk_save s = {.item = it, .based_on = based_on};
    return news_desk_save(as(f, who), &s, &f->m.a, saved, m, &f->m.err);
}

static inline struct desk_saved
save(struct fixture *f, int who, struct item *it, int64_t based_on)
{
    struct desk_saved saved;
    struct merge m;
    OK(&f->m, try_save(f, who, it, based_on, &saved, &m));
    it->id = saved.id;
    return saved;
}

static inline struct desk_item
look(struct fixture *f, struct str name)
{
    struct desk_item out;
    OK(&f->m, news_desk_read(as(f, ROOT), name, &f->m.a, &out, &f->m.err));
    return out;
}

static inline enum rc
try_step(struct fixture *f, int who, struct str name, enum desk_step step,
         const char *reason, struct shortcomings *shorts)
{
    struct desk_order o = {
        .name = name, .step = step, .reason = str_of(reason), .at = TIME_NONE};
    return news_desk_step(as(f, who), &o, shorts, &f->m.err);
}

static inline void
step(struct fixture *f, int who, struct str name, enum desk_step s, const char *reason)
{
    struct shortcomings shorts;
    OK(&f->m, try_step(f, who, name, s, reason, &shorts));
}

static inline void
refused(struct fixture *f, int who, struct str name, enum desk_step s, enum rc code,
        const char *words)
{
    struct shortcomings shorts;
    REFUSED(&f->m, code, words, try_step(f, who, name, s, "why", &shorts));
}

#endif
