/* news/wording.c - changing words of the public site. */
#include "news/wording.h"

#include "model/person.h"
#include "news/desk_in.h"
#include "store/wording.h"

static enum rc
begin(const struct desk *d, struct err *err)
{
    const struct person *p = d->actor->person;
    if (p != NULL && !right_allows(p, RIGHT_SETTINGS, NULL))
        return err_set(err, RC_DENIED, "%.*s may not change words of the site",
                       STR_ARG(d->actor->name));
    return store_write_begin(d->st, err);
}

enum rc
news_wording_set(const struct desk *d, const struct wording *w, struct err *err)
{
    struct arena a AT_END(arena_done);
    arena_init(&a);
    struct str detail = str_fmt(&a, "%.*s %.*s: %.*s", STR_ARG(w->lang), STR_ARG(w->key),
                                STR_ARG(w->text));
    TRY(wording_check(w->text, err));
    TRY(begin(d, err));
    return room_end(d, store_wording_set(d->st, w, err), "words", STR(""), detail, true,
                    err);
}

enum rc
news_wording_reset(const struct desk *d, struct str lang, struct str key, struct err *err)
{
    struct arena a AT_END(arena_done);
    arena_init(&a);
    struct str detail =
        str_fmt(&a, "%.*s %.*s as in the file", STR_ARG(lang), STR_ARG(key));
    TRY(begin(d, err));
    enum rc rc = store_wording_drop(d->st, lang, key, err);
    if (rc == RC_NOT_FOUND)
        rc = err_set(err, rc, "%.*s was not changed", STR_ARG(key));
    return room_end(d, rc, "words", STR(""), detail, true, err);
}
