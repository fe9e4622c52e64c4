#!/bin/sh
# publish: the site of our sample and of hostile mail. Whatever was published
# before, a folder holds what a new one would; what is not new is not written.
. "${top_srcdir:?run by make check}/tests/integration/command.sh"
have redis-server || skip_all 'redis-server is not here'
plan 20

site=$WORK/site
html=$top_srcdir/tests/support/site

publish() {
    pulse publish "$@" >"$WORK/out" 2>"$WORK/err" || {
        cat "$WORK/err"
        return 1
    }
}

# Name, content and time of writing of all files but the lock.
snapshot() {
    (cd "$1" && find . -type f ! -name lock -exec stat -c '%n %i %Y %Z' {} + |
        sort)
}

imports_and_publishes() {
    pulse import "$SAMPLE" >"$WORK/import.log" 2>&1 && publish "$site" &&
        [ -s "$site/index.html" ] && [ -s "$site/style.css" ] &&
        [ -s "$site/$SAMPLE_LIST/index.html" ] &&
        [ -s "$site/$OTHER_LIST/index.html" ]
}

writes_nothing_twice() {
    snapshot "$site" >"$WORK/before"
    publish "$site" && grep -q '^wrote 0 files, removed 0,' "$WORK/out" ||
        return 1
    publish "$site" --anew && grep -q '^wrote 0 files, removed 0,' \
        "$WORK/out" || return 1
    snapshot "$site" >"$WORK/after"
    same "$WORK/before" "$WORK/after"
}

# Every page is whole HTML; tidy knows no <i> that is drawn by its style.
is_tidy() {
    find "$site" -name '*.html' | while read -r page; do
        tidy -q -e --drop-empty-elements no "$page" >"$WORK/tidy" 2>&1
        [ -s "$WORK/tidy" ] && {
            echo "$page"
            cat "$WORK/tidy"
        }
    done >"$WORK/untidy"
    cat "$WORK/untidy"
    [ ! -s "$WORK/untidy" ]
}

feeds_are_xml() {
    find "$site" -name '*.atom' -exec xmllint --noout {} + &&
        find "$site" -name '*.json' -exec python3 -c '
import json, sys
for name in sys.argv[1:]:
    json.load(open(name, encoding="utf-8"))' {} +
}

has_a_policy() {
    find "$site" -name '*.html' | while read -r page; do
        grep -q "Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; script-src 'self'" \
            "$page" || echo "$page"
    done >"$WORK/open"
    cat "$WORK/open"
    [ ! -s "$WORK/open" ]
}

is_inert() {
    perl "$html/hostile" >"$WORK/hostile.mbox"
    pulse import "$WORK/hostile.mbox" >"$WORK/import.log" 2>&1 &&
        publish "$site" && [ ! -e "$WORK/etc" ] || return 1
    find "$WORK/site" -name '*.html' -exec python3 "$html/inert.py" {} +
}

# Two mails, three months apart.
silence_is_drawn() {
    for day in '5 Jan' '6 Apr'; do
        printf 'From a@example.org Mon Jan 6 00:00:00 2025\n'
        printf 'From: Ada <a@example.org>\nDate: %s 2025 10:00:00 +0000\n' "$day"
        printf 'Message-ID: <%s@example.org>\nSubject: Hello\n' "${day#* }"
        printf 'List-Id: <silent.example.org>\n\nText.\n\n'
    done >"$WORK/silent.mbox"
    pulse import "$WORK/silent.mbox" >"$WORK/import.log" 2>&1 &&
        publish --list silent.example.org "$WORK/silent" || return 1
    for page in index.html person/a-example-org-*.html; do
        # shellcheck disable=SC2086
        cat "$WORK/silent/silent.example.org/"$page >"$WORK/page" || return 1
        for month in '01: 1' '02: 0' '03: 0' '04: 1'; do
            grep -q "<title>2025-$month posts" "$WORK/page" || return 1
        done
        grep -q 'data-name="post">1<' "$WORK/page" &&
            ! grep -E 'data-name="(posts|patches|replies|sets|people)">1<' \
                "$WORK/page" || return 1
    done
}

