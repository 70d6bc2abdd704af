/* model/library.c - the words of the library's states. */
#include "model/library.h"

static const char *const words[LIBRARY__MAX] = {
    [LIBRARY_ANY] = "any",
    [LIBRARY_TO_CONFIRM] = "to-confirm",
    [LIBRARY_WITHOUT_CREDIT] = "without-credit",
    [LIBRARY_UNUSED] = "unused",
    [LIBRARY_ENDING] = "ending",
    [LIBRARY_ENDED] = "ended",
    [LIBRARY_WITHDRAWN] = "withdrawn",
};

const char *
library_state_word(enum library_state state)
{
    return words[state];
}

int
library_state_read(struct str word)
{
    for (int i = 0; i < LIBRARY__MAX; i++)
        if (str_eq_z(word, words[i]))
            return i;
    return -1;
}
