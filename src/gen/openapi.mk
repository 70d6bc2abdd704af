# openapi.mk - the schemas of the description of the doors for programs, as rows
# PIECE(name, text).
GENERATED += $(B)/gen/schemas.def
$(B)/gen/schemas.def: src/gen/nginx.awk src/web/api/schemas.json.in
	@mkdir -p $(@D)
	@awk -f $^ > $@
