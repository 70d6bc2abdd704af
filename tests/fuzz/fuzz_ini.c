/* tests/fuzz/fuzz_ini.c - any bytes as an INI file. */
#include "fuzz.h"

#include "base/ini.h"

struct seen {
    int n, line;
};

static enum rc
entry(void *ctx, const char *section, const char *name, const char *value, int line,
      struct err *err)
{
    struct seen *seen = ctx;
    fuzz_clean(str_of(section));
    fuzz_clean(str_of(name));
    fuzz_clean(str_of(value));
    assert(line > seen->line && strlen(section) < 50);
    assert(strpbrk(name, "\n=") == NULL && strchr(value, '\n') == NULL);
    seen->line = line;
    return ++seen->n < 1000 ? RC_OK : err_set(err, RC_INVALID, "enough");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct seen seen = {0, 0};
    struct str text = fuzz_copy(data, n);
    struct err err;
    enum rc rc = ini_read(text, "a.ini", entry, &seen, &err);
    if (rc != RC_OK) {
        fuzz_refused(rc, &err);
        assert(strncmp(err.text, "a.ini:", 6) == 0);
    }
    mem_free((void *)text.p);
    return 0;
}
