/* web/admin/item.c - what the pages of one item share. */
#include "web/admin/item.h"

#include "web/admin/item_photos.h"

enum rc
item_open(struct visit *v, struct item_visit *out, struct err *err)
{
    *out = (struct item_visit){.d = staff_desk(v)};
    TRY(news_desk_name(&out->d, staff_number(v, 0), v->a, &out->name, err));
    return news_desk_read(&out->d, out->name, v->a, &out->now, err);
}

struct str
item_address(struct visit *v, int64_t id, const char *more)
{
    return str_fmt(v->a, "/admin/items/%lld/%s", (long long)id, more);
}

struct str
item_form_address(struct visit *v, int64_t item_id, const char *more)
{
    return item_id != 0 ? item_address(v, item_id, more)
                        : str_fmt(v->a, "/admin/items/new/%s", more);
}

static const struct {
    const char *more;
    enum tpl_string name;
} pages[ITEM_PAGE__MAX] = {
#define ITEM_PAGE(constant, more, name) {more, name},
#include "web/admin/item_pages.def"
#undef ITEM_PAGE
};

static bool
is_open(const struct desk_item *it, int page)
{
    return it->may_edit || (page != ITEM_PAGE_EDIT && page != ITEM_PAGE_PREVIEW_LINKS);
}

/* Two of them say more: comments still to be seen to, a translation that is stale. */
static struct str
page_name(struct visit *v, const struct desk_item *it, int page)
{
    bool is_stale = page == ITEM_PAGE_TRANSLATIONS && it->is_stale;
    struct str name =
        staff_word(v, is_stale ? S_STAFF_TRANSLATIONS_STALE : pages[page].name);
    return page == ITEM_PAGE_COMMENTS && it->n_comments > 0
               ? str_fmt(v->a, "%.*s (%lld)", STR_ARG(name), (long long)it->n_comments)
               : name;
}

struct view_staff_frame
item_frame(struct visit *v, const struct desk_item *it, enum item_page page)
{
    struct view_staff_frame f = staff_frame(v, pages[page].name, PLACE_NONE);
    struct view_link *links = arena_array(v->a, struct view_link, ITEM_PAGE__MAX);
    for (int i = 0; i < ITEM_PAGE__MAX; i++) {
        if (!is_open(it, i))
            continue;
        if (i == (int)page)
            f.page = f.n_pages;
        links[f.n_pages++] = (struct view_link){
            item_address(v, it->item.id, pages[i].more), page_name(v, it, i)};
    }
    if (it->item.title.n > 0)
        f.title = it->item.title;
    f.pages = links;
    return f;
}

struct str
item_state_name(struct visit *v, enum desk_state state)
{
    static const enum tpl_string names[DESK__MAX] = {
        [DESK_DRAFT] = S_STAFF_STATE_DRAFT,
        [DESK_REVIEW] = S_STAFF_STATE_REVIEW,
        [DESK_APPROVED] = S_STAFF_STATE_APPROVED,
        [DESK_SENT_BACK] = S_STAFF_STATE_SENT_BACK,
        [DESK_DISCARDED] = S_STAFF_STATE_DISCARDED,
    };
    return staff_word(v, names[state]);
}

struct str
item_kept_until(struct visit *v, int64_t discarded_at)
{
    return str_fmt(v->a, "%.*s %.*s", STR_ARG(staff_word(v, S_STAFF_KEPT_UNTIL)),
                   STR_ARG(staff_moment(v, discarded_at + DESK_DISCARDED_KEPT_S)));
}

struct str
item_state_line(struct visit *v, const struct desk_item *it)
{
    return str_fmt(
        v->a, "%.*s: %.*s. %.*s %lld, %.*s.", STR_ARG(staff_word(v, S_STAFF_STATE)),
        STR_ARG(item_state_name(v, it->state)), STR_ARG(staff_word(v, S_STAFF_REVISION)),
        (long long)it->version, STR_ARG(it->saved_by));
}

