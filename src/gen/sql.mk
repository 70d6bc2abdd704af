# sql.mk - statements and migrations of both databases as lists for the compiler.
QUERY_SQL   := $(sort $(wildcard sql/query/*.sql sql/accounts/query/*.sql))
GENERATED   += $(B)/gen/queries.def $(B)/gen/migrations.def $(B)/gen/migrations_accounts.def

$(B)/gen/queries.def: $(QUERY_SQL) src/gen/sql.awk
	@mkdir -p $(@D)
	awk -f src/gen/sql.awk $(QUERY_SQL) > $@
$(B)/gen/migrations.def: $(sort $(wildcard sql/migrate/*.sql)) src/gen/sql.awk
	@mkdir -p $(@D)
	awk -v migrate=1 -f src/gen/sql.awk $(filter %.sql,$^) > $@
$(B)/gen/migrations_accounts.def: $(sort $(wildcard sql/accounts/migrate/*.sql)) src/gen/sql.awk
	@mkdir -p $(@D)
	awk -v migrate=1 -f src/gen/sql.awk $(filter %.sql,$^) > $@
