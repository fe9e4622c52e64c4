#!/bin/sh
# Redis comes back older, just when the journal is another than the one that
# had been counted from. What neither of them holds is named; what the journal
# holds is counted again; where nothing was lost, nothing is named.
. "$top_srcdir/tests/integration/lib.sh"
. "$top_srcdir/tests/integration/milter.sh"
. "$top_srcdir/tests/faults/judge.sh"
needs python3
plan 19
exec 3>&1

start_redis
milter_here
mails=${LISTPULSE_FAULT_MAILS:-120}

keep_redis() {
    redis save >/dev/null
}
stop_redis() {
    kill -9 "$REDIS_PID"
    wait "$REDIS_PID" 2>/dev/null
}
# put_back: Redis is what it was at keep_redis.
put_back() {
    stop_redis
    start_redis
}
has_met() { # Redis knows the journal that is there
    redis hexists lp:journals "$(journal_file_id)" | grep -q 1
}
copy_state() { # TO
    rm -rf "$1"
    mkdir -p "$1"
    cp -a "$STATE"/journal.db* "$STATE/milter.status" "$1"/
}
restart_milter() {
    kill_milter
    milter_here
}
all_counted() {
    judged "$@" && [ "$(number named)" = 0 ]
}

# ---- hosts that are copies of one ------------------------------------------------------

# What waits at one host does not count as safe because the other has nothing
# that waits. Each has mail of lists that the other does not know. First of all,
# since marks of journals that have ended make gaps longer.
copies() {
    begin
    drive_counted && sleep 1.5 || return 1
    kill "$MILTER_PID" && wait "$MILTER_PID"
    rm -f "$SOCKET"
    copy_state "$WORK/copy"
    : >"$SENT.copy"
    milter_here
    (
        STATE=$WORK/copy SOCKET=$WORK/run/copy.sock SENT=$SENT.copy
        LISTS=plover.lists.example.org
        driven=100
        milter_here
        touch "$WORK/copy.runs"
        wait_until 30 test -e "$WORK/mail.waits" && drive 20 0 &&
            wait_until 30 milter_is_idle && sleep 2.5 && keep_redis
        stop_milter
    ) &
    clone=$!
    lists=$LISTS
    LISTS=crane.lists.example.org
    processor=$(processor)
    wait_until 30 test -e "$WORK/copy.runs" && sleep 1.2
    kill -STOP "$processor"
    drive "$mails" 0
    sleep 1.2
    touch "$WORK/mail.waits"
    wait "$clone"
    kill -CONT "$processor"
    LISTS=$lists
    wait_until 30 caught_up && delete_told_journal && wait_until 20 has_met ||
        return 1
    put_back
    cat "$SENT.copy" >>"$SENT"
    judged 'mail waits at one of two hosts with one journal, Redis set back'
}
ok 'what waits at one of two copies is not vouched for by the other' copies
ok 'and is named' test "$(number named)" = "$mails"

# ---- lost by Redis, and the journal that had it is gone -----------------------------

another_journal() {
    begin
    drive_counted && keep_redis && drive_counted && delete_told_journal &&
        wait_until 20 has_met || return 1
    put_back
    judged 'journal deleted, then Redis set back'
}
sleep 10 # another journal is begun every ten seconds
ok 'what an earlier journal counted is named' another_journal
ok 'and no more than that' test "$(number named)" = "$mails"

under_way() { # Redis is away when the journal goes
    begin
    drive_counted && keep_redis && drive_counted || return 1
    sleep 1.2
    stop_redis
    delete_told_journal || return 1
    start_redis
    judged 'Redis set back while the journal was deleted'
}
ok 'though Redis never met the new one before' under_way
ok 'no more than that either' test "$(number named)" = "$mails"

several_journals() {
    begin
    drive_counted && keep_redis && drive_counted && delete_told_journal &&
        wait_until 20 has_met && drive_counted || return 1
    sleep 10
    delete_told_journal && wait_until 20 has_met || return 1
    put_back
    judged 'journal deleted twice, then Redis set back'
}
ok 'and what the one before it counted' several_journals

