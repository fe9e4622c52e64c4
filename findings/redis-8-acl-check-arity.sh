#!/bin/sh
# Finding: redis.acl_check_cmd() in a script of Redis 8.0 raises "Wrong number of
#          args" unless it is given as many arguments as the command takes;
#          Redis 7.0 answers whatever their number, as long as it finds the keys.
# Guess:   acl_check_cmd('SET', key) asks whether SET may be run on that key, as
#          it did with 7.0.
# Seen:    redis-tools 5:7.0.15-1~deb12u7 (Debian 12) answers, 5:8.0.2-3+deb13u3
#          (Debian 13) raises.
# Hurts:   who asks for rights before a script writes: with 8.0 the script ends
#          at once, for every user. Give a whole call, acl_check_cmd('SET', key,
#          ''), or try numbers of arguments with pcall().
. "$(dirname "$0")/common"
packages trixie redis-tools=5:8.0.2-3+deb13u3 libc6 libatomic1 libjemalloc2 \
    liblzf1 libssl3t64 libstdc++6 libgcc-s1 libsystemd0 libcap2 libzstd1 zlib1g \
    libhiredis1.1.0

(run redis-server redis-check-rdb --port 0 --unixsocket "$WORK/socket" \
    --dir "$WORK" --save '') >"$WORK/log" 2>&1 &
server=$!
trap 'kill $server 2>/dev/null; rm -rf "$WORK"' EXIT
await_socket
answer() {
    (run redis-cli redis-cli -s "$WORK/socket" eval "local ok, answer =
        pcall(redis.acl_check_cmd, $1) return ok and tostring(answer) or
        'raises'" 0 2>&1)
}
expect 'GET with its key' true "$(answer "'GET', 'k'")"
expect 'SET with key and value' true "$(answer "'SET', 'k', 'v'")"
expect 'SET with its key alone' raises "$(answer "'SET', 'k'")"
expect 'TIME with a key' raises "$(answer "'TIME', 'k'")"
