#!/bin/sh
# Finding: libconfuse counts a line that ends in a comment as three lines, so
#          that cfg->line is wrong in every message behind a comment; a block
#          comment counts one too many.
# Guess:   the line number that cfg_error() is given is that of the file.
# Seen:    libconfuse2 3.3-3 (Debian 12).
# Hurts:   whoever shows "FILE:LINE: what is wrong" for a file with comments:
#          people look for the fault at a line that does not exist. What to do:
#          count lines in the text oneself, or hand the parser a text in which
#          comments are blanked.
. "$(dirname "$0")/common"
packages bookworm libconfuse2=3.3-3 libconfuse-dev=3.3-3

cat >"$WORK/line.c" <<'END'
#include <confuse.h>
#include <stdarg.h>
#include <stdio.h>
static void say(cfg_t *cfg, const char *format, va_list arguments)
{
    (void)format;
    (void)arguments;
    printf("%d", cfg->line);
}
int main(int argc, char **argv)
{
    cfg_opt_t options[] = { CFG_STR("good", "", CFGF_NONE), CFG_END() };
    cfg_t *cfg = cfg_init(options, CFGF_NONE);
    cfg_set_error_function(cfg, say);
    return argc < 2 || cfg_parse(cfg, argv[1]) != CFG_PARSE_ERROR;
}
END
libraries=$(dirname "$(find "$ROOT" -name 'libconfuse.so' | head -n 1)")
cc -I"$ROOT/usr/include" -o "$WORK/line" "$WORK/line.c" -L"$libraries" -lconfuse

# line_of TEXT: where libconfuse sees the setting that it does not know.
line_of() {
    printf "$1" >"$WORK/conf"
    LD_LIBRARY_PATH=$libraries "$WORK/line" "$WORK/conf"
}
expect 'the fault in line 2, no comment' 2 "$(line_of 'good = "x"\nbad = "x"\n')"
expect 'the fault in line 2, behind # one' 4 "$(line_of '# one\nbad = "x"\n')"
expect 'the fault in line 3, behind two of #' 7 \
    "$(line_of '# one\n# two\nbad = "x"\n')"
expect 'the fault in line 2, behind a setting with #' 4 \
    "$(line_of 'good = "x" # why\nbad = "x"\n')"
expect 'the fault in line 3, behind /* of two lines */' 4 \
    "$(line_of '/* one\n two */\nbad = "x"\n')"
