#!/bin/sh
# Finding: while a slot of a cluster moves, a script that the new node runs
#          after ASKING reads a key that it did not declare, and that is still
#          at the old node, as missing: nil, and no error.
# Guess:   a key of the slot that is not here ends the script with an error, as
#          it does at the old node.
# Seen:    redis-tools 7.0.15 (Debian 12), redis-tools 8.0.2 and valkey-tools
#          8.1.1 (Debian 13), which hold the server's program.
# Hurts:   whoever derives keys inside a script: it takes what is elsewhere for
#          not there, and writes a second one over it. What to do: declare one
#          key more that never exists. Then both nodes answer TRYAGAIN or ASK
#          and the script does not run until the slot has moved.
. "$(dirname "$0")/common"
packages bookworm redis-tools=5:7.0.15-1~deb12u7 liblzf1=3.6-3 \
    libjemalloc2=5.3.0-1
LD_LIBRARY_PATH=$(dirname "$(find "$ROOT" -name 'liblzf.so*' | head -n 1)")
export LD_LIBRARY_PATH
cli=$ROOT/usr/bin/redis-cli

free_port() {
    perl -MIO::Socket::INET -e 'for (1 .. 200) { my $p = 20000 + int rand 20000;
        my @s = map { IO::Socket::INET->new(Listen => 1, LocalPort => $_,
            LocalAddr => "127.0.0.1") } $p, $p + 10000;
        if (2 == grep { defined } @s) { print $p; exit } }'
}
pids=
trap 'kill $pids 2>/dev/null; rm -rf "$WORK"' EXIT

# server NAME: sets port; the program goes by the name that it is called by.
ln -s "$ROOT/usr/bin/redis-check-rdb" "$WORK/redis-server"
server() {
    port=$(free_port)
    mkdir "$WORK/$1"
    (cd "$WORK/$1" && exec "$WORK/redis-server" --port "$port" --save '' \
        --bind 127.0.0.1 --cluster-enabled yes) >"$WORK/$1.log" 2>&1 &
    pids="$pids $!"
    tries=0
    until "$cli" -p "$port" ping >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ $tries -lt 100 ] || not_tried 'the server does not start'
        sleep 0.1
    done
}
server old && old=$port
server new && new=$port
"$cli" -p "$old" cluster addslotsrange 0 16383 >"$WORK/log"
"$cli" -p "$old" cluster meet 127.0.0.1 "$new" >"$WORK/log"
tries=0
until "$cli" -p "$new" cluster info | grep -q cluster_state:ok; do
    tries=$((tries + 1))
    [ $tries -lt 200 ] || not_tried 'the two do not become a cluster'
    sleep 0.1
done

slot=$("$cli" -p "$old" cluster keyslot '{l}')
"$cli" -p "$old" mset '{l}:declared' 1 '{l}:other' 2 >"$WORK/log"
"$cli" -p "$new" cluster setslot "$slot" importing \
    "$("$cli" -p "$old" cluster myid)" >"$WORK/log"
"$cli" -p "$old" cluster setslot "$slot" migrating \
    "$("$cli" -p "$new" cluster myid)" >"$WORK/log"
"$cli" -p "$old" migrate 127.0.0.1 "$new" '' 0 5000 keys '{l}:declared' >"$WORK/log"

# at_new NUMBER-OF-KEYS KEY...: what the script reads of the other key there.
at_new() {
    printf 'ASKING\nEVAL "%s" %s\n' \
        "return redis.call('GET', '{l}:other') or 'nil'" "$*" |
        "$cli" -p "$new" | sed -n 2p | cut -d' ' -f1
}
expect 'the other key, which is at the old node' nil "$(at_new 1 '{l}:declared')"
expect 'the same, with a key declared that never is' TRYAGAIN \
    "$(at_new 2 '{l}:declared' '{l}:never')"
