#!/bin/sh
# Nothing exists that its manual page does not tell of: commands, options,
# settings. The pages are read as the source that they are (mdoc).
listpulse=$top_builddir/command/listpulse
milter=$top_builddir/milter/listpulse-milter
man=$top_srcdir/man
echo 1..11

# all_told NUMBER NAME PAGE PATTERN: every word of standard input, put in PATTERN for @,
# is in the page; and there is at least one.
all_told() {
    words=$(cat)
    missing=
    for word in $words; do
        pattern=$(printf '%s' "$4" | sed "s/@/$word/")
        grep -qE -e "$pattern" "$3" || missing="$missing $word"
    done
    [ -n "$words" ] && [ -z "$missing" ] && {
        echo "ok $1 - $2"
        return
    }
    echo "# not in $3:${missing:- (nothing was found to look for)}"
    echo "not ok $1 - $2"
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

commands | all_told 1 'listpulse(1) tells of every command' \
    "$man/listpulse.1" '^\.(It|Ss|Sh|Ic|Nm).*@'
{
    "$listpulse" --help
    for command in $(commands); do
        "$listpulse" "$command" --help
    done
} | options | all_told 2 'listpulse(1) tells of every option' \
    "$man/listpulse.1" 'Fl (-|Fl )@( |$)'
"$milter" --help | options |
    all_told 3 'listpulse-milter(8) tells of every option' \
        "$man/listpulse-milter.8" 'Fl (-|Fl )@( |$)'
settings | all_told 4 'listpulse.conf(5) tells of every setting' \
    "$man/listpulse.conf.5" '^\.It (Ic|Cm|Va|Li) @( |$)'
settings | all_told 5 'the sample listpulse.conf shows every setting' \
    "$top_srcdir/conf/listpulse.conf" '(^|[ #])@ *='
# Names with a <part> or * in them stand for many.
perl -ne 'next if /^    From / .. /^## /; print "$1\n"
    while m{\b((?:conf|tests|tools|man)/[\w./-]*\w)(?![\w<*])}g' \
    "$top_srcdir/README.md" "$top_srcdir/CONTRIBUTING.md" | sort -u | while read -r file; do
    [ -e "$top_srcdir/$file" ] || echo "# there is no $file"
done | {
    missing=$(cat)
    if [ -z "$missing" ]; then
        echo 'ok 6 - README and CONTRIBUTING name files that exist'
    else
        echo "$missing"
        echo 'not ok 6 - README and CONTRIBUTING name files that exist'
    fi
}
# Its lines, "..." left out, are lines of the sample's digest.
sed -n '/^    From /,/^## /s/^    //p' "$top_srcdir/README.md" |
    grep -vxF '...' | grep -vxF -f "$top_srcdir/tests/data/sample.text" | {
    strange=$(sed 's/^/# not in the digest: /')
    if [ -z "$strange" ]; then
        echo 'ok 7 - the README shows the digest that is printed'
    else
        echo "$strange"
        echo 'not ok 7 - the README shows the digest that is printed'
    fi
}
version=$("$listpulse" --version | sed -n '1s/.* //p')
packaged=$(sed -n '1s/.*(\(.*\)).*/\1/p' "$top_srcdir/debian/changelog")
told=$(sed -n '/^[0-9]/{p;q;}' "$top_srcdir/NEWS")
if [ "$version" = "$packaged" ] && [ "$version" = "$told" ]; then
    echo 'ok 8 - the package and NEWS are of this version'
else
    echo "# $version; debian/changelog: $packaged; NEWS: $told"
    echo 'not ok 8 - the package and NEWS are of this version'
fi
# What the page says of the layout, by the table that programs are made of.
# A number of four digits has a comma in prose.
number() {
    sed -n "s/^$1 //p" "$top_srcdir/lib/store/layout"
}
flat=$(tr '\n' ' ' <"$man/listpulse-counters.7")
missing=
for phrase in \
    "rows of $(number ROW_BYTES) bytes, $(number ROWS_IN_CHUNK) a chunk:" \
    "records of $(number POSTS_IN_BUCKET) posts," \
    "(of all that is described here; $(number FORMAT))" \
    "/ $(number LINKS_POSTS) of links, at least $(number LINKS_FIRST), and" \
    "/ $(number SEEN_POSTS) of identities and of marks, at least $(number SEEN_FIRST)." \
    "/ $(number MARKS_POSTS) of identities and of marks, at least $(number MARKS_FIRST)." \
    "entries of $(number SEEN_ENTRY) bytes: the first 8 of the identity" \
    "entries of $(number LINKS_ENTRY) bytes: $(number DIGEST_BYTES) of digest and" \
    "entries of $(number MARKS_ENTRY) bytes: the first $(number DIGEST_BYTES) of a mark" \
    "its last $(number EVENTS_KEPT | sed 's/\(...\)$/,\1/') posts that came by mail"; do
    case $flat in
    *"$phrase"*) ;;
    *) missing="$missing# not in listpulse-counters(7): $phrase
