# nginx.mk - the pieces of nginx's configuration, as rows PIECE(name, text).
GENERATED += $(B)/gen/nginx.def
$(B)/gen/nginx.def: src/gen/nginx.awk src/cli/nginx_site.conf.in src/cli/nginx_parts.conf.in
	@mkdir -p $(@D)
	@awk -f $^ > $@
