# static.mk - files of static/ with a digest in their names, and a list of them for the
# compiler: STATIC(path, address). CSS is put on a diet; everything that shrinks gets a
# .gz beside it, which nginx sends as it is.
STATIC_FILES := $(sort $(filter-out static/demo/%,$(wildcard static/*/*)))
STATIC_SHARE := $(B)/share/static
GENERATED    += $(B)/gen/static.def

$(B)/gen/static.def: $(STATIC_FILES) $(B)/gen/editor.txt src/gen/static.sh src/gen/css.awk
	@mkdir -p $(@D) $(STATIC_SHARE)
	@echo "  GEN   $@"
	@src/gen/static.sh $(STATIC_SHARE) $(STATIC_FILES) $(EDITOR_JS) > $@

# The demo's content lies beside the static files.
DEMO_FILES := static/demo/items.jsonl static/demo/sections.json $(wildcard static/demo/photos/*)
$(B)/share/demo/.done: $(DEMO_FILES)
	@rm -rf $(@D) && mkdir -p $(@D)/photos
	@cp static/demo/items.jsonl static/demo/sections.json $(@D)/
	@cp static/demo/photos/* $(@D)/photos/ && touch $@
SHARED += $(B)/share/demo/.done
