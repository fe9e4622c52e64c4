#!/bin/sh
# Finding: in a script of Redis or Valkey '..' and tostring() write 14 digits of a
#          number: microseconds since 1970 become 1.7643800001235e+15. As an
#          argument of redis.call() the same number is written whole.
# Guess:   a whole number below 2^53 is exact in Lua, so its text is exact too,
#          and the same both ways.
# Seen:    redis-tools 5:7.0.15-1~deb12u7 (Debian 12), 5:8.0.2-3+deb13u3 and
#          valkey-tools 8.1.1+dfsg1-3+deb13u3 (Debian 13).
# Hurts:   keys, members and stream ids that a script puts together from TIME or
#          from large ids: all of one second fall onto a few names, small tests
#          with small numbers pass. Use string.format('%.0f', number).
. "$(dirname "$0")/common"
packages bookworm redis-tools=5:7.0.15-1~deb12u7 libjemalloc2=5.3.0-1 \
    liblzf1=3.6-3
server_of_tools
"$WORK/redis-server" --port 0 --unixsocket "$WORK/socket" --dir "$WORK" \
    --save '' >"$WORK/log" 2>&1 &
server=$!
trap 'kill $server 2>/dev/null; rm -rf "$WORK"' EXIT
await_socket
# answer EXPRESSION: with n being microseconds since 1970.
answer() {
    ask eval \
        "local n = ARGV[1] * 1000000 + ARGV[2] return $1" 0 1764380000 123456
}
expect "'' .. n" 1.7643800001235e+15 "$(answer "'' .. n")"
expect 'tostring(n)' 1.7643800001235e+15 "$(answer 'tostring(n)')"
expect 'ECHO n' 1764380000123456 "$(answer "redis.call('ECHO', n)")"
expect "string.format('%.0f', n)" 1764380000123456 \
    "$(answer "string.format('%.0f', n)")"
expect 'two instants in one name' 1 \
    "$(answer "('k:' .. n) == ('k:' .. n + 20)")"
