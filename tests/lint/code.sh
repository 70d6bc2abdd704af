# code.sh - rules for C and shell; read by run.sh.

layers() { awk -f "$here/layers.awk" "$root/src/LAYERS" "$@"; }
words() { awk -f "$here/words.awk" "$@"; }
sizes() { awk -f "$here/sizes.awk" "$@"; }

check "layers: nobody includes upwards" layers "${C[@]}"
refuses "an include that leads up" "base may not include store" \
    src/base/a.c '#include "store/item.h"\n' -- layers src/base/a.c
refuses "a header of a library in the wrong folder" "news may not use <sqlite3.h>" \
    src/news/a.c '#include <sqlite3.h>\n' -- layers src/news/a.c

check "words: nothing banned" words "${C[@]}"
refuses "strcpy" "strcpy(): no bound" a.c 'int f(void)\n{\n    strcpy(a, b);\n}\n' -- words a.c
refuses "malloc outside base/mem.c" "malloc() outside" a.c 'p = malloc(3);\n' -- words a.c
refuses "printf into FastCGI" "FCGX_FPrintF()" a.c 'FCGX_FPrintF(out, "x");\n' -- words a.c
refuses "fcgi_stdio.h" "fcgi_stdio.h" a.c '#include "fcgi_stdio.h"\n' -- words a.c

check "sizes: lines to 90 columns, functions to 80 lines, files to 800" sizes "${C[@]}" "${TEST_C[@]}"
refuses "a wide line" "longer than 90" a.c "$(printf '%091d' 0)\n" -- sizes a.c
refuses "a long function" "a function of 81 lines" \
    a.c "int\nf(void)\n{\n$(printf '    ;\\n%.0s' {1..81})}\n" -- sizes a.c
refuses "a long file" "over 800 lines" a.c "$(printf 'int a;\\n%.0s' {1..801})" -- sizes a.c

headers() {
    local bad=0 h
    for h in "$@"; do
        gcc -std=gnu17 -D_GNU_SOURCE -Isrc "-I$B/gen" $(pkg-config --cflags sqlite3 jansson vips gexiv2) \
            -fsyntax-only -x c "$h" || { echo "$h does not compile alone"; bad=1; }
    done
    return $bad
}
check "headers compile alone" headers $(git ls-files 'src/*.h')
refuses "a header that needs another" "does not compile alone" \
    src/a.h 'struct str f(int64_t a);\n' -- headers src/a.h

format() { clang-format "--style=file:$root/.clang-format" --dry-run -Werror "$@"; }
check "format: as clang-format writes it" format $(git ls-files 'src/*.[ch]' 'tests/*.[ch]')
refuses "another format" "code should be clang-formatted" a.c 'int f(void) { return 1; }\n' -- format a.c

mapfile -t JS < <(git ls-files 'static/js/*.js' 'src/editor/*.mjs')
browser_scripts() { awk -f "$here/scripts.awk" "$@"; }
check "browser scripts: nothing banned, lines to 90 columns, functions to 40 lines" browser_scripts "${JS[@]}"
refuses "innerHTML" "innerHTML: text becomes elements" a.mjs 'e.innerHTML = a;\n' -- browser_scripts a.mjs
refuses "window.prompt" "prompt: no keyboard" a.js 'window.prompt(a);\n' -- browser_scripts a.js
refuses "a wide line of a script" "longer than 90" a.js "$(printf '%091d' 0)\n" -- browser_scripts a.js
refuses "a long function of a script" "a function of 41 lines" \
    a.mjs "function f() {\n$(printf '  a();\\n%.0s' {1..41})}\n" -- browser_scripts a.mjs

scripts() { # by the shell that their first line names
    local bad=0 f
    for f in "$@"; do
        case $(head -1 "$f") in
        */bash*) bash -n "$f" || bad=1 ;;
        *) sh -n "$f" || bad=1 ;;
        esac
        [ -x "$f" ] || { echo "$f may not be executed"; bad=1; }
    done
    return $bad
}
check "scripts: the shell can read them" scripts "${SCRIPTS[@]}"
refuses "a script that does not end" "end of file" a '#!/bin/sh\nif true; then\n' -- scripts a
refuses "bash in a script for sh" "yntax error" a '#!/bin/sh\na=(b c)\n' -- scripts a
