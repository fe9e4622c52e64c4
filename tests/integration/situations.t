#!/bin/sh
# The situations of patch traffic, one short mbox each, against what the rules
# say of it: tests/data/situations. In whatever order the mails are counted,
# the answer is the same. Expectations are written by hand from the rules:
# what differs is a fault of the program until the rules say otherwise.
. "$top_srcdir/tests/integration/lib.sh"

folder=$top_srcdir/tests/data/situations
orders='as-is reversed shuffled'
count=$(find "$folder" -name '*.mbox' | wc -l)
plan $((count + 5))

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

# shown_as_told LIST...: of each mail of these, show tells of a set of as many
# parts as one that the digest has.
shown_as_told() {
    for name; do
        list=$name.situations.example
        listpulse digest "$list" --since 2025-05-01 --until 2025-06-01 \
            --sections patches --format json >"$WORK/told" || return 1
        sed -n 's/^Message-ID: <\(.*\)>$/\1/p' "$folder/$name.mbox" \
            >"$WORK/ids"
        while read -r id; do
            SHOWN=$(listpulse show "$list" "$id" |
                sed -n 's/^set .* \([0-9]* of [0-9]*\) parts.*/\1/p')
            export SHOWN
            perl -MJSON::PP -0777 -ne '
                exit !grep { "$_->{parts}{seen} of $_->{parts}{total}" eq
                    $ENV{SHOWN} } @{ decode_json($_)->{patch_sets} }' \
                "$WORK/told" || {
                echo "$list: $id: $SHOWN"
                return 1
            }
        done <"$WORK/ids"
    done
}

ok 'show tells of a set what the digest tells' shown_as_told \
    set-several-authors-unthreaded set-several-authors set-cover-twice \
    set-cover-of-another-version
