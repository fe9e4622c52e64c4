#!/bin/sh
# One life, or one journal, ends and another begins: what the former had
# answered for, and no file has, is named by the latter, however young it was.
# See "What is safe" in lib/journal/health.h.
. "$top_srcdir/tests/integration/lib.sh"
. "$top_srcdir/tests/integration/milter.sh"
. "$top_srcdir/tests/faults/judge.sh"
needs python3
plan 20
exec 3>&1

start_redis
milter_here
mails=${LISTPULSE_FAULT_MAILS:-200}

hold_redis() {
    kill -STOP "$REDIS_PID"
}
release_redis() {
    kill -CONT "$REDIS_PID"
}
# calm: all is counted, and Redis and the status file say so.
calm() {
    begin
    drive 20 0 && wait_until 30 caught_up && sleep 1.5
}
# journal STATEMENT: prints the first column of its rows.
journal() {
    python3 -c '
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], timeout=20, isolation_level=None)
for row in database.execute(sys.argv[2]):
    print(row[0])' "$STATE/journal.db" "$1"
}
# hold_journal SECONDS: nobody else can write to it; as a slow disk would.
hold_journal() {
    rm -f "$WORK/held"
    python3 -c '
import sqlite3, sys, time
database = sqlite3.connect(sys.argv[1], timeout=20, isolation_level=None)
database.execute("BEGIN IMMEDIATE")
open(sys.argv[3], "w").close()
time.sleep(float(sys.argv[2]))' "$STATE/journal.db" "$1" "$WORK/held" &
    holder=$!
    pids="$holder $pids"
    wait_until 10 test -e "$WORK/held"
}
stop_holding() {
    kill "$holder"
    wait "$holder" 2>/dev/null
    return 0
}
nothing_named() {
    judged "$@" && [ "$(number named)" = 0 ]
}
all_named() { # none of them can have been counted
    judged "$@" && [ "$(number named)" -ge "$mails" ]
}
# freeze: the process stands still for longer than an MTA waits, with mail that
# passes it.
freeze() {
    drive "$mails" 100 --limit 1000 --patient --log-passed &
    driving=$!
    sleep 0.5
    kill -STOP "$MILTER_PID"
    sleep 3.5
    kill -CONT "$MILTER_PID"
    wait "$driving"
}
stood_still() {
    journal 'SELECT why FROM gaps' | grep -q 'stood still'
}

# ---- what waits in memory when the process dies --------------------------------------

late() { # answered for, but the journal was busy
    calm || return 1
    hold_journal 20
    drive "$mails" 0 -k 32 || return 1
    sleep 1.5 # it says that it is alive meanwhile
    kill_milter
    stop_holding
    milter_here
    all_named 'killed while the journal was busy'
}
ok 'mails that wait for the journal die with the milter, and are named' late

twice() { # a gap waits, and the next life dies too
    calm || return 1
    processor=$(processor)
    hold_redis
    kill -STOP "$processor"
    drive "$mails" 0 || return 1
    sleep 1.5
    kill_milter
    rm -f "$STATE"/journal.db*
    milter_here
    hold_journal 20
    sleep 1.5
    kill_milter
    stop_holding
    rm -f "$STATE"/journal.db*
    milter_here
    release_redis
    all_named 'killed twice, the journal gone each time'
}
ok 'nor is the gap of a life forgotten that its next one could not name' twice

# ---- a journal that is gone, with rows that came a moment ago ------------------------

gone() { # nobody had measured what waits
    calm || return 1
    kill -STOP "$(processor)"
    drive "$mails" 0 || return 1
    sleep 1.5
    kill_milter
    rm -f "$STATE"/journal.db*
    milter_here
    all_named 'journal gone with rows that nobody had measured'
}
ok 'what waited in a journal that is gone is named' gone

# garble: all that came since the last checkpoint, as its reader will see it.
garble() {
    python3 -c '
import os, sys
with open(sys.argv[1], "r+b") as log:
    length = os.fstat(log.fileno()).st_size
    frame = 24 + 4096
    for at in range(32, length - frame + 1, frame):
        log.seek(at + 24)
        log.write(os.urandom(4096))' "$STATE/journal.db-wal"
}
found_late() {
    calm || return 1
    : >"$WORK/milter.log"
    processor=$(processor)
    kill -STOP "$processor"
    drive "$((mails * 3))" 0 -s 8000 || return 1
    sleep 3
    garble
    kill -CONT "$processor"
    wait_until 20 logged 'is damaged' || return 1
    judged 'damage that is found three seconds late'
}
ok 'rows that are older than the moment when damage is found are named' found_late
ok 'and some were damaged' test "$(number named)" -gt 0

hole() { # SQLite sees nothing amiss, but rows are missing
    calm || return 1
    hold_redis
    drive "$mails" 0 || return 1
    sleep 1
    last=$(journal 'SELECT max(row) FROM mail')
    journal "DELETE FROM mail WHERE row BETWEEN $((last - 59)) AND $((last - 40))"
    delete_journal || return 1
    release_redis
    judged 'twenty rows gone from a journal that is replaced'
}
sleep 10 # another journal is begun every ten seconds
ok 'rows that are not in a journal any more are named' hole
ok 'all of them' test "$(number named)" -ge 20
end_missing() {
    calm || return 1
    hold_redis
    drive "$mails" 0 || return 1
    sleep 1
    last=$(journal 'SELECT max(row) FROM mail')
    journal "DELETE FROM mail WHERE row > $((last - 20))"
    delete_journal || return 1
    release_redis
    judged 'the last twenty rows gone'
}
sleep 10
ok 'the last ones too' end_missing
ok 'all of these' test "$(number named)" -ge 20

