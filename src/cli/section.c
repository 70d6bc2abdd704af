/* cli/section.c - `byline section list|add|rename|move|remove|four-eyes`. */
#include "news/section.h"

#include <stdio.h>

#include "auth/person.h"
#include "cli/commands.h"
#include "cli/people.h"
#include "cli/words.h"
#include "store/section.h"

#include "base/file.h"
#include "base/time.h"

static enum rc
list(struct cli *c, struct store *st, struct err *err)
{
    struct sections all;
    TRY(store_section_all(st, &c->site, &c->arena, &all, err));
    for (int i = 0; i < all.n; i++) {
        const struct section *s = &all.all[i];
        if (s->parent_id != 0)
            continue;
        cli_print_section(c, s, "");
        for (int j = 0; j < all.n; j++)
            if (all.all[j].parent_id == s->id)
                cli_print_section(c, &all.all[j], "  ");
    }
    return RC_OK;
}

/* --name "en=News" for each language. */
static enum rc
read_names(const struct cli *c, struct str names[SITE_LANGS_MAX], struct err *err)
{
    const char *value;
    for (int i = 0; (value = cli_value_at(c, "name", i)) != NULL; i++) {
        struct str name = str_of(value), lang = str_cut(&name, '=');
        int at = name.p != NULL ? site_lang_find(&c->site, lang) : -1;
        if (at < 0)
            return err_field(err, "name",
                             "--name %s: write LANG=NAME with a language of "
                             "the site, as en=News",
                             value);
        names[at] = str_trim(name);
    }
    return RC_OK;
}

static enum rc
add(struct cli *c, struct store *st, struct err *err)
{
    struct actor who = cli_actor(c);
    struct desk d = {st, &c->site, &who, time_now()};
    struct section s = {.slug = str_of(c->args[1])};
    TRY(read_names(c, s.names, err));
    return news_section_add(&d, &s, str_of(cli_value(c, "parent")), err);
}

static enum rc
change(struct cli *c, struct store *st, const struct section_change *to, struct err *err)
{
    struct actor who = cli_actor(c);
    struct desk d = {st, &c->site, &who, time_now()};
    return news_section_change(&d, str_of(c->args[1]), to, err);
}

static enum rc
rename_it(struct cli *c, struct store *st, struct err *err)
{
    struct section_change to = {.slug = str_of(cli_value(c, "slug"))};
    TRY(read_names(c, to.names, err));
    return change(c, st, &to, err);
}

static enum rc
move(struct cli *c, struct store *st, struct err *err)
{
    const char *place = cli_value(c, "place");
    struct section_spot spot = {.parent = str_of(cli_value(c, "parent"))};
    struct section_change to = {.to = &spot};
    if (place != NULL && !str_to_int(str_of(place), 1, SECTIONS_MAX, &spot.place))
        return err_field(err, "place", "--place must be 1 to %d", SECTIONS_MAX);
    return change(c, st, &to, err);
}

/* Its number may be given to another section one day: nobody keeps rights by it. */
static enum rc
drop_rights(struct cli *c, int64_t id, struct err *err)
{
    struct people from AT_END(people_close) = {0};
    if (!file_exists(c->conf.accounts))
        return RC_OK;
    TRY(people_open(c, &from, err));
    return auth_person_drop_section(from.au, id, err);
}

static enum rc
drop(struct cli *c, struct store *st, struct err *err)
{
    struct actor who = cli_actor(c);
    struct desk d = {st, &c->site, &who, time_now()};
    int64_t id = 0;
    TRY(news_section_remove(&d, str_of(c->args[1]), &id, err));
    return drop_rights(c, id, err);
}

static enum rc
four_eyes(struct cli *c, struct store *st, struct err *err)
{
    struct str word = str_of(c->args[2]);
    bool is_on = str_eq_z(word, "on");
    struct section_change to = {.four_eyes = &is_on};
    if (!is_on && !str_eq_z(word, "off"))
        return err_field(err, "four-eyes", "say on or off");
    return change(c, st, &to, err);
}

static const struct cli_word words[] = {
    {"list", 0, list}, {"add", 1, add},     {"rename", 1, rename_it},
    {"move", 1, move}, {"remove", 1, drop}, {"four-eyes", 2, four_eyes},
    {NULL, 0, NULL},
};

static int
run(struct cli *c)
{
    return cli_run_word(c, words);
}

static const struct cli_option options[] = {
    {"name", "LANG=NAME", "add, rename: its name in a language; may be repeated"},
    {"parent", "SLUG", "add, move: the section it is inside (move: \"\" for none)"},
    {"slug", "SLUG", "rename: its new word in addresses; old addresses redirect"},
    {"place", "N", "move: its place among its siblings, from 1"},
    {NULL, NULL, NULL},
};

const struct command command_section = {
    .name = "section",
    .args =
        "list | add SLUG | rename SLUG | move SLUG | remove SLUG | four-eyes SLUG on|off",
    .summary = "list and change the sections of the site",
    .help = "  byline section add speeches --name en=Speeches --name ru=Выступления\n"
            "  byline section move speeches --place 1\n"
            "With four-eyes on nobody approves their own text in the section.\n",
    .options = options,
    .min_args = 1,
    .max_args = 3,
    .run = run,
};
