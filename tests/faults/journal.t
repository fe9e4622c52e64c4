#!/bin/sh
# The journal is not what it was: older than Redis, another host's, without its
# log, damaged, deleted. Nothing is lost without a word, nothing doubled.
. "$top_srcdir/tests/integration/lib.sh"
. "$top_srcdir/tests/integration/milter.sh"
. "$top_srcdir/tests/faults/judge.sh"
plan 26
exec 3>&1

start_redis
milter_here
mails=${LISTPULSE_FAULT_MAILS:-300}

copy_state() { # FROM TO: as a backup would
    rm -rf "$2"
    mkdir -p "$2"
    cp -a "$1"/journal.db* "$1/milter.status" "$2/"
}
restore_state() {
    rm -f "$STATE"/journal.db* "$STATE/milter.status"
    cp -a "$1"/. "$STATE/"
}
restore_in_place() { # into the files that are there: nobody can tell
    rm -f "$STATE/journal.db-shm"
    for file in journal.db journal.db-wal milter.status; do
        cat "$1/$file" >"$STATE/$file"
    done
}
journal_id() {
    listpulse status --json | sed -n 's/.*"journal_id": "\(.*\)".*/\1/p'
}

# ---- older than Redis ------------------------------------------------------------

restored() { # HOW: with what came before a backup and after it
    begin
    drive "$mails" 0 && wait_until 30 caught_up || return 1
    copy_state "$STATE" "$WORK/backup"
    drive "$mails" 0 && wait_until 30 caught_up || return 1
    kill_milter
    : >"$WORK/milter.log"
    "$1" "$WORK/backup"
    milter_here
    drive $((mails * 2)) 0 && judged 'journal restored from a backup'
}
ok 'a journal of before is followed by no silent loss' restored restore_state
ok 'every mail is counted, and none is named' test "$(number named)" = 0
ok 'it has an id of its own since its start' logged 'the journal is a copy'
ok 'nor one that looks like the file that was there' restored restore_in_place
ok 'every mail is counted here, too' test "$(number named)" = 0
ok 'its end is named as a gap' has_gap 'came back older than Redis'

no_log() { # what was not moved to the file yet is gone
    begin
    drive "$mails" 0 && wait_until 30 caught_up || return 1
    kill_milter
    rm -f "$STATE"/journal.db-wal "$STATE"/journal.db-shm
    milter_here
    drive "$mails" 0 && judged 'write-ahead log lost'
}
ok 'a journal without its log, too' no_log

uncounted() { # Redis is away, and the journal's end goes
    begin
    kill -STOP "$REDIS_PID"
    drive "$mails" 0 || return 1
    kill_milter
    kill -CONT "$REDIS_PID"
    rm -f "$STATE"/journal.db-wal "$STATE"/journal.db-shm
    milter_here
    drive "$mails" 0 && judged 'log lost with uncounted mail in it'
}
ok 'a log with uncounted mail in it is lost with a word' uncounted

# ---- a list that is held, and Redis older -------------------------------------------

# Nobody asks Redis for its place as long as it is held.
held() {
    begin
    drive "$mails" 0 && wait_until 30 caught_up && redis save >/dev/null || return 1
    drive "$mails" 0 && wait_until 30 caught_up || return 1
    redis hset 'lp:{heron.lists.example.org}:meta' format 99 >/dev/null
    drive "$mails" 0 && will_log 'heron.lists.example.org is held back' || return 1
    kill -9 "$REDIS_PID"
    wait "$REDIS_PID" 2>/dev/null
    start_redis
    judged 'a list held back while Redis came back older' &&
        [ "$(number named)" = 0 ]
}
ok 'a list that is held back loses nothing with Redis' held

# ---- a copy of another host's --------------------------------------------------------

cloned() {
    begin
    kill "$MILTER_PID" && wait "$MILTER_PID"
    copy_state "$STATE" "$WORK/clone"
    milter_here
    (
        STATE=$WORK/clone SOCKET=$WORK/run/clone.sock
        driven=100
        milter_here
        drive "$mails" 0 --log "$SENT.clone"
        drive "$mails" 300 --log "$SENT.clone"
        wait_until 60 milter_is_idle
        stop_milter
    ) &
    clone=$!
    drive "$mails" 200
    drive "$mails" 0
    wait "$clone" || return 1
    cat "$SENT.clone" >>"$SENT"
    judged 'two hosts with one journal'
}
ok 'two hosts that were one lose nothing' cloned
ok 'and need no word for it' test "$(number named)" = 0

