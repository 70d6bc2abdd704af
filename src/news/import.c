/* news/import.c - the two passes of an import: check all, then store in batches. What has
 * been checked waits in a spool. */
#include "news/import.h"

#include "model/photo.h"
#include "news/body.h"
#include "news/exchange.h"
#include "news/item.h"
#include "news/save.h"
#include "news/seen.h"
#include "news/spool.h"
#include "store/audit.h"
#include "store/correction.h"
#include "store/item.h"
#include "store/photo.h"
#include "store/section.h"

#include "base/lines.h"
#include "base/time.h"

enum { PROGRESS_EVERY = 256, SECTIONS_FREE = 1000, DRAFTS_MAX = 100 };

struct run {
    struct store *st;
    const struct site *site;
    const struct import_options *o;
    const struct import_hooks *hooks;
    struct import_result *result;
    struct arena arena; /* of the whole run */
    struct sections sections;
    struct seen seen;
    struct marks stored;      /* row numbers of the items that lines were stored as */
    struct str *new_sections; /* slugs that --create-sections will make */
    int n_new_sections;
    struct lines lines;
    struct spool spool;
};

static void
tell_progress(struct run *r, enum import_phase phase, int64_t offset, int64_t line)
{
    if (r->hooks->progress != NULL)
        r->hooks->progress(r->hooks->ctx, phase, offset, line);
}

static enum rc
take_credit(struct item *it, struct arena *a, struct err *err)
{
    it->photo_credit = news_body_take_credit(&it->body);
    if (it->photo_credit.n > ITEM_CREDIT_MAX)
        return err_field(err, "body", "the credit line at its end is over %d bytes",
                         ITEM_CREDIT_MAX);
    it->body = str_copy(a, it->body);
    return RC_OK;
}

/* A line as the importer understands it: the object, and the credit line taken out. */
static enum rc
read_line(const struct run *r, struct str line, struct arena *a, struct exchange *x,
          struct err *err)
{
    TRY(exchange_read(line, a, x, err));
    if (r->o->credit_lines && x->item.photo_credit.n == 0)
        TRY(take_credit(&x->item, a, err));
    return RC_OK;
}

/* ---- is it there already? ---- */

static enum rc
find_by_address(struct run *r, const struct item *it, struct arena *a, int64_t *id,
                struct err *err)
{
    for (int i = 0; i < it->n_old_urls; i++) {
        struct item_place p;
        enum rc rc = store_item_by_old_address(r->st, it->old_urls[i], a, &p, err);
        if (rc == RC_OK)
            *id = p.id;
        if (rc != RC_NOT_FOUND)
            return rc;
    }
    return RC_NOT_FOUND;
}

/* Items that both came with an id are told apart by it alone: RC_NOT_FOUND then. */
static enum rc
take_unless_other(struct run *r, struct item *it, int64_t id, struct arena *a,
                  struct err *err)
{
    struct item there;
    if (it->public_id.n > 0) {
        TRY(store_item_whole(r->st, id, a, &there, err));
        if (there.has_source_id)
            return RC_NOT_FOUND;
    }
    it->id = id;
    return RC_OK;
}

/* Sets it->id to the item that has its id or one of its old addresses. RC_NOT_FOUND. */
static enum rc
find_known(struct run *r, struct item *it, struct arena *a, struct err *err)
{
    enum rc rc = RC_NOT_FOUND;
    int64_t id = 0;
    if (it->public_id.n > 0)
        rc = store_item_id_by_public_id(r->st, it->public_id, &it->id, err);
    if (rc != RC_NOT_FOUND)
        return rc;
    TRY(find_by_address(r, it, a, &id, err));
    return take_unless_other(r, it, id, a, err);
}

/* Drafts of the same title are the same when their publish times are, too. */
static enum rc
find_draft(struct run *r, const struct item *it, struct arena *a, int64_t *id,
           struct err *err)
{
    int64_t ids[DRAFTS_MAX];
    int n = 0;
    TRY(store_item_drafts_by_title(r->st, it, DRAFTS_MAX, ids, &n, err));
    for (int i = 0; i < n; i++) {
        struct item draft;
        TRY(news_item_read(r->st, ids[i], a, &draft, err));
        *id = ids[i];
        if (draft.published_at == it->published_at)
            return RC_OK;
    }
    return RC_NOT_FOUND;
}

