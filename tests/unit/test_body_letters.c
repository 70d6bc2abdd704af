/* tests/unit/test_body_letters.c - every letter of a body is on the page.
 *
 * The property, of `text`: the page's text is the body's, but that runs of ASCII white
 * space count as one blank.
 *
 * Of `markdown`, for CommonMark gives marks a meaning and takes them away:
 *   - may vanish where they are syntax: \ ` * _ # > < [ ] ( ) ! - + = ~ : . ; & " '
 *     and the numbers of an ordered list (the first is the list's `start`), character
 *     references, which come out as what they name, and white space;
 *   - is a name and no text: NAME in [text][NAME] and in the definition it refers to;
 *   - all else is on the page: each letter and digit and each mark not named above, in
 *     the text or in an address (percent-decoded) or title of a link.
 * Where a body is refused nothing is lost, so that is allowed; for images only. */
/* cmocka.h wants the other three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
/* clang-format on */
#include "body_page.h"

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

/* ---- made-up bodies ---- */

static uint64_t seed;

static unsigned
random_below(unsigned n)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)((seed >> 33) % n);
}

/* What a word is made of besides its number: scripts, marks that combine, signs joined to
 * one, letters that look like others, directions, a blank that must not break. */
static const char *const letters[] = {
    "w",        "Ж",        "é",   "e\xcc\x81", "שלום",    "عربي",          "京",
    "👩\u200d🚒", "👍🏽", "Mіn", "x\u00a0y",  "\u200fא", "\u202ea\u202c", "ß",
    "İ",        "ﬀ",        "№",   "–",         "“x”",     "a\u00adb",
};

/* Each word is in the body once, and ends so that none begins another. */
static void
add_word(struct buf *b, int number)
{
    buf_fmt(b, "%s%dz", letters[(unsigned)number % N_ELEMENTS(letters)], number);
}

/* W is a word. Names are few, so that links and definitions find each other. */
static const char *const pieces[] = {
    "W",
    " ",
    "\n",
    "\n\n",
    "W W",
    "W\nW",
    "*W*",
    "**W**",
    "_W",
    "*",
    "__",
    "`W`",
    "``W` W``",
    "`",
    "```\nW\n```",
    "\n```W W\n",
    "\n~~~\n",
    "\n    W",
    "\n\tW",
    "\n> ",
    "\n> > W",
    "\n- W",
    "\n  - W",
    "\n* ",
    "\n1. W",
    "\n7) W",
    "\n# W",
    "\n### W #",
    "\nW\n===",
    "\n---\n",
    "<W>",
    "<W/>",
    "</W>",
    "<W a='W'>",
    "<!-- W -->",
    "<!--",
    "-->",
    "<!W W>",
    "<?W W?>",
    "<?",
    "<![CDATA[W]]>",
    "\n<div>\nW\n",
    "\n<pre>W",
    "</pre>",
    "<script>W</script>",
    "&amp;",
    "&#87;",
    "&W;",
    "&",
    "\\",
    "\\*W\\*",
    "\\\n",
    "  \n",
    "[W](/W)",
    "[W](/W \"W\")",
    "[W](<W W> 'W')",
    "[W](javascript:W)",
    "[W](W)",
    "<http://x.org/W>",
    "<x:W>",
    "<W@x.org>",
    "[W]",
    "[n1]",
    "[W][n1]",
    "[W][n2]",
    "[n3][]",
    "[W][",
    "](W)",
    "\n[n1]: /W\n",
    "\n[n2]: <W> \"W\"\n",
    "\n[n3]:\n/W\n 'W\nW'\n",
    "\n[W]: /W\n",
    "\n[W W]: W (W)\n",
    "\n> [n1]: /W\n> [W]: /W\n",
    "\n- [W]: /W\n  [n2]: /W\n",
    "[W]: W",
    "]: W",
    "[n1]: ",
    "(",
    ")",
    "{{W}}",
    "W, W? W@W",
    "$W ^W |W| %",
    "'W'",
    "\"W\"",
    "\u00a0",
    "\r\n",
    "\n\u3000W",
    "!",
    "W/W",
};

static struct str
random_markdown(int *n_words)
{
    struct buf b;
    buf_init(&b, &arena, 1 << 16);
    *n_words = 0;
    for (unsigned n = 1 + random_below(40); n > 0; n--) {
        const char *z = pieces[random_below(N_ELEMENTS(pieces))];
        for (; *z != '\0'; z++)
            if (*z == 'W')
                add_word(&b, (*n_words)++);
            else
                buf_add_c(&b, *z);
    }
    return buf_str(&b);
}

static size_t
count(struct str s, char c)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == c;
    return n;
}

/* False when the body is refused, which only an image may lead to. */
static bool
check_markdown(struct str body, int n_words)
{
    static const char marks[] = ",?@$^{}|/%";
    struct page p;
    struct str html;
    struct err err;
    if (attempt(BODY_MARKDOWN, body, &html, &err) != RC_OK) {
        assert_true(str_find_str(body, STR("![")) < body.n &&
                    strstr(err.text, "image \"") != NULL);
        return false;
    }
    page_read(html, &p);
    for (int i = 0; i < n_words; i++) {
        struct buf word;
        buf_init(&word, &arena, 64);
        add_word(&word, i);
        if (!page_has(&p, buf_str(&word)))
            fail_msg("\"%s\" of <<%.*s>> is not on <<%s>> <<%s>>", word.p, STR_ARG(body),
                     p.text.p, p.addresses.p);
    }
    for (const char *c = marks; *c != '\0'; c++)
        if (count(buf_str(&p.text), *c) + count(buf_str(&p.addresses), *c) <
            count(body, *c))
            fail_msg("a %c of <<%.*s>> is not on the page", *c, STR_ARG(body));
    return true;
}

static void
test_every_letter_of_markdown(void **state)
{
    (void)state;
    int n_shown = 0;
    for (uint64_t run = 0; run < 6000; run++) {
        int n_words;
        seed = run;
        struct str body = random_markdown(&n_words);
        n_shown += check_markdown(body, n_words);
        arena_reset(&arena);
    }
    assert_true(n_shown > 5900);
}

static void
add_squeezed(struct buf *b, struct str s)
{
    bool is_gap = false;
    s = str_trim(s);
    for (size_t i = 0; i < s.n; i++) {
        bool is_space = s.p[i] != '\0' && strchr(" \t\r\n", s.p[i]) != NULL;
        if (!is_space)
            buf_add_c(b, s.p[i]);
        else if (!is_gap)
            buf_add_c(b, ' ');
        is_gap = is_space;
    }
}

static struct str
squeezed(struct str s)
{
    struct buf b;
    buf_init(&b, &arena, 1 << 24);
    buf_add_z(&b, "");
    add_squeezed(&b, s);
    return buf_str(&b);
}

static void
test_every_letter_of_text(void **state)
{
    (void)state;
    for (uint64_t run = 0; run < 3000; run++) {
        struct page p;
        int n_words;
        seed = run;
        struct str body = random_markdown(&n_words);
        page_read(render(BODY_TEXT, body), &p);
        if (!str_eq(squeezed(buf_str(&p.text)), squeezed(body)))
            fail_msg("<<%.*s>> became <<%s>>", STR_ARG(body), p.text.p);
        arena_reset(&arena);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_letter_of_markdown),
        cmocka_unit_test(test_every_letter_of_text),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
