/* web/ops/health.c - doors for operators: health and counters. */
#include "ops/counters.h"
#include "web/handlers.h"
#include "web/visit.h"

enum { METRICS_MAX = 64 * 1024 };

/* Healthy means: a request can be answered out of the database. */
enum rc
ops_healthz(struct visit *v, struct http_response *r, struct err *err)
{
    TRY(visit_data(v, err));
    r->status = 200;
    r->body = STR("ok\n");
    http_response_header(r, STR("Content-Type"), STR("text/plain; charset=utf-8"));
    return RC_OK;
}

enum rc
ops_metrics(struct visit *v, struct http_response *r, struct err *err)
{
    struct buf out;
    buf_init(&out, v->a, METRICS_MAX);
    ops_counters_print(&out);
    if (!buf_ok(&out))
        return err_set(err, RC_LIMIT, "counters need over %d bytes", METRICS_MAX);
    r->status = 200;
    r->body = buf_str(&out);
    http_response_header(r, STR("Content-Type"), STR(OPS_METRICS_TYPE));
    return RC_OK;
}
