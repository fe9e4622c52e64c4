#!/bin/sh
# Options, exit codes, sockets and pid files of listpulse-milter.
. "$top_srcdir/tests/integration/lib.sh"
. "$top_srcdir/tests/integration/milter.sh"
plan 29

list=heron.lists.example.org
mkdir -p "$WORK/run" "$STATE"
if [ "$(id -u)" -eq 0 ]; then
    chown nobody "$WORK/run" "$STATE"
fi
start_redis

# milter [option...]: in this test's places, as its user
milter() {
    # shellcheck disable=SC2046
    timeout 30 "$MILTER" --state "$STATE" --redis "$REDIS" -p "$SOCKET" \
        $(milter_user) "$@"
}

prints() {
    text=$1
    shift
    "$@" | grep -qF -e "$text"
}

# says CODE TEXT COMMAND...: this code, and one line that has the text in it
says() {
    wanted=$1
    text=$2
    shift 2
    "$@" >"$WORK/out" 2>&1
    status=$?
    cat "$WORK/out"
    [ "$status" -eq "$wanted" ] && [ "$(wc -l <"$WORK/out")" -eq 1 ] &&
        grep -qF -e "$text" "$WORK/out"
}

# ---- without a daemon ----------------------------------------------------------------

ok '-V names libmilter and GMime' prints 'gmime-3.0' "$MILTER" -V
ok '--version does, too' prints libmilter "$MILTER" --version
ok '-h names the options' prints '--socket SOCKET' "$MILTER" -h
ok 'an unknown option is usage' exits 64 "$MILTER" --sockt x
ok 'so is a word too many' says 64 'too many' "$MILTER" -f word
ok '-t without a file' says 64 '-t' "$MILTER" -t
ok '-n is content with no settings' exits 0 "$MILTER" -n --state "$STATE"
# Standard error is the journal's where systemd says so; what goes to syslog is
# there already.
says_it_once() {
    : >"$WORK/stream"
    JOURNAL_STREAM=$(stat -c "$1" "$WORK/stream") "$MILTER" -n --state "$STATE" \
        -p inet:127.0.0.1:8890 2>"$WORK/stream"
    [ "$(wc -l <"$WORK/stream")" -eq "$2" ]
}
ok 'a line of the log is in the journal once' says_it_once '%d:%i' 0
ok 'and where standard error is something else, there too' \
    says_it_once '%d:1%i' 1
ok '-n looks at the socket' says 78 'inet:PORT@HOST' \
    "$MILTER" -n --state "$STATE" -p inet:127.0.0.1:8890
ok 'a user that there is not' says 67 'nobody-at-all' \
    "$MILTER" -f --state "$STATE" -p "$SOCKET" -u nobody-at-all
cat >"$WORK/mail" <<END
From: =?utf-8?q?Zo=C3=AB?= Person <zoe@example.org>
Subject: [PATCH v3 2/7] heron: do less
Message-ID: <try-1@example.org>
List-Id: <$list>

Text.
END
ok '-t says what would be counted' prints 'patch' "$MILTER" -t \
    --state "$STATE" "$WORK/mail"
ok '-t decodes names' prints 'Zoë Person <zoe@example.org>' "$MILTER" -t \
    --state "$STATE" "$WORK/mail"
ok '-t of a file that there is not' exits 66 "$MILTER" -t \
    --state "$STATE" "$WORK/none"
ok 'nothing of that is counted' test -z "$(redis keys '*')"

private_settings() {
    [ "$(id -u)" -eq 0 ] || return 0
    echo "list $list { }" >"$WORK/private.conf"
    chmod 600 "$WORK/private.conf"
    says 77 private.conf milter -f -c "$WORK/private.conf"
}
ok 'settings that its user cannot read' private_settings

# ---- its place ----------------------------------------------------------------------------

milter_here
lists_it() {
    client drive -n 5 --lists "$list" --tag "$1" && milter_lives
}
ok 'it serves' lists_it one
ok 'a second one on the same state ends, the first goes on' \
    says 69 "$STATE" milter -f
ok 'a second one on the same socket ends' says 69 "$SOCKET" \
    milter -f --state "$WORK/other"
ok 'the first is unharmed' lists_it two
socket_mode() {
    [ "$(stat -c %a "$SOCKET")" = 660 ]
}
ok 'only user and group may connect' socket_mode
private() {
    [ "$(stat -c %a "$STATE/journal.db")" = 600 ]
}
ok 'only the user may read the journal' private
kill -9 "$MILTER_PID"
wait "$MILTER_PID" 2>/dev/null
ok 'a dead socket is left by a kill' test -S "$SOCKET"
replaced() {
    milter_here && wait_until 10 client drive -n 5 --lists "$list" --tag three
}
ok 'the next one takes its place' replaced
stop_milter
ok 'a stop removes the socket' test ! -e "$SOCKET"
echo precious >"$SOCKET"
ok 'a file that is no socket is not removed' says 69 'not a socket' milter -f
rm "$SOCKET"

damaged() {
    head -c 100000 /dev/urandom >"$STATE/journal.db"
    rm -f "$STATE/journal.db-wal" "$STATE/journal.db-shm"
    [ "$(id -u)" -ne 0 ] || chown nobody "$STATE/journal.db"
    milter_here && client drive -n 5 --lists "$list" --tag damaged &&
        counted "$list" 20 && ls "$STATE"/journal.db.broken-* && stop_milter
}
ok 'a damaged journal is put aside, and mail is counted' damaged

# ---- in the background ------------------------------------------------------------------------

in_background() {
    milter -P "$WORK/run/milter.pid" || return 1
    pid=$(cat "$WORK/run/milter.pid")
    pids="$pid $pids"
    lists=$(client drive -n 5 --lists "$list" --tag four) || return 1
    echo "$lists"
    kill "$pid"
    wait_until 10 is_gone "$pid" && [ ! -e "$SOCKET" ] &&
        [ ! -e "$WORK/run/milter.pid" ]
}
ok 'the command ends when the daemon listens; its pid file goes with it' \
    in_background
ok 'or with the exit code of its failure' exits 69 \
    milter -p "$WORK/nowhere/milter.sock"
