#!/bin/sh
# The status counters after kill -9: the file is a second old then, but the
# journal is not, and so they are what the journal and Redis hold.
. "$top_srcdir/tests/integration/lib.sh"
. "$top_srcdir/tests/integration/milter.sh"
. "$top_srcdir/tests/faults/judge.sh"
needs python3
plan 5
exec 3>&1

start_redis
milter_here
mails=${LISTPULSE_FAULT_MAILS:-300}

counter() {
    listpulse status --json | sed -n "s/^ *\"$1\": \([0-9]*\),*\$/\1/p" | head -n 1
}
rows() {
    python3 -c '
import sqlite3, sys
journal = sqlite3.connect(sys.argv[1], timeout=20)
print(journal.execute("SELECT count(*) FROM mail").fetchone()[0])' "$STATE/journal.db"
}
posts_in_redis() {
    "$top_builddir/tests/faults/counted" "$REDIS" "$STATE" | wc -l
}
calm() {
    wait_until 30 caught_up && sleep 1.5
}
# is_right COUNTER NUMBER
is_right() {
    [ "$(counter "$1")" = "$2" ]
}
kept() {
    wait_until 5 is_right kept "$(rows)" ||
        { echo "kept $(counter kept), rows $(rows)"; false; }
}
counted() {
    wait_until 5 is_right counted "$(posts_in_redis)" ||
        { echo "counted $(counter counted), posts $(posts_in_redis)"; false; }
}

collector() { # in the midst of mail, six times, then at rest
    for turn in 1 2 3 4 5 6; do
        driven=$((driven + 1)) # as drive does, in the background
        drive "$mails" 600 --patient &
        driving=$!
        sleep "0.$turn"
        kill_milter
        wait "$driving"
        milter_here
    done
    driven=$((driven + 1))
    drive "$mails" 0
    sleep 0.1 # before the status file is written the next time
    kill_milter
    milter_here
    calm
    kept
}
ok 'what a killed collector kept is known' collector
ok 'and so is what was counted' counted

processor_killed() {
    for turn in 1 2 3 4 5 6; do
        driven=$((driven + 1)) # as drive does, in the background
        drive "$mails" 600 &
        driving=$!
        sleep "0.$turn"
        kill -9 "$(processor)"
        wait "$driving"
        wait_until 20 has_processor
    done
    calm
    counted
}
ok 'what a killed processor counted is known' processor_killed
disconnected() {
    for turn in 1 2 3 4 5 6; do
        driven=$((driven + 1)) # as drive does, in the background
        drive "$mails" 600 &
        driving=$!
        sleep "0.$turn"
        redis client kill type normal >/dev/null
        wait "$driving"
    done
    calm
    counted
}
ok 'and what was counted as a connection broke' disconnected
ok 'as many were kept as there are rows' kept
stop_milter
