/* conf/nearest.c - Levenshtein distance over short names. */
#include "conf/nearest.h"

enum { NEAREST_MAX = 63 };

static int
least(int a, int b, int c)
{
    int ab = a < b ? a : b;
    return ab < c ? ab : c;
}

/* One row of the matrix at a time: row[k] is the distance from what was seen of a to
 * the first k bytes of b. */
static int
distance(struct str a, struct str b)
{
    int row[NEAREST_MAX + 1];
    for (size_t k = 0; k <= b.n; k++)
        row[k] = (int)k;
    for (size_t i = 0; i < a.n; i++) {
        int diagonal = row[0];
        row[0] = (int)i + 1;
        for (size_t k = 0; k < b.n; k++) {
            int replaced = diagonal + (a.p[i] != b.p[k]);
            diagonal = row[k + 1];
            row[k + 1] = least(replaced, diagonal + 1, row[k] + 1);
        }
    }
    return row[b.n];
}

const char *
conf_nearest(struct str given, const char *const *names, int n)
{
    const char *best = NULL;
    int best_distance = 0;
    given = str_sub(given, 0, NEAREST_MAX);
    for (int i = 0; i < n; i++) {
        struct str name = str_sub(str_of(names[i]), 0, NEAREST_MAX);
        int d = distance(given, name);
        if ((size_t)d * 2 <= name.n && (best == NULL || d < best_distance)) {
            best = names[i];
            best_distance = d;
        }
    }
    return best;
}
