#!/bin/sh
# The situations of patch traffic, one short mbox each, against what the rules
# say of it: tests/data/situations. In whatever order the mails are counted,
# the answer is the same. Expectations are written by hand from the rules:
# what differs is a fault of the program until the rules say otherwise.
. "$top_srcdir/tests/integration/lib.sh"

folder=$top_srcdir/tests/data/situations
orders='as-is reversed shuffled'
count=$(find "$folder" -name '*.mbox' | wc -l)
plan $((count + 4))

# Imports all of them in this order and looks what was understood.
are_read() {
    "$top_srcdir/tests/support/situations" "$folder" "$WORK" "$REDIS_SOCKET" \
        "$1" -- "$LISTPULSE" --state "$STATE" --redis "$REDIS" &&
        "$LISTPULSE" --state "$STATE" --redis "$REDIS" verify
}

is_understood() {
    grep -v '^#' "$folder/$1.expected" >"$WORK/expected" || return 1
    for order in $orders; do
        same "$WORK/expected" "$WORK/$order/$1" || {
            echo "(mails $order; '+' is what the program says)"
            return 1
        }
    done
}

# Each says in its first line which situation it is.
are_in_pairs() {
    for file in "$folder"/*.mbox; do
        head -n 1 "${file%.mbox}.expected" | grep '^# .' || {
            echo "no word on $file"
            return 1
        }
    done
    [ "$(find "$folder" -name '*.expected' | wc -l)" -eq "$count" ]
}

ok 'every situation has its answer' are_in_pairs
start_redis
for order in $orders; do
    ok "all are read, mails $order" are_read "$order"
done
for file in "$folder"/*.mbox; do
    name=${file##*/}
    name=${name%.mbox}
    ok "$name" is_understood "$name"
done