replaced_by_copy() { # of a host that goes on, with mail in it that waits
    begin
    (
        STATE=$WORK/other SOCKET=$WORK/run/other.sock SENT=$SENT.other
        : >"$SENT"
        driven=200
        mkdir -p "$STATE"
        milter_here
        drive 20 0 && wait_until 30 milter_is_idle && sleep 1.5
        kill -STOP "$REDIS_PID"
        drive "$mails" 0
        kill_milter
    )
    kill -CONT "$REDIS_PID"
    wait_until 30 milter_is_idle && sleep 1.5
    family="$MILTER_PID $(processor)"
    # shellcheck disable=SC2086 # pids
    kill -STOP $family
    rm -rf "$WORK/other"
    copy_state "$STATE" "$WORK/other"
    # shellcheck disable=SC2086
    kill -CONT $family
    (
        STATE=$WORK/other SOCKET=$WORK/run/other.sock
        milter_here
        wait_until 60 milter_is_idle && sleep 1.5
        stop_milter
    )
    cat "$SENT.other" >>"$SENT"
    judged "a journal with mail in it, replaced by another host's"
}
ok 'what waited where a copy was put is named' replaced_by_copy
ok 'some did' test "$(number named)" -gt 0
ok 'their gap has been told once' test \
    "$(gap_values | sort | uniq -d | wc -l)" = 0
ok 'the counters agree' listpulse verify

# ---- counters -----------------------------------------------------------------------

kept() {
    listpulse status --json | sed -n 's/^ *"kept": \([0-9]*\),*$/\1/p'
}
kept_at_least() {
    [ "$(kept)" -ge "$1" ]
}
killed() { # before the status file is written the next time
    wait_until 20 caught_up
    before=$(kept)
    drive "$mails" 0 || return 1
    kill_milter
    milter_here
    wait_until 20 kept_at_least $((before + mails))
}
ok 'a killed collector has not forgotten what it kept' killed

# ---- damaged, deleted, replaced ------------------------------------------------------

hold_redis() {
    kill -STOP "$REDIS_PID"
}
release_redis() {
    kill -CONT "$REDIS_PID"
}
# With mail in it that is not counted, and all of it in the file.
with_backlog() {
    begin
    hold_redis
    drive "$mails" 0 || return 1
    kill_milter
    milter_here
}
# damage N: random bytes over so many of the last pages, where the newest rows
# are, as a bad disk would.
damage() {
    perl -e '
        my ($path, $count) = @ARGV;
        open(my $file, "+<:raw", $path) or die "$path: $!\n";
        my $pages = (-s $path) / 4096;
        for (1 .. $count) {
            my $page = $pages - 1 - int rand($pages > 201 ? 200 : $pages - 1);
            seek $file, $page * 4096, 0;
            print {$file} join "", map { chr int rand 256 } 1 .. 4096;
        }' "$STATE/journal.db" "$1"
}
damaged() {
    with_backlog || return 1
    damage 12
    release_redis
    drive "$mails" 300 && wait_until 30 has_gap 'journal was damaged' &&
        judged 'twelve pages of the journal damaged'
}
ok 'pages that are damaged are noticed, and what they held is named' damaged
ok 'what could be read was saved' test "$(number counted)" -gt "$mails"
will_notice() {
    wait_until 20 logged 'was deleted or replaced'
}
deleted() {
    with_backlog || return 1
    : >"$WORK/milter.log"
    rm -f "$STATE"/journal.db*
    drive "$mails" 300 && will_notice || return 1
    release_redis
    judged 'journal deleted with uncounted mail in it'
}
ok 'a journal that is deleted is noticed' deleted
ok 'and all that was in it is saved' test "$(number named)" = 0
replaced() {
    wait_until 30 caught_up
    copy_state "$STATE" "$WORK/backup"
    with_backlog || return 1
    : >"$WORK/milter.log"
    mv "$WORK/backup/journal.db" "$STATE/journal.db"
    drive "$mails" 300 && will_notice || return 1
    release_redis
    judged 'journal replaced by an older one under way'
}
ok 'a journal that is replaced is noticed' replaced
ok 'and nothing is lost with it' test "$(number named)" = 0
ok 'the counters agree still' listpulse verify

# ---- nobody at home -------------------------------------------------------------------

frozen() {
    begin
    drive "$mails" 100 --limit 1000 --patient --log-passed &
    driving=$!
    sleep 0.5
    kill -STOP "$MILTER_PID"
    sleep 3.5
    kill -CONT "$MILTER_PID"
    wait "$driving"
    judged 'milter frozen for 3.5 s'
}
ok 'what passed a frozen milter is named' frozen
ok 'and there was such mail' test "$(number named)" -gt 0
ok 'status names the gap' \
    sh -c "'$LISTPULSE' --state '$STATE' --redis '$REDIS' status | grep 'stood still'"
stop_milter
