#!/bin/sh
# Nothing exists that its manual page does not tell of: commands, options,
# settings. The pages are read as the source that they are (mdoc).
listpulse=$top_builddir/digest/listpulse
milter=$top_builddir/milter/listpulse-milter
man=$top_srcdir/man
number=0
echo 1..6

# all_told PAGE PATTERN: every word of standard input, put in PATTERN for @,
# is in the page; and there is at least one.
all_told() {
    words=$(cat)
    missing=
    for word in $words; do
        pattern=$(printf '%s' "$2" | sed "s/@/$word/")
        grep -qE -e "$pattern" "$1" || missing="$missing $word"
    done
    number=$((number + 1))
    [ -n "$words" ] && [ -z "$missing" ] && {
        echo "ok $number - $3"
        return
    }
    echo "# not in $1:${missing:- (nothing was found to look for)}"
    echo "not ok $number - $3"
}

# The long options of a help text, each once.
options() {
    grep -oE -e '(^|[ ,])--[a-z][a-z-]*' | sed 's/.*--//' | sort -u
}

settings() {
    sed -nE 's/^    \{ "([a-z_]+)", SETTING_.*/\1/p' \
        "$top_srcdir/lib/base/settings_keys.c"
}

commands() {
    "$listpulse" --help | sed -n 's/^  \([a-z]\{2,\}\)  *[A-Z].*/\1/p;
        s/^  \([a-z]\{2,\}\)  *[a-z].*/\1/p'
}

commands | all_told "$man/listpulse.1" '^\.(It|Ss|Sh|Ic|Nm).*@' \
    'listpulse(1) tells of every command'
{
    "$listpulse" --help
    for command in $(commands); do
        "$listpulse" "$command" --help
    done
} | options | all_told "$man/listpulse.1" 'Fl -@( |$)' \
    'listpulse(1) tells of every option'
"$milter" --help | options |
    all_told "$man/listpulse-milter.8" 'Fl -@( |$)' \
        'listpulse-milter(8) tells of every option'
settings | all_told "$man/listpulse.conf.5" '^\.It (Ic|Cm|Va|Li) @( |$)' \
    'listpulse.conf(5) tells of every setting'
settings | all_told "$top_srcdir/conf/listpulse.conf" '(^|[ #])@ *=' \
    'the sample listpulse.conf shows every setting'
grep -oE '\b[a-z]+\.(mk|t|sh|c|h|md|conf|cf|m4)\b|conf/[a-z0-9.]+' \
    "$top_srcdir/README.md" | grep / | sort -u | while read -r file; do
    [ -e "$top_srcdir/$file" ] || echo "$file"
done >"${TMPDIR:-/tmp}/docs.$$"
number=$((number + 1))
if [ -s "${TMPDIR:-/tmp}/docs.$$" ]; then
    sed 's/^/# README.md names what is not there: /' "${TMPDIR:-/tmp}/docs.$$"
    echo "not ok $number - the README names files that exist"
else
    echo "ok $number - the README names files that exist"
fi
rm -f "${TMPDIR:-/tmp}/docs.$$"
