#!/bin/sh
# Finding: struct.unpack('I6') in a script of a 32-bit Redis answers the lower four
#          bytes as if they were all, of numbers and of strings that struct.pack
#          of a 64-bit server wrote; struct.size('I6') is 6, and no error comes.
# Guess:   a size that the machine's integers do not hold is an error ("integral
#          size 6 is larger than limit"), as for sizes above 32.
# Seen:    redis-tools 5:7.0.15-1~deb12u7 (Debian 12) and 5:8.0.2-3+deb13u3
#          (Debian 13), i386; amd64 of the same is right.
# Hurts:   who packs times in milliseconds or other numbers above 2^32 in Lua and
#          moves the data to a small ARM or i386 server: all times become others.
#          Ask INFO for arch_bits first, or read such numbers in two halves.
. "$(dirname "$0")/common"

# answers BITS EXPRESSION...: what a server of these packages says of each.
answers() {
    bits=$1
    shift
    loader=$(find "$ROOT" -name 'ld-linux*.so.2' | head -n 1)
    libraries=$(find "$ROOT" -name 'lib*.so*' -printf '%h\n' | sort -u |
        paste -sd:)
    socket=$WORK/socket$bits
    # The program is a server where its name does not say that it checks files.
    ln -s "$ROOT/usr/bin/redis-check-rdb" "$WORK/server$bits"
    "$loader" --library-path "$libraries" "$WORK/server$bits" --port 0 \
        --unixsocket "$socket" --dir "$WORK" --save '' >"$WORK/log" 2>&1 &
    server=$!
    trap 'kill $server 2>/dev/null || :; rm -rf "$WORK"' EXIT
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        [ ! -S "$socket" ] || break
        kill -0 $server 2>/dev/null || not_tried "no $bits-bit programs run here"
        sleep 0.3
    done
    ask() {
        "$loader" --library-path "$libraries" "$ROOT/usr/bin/redis-cli" \
            -s "$socket" "$@"
    }
    ask info server | tr -d '\r' | sed -n 's/^arch_bits://p'
    for expression; do
        ask eval "return tostring(($expression))" 0
    done
    kill $server
    wait $server 2>/dev/null || :
    trap 'rm -rf "$WORK"' EXIT
    rm -rf "$ROOT" && mkdir "$ROOT"
}

# seen BITS: three numbers, one to a line behind the bits of the server.
seen() {
    answers "$1" "struct.size('>I6')" \
        "struct.unpack('>I6', string.char(1, 2, 3, 4, 5, 6))" \
        "struct.unpack('>I6', struct.pack('>I6', 1741687200000))" |
        paste -sd' '
}

set -- redis-tools=5:7.0.15-1~deb12u7 libc6=2.36-9+deb12u14 \
    libatomic1=12.2.0-14+deb12u1 libgcc-s1=12.2.0-14+deb12u1 \
    libstdc++6=12.2.0-14+deb12u1 libjemalloc2=5.3.0-1 liblzf1=3.6-3 \
    libssl3=3.0.20-1~deb12u2 libsystemd0=252.39-1~deb12u2 \
    liblzma5=5.4.1-1+deb12u1 libcap2=1:2.66-4+deb12u3+b1 \
    libgcrypt20=1.10.1-3+deb12u1 libgpg-error0=1.46-1 liblz4-1=1.9.4-1 \
    libzstd1=1.5.4+dfsg2-5 liblua5.1-0=5.1.5-9 lua-cjson=2.1.0+dfsg-2.2 \
    lua-bitop=1.0.2-7 libhiredis0.14=0.14.1-3
[ "$(dpkg --print-architecture)" = amd64 ] || not_tried 'this is not amd64'
architecture=amd64
packages bookworm "$@"
expect 'size, 0x010203040506 and a time on 64 bits' \
    "64 6 1108152157446 1741687200000" "$(seen 64)"
architecture=i386
packages bookworm "$@"
expect 'size, 0x010203040506 and a time on 32 bits' \
    "32 6 50595078 2225445120" "$(seen 32)"
