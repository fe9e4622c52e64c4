#!/bin/sh
# SPDX-License-Identifier: MIT
# The command on a real Redis Cluster: three masters, lists spread over them.
. "${top_srcdir:?run by make check}/tests/integration/command.sh"
have redis-server redis-cli || skip_all 'redis-server is not here'

cluster=$WORK/cluster
end_cluster() {
    "$top_srcdir/tests/support/redis-cluster" stop "$cluster"
    cleanup
}
trap 'status=$?; end_cluster; exit $status' EXIT
"$top_srcdir/tests/support/redis-cluster" start-cluster "$cluster" \
    >"$WORK/cluster.log" 2>&1 || {
    sed 's/^/# /' "$WORK/cluster.log"
    bail_out 'the cluster does not come up'
}
first=127.0.0.1:$(head -n 1 "$cluster/ports")
masters=$(head -n 3 "$cluster/ports")

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

# owner_of SLOT PORT: "id port" of its master, as the node at PORT sees it.
owner_of() {
    redis-cli -p "$2" cluster nodes | perl -ane '
        BEGIN { $slot = shift @ARGV }
        next unless $F[2] =~ /master/ && $F[2] !~ /fail/;
        my ($port) = $F[1] =~ /:(\d+)/;
        for (@F[8 .. $#F]) {
            my ($from, $to) = /^(\d+)(?:-(\d+))?$/ or next;
            $to = $from unless defined $to;
            print "$F[0] $port\n" if $slot >= $from && $slot <= $to;
        }' "$1"
}

# move_slot SLOT FROM-ID FROM-PORT TO-ID TO-PORT, while mail is counted.
move_slot() {
    redis-cli -p "$5" cluster setslot "$1" importing "$2" &&
        redis-cli -p "$3" cluster setslot "$1" migrating "$4" || return 1
    while keys=$(redis-cli -p "$3" cluster getkeysinslot "$1" 20) &&
        [ -n "$keys" ]; do
        # shellcheck disable=SC2086
        redis-cli -p "$3" migrate 127.0.0.1 "$5" '' 0 5000 keys $keys ||
            return 1
    done
    redis-cli -p "$5" cluster setslot "$1" node "$4" &&
        redis-cli -p "$3" cluster setslot "$1" node "$4"
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
    port=${first#*:}
    slot=$(redis-cli -p "$port" cluster keyslot "$list")
    spread import "$WORK/$list.git" >"$WORK/import.out" 2>&1 &
    import=$!
    wait_until 30 has_some $list
    for round in 1 2 3; do
        # shellcheck disable=SC2046
        set -- $(owner_of "$slot" "$port")
        from=$1
        from_port=$2
        to_port=$(echo "$masters" | grep -vx "$from_port" | head -n 1)
        to=$(redis-cli -p "$to_port" cluster myid)
        move_slot "$slot" "$from" "$from_port" "$to" "$to_port" \
            >"$WORK/move.log" 2>&1 || cat "$WORK/move.log"
    done
    wait $import || return 1
    is_counted_once $list
}

a_master_dies_while_an_archive_is_read() {
    list=dying.example.net
    archive_of $list || return 1
    port=${first#*:}
    slot=$(redis-cli -p "$port" cluster keyslot "$list")
    # shellcheck disable=SC2046
    set -- $(owner_of "$slot" "$port")
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
