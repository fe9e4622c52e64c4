#!/bin/sh
# Finding: a Redis that is started with appendonly yes reads the append-only file
#          or nothing: where there is none yet, a dump.rdb beside it is passed
#          over, and the server is empty.
# Guess:   what a server saved it reads, whatever is switched on at the next
#          start; an RDB file is a backup that can be put in place.
# Seen:    redis-tools 5:7.0.15-1~deb12u7 (Debian 12).
# Hurts:   who restores a dump.rdb, or switches the append-only file on in the
#          settings: all is gone, and the next save writes that over the dump.
#          Start without it, CONFIG SET appendonly yes, then change the settings.
. "$(dirname "$0")/common"
packages bookworm redis-tools=5:7.0.15-1~deb12u7 libjemalloc2=5.3.0-1 \
    liblzf1=3.6-3

server_of_tools

serve() {
    "$WORK/redis-server" --port 0 --unixsocket "$WORK/socket" --dir "$WORK" \
        "$@" >>"$WORK/log" 2>&1 &
    server=$!
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        [ "$(ask ping)" != PONG ] || break
        sleep 0.3
    done
}

trap 'kill $server 2>/dev/null || :; rm -rf "$WORK"' EXIT
serve
ask set key value >/dev/null
ask save >/dev/null
leave
serve
expect 'keys after a start without append-only file' 1 "$(ask dbsize)"
leave
serve --appendonly yes
expect 'keys after a start with one' 0 "$(ask dbsize)"
leave
