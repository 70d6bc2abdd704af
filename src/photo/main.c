/* photo/main.c - byline-photo, the photo helper: one order from standard input, one
 * answer to standard output, then the end. Started by media/helper.c, never by people. */
#include <errno.h>
#include <gexiv2/gexiv2.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jansson.h>

#include "media/helper.h"
#include "photo/order.h"
#include "photo/picture.h"
#include "photo/walls.h"

#include "base/file.h"

enum { ORDER_MAX = 256 * 1024 };

/* --- reading the order ------------------------------------------------------- */

/* Not a byte of it is read here. */
static enum rc
map_input(struct str *out, struct err *err)
{
    struct stat st;
    if (fstat(STDIN_FILENO, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size == 0)
        return err_set(err, RC_FAILED, "no order: standard input is to be a file");
    void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, STDIN_FILENO, 0);
    if (p == MAP_FAILED)
        return err_set(err, RC_FAILED, "order: %s", strerrordesc_np(errno));
    *out = (struct str){p, (size_t)st.st_size};
    return RC_OK;
}

static enum rc
read_order(struct str input, struct photo_order *o, json_t **json, struct err *err)
{
    struct str rest = input, line = str_cut(&rest, '\n');
    json_error_t why;
    if (line.n <= ORDER_MAX)
        *json = json_loadb(line.p, line.n, JSON_REJECT_DUPLICATES, &why);
    if (!json_is_object(*json))
        return err_set(err, RC_FAILED, "the order is no JSON object");
    *o = (struct photo_order){*json, rest};
    return RC_OK;
}

static enum rc
carry_out(const struct photo_order *o, struct photo_answer *out, struct err *err)
{
    struct str name = photo_order_text(o, NULL, "do");
    for (const struct photo_duty *d = photo_duties; d->order != NULL; d++)
        if (str_eq_z(name, d->order))
            return d->carry_out(o, out, err);
    return err_set(err, RC_FAILED, "there is no order \"%.*s\"", STR_ARG(name));
}

/* --- answering --------------------------------------------------------------- */

/* The reason by its name; NULL for one that has none. */
static const char *
word_of(int reason)
{
    static const struct {
        int reason;
        const char *word;
    } words[] = {
#define REFUSED_FILE(name, word, rc) {REFUSED_FILE_##name, word},
#include "model/refused_file.def"
#undef REFUSED_FILE
    };
    for (size_t i = 0; i < N_ELEMENTS(words); i++)
        if (words[i].reason == reason)
            return words[i].word;
    return NULL;
}

/* libraries' texts may hold anything. */
static json_t *
refusal(const struct err *err)
{
    const char *word = word_of(err->reason);
    json_t *text = json_string(err->text);
    return json_pack("{s:s, s:s*, s:I, s:o}", "ended", rc_name(err->rc), "refused", word,
                     "number", (json_int_t)err->number, "text",
                     text != NULL ? text : json_string("not valid UTF-8"));
}

static bool
write_answer(const json_t *json, const struct str *files, int n)
{
    char *line = json_dumps(json, JSON_COMPACT);
    bool is_written = line != NULL && file_write_fd(STDOUT_FILENO, str_of(line)) &&
                      file_write_fd(STDOUT_FILENO, STR("\n"));
    for (int i = 0; i < n && is_written; i++)
        is_written = file_write_fd(STDOUT_FILENO, files[i]);
    return is_written;
}

static bool
answer(bool has_walls, struct arena *a)
{
    struct photo_answer out = {.a = a, .json = json_object()};
    struct photo_order order;
    struct str input = {0};
    json_t *json = NULL;
    struct err err;
    enum rc rc = map_input(&input, &err);
    if (rc == RC_OK && has_walls)
        rc = photo_walls_enter(&err);
    if (rc == RC_OK)
        rc = read_order(input, &order, &json, &err);
    if (rc == RC_OK)
        rc = carry_out(&order, &out, &err);
    return rc == RC_OK ? write_answer(out.json, out.files, out.n_files)
                       : write_answer(refusal(&err), NULL, 0);
}

/* --- the beginning ----------------------------------------------------------- */

/* Everything that libraries read from files or keep for good, before the walls. */
static bool
start_libraries(const char *program)
{
    if (vips_init(program) != 0 || !gexiv2_initialize())
        return false;
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    vips_block_untrusted_set(TRUE);
    return true;
}

/* Who started it waits for it; without it nobody does. */
static void
follow_starter(void)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
}

/* Nothing is given back at the end: the process is. */
int
main(int argc, char **argv)
{
    bool has_walls = argc < 2 || strcmp(argv[1], MEDIA_HELPER_NO_WALLS) != 0;
    struct arena a;
    arena_init(&a);
    follow_starter();
    _exit(start_libraries(argv[0]) && answer(has_walls, &a) ? EXIT_SUCCESS
                                                            : EXIT_FAILURE);
}
