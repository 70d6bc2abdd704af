/* cli/nginx_conf.h - nginx's configuration from our settings. */
#ifndef CLI_NGINX_CONF_H
#define CLI_NGINX_CONF_H

#include "conf/conf.h"

#include "base/buf.h"

struct nginx_conf_options {
    const char *dir; /* NULL: the site file; else a whole configuration whose files,
                        error pages included, lie below this folder */
};

/* Appends the text. RC_INVALID when a path cannot be written into it, or media_dir does
 * not end in /media (its name is part of the photos' addresses). */
enum rc nginx_conf_print(const struct conf *c, const struct nginx_conf_options *o,
                         struct buf *out, struct err *err) MUST_CHECK;

#endif
