#!/bin/sh
# Finding: Redis does not start on an append-only file that ends in zeros,
#          although aof-load-truncated is yes; one that ends in the middle of a
#          command it cuts off and starts.
# Guess:   that setting is for power cuts, so a server with it comes up after
#          one. But ext4 (data=ordered, the default) may make a file longer
#          before the last of its blocks is written: then it is not too short,
#          its last bytes are zeros.
# Seen:    redis-tools 5:7.0.15-1~deb12u7 (Debian 12), 5:8.0.2-3+deb13u3
#          (Debian 13).
# Hurts:   whoever lets systemd start Redis after a power cut: it loads, says
#          "Bad file format" and ends, at every start, until somebody runs
#          redis-check-aof --fix (which cuts the zeros off and nothing else).
. "$(dirname "$0")/common"
packages bookworm redis-tools=5:7.0.15-1~deb12u7 libjemalloc2=5.3.0-1 \
    liblzf1=3.6-3

server_of_tools

serve() {
    : >"$WORK/log"
    "$WORK/redis-server" --port 0 --unixsocket "$WORK/socket" --dir "$WORK" \
        --appendonly yes --aof-load-truncated yes >>"$WORK/log" 2>&1 &
    server=$!
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        [ "$(ask ping)" != PONG ] || return 0
        kill -0 "$server" 2>/dev/null || return 0
        sleep 0.3
    done
}

trap 'kill $server 2>/dev/null || :; rm -rf "$WORK"' EXIT
serve
ask set key value >/dev/null
ask set other value >/dev/null
leave
file=$(find "$WORK" -name '*.incr.aof')
whole=$(stat -c %s "$file")
cp "$file" "$WORK/kept"

truncate -s "$((whole - 5))" "$file"
serve
expect 'keys of a file that is 5 bytes too short' 1 "$(ask dbsize)"
leave

cp "$WORK/kept" "$file"
truncate -s "$((whole + 5))" "$file"
serve
wait "$server" && status=0 || status=$?
expect 'exit status with 5 zeros at the end' 1 "$status"
expect 'its word' 1 "$(grep -c 'Bad file format' "$WORK/log")"
