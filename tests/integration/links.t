#!/bin/sh
# SPDX-License-Identifier: MIT
# Links to the archive that a list's own mail tells: in digests, on a site and
# in show; not where a stranger alone tells them, nor against the settings.
. "${top_srcdir:?run by make check}/tests/integration/command.sh"
have redis-server || skip_all 'redis-server is not here'
plan 9

list=wren-devel.lists.wren.example

# mails FIRST LAST URL: a patch an hour, URL with its Message-ID behind it.
mails() {
    for number in $(seq "$1" "$2"); do
        hour=$(printf %02d $((number % 24)))
        day=$(printf %02d $((1 + number / 24)))
        cat <<END
From wren Mon Mar 10 00:00:00 2025
From: Wren $((number % 7)) <w$((number % 7))@wren.example>
Subject: [PATCH] song $number
Message-ID: <$number/x@wren.example>
Date: $day Mar 2025 $hour:00:00 +0100
List-Id: <$list>
Archived-At: <$3/$number%2Fx@wren.example/>

Sing.

Signed-off-by: Wren <w@wren.example>
---
 song | 1 +

diff --git a/song b/song
--- a/song
+++ b/song
@@ -0,0 +1 @@
+song $number

END
    done
}

own=https://archive.wren.example/wren-devel
evil=https://archive.robin.example/wren-devel
march='--since 2025-03-01 --until 2025-04-01'

links_of() { # FORMAT
    # shellcheck disable=SC2086
    pulse digest $list $march --format "$1" >"$WORK/digest.$1" || return 1
    grep -o 'https\{0,1\}://[a-z./-]*example[^"<> ]*' "$WORK/digest.$1" |
        sort -u >"$WORK/links"
}

there_are_none() {
    links_of text && [ ! -s "$WORK/links" ] || { cat "$WORK/links"; return 1; }
}

rows_lead_to_posts() {
    for format in text html json markdown; do
        links_of $format && grep -qxF "$own/7%2Fx@wren.example/" "$WORK/links" ||
            { echo "$format"; head "$WORK/links"; return 1; }
    done
}

show_says_whence() {
    pulse show $list '<7/x@wren.example>' >"$WORK/shown" &&
        grep -qF "link         $own/7%2Fx@wren.example/" "$WORK/shown" &&
        grep -qF "learnt from the list's mail" "$WORK/shown" &&
        pulse show --json $list '<7/x@wren.example>' >"$WORK/shown.json" &&
        grep -qF '"url_from": "mail"' "$WORK/shown.json"
}

pages_lead_to_posts() {
    pulse publish "$WORK/site" >"$WORK/publish.log" &&
        grep -rqF "$own/7%2Fx@wren.example/" "$WORK/site" --include='*.html'
}

forged_ones_change_nothing() {
    mails 30 34 $evil >"$WORK/evil.mbox"
    pulse import "$WORK/evil.mbox" >"$WORK/import.log" && links_of html &&
        grep -qF $own "$WORK/links" && ! grep -F $evil "$WORK/links"
}

many_forged_ones_lead_nowhere() {
    mails 35 90 $evil >"$WORK/evil.mbox"
    pulse import "$WORK/evil.mbox" >"$WORK/import.log" && there_are_none
}

with_settings() { # LINE
    printf 'list "%s" {\n%s\n}\n' $list "$1" >"$WORK/links.conf"
    # shellcheck disable=SC2086
    "$LISTPULSE" -c "$WORK/links.conf" --state "$STATE" digest $list $march
}

settings_win() {
    with_settings 'archive = "https://a.example/{message-id-hash}/"' \
        >"$WORK/digest" &&
        grep -q '^https://a.example/[A-Z2-7]\{32\}/$' "$WORK/digest" &&
        ! grep -F wren.example/wren-devel "$WORK/digest"
}

# What an export tells is learnt from as the mail itself.
exports_tell_it() {
    pulse export $list >"$WORK/export.json" &&
        mkdir -p "$WORK/other" &&
        "$LISTPULSE" --state "$WORK/other" import "$WORK/export.json" \
            >"$WORK/import.log" &&
        "$LISTPULSE" --state "$WORK/other" show $list '<7/x@wren.example>' \
            >"$WORK/shown.other"
    taken=$?
    "$LISTPULSE" --state "$WORK/other" redis stop >/dev/null
    [ $taken -eq 0 ] && same "$WORK/shown" "$WORK/shown.other"
}

mails 0 23 $own >"$WORK/own.mbox"
pulse import "$WORK/own.mbox" >"$WORK/import.log" 2>&1 ||
    bail_out 'the mails cannot be imported'
ok 'a few posts tell nothing' there_are_none
mails 24 29 $own >"$WORK/own.mbox"
ok 'more come' pulse import "$WORK/own.mbox"
ok 'rows lead to the posts' rows_lead_to_posts
ok 'show says who told it' show_says_whence
ok 'so does an export' exports_tell_it
ok 'pages lead to the posts' pages_lead_to_posts
ok 'a few forged headers change nothing' forged_ones_change_nothing
ok 'many of them lead nowhere' many_forged_ones_lead_nowhere
ok 'settings win' settings_win
