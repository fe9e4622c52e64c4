#!/bin/sh
# One node of a cluster loses its last writes, and no other does, while a journal
# ends and another begins: what that node lacks is named, though the marks of
# journals lie on another one, or it is counted again.
. "$top_srcdir/tests/integration/lib.sh"
. "$top_srcdir/tests/integration/milter.sh"
. "$top_srcdir/tests/faults/judge.sh"
needs python3
plan 13
exec 3>&1

folder=$WORK/cluster
mkdir -p "$folder"
trap '"$top_srcdir/tests/support/redis-cluster" stop "$folder"; cleanup' EXIT
"$top_srcdir/tests/support/redis-cluster" start-cluster "$folder" ||
    bail_out 'no cluster'
ports=$(cat "$folder/ports")
REDIS=cluster://$(echo "$ports" | sed 's/^/127.0.0.1:/' | paste -sd,)
redis() {
    redis-cli -c -p "$(echo "$ports" | head -n 1)" "$@"
}
milter_here
mails=${LISTPULSE_FAULT_MAILS:-120}
share=$((mails / 3)) # of the list that is set back
list=heron.lists.example.org

keep_list() {
    # shellcheck disable=SC2086
    "$top_srcdir/tests/faults/list-state" keep "$WORK/kept" $list $ports
}
put_back() {
    # shellcheck disable=SC2086
    "$top_srcdir/tests/faults/list-state" put-back "$WORK/kept" $list $ports
}
has_anchor() {
    redis hexists "lp:{$list}:meta" "at $(journal_file_id)" | grep -q 1
}
told_nothing() {
    [ "$(count_gaps)" = "$gaps" ]
}

after() { # Redis has met the new journal, which has no mail of the list
    drive_counted && keep_list && drive_counted && delete_told_journal &&
        wait_until 20 has_anchor || return 1
    put_back
    judged 'journal deleted, then a node set back'
}
ok 'what an earlier journal counted on a node is named' after
ok 'and no more than that' test "$(number named)" = "$share"

before() { # Redis has not met it yet
    begin
    drive_counted && keep_list && drive_counted || return 1
    sleep 1.2
    processor=$(processor)
    kill -STOP "$processor"
    delete_told_journal || return 1
    put_back
    kill -CONT "$processor"
    judged 'a node set back while the journal was deleted'
}
sleep 10
ok 'though Redis never met the new one before' before
ok 'no more than that either' test "$(number named)" = "$share"

no_journal() { # nor does anybody know how far each list was
    begin
    drive_counted && keep_list && drive_counted || return 1
    sleep 1.2
    kill_milter
    rm -f "$STATE"/journal.db*
    put_back
    milter_here
    judged 'a node set back while the journal was gone'
}
ok 'a milter that finds no journal names what a node lacks' no_journal
ok 'there was such mail' test "$(number named)" -ge "$share"

own_rows() { # the journal still has them
    begin
    drive_counted && keep_list && drive_counted || return 1
    put_back
    judged 'a node set back behind rows of this journal' &&
        [ "$(number named)" = 0 ]
}
ok 'rows that the journal has are counted again' own_rows

damaged() { # how far lists were cannot be read
    begin
    drive_counted && keep_list && drive_counted || return 1
    sleep 1.2
    processor=$(processor)
    kill -STOP "$processor"
    python3 -c '
import sqlite3, sys
journal = sqlite3.connect(sys.argv[1], timeout=20, isolation_level=None)
journal.execute("DROP TABLE positions")' "$STATE/journal.db"
    : >"$WORK/milter.log"
    rm -f "$STATE"/journal.db*
    wait_until 20 logged 'was deleted or replaced' || return 1
    put_back
    kill -CONT "$processor"
    judged 'a node set back, and places of the journal not readable'
}
sleep 10
ok 'where places cannot be read, what came since is named' damaged
ok 'there was such mail too' test "$(number named)" -ge "$share"

# ---- nothing was lost, nothing is named -------------------------------------------------

begin
drive_counted
gaps=$(count_gaps)
calm() {
    delete_told_journal && wait_until 20 has_anchor && drive_counted && told_nothing
}
sleep 10
ok 'another journal alone is no gap' calm
again() {
    processor=$(processor)
    kill -9 "$processor"
    wait_until 20 has_another_processor "$processor" && drive_counted &&
        told_nothing
}
ok 'nor another processor' again
new_list() {
    LISTS=plover.lists.example.org
    drive_counted && sleep 6 && told_nothing
}
ok 'nor a list that comes into being' new_list
ok 'the counters agree' listpulse verify
stop_milter
