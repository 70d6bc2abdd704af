/* news/desk_in.h - one item on the desk while it is worked on; private to news/. */
#ifndef NEWS_DESK_IN_H
#define NEWS_DESK_IN_H

#include "model/person.h"
#include "news/desk.h"
#include "news/save.h"

struct room {
    const struct desk *d;
    struct arena *a;
    struct sections sections;
    struct item row;      /* the item itself, with its approved text if it has one */
    struct revision last; /* its newest revision */
    struct desk_item now; /* that revision's text */
};

/* The sections; then the item of a name, or of a row number. */
enum rc room_open(struct room *r, const struct desk *d, struct arena *a,
                  struct err *err) MUST_CHECK;
enum rc room_find(struct room *r, struct str name, struct err *err) MUST_CHECK;
enum rc room_load(struct room *r, int64_t id, struct err *err) MUST_CHECK;

/* Both, and the actor may do this to the item where it is. RC_DENIED. */
enum rc room_enter(struct room *r, const struct desk *d, int64_t id, enum right right,
                   struct arena *a, struct err *err) MUST_CHECK;

/* The item as it is in one of its revisions. */
enum rc room_at(const struct room *r, const struct revision *rev, struct desk_item *out,
                struct err *err) MUST_CHECK;

/* May the actor do this to the item, were it in this section? RC_DENIED. */
enum rc room_may(const struct room *r, enum right right, int64_t section_id,
                 struct err *err) MUST_CHECK;

/* May the actor see this line of a list? */
bool room_may_see(const struct desk *d, const struct desk_line *l);

/* The steps that the actor may take with the item as it is: 1 << STEP_... */
unsigned room_steps(const struct room *r);

/* The saving of the actor, by the rules of this room. */
struct save room_save(const struct room *r, struct str why);

/* Takes a step with the item in the room, inside the write transaction: the codes of
 * news_desk_step. What is in the room is then as it was before. */
enum rc room_step(struct room *r, const struct desk_order *o, struct shortcomings *out,
                  struct err *err) MUST_CHECK;

/* Fills an answer (NULL: nobody wants it) from what is now stored of the item, and keeps
 * it if it has a key. */
enum rc room_answer(struct room *r, struct answer *w, struct err *err) MUST_CHECK;

/* Ends the write transaction of a call: its audit line and commit, or rollback. */
enum rc room_end(const struct desk *d, enum rc rc, const char *action, struct str item,
                 struct str detail, bool is_public, struct err *err) MUST_CHECK;

#endif
