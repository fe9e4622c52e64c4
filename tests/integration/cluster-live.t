#!/bin/sh
# SPDX-License-Identifier: MIT
# Mail through a real Postfix into a real Redis Cluster, while a slot moves and
# masters die whose replicas lag: lost 0, doubled 0, deferred 0. An oracle
# compares that only knows what arrived at the far side.
. "${top_srcdir:?run by make check}/tests/integration/lib.sh"
. "$top_srcdir/tests/integration/milter.sh"
. "$top_srcdir/tests/integration/cluster.sh"
needs_root
plan 10

lists=9
sent=$WORK/sent
bursts=0
log_start=1

# port_of LIST: of its master.
port_of() {
    owner_of "$(slot_of "$1")" "${first#*:}" | cut -d' ' -f2
}

is_on() {
    [ "$(port_of "$1")" = "$2" ]
}

# One list lies on the last of the masters, which will die; the slot of another
# one moves between the other two. The quiet one is not on the last either.
choose_lists() {
    last_master=$(echo "$masters" | tail -n 1)
    quiet=list0.faults.example.org
    for number in 1 2 3 4 5 6 7 8; do
        list=list$number.faults.example.org
        if is_on "$list" "$last_master"; then
            dying=$list
        else
            moving=$list
        fi
    done
    [ -n "$moving" ] && [ -n "$dying" ] && ! is_on $quiet "$last_master"
}

lists_are_spread() {
    for port in $masters; do
        redis-cli -p "$port" --scan --pattern 'lp:{list*}*' | grep -q . ||
            return 1
    done
}

# --- mail ---------------------------------------------------------------------

answers() {
    cat "$sent".* | wc -l
}

has_answers() {
    [ "$(answers)" -ge "$1" ]
}

# flows N: so many mails more are taken.
flows() {
    wait_until 30 has_answers $(($(answers) + $1)) || {
        echo "$(answers) answers"
        return 1
    }
}

# start_traffic LISTS: every start of it has ids and a log of its own.
start_traffic() {
    bursts=$((bursts + 1))
    rm -f "$WORK/stop"
    "$top_srcdir/tests/faults/traffic" --port "$POSTFIX_PORT" \
        --log "$sent.$bursts" --stop "$WORK/stop" --rate 80 --lists "$1" \
        --sessions 4 --once --seed $bursts &
    traffic=$!
    pids="$traffic $pids"
}

stop_traffic() {
    touch "$WORK/stop"
    wait $traffic
}

# burst LISTS N: traffic until N mails are taken.
burst() {
    : >>"$sent.0"
    start_traffic "$1"
    flows "$2" || return 1
    stop_traffic
}

is_processed() {
    wait_until 60 milter_is_idle && return
    tail -n 20 "$WORK/milter.log"
    listpulse status
    return 1
}

# --- the tests ----------------------------------------------------------------

mail_flows() {
    : >"$sent.0"
    start_traffic $lists
    flows 100 && wait_until 10 lists_are_spread
}

slot_moves() {
    for round in 1 2 3; do
        move_away "$(slot_of "$moving")" && flows 30 || return 1
    done
}

# Half here, half there, while mail of it comes: ASK and TRYAGAIN.
slot_is_torn() {
    slot=$(slot_of "$moving")
    # shellcheck disable=SC2046
    set -- $(owner_of "$slot" "${first#*:}")
    to_port=$(other_master "$2")
    redis-cli -p "$to_port" cluster setslot "$slot" importing "$1" &&
        redis-cli -p "$2" cluster setslot "$slot" migrating \
            "$(redis-cli -p "$to_port" cluster myid)" || return 1
    # shellcheck disable=SC2046
    redis-cli -p "$2" migrate 127.0.0.1 "$to_port" '' 0 5000 keys \
        $(redis-cli -p "$2" cluster getkeysinslot "$slot" 3)
    flows 60 && move_away "$slot"
}

# What its replica does not have yet goes with a master that dies: here all
# that was counted since the replica lost its connection.
let_replica_lag() {
    replica=$(replica_of "$1")
    redis-cli -p "$replica" config set masterauth wrong &&
        redis-cli -p "$replica" client kill type master
}

is_taken_over() {
    port=$(port_of "$dying")
    [ -n "$port" ] && [ "$port" != "$victim" ]
}

victim_dies() {
    kill -9 "$(cat "$cluster/$victim/pid")"
    wait_until 30 is_taken_over && return
    redis-cli -p "${first#*:}" cluster nodes
    return 1
}

# went_back N: so often the milter found a Redis that knows less than it did.
went_back() {
    [ "$(grep -c 'counted again from row' "$WORK/milter.log")" -ge "$1" ]
}

master_dies_in_traffic() {
    victim=$(port_of "$dying")
    let_replica_lag "$victim" && flows 100 && victim_dies && flows 100 &&
        wait_until 30 went_back 1
}

# The dead master comes back, as a replica, and its successor dies while no
# mail comes any more; the last ones were for a list elsewhere.
master_dies_in_silence() {
    restart_node "$victim" || return 1
    victim=$(port_of "$dying")
    let_replica_lag "$victim" && burst $lists 100 && burst 1 10 &&
        is_processed && victim_dies && wait_until 30 went_back 2
}

oracle_agrees() {
    "$top_builddir/tests/faults/counted" "$REDIS" "$STATE" >"$WORK/counted" &&
        "$top_srcdir/tests/faults/oracle" --sink "$SINK" --log "$sent" \
            --counted "$WORK/counted" >"$WORK/verdict"
    status=$?
    cat "$WORK/verdict"
    [ $status -eq 0 ] && [ "$(answers)" -ge 500 ] &&
        [ "$(wc -l <"$WORK/counted")" -eq "$(answers)" ] &&
        grep -q "^delivered $(answers) .* absent 0\$" "$WORK/verdict"
}

counters_agree() {
    listpulse verify && [ "$(duplicates)" = 0 ] &&
        listpulse status --json | grep '"lost": 0\b'
}

no_mail_was_held_up() {
    sed -n "$log_start,\$p" "$POSTFIX/log" >"$WORK/postfix.log" &&
        ! grep -E 'status=deferred|reject|[Mm]ilter|fatal|panic' \
            "$WORK/postfix.log"
}

start_cluster
REDIS=cluster://$first
start_sink
start_postfix mx "$(postfix_milter_lines)"
start_milter "$POSTFIX/queue/listpulse/milter.sock"
log_start=$(($(wc -l <"$POSTFIX/log") + 1)) # it was asked before the milter
choose_lists || bail_out 'the lists do not lie as they should'

ok 'mail flows to lists on every master' mail_flows
ok 'a slot moves to and fro' slot_moves
ok 'a slot stays half moved' slot_is_torn
ok 'a master dies and its replica lags' master_dies_in_traffic
stop_traffic
ok 'a master dies when no mail comes' master_dies_in_silence
ok 'what was taken is processed' is_processed
ok 'and at the far side' wait_until 60 queues_are_empty
ok 'every mail is counted once' oracle_agrees
ok 'nothing is lost or doubled, and the counters agree' counters_agree
ok 'no mail was held up' no_mail_was_held_up
sed 's/^/# /' "$WORK/verdict"
stop_milter
