/* web/handlers.h - the handlers that rows of routes.def name. Each answers one visit. */
#ifndef WEB_HANDLERS_H
#define WEB_HANDLERS_H

#include "web/route.h"

route_handler site_home, site_listing, site_article, site_manifest, site_media;
route_handler ops_healthz, ops_metrics;

#endif
