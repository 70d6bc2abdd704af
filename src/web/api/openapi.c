/* web/api/openapi.c - the description of the doors for programs (OpenAPI 3.1), made from
 * the tables that the doors themselves obey: routes.def, scope.def, problems.def,
 * exchange_keys.def. What these do not say is in schemas.json.in. */
#include "model/library.h"
#include "model/url.h"
#include "web/api/api.h"
#include "web/handlers.h"

#define REF "#/components/schemas/"

/* What a row answers; without a schema: a picture. */
static const struct {
    enum route_id id;
    const char *schema;
} answers[] = {
    {ROUTE_API_DESCRIPTION, "Description"},
    {ROUTE_API_SECTIONS, "Sections"},
    {ROUTE_API_ITEMS, "Items"},
    {ROUTE_API_ITEM, "Item"},
    {ROUTE_API_REVISIONS, "Revisions"},
    {ROUTE_API_REVISION, "Item"},
    {ROUTE_API_PHOTOS, "PhotoLines"},
    {ROUTE_API_PHOTO_ADD, "Photos"},
    {ROUTE_API_PHOTO_MAY_ADD, "Yes"},
    {ROUTE_API_PHOTO, "LibraryPhoto"},
    {ROUTE_API_PHOTO_SAVE, "LibraryPhoto"},
    {ROUTE_API_PHOTO_USES, "PhotoUses"},
    {ROUTE_API_PHOTO_ORIGINAL, NULL},
    {ROUTE_API_PHOTO_EDITED, NULL},
    {ROUTE_API_PHOTO_WITHDRAW, "LibraryPhoto"},
    {ROUTE_API_PHOTO_REINSTATE, "LibraryPhoto"},
};

/* What a row reads that is neither an item nor a step with one. */
static const struct {
    enum route_id id;
    const char *schema;
} bodies[] = {
    {ROUTE_API_PHOTO_SAVE, "LibraryPhoto"},
    {ROUTE_API_PHOTO_WITHDRAW, "Reason"},
    {ROUTE_API_PHOTO_REINSTATE, "Nothing"},
};

static const char *
answer_of(const struct route *route)
{
    for (size_t i = 0; i < N_ELEMENTS(answers); i++)
        if (answers[i].id == route->id)
            return answers[i].schema;
    return "Done";
}

/* ---- schemas ---- */

static const struct {
    const char *name, *text;
} pieces[] = {
#define PIECE(name, text) {#name, text},
#include "schemas.def"
#undef PIECE
};

static json_t *
piece(const char *name)
{
    for (size_t i = 0; i < N_ELEMENTS(pieces); i++)
        if (strcmp(pieces[i].name, name) == 0)
            return json_loads(pieces[i].text, JSON_REJECT_DUPLICATES, NULL);
    return NULL;
}

/* Lengths in the table are bytes, of which a character has one at least. */
static json_t *
text_schema(size_t max)
{
    return json_pack("{s:s, s:I}", "type", "string", "maxLength", (json_int_t)max);
}

#define SCHEMA_LINE(key, max)    text_schema(max)
#define SCHEMA_TEXT(key, max)    text_schema(max)
#define SCHEMA_TIME(key, max)    json_pack("{s:s}", "$ref", REF "Time")
#define SCHEMA_BOOL(key, max)    json_pack("{s:s}", "type", "boolean")
#define SCHEMA_SPECIAL(key, max) piece(key)