# Mute writes a name at last: older pages of the same person show it.
a_name_that_comes_late_is_told() {
    month=0
    for from in 'mute@example.org' 'Bo <bo@example.org>' \
        'Mute Swan <mute@example.org>'; do
        month=$((month + 1))
        printf 'From a@example.org Mon Jan 6 00:00:00 2025\n'
        printf 'From: %s\nDate: 5 %s 2025 10:00:00 +0000\n' "$from" \
            "$(echo Jan Feb Mar | cut -d' ' -f$month)"
        printf 'Message-ID: <%s.mute@example.org>\nSubject: Hello\n' $month
        printf 'List-Id: <mute.example.org>\n\nText.\n\n'
    done >"$WORK/mute.mbox"
    for count in 18 9; do
        head -n -$count "$WORK/mute.mbox" >"$WORK/mute.part"
        pulse import "$WORK/mute.part" >"$WORK/import.log" 2>&1 &&
            publish --list mute.example.org "$WORK/mute" || return 1
        ! grep -q Swan "$WORK/mute/mute.example.org/2025-01.html" || return 1
    done
    pulse import "$WORK/mute.mbox" >"$WORK/import.log" 2>&1 &&
        publish --list mute.example.org "$WORK/mute" &&
        grep -q Swan "$WORK/mute/mute.example.org/2025-01.html" &&
        publish --list mute.example.org "$WORK/mute.new" &&
        diff -r --exclude=.listpulse "$WORK/mute" "$WORK/mute.new"
}

# As the settings name it.
a_group_is_its_lists() {
    cat >"$WORK/groups.conf" <<END
group "birds" {
    lists = { "kestrel-devel", "$OTHER_LIST" }
}
digest "weekly" {
    lists = { "birds", "kestrel-devel" }
    every = "week"
    publish = "$WORK/birds"
}
END
    pulse -c "$WORK/groups.conf" run weekly >"$WORK/out" 2>&1 || {
        cat "$WORK/out"
        return 1
    }
    [ -s "$WORK/birds/$SAMPLE_LIST/index.html" ] &&
        [ -s "$WORK/birds/$OTHER_LIST/index.html" ] &&
        [ ! -e "$WORK/birds/silent.example.org" ]
}

# with_groups TEXT: settings with that, and publish with them.
with_groups() {
    printf '%s\n' "$1" >"$WORK/group.conf"
    pulse -c "$WORK/group.conf" publish "$WORK/grouped" --list \
        "kestrel-devel,$OTHER_LIST" >"$WORK/out" 2>&1 || {
        cat "$WORK/out"
        return 1
    }
}

# Its page leads to its lists and back, counts what came to both once, and tells
# of no list that has no pages there.
a_group_has_a_page() {
    birds='group "birds" { title = "All <birds>"
        lists = { "kestrel-devel", "heron-net", "silent" } }'
    with_groups "$birds
        group \"quiet\" { lists = { \"silent\" } }" || return 1
    folder=$WORK/grouped
    for list in "$SAMPLE_LIST" "$OTHER_LIST"; do
        grep -q "href=\"../$list/index.html\"" "$folder/group/birds.html" &&
            grep -q '"../group/birds.html">All &lt;birds&gt;<' \
                "$folder/$list/index.html" || return 1
    done
    ! grep -q silent "$folder/group/birds.html" && [ ! -e "$folder/group/quiet.html" ] &&
        grep -q 'href="group/birds.html"' "$folder/index.html" &&
        python3 "$html/links.py" "$folder" || return 1
    python3 - "$folder" "$SAMPLE_LIST" "$OTHER_LIST" <<'END' || return 1