static enum rc
find_by_place(struct run *r, const struct item *it, struct arena *a, int64_t *id,
              struct err *err)
{
    if (it->slug.n > 0)
        return store_item_id_by_slug(r->st, it->lang, it->section_id, it->slug, id, err);
    enum rc rc = store_item_id_by_title(r->st, it, id, err);
    return rc == RC_NOT_FOUND ? find_draft(r, it, a, id, err) : rc;
}

/* Sets it->id to the item that is there already, or leaves 0. */
static enum rc
find_same(struct run *r, struct item *it, struct arena *a, struct err *err)
{
    int64_t id = 0;
    enum rc rc = find_known(r, it, a, err);
    if (rc != RC_NOT_FOUND)
        return rc;
    rc = find_by_place(r, it, a, &id, err);
    if (rc == RC_OK)
        rc = take_unless_other(r, it, id, a, err);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* ---- first pass ---- */

static bool
will_make_section(const struct run *r, struct str slug)
{
    for (int i = 0; i < r->n_new_sections; i++)
        if (str_eq(r->new_sections[i], slug))
            return true;
    return false;
}

static enum rc
check_section(struct run *r, struct str slug, struct err *err)
{
    struct err why;
    if (sections_by_slug(&r->sections, slug) != NULL || will_make_section(r, slug))
        return RC_OK;
    if (!r->o->create_sections)
        return err_field(err, "section",
                         "there is no section \"%.*s\" (--create-sections makes it)",
                         STR_ARG(slug));
    if (section_slug_check(r->site, slug, &why) != RC_OK)
        return err_field(err, "section", "%s", why.text);
    if (r->sections.n + r->n_new_sections >= SECTIONS_MAX)
        return err_field(err, "section", "a site has at most %d sections", SECTIONS_MAX);
    r->new_sections[r->n_new_sections++] = str_copy(&r->arena, slug);
    return RC_OK;
}

static enum rc
check_lang(const struct run *r, struct str lang, struct err *err)
{
    if (site_lang_find(r->site, lang) >= 0)
        return RC_OK;
    return err_field(err, "lang",
                     "\"%.*s\" is no language of the site (setting languages)",
                     STR_ARG(lang));
}

/* Two lines for one item would make the second import undo the first. */
static enum rc
check_identity(struct run *r, const struct exchange *x, struct arena *a, struct err *err)
{
    const struct item *it = &x->item;
    struct str identity =
        it->public_id.n > 0 ? str_fmt(a, "id\x01%.*s", STR_ARG(it->public_id))
        : it->slug.n > 0 ? str_fmt(a, "slug\x01%.*s\x01%.*s\x01%.*s", STR_ARG(it->lang),
                                   STR_ARG(x->section), STR_ARG(it->slug))
                         : str_fmt(a, "title\x01%.*s\x01%.*s\x01%lld\x01%.*s",
                                   STR_ARG(it->lang), STR_ARG(x->section),
                                   (long long)it->published_at, STR_ARG(it->title));
    int64_t before = seen_add(&r->seen, identity, r->lines.number);
    if (before != 0)
        return err_field(err,
                         it->public_id.n > 0 ? "id"
                         : it->slug.n > 0    ? "slug"
                                             : "title",
                         "the same item as line %lld", (long long)before);
    for (int i = 0; i < it->n_old_urls; i++) {
        before = seen_add(&r->seen, str_fmt(a, "url\x01%.*s", STR_ARG(it->old_urls[i])),
                          r->lines.number);
        if (before != 0 && before != r->lines.number)
            return err_field(err, "old_urls",
                             "\"%.*s\" is an old address of line %lld too",
                             STR_ARG(it->old_urls[i]), (long long)before);
    }
    return RC_OK;
}

/* An old address belongs to one item: all that a line names are its own, or nobody's. */
static enum rc
check_addresses(struct run *r, struct item *it, struct arena *a, struct err *err)
{
    enum rc rc = it->n_old_urls > 0 ? find_known(r, it, a, err) : RC_NOT_FOUND;
    if (rc != RC_OK && rc != RC_NOT_FOUND)
        return rc;
    for (int i = 0; i < it->n_old_urls; i++) {
        struct item_place owner;
        rc = store_item_by_old_address(r->st, it->old_urls[i], a, &owner, err);
        if (rc == RC_OK && owner.id != it->id)
            return err_field(err, "old_urls",
                             "\"%.*s\" is an old address of another item",
                             STR_ARG(it->old_urls[i]));
        if (rc != RC_OK && rc != RC_NOT_FOUND)
            return rc;
    }
    return RC_OK;
}

/* Nobody has corrected anything tomorrow. */
static enum rc
check_corrections(const struct run *r, const struct corrections *all, struct err *err)
{
    for (int i = 0; i < all->n; i++)
        if (all->all[i].at > r->o->now)
            return err_field(err, "corrections", "correction %d is of the future", i + 1);
    return RC_OK;
}

/* What will be shown of a photo, for its credit. */
static enum rc
follow(struct run *r, const struct photo *use, struct str item_credit, struct arena *a,
       struct photo *out, struct err *err)
{
    struct library_photo *l = arena_array(a, struct library_photo, 1);
    *out = *use;
    enum rc rc = store_photo_by_sha256(r->st, use->sha256, a, l, err);
    if (rc == RC_NOT_FOUND) {
        *l = (struct library_photo){.photo = {.found = use->found}};
        rc = r->hooks->fill_photo(r->hooks->ctx, a, &l->photo, err);
    }
    out->library = l;
    photo_follow_credit(out, item_credit);
    return rc;
}

static enum rc
check_photos(struct run *r, struct item *it, struct arena *a, struct err *err)
{
    for (int i = 0; i < it->n_photos; i++) {
        struct photo *p = &it->photos[i], shown;
        TRY(r->hooks->check_photo(r->hooks->ctx, a, p, err));
        TRY(follow(r, p, it->photo_credit, a, &shown, err));
        if (str_trim(shown.credit).n == 0)
            return err_field(err, "photos",
                             "photo %d (%.*s) has no credit: neither here nor in its "
                             "file, and the item has no photo_credit",
                             i + 1, STR_ARG(p->file.n > 0 ? p->file : p->sha256));
    }
    return RC_OK;
}

/* What is remembered of a line (its section, its identity) comes last: a line that is
 * refused stands in nobody's way. */
static enum rc
check_item(struct run *r, struct exchange *x, struct arena *a, struct err *err)
{
    struct str html;
    TRY(check_lang(r, x->item.lang, err));
    TRY(check_addresses(r, &x->item, a, err));
    TRY(check_corrections(r, &x->corrections, err));
    TRY(check_photos(r, &x->item, a, err));
    TRY(news_body_render(&x->item, a, &html, err));
    TRY(check_section(r, x->section, err));
    return check_identity(r, x, a, err);
}

static enum rc
check_line(struct run *r, struct str line, struct arena *a, struct err *err)
{
    struct spooled one = {.line = r->lines.number, .offset = r->lines.offset};
    TRY(read_line(r, line, a, &one.x, err));
    TRY(check_item(r, &one.x, a, err));
    return spool_put(&r->spool, &one, err);
}

static void
refuse(struct run *r, int64_t line, const struct err *err)
{
    r->result->refused++;
    r->hooks->refused(r->hooks->ctx, line, err);
}

static bool
is_blank(struct str line)
{
    return str_trim(line).n == 0;
}

static enum rc
check_all(struct run *r, struct err *err)
{
    struct arena a AT_END(arena_done);
    struct str line = {NULL, 0};
    enum rc rc;
    arena_init(&a);
    while ((rc = lines_next(&r->lines, &line, err)) == RC_OK || rc == RC_LIMIT) {
        if (rc == RC_OK && is_blank(line))
            continue;
        r->result->read++;
        if (rc == RC_OK)
            rc = check_line(r, line, &a, err);
        if (rc == RC_FAILED || rc == RC_BUSY)
            return rc;
        if (rc != RC_OK)
            refuse(r, r->lines.number, err);
        arena_reset(&a);
        if (r->lines.number % PROGRESS_EVERY == 0)
            tell_progress(r, IMPORT_CHECKING, r->lines.offset, r->lines.number);
    }
    tell_progress(r, IMPORT_CHECKING, r->lines.offset, r->lines.number);
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* ---- second pass ---- */

static enum rc
make_sections(struct run *r, struct err *err)
{
    for (int i = 0; i < r->n_new_sections; i++) {
        struct section s = {.slug = r->new_sections[i], .position = SECTIONS_FREE + i};
        TRY(store_section_add(r->st, r->site, &s, err));
        r->result->sections_made++;
    }
    if (r->n_new_sections == 0)
        return RC_OK;
    return store_section_all(r->st, r->site, &r->arena, &r->sections, err);
}

/* A photo that is new to the library: what its first item says of it, else what its file
 * says. Where somebody wrote the credit, somebody looked at it. */
static enum rc
add_to_library(struct run *r, const struct photo *use, struct arena *a, struct err *err)
{
    struct library_photo l;
    enum rc rc = store_photo_by_sha256(r->st, use->sha256, a, &l, err);
    if (rc != RC_NOT_FOUND)
        return rc;
    l = (struct library_photo){.photo = *use,
                               .found = use->found,
                               .file_name = use->file,
                               .added_by = r->o->by,
                               .added_at = r->o->now,
                               .confirmed_at =
                                   use->has_own_credit ? r->o->now : TIME_NONE,
                               .withdrawn_at = TIME_NONE};
    TRY(r->hooks->fill_photo(r->hooks->ctx, a, &l.photo, err));
    return store_photo_add(r->st, &l, &l.id, err);
}

static enum rc
place_photos(struct run *r, struct item *it, struct arena *a, struct err *err)
{
    for (int i = 0; i < it->n_photos; i++) {
        TRY(r->hooks->place_photo(r->hooks->ctx, a, &it->photos[i], err));
        TRY(add_to_library(r, &it->photos[i], a, err));
    }
    r->result->photos += it->n_photos;
    return RC_OK;
}

/* Those that are not there yet; none is ever removed. */
static enum rc
store_corrections(struct run *r, const struct item *it, const struct corrections *all,
                  int *n_added, struct err *err)
{
    for (int i = 0; i < all->n; i++) {
        struct correction c = all->all[i];
        bool is_added;
        if (c.author.n == 0)
            c.author = r->o->by;
        TRY(store_correction_add(r->st, it, &c, 0, &is_added, err));
        *n_added += is_added;
    }
    return RC_OK;
}

static enum rc
store_item(struct run *r, struct exchange *x, struct arena *a, struct err *err)
{
    struct save save = {.st = r->st,
                        .site = r->site,
                        .sections = &r->sections,
                        .now = r->o->now,
                        .by = r->o->by};
    struct item *it = &x->item;
    enum save_result what = SAVE_UNCHANGED;
    int n_corrected = 0;
    const struct section *section = sections_by_slug(&r->sections, x->section);
    if (section == NULL)
        return err_field(err, "section", "there is no section \"%.*s\"",
                         STR_ARG(x->section));
    it->section_id = section->id;
    TRY(place_photos(r, it, a, err));
    TRY(find_same(r, it, a, err));
    if (marks_has(&r->stored, it->id))
        return err_set(err, RC_CONFLICT, "the same item as an earlier line");
    TRY(news_save(&save, it, &what, err));
    TRY(store_corrections(r, it, &x->corrections, &n_corrected, err));
    if (what == SAVE_UNCHANGED && n_corrected > 0)
        what = SAVE_CHANGED;
    marks_add(&r->stored, it->id);
    int64_t *counts[] = {[SAVE_ADDED] = &r->result->added,
                         [SAVE_CHANGED] = &r->result->changed,
                         [SAVE_UNCHANGED] = &r->result->unchanged};
    (*counts[what])++;
    return RC_OK;
}

/* Items into the open transaction until the batch is full. *is_done at the end. What only
 * the database can know (a taken old address) is refused here for the first time. */
static enum rc
store_some(struct run *r, struct arena *a, struct spooled *one, bool *is_done,
           struct err *err)
{
    int64_t end = time_monotonic_ms() + r->o->batch_ms;
    for (int64_t n = 0; n < r->o->batch_items && time_monotonic_ms() < end; n++) {
        enum rc rc = spool_next(&r->spool, a, one, err);
        *is_done = rc == RC_NOT_FOUND;
        if (*is_done)
            return RC_OK;
        if (rc == RC_OK)
            rc = store_item(r, &one->x, a, err);
        if (rc == RC_FAILED || rc == RC_BUSY)
            return rc;
        if (rc != RC_OK)
            refuse(r, one->line, err);
        arena_reset(a);
    }
    return RC_OK;
}

/* What this transaction brought; nothing is told when it brought nothing. */
static enum rc
tell(struct run *r, const struct import_result *before, struct arena *a, bool *is_changed,
     struct err *err)
{
    const struct import_result *now = r->result;
    int64_t added = now->added - before->added, changed = now->changed - before->changed,
            sections = now->sections_made - before->sections_made;
    *is_changed = added + changed + sections != 0;
    if (!*is_changed)
        return RC_OK;
    struct str detail =
        str_fmt(a, "%lld added, %lld changed, %lld sections made", (long long)added,
                (long long)changed, (long long)sections);
    return store_audit_add(r->st, r->o->now, &r->o->who, "import", STR(""), detail, err);
}

static enum rc
store_batch(struct run *r, bool is_first, struct spooled *last, bool *is_done,
            struct err *err)
{
    struct arena a AT_END(arena_done);
    struct import_result before = *r->result;
    bool is_changed = false;
    arena_init(&a);
    TRY(store_write_begin(r->st, err));
    enum rc rc = is_first ? make_sections(r, err) : RC_OK;
    if (rc == RC_OK)
        rc = store_some(r, &a, last, is_done, err);
    if (rc == RC_OK)
        rc = tell(r, &before, &a, &is_changed, err);
    if (rc != RC_OK) {
        store_write_rollback(r->st);
        *r->result = before;
        return rc;
    }
    rc = store_write_commit(r->st, is_changed, r->o->now, err);
    if (rc != RC_OK) {
        *r->result = before;
        return rc;
    }
    return store_checkpoint(r->st, NULL, err);
}

static enum rc
store_all(struct run *r, struct err *err)
{
    struct spooled last = {.offset = 0};
    bool is_done = false;
    TRY(spool_rewind(&r->spool, err));
    for (bool is_first = true; !is_done; is_first = false) {
        TRY(store_batch(r, is_first, &last, &is_done, err));
        tell_progress(r, IMPORT_STORING, last.offset, last.line);
    }
    r->result->is_stored = true;
    return RC_OK;
}

enum rc
news_import(struct store *st, const struct site *site, const struct import_options *o,
            const struct import_hooks *hooks, struct import_result *result,
            struct err *err)
{
    struct run r = {.st = st, .site = site, .o = o, .hooks = hooks, .result = result};
    *result = (struct import_result){0};
    arena_init(&r.arena);
    seen_init(&r.seen, &r.arena);
    r.stored.arena = &r.arena;
    lines_init(&r.lines, &r.arena, o->fd, EXCHANGE_LINE_MAX);
    spool_init(&r.spool, &r.arena, o->spool_fd);
    r.new_sections = arena_array(&r.arena, struct str, SECTIONS_MAX);
    enum rc rc = store_section_all(st, site, &r.arena, &r.sections, err);
    if (rc == RC_OK)
        rc = check_all(&r, err);
    if (rc == RC_OK && (result->refused == 0 || o->keep_going))
        rc = store_all(&r, err);
    arena_done(&r.arena);
    return rc;
}
