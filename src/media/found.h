/* media/found.h - what a photo's file says about itself, by where it says it.
 *
 * The photo helper finds it (photo/words.h), pages show it, the column photo.found keeps
 * it. As JSON:
 *
 *     {"credit": {"value": "…", "from": "xmp", "differs": true, "xmp": "…", "iim": "…"},
 *      …, "iim_charset": "windows-1251", "has_location": true, "has_private": true}
 *
 * A member of model/photo.def that no part of the file speaks of is left out; `value` and
 * `from` are left out where nothing found can be used (a licence that is no address).
 * False and empty are left out too, so a file that says nothing gives {}. */
#ifndef MEDIA_FOUND_H
#define MEDIA_FOUND_H

#include "model/item.h"

#include "base/arena.h"
#include "base/err.h"

/* In the order of their rank: what stands in the first that has it is taken. */
enum media_source_kind { FOUND_XMP, FOUND_IIM, FOUND_EXIF, FOUND__MAX };

struct media_found_word {
    struct str value;            /* what is taken; absent: nothing */
    enum media_source_kind from; /* where from; FOUND__MAX: nowhere */
    bool differs;                /* not all that speak of it say the same */
    struct str by[FOUND__MAX];   /* what each says, absent if nothing */
};

/* How texts without a mark of their character set were read (photo/charset.h). */
enum media_charset {
    CHARSET_NONE,     /* no text, or ASCII only */
    CHARSET_DECLARED, /* UTF-8, as the file says */
    CHARSET_UTF8,     /* the file says nothing, and it is valid UTF-8 */
    CHARSET_WINDOWS_1251,
    CHARSET_LATIN_1,
    CHARSET__MAX
};

struct media_found_words {
#define PHOTO_TEXT(member, key, column, most, inside) struct media_found_word member;
#include "model/photo.def"
#undef PHOTO_TEXT
    enum media_charset iim_charset, exif_charset;
    bool has_location; /* says where on earth it was taken */
    bool has_private;  /* serial numbers, the owner's name, a preview, maker notes */
};

enum {
#define PHOTO_TEXT(member, key, column, most, inside) FOUND_WORD_##member,
#include "model/photo.def"
#undef PHOTO_TEXT
    FOUND_WORDS
};

/* Row i of model/photo.def: its word, its text in a photo, its key, its most bytes.
 * i: 0 .. FOUND_WORDS-1. */
struct media_found_word *media_found_word(struct media_found_words *w, int i);
struct str *media_photo_text(struct photo *p, int i);
const char *media_photo_key(int i);
size_t media_photo_most(int i);

/* "xmp" and "windows-1251"; static storage. */
const char *media_source_name(enum media_source_kind from);
const char *media_charset_name(enum media_charset charset);

/* A text as it may stand in a photo: valid UTF-8 without control characters on one line,
 * without white space at its ends, cut to most bytes at a character boundary; empty if
 * nothing of it can be seen. Lives in a,
 * or is text itself. The same text again gives itself. */
struct str media_photo_clean(struct arena *a, struct str text, size_t most);

/* A file that says nothing. */
struct media_found_words media_found_nothing(void);

/* As JSON (above), in a. */
struct str media_found_write(struct media_found_words *w, struct arena *a);

/* Reads the JSON, which is not trusted: unknown members, texts that
 * media_photo_clean would change, or a value that its source does not give are refused.
 * '' gives a file that says nothing. out lives in a. RC_OK, RC_INVALID. */
enum rc media_found_read(struct str json, struct arena *a, struct media_found_words *out,
                         struct err *err) MUST_CHECK;

/* Fills the texts of p that are empty with what was found; a decorative photo keeps
 * having no alt text. The texts live as long as w's. */
void media_found_fill(struct media_found_words *w, struct photo *p);

/* Does a file that was made say what was ordered, and nothing of place or owner? Of the
 * texts that are written inside: XMP has each as media_photo_clean makes it, and what
 * else speaks of it agrees. NULL: yes; else what is wrong: the member's key, "location"
 * or "private". */
const char *media_found_lacks(struct media_found_words *w, const struct photo *ordered,
                              struct arena *a);

#endif