import json, sys
folder, *lists = sys.argv[1:]
both = json.load(open(f"{folder}/group/birds.json"))
shown = both["list"]["lists"]
assert [one["id"] for one in shown] == sorted(lists), shown
assert both["totals"]["posts"] == sum(one["posts"] for one in shown) > 0
assert json.load(open(f"{folder}/index.json"))["groups"] == [
    {"name": "birds", "title": "All <birds>", "page": "group/birds.html",
     "lists": 2}]
END
    with_groups "$birds" && grep -q '^wrote 0 files, removed 0,' "$WORK/out" ||
        return 1
    with_groups '' && [ ! -e "$folder/group/birds.html" ] &&
        [ ! -e "$folder/.listpulse/groups" ] && rmdir "$folder/group" &&
        ! grep -rq 'group/birds' "$folder" --include='*.html' &&
        rm -rf "$WORK/ungrouped" && publish "$WORK/ungrouped" --list \
        "kestrel-devel,$OTHER_LIST" &&
        diff -r --exclude=.listpulse "$folder" "$WORK/ungrouped"
}

# A stranger may give a list any name: none takes the place of a file of ours.
names_of_lists_take_nothing() {
    for name in index.html style.css group listpulse.js; do
        printf 'From a@example.org Mon Jan 6 00:00:00 2025\n'
        printf 'From: Ada <a@example.org>\nDate: 5 Jan 2025 10:00:00 +0000\n'
        printf 'Message-ID: <%s@example.org>\nSubject: Hello\n' $name
        printf 'List-Id: <%s>\n\nText.\n\n' $name
    done >"$WORK/names.mbox"
    (
        STATE=$WORK/names-state
        pulse import "$WORK/names.mbox" >"$WORK/import.log" 2>&1 &&
            publish "$WORK/names" && [ -f "$WORK/names/index.html" ] &&
            [ -f "$WORK/names/style.css" ] &&
            [ -s "$WORK/names/index.html_/index.html" ] &&
            [ -s "$WORK/names/group_/index.html" ] &&
            python3 "$html/links.py" "$WORK/names"
        result=$?
        pulse redis stop >"$WORK/stop.log" 2>&1
        exit $result
    )
}

is_small() {
    find "$site" -name '*.html' -size +150k >"$WORK/large"
    cat "$WORK/large"
    [ ! -s "$WORK/large" ]
}

same_as_new() {
    rm -rf "$WORK/fresh"
    publish "$WORK/fresh" || return 1
    diff -r --exclude=.listpulse "$site" "$WORK/fresh" >"$WORK/difference" &&
        return 0
    head -n 30 "$WORK/difference"
    return 1
}

one_mail() {
    cat <<'MAIL'
From ada@example.org Thu Oct  1 06:00:00 2026
From: Ada Reviewer <ada@example.org>
Date: Thu, 01 Oct 2026 06:00:00 +0000
List-Id: <heron-net.lists.example.net>
Message-ID: <one-new-mail@example.org>
Subject: something else

Hello.
MAIL
}

one_mail_changes_its_pages_only() {
    snapshot "$site" >"$WORK/before"
    one_mail >"$WORK/one.mbox"
    pulse import "$WORK/one.mbox" >"$WORK/import.log" 2>&1 &&
        publish "$site" || return 1
    snapshot "$site" >"$WORK/after"
    diff "$WORK/before" "$WORK/after" | sed -n 's/^[<>] \.\///p' |
        sed 's/ .*//' | grep -v '^\.listpulse/' | sort -u >"$WORK/changed"
    grep -vE "^($OTHER_LIST/|index\.)" "$WORK/changed" && return 1
    grep -q "^$OTHER_LIST/2026-10.html$" "$WORK/changed" &&
        grep -q "^$OTHER_LIST/2026-W40.html$" "$WORK/changed" &&
        grep -q "^$OTHER_LIST/person/ada-example-org-" "$WORK/changed" &&
        ! grep -q "/set/" "$WORK/changed"
}

