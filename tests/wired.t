#!/bin/sh
# No test lies about that `make check` does not run: every unit test, fuzz
# target and script is named in a local.mk, and scripts may be run.
cd "$top_srcdir" || exit 1
echo 1..2
find tests -name local.mk -exec cat {} + >"${TMPDIR:-/tmp}/wired.$$"
forgotten=$(find tests -name 'test_*.c' -o -name 'fuzz_*.c' -o -name '*.t' |
    sort | while read -r file; do
    grep -v '^#' "${TMPDIR:-/tmp}/wired.$$" |
        grep -qE -e "(^|[^a-z_])${file%.c}( |\$)" || echo "# $file"
done)
rm -f "${TMPDIR:-/tmp}/wired.$$"
[ -z "$forgotten" ] && echo 'ok 1 - every test is run' || {
    echo "$forgotten"
    echo 'not ok 1 - every test is run'
}
closed=$(find tests -name '*.t' ! -perm -u+x)
[ -z "$closed" ] && echo 'ok 2 - every script may be run' || {
    echo "# $closed"
    echo 'not ok 2 - every script may be run'
}
