/* base/ini.h - reading INI files (settings, interface strings) through inih. */
#ifndef BASE_INI_H
#define BASE_INI_H

#include "base/err.h"
#include "base/str.h"

/* Called for each `name = value`. section is "" before the first [section]. All three
 * are valid only during the call. Anything but RC_OK stops the reading and is returned;
 * ini_read puts "where:line: " before the text fn left in err, fn need not. */
typedef enum rc ini_entry_fn(void *ctx, const char *section, const char *name,
                             const char *value, int line, struct err *err);

/* Reads a whole INI text (`;` and `#` begin comments at line start; quotes have no
 * meaning; a value goes to the end of its line, without blanks at both ends; a byte order
 * mark is skipped). where names the file in errors: err->text begins with "where:line: ".
 *   returns  RC_OK; what fn returned; RC_INVALID for a line that is neither section nor
 *            entry, a section of no or over 49 bytes or with text after it, a name with a
 *            colon, invalid UTF-8, control characters, a line of over 64 KiB (all lines
 *            are checked before the first call of fn); RC_FAILED without memory */
enum rc ini_read(struct str text, const char *where, ini_entry_fn *fn, void *ctx,
                 struct err *err) MUST_CHECK;

#endif
