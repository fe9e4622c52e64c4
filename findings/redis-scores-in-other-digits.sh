#!/bin/sh
# Finding: Redis 7.0 prints the score 0.1 of a sorted set as 0.10000000000000001
#          (ZSCORE, ZRANGE ... WITHSCORES, ZINCRBY over RESP2: 17 digits). Redis
#          8.0 and Valkey 8.1 print the shortest digits that read back the same,
#          0.1. Whole numbers look alike.
# Guess:   the same data gives the same bytes whatever server holds it, since
#          RESP2 has no type for numbers and a score is only a text there.
# Seen:    redis-tools 5:7.0.15-1~deb12u7 (Debian 12) prints 17 digits,
#          5:8.0.2-3+deb13u3 and valkey-tools 8.1.1+dfsg1-3+deb13u3 (Debian 13)
#          the shortest.
# Hurts:   who compares dumps of two servers byte by byte after a move or an
#          upgrade, or keeps scores in golden files: nothing was lost, and all
#          of it differs. Read scores as doubles and print them in one way.
. "$(dirname "$0")/common"

# Each release in a folder of its own, with its loader and its libraries.
ROOT=$WORK/bookworm
packages bookworm redis-tools=5:7.0.15-1~deb12u7 libc6 libatomic1 \
    libjemalloc2 liblzf1 libssl3 libstdc++6 libgcc-s1 libsystemd0 libcap2 \
    libgcrypt20 libgpg-error0 liblz4-1 liblzma5 libzstd1 zlib1g libhiredis0.14
ROOT=$WORK/trixie
packages trixie redis-tools=5:8.0.2-3+deb13u3 \
    valkey-tools=8.1.1+dfsg1-3+deb13u3 libc6 libatomic1 libjemalloc2 liblzf1 \
    libssl3t64 libstdc++6 libgcc-s1 libsystemd0 libcap2 libzstd1 zlib1g \
    libhiredis1.1.0

server=
trap '[ -z "$server" ] || kill $server 2>/dev/null; rm -rf "$WORK"' EXIT

ask() {
    (run "$client" "$client" -s "$WORK/socket" "$@")
}

# scores RELEASE SERVER PROGRAM CLIENT: what that server says of three scores.
scores() {
    # shellcheck disable=SC2034 # read by run
    ROOT=$WORK/$1
    client=$4
    (run "$2" "$3" --port 0 --unixsocket "$WORK/socket" --dir "$WORK" \
        --save '') >"$WORK/log" 2>&1 &
    server=$!
    await_socket
    ask zadd k 0.1 tenth 3 three 1764380000123 instant >"$WORK/log"
    answer="$(ask zscore k tenth) $(ask zrange k 0 0 withscores | tail -n 1)
$(ask zincrby k 0.2 tenth) $(ask zscore k three) $(ask zscore k instant)"
    kill "$server"
    wait "$server" 2>/dev/null || :
    server=
    rm -f "$WORK/socket"
}

scores bookworm redis-server redis-check-rdb redis-cli
expect 'Redis 7.0' '0.10000000000000001 0.10000000000000001
0.30000000000000004 3 1764380000123' "$answer"
scores trixie redis-server redis-check-rdb redis-cli
expect 'Redis 8.0' '0.1 0.1
0.30000000000000004 3 1764380000123' "$answer"
scores trixie valkey-server valkey-check-rdb valkey-cli
expect 'Valkey 8.1' '0.1 0.1
0.30000000000000004 3 1764380000123' "$answer"