# ---- gaps of a journal that is replaced ------------------------------------------------

gap_inherited() { # Redis was not told of it
    begin
    freeze
    judged 'milter frozen' || return 1
    begin
    hold_redis
    freeze
    wait_until 20 stood_still && sleep 1 && delete_journal || return 1
    release_redis
    judged 'milter frozen, then its journal deleted, Redis away'
}
sleep 10
ok 'a gap outlives its journal' gap_inherited
ok 'and mail had passed' test "$(number named)" -gt 0
ok 'no gap is told twice' test "$(gap_values | sort | uniq -d | wc -l)" = 0

gaps_damaged() { # the gaps cannot be read
    calm
    hold_redis
    freeze
    wait_until 20 stood_still || return 1
    sleep 1
    : >"$WORK/milter.log"
    journal 'DELETE FROM gaps WHERE gap = (SELECT max(gap) FROM gaps)'
    delete_journal || return 1
    release_redis
    judged 'milter frozen, then a journal that has lost its gaps'
}
sleep 10
ok 'where gaps cannot be read, all since then is one' gaps_damaged
ok 'and mail had passed then' test "$(number named)" -gt 0

# ---- gaps of hosts that are copies -------------------------------------------------------

# Both journals have the same id, and give the same number to different gaps; as
# long as each has mail of other lists, neither finds out. So it is where a copy
# cannot be told by its file: with one that does not know where it is at home.
copies() {
    calm || return 1
    begin
    kill "$MILTER_PID" && wait "$MILTER_PID"
    mkdir -p "$WORK/copy"
    journal "DELETE FROM meta WHERE name LIKE 'home%'"
    cp -a "$STATE"/journal.db* "$STATE/milter.status" "$WORK/copy/"
    milter_here
    (
        STATE=$WORK/copy SOCKET=$WORK/run/copy.sock
        driven=100
        : >"$SENT.copy"
        SENT=$SENT.copy
        LISTS=plover.lists.example.org
        milter_here
        freeze
        sleep 3
        stop_milter
    )
    lists=$LISTS
    LISTS=crane.lists.example.org
    freeze
    LISTS=$lists
    cat "$SENT.copy" >>"$SENT"
    wait_until 20 is_named
    judged 'two hosts with one journal, both frozen'
}
is_named() {
    verdict >"$WORK/verdict" 2>/dev/null
}
ok 'two hosts with one journal name the gaps of both' copies
ok 'mail had passed both' test "$(number named)" -gt 1

# ---- two files that do not belong together ---------------------------------------------

# replace: an older journal over that which is there, whose log stays.
copy_journal() {
    wait_until 30 caught_up && sleep 1.5
    cp -a "$STATE/journal.db" "$WORK/older.db"
}
put_older() {
    cp -a "$WORK/older.db" "$WORK/newer.db"
    mv "$WORK/newer.db" "$STATE/journal.db"
}
mixed_at_start() {
    calm && copy_journal || return 1
    drive "$mails" 0 && wait_until 30 caught_up && sleep 1 || return 1
    hold_redis
    drive "$mails" 0 || return 1
    : >"$WORK/milter.log"
    kill_milter
    put_older
    milter_here
    release_redis
    # some are counted: they were on their way to Redis already
    logged 'was replaced, its log was not' &&
        judged 'an older journal with a newer log' && [ "$(number named)" -gt 0 ]
}
ok 'a journal is not read with the log of another' mixed_at_start

mixed_under_way() { # a processor starts before the collector has seen it
    calm && copy_journal || return 1
    drive "$mails" 0 && wait_until 30 caught_up && sleep 1 || return 1
    for turn in 1 2 3; do
        hold_redis
        drive "$mails" 0 || return 1
        : >"$WORK/milter.log"
        processor=$(processor)
        put_older
        kill -9 "$processor"
        drive "$mails" 0
        wait_until 20 logged 'was deleted or replaced' || return 1
        release_redis
        [ "$turn" = 3 ] || sleep 10
    done
    nothing_named 'journal replaced, and another processor at once'
}
sleep 10
ok 'nor by a processor that is just starting' mixed_under_way
ok 'the counters agree' listpulse verify

# ---- nothing was lost, nothing is named -------------------------------------------------

in_order() { # SIGTERM: a gap of that moment, no more
    calm
    before=$(date +%s%3N)
    kill "$MILTER_PID" && wait "$MILTER_PID"
    after=$(date +%s%3N)
    rm -f "$SOCKET"
    milter_here
    wait_until 20 stopped_just_then && return 0
    echo "stopped between $before and $after; gaps:"
    gap_values
    return 1
}
# There is a gap since then; such of former stops are there, too.
stopped_just_then() {
    gap_values | grep 'was stopped' | while read -r from _; do
        [ "$from" -gt $((before - 1500)) ] &&
            [ "$from" -lt $((after + 1500)) ] && echo "$from"
    done | grep -q .
}
ok 'a stop in order names its own time only' in_order
stop_milter
