#!/bin/sh
# redis_megabytes: the private Redis takes no more than that. At the limit mail
# waits, nothing is lost or thrown away, and what is erased makes room.
. "$top_srcdir/tests/integration/lib.sh"
. "$top_srcdir/tests/integration/milter.sh"
plan 12

list=heron.lists.example.org
REDIS=
CONF=$WORK/listpulse.conf
REDIS_SOCKET=$STATE/redis/redis.sock
find_redis

# limit MEGABYTES: in the settings, which the daemon reads anew if it runs.
limit() {
    echo "redis_megabytes = $1" >"$CONF"
    [ -z "$MILTER_PID" ] || kill -USR1 "$MILTER_PID"
}

# As root, who may read the password.
maxmemory() {
    REDISCLI_AUTH=$(cat "$STATE/redis/secret") redis-cli --user listpulse \
        -s "$REDIS_SOCKET" config get maxmemory | tail -n 1
}

has_limit() {
    [ "$(maxmemory)" = "$1" ]
}

limit 2
listpulse import "$SAMPLE" >/dev/null || bail_out 'no import'
ok 'a command starts Redis with the limit' has_limit 2097152
milter_here
limit 3
ok 'a reload changes it' wait_until 20 has_limit 3145728
client drive -n 3000 -r 4000 -k 8 --lists ibis.lists.example.org --tag other ||
    bail_out 'no mails'
ok 'mail passes until Redis is full' client drive -n 12000 -r 4000 -k 8 \
    --lists "$list" --tag full
ok 'which the log tells' will_log 'Redis is full'
says_full() {
    listpulse status >"$WORK/status"
    [ $? -eq 1 ] && grep -q 'no room.*redis_megabytes' "$WORK/status"
}
status_helps() {
    wait_until 20 says_full || {
        cat "$WORK/status"
        return 1
    }
}
ok 'and status, with what can be done' status_helps
ok 'mail passes on' client drive -n 100 -r 500 -k 4 --lists "$list" --tag more
held=$(posts "$list")
a_digest() {
    echo "$held posts"
    # 3 MB are some hundred posts less with Redis 8 than with 7.
    listpulse digest "$list" --last 1d >"$WORK/digest" && [ "$held" -gt 100 ]
}
ok 'what is counted can be read' a_digest
makes_room() {
    listpulse forget ibis.lists.example.org --all >"$WORK/out" 2>&1 || {
        cat "$WORK/out"
        return 1
    }
}
ok 'and erased' makes_room
more_than_before() {
    [ "$(posts "$list")" -gt "$held" ]
}
ok 'which makes room for others' wait_until 40 more_than_before
limit 0
ok 'without a limit' wait_until 20 has_limit 0
ok 'all is counted, nothing was lost' counted "$list" 12100
healthy() {
    listpulse status
}
ok 'and all is well' wait_until 20 healthy
stop_milter
listpulse redis stop
