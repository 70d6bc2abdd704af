/* tests/fuzz/drive.c - runs a fuzz target without libFuzzer: over its corpus, then over
 * changed copies of it, the same ones each time.
 *
 * drive DIR FOUND [N] - DIR holds the corpus, N (default 20000) changed inputs are tried
 * or as many as fit into a second. An input that ends the program is left in FOUND;
 * giving its folder as DIR tries it again. Prints TAP. */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "fuzz.h"

#include "base/file.h"
#include "base/time.h"

enum { SEEDS_MAX = 500, INPUT_MAX = 64 * 1024, CHANGED_MAX = 20000, TIME_MAX_MS = 1000 };

static struct str seeds[SEEDS_MAX];
static unsigned n_seeds;
static const char *found_path;
static uint8_t input[INPUT_MAX];
static size_t input_n;
static uint64_t state = 42;

/* The sanitizers end the program by a signal too, so that its input is kept. */
const char *__asan_default_options(void);
const char *
__asan_default_options(void)
{
    return "abort_on_error=1:handle_abort=0:detect_leaks=1";
}

static unsigned
below(size_t n)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)((state >> 33) % n);
}

/* ---- what is tried ---- */

static void
on_end(int signal_number)
{
    int fd = open(found_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd >= 0 && write(fd, input, input_n) == (ssize_t)input_n)
        (void)!write(STDOUT_FILENO, "not ok - it ended; see the input it left\n", 41);
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static void
try_input(void)
{
    alarm(20); /* one that hangs ends like one that crashes */
    LLVMFuzzerTestOneInput(input, input_n);
}

static void
take_seed(struct str seed)
{
    input_n = seed.n < INPUT_MAX ? seed.n : INPUT_MAX;
    memcpy(input, seed.p, input_n);
}

/* ---- changes ---- */

static void
put_byte(void)
{
    static const uint8_t odd[] = {0,    1,    '\t', '\n', '\r', ' ',  '"',  '%',  '&',
                                  '\'', '(',  '+',  '-',  '.',  '/',  '0',  ':',  ';',
                                  '<',  '=',  '>',  '?',  '[',  '\\', ']',  '{',  '|',
                                  '}',  0x7f, 0x80, 0xbf, 0xc3, 0xe2, 0xf0, 0xff, 0xef};
    if (input_n > 0)
        input[below(input_n)] = odd[below(sizeof odd)];
}

static void
flip_bit(void)
{
    if (input_n > 0)
        input[below(input_n)] ^= (uint8_t)(1U << below(8));
}

static void
drop(void)
{
    size_t at = below(input_n + 1), n = below(input_n - at + 1);
    memmove(input + at, input + at + n, input_n - at - n);
    input_n -= n;
}

static void
insert(struct str part)
{
    size_t at = below(input_n + 1), n = part.n;
    if (n > INPUT_MAX - input_n)
        n = INPUT_MAX - input_n;
    memmove(input + at + n, input + at, input_n - at);
    memcpy(input + at, part.p, n);
    input_n += n;
}

/* A piece of some seed: what the format is made of. */
static void
insert_piece(void)
{
    struct str seed = seeds[below(n_seeds)];
    size_t at = below(seed.n + 1), most = seed.n - at < 40 ? seed.n - at : 40;
    insert(str_sub(seed, at, below(most + 1)));
}

static void
repeat(void)
{
    static char piece[64];
    size_t at = below(input_n + 1),
           most = input_n - at < sizeof piece ? input_n - at : sizeof piece;
    size_t n = below(most + 1);
    memcpy(piece, input + at, n);
    for (unsigned i = below(20); i > 0; i--)
        insert((struct str){piece, n});
}

static void
change(void)
{
    static void (*const changes[])(void) = {put_byte,     put_byte,     flip_bit, drop,
                                            insert_piece, insert_piece, repeat};
    for (unsigned i = 1 + below(4); i > 0; i--)
        changes[below(N_ELEMENTS(changes))]();
}

/* ---- the program ---- */

static int
by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* In the order of their names, so that each run is the same. */
static void
read_seeds(const char *dir, struct arena *a)
{
    char *names[SEEDS_MAX];
    unsigned n = 0;
    struct err err;
    DIR *d = opendir(dir);
    for (struct dirent *e; d != NULL && (e = readdir(d)) != NULL && n < SEEDS_MAX;)
        if (e->d_name[0] != '.')
            names[n++] = arena_copy(a, e->d_name, strlen(e->d_name));
    if (d != NULL)
        (void)closedir(d);
    qsort(names, n, sizeof names[0], by_name);
    for (unsigned i = 0; i < n; i++)
        if (file_read(a, file_join(a, str_of(dir), str_of(names[i])), INPUT_MAX,
                      &seeds[n_seeds], &err) == RC_OK)
            n_seeds++;
}

static void
set_signals(void)
{
    static const int ends[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGALRM};
    for (size_t i = 0; i < N_ELEMENTS(ends); i++)
        signal(ends[i], on_end);
}

int
main(int argc, char **argv)
{
    struct arena a;
    int64_t most = CHANGED_MAX, n = 0;
    if (argc < 3 || (argc > 3 && !str_to_int(str_of(argv[3]), 0, INT64_MAX, &most)))
        return 2;
    arena_init(&a);
    found_path = argv[2];
    read_seeds(argv[1], &a);
    set_signals();
    for (unsigned i = 0; i < n_seeds; i++) {
        take_seed(seeds[i]);
        try_input();
    }
    int64_t end = time_monotonic_ms() + TIME_MAX_MS;
    for (; n_seeds > 0 && n < most && time_monotonic_ms() < end; n++) {
        take_seed(seeds[below(n_seeds)]);
        change();
        try_input();
    }
    arena_done(&a);
    printf("%sok - %u inputs of %s and %lld changed ones\n1..1\n",
           n_seeds > 0 ? "" : "not ", n_seeds, argv[1], (long long)n);
    return n_seeds > 0 ? 0 : 1;
}
