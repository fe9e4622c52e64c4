#!/bin/sh
# Finding: git mailsplit, and with it git am, wants the year right behind the time
#          in an mbox's From line: "From 1@xxx Tue Mar 11 07:45:00 +0000 2025", as
#          Google Takeout writes it, or "07:45:00 MET 2025" is "corrupt mailbox",
#          and behind a first line of another form it is text of the mail before.
# Guess:   a From line is "From ", a sender and some date, behind a blank line.
# Seen:    git 1:2.39.5-0+deb12u3 (Debian 12), 1:2.47.3-0+deb13u1 (Debian 13).
# Hurts:   who applies patches out of an exported mailbox, or takes mailsplit for a
#          reader of mboxes: where dialects are mixed, mails vanish in others
#          without a word. Take the zone out of From lines first (sed).
. "$(dirname "$0")/common"
packages bookworm git=1:2.39.5-0+deb12u3

# mails POSTMARK POSTMARK: into how many mails git splits these two.
mails() {
    for line; do
        printf '%s\nFrom: Ada <ada@example.org>\nSubject: x\n\nHello.\n\n' \
            "$line"
    done >"$WORK/mbox"
    rm -rf "$WORK/split"
    mkdir "$WORK/split"
    "$ROOT/usr/bin/git" mailsplit -o"$WORK/split" "$WORK/mbox" 2>&1
}
plain='From ada@example.org Tue Mar 11 07:45:00 2025'
expect 'no zone' 2 "$(mails "$plain" "$plain")"
expect 'a zone behind the year' 2 "$(mails "$plain +0000" "$plain +0000")"
takeout='From 1482733441@xxx Tue Mar 11 07:45:00 +0000 2025'
expect 'a zone before the year, by number' 'corrupt mailbox' \
    "$(mails "$takeout" "$takeout")"
named='From ada@example.org Tue Mar 11 07:45:00 MET 2025'
expect 'a zone before the year, by name' 'corrupt mailbox' \
    "$(mails "$named" "$named")"
expect 'the second of two mails' 1 "$(mails "$plain" "$takeout")"
expect 'the same without the zone' 2 "$(mails "$plain" "$(echo "$takeout" |
    sed 's/\(:[0-9][0-9]\) [-+A-Z0-9]* \([0-9]*\)$/\1 \2/')")"
