#!/bin/sh
# Finding: formail -s does not split an mbox whose lines end in CR LF: all of it is
#          the first mail, and the exit status is 0. A line of CR alone is no blank
#          line to it, and a From line counts only behind a blank one.
# Guess:   it splits at From lines whatever the ends of lines, as git mailsplit and
#          Python's mailbox do.
# Seen:    procmail 3.22-27 (Debian 12), 3.24+really3.22-4 (Debian 13).
# Hurts:   who feeds mailboxes of Windows (Thunderbird) or of a transfer in text
#          mode to formail -s and sendmail or procmail: one huge mail arrives in
#          place of thousands. Pipe through tr -d '\r' or sed 's/\r$//' first.
. "$(dirname "$0")/common"
packages bookworm procmail=3.22-27

# mails END: into how many mails an mbox of two with such ends of lines falls.
mails() {
    for subject in one two; do
        printf '%s%b' 'From ada@example.org Tue Mar 11 07:45:00 2025' "$1" \
            'From: Ada <ada@example.org>' "$1" "Subject: $subject" "$1" '' "$1" \
            'Hello.' "$1" '' "$1"
    done >"$WORK/mbox"
    rm -rf "$WORK/split"
    mkdir "$WORK/split"
    # shellcheck disable=SC2016
    status=0
    WORK=$WORK "$ROOT/usr/bin/formail" -s sh -c 'cat >"$WORK/split/$FILENO"' \
        <"$WORK/mbox" || status=$?
    echo "$(ls "$WORK/split" | wc -l) mails, status $status"
}
expect 'lines that end in LF' '2 mails, status 0' "$(mails '\n')"
expect 'lines that end in CR LF' '1 mails, status 0' "$(mails '\r\n')"
