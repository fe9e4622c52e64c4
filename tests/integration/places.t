#!/bin/sh
# max_lists: who has no place waits, and its mails in the journal; places are
# given back by forget --all, by the settings, and by lists that hardly have
# mail. Nothing that waited is lost.
. "$top_srcdir/tests/integration/lib.sh"
. "$top_srcdir/tests/integration/milter.sh"
plan 13

places() { # N
    printf 'max_lists = %s\nplace_posts = 3\n' "$1" >"$WORK/listpulse.conf"
    chmod 644 "$WORK/listpulse.conf"
    CONF=$WORK/listpulse.conf
}
sent=0
send() { # LIST COUNT
    sent=$((sent + 1))
    client drive -n "$2" -r 0 -k 1 --lists "$1.lists.example.org" \
        --tag "part$sent" >>"$WORK/drive.log"
}
has() { # LIST COUNT
    wait_until 20 has_posts "$1.lists.example.org" "$2" || {
        listpulse lists
        tail -n 20 "$WORK/milter.log"
        return 1
    }
}
waiting() {
    listpulse status --json | sed -n 's/^ *"waiting_lists": \([0-9]*\),*$/\1/p'
}
waits() { # COUNT
    wait_until 20 sh -c "[ \"\$('$LISTPULSE' --state '$STATE' --redis '$REDIS' status --json |
        sed -n 's/^ *\"waiting_lists\": \([0-9]*\),*$/\1/p')\" = $1 ]" || {
        echo "waiting: $(waiting)"
        return 1
    }
}

start_redis
places 2
milter_here
send busy 5
send quiet 1
taken_in() {
    has busy 5 && has quiet 1
}
ok 'lists are taken in while there are places' taken_in

send new 2
ok 'one more has to wait' waits 1
said() {
    logged 'list new.lists.example.org is not counted: there are max_lists' &&
        listpulse status | grep -q '1 lists wait for a place' &&
        listpulse lists 2>&1 >/dev/null | grep -q '1 lists wait for a place' &&
        listpulse lists 2>&1 >/dev/null | grep -q 'max_lists already'
}
ok 'the log, status and lists say so' said
ok 'and it is not counted' sh -c "! '$LISTPULSE' --state '$STATE' --redis '$REDIS' lists 2>/dev/null | grep -q ^new"

send new 1
ok 'with enough posts it gets the place of one that had fewer' has new 3
ok 'nobody waits any more' waits 0
send quiet 1
ok 'what that one had stays, and is counted on' has quiet 2

send invented 4
ok 'where all lists have mail, a new one waits' waits 1
kept_waiting() {
    wait_until 20 milter_is_idle
    kill -9 "$MILTER_PID"
    wait "$MILTER_PID" 2>/dev/null
    rm -f "$SOCKET"
    milter_here
    waits 1
}
ok 'also after the milter was killed' kept_waiting
freed() {
    listpulse forget busy.lists.example.org --all >"$WORK/forget" &&
        listpulse forget quiet.lists.example.org --all >>"$WORK/forget" &&
        has invented 4
}
ok 'forget --all frees a place, at once, and what waited is counted' freed

send later 2
ok 'the next one waits' waits 1
raised() {
    places 3
    kill -USR1 "$MILTER_PID"
    has later 2
}
ok 'until the settings have more places' raised
ok 'the counters agree' listpulse verify
stop_milter
