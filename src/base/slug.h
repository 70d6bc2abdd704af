/* base/slug.h - address words from titles of any script, by ICU. */
#ifndef BASE_SLUG_H
#define BASE_SLUG_H

#include "base/err.h"
#include "base/str.h"

enum { SLUG_MAX = 80 };

/* Makes a slug from a title: Russian through Russian-Latin/BGN (Жуков: zhukov), other
 * scripts through Any-Latin, then Latin-ASCII, lower case, everything but a-z 0-9 to one
 * hyphen, cut at a word boundary to SLUG_MAX bytes. lang is the item's language code
 * ("ru"). Hard and soft signs leave nothing (подъезд: podyezd). Only the first 1,024
 * bytes of a title are looked at. Never empty: a title without letters gives "item".
 * RC_FAILED when ICU has no such transliterator. */
enum rc slug_make(struct arena *a, struct str title, struct str lang, struct str *out,
                  struct err *err) MUST_CHECK;

/* Is it one: 1..SLUG_MAX of a-z 0-9 and single inner hyphens? */
bool slug_is_valid(struct str s);

#endif
