# SPDX-License-Identifier: MIT
# What the tests on a real Redis Cluster share; sourced after lib.sh.

have redis-server redis-cli || skip_all 'redis-server is not here'
cluster=$WORK/cluster

end_cluster() {
    "$top_srcdir/tests/support/redis-cluster" stop "$cluster"
    cleanup
}

# start_cluster: three masters and three replicas. Sets masters, their ports,
# and first, the one of them that is named to listpulse.
start_cluster() {
    trap 'status=$?; end_cluster; exit $status' EXIT
    "$top_srcdir/tests/support/redis-cluster" start-cluster "$cluster" \
        >"$WORK/cluster.log" 2>&1 || {
        sed 's/^/# /' "$WORK/cluster.log"
        bail_out 'the cluster does not come up'
    }
    masters=$(head -n 3 "$cluster/ports")
    first=127.0.0.1:$(head -n 1 "$cluster/ports")
}

# slot_of LIST
slot_of() {
    redis-cli -p "${first#*:}" cluster keyslot "$1"
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

# is_owned_by SLOT PORT, as the first node has heard.
is_owned_by() {
    owner_of "$1" "${first#*:}" | grep -q " $2\$"
}

# other_master PORT: the first that is another one.
other_master() {
    echo "$masters" | grep -vx "$1" | head -n 1
}

# move_away SLOT: from the master that has it to another one.
move_away() {
    moving=$1
    # shellcheck disable=SC2046
    set -- $(owner_of "$moving" "${first#*:}")
    to_port=$(other_master "$2")
    move_slot "$moving" "$1" "$2" "$(redis-cli -p "$to_port" cluster myid)" \
        "$to_port" >"$WORK/move.log" 2>&1 && ! grep -q ERR "$WORK/move.log" &&
        wait_until 10 is_owned_by "$moving" "$to_port" || {
        cat "$WORK/move.log"
        return 1
    }
}

# replica_of PORT: the port of a living replica of that master.
replica_of() {
    redis-cli -p "$1" cluster nodes | perl -ane '
        $id = $F[0] if $F[2] =~ /myself/;
        push @replicas, [ $F[3], $F[1] =~ /:(\d+)/ ]
            if $F[2] =~ /slave/ && $F[2] !~ /fail/;
        END { print map { "$_->[1]\n" } grep { $_->[0] eq $id } @replicas }' |
        head -n 1
}

node_follows() {
    redis-cli -p "$1" info replication | grep -q 'master_link_status:up'
}

# restart_node PORT: one that was killed; it comes back as a replica.
restart_node() {
    (cd "$cluster/$1" && exec redis-server conf) >/dev/null 2>&1 &
    echo $! >"$cluster/$1/pid"
    wait_until 30 node_follows "$1"
}
