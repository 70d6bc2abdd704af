/* news/import.h - JSON Lines into the database.
 *
 * The whole input is read and checked first; then it is stored in transactions of
 * bounded size, with checkpoints between, so that site and staff go on working. Cut
 * off, it is finished by running it again: importing twice changes nothing.
 *
 * Same item: equal id; else a shared old address; else language, section and slug when a
 * slug is given; else language, section, time and title. Two items that both brought an
 * id of their own are never the same unless the ids are equal. */
#ifndef NEWS_IMPORT_H
#define NEWS_IMPORT_H

#include "model/actor.h"
#include "model/item.h"
#include "model/site.h"
#include "store/store.h"

enum import_phase { IMPORT_CHECKING, IMPORT_STORING };

/* What the layers above lend the import. */
struct import_hooks {
    void *ctx;
    /* Looks at a photo file (of p->file) without storing it: fills sha256, ext, sizes,
     * and found when it is new to the library. Texts live in a. RC_INVALID. */
    enum rc (*check_photo)(void *ctx, struct arena *a, struct photo *p, struct err *err);
    /* Fills the texts of p that are empty with what p->found says. RC_INVALID. */
    enum rc (*fill_photo)(void *ctx, struct arena *a, struct photo *p, struct err *err);
    /* Keeps the file as an original, durably; p was checked. */
    enum rc (*place_photo)(void *ctx, struct arena *a, const struct photo *p,
                           struct err *err);
    /* Called now and then; may be NULL. */
    void (*progress)(void *ctx, enum import_phase phase, int64_t done_bytes,
                     int64_t items);
    /* Called for each line that is refused. */
    void (*refused)(void *ctx, int64_t line, const struct err *err);
};

struct import_options {
    int fd;               /* the input; read once */
    int spool_fd;         /* an empty file, for what has been checked */
    bool create_sections; /* an unknown section is made instead of refused */
    bool keep_going;      /* store what is right even when some lines are refused */
    bool credit_lines;    /* news_body_take_credit on items without photo_credit */
    int64_t batch_items, batch_ms;
    int64_t now;
    struct str by;    /* who, in the revisions: "import" */
    struct actor who; /* who does it, in the audit log: a line for each transaction */
};

struct import_result {
    int64_t read, refused;             /* lines */
    int64_t added, changed, unchanged; /* items */
    int64_t photos, sections_made;
    bool is_stored; /* false when lines were refused and nothing was stored */
};

/* Runs it. st is open for writing.
 *   RC_OK       see result; also when lines were refused
 *   RC_BUSY, RC_FAILED  stopped between two transactions; result says how far it came */
enum rc news_import(struct store *st, const struct site *site,
                    const struct import_options *o, const struct import_hooks *hooks,
                    struct import_result *result, struct err *err) MUST_CHECK;

#endif
