/* model/session.h - somebody signed in, on one device. */
#ifndef MODEL_SESSION_H
#define MODEL_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum { SESSION_AGENT_MAX = 200, SESSION_ADDRESS_MAX = 64 }; /* bytes that are kept */

struct session {
    int64_t id; /* names it in the list; says nothing about the token */
    int64_t person_id;
    bool is_whole; /* false: the second factor is still to come */
    int64_t began_at, seen_at;
    struct str address, agent; /* at sign-in; the browser's name is what it says itself */
};

#endif
