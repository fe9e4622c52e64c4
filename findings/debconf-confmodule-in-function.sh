#!/bin/sh
# Finding: a maintainer script that sources debconf's confmodule inside a shell
#          function is run again without its arguments: confmodule ends in
#          exec frontend "$0" "$@", and in a function "$@" are the function's.
# Guess:   where the line stands does not matter, and a function that asks only
#          when there is something to ask keeps the script tidy.
# Seen:    debconf 1.5.82 (Debian 12), with dash and bash.
# Hurts:   who writes a postrm that asks before it removes data: on purge it is
#          run a second time with no argument, does nothing, and the package
#          counts as purged. Source it at the top of the script, behind an if.
. "$(dirname "$0")/common"
packages bookworm debconf=1.5.82

# A front end that tells how it was called, in place of the one that asks.
printf '#!/bin/sh\nshift\necho "$# arguments: $*"\n' >"$WORK/frontend"
chmod 755 "$WORK/frontend"
sed "s,/usr/share/debconf/frontend,$WORK/frontend," \
    "$ROOT/usr/share/debconf/confmodule" >"$WORK/confmodule"
printf '. %s\n' "$WORK/confmodule" >"$WORK/plain"
printf 'ask() {\n. %s\n}\nask\n' "$WORK/confmodule" >"$WORK/function"
for shell in dash bash; do
    command -v $shell >/dev/null || continue
    expect "sourced at the top, $shell" '1 arguments: purge' \
        "$(env -u DEBIAN_HAS_FRONTEND $shell "$WORK/plain" purge)"
    expect "sourced in a function, $shell" '0 arguments: ' \
        "$(env -u DEBIAN_HAS_FRONTEND $shell "$WORK/function" purge)"
done
