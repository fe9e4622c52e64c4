#!/bin/sh
# Six made-up lists, each with the customs of a kind of project: their digests,
# as tests/data/worlds keeps them; its README says how they are renewed.
. "$top_srcdir/tests/integration/lib.sh"

folder=$top_srcdir/tests/data/worlds
worlds='apache gcc guix openbsd postgresql sourcehut'
plan 7

is_told_as_kept() {
    world=$folder/$1
    set -- "$1" --state "$STATE" --redis "$REDIS"
    [ ! -e "$world.conf" ] || set -- "$@" -c "$world.conf"
    name=$1
    shift
    "$LISTPULSE" "$@" import "$world.mbox" || return 1
    list=$(sed -n 's/^List-Id: .*<\(.*\)>$/\1/p
        s/^List-Id: <\(.*\)>$/\1/p' "$world.mbox" | head -n 1)
    "$LISTPULSE" "$@" digest "$list" --since 2025-05-01 --until 2025-06-01 \
        --timezone UTC >"$WORK/$name.text" || return 1
    [ -z "$LISTPULSE_UPDATE" ] || cp "$WORK/$name.text" "$world.text"
    same "$world.text" "$WORK/$name.text"
}

start_redis
for world in $worlds; do
    ok "$world" is_told_as_kept "$world"
done
ok 'the counters agree with the posts' listpulse verify
