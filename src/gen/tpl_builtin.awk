# tpl_builtin.awk - makes the assembler file that puts templates and language files into
# the program, as tables of { name, bytes, size } (struct tpl_source of tpl/tpl.h).
#
# awk -f tpl_builtin.awk templates/site/*.tpl … templates/lang/*.ini
#
# The templates come in the order of the arguments, which is that of enum tpl_file.
# Every file is followed by a NUL byte that its size does not count.

function table(symbol, rows) {
    printf "\n    .section .data.rel.ro, \"aw\"\n    .balign 8\n    .globl %s\n%s:\n%s", \
        symbol, symbol, rows
}
BEGIN {
    print "/* Made by tpl_builtin.awk from templates/. */\n    .section .rodata"
    for (i = 1; i < ARGC; i++) {
        name = ARGV[i]
        sub(/^(.*\/)?templates\//, "", name)
        printf ".Lname%d: .asciz \"%s\"\n.Lbytes%d: .incbin \"%s\"\n.Lend%d: .byte 0\n", \
            i, name, i, ARGV[i], i
        row = sprintf("    .quad .Lname%d, .Lbytes%d, .Lend%d - .Lbytes%d\n", i, i, i, i)
        if (name ~ /^lang\//) { langs = langs row; n_langs++ } else files = files row
    }
    table("tpl_builtin", files)
    table("tpl_builtin_langs", langs)
    printf "    .globl tpl_builtin_n_langs\ntpl_builtin_n_langs: .quad %d\n", n_langs
    print "    .section .note.GNU-stack, \"\", %progbits"
}
