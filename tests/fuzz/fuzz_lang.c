/* tests/fuzz/fuzz_lang.c - any bytes as an operator's language file; what is taken has
 * every text, and gives dates. */
#include "folder.h"
#include "view/lang.h"

#include "base/time.h"

static void
check(const struct view_lang *l, struct arena *a)
{
    for (int i = 0; i < S__MAX; i++) {
        assert(l->strings[i].n > 0);
        fuzz_clean(l->strings[i]);
    }
    assert(str_eq_z(l->dir, "ltr") || str_eq_z(l->dir, "rtl"));
    for (int month = 1; month <= 12; month++)
        fuzz_clean(view_month(l, a, 2024, month));
    fuzz_clean(view_date(l, a, 0));
    fuzz_clean(view_date(l, a, TIME_NONE));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const struct site site = {.url = STR_INIT("http://x.example"),
                                     .langs = {{.code = STR_INIT("en")}},
                                     .n_langs = 1};
    static struct view_lang langs[SITE_LANGS_MAX];
    struct arena a AT_END(arena_done);
    struct err err;
    arena_init(&a);
    struct str folder = folder_put("lang", "en.ini", data, n);
    enum rc rc = view_langs_load(folder, &site, &a, langs, &err);
    if (rc == RC_OK)
        check(&langs[0], &a);
    else
        fuzz_refused(rc, &err);
    return 0;
}
