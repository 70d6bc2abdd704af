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
CC       := gcc
CXX      := g++

PKGS     := sqlite3 jansson zlib libsodium icu-i18n icu-uc inih libseccomp
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
LD_release  := -pie -Wl,-z,relro,-z,now,--as-needed
LD_asan     := -pie -fsanitize=address,undefined

INCLUDES := -Isrc -I$(B)/gen
DEFINES  := -D_GNU_SOURCE -DBYLINE_VERSION='"$(VERSION)"' -DBYLINE_PREFIX='"$(PREFIX)"'
LIB_CFLAGS = $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
LIB_LIBS   = $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lcmark -lfcgi -lctemplate_nothreads
CFLAGS   = -std=gnu17 $(OPT_$(FLAVOUR)) $(CWARN) $(INCLUDES) $(DEFINES) $(LIB_CFLAGS) -MMD -MP
CXXFLAGS = -std=gnu++17 $(OPT_$(FLAVOUR)) $(WARN) $(INCLUDES) $(DEFINES) -MMD -MP

C_SRC    := $(filter-out src/gen/%,$(sort $(wildcard src/*.c src/*/*.c src/*/*/*.c)))
CXX_SRC  := $(sort $(wildcard src/tpl/*.cc))
ALL_OBJ  := $(C_SRC:%.c=$(B)/%.o) $(CXX_SRC:%.cc=$(B)/%.o)
LIB_OBJ  := $(filter-out $(B)/src/main.o,$(ALL_OBJ))

.PHONY: all
all: $(B)/byline $(B)/share/demo/.done

include $(sort $(wildcard src/gen/*.mk))

$(B)/%.o: %.c | $(GENERATED)
	@mkdir -p $(@D)
	@echo "  CC    $<"
	@$(CC) $(CFLAGS) -c -o $@ $<
$(B)/%.o: %.cc | $(GENERATED)
	@mkdir -p $(@D)
	@echo "  CXX   $<"
	@$(CXX) $(CXXFLAGS) -c -o $@ $<

$(B)/libbyline.a: $(LIB_OBJ) $(GENERATED_OBJ)
	@rm -f $@ && ar rcs $@ $^
$(B)/byline: $(B)/src/main.o $(B)/libbyline.a
	@echo "  LD    $@"
	@$(CXX) $(LD_$(FLAVOUR)) -o $@ $^ $(LIB_LIBS)

-include $(ALL_OBJ:.o=.d)