# The mails of the sample one after another, published after each eighth.
grows_to_the_same() {
    (
        STATE=$WORK/slow-state
        site=$WORK/slow
        perl -e '
            open(my $in, "<:raw", $ARGV[0]) or die;
            local $/;
            my @mails = split /^(?=From )/m, <$in>;
            my $file = 0;
            while (my @some = splice @mails, 0, 8) {
                open(my $out, ">:raw", sprintf "%s/slow-%03d", $ARGV[1], $file++);
                print $out @some;
            }' "$SAMPLE" "$WORK"
        for part in "$WORK"/slow-[0-9]*; do
            pulse import "$part" >"$WORK/import.log" 2>&1 &&
                publish "$site" || exit 1
        done
        same_as_new
        result=$?
        pulse redis stop >"$WORK/stop.log" 2>&1
        exit $result
    )
}

forgets() {
    echo mine >"$site/mine.html"
    for n in 1 2 3 4 5 6; do
        pulse forget kestrel-devel --author "../eve'$n@evil.example" \
            >"$WORK/forget.log" || return 1
    done
    publish "$site" && [ -s "$site/mine.html" ] || return 1
    rm "$site/mine.html"
    grep -rlE 'onerror|evil\.example' "$site" | grep -v '\.listpulse/' |
        head -n 3 >"$WORK/left"
    cat "$WORK/left"
    [ ! -s "$WORK/left" ] && same_as_new
}

refuses_a_second() {
    flock "$site/.listpulse/lock" "$LISTPULSE" --state "$STATE" publish \
        "$site" >"$WORK/out" 2>"$WORK/err"
    [ $? -eq 1 ] && grep -q 'another listpulse is writing there' "$WORK/err"
}

# With the hostile mail.
formats_agree() {
    for format in json csv atom; do
        pulse digest kestrel-devel --since 2025-01-01 --sections patches \
            --format $format >"$WORK/digest.$format" || return 1
    done
    python3 "$html/formats.py" "$WORK/digest.json" "$WORK/digest.csv" \
        "$WORK/digest.atom"
}

csv_is_one_table() {
    complains 2 'is one table' pulse digest kestrel-devel --format csv &&
        complains 2 'is one table' pulse digest kestrel-devel --format csv \
            --sections patches,applied &&
        pulse digest kestrel-devel --since 2025-01-01 --format csv \
            --sections totals >"$WORK/totals" &&
        [ "$(wc -l <"$WORK/totals")" -eq 2 ]
}

links_resolve() {
    python3 "$html/links.py" "$site"
}

ok 'the sample is published' imports_and_publishes
ok 'a second run writes nothing' writes_nothing_twice
ok 'hostile mail is inert' is_inert
ok 'every link leads somewhere' links_resolve
ok 'CSV and Atom tell what JSON tells' formats_agree
ok 'CSV is one table' csv_is_one_table
if have tidy; then
    ok 'every page is tidy' is_tidy
else
    ok 'every page is tidy # SKIP tidy is not here' true
fi
if have xmllint; then
    ok 'feeds are XML and JSON' feeds_are_xml
else
    ok 'feeds are XML and JSON # SKIP xmllint is not here' true
fi
ok 'every page has its policy' has_a_policy
ok 'no page is larger than 150 KB' is_small
ok 'one new mail changes its pages only' one_mail_changes_its_pages_only
ok 'a folder holds what a new one would' same_as_new
ok 'also if it grew mail by mail' grows_to_the_same
ok 'what is forgotten is gone, and nothing else' forgets
ok 'two runs at a time are refused' refuses_a_second
ok 'silent months have their place, one is no plural' silence_is_drawn
ok 'a name that comes late is told' a_name_that_comes_late_is_told
ok 'a group is its lists, in run, too' a_group_is_its_lists
ok 'a group has a page of its own' a_group_has_a_page
ok 'names of lists take the place of no file' names_of_lists_take_nothing
