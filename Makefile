# Byline. `make help` lists what there is.
#
# Everything built goes below B (build/release, build/asan …); sources are found by
# pattern, dependencies are kept by the compiler.

.SUFFIXES:
.DELETE_ON_ERROR:
SHELL      := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

VERSION  := 0.1.0
FLAVOUR  ?= release
B        ?= build/$(FLAVOUR)
PREFIX   ?= /usr
PORT     ?= 8080
DIR      ?= var
ITEMS    ?= 1000 100000
# libFuzzer is clang's.
CC       := $(if $(filter fuzz,$(FLAVOUR)),clang,gcc)
CXX      := $(if $(filter fuzz,$(FLAVOUR)),clang++,g++)

PKGS     := libgit2 sqlite3 jansson zlib libsodium icu-i18n icu-uc inih libseccomp liboath libqrencode libfido2
# What only the photo helper is linked with.
PHOTO_PKGS := vips gexiv2 libwebp
WARN     := -Wall -Wextra -Wpedantic -Wshadow -Wvla -Wwrite-strings -Wformat=2 \
            -Wpointer-arith -Wconversion -fno-common -Werror=unused-result \
            -Wno-overlength-strings
CWARN     = $(WARN) -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
            -Werror=implicit-function-declaration
# Warnings are errors for us, not for packagers: make DEV=0.
DEV      ?= 1
WARN     += $(if $(filter 1,$(DEV)),-Werror)

HARDEN   := -fstack-protector-strong -fPIE -fstack-clash-protection -fcf-protection
OPT_release := -O2 -g $(HARDEN) -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3
OPT_asan    := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
               -fno-sanitize-recover=undefined -fPIE
OPT_fuzz    := -O1 -g -fno-omit-frame-pointer -fPIE \
               -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
LD_release  := -pie -Wl,-z,relro,-z,now,--as-needed
LD_asan     := -pie -fsanitize=address,undefined
LD_fuzz     := -pie -fsanitize=address,undefined

INCLUDES := -Isrc -I$(B)/gen
DEFINES  := -D_GNU_SOURCE -DBYLINE_VERSION='"$(VERSION)"' -DBYLINE_PREFIX='"$(PREFIX)"'
LIB_CFLAGS = $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
LIB_LIBS   = $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lcmark -lfcgi -lctemplate_nothreads
PHOTO_CFLAGS = $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PHOTO_PKGS) 2>/dev/null))
PHOTO_LIBS   = $(shell pkg-config --libs $(PHOTO_PKGS) 2>/dev/null)
CFLAGS   = -std=gnu17 $(OPT_$(FLAVOUR)) $(CWARN) $(INCLUDES) $(DEFINES) $(LIB_CFLAGS) -MMD -MP
CXXFLAGS = -std=gnu++17 $(OPT_$(FLAVOUR)) $(WARN) $(INCLUDES) $(DEFINES) -MMD -MP

