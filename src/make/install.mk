# install.mk - `make install` and `make uninstall`. Nothing is written into /etc: what is
# there is the operator's. The program itself makes the error pages, the sample of the
# settings and the list of commands, each time without anybody's settings.
TO        := $(DESTDIR)$(PREFIX)
SHARE_DIR := $(TO)/share/byline
DOC_DIR   := $(TO)/share/doc/byline
UNIT_DIR  := $(TO)/lib/systemd/system
MAN_PAGE  := $(TO)/share/man/man1/byline.1
FRESH     := env -i $(B)/byline

.PHONY: install uninstall
install: all
	@echo "  INSTALL $(TO)"
	@install -Dm755 $(B)/byline $(TO)/bin/byline
	@install -Dm755 $(PHOTO) $(TO)/libexec/byline/byline-photo
	@cd $(B)/share && find static demo -type f ! -name .done \
	    -exec install -Dm644 {} $(abspath $(SHARE_DIR))/{} \;
	@: > $(B)/no-settings.conf
	@$(FRESH) nginx-conf --config $(B)/no-settings.conf --error-pages $(SHARE_DIR)/errors
	@install -d $(DOC_DIR)/decisions $(dir $(MAN_PAGE)) $(UNIT_DIR)
	@install -m644 LICENSE docs/*.md $(DOC_DIR)
	@install -m644 docs/decisions/*.md $(DOC_DIR)/decisions
	@$(FRESH) settings --config $(B)/no-settings.conf | install -m644 /dev/stdin $(DOC_DIR)/byline.conf
	@$(FRESH) help | src/make/man.sh | install -m644 /dev/stdin $(MAN_PAGE)
	@sed 's|@PREFIX@|$(PREFIX)|' src/make/systemd/byline.service.in | \
	    install -m644 /dev/stdin $(UNIT_DIR)/byline.service
	@install -m644 src/make/systemd/byline-public.socket $(UNIT_DIR)
	@install -Dm644 src/make/systemd/sysusers.conf $(TO)/lib/sysusers.d/byline.conf
	@install -Dm644 src/make/systemd/tmpfiles.conf $(TO)/lib/tmpfiles.d/byline.conf

# Takes away what install brought; settings and data stay.
uninstall:
	rm -rf $(SHARE_DIR) $(DOC_DIR) $(TO)/libexec/byline
	rm -f $(TO)/bin/byline $(MAN_PAGE) $(UNIT_DIR)/byline.service \
	    $(UNIT_DIR)/byline-public.socket $(TO)/lib/sysusers.d/byline.conf \
	    $(TO)/lib/tmpfiles.d/byline.conf
