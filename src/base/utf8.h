/* base/utf8.h - checking and walking UTF-8 (RFC 3629).
 *
 * Text is checked once, where it enters (http, import, settings, templates);
 * behind that everything may assume valid UTF-8. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/str.h"

/* Position of the first byte that is not valid UTF-8 (overlong forms, surrogates and
 * values over U+10FFFF are invalid), or s.n when all of it is. */
size_t utf8_check(struct str s);

/* Position of the first character that no text of ours may hold: C0 controls other
 * than tab, line feed and carriage return, U+007F, U+FFFE, U+FFFF; s.n if none. */
size_t utf8_find_control(struct str s);

/* Is there nothing to be seen in a valid text: nothing but controls, white space, what
 * Unicode lets programs leave out (DerivedCoreProperties.txt, 15.0,
 * Default_Ignorable_Code_Point), and U+2800, the Braille pattern without dots? */
bool utf8_is_blank(struct str s);

/* How many characters (code points) a valid text has. */
size_t utf8_length(struct str s);

/* The longest prefix of at most n_bytes that ends at a character boundary. */
struct str utf8_cut(struct str s, size_t n_bytes);

/* A copy that any text may be: each byte that is no UTF-8, and each character of
 * utf8_find_control, is U+FFFD in it. */
struct str utf8_mend(struct arena *a, struct str s);

#endif