C_SRC    := $(filter-out src/gen/%,$(sort $(wildcard src/*.c src/*/*.c src/*/*/*.c)))
CXX_SRC  := $(sort $(wildcard src/tpl/*.cc))
ALL_OBJ  := $(C_SRC:%.c=$(B)/%.o) $(CXX_SRC:%.cc=$(B)/%.o)
PHOTO_OBJ := $(filter $(B)/src/photo/%,$(ALL_OBJ))
LIB_OBJ  := $(filter-out $(B)/src/main.o $(PHOTO_OBJ),$(ALL_OBJ))
PHOTO    := $(B)/libexec/byline/byline-photo

.PHONY: all
all: $(B)/byline $(PHOTO) $(B)/share/demo/.done

include $(sort $(wildcard src/gen/*.mk))

# Other flags or another PREFIX make everything anew.
.PHONY: flags
$(B)/gen/flags.txt: flags
	@mkdir -p $(@D) && cmp -s - $@ <<< '$(CFLAGS) $(CXXFLAGS)' || cat > $@ <<< '$(CFLAGS) $(CXXFLAGS)'

$(B)/%.o: %.c $(B)/gen/flags.txt | $(GENERATED)
	@mkdir -p $(@D)
	@echo "  CC    $<"
	@$(CC) $(CFLAGS) -c -o $@ $<
$(B)/%.o: %.cc $(B)/gen/flags.txt | $(GENERATED)
	@mkdir -p $(@D)
	@echo "  CXX   $<"
	@$(CXX) $(CXXFLAGS) -c -o $@ $<

$(B)/libbyline.a: $(LIB_OBJ) $(GENERATED_OBJ)
	@rm -f $@ && ar rcs $@ $^
$(B)/byline: $(B)/src/main.o $(B)/libbyline.a
	@echo "  LD    $@"
	@$(CXX) $(LD_$(FLAVOUR)) -o $@ $^ $(LIB_LIBS)

$(PHOTO_OBJ): private CFLAGS += $(PHOTO_CFLAGS)
$(PHOTO): $(PHOTO_OBJ) $(B)/libbyline.a
	@mkdir -p $(@D)
	@echo "  LD    $@"
	@$(CXX) $(LD_$(FLAVOUR)) -o $@ $^ $(PHOTO_LIBS) $(LIB_LIBS)

-include $(ALL_OBJ:.o=.d)

# ---- tests ----

UNIT := $(patsubst tests/unit/%.c,$(B)/tests/%,$(sort $(wildcard tests/unit/test_*.c)))

$(B)/tests/%: tests/unit/%.c $(B)/libbyline.a
	@mkdir -p $(@D)
	@echo "  TEST  $<"
	@$(CC) $(CFLAGS) -MT $@ -c -o $@.o $<
	@$(CXX) $(LD_$(FLAVOUR)) -o $@ $@.o $(PHOTO_PARTS) $(B)/libbyline.a $(PHOTO_PARTS_LIBS) $(LIB_LIBS) -lcmocka
-include $(UNIT:=.d)
# Of what the photo helper is made of.
UNIT_PHOTO := $(filter $(B)/tests/test_photo_words $(B)/tests/test_photo_files,$(UNIT))
$(UNIT_PHOTO): private CFLAGS += $(PHOTO_CFLAGS)
$(UNIT_PHOTO): private PHOTO_PARTS := $(filter-out %/main.o,$(PHOTO_OBJ))
$(UNIT_PHOTO): private PHOTO_PARTS_LIBS = $(PHOTO_LIBS)
$(UNIT_PHOTO): $(filter-out %/main.o,$(PHOTO_OBJ))

# A photo helper that does what it must not, behind the walls of the real one.
NAUGHTY := $(B)/tests/naughty-photo
$(NAUGHTY): $(B)/tests/unit/naughty_photo.o $(patsubst %,$(B)/src/photo/%.o,main walls answer) $(B)/libbyline.a
	@mkdir -p $(@D)
	@echo "  LD    $@"
	@$(CXX) $(LD_$(FLAVOUR)) -o $@ $^ $(PHOTO_LIBS) $(LIB_LIBS)
$(B)/tests/test_walls: $(NAUGHTY)
-include $(B)/tests/unit/naughty_photo.d

DEPS := deps-build deps-run deps-editor deps-lint deps-test deps-bench deps-tidy deps-fuzz
.PHONY: test check golden asan docs pictures fuzz lint $(DEPS)
$(DEPS):
	@src/make/deps.sh $(@:deps-%=%)

BUILD := $(MAKE) --no-print-directory -j$(shell nproc)

# Each step is a make of its own: what a library's packages say is asked when they are there.
test: deps-build deps-run deps-lint deps-test
	@$(BUILD) all unit-programs
	@$(BUILD) FLAVOUR=asan fuzz-programs
	@tests/run.sh $(B) lint unit fuzz docs sql cli http browser

# Fuzz targets: with libFuzzer in the flavour fuzz, else with a driver of our own.
FUZZ      := $(patsubst tests/fuzz/fuzz_%.c,$(B)/fuzz/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
FUZZ_MAIN := $(if $(filter fuzz,$(FLAVOUR)),-fsanitize=fuzzer,$(B)/tests/fuzz/drive.o)

$(B)/fuzz/%: $(B)/tests/fuzz/fuzz_%.o $(B)/tests/fuzz/drive.o $(B)/libbyline.a
	@mkdir -p $(@D)
	@echo "  FUZZ  $@"
	@$(CXX) $(LD_$(FLAVOUR)) -o $@ $< $(FUZZ_MAIN) $(B)/libbyline.a $(LIB_LIBS)
-include $(FUZZ:$(B)/fuzz/%=$(B)/tests/fuzz/fuzz_%.d) $(B)/tests/fuzz/drive.d
.SECONDARY: $(B)/tests/fuzz/drive.o $(FUZZ:$(B)/fuzz/%=$(B)/tests/fuzz/fuzz_%.o)

.PHONY: unit-programs fuzz-programs
fuzz-programs: $(FUZZ)
unit-programs: $(UNIT)

check: all unit-programs
	@tests/run.sh $(B) unit sql

# The rules ask the program for its commands and tables; the rest is text.
lint: deps-build deps-lint
	@$(MAKE) --no-print-directory $(B)/byline
	@tests/run.sh $(B) lint

# Files that pages are compared with, written anew: look at the diff.
golden: all $(B)/tests/test_templates $(B)/tests/test_pages
	@GOLDEN=write $(B)/tests/test_templates
	@GOLDEN=write $(B)/tests/test_pages

# The pictures of docs/STAFF.md; look at them before they are kept.
pictures: deps-build deps-run deps-editor deps-test
	@$(MAKE) --no-print-directory all
	@[ -d tests/node_modules ] || npm ci --prefix tests --ignore-scripts --no-audit --no-fund
	@BYLINE=$(CURDIR)/$(B)/byline SHARE=$(CURDIR)/$(B)/share node tests/docs/pictures.mjs

# The documents that are tables of the program.
docs: deps-build
	@$(MAKE) --no-print-directory $(B)/byline
	@src/make/docs.sh $(B)/byline docs

# make fuzz T="path query" S=600; without T all of them.
fuzz: deps-build deps-fuzz
	@$(MAKE) --no-print-directory FLAVOUR=fuzz DEV=0 fuzz-programs
	@tests/fuzz/run.sh build/fuzz $(or $(S),30) $(T)

asan: deps-build deps-run deps-test
	@$(MAKE) --no-print-directory FLAVOUR=asan all unit-programs
	@FLAVOUR=asan tests/run.sh build/asan unit cli http browser

# ---- running ----

.PHONY: bench run tidy help clean
bench: deps-build deps-bench
	@$(MAKE) --no-print-directory all
	@mkdir -p $(B)/bench
	@$(CC) -O2 -o $(B)/bench/bare tests/bench/bare.c -lfcgi
	@BYLINE=$(B)/byline SHARE=$(B)/share BARE=$(B)/bench/bare tests/bench/serve.mjs $(ITEMS)
	@BYLINE=$(B)/byline tests/bench/import.sh $(lastword $(ITEMS))
	@BYLINE=$(CURDIR)/$(B)/byline SHARE=$(CURDIR)/$(B)/share node tests/bench/processes.mjs
	@BYLINE=$(CURDIR)/$(B)/byline SHARE=$(CURDIR)/$(B)/share node tests/bench/posts.mjs
	@BYLINE=$(CURDIR)/$(B)/byline SHARE=$(CURDIR)/$(B)/share node tests/bench/save.mjs $(lastword $(ITEMS))
	@BYLINE=$(CURDIR)/$(B)/byline SHARE=$(CURDIR)/$(B)/share node tests/bench/list.mjs
	@BYLINE=$(CURDIR)/$(B)/byline SHARE=$(CURDIR)/$(B)/share node tests/bench/library.mjs
	@BYLINE=$(CURDIR)/$(B)/byline node tests/bench/photo.mjs
	@node tests/bench/formats.mjs

run: deps-build deps-run deps-editor
	@$(BUILD) all
	@PORT='$(PORT)' DIR='$(DIR)' src/make/run.sh $(B)/byline $(B)/share

include src/make/install.mk

tidy: deps-build deps-tidy
	@$(MAKE) --no-print-directory generated tidy-now
.PHONY: generated tidy-now
generated: $(GENERATED)
tidy-now:
	@tests/lint/tidy.sh -std=gnu17 $(INCLUDES) $(DEFINES) $(LIB_CFLAGS)

clean:
	rm -rf build

help:
	@echo "make          build into $(B)"
	@echo "make run      a site with demo content on PORT ($(PORT)), data in DIR ($(DIR))"
	@echo "make editor   the editor of an item's body alone; make does it too where it can"
	@echo "make test     install what is needed, then all tests"
	@echo "make check    unit and SQL tests only"
	@echo "make lint     the project's own rules"
	@echo "make golden   write the pages of tests/golden anew"
	@echo "make docs     ROUTES, SETTINGS and COMMANDS in docs, out of the program's tables"
	@echo "make pictures the pictures of docs/STAFF.md, taken anew in Chromium"
	@echo "make asan     the tests with AddressSanitizer and UBSan"
	@echo "make fuzz     libFuzzer over the readers of foreign bytes, T= which, S= seconds each"
	@echo "make bench    pages against static files and a bare program, import against the"
	@echo "              sqlite3 shell, with ITEMS ($(ITEMS)) in the archive; deaths, reloads;"
	@echo "              saving an item against a bare synced write; photos against vipsthumbnail"
	@echo "make tidy     clang-tidy and cppcheck"
	@echo "make install  into DESTDIR PREFIX ($(PREFIX)); make uninstall"
	@echo "make clean    remove what was built"
