#!/bin/sh
# What was counted moves to another Redis (export | import) while the service
# counts its journal into the new one, too: whatever comes first, and wherever
# an import is killed, what was counted once is counted once there, copies too.
. "$top_srcdir/tests/integration/lib.sh"
. "$top_srcdir/tests/integration/milter.sh"
needs perl
plan 9

list=moved.lists.example.org

# send TAG COUNT: the same tag again is a copy of each.
send() {
    client drive -n "$2" -r 0 -k 4 --lists "$list" --tag "$1" >>"$WORK/drive.log"
}

# another_redis NAME: empty, on a socket of its own, used from now on.
another_redis() {
    REDIS_SOCKET=$WORK/$1.sock
    REDIS=unix:$REDIS_SOCKET
    mkdir -p "$WORK/$1"
    redis-server --port 0 --unixsocket "$REDIS_SOCKET" --unixsocketperm 777 \
        --dir "$WORK/$1" --save '' --appendonly no >>"$WORK/redis.log" 2>&1 &
    pids="$! $pids"
    wait_until 20 redis_answers || bail_out 'Redis does not start'
}

# All that the journal holds has been told to this Redis.
is_told() {
    listpulse lists 2>/dev/null | grep -q "^moved" && milter_is_idle
}

service_counts() {
    milter_here
    wait_until 30 is_told && sleep 1.2 && wait_until 30 is_told
}

# What is written down, but for numbers that are given anew and places.
exported() {
    listpulse export "$list" | grep -vE '"(field|listpulse_export|end)":' |
        sed 's/"post":[0-9]*,//; s/"text":"[^"]*",//' | LC_ALL=C sort
}

copies_in() {
    sed -n 's/.*"copies":\([0-9]*\).*/\1/p' "$1" |
        awk '{ sum += $1 } END { print sum + 0 }'
}

is_the_same() {
    exported >"$WORK/after"
    same "$WORK/before" "$WORK/after" && listpulse verify "$list"
}

import() {
    listpulse import "$1" >>"$WORK/import.log" 2>&1
}

find_redis
another_redis old
milter_here
for tag in one one two one two; do
    send $tag 60 || bail_out 'no mail'
done
wait_until 60 has_posts "$list" 120 && wait_until 30 milter_is_idle
stop_milter
exported >"$WORK/before"
listpulse export "$list" >"$WORK/all.json"
counted_copies() {
    [ "$(copies_in "$WORK/before")" = 180 ]
}
ok 'copies are counted' counted_copies

moved() { # NAME STEP...
    another_redis "$1"
    shift
    for step; do
        case $step in
        service)
            service_counts || return 1
            stop_milter
            ;;
        import) import "$WORK/all.json" || return 1 ;;
        # Cut by a kill.
        posts) grep -E '"(listpulse_export|post)":' "$WORK/all.json" \
            >"$WORK/cut.json" && ! import "$WORK/cut.json" || return 1 ;;
        places) grep -vE '"(copies|end)":' "$WORK/all.json" \
            >"$WORK/cut.json" && ! import "$WORK/cut.json" || return 1 ;;
        facts) grep -v '"end":' "$WORK/all.json" >"$WORK/cut.json" &&
            ! import "$WORK/cut.json" || return 1 ;;
        half) head -n 70 "$WORK/all.json" >"$WORK/cut.json" &&
            ! import "$WORK/cut.json" || return 1 ;;
        esac
    done
    is_the_same
}

ok 'the service counts, then what was counted comes' moved a service import
ok 'the other way round' moved b import service
ok 'an import of posts is cut, the service counts, the import again' \
    moved c posts service import
ok 'the same of some posts' moved d half service import
ok 'the same behind the places, before copies' moved e places service import
ok 'the same before the last line' moved f facts service import
ok 'nothing is left of it' sh -c '
    redis-cli -s "$1" --scan --pattern "*:brought" | wc -l | grep -qx 0' sh \
    "$REDIS_SOCKET"

# While new mails and copies come, and the import is killed and begun again;
# LISTPULSE_MOVES (6) times.
sent=300
at_once() {
    for turn in $(seq "${LISTPULSE_MOVES:-6}"); do
        another_redis "now$turn"
        milter_here
        send "new$turn" 20 &
        driving=$!
        for kill in 1 2 3; do
            "$LISTPULSE" --state "$WORK/import$turn" --redis "$REDIS" \
                import "$WORK/all.json" >>"$WORK/import.log" 2>&1 &
            victim=$!
            perl -e 'select undef, undef, undef, rand 0.05'
            kill -9 "$victim" 2>/dev/null
            wait "$victim" 2>/dev/null
        done
        import "$WORK/all.json" || return 1
        wait "$driving"
        send one 30
        sent=$((sent + 50))
        wait_until 30 is_told
        sleep 1.2
        wait_until 30 is_told
        stop_milter
        listpulse export "$list" >"$WORK/now.json"
        posts=$(grep -c '"post":' "$WORK/now.json")
        copies=$(copies_in "$WORK/now.json")
        echo "turn $turn: $posts posts, $copies copies, $sent mails"
        [ $((posts + copies)) = $sent ] && [ "$posts" = $((120 + 20 * turn)) ] ||
            return 1
        cp "$WORK/now.json" "$WORK/all.json"
    done
}
ok 'killed again and again while mail comes, all is counted once' at_once