empty_journal() { # Redis met one that had no mail, and both are gone
    begin
    drive_counted && keep_redis && drive_counted || return 1
    sleep 10
    delete_told_journal && wait_until 20 has_met || return 1
    sleep 10
    stop_redis
    delete_told_journal || return 1
    start_redis
    judged 'an empty journal deleted, and Redis set back behind it'
}
ok 'nor does a journal without mail hide what came before it' empty_journal

renewed() {
    begin
    keep_redis
    drive_counted || return 1
    first=$mails
    sleep 1.2
    copy_state "$WORK/backup"
    drive_counted || return 1
    kill_milter
    rm -f "$STATE"/journal.db* "$STATE/milter.status"
    cp -a "$WORK/backup/." "$STATE/"
    : >"$WORK/milter.log"
    milter_here
    wait_until 20 logged 'counted under a new id' && wait_until 20 has_met ||
        return 1
    put_back
    judged 'journal restored, then Redis set back'
}
ok 'a journal under a new id loses nothing silently' renewed
ok 'and counts again what it holds' test "$(number counted)" -ge "$first"

without_log() {
    begin
    restart_milter # its journal is in the file now, what follows in the log
    drive_counted && keep_redis && drive_counted || return 1
    sleep 1.2
    kill_milter
    rm -f "$STATE"/journal.db-wal "$STATE"/journal.db-shm
    put_back
    milter_here
    judged 'log lost, and Redis set back'
}
ok "a journal's end that is missing is named" without_log

another_before_start() { # while the milter was not there
    begin
    drive_counted && keep_redis && drive_counted || return 1
    sleep 1.2
    kill_milter
    rm -f "$STATE"/journal.db*
    put_back
    milter_here
    judged 'journal gone at the start, and Redis set back'
}
ok 'a milter that finds no journal names what it had counted' \
    another_before_start

# ---- a list that is held, and another journal ------------------------------------------

held() {
    begin
    meta='lp:{heron.lists.example.org}:meta'
    format=$(redis hget "$meta" format)
    drive_counted || return 1
    redis hset "$meta" format 99 >/dev/null
    : >"$WORK/milter.log"
    drive "$mails" 0 && will_log 'heron.lists.example.org is held back' &&
        sleep 1 && delete_told_journal || return 1
    redis hset "$meta" format "$format" >/dev/null
    all_counted 'journal deleted while a list was held'
}
ok 'what waits for a list that is held is copied with the rest' held

# ---- nothing was lost, nothing is named -------------------------------------------------

begin
drive_counted
gaps=$(count_gaps)
told_nothing() {
    [ "$(count_gaps)" = "$gaps" ]
}
calm() {
    delete_told_journal && wait_until 20 has_met && drive_counted && told_nothing
}
sleep 10
ok 'another journal alone is no gap' calm
again() {
    processor=$(processor)
    kill -9 "$processor"
    wait_until 20 has_another_processor "$processor" && drive_counted &&
        redis client kill type normal >/dev/null && drive_counted &&
        told_nothing
}
ok 'nor a new processor or connection' again
unmarked() {
    redis del lp:journals >/dev/null
    redis client kill type normal >/dev/null
    drive_counted && wait_until 20 has_met && told_nothing
}
ok 'nor a Redis without marks, as one that was moved' unmarked
# as_before: an older program had this journal.
as_before() {
    kill "$MILTER_PID" && wait "$MILTER_PID"
    redis del lp:journals >/dev/null
    python3 -c '
import sqlite3, sys
journal = sqlite3.connect(sys.argv[1])
journal.execute("DELETE FROM meta WHERE name IN"
                " (\"met\", \"begun_ms\", \"priors\", \"prior_told\", \"told\")")
journal.commit()' "$STATE/journal.db"
    milter_here
    drive_counted && wait_until 20 has_met &&
        [ "$(count_gaps)" = $((gaps + 1)) ]
}
ok "nor an older program's journal, but for the stop" as_before
emptied() { # nothing is said of a time in which it was not there
    gaps=$(count_gaps)
    redis flushall >/dev/null
    wait_until 30 has_gap 'Redis was emptied' && wait_until 30 has_met
}
ok 'an emptied Redis is called that' emptied
# What is counted while it looks would be a difference, and status is a second
# old.
stays_idle() {
    milter_is_idle && sleep 1.5 && milter_is_idle
}
wait_until 60 stays_idle
ok 'the counters agree' listpulse verify
stop_milter
