#!/bin/sh
# Finding: Redis that starts on an append-only file which ends in the middle of
#          a command inside MULTI cuts off that command only. The open MULTI
#          stays in the file, what is written later goes behind it, and at the
#          next start the half transaction is executed with it.
# Guess:   a transaction, and so a script, is in the file as a whole or not at
#          all, also after a power cut: aof-load-truncated (yes by default)
#          takes an unfinished MULTI back. (It does, if the file ends between
#          two commands.)
# Seen:    redis-tools 5:7.0.15-1~deb12u7 (Debian 12), 5:8.0.2-3+deb13u3
#          (Debian 13).
# Hurts:   who keeps several keys in step by MULTI or scripts. All is right after
#          the power cut, and wrong after the restart that follows it, days
#          later. With aof-load-truncated no the server does not start, and
#          redis-check-aof --fix cuts before the MULTI.
. "$(dirname "$0")/common"
packages bookworm redis-tools=5:7.0.15-1~deb12u7 libjemalloc2=5.3.0-1 \
    liblzf1=3.6-3

server_of_tools

serve() {
    "$WORK/redis-server" --port 0 --unixsocket "$WORK/socket" --dir "$WORK" \
        --appendonly yes --save '' >>"$WORK/log" 2>&1 &
    server=$!
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        [ "$(ask ping)" != PONG ] || return 0
        sleep 0.3
    done
}

trap 'kill $server 2>/dev/null || :; rm -rf "$WORK"' EXIT
serve
ask eval "redis.call('INCR', 'one') redis.call('INCR', 'two')
    redis.call('INCR', 'three')" 0 >/dev/null
leave
file=$(find "$WORK" -name '*.incr.aof')
# The last command is EXEC, 14 bytes; INCR three before it is cut as well.
truncate -s "-$((14 + 10))" "$file"
serve
expect 'keys after the first start' '' "$(ask --raw keys '*')"
ask eval "redis.call('SET', 'later', 1) redis.call('SET', 'last', 1)" 0 >/dev/null
expect 'keys after another script' 'last later' \
    "$(ask --raw keys '*' | sort | paste -sd' ')"
leave
serve
expect 'keys after the second start' 'last later one two' \
    "$(ask --raw keys '*' | sort | paste -sd' ')"
leave
