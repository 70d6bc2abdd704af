/* conf/table.c - the rows of settings.def as data. */
#include "conf/table.h"

#define RANGE(l, h) .lo = (l), .hi = (h), .words = ""
#define WORDS(w)    .lo = 1, .hi = sizeof(w) - 1, .words = (w)

const struct conf_setting conf_settings[CONF_ID__MAX] = {
/* The row's own name for its section becomes the text in brackets. */
#define SETTING(n, t, s, limits, d, u, h) \
    [CONF_ID_##n] = {.name = #n,          \
                     .section = #s,       \
                     .def = (d),          \
                     .unit = (u),         \
                     .help = (h),         \
                     .type = CONF_##t,    \
                     limits,              \
                     .offset = offsetof(struct conf, n)},
#include "conf/settings.def"
#undef SETTING
};
