/* media/helper_answer.c - what a helper answered, and what it means that it did not. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <jansson.h>

#include "media/helper_in.h"
#include "model/refusal.h"

enum { ANSWER_MAX = 192 * 1024 * 1024, LINE_MAX_BYTES = 4 * 1024 * 1024 };

/* --- it ended without an answer ---------------------------------------------- */

static enum rc
refuse(struct err *err, enum rc rc, enum refusal why, const char *text)
{
    err_set(err, rc, "%s", text);
    return err_because(err, rc, (int)why, 0, 0);
}

/* Signals that the picture brought about: libraries end the process when memory runs out,
 * or run into what no honest file makes them do. */
static const struct {
    int signal;
    enum rc rc;
    enum refusal why;
    const char *text;
} endings[] = {
    {SIGXCPU, RC_LIMIT, REFUSED_FILE_EFFORT, "the photo helper ran out of time"},
    {SIGXFSZ, RC_LIMIT, REFUSED_FILE_EFFORT, "the photo helper's answer grew too large"},
    {SIGABRT, RC_LIMIT, REFUSED_FILE_EFFORT, "the photo helper ran out of memory"},
    {SIGTRAP, RC_LIMIT, REFUSED_FILE_EFFORT, "the photo helper ran out of memory"},
    {SIGSEGV, RC_INVALID, REFUSED_FILE_BROKEN, "the photo helper crashed (SIGSEGV)"},
    {SIGBUS, RC_INVALID, REFUSED_FILE_BROKEN, "the photo helper crashed (SIGBUS)"},
    {SIGFPE, RC_INVALID, REFUSED_FILE_BROKEN, "the photo helper crashed (SIGFPE)"},
    {SIGILL, RC_INVALID, REFUSED_FILE_BROKEN, "the photo helper crashed (SIGILL)"},
};

enum rc
media_helper_status(int status, bool is_late, struct err *err)
{
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return RC_OK;
    if (is_late)
        return refuse(err, RC_LIMIT, REFUSED_FILE_EFFORT,
                      "the photo helper did not end and was killed");
    if (!WIFSIGNALED(status))
        return err_set(err, RC_FAILED, "the photo helper ended with code %d",
                       WEXITSTATUS(status));
    for (size_t i = 0; i < N_ELEMENTS(endings); i++)
        if (endings[i].signal == WTERMSIG(status))
            return refuse(err, endings[i].rc, endings[i].why, endings[i].text);
    return err_set(err, RC_FAILED, "the photo helper was ended by SIG%s",
                   sigabbrev_np(WTERMSIG(status)));
}

/* --- it answered ------------------------------------------------------------- */

static enum rc
broken(struct err *err, const char *what)
{
    return err_set(err, RC_FAILED, "the photo helper's answer: %s", what);
}

static enum rc
read_bytes(int fd, struct arena *a, struct str *out, struct err *err)
{
    struct stat st;
    if (fstat(fd, &st) != 0 || st.st_size > ANSWER_MAX)
        return broken(err, "too large");
    size_t n = (size_t)st.st_size, at = 0;
    char *p = arena_alloc(a, n + 1);
    ssize_t k = 1;
    while (at < n && (k = pread(fd, p + at, n - at, (off_t)at)) > 0)
        at += (size_t)k;
    *out = (struct str){p, at};
    return at == n ? RC_OK : broken(err, "cut off");
}

/* A refusal of this picture, by the reason's name. */
static enum rc
read_refusal(const json_t *json, struct err *err)
{
    static const struct {
        const char *word;
        enum rc rc;
        enum refusal why;
    } reasons[] = {
#define REFUSED_FILE(name, word, rc) {word, rc, REFUSED_FILE_##name},
#include "model/refused_file.def"
#undef REFUSED_FILE
    };
    const char *why = json_string_value(json_object_get(json, "refused"));
    const char *text = json_string_value(json_object_get(json, "text"));
    text = text != NULL ? text : "it says nothing more";
    for (size_t i = 0; i < N_ELEMENTS(reasons) && why != NULL; i++)
        if (strcmp(reasons[i].word, why) == 0) {
            err_set(err, reasons[i].rc, "%s", text);
            return err_because(err, reasons[i].rc, (int)reasons[i].why, 0,
                               json_integer_value(json_object_get(json, "number")));
        }
    return err_set(err, RC_FAILED, "the photo helper could not: %s", text);
}

static enum rc
read_file(const json_t *json, struct str *rest, struct arena *a, struct media_answer *out,
          struct err *err)
{
    const json_t *name = json_object_get(json, "name");
    json_int_t n = json_integer_value(json_object_get(json, "bytes"));
    if (!json_is_string(name) || n < 0 || (uint64_t)n > rest->n)
        return broken(err, "its files are not what it says");
    out->files[out->n_files].name =
        str_copy(a, (struct str){json_string_value(name), json_string_length(name)});
    out->files[out->n_files++].bytes = str_sub(*rest, 0, (size_t)n);
    *rest = str_from(*rest, (size_t)n);
    return RC_OK;
}

static enum rc
read_files(const json_t *files, struct str rest, struct arena *a,
           struct media_answer *out, struct err *err)
{
    size_t n = json_array_size(files);
    if (n > MEDIA_ANSWER_FILES_MAX)
        return broken(err, "too many files");
    for (size_t i = 0; i < n; i++)
        TRY(read_file(json_array_get(files, i), &rest, a, out, err));
    return rest.n == 0 ? RC_OK : broken(err, "bytes behind its files");
}

static enum rc
read_parts(const json_t *json, struct str rest, struct arena *a, struct media_answer *out,
           struct err *err)
{
    if (!json_is_object(json))
        return broken(err, "no JSON");
    if (json_object_get(json, "ended") != NULL)
        return read_refusal(json, err);
    return read_files(json_object_get(json, "files"), rest, a, out, err);
}

enum rc
media_answer_read(int fd, struct arena *a, struct media_answer *out, struct err *err)
{
    struct str rest;
    json_error_t why;
    *out = (struct media_answer){0};
    TRY(read_bytes(fd, a, &rest, err));
    out->json = str_cut(&rest, '\n');
    if (rest.p == NULL || out->json.n > LINE_MAX_BYTES)
        return broken(err, "no line of JSON");
    json_t *json = json_loadb(out->json.p, out->json.n, JSON_REJECT_DUPLICATES, &why);
    enum rc rc = read_parts(json, rest, a, out, err);
    json_decref(json);
    return rc;
}
