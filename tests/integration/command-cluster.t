#!/bin/sh
# SPDX-License-Identifier: MIT
# The command on a real Redis Cluster: three masters, lists spread over them.
. "${top_srcdir:?run by make check}/tests/integration/command.sh"
. "$top_srcdir/tests/integration/cluster.sh"
start_cluster

# Only one node is named: the others are found.
spread() {
    "$LISTPULSE" --state "$STATE" --redis "cluster://$first" "$@"
}

mbox() {
    for list in a b kestrel heron wren osprey plover teal; do
        for number in 1 2 3 4 5; do
            printf 'From mboxrd@z Thu Jan  1 00:00:00 1970\n'
            printf 'From: P <p@example.org>\nSubject: [PATCH] %s\n' $number
            printf 'Date: Tue, 11 Mar 2025 06:00:0%s +0000\n' $number
            printf 'Message-ID: <%s@%s>\nList-Id: <%s.example.org>\n' \
                $number $list $list
            printf '\nText.\n\nSigned-off-by: P <p@example.org>\n\n'
        done
    done
}

lists_are_spread() {
    mbox >"$WORK/mbox"
    says 'counted 40 posts of 40 mails' spread import "$WORK/mbox" &&
        says 'counted 0 posts' spread import "$WORK/mbox" || return 1
    for port in $masters; do
        redis-cli -p "$port" --scan --pattern 'lp:{*.example.org}*' |
            grep -q . || {
            echo "nothing on $port"
            return 1
        }
    done
}

digests_are_the_same() {
    pulse import "$SAMPLE" >"$WORK/log" && spread import "$SAMPLE" >>"$WORK/log" &&
        pulse digest $SAMPLE_LIST 5427ad98e..e396598eb -f json \
            >"$WORK/alone" &&
        spread digest $SAMPLE_LIST 5427ad98e..e396598eb -f json \
            >"$WORK/spread" && same "$WORK/alone" "$WORK/spread"
}

all_commands_work() {
    spread lists >"$WORK/lists" && [ "$(wc -l <"$WORK/lists")" -eq 11 ] &&
        says 'message-id   1@a' spread show a 1@a &&
        says 'a.example.org posts 5' spread watch -n 1 &&
        says 'all agree' spread verify &&
        says 'erased 1 posts' spread forget b --message 2@b &&
        spread verify >"$WORK/out" && ! grep faults "$WORK/out" || return 1
    spread status >"$WORK/out"
    grep -q '^redis .*answers' "$WORK/out" && grep -q '10 lists' "$WORK/out"
}

archive_of() {
    perl -e 'for (1 .. 4000) {
        printf "From mboxrd\@z Thu Jan  1 00:00:00 1970\nFrom: P%d <p%d\@x.org>\n"
            . "Subject: [PATCH] %d\nMessage-ID: <%d\@%s>\nList-Id: <%s>\n"
            . "Date: Tue, 11 Mar 2025 06:%02d:%02d +0000\n\nText.\n\n",
            $_ % 50, $_ % 50, $_, $_, $ARGV[0], $ARGV[0], $_ / 60 % 60, $_ % 60
        }' "$1" >"$WORK/$1.mbox" && rm -rf "${WORK:?}/$1.git" &&
        "$top_srcdir/tests/support/make-archive" "$WORK/$1.mbox" \
            "$WORK/$1.git"
}

has_some() {
    spread lists | awk -v list="$1" '$1 == list && $2 >= 200 { found = 1 }
        END { exit !found }'
}

# Every mail once, and the counters agree.
is_counted_once() {
    cat "$WORK/import.out"
    says "$1 posts 4000 duplicates 0 " spread watch "$1" --rounds 1 &&
        says 'all agree' spread verify "$1"
}

a_slot_moves_while_an_archive_is_read() {
    list=moving.example.org
    archive_of $list || return 1
    slot=$(slot_of $list)
    spread import "$WORK/$list.git" >"$WORK/import.out" 2>&1 &
    import=$!
    wait_until 30 has_some $list
    stuck=
    for round in 1 2 3; do
        move_away "$slot" || stuck=yes
    done
    wait $import || stuck=yes
    cat "$WORK/import.out"
    [ -z "$stuck" ] && is_counted_once $list
}

a_master_dies_while_an_archive_is_read() {
    list=dying.example.net
    archive_of $list || return 1
    port=${first#*:}
    # shellcheck disable=SC2046
    set -- $(owner_of "$(slot_of $list)" "$port")
    victim=$2
    [ "$victim" -ne "$port" ] || port=$(tail -n 1 "$cluster/ports")
    first=127.0.0.1:$port
    spread import "$WORK/$list.git" >"$WORK/import.out" 2>&1 &
    import=$!
    wait_until 30 has_some $list
    kill -9 "$(cat "$cluster/$victim/pid")"
    wait $import || {
        cat "$WORK/import.out"
        return 1
    }
    is_counted_once $list
}

plan 5
ok 'lists are spread over the nodes' lists_are_spread
ok 'digests are the same as from one server' digests_are_the_same
ok 'every command works across the nodes' all_commands_work
ok 'a slot moves while an archive is read' a_slot_moves_while_an_archive_is_read
ok 'a master dies while an archive is read' \
    a_master_dies_while_an_archive_is_read