struct str
item_sent_back(struct visit *v, const struct desk_item *it)
{
    if (it->state != DESK_SENT_BACK || it->why.n == 0)
        return (struct str){NULL, 0};
    return str_fmt(v->a, "%.*s %.*s", STR_ARG(staff_word(v, S_STAFF_SENT_BACK_REASON)),
                   STR_ARG(it->why));
}

struct shortcomings
item_shortcomings(struct visit *v, const struct desk_item *it)
{
    struct shortcomings all;
    struct item now = it->item;
    if (now.published_at == TIME_NONE)
        now.published_at = v->now;
    item_check(&now, it->is_untouched, &all);
    return all;
}

struct str
item_shortcoming(struct visit *v, const struct shortcoming *s)
{
    static const enum tpl_string texts[SHORTCOMING__MAX] = {
        [SHORT_TITLE] = S_STAFF_SHORT_TITLE,
        [SHORT_LEAD] = S_STAFF_SHORT_LEAD,
        [SHORT_BODY] = S_STAFF_SHORT_BODY,
        [SHORT_SECTION] = S_STAFF_SHORT_SECTION,
        [SHORT_CREDIT] = S_STAFF_SHORT_CREDIT,
        [SHORT_ALT] = S_STAFF_SHORT_ALT,
        [SHORT_TIME] = S_STAFF_SHORT_TIME,
        [SHORT_CONFLICT] = S_STAFF_SHORT_CONFLICT,
        [SHORT_UNTRANSLATED] = S_STAFF_SHORT_UNTRANSLATED,
    };
    struct str text = staff_word(v, texts[s->kind]);
    return s->photo == 0
               ? text
               : str_fmt(v->a, "%.*s %d: %.*s", STR_ARG(staff_word(v, S_STAFF_PHOTO)),
                         s->photo, STR_ARG(text));
}

const char *
item_shortcoming_field(struct visit *v, const struct shortcoming *s)
{
    return s->photo == 0
               ? shortcoming_field(s->kind)
               : item_photos_field(v, s->photo, s->kind == SHORT_ALT ? "alt" : "credit");
}

struct str
item_field_name(struct visit *v, const char *key)
{
    static const struct {
        const char *key;
        enum tpl_string name;
    } names[] = {
        {"title", S_STAFF_ITEM_TITLE},
        {"lead", S_STAFF_LEAD},
        {"body", S_STAFF_BODY},
        {"body_format", S_STAFF_BODY_FORMAT},
        {"section", S_STAFF_SECTION},
        {"lang", S_STAFF_ITEM_LANGUAGE},
        {"slug", S_STAFF_SLUG},
        {"group", S_STAFF_GROUP},
        {"published_at", S_STAFF_PUBLISH_AT},
        {"updated_at", S_STAFF_UPDATED_AT},
        {"embargo_until", S_STAFF_EMBARGO},
        {"expires_at", S_STAFF_EXPIRES},
        {"pinned_until", S_STAFF_PINNED},
        {"photo_credit", S_STAFF_CREDIT},
        {"photos", S_STAFF_PHOTOS},
        {"tags", S_STAFF_TAGS},
        {"old_urls", S_STAFF_OLD_URLS},
    };
    for (size_t i = 0; i < N_ELEMENTS(names); i++)
        if (strcmp(names[i].key, key) == 0)
            return staff_word(v, names[i].name);
    return str_of(key);
}

struct view_compared
item_compared(struct visit *v, const char *key, const struct diff *diff)
{
    static const enum view_change changes[] = {[DIFF_SAME] = CHANGE_SAME,
                                               [DIFF_REMOVED] = CHANGE_REMOVED,
                                               [DIFF_ADDED] = CHANGE_ADDED};
    struct view_piece *pieces = arena_array(v->a, struct view_piece, diff->n);
    for (int i = 0; i < diff->n; i++)
        pieces[i] = (struct view_piece){changes[diff->all[i].kind], diff->all[i].text};
    return (struct view_compared){item_field_name(v, key), pieces, diff->n};
}
