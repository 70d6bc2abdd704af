/* conf/nearest.h - what a misspelt name was probably meant to be. */
#ifndef CONF_NEAREST_H
#define CONF_NEAREST_H

#include "base/str.h"

/* The one of n names (each of at most 63 bytes) with the smallest number of single-byte
 * insertions, deletions and replacements away from given (Levenshtein distance; bytes of
 * given past the 63rd do not count); the first of equals. NULL when even that one is
 * further than half of its own length: then it would be a guess, not a help. */
const char *conf_nearest(struct str given, const char *const *names, int n);

#endif
