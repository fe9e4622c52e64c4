# What the faults of the journal share, over lib.sh and milter.sh: mails are
# driven straight at a milter, and a judge says what became of them.

SENT=$WORK/sent
: >"$SENT"
LISTS=heron.lists.example.org,kestrel.lists.example.org,ibis.lists.example.org

# drive MAILS RATE [option...]: distinct mails of three lists, noted in SENT.
driven=0
drive() {
    driven=$((driven + 1))
    count=$1
    rate=$2
    shift 2
    client drive -n "$count" -r "$rate" -k 4 --lists "$LISTS" \
        --tag "part$driven" --log "$SENT" "$@"
}

drive_counted() {
    drive "$mails" 0 && wait_until 30 caught_up
}

# delete_journal: another one takes over what it can.
delete_journal() {
    : >"$WORK/milter.log"
    rm -f "$STATE"/journal.db*
    wait_until 20 logged 'was deleted or replaced' &&
        wait_until 20 logged 'mails were copied from the old journal'
}

# delete_told_journal: one that has told Redis and its file how far it is, as it
# does every second.
delete_told_journal() {
    sleep 1.2
    delete_journal
}

# journal_file_id: of the file that is there.
journal_file_id() {
    python3 -c '
import sqlite3, sys
journal = sqlite3.connect(sys.argv[1])
print(journal.execute("SELECT value FROM meta WHERE name = ?", ["id"]).fetchone()[0])' \
        "$STATE/journal.db"
}

# begin: what was sent before is no matter any more.
begin() {
    : >"$SENT"
}

# gap_values: what Redis knows of gaps.
gap_values() {
    redis hvals lp:gaps
}

count_gaps() {
    gap_values | wc -l
}

has_gap() {
    gap_values | grep -qF -e "$1"
}

# verdict: lost 0 and doubled 0, or why not.
verdict() {
    "$top_builddir/tests/faults/counted" "$REDIS" "$STATE" >"$WORK/counted" &&
        gap_values >"$WORK/gaps" &&
        "$top_srcdir/tests/faults/judge" --sent "$SENT" \
            --counted "$WORK/counted" --gaps "$WORK/gaps"
}

# Status is a second old.
caught_up_or_idle() {
    caught_up && return 0
    milter_is_idle && sleep 1.1 && milter_is_idle
}

# judged [NAME]: within some seconds nothing waits and nothing is lost without
# a word. The last verdict goes to the log and, with LISTPULSE_REPORT set, there.
judged() {
    wait_until 60 caught_up_or_idle
    wait_until 20 verdict >/dev/null 2>&1
    verdict >"$WORK/verdict" 2>&1
    status=$?
    cat "$WORK/verdict"
    echo "# $*: $(tail -n 1 "$WORK/verdict")" >&3
    [ -z "$LISTPULSE_REPORT" ] ||
        echo "$*: $(tail -n 1 "$WORK/verdict")" >>"$LISTPULSE_REPORT"
    [ "$status" = 0 ] || { gap_values; tail -n 30 "$WORK/milter.log"; }
    return $status
}

# caught_up: all that was answered for is counted.
caught_up() {
    verdict >"$WORK/verdict" 2>/dev/null
    [ "$(number counted)" = "$(number answered)" ]
}

# number WORD: of the last verdict.
number() {
    tail -n 1 "$WORK/verdict" | sed -n "s/.*$1 \([0-9]*\).*/\1/p"
}

kill_milter() {
    kill -9 "$MILTER_PID"
    wait "$MILTER_PID" 2>/dev/null
    rm -f "$SOCKET"
}
