#!/bin/sh
# SPDX-License-Identifier: MIT
# The command on a real Redis Cluster: three masters, lists spread over them.
. "${top_srcdir:?run by make check}/tests/integration/command.sh"
have redis-server redis-cli || skip_all 'redis-server is not here'

nodes=
for number in 1 2 3; do
    port=$(free_port)
    mkdir -p "$WORK/node$number"
    redis-server --port "$port" --bind 127.0.0.1 --cluster-enabled yes \
        --cluster-port "$(free_port)" --dir "$WORK/node$number" --save '' \
        >"$WORK/node$number/log" 2>&1 &
    pids="$pids $!"
    wait_until 20 port_answers "$port" || skip_all 'no cluster can be started'
    nodes="$nodes 127.0.0.1:$port"
done
# shellcheck disable=SC2086
redis-cli --cluster create $nodes --cluster-yes >"$WORK/create.log" 2>&1 || {
    sed 's/^/# /' "$WORK/create.log"
    bail_out 'the cluster cannot be made'
}
first=${nodes# }
first=${first%% *}
is_whole() {
    redis-cli -p "${first#*:}" cluster info | grep -q 'cluster_state:ok'
}
wait_until 30 is_whole || bail_out 'the cluster does not come up'

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
    for node in $nodes; do
        redis-cli -p "${node#*:}" --scan --pattern 'lp:{*.example.org}*' |
            grep -q . || {
            echo "nothing on $node"
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

plan 3
ok 'lists are spread over the nodes' lists_are_spread
ok 'digests are the same as from one server' digests_are_the_same
ok 'every command works across the nodes' all_commands_work
