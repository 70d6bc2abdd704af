/* tpl/folder.c - the operator's folder of templates. A file in it that would never be
 * used is refused: most often its name is misspelt. */
#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>

#include "tpl/set.h"

#include "base/buf.h"
#include "base/file.h"

enum { TEMPLATE_SIZE_MAX = 256 * 1024, KNOWN_SIZE_MAX = 220 };

struct folder {
    struct arena *arena;
    struct str path;
    struct set_text *texts;
    struct err *err;
};

static void
close_dir(DIR **dir)
{
    if (*dir != NULL)
        closedir(*dir);
}

/* The file of that name below templates/, or TPL__MAX. */
static enum tpl_file
file_of(struct str name)
{
    int file = 0;
    while (file < TPL__MAX && !str_eq_z(name, tpl_file_name((enum tpl_file)file)))
        file++;
    return (enum tpl_file)file;
}

static bool
is_known_folder(struct arena *a, struct str name)
{
    struct str prefix = str_fmt(a, "%.*s/", STR_ARG(name));
    for (int file = 0; file < TPL__MAX; file++)
        if (str_starts(str_of(tpl_file_name((enum tpl_file)file)), prefix))
            return true;
    return false;
}

static enum rc
refuse(const struct folder *f, const char *path)
{
    struct buf known;
    buf_init(&known, f->arena, KNOWN_SIZE_MAX);
    for (int file = 0; file < TPL__MAX; file++)
        buf_fmt(&known, "%s%s", file > 0 ? ", " : "", tpl_file_name((enum tpl_file)file));
    return err_set(f->err, RC_INVALID, "%s: no template has this name; there are %.*s%s",
                   path, STR_ARG(buf_str(&known)), buf_ok(&known) ? "" : " …");
}

static enum rc
read_file(const struct folder *f, struct str name, const char *path)
{
    enum tpl_file file = file_of(name);
    if (file == TPL__MAX)
        return refuse(f, path);
    struct set_text *text = &f->texts[file];
    text->where = path;
    return file_read(f->arena, path, TEMPLATE_SIZE_MAX, &text->text, f->err);
}

static enum rc read_dir(const struct folder *f, struct str below);

/* name is that of a file or folder below f->path: "site" or "site/card.tpl". */
static enum rc
read_entry(const struct folder *f, struct str name)
{
    struct stat st;
    const char *path = file_join(f->arena, f->path, name);
    bool is_top = str_find(name, '/') == name.n;
    if (stat(path, &st) < 0)
        return err_set(f->err, RC_FAILED, "%s: %s", path, strerrordesc_np(errno));
    if (!S_ISDIR(st.st_mode))
        return read_file(f, name, path);
    if (is_top && str_eq(name, STR("lang")))
        return RC_OK;
    return is_top && is_known_folder(f->arena, name) ? read_dir(f, name)
                                                     : refuse(f, path);
}

static enum rc
read_dir(const struct folder *f, struct str below)
{
    const char *path =
        below.n > 0 ? file_join(f->arena, f->path, below) : str_z(f->arena, f->path);
    DIR *dir AT_END(close_dir) = opendir(path);
    if (dir == NULL)
        return err_set(f->err, errno == EACCES ? RC_FAILED : RC_INVALID,
                       "%s: a folder of templates is wanted: %s", path,
                       strerrordesc_np(errno));
    for (;;) {
        errno = 0;
        /* NOLINTNEXTLINE(concurrency-mt-unsafe): the stream is ours alone */
        const struct dirent *entry = readdir(dir);
        if (entry == NULL)
            break;
        if (entry->d_name[0] == '.')
            continue;
        const char *slash = below.n > 0 ? "/" : "";
        TRY(read_entry(
            f, str_fmt(f->arena, "%.*s%s%s", STR_ARG(below), slash, entry->d_name)));
    }
    if (errno != 0)
        return err_set(f->err, RC_FAILED, "%s: %s", path, strerrordesc_np(errno));
    return RC_OK;
}

enum rc
set_read_folder(struct arena *a, struct str folder, struct set_text *texts,
                struct err *err)
{
    struct folder f = {a, folder, texts, err};
    return read_dir(&f, STR(""));
}
