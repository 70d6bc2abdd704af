/* model/actor.h - who does something in the newsroom, as its history tells it. */
#ifndef MODEL_ACTOR_H
#define MODEL_ACTOR_H

#include "base/str.h"

struct person;

struct actor {
    const struct person *person; /* whose rights count; NULL: a command, which may all */
    int64_t person_id;           /* 0: a command */
    struct str name;             /* as the newsroom shows it; a command: the login name */
    struct str origin;           /* network address, "command line" or "serve" */
};

#endif