static json_t *
photo_schema(void)
{
    json_t *keys = json_object();
#define PHOTO_KEY(key, kind, member, max) \
    json_object_set_new(keys, key, SCHEMA_##kind(key, max));
#include "news/exchange_keys.def"
#undef PHOTO_KEY
    return json_pack("{s:s, s:b, s:o}", "type", "object", "additionalProperties", 0,
                     "properties", keys);
}

static json_t *
item_schema(void)
{
    json_t *keys = json_object();
#define ITEM_KEY(key, kind, member, max) \
    json_object_set_new(keys, key, SCHEMA_##kind(key, max));
#define DESK_KEY(key)              \
    json_object_set_new(keys, key, \
                        json_pack("{s:s, s:i}", "type", "integer", "minimum", 1));
#include "news/exchange_keys.def"
#undef DESK_KEY
#undef ITEM_KEY
    return json_pack("{s:s, s:b, s:o, s:[s,s,s]}", "type", "object",
                     "additionalProperties", 0, "properties", keys, "required", "lang",
                     "section", "title");
}

/* A photo of the library: what its piece says, and a text for each row of photo.def. */
static json_t *
library_photo_schema(void)
{
    json_t *schema = piece("LibraryPhoto"), *keys = json_object_get(schema, "properties");
#define PHOTO_TEXT(member, key, column, most, inside) \
    json_object_set_new(keys, key, text_schema(most));
#include "model/photo.def"
#undef PHOTO_TEXT
    return schema;
}

/* Pieces with a capital are schemas of their own, the others keys of an item. */
static json_t *
schemas(void)
{
    json_t *all = json_object();
    for (size_t i = 0; i < N_ELEMENTS(pieces); i++)
        if (pieces[i].name[0] <= 'Z')
            json_object_set_new(all, pieces[i].name, piece(pieces[i].name));
    json_object_set_new(all, "Item", item_schema());
    json_object_set_new(all, "Photo", photo_schema());
    json_object_set_new(all, "LibraryPhoto", library_photo_schema());
    return all;
}

/* ---- parameters ---- */

static json_t *
parameter(const char *name, const char *in, bool is_required, const char *what,
          json_t *schema)
{
    return json_pack("{s:s, s:s, s:b, s:s, s:o}", "name", name, "in", in, "required",
                     is_required ? 1 : 0, "description", what, "schema", schema);
}

static json_t *
photo_states(void)
{
    json_t *words = json_array();
    for (int i = 0; i < LIBRARY__MAX; i++)
        json_array_append_new(words,
                              json_string(library_state_word((enum library_state)i)));
    return json_pack("{s:o}", "enum", words);
}

static json_t *
query_schema(const struct route *route, const char *name)
{
    if (strcmp(name, "limit") == 0)
        return json_pack("{s:s, s:i, s:i, s:i}", "type", "integer", "minimum", 1,
                         "maximum", 100, "default", 20);
    if (strcmp(name, "state") == 0 && route->params == ROUTE_PHOTO_FILTER)
        return photo_states();
    if (strcmp(name, "state") == 0)
        return json_pack("{s:s}", "$ref", REF "State");
    return json_pack("{s:s}", "type", "string");
}

static void
add_query(json_t *list, const struct route *route, struct arena *a)
{
    struct str names = str_of(route_params(route));
    while (route->params != ROUTE_NO_PARAMS && names.p != NULL) {
        const char *name = str_z(a, str_trim(str_cut(&names, ',')));
        const char *what = strcmp(name, "before") == 0
                               ? "where the part before ended, from its \"next\""
                               : "only these, or so many";
        json_array_append_new(
            list, parameter(name, "query", false, what, query_schema(route, name)));
    }
}

static json_t *
parameters(const struct route *route, struct arena *a)
{
    unsigned doors = api_doors_of(route);
    json_t *list = json_array();
    if (strstr(route->pattern, ":sha256") != NULL)
        json_array_append_new(list, parameter("sha256", "path", true,
                                              "of the photo's file, as it was sent",
                                              piece("sha256")));
    else if ((doors & API_ITEM) != 0)
        json_array_append_new(list, parameter("id", "path", true,
                                              "an item's id, as in its \"self\"",
                                              json_pack("{s:s}", "type", "string")));
    if (strstr(route->pattern, ":number") != NULL)
        json_array_append_new(
            list, parameter("number", "path", true, "a version",
                            json_pack("{s:s, s:i}", "type", "integer", "minimum", 1)));
    if ((doors & API_VERSION) != 0)
        json_array_append_new(list,
                              parameter("If-Match", "header", (doors & API_MUST) != 0,
                                        "the ETag of the version looked at",
                                        json_pack("{s:s}", "type", "string")));
    if ((doors & API_KEY) != 0)
        json_array_append_new(
            list, parameter("Idempotency-Key", "header", false,
                            "in double quotes; the same request with the same key is "
                            "done once",
                            json_pack("{s:s}", "type", "string")));
    add_query(list, route, a);
    return list;
}

/* ---- operations ---- */

static json_t *
content(const char *type, const char *schema, struct arena *a)
{
    const char *ref = str_fmt(a, REF "%s", schema).p;
    return json_pack("{s:{s:{s:s}}}", type, "schema", "$ref", ref);
}

static json_t *
problem_response(const char *title, struct arena *a)
{
    return json_pack("{s:s, s:o}", "description", title, "content",
                     content("application/problem+json", "Problem", a));
}

/* Two problems of one status are told together. */
static void
add_problems(json_t *responses, const struct route *route, struct arena *a)
{
    unsigned doors = api_doors_of(route);
    for (int i = 0; i < PROBLEM__MAX; i++) {
        const struct problem_row *row = &problem_rows[i];
        const char *status = str_fmt(a, "%d", row->status).p, *title = row->title;
        json_t *had = json_object_get(responses, status);
        if ((doors & row->doors) == 0)
            continue;
        if (had != NULL)
            title = str_fmt(a, "%s; or: %s",
                            json_string_value(json_object_get(had, "description")), title)
                        .p;
        json_object_set_new(responses, status, problem_response(title, a));
    }
}

/* What a row reads: JSON, or photos. */
static json_t *
request_body(const struct route *route, struct arena *a)
{
    unsigned doors = api_doors_of(route);
    bool is_step = route->methods == ROUTE_WRITE && (doors & API_VERSION) != 0;
    const char *schema = is_step ? "Step" : "Item";
    for (size_t i = 0; i < N_ELEMENTS(bodies); i++)
        if (bodies[i].id == route->id)
            schema = bodies[i].schema;
    json_t *type = content("application/json", schema, a);
    if ((doors & API_PHOTOS) != 0) {
        json_decref(type);
        type = content("multipart/form-data", "Files", a);
        json_object_set_new(type, "image/*", json_object());
    }
    return json_pack("{s:b, s:o}", "required", is_step ? 0 : 1, "content", type);
}

static json_t *
done_response(const struct route *route, struct arena *a)
{
    const char *schema = answer_of(route);
    json_t *type = schema != NULL ? content("application/json", schema, a)
                                  : json_pack("{s:{}}", "image/*");
    return json_pack("{s:s, s:o}", "description", route->help, "content", type);
}

/* What is made is 201; a photo that was known already is not. */
static json_t *
responses_of(const struct route *route, struct arena *a)
{
    json_t *responses = json_object();
    bool adds_photo = route->id == ROUTE_API_PHOTO_ADD;
    if (route->id == ROUTE_API_ITEM_ADD || adds_photo)
        json_object_set_new(responses, "201", done_response(route, a));
    if (route->id != ROUTE_API_ITEM_ADD)
        json_object_set_new(responses, "200", done_response(route, a));
    add_problems(responses, route, a);
    return responses;
}

static json_t *
operation(const struct route *route, struct arena *a)
{
    unsigned doors = api_doors_of(route);
    json_t *o = json_pack("{s:s, s:o, s:o}", "summary", route->help, "parameters",
                          parameters(route, a), "responses", responses_of(route, a));
    if ((doors & API_TOKEN) == 0)
        json_object_set_new(o, "security", json_array());
    else
        json_object_set_new(
            o, "security",
            json_pack("[{s:[s]}]", "token", scope_word(right_scope(route_right(route)))));
    if ((doors & API_BODY) != 0)
        json_object_set_new(o, "requestBody", request_body(route, a));
    return o;
}

static const char *
template_of(const struct route *route, struct arena *a)
{
    struct str rest = str_of(route->pattern + 1);
    const char *path = "";
    while (rest.p != NULL) {
        struct str word = str_cut(&rest, '/');
        bool is_word = str_starts(word, STR(":"));
        path = str_fmt(a, "%s/%s%.*s%s", path, is_word ? "{" : "",
                       STR_ARG(str_from(word, is_word ? 1 : 0)), is_word ? "}" : "")
                   .p;
    }
    return path;
}

static json_t *
paths(struct arena *a)
{
    json_t *all = json_object();
    for (int i = 0; i < ROUTE__MAX; i++) {
        const struct route *route = &routes[i];
        const char *path = template_of(route, a);
        const char *method = route->methods == ROUTE_WRITE     ? "post"
                             : route->methods == ROUTE_REPLACE ? "put"
                                                               : "get";
        if (route->csrf != ROUTE_BEARER)
            continue;
        if (json_object_get(all, path) == NULL)
            json_object_set_new(all, path, json_object());
        json_object_set_new(json_object_get(all, path), method, operation(route, a));
    }
    return all;
}

static json_t *
components(struct arena *a)
{
    json_t *responses = json_object();
    for (int i = 0; i < PROBLEM__MAX; i++)
        json_object_set_new(responses, problem_rows[i].word,
                            problem_response(problem_rows[i].title, a));
    return json_pack("{s:o, s:o, s:{s:{s:s, s:s, s:s}}}", "schemas", schemas(),
                     "responses", responses, "securitySchemes", "token", "type", "http",
                     "scheme", "bearer", "description",
                     "made on the page Account, Tokens; its scope is read, write or "
                     "approve, each with those before it");
}

enum rc
api_description(struct visit *v, struct http_response *r, struct err *err)
{
    json_t *o = json_pack("{s:s, s:{s:s, s:s}, s:[{s:s}], s:o, s:o}", "openapi", "3.1.0",
                          "info", "title", "Byline, the newsroom for programs", "version",
                          BYLINE_VERSION, "servers", "url", str_z(v->a, v->w->site.url),
                          "paths", paths(v->a), "components", components(v->a));
    if (o == NULL)
        return err_set(err, RC_FAILED, "the description cannot be made");
    api_send_take(v, o, r);
    return RC_OK;
}
