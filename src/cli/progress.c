/* cli/progress.c - the bar. */
#include "cli/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "base/time.h"

enum { BAR_WIDTH = 30, DRAW_EVERY_MS = 100 };

void
progress_init(struct progress *p)
{
    *p = (struct progress){isatty(STDERR_FILENO) == 1, time_monotonic_ms(), 0};
}

static void
draw_bar(int64_t done, int64_t total)
{
    int filled = (int)(done * BAR_WIDTH / total);
    fputc('[', stderr);
    for (int i = 0; i < BAR_WIDTH; i++)
        fputc(i < filled ? '#' : '.', stderr);
    fprintf(stderr, "] %3d %%", (int)(done * 100 / total));
}

void
progress_draw(struct progress *p, const char *what, int64_t done, int64_t total,
              int64_t n_things, const char *things)
{
    int64_t now = time_monotonic_ms();
    if (!p->is_shown || now - p->drawn_ms < DRAW_EVERY_MS)
        return;
    p->drawn_ms = now;
    fprintf(stderr, "\r\033[K%-9s ", what);
    if (total > 0)
        draw_bar(done < total ? done : total, total);
    fprintf(stderr, "  %lld %s  %lld s", (long long)n_things, things,
            (long long)((now - p->started_ms) / 1000));
    (void)fflush(stderr);
}

void
progress_done(struct progress *p)
{
    if (p->is_shown && p->drawn_ms != 0)
        fputs("\r\033[K", stderr);
}
