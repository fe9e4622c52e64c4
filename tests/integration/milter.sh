# What the tests of the milter share, over lib.sh.

CLIENT=$top_builddir/tests/support/milter-client
SOCKET=$WORK/run/milter.sock

# client drive ... or client script (on standard input)
client() {
    "$CLIENT" "$SOCKET" "$@"
}

# script LINE...: each line is a step; see tests/support/milter_client.c
script() {
    printf '%s\n' "$@" | client script
}

milter_here() {
    start_milter "$SOCKET" "$@"
}

processor() {
    pgrep -P "$MILTER_PID"
}

has_processor() {
    [ -n "$(processor)" ]
}

has_another_processor() {
    has_processor && [ "$(processor)" != "$1" ]
}

milter_lives() {
    kill -0 "$MILTER_PID"
}

# counted LIST N: within some seconds so many posts are there, and no more
# a moment later.
counted() {
    wait_until 90 has_posts "$1" "$2" && sleep 0.4 && has_posts "$1" "$2" || {
        echo "posts of $1: $(posts "$1"), wanted $2"
        tail -n 20 "$WORK/milter.log"
        return 1
    }
}

redis() {
    redis-cli -s "$REDIS_SOCKET" "$@"
}

duplicates() {
    listpulse status --json | sed -n 's/.*"duplicates": *\([0-9]*\).*/\1/p' |
        head -n 1
}

logged() {
    grep -qF -e "$1" "$WORK/milter.log"
}

will_log() {
    wait_until 20 logged "$1" || {
        echo "not in the log: $1"
        tail -n 20 "$WORK/milter.log"
        return 1
    }
}

descriptors() {
    find "/proc/$1/fd" -mindepth 1 2>/dev/null | wc -l
}
