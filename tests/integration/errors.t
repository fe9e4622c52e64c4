#!/bin/sh
# What goes wrong is said in one clear line, with the exit code of the manual.
. "$top_srcdir/tests/integration/lib.sh"
plan 24

# says CODE TEXT COMMAND...: it ends with this code, prints nothing on
# standard output and one line on standard error that has the text in it.
says() {
    wanted=$1
    text=$2
    shift 2
    "$@" >"$WORK/out" 2>"$WORK/err"
    status=$?
    cat "$WORK/out" "$WORK/err"
    echo "exit code $status, wanted $wanted, and one line with: $text"
    [ "$status" -eq "$wanted" ] && [ ! -s "$WORK/out" ] &&
        [ "$(wc -l <"$WORK/err")" -eq 1 ] && grep -qF -e "$text" "$WORK/err"
}

lists() {
    listpulse lists
}

start_redis
ok 'the sample imports' listpulse import "$SAMPLE"

# ---- the command ----------------------------------------------------------------

ok 'an unknown command' says 2 'listpulse: ' listpulse digset kestrel-devel
ok 'an unknown option' says 2 '--formt' \
    listpulse digest kestrel-devel --formt json
ok 'an unknown format' says 2 'jsno' \
    listpulse digest kestrel-devel --format jsno
ok 'an unknown list, with the near name' says 2 "$SAMPLE_LIST" \
    listpulse digest kestrel-dev
ok 'an unknown mark' says 2 'ffffffff' \
    listpulse digest kestrel-devel 5427ad98e..ffffffff
ok 'a mark that is too short' says 2 'e39' \
    listpulse digest kestrel-devel 5427ad98e..e39
ok 'A after B' says 2 'e396598eb' \
    listpulse digest kestrel-devel e396598eb..5427ad98e
ok 'no time' says 2 'someday' \
    listpulse digest kestrel-devel --since someday
ok 'no archive' says 1 'nowhere' listpulse import "$WORK/nowhere"
REDIS=unix:$WORK/nothing.sock
ok 'no Redis' says 1 'nothing.sock' lists
REDIS=gopher://x
ok 'no kind of Redis' says 2 'gopher' lists
REDIS=unix:$REDIS_SOCKET

CONF=$WORK/listpulse.conf
printf 'redis = "private"\ntopp = 3\n' >"$CONF"
ok 'a setting that there is not, with file and line' \
    says 2 "listpulse.conf:2" lists
ok 'the milter refuses it, too, with -n' \
    says 78 "listpulse.conf:2" "$MILTER" -n -c "$CONF"
printf 'list a.example { }\nlist a.example { }\n' >"$CONF"
ok 'a list named twice' says 78 "listpulse.conf:2" "$MILTER" -n -c "$CONF"
printf 'max_lists = "many"\n' >"$CONF"
ok 'a wrong type' says 78 "listpulse.conf:1" "$MILTER" -n -c "$CONF"
printf '# who is who\n# in the form of git\nmailmap = "nowhere"\n' >"$CONF"
ok 'a mailmap that there is not' \
    says 78 "listpulse.conf:3: mailmap = \"$WORK/nowhere\"" "$MILTER" -n -c "$CONF"
ok 'no settings file' says 78 "$WORK/none.conf" "$MILTER" -n -c "$WORK/none.conf"
printf 'redis = "redis://me:secret@127.0.0.1:1/0"\n' >"$CONF"
chmod 644 "$CONF"
ok 'a password that everybody may read' \
    says 78 "$CONF: everybody may read the password" "$MILTER" -n -c "$CONF"
chmod 640 "$CONF"
ok 'but not one that they may not' exits 0 "$MILTER" -n -c "$CONF"
chmod 644 "$CONF"
CONF=

# ---- the daemon -----------------------------------------------------------------

user=
[ "$(id -u)" -ne 0 ] || user=$(milter_user)
mkdir -p "$WORK/socket"
chmod 777 "$WORK/socket"

milter() {
    # shellcheck disable=SC2086
    timeout 30 "$MILTER" -f --redis "$REDIS" $user "$@"
}

mkdir "$WORK/free" && chmod 777 "$WORK/free"
: >"$WORK/file"
ok 'a socket in what is no folder' says 77 "$WORK/file/milter.sock" \
    milter --state "$WORK/free" -p "local:$WORK/file/milter.sock"
perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new(Listen => 1,
    LocalAddr => "127.0.0.1", LocalPort => 0); $| = 1;
    print $s->sockport, "\n"; sleep 600' >"$WORK/port" &
pids="$! $pids"
wait_until 10 test -s "$WORK/port"
port=$(cat "$WORK/port")
ok 'an occupied port' says 69 "$port" \
    milter --state "$WORK/free" -p "inet:$port@127.0.0.1"
unwritable() {
    mkdir -p "$WORK/closed" && chmod 555 "$WORK/closed"
    says 73 "$WORK/closed" milter --state "$WORK/closed" \
        -p "local:$WORK/socket/milter.sock"
}
ok 'a state folder that cannot be written' unwritable
root_alone() {
    [ "$(id -u)" -eq 0 ] || return 0
    user=
    says 64 'root' milter --state "$WORK/free" \
        -p "local:$WORK/socket/milter.sock"
}
ok 'root without -u' root_alone
