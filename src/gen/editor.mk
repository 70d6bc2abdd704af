# editor.mk - the editor of an item's body: src/editor and the packages it names, in one
# file for browsers. Without node, npm or a network the program is built all the same; the
# body is then a plain text area. What is made is the same for every flavour.
EDITOR_SRC  := $(sort $(wildcard src/editor/*.mjs src/editor/*.json))

EDITOR_JS   := build/editor/static/js/editor.js

# Says which one there is, if any, and changes only when that does.
.PHONY: editor try_editor
$(B)/gen/editor.txt: try_editor
	@mkdir -p $(@D)
	@src/gen/editor.sh $(EDITOR_JS) $(EDITOR_SRC) || [ $$? -eq 1 ]
	@sum=$$({ cat $(EDITOR_JS) 2> /dev/null || :; } | sha256sum); \
	    cmp -s - $@ <<< "$$sum" || cat > $@ <<< "$$sum"

# The same, but it is a failure when it cannot be made; tells its bytes, plain and packed.
editor: deps-editor
	@src/gen/editor.sh $(EDITOR_JS) $(EDITOR_SRC)
	@echo "$(EDITOR_JS): $$(wc -c < $(EDITOR_JS)) bytes, $$(gzip -9 -n < $(EDITOR_JS) | wc -c) packed"
