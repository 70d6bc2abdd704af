/* tests/unit/test_ini.c - what INI text is read as, and what is refused where. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include "base/buf.h"
#include "base/compiler.h"
#include "base/ini.h"

static struct arena arena;

static int
set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

/* Writes each entry as "line[section]name=value|"; refuses the name "stop". */
static enum rc
record(void *ctx, const char *section, const char *name, const char *value, int line,
       struct err *err)
{
    buf_fmt(ctx, "%d[%s]%s=%s|", line, section, name, value);
    if (strcmp(name, "stop") == 0)
        return err_field(err, name, "no such name");
    if (strcmp(name, "busy") == 0)
        return err_set(err, RC_BUSY, "come back later");
    return RC_OK;
}

static enum rc
read_ini(struct str text, struct buf *b, struct err *err)
{
    memset(err, 0, sizeof *err);
    buf_init(b, &arena, 1 << 20);
    return ini_read(text, "f.ini", record, b, err);
}

static void
test_reads(void **state)
{
    (void)state;
    static const struct {
        struct str text;
        const char *want;
    } rows[] = {
        {STR_INIT(""), ""},
        {{NULL, 0}, ""},
        {STR_INIT("\n\n  \n\t\n"), ""},
        {STR_INIT("a=1"), "1[]a=1|"},
        {STR_INIT("a=1\n"), "1[]a=1|"},
        {STR_INIT("a=1\r\nb=2\r\n"), "1[]a=1|2[]b=2|"},
        {STR_INIT("\xef\xbb\xbf"
                  "a=1"),
         "1[]a=1|"},
        {STR_INIT("  a  =  1 2  \n"), "1[]a=1 2|"},
        {STR_INIT("a=\nb = \n"), "1[]a=|2[]b=|"},
        {STR_INIT("[s]\na=1\n\n[t u]\nb=2\n"), "2[s]a=1|5[t u]b=2|"},
        {STR_INIT("; one\n# two\n  ; three\n  # four\na=1"), "5[]a=1|"},
        {STR_INIT("a=1 ; not a comment\n"), "1[]a=1 ; not a comment|"},
        {STR_INIT("a=#1;2\n"), "1[]a=#1;2|"},
        {STR_INIT("a=\"q\" 'r'\n"), "1[]a=\"q\" 'r'|"},
        {STR_INIT("a=b=c\n"), "1[]a=b=c|"},
        {STR_INIT("a=http://x:80/\n"), "1[]a=http://x:80/|"},
        {STR_INIT("a=1\n  b=2\n"), "1[]a=1|2[]b=2|"}, /* indented is not joined */
        {STR_INIT("a=1\na=2\n"), "1[]a=1|2[]a=2|"},   /* the caller decides */
        {STR_INIT("название = Жуков — “x”\n"), "1[]название=Жуков — “x”|"},
        {STR_INIT("[a.b/c]\nd.e-f_g=1\n"), "2[a.b/c]d.e-f_g=1|"},
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct buf b;
        struct err err;
        if (read_ini(rows[i].text, &b, &err) != RC_OK)
            fail_msg("%.*s: %s", STR_ARG(rows[i].text), err.text);
        assert_string_equal(buf_str(&b).p, rows[i].want);
    }
}

