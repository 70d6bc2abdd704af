/* model/photo.c - how a use follows its photo, and what may be said of one. */
#include "model/photo.h"

#include <stddef.h>

#include "model/refusal.h"
#include "model/url.h"

#include "base/utf8.h"

static const struct text {
    const char *key;
    size_t offset, most;
} texts[] = {
#define PHOTO_TEXT(member, key, column, most, inside) \
    {key, offsetof(struct photo, member), most},
#include "model/photo.def"
#undef PHOTO_TEXT
};

static struct str *
text_of(struct photo *p, const struct text *t)
{
    return (struct str *)(void *)((char *)p + t->offset);
}

static const struct str *
const_text_of(const struct photo *p, const struct text *t)
{
    return (const struct str *)(const void *)((const char *)p + t->offset);
}

/* TIME_NONE is the smallest instant, and as an end it means never. */
static int64_t
earlier_end(int64_t a, int64_t b)
{
    if (a == TIME_NONE || b == TIME_NONE)
        return a == TIME_NONE ? b : a;
    return a < b ? a : b;
}

int64_t
library_photo_end(const struct library_photo *p)
{
    return earlier_end(p->photo.expires_at, p->withdrawn_at);
}

int64_t
photo_use_end(const struct photo *use, const struct library_photo *library)
{
    return earlier_end(use != NULL ? use->expires_at : TIME_NONE,
                       library_photo_end(library));
}

bool
photo_is_shown(const struct photo *p, int64_t now)
{
    return p->expires_at == TIME_NONE || p->expires_at > now;
}

/* ---- following ---- */

void
photo_follow_credit(struct photo *use, struct str item_credit)
{
    const struct library_photo *l = use->library;
    if (use->has_own_credit)
        return;
    use->credit =
        l != NULL && !utf8_is_blank(l->photo.credit) ? l->photo.credit : item_credit;
}

/* Those that follow by themselves, without regard to others. */
static bool
is_plain(const struct photo *p, const struct str *text)
{
    return text != &p->credit && text != &p->credit_url && text != &p->alt &&
           !(text == &p->caption && p->has_no_caption);
}

void
photo_follow(struct photo *use, struct str item_credit)
{
    const struct photo *l = use->library != NULL ? &use->library->photo : NULL;
    photo_follow_credit(use, item_credit);
    if (l == NULL)
        return;
    if (!use->has_own_credit && !utf8_is_blank(l->credit)) {
        use->has_own_credit = true;
        use->credit_url = use->credit_url.n > 0 ? use->credit_url : l->credit_url;
    }
    for (size_t i = 0; i < N_ELEMENTS(texts); i++) {
        struct str *own = text_of(use, &texts[i]);
        if (own->n == 0 && is_plain(use, own))
            *own = *const_text_of(l, &texts[i]);
    }
    if (use->alt.n == 0 && !use->is_decorative) {
        use->alt = l->alt;
        use->is_decorative = l->is_decorative;
    }
    if (use->focal.n == 0)
        use->focal = l->focal;
    use->expires_at = photo_use_end(use, use->library);
}

struct photo *
photos_followed(const struct item *it, struct arena *a)
{
    struct photo *all = arena_array(a, struct photo, it->n_photos);
    for (int i = 0; i < it->n_photos; i++) {
        all[i] = it->photos[i];
        photo_follow(&all[i], it->photo_credit);
    }
    return all;
}

static void
drop_same(struct str *own, struct str librarys)
{
    if (str_eq(*own, librarys))
        *own = (struct str){NULL, 0};
}

/* A link belongs to the credit that it stands with. */
static void
keep_own_credit(struct photo *use, const struct photo *l)
{
    bool is_same = !use->has_own_credit || str_eq(use->credit, l->credit);
    if (!is_same)
        return;
    use->has_own_credit = false;
    use->credit = (struct str){NULL, 0};
    if (!utf8_is_blank(l->credit))
        drop_same(&use->credit_url, l->credit_url);
}

void
photo_keep_own(struct photo *use, const struct library_photo *library)
{
    const struct photo *l = &library->photo;
    keep_own_credit(use, l);
    for (size_t i = 0; i < N_ELEMENTS(texts); i++)
        if (is_plain(use, text_of(use, &texts[i])))
            drop_same(text_of(use, &texts[i]), *const_text_of(l, &texts[i]));
    if (str_eq(use->alt, l->alt) && use->is_decorative == l->is_decorative) {
        use->alt = (struct str){NULL, 0};
        use->is_decorative = false;
    }
    use->has_no_caption = use->has_no_caption && l->caption.n > 0;
    drop_same(&use->focal, l->focal);
    if (photo_use_end(use, library) == library_photo_end(library))
        use->expires_at = TIME_NONE;
}

/* ---- what may be said ---- */

void
photo_drop_blank(struct photo *p)
{
    for (size_t i = 0; i < N_ELEMENTS(texts); i++)
        if (utf8_is_blank(*text_of(p, &texts[i])))
            *text_of(p, &texts[i]) = (struct str){NULL, 0};
}

static bool
is_line(struct str s)
{
    return utf8_check(s) == s.n && utf8_find_control(s) == s.n &&
           str_find(s, '\n') == s.n && str_find(s, '\r') == s.n &&
           str_find(s, '\t') == s.n;
}

static enum rc
check_text(const struct text *t, struct str s, struct err *err)
{
    if (s.n > t->most)
        return err_field(err, t->key, "%zu bytes long, at most %zu are allowed", s.n,
                         t->most);
    if (!is_line(s))
        return err_field(err, t->key, "must be one line of text");
    if (s.n == 0 || !str_ends(str_of(t->key), STR("_url")) || url_is_web(s))
        return RC_OK;
    err_field(err, t->key,
              "must be an address with https:// or http://, without blanks, quotes or "
              "brackets");
    return err_because(err, RC_INVALID, REFUSED_WEB_ADDRESS, 0, 0);
}

enum rc
photo_check(const struct photo *p, struct err *err)
{
    for (size_t i = 0; i < N_ELEMENTS(texts); i++)
        TRY(check_text(&texts[i], *const_text_of(p, &texts[i]), err));
    if (p->is_decorative && p->alt.n > 0) {
        err_field(err, "alt", "a decorative photo has no alt text");
        return err_because(err, RC_INVALID, REFUSED_DECORATIVE, 0, 0);
    }
    if (p->has_no_caption && p->caption.n > 0)
        return err_field(err, "no_caption", "there is a caption");
    if (p->focal.n > 0 && !photo_focal_is_valid(p->focal))
        return err_field(err, "focal", "must be \"x,y\" in percent, as \"50,33.3\"");
    return RC_OK;
}
