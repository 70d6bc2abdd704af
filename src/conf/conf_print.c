/* conf/conf_print.c - the table of settings for people: sample file and docs. */
#include "conf/conf.h"
#include "conf/table.h"

enum { WRAP_COLUMN = 78 };

static bool
begins_section(int i)
{
    return i == 0 || strcmp(conf_settings[i].section, conf_settings[i - 1].section) != 0;
}

/* A paragraph as comment lines, broken between words. */
static void
add_comment(struct buf *out, struct str text)
{
    size_t column = 1;
    buf_add_c(out, '#');
    while (text.p != NULL) {
        struct str word = str_cut(&text, ' ');
        if (column + 1 + word.n > WRAP_COLUMN) {
            buf_add_z(out, "\n#");
            column = 1;
        }
        buf_add_c(out, ' ');
        buf_add(out, word);
        column += 1 + word.n;
    }
    buf_add_c(out, '\n');
}

static void
add_limits(const struct conf_setting *s, struct buf *out)
{
    conf_value_allowed(s, out);
    if (s->unit[0] != '\0')
        buf_fmt(out, " (%s)", s->unit);
}

static void
add_sample_row(const struct conf_setting *s, struct buf *out)
{
    struct buf allowed;
    buf_init(&allowed, out->arena, 1024);
    buf_add_z(&allowed, "Allowed: ");
    add_limits(s, &allowed);
    buf_add_c(out, '\n');
    add_comment(out, str_of(s->help));
    add_comment(out, buf_str(&allowed));
    if (s->type == CONF_TEXT_LANG)
        buf_fmt(out, "# For one language alone: %s.ru = ...\n", s->name);
    buf_fmt(out, "#%s =%s%s\n", s->name, s->def[0] != '\0' ? " " : "", s->def);
}

void
conf_print_sample(struct buf *out)
{
    buf_add_z(out,
              "# Settings of Byline. Each line that begins with #name shows a default;\n"
              "# take the # away to set another value. Quotes have no meaning.\n"
              "# BYLINE_NAME=value in the environment goes before this file, and\n"
              "# --set name=value before both. `byline check` says what is wrong.\n");
    for (int i = 0; i < CONF_ID__MAX; i++) {
        if (begins_section(i))
            buf_fmt(out, "\n[%s]\n", conf_settings[i].section);
        add_sample_row(&conf_settings[i], out);
    }
}

/* A bar would end the cell (GitHub Flavored Markdown spec, section 4.10). */
static void
add_cell(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '|')
            buf_add_c(out, '\\');
        buf_add_c(out, text.p[i]);
    }
    buf_add_z(out, " |");
}

static void
add_docs_row(const struct conf_setting *s, struct buf *out)
{
    struct buf allowed;
    buf_init(&allowed, out->arena, 1024);
    add_limits(s, &allowed);
    buf_fmt(out, "| `%s`%s | ", s->name,
            s->type == CONF_TEXT_LANG ? ", and per language" : "");
    add_cell(out,
             s->def[0] == '\0' ? STR("nothing") : str_fmt(out->arena, "`%s`", s->def));
    buf_add_c(out, ' ');
    add_cell(out, buf_str(&allowed));
    buf_add_c(out, ' ');
    add_cell(out, str_of(s->help));
    buf_add_c(out, '\n');
}

void
conf_print_docs(struct buf *out)
{
    for (int i = 0; i < CONF_ID__MAX; i++) {
        if (begins_section(i))
            buf_fmt(out,
                    "%s## [%s]\n\n"
                    "| setting | default | allowed | what it does |\n"
                    "| --- | --- | --- | --- |\n",
                    i > 0 ? "\n" : "", conf_settings[i].section);
        add_docs_row(&conf_settings[i], out);
    }
}