static void
test_refuses(void **state)
{
    (void)state;
    static const struct {
        struct str text;
        const char *why;
    } rows[] = {
        {STR_INIT("a=1\nnonsense\n"), "f.ini:2: neither [section] nor name = value"},
        {STR_INIT("a=1\n\n  cont\n"), "f.ini:3: neither [section] nor name = value"},
        {STR_INIT("a: 1\n"), "f.ini:1: neither [section] nor name = value"},
        {STR_INIT("a:b = 1\n"), "f.ini:1: a colon in a name"},
        {STR_INIT("= 1\n"), "f.ini:1: a value without a name"},
        {STR_INIT("[s\na=1\n"), "f.ini:1: a section without its ]"},
        {STR_INIT("[]\na=1\n"), "f.ini:1: a section without a name"},
        {STR_INIT("[s] x\na=1\n"), "f.ini:1: text after a section's ]"},
        {STR_INIT("[s] ; x\n"), "f.ini:1: text after a section's ]"},
        {STR_INIT("[12345678901234567890123456789012345678901234567890]\n"),
         "f.ini:1: a section name of over 49 bytes"},
        {STR_INIT("a=1\nb=\xff\n"), "f.ini:2: invalid UTF-8"},
        {STR_INIT("; \xff\n"), "f.ini:1: invalid UTF-8"},
        {STR_INIT("a=1\nb=\0\n"), "f.ini:2: a control character"},
        {STR_INIT("a=\x1b[2J\n"), "f.ini:1: a control character"},
    };
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct buf b;
        struct err err;
        assert_int_equal(read_ini(rows[i].text, &b, &err), RC_INVALID);
        assert_string_equal(err.text, rows[i].why);
        assert_string_equal(buf_str(&b).p, ""); /* checked before anything is used */
    }
}

static void
test_handler_stops(void **state)
{
    (void)state;
    struct buf b;
    struct err err;
    assert_int_equal(read_ini(STR("a=1\n[s]\nstop=2\nb=3\n"), &b, &err), RC_INVALID);
    assert_string_equal(err.text, "f.ini:3: no such name");
    assert_string_equal(err.field, "stop");
    assert_string_equal(buf_str(&b).p, "1[]a=1|3[s]stop=2|");
    assert_int_equal(read_ini(STR("\n\nbusy=1\n"), &b, &err), RC_BUSY);
    assert_string_equal(err.text, "f.ini:3: come back later");
    buf_init(&b, &arena, 1000);
    assert_int_equal(ini_read(STR("stop=1"), "f.ini", record, &b, NULL), RC_INVALID);
}

static void
test_a_section_of_49_bytes_is_whole(void **state)
{
    (void)state;
    struct buf b;
    struct err err;
    const char *name = "1234567890123456789012345678901234567890123456789";
    assert_int_equal(read_ini(str_fmt(&arena, "[%s]\na=1\n", name), &b, &err), RC_OK);
    assert_true(str_eq(buf_str(&b), str_fmt(&arena, "2[%s]a=1|", name)));
}

/* Long lines of every length around inih's own 200, and lines after them. */
static void
test_long_lines(void **state)
{
    (void)state;
    static const size_t sizes[] = {190, 195, 196, 197, 198, 199,  200,
                                   201, 202, 203, 400, 999, 9999, 65534};
    for (size_t i = 0; i < N_ELEMENTS(sizes); i++) {
        char *value = arena_zalloc(&arena, sizes[i] + 1);
        memset(value, 'v', sizes[i]);
        struct buf b;
        struct err err;
        struct str text = str_fmt(&arena, "a=%s\nb=2\n", value);
        assert_int_equal(read_ini(text, &b, &err), RC_OK);
        assert_true(str_eq(buf_str(&b), str_fmt(&arena, "1[]a=%s|2[]b=2|", value)));
        text = str_fmt(&arena, "%s=1", value); /* long names, too */
        assert_int_equal(read_ini(text, &b, &err), RC_OK);
        assert_true(str_eq(buf_str(&b), str_fmt(&arena, "1[]%s=1|", value)));
    }
    struct buf b;
    struct err err;
    char *value = arena_zalloc(&arena, 65536);
    memset(value, 'v', 65535);
    assert_int_equal(read_ini(str_fmt(&arena, "a=%s\n", value), &b, &err), RC_INVALID);
    assert_string_equal(err.text, "f.ini:1: a line of over 64 KiB");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads),
        cmocka_unit_test(test_refuses),
        cmocka_unit_test(test_handler_stops),
        cmocka_unit_test(test_a_section_of_49_bytes_is_whole),
        cmocka_unit_test(test_long_lines),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