" ;;
    esac
done
# The fields of a row, each with its bytes behind it.
sum=$(sed -n '/^string: rows of/,/^A row of zeros/p' "$man/listpulse-counters.7" |
    grep -oE '\([0-9]' | awk -F'(' '{ sum += $2 } END { print sum }')
[ "$sum" = "$(number ROW_BYTES)" ] ||
    missing="$missing# the fields of a row make $sum bytes
"
printf '%s' "$missing"
[ -z "$missing" ] || printf 'not '
echo 'ok 9 - listpulse-counters(7) and the scripts have one layout'
# Each rule of listpulse-rules(7) is named by a test, and no test names another.
grep -oE '^\.It [A-Z]-[0-9]+$' "$man/listpulse-rules.7" | sed 's/.* //' |
    sort -u >"${TMPDIR:-/tmp}/rules.$$"
find "$top_srcdir/tests" -type f \( -name '*.expected' -o -name '*.c' -o \
    -name '*.t' \) -exec grep -hoE '\b[ANMPRS]-[0-9]+\b' {} + |
    sort -u >"${TMPDIR:-/tmp}/named.$$"
missing=$(comm -23 "${TMPDIR:-/tmp}/rules.$$" "${TMPDIR:-/tmp}/named.$$")
unknown=$(comm -13 "${TMPDIR:-/tmp}/rules.$$" "${TMPDIR:-/tmp}/named.$$")
rm -f "${TMPDIR:-/tmp}/rules.$$" "${TMPDIR:-/tmp}/named.$$"
printf '%s' "$missing" | sed 's/^/# named by no test: /'
printf '%s' "$unknown" | sed 's/^/# in no manual: /'
[ -z "$missing$unknown" ] || printf 'not '
echo 'ok 10 - each rule is named by a test'

# The names that the program itself knows, from what it says of another.
said=${TMPDIR:-/tmp}/said.$$ helped=${TMPDIR:-/tmp}/helped.$$
"$listpulse" digest --format nothing x 2>&1 | sed -n 's/.*there are //p' |
    tr -d , >"$said"
for format in $(cat "$said"); do
    "$listpulse" digest --help | grep -A 1 -e '--format' |
        grep -qE "(^|[ ,])$format(,|\$)" && echo "$format"
done >"$helped"
if [ "$(wc -w <"$said")" -ge 8 ] &&
    [ "$(wc -w <"$said")" -eq "$(wc -w <"$helped")" ]; then
    tr ' ' '\n' <"$said" | all_told 11 'listpulse(1) and --help have every format' \
        "$man/listpulse.1" '^\.(It )?(Cm|Li) @( |$)'
else
    echo "# there are: $(cat "$said"); in --help: $(cat "$helped")"
    echo 'not ok 11 - listpulse(1) and --help have every format'
fi
rm -f "$said" "$helped"
