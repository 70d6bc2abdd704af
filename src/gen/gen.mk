# --- templates: names as constants, the texts inside the program, linted before all else

TPL_FILES     := $(sort $(wildcard templates/*/*.tpl))
TPL_LANGS     := $(sort $(wildcard templates/lang/*.ini))
TPL_LINT_SRC  := src/gen/tpl_lint_main.c $(wildcard src/tpl/lint*.c) \
                 $(patsubst %,src/base/%.c,arena buf err file mem str utf8)
GENERATED     += $(B)/gen/tpl_names.h $(B)/gen/tpl_lint.ok
GENERATED_OBJ += $(B)/gen/tpl_builtin.o

# Changes when a template comes or goes, which no time stamp of a file would tell.
.PHONY: tpl_list
$(B)/gen/tpl_list.txt: tpl_list
	@mkdir -p $(@D) && echo '$(TPL_FILES) $(TPL_LANGS)' | cmp -s - $@ || \
	    echo '$(TPL_FILES) $(TPL_LANGS)' > $@

$(B)/gen/tpl_names.h: src/gen/tpl_names.awk templates/lang/en.ini $(TPL_FILES) $(B)/gen/tpl_list.txt
	@echo "  GEN   $@"
	@LC_ALL=C awk -f $< templates/lang/en.ini $(TPL_FILES) > $@

$(B)/gen/tpl_lint: $(TPL_LINT_SRC) $(wildcard src/tpl/lint*.h)
	@mkdir -p $(@D)
	@echo "  CC    $@"
	@$(CC) -std=gnu17 -O1 $(CWARN) -Isrc -D_GNU_SOURCE -o $@ $(TPL_LINT_SRC)
$(B)/gen/tpl_lint.ok: $(B)/gen/tpl_lint $(TPL_FILES) $(B)/gen/tpl_list.txt
	@echo "  LINT  templates"
	@$< $(TPL_FILES)
	@touch $@

$(B)/gen/tpl_builtin.s: src/gen/tpl_builtin.awk $(B)/gen/tpl_list.txt
	@echo "  GEN   $@"
	@LC_ALL=C awk -f $< $(TPL_FILES) $(TPL_LANGS) > $@
$(B)/gen/tpl_builtin.o: $(B)/gen/tpl_builtin.s $(TPL_FILES) $(TPL_LANGS)
	@$(CC) -c -o $@ $<

# --- end of templates
