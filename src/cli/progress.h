/* cli/progress.h - a bar on standard error while something long goes on, when that is a
 * terminal. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
    bool is_shown;
    int64_t started_ms, drawn_ms;
};

void progress_init(struct progress *p);

/* Draws at most ten times a second: what is going on, how much is done of total (0:
 * unknown), and how many things that were, with their name ("items"). */
void progress_draw(struct progress *p, const char *what, int64_t done, int64_t total,
                   int64_t n_things, const char *things);

/* Takes the bar off the terminal. */
void progress_done(struct progress *p);

#endif
