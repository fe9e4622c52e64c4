#!/bin/sh
# No test lies about that `make check` does not run: every unit test, fuzz
# target and script is named in a local.mk, and scripts may be run. And what a
# build makes, git does not take for a new file of ours. The modules that make
# a digest each have a unit test of their name.
cd "$top_srcdir" || exit 1
echo 1..4
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
# Who looks for the test of a module finds it by its name.
nameless=$(for folder in sets gather digest render publish; do
    for file in "lib/$folder"/*.c; do
        test="tests/unit/$folder/test_$(basename "$file")"
        [ -e "$test" ] || echo "# $file has no $test"
    done
done)
[ -z "$nameless" ] && echo 'ok 3 - modules have tests of their names' || {
    echo "$nameless"
    echo 'not ok 3 - modules have tests of their names'
}
# An in-tree build makes the same files as one beside the tree.
git -c safe.directory='*' rev-parse --is-inside-work-tree >/dev/null 2>&1 &&
    [ -e .git ] && [ "$top_builddir" != "$top_srcdir" ] || {
    echo 'ok 4 # SKIP no build beside a clone'
    exit 0
}
made=$(cd "$top_builddir" && find . -path './listpulse-[0-9]*' -prune -o \
    -type f -print | sed 's,^\./,,')
strange=$(echo "$made" | git -c safe.directory='*' check-ignore --no-index -v -n --stdin |
    sed -n 's/^::\t//p' | grep -vxF "$(git -c safe.directory='*' ls-files)")
[ "$(echo "$made" | wc -l)" -gt 50 ] && [ -z "$strange" ] &&
    echo 'ok 4 - git ignores what a build makes' || {
    echo "$strange" | head -n 20 | sed 's/^/# /'
    echo 'not ok 4 - git ignores what a build makes'
}
