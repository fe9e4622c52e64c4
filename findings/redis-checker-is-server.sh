#!/bin/sh
# Finding: in Debian's redis-tools and valkey-tools, redis-check-rdb is the whole
#          server: called by any name that does not hold "redis-check-rdb", the
#          same file serves. The package redis-server has only a link to it.
# Guess:   the tools hold no server; who needs one must install redis-server,
#          and with it a service that starts on port 6379.
# Seen:    redis-tools 5:7.0.15-1~deb12u7 (Debian 12), 5:8.0.2-3+deb13u3 and
#          valkey-tools 8.1.1+dfsg1-3+deb13u3 (Debian 13).
# Hurts:   who confines a service by paths (systemd's ExecPaths=, AppArmor): the
#          kernel sees /usr/bin/redis-check-rdb run, and redis-server allowed
#          alone is refused. It helps who wants a private server in tests, with
#          no service: link the file under the name redis-server.
. "$(dirname "$0")/common"
packages bookworm redis-tools=5:7.0.15-1~deb12u7 libjemalloc2=5.3.0-1 \
    liblzf1=3.6-3

server_of_tools
"$WORK/redis-server" --port 0 --unixsocket "$WORK/socket" --dir "$WORK" \
    --save '' >"$WORK/log" 2>&1 &
server=$!
trap 'kill $server 2>/dev/null; rm -rf "$WORK"' EXIT
await_socket
expect 'what it answers to PING' PONG "$(ask ping)"
expect 'which program the kernel runs' redis-check-rdb \
    "$(basename "$(readlink "/proc/$server/exe")")"
