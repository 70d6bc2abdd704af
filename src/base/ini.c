/* base/ini.c - INI through inih, with line numbers.
 *
 * Debian's inih hands its handler no line number, cuts lines at 200 bytes and section
 * names at 49, and joins indented lines to the one before. So lines are handed to it one
 * by one by a reader that counts them, its switches are set to the plain format, and
 * what it would change without a word is refused here first. */
#include "base/ini.h"

#include <ini.h>
#include <stdio.h>

#include "base/compiler.h"
#include "base/utf8.h"

enum { NAME_MAX_SIZE = 49, LINE_MAX_SIZE = 64 * 1024 };

struct reading {
    struct str rest; /* lines not handed over yet */
    int line;        /* number of the one handed over last */
    ini_entry_fn *fn;
    void *ctx;
    struct err *err;
    enum rc rc; /* of the handler that stopped the reading */
};

/* inih reads by fgets: one line with its end, and a terminator. The buffer holds every
 * line (line_problem saw to that), so a call is a line. */
static char *
next_line(char *to, int size, void *stream)
{
    struct reading *r = stream;
    if (r->rest.n == 0)
        return NULL;
    size_t n = str_find(r->rest, '\n');
    n = n < r->rest.n ? n + 1 : n;
    if (n >= (size_t)size)
        return NULL;
    memcpy(to, r->rest.p, n);
    to[n] = '\0';
    r->rest = str_from(r->rest, n);
    r->line++;
    return to;
}

static int
entry(void *user, const char *section, const char *name, const char *value)
{
    struct reading *r = user;
    r->rc = r->fn(r->ctx, section, name, value, r->line, r->err);
    return r->rc == RC_OK;
}

/* inih's section rule: the first ']' ends it and the rest of the line is dropped. */
static const char *
section_problem(struct str line)
{
    size_t end = str_find(line, ']');
    if (end == line.n)
        return "a section without its ]";
    if (end == 1)
        return "a section without a name";
    if (end + 1 < line.n)
        return "text after a section's ]";
    return end - 1 > NAME_MAX_SIZE ? "a section name of over 49 bytes" : NULL;
}

/* What is wrong with a line that inih would take otherwise than it reads; NULL if it is
 * fine. */
static const char *
line_problem(struct str line)
{
    if (line.n > LINE_MAX_SIZE)
        return "a line of over 64 KiB";
    if (utf8_check(line) < line.n)
        return "invalid UTF-8";
    if (utf8_find_control(line) < line.n)
        return "a control character";
    line = str_trim(line);
    if (line.n == 0 || line.p[0] == ';' || line.p[0] == '#')
        return NULL;
    if (line.p[0] == '[')
        return section_problem(line);
    size_t eq = str_find(line, '=');
    if (eq == line.n)
        return "neither [section] nor name = value";
    if (str_trim(str_sub(line, 0, eq)).n == 0)
        return "a value without a name";
    /* inih would cut the name at a colon that comes first. */
    return str_find(line, ':') < eq ? "a colon in a name" : NULL;
}

static enum rc
check_lines(struct str text, const char *where, size_t *longest, struct err *err)
{
    *longest = 0;
    for (int n = 1; text.p != NULL; n++) {
        struct str line = str_cut(&text, '\n');
        const char *problem = line_problem(line);
        if (problem != NULL)
            return err_set(err, RC_INVALID, "%s:%d: %s", where, n, problem);
        *longest = line.n > *longest ? line.n : *longest;
    }
    return RC_OK;
}

/* Process-wide switches of Debian's build; nothing else here uses inih. */
static void
set_up_inih(size_t longest)
{
    ini_allow_multiline = false;
    ini_allow_inline_comments = false;
    ini_allow_bom = false;
    ini_use_stack = false;
    ini_allow_realloc = false;
    ini_stop_on_first_error = true;
    /* The line, its end, a terminator; and inih asks for one byte it never fills. */
    ini_initial_alloc = ini_max_line = (int)longest + 8;
}

/* Puts "where:line: " before what the handler said. */
static void
say_where(const struct reading *r, const char *where)
{
    if (r->err == NULL)
        return;
    struct err said = *r->err;
    int n = snprintf(r->err->text, sizeof r->err->text, "%s:%d: ", where, r->line);
    if (n >= 0 && (size_t)n < sizeof r->err->text)
        (void)snprintf(r->err->text + n, sizeof r->err->text - (size_t)n, "%s",
                       said.text);
}

enum rc
ini_read(struct str text, const char *where, ini_entry_fn *fn, void *ctx, struct err *err)
{
    if (str_starts(text, STR("\xef\xbb\xbf"))) /* some editors begin a file so */
        text = str_from(text, 3);
    size_t longest;
    TRY(check_lines(text, where, &longest, err));
    set_up_inih(longest);
    struct reading r = {.rest = text, .fn = fn, .ctx = ctx, .err = err};
    int failed = ini_parse_stream(next_line, &r, entry, &r);
    if (r.rc != RC_OK) {
        say_where(&r, where);
        return r.rc;
    }
    if (failed != 0)
        return err_set(err, failed < 0 ? RC_FAILED : RC_INVALID, "%s:%d: cannot be read",
                       where, r.line);
    return RC_OK;
}
