/* view/wording.c - changed words over those of the language files. */
#include "view/wording.h"

#include "tpl/names.h"

const struct view_word view_words[] = {
#define WORDING(string, group) {string, group},
#include "view/wording.def"
#undef WORDING
};
const int view_n_words = N_ELEMENTS(view_words);

enum tpl_string
view_word_find(struct str key)
{
    for (int i = 0; i < view_n_words; i++)
        if (str_eq_z(key, tpl_string_key(view_words[i].word)))
            return view_words[i].word;
    return S__MAX;
}

struct str
view_word_of_file(const struct view *v, int lang, enum tpl_string s)
{
    return v->files[lang].strings[s];
}

static void
copy_all(struct arena *a, const struct wordings *from, struct wordings *to)
{
    *to = (struct wordings){arena_array(a, struct wording, from->n), from->n};
    for (int i = 0; i < from->n; i++)
        to->all[i] = (struct wording){str_copy(a, from->all[i].lang),
                                      str_copy(a, from->all[i].key),
                                      str_copy(a, from->all[i].text)};
}

/* The strings of all languages: the files', and what was changed over them. */
static void
lay_over(struct view *v, const struct wordings *w)
{
    memcpy(v->langs, v->files, sizeof v->langs);
    for (int i = 0; i < w->n; i++) {
        int lang = site_lang_find(v->site, w->all[i].lang);
        enum tpl_string s = view_word_find(w->all[i].key);
        if (lang >= 0 && s < S__MAX)
            v->langs[lang].strings[s] = w->all[i].text;
    }
}

static enum rc
reword(struct view *v, struct err *err)
{
    struct tpl_lang langs[SITE_LANGS_MAX];
    for (int i = 0; i < v->site->n_langs; i++)
        langs[i] = (struct tpl_lang){v->langs[i].code, v->langs[i].strings};
    return tpl_reword(v->set, langs, err);
}

enum rc
view_set_wordings(struct view *v, const struct wordings *w, struct err *err)
{
    struct arena a;
    struct wordings copy;
    if (wordings_are_same(w, &v->wordings))
        return RC_OK;
    arena_init(&a);
    copy_all(&a, w, &copy);
    lay_over(v, &copy);
    enum rc rc = reword(v, err);
    if (rc != RC_OK) {
        lay_over(v, &v->wordings);
        arena_done(&a);
        return rc;
    }
    arena_done(&v->wordings_before); /* the last ones may be in a page under way */
    v->wordings_before = v->wording_arena;
    v->wording_arena = a;
    v->wordings = copy;
    v->epoch = -1; /* whatever was kept has the old words */
    return RC_OK;
}
