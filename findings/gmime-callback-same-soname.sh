#!/bin/sh
# Finding: GMime 3.2.14 gave g_mime_parser_options_set_warning_callback() a
#          fourth parameter, the function that frees its data, and kept the
#          name libgmime-3.0.so.0.
# Guess:   a program that was built with 3.2.13 runs with any later 3.2.
# Seen:    libgmime-3.0-0 3.2.13+dfsg-2 (Debian 12), libgmime-3.0-0t64
#          3.2.15+dfsg-1 (Debian 13).
# Hurts:   programs that set the callback: they do not compile any more, and
#          one that was compiled before an upgrade of the system passes what
#          happens to be in a register as a function to call. What to do: check
#          for the parameter when configuring, and build anew after an upgrade.
. "$(dirname "$0")/common"

# of RELEASE LIBRARY VERSION: how many parameters it has, and the soname.
of() {
    ROOT=$WORK/$1
    mkdir -p "$ROOT"
    packages "$1" "$2=$3" "libgmime-3.0-dev=$3" >"$WORK/packages"
    header=$(find "$ROOT" -name gmime-parser-options.h)
    parameters=$(tr -d '\n' <"$header" |
        sed 's/.*void g_mime_parser_options_set_warning_callback (\([^)]*\)).*/\1/' |
        tr ',' '\n' | grep -c .)
    library=$(find "$ROOT" -name 'libgmime-3.0.so.0' | head -n 1)
    echo "$parameters $(objdump -p "$(readlink -f "$library")" |
        sed -n 's/ *SONAME *//p')"
}
expect 'parameters and soname of 3.2.13' '3 libgmime-3.0.so.0' \
    "$(of bookworm libgmime-3.0-0 3.2.13+dfsg-2)"
expect 'parameters and soname of 3.2.15' '4 libgmime-3.0.so.0' \
    "$(of trixie libgmime-3.0-0t64 3.2.15+dfsg-1)"
