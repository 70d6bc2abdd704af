/* news/exchange.h - an item as JSON: the one form for import, export, API and revisions.
 *
 * One JSON object (RFC 8259) per item, UTF-8, times as RFC 3339, a date alone for
 * date-only items. Unknown keys, wrong types, doubled keys, impossible dates and control
 * characters are refused with the key named. */
#ifndef NEWS_EXCHANGE_H
#define NEWS_EXCHANGE_H

#include "model/correction.h"
#include "model/desk.h"
#include "model/section.h"

/* Longer than any item can be, even with every byte written as an escape of two. */
enum { EXCHANGE_LINE_MAX = 4 * 1024 * 1024 };

/* What an object said, before anything is looked up. */
struct exchange {
    struct item item;               /* section_id 0; slug absent when not given */
    struct str section;             /* its slug */
    bool has_state;                 /* item.state was said (else approved is meant) */
    struct corrections corrections; /* in the order given; an author may be absent */
};

/* Reads one object. Everything lives in a (strings are the parser's, released with it).
 * A photo without alt text that is not decorative is accepted here; credits are looked at
 * when it is approved.
 *   RC_INVALID  err->field is the key ("photos[2].credit"), err->text what is wrong
 *   RC_LIMIT    the line is longer than EXCHANGE_LINE_MAX */
enum rc exchange_read(struct str line, struct arena *a, struct exchange *out,
                      struct err *err) MUST_CHECK;

/* The same for the newsroom: an object without a state is a draft; corrections are
 * refused, as they are not part of a text; and what exchange_write_desk wrote is read,
 * without the numbers that it added. */
enum rc exchange_read_draft(struct str line, struct arena *a, struct exchange *out,
                            struct err *err) MUST_CHECK;

/* The object, keys sorted, no white space. Photos are named by file ("<sha256>.<ext>",
 * the name export gives them) and sha256. Keys without a value are left out. */
struct str exchange_write(const struct item *it, struct str section, struct arena *a);

/* The same with what was corrected, as an export carries it. */
struct str exchange_write_corrected(const struct item *it, struct str section,
                                    const struct corrections *corrections,
                                    struct arena *a);

/* The same as the newsroom shows it to programs: with the state of its newest revision,
 * that one's number, and the number of the approved one (0, none: left out). */
struct exchange_desk {
    enum desk_state state;
    int64_t version, approved;
};
struct str exchange_write_desk(const struct item *it, struct str section,
                               const struct exchange_desk *more, struct arena *a);

/* The canonical text of a revision: exchange_write's object inside one that says who
 * saved it, when and why. */
struct str exchange_revision(const struct item *it, struct str section, struct str by,
                             int64_t at, struct str why, struct arena *a);

/* Reads back the item of a revision's content. */
enum rc exchange_read_revision(struct str content, struct arena *a, struct exchange *out,
                               struct str *why, struct err *err) MUST_CHECK;

#endif
