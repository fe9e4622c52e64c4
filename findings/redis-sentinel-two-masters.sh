#!/bin/sh
# Finding: a master that was killed, replaced by Sentinel and started again is a
#          second master for about fifteen seconds: ROLE says "master", a write
#          is answered OK, and is gone when Sentinel makes a replica of it at
#          last. All the while Sentinel itself names only the new one.
# Guess:   Sentinel, which knows the address and asks it each second, makes it a
#          replica when its first PING is answered; ROLE, which the guide for
#          writers of clients asks for, tells a real master from a stale one.
# Seen:    redis-tools 5:7.0.15-1~deb12u7 (Debian 12), down-after-milliseconds
#          3000, one Sentinel: 15 s; 1000 and three Sentinels: 14 to 16 s.
# Hurts:   clients that keep an address and only look at ROLE after they connect
#          again, scripts that restart a server and write to it, and monitoring
#          that counts masters. Ask Sentinel at every connection, or keep what
#          was written until a replica has it; min-replicas-to-write helps.
. "$(dirname "$0")/common"

packages bookworm redis-tools=5:7.0.15-1~deb12u7 libc6 libatomic1 \
    libjemalloc2 liblzf1 libssl3 libstdc++6 libgcc-s1 libsystemd0 libcap2 \
    libgcrypt20 libgpg-error0 liblz4-1 liblzma5 libzstd1 zlib1g libhiredis0.14

first='' second='' sentinel=''
trap 'kill -9 $first $second $sentinel 2>/dev/null; rm -rf "$WORK"' EXIT

# serve PORT ARGUMENT...: leaves its process in $server.
serve() {
    mkdir -p "$WORK/$1"
    cat >"$WORK/$1/conf"
    port=$1
    shift
    (run redis-server redis-check-rdb "$WORK/$port/conf" --port "$port" \
        --bind 127.0.0.1 --dir "$WORK/$port" "$@") >"$WORK/$port/log" 2>&1 &
    server=$!
    await 10 answers "$port"
}

ask() {
    (run redis-cli redis-cli -p "$@") 2>/dev/null
}

# await SECONDS COMMAND...
await() {
    tries=$(($1 * 5))
    shift
    until "$@"; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || not_tried "waited too long for: $*"
        sleep 0.2
    done
}

answers() { [ "$(ask "$1" ping)" = PONG ]; }
follows() { ask "$1" info replication | grep -q 'master_link_status:up'; }
knows_replica() { ask "$1" sentinel master lists | grep -A1 '^num-slaves$' | grep -q '^1$'; }
named() { ask "$sentinel_port" sentinel get-master-addr-by-name lists | sed -n 2p; }
names() { [ "$(named)" = "$1" ]; }

old=$(free_port)
serve "$old" </dev/null
first=$server
new=$(free_port)
serve "$new" <<EOF
replicaof 127.0.0.1 $old
EOF
second=$server
await 20 follows "$new"
sentinel_port=$(free_port)
serve "$sentinel_port" --sentinel <<EOF
sentinel monitor lists 127.0.0.1 $old 1
sentinel down-after-milliseconds lists 3000
sentinel failover-timeout lists 10000
EOF
sentinel=$server
await 20 knows_replica "$sentinel_port"

kill -9 "$first"
wait "$first" 2>/dev/null || :
await 60 names "$new"
serve "$old" </dev/null
first=$server
began=$(date +%s)
expect 'the role of the old master' master "$(ask "$old" role | head -n 1)"
expect 'a write to it' OK "$(ask "$old" set k written)"
expect 'which one Sentinel names' "$new" "$(named)"
await 120 follows "$old"
seconds=$(($(date +%s) - began))
echo "# it followed after $seconds s"
expect 'it follows only after eight seconds or more' yes \
    "$([ $seconds -ge 8 ] && echo yes || echo no)"
expect 'what was written' '' "$(ask "$old" get k)"
