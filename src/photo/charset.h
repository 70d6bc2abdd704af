/* photo/charset.h - old texts without a mark of their character set.
 *
 * IIM says how its texts are encoded in one place (dataset 1:90), and most writers leave
 * it out; EXIF says ASCII, and most writers do not care. The rule, for all texts of one
 * kind in a file together:
 *   1. what is valid UTF-8 is UTF-8;
 *   2. else, if letters beyond ASCII stand beside each other more often than beside a
 *      letter of ASCII, it is Windows-1251: Cyrillic words consist of such letters
 *      ("Ёлка"), while words of western Europe have single ones ("Müller");
 *   3. else it is Latin-1, taken as Windows-1252, which is the same with quotation marks
 *      and dashes added.
 * The letters are the bytes C0 to FF, but D7 and F7 (× and ÷ of Latin-1), and A8 and B8
 * (Ё and ё). */
#ifndef PHOTO_CHARSET_H
#define PHOTO_CHARSET_H

#include "media/found.h"

/* The text without a UTF-8 character that was cut off at its end, as writers do that
 * count bytes; only where there are whole ones before it. */
struct str photo_charset_whole(struct str text);

/* What texts of unknown encoding seem to be.
 *   all       all of them, one after the other with a blank between
 *   declared  dataset 1:90, absent if none: ISO 2022's ESC % G (UTF-8) and ESC . A or
 *             ESC - A (Latin-1) are believed, the first one only of valid UTF-8 */
enum media_charset photo_charset_guess(struct str all, struct str declared);

/* The text in UTF-8, in a. What is UTF-8 already comes back as it is, valid or not. */
struct str photo_charset_decode(struct arena *a, struct str text,
                                enum media_charset charset);

#endif
