# sql.mk - statements and migrations as lists for the compiler.
QUERY_SQL   := $(sort $(wildcard sql/query/*.sql))
MIGRATE_SQL := $(sort $(wildcard sql/migrate/*.sql))
GENERATED   += $(B)/gen/queries.def $(B)/gen/migrations.def

$(B)/gen/queries.def: $(QUERY_SQL) src/gen/sql.awk
	@mkdir -p $(@D)
	awk -f src/gen/sql.awk $(QUERY_SQL) > $@
$(B)/gen/migrations.def: $(MIGRATE_SQL) src/gen/sql.awk
	@mkdir -p $(@D)
	awk -v migrate=1 -f src/gen/sql.awk $(MIGRATE_SQL) > $@
