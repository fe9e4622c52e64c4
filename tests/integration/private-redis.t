#!/bin/sh
# The private Redis: which program it is, and whose its files are.
. "$top_srcdir/tests/integration/command.sh"
needs_root
find_redis
plan 12

owner=65534
mkdir -m 700 "$STATE"
chown $owner:$owner "$STATE"

roots_files() {
    files=$(find "$STATE" ! -uid $owner)
    [ -z "$files" ] || {
        echo "not the owner's: $files"
        return 1
    }
}
ok 'root imports into the state directory of another' \
    pulse import "$SAMPLE"
ok 'nothing in it is of root then' roots_files

the_owner_goes_on() {
    pulse redis stop &&
        cp "$LISTPULSE" "$WORK/listpulse" &&
        setpriv --reuid $owner --regid $owner --clear-groups \
            "$WORK/listpulse" --state "$STATE" lists >"$WORK/lists" &&
        grep -q kestrel "$WORK/lists"
}
ok 'and its owner starts the same Redis again' the_owner_goes_on

# Debian's redis-tools has the server as redis-check-rdb.
by_the_checkers_name() {
    pulse redis stop
    mkdir -p "$WORK/only"
    ln -sf "$(readlink -f "$(command -v redis-server)")" \
        "$WORK/only/redis-check-rdb"
    # shellcheck disable=SC2123 # on purpose
    (PATH=$WORK/only && pulse lists) >"$WORK/lists" &&
        grep -q kestrel "$WORK/lists"
}
ok 'it is found as redis-check-rdb too' by_the_checkers_name

# ---- links of the owner lead root nowhere ----------------------------------------

pulse redis stop
make_victim() {
    rm -rf "$WORK/victim"
    mkdir -m 700 "$WORK/victim"
    echo 'of root' >"$WORK/victim/redis.conf"
    echo 'of root' >"$WORK/victim/start.lock"
    find "$WORK/victim" -printf '%P %u %m %s\n' | sort >"$WORK/victim.before"
}
victim_is_as_before() {
    find "$WORK/victim" -printf '%P %u %m %s\n' | sort >"$WORK/victim.now"
    same "$WORK/victim.before" "$WORK/victim.now"
}
to_a_folder() {
    make_victim
    mv "$STATE/redis" "$STATE/aside"
    ln -s "$WORK/victim" "$STATE/redis"
    complains 1 'cannot start a private Redis' pulse lists
    victim_is_as_before
    code=$?
    rm "$STATE/redis"
    mv "$STATE/aside" "$STATE/redis"
    return $code
}
ok 'a link to a folder of root' to_a_folder
to_files() {
    make_victim
    for file in redis.conf start.lock; do
        ln -sf "$WORK/victim/$file" "$STATE/redis/$file"
        chown -h $owner:$owner "$STATE/redis/$file"
    done
    complains 1 'start.lock' pulse lists && victim_is_as_before
    code=$?
    rm "$STATE/redis/start.lock"
    return $code
}
ok 'links to files of root' to_files
starts_again() {
    pulse lists >"$WORK/lists" && grep -q kestrel "$WORK/lists" && roots_files
}
ok 'without them it starts, and all is of the owner' starts_again

# ---- after a power cut ---------------------------------------------------------

# What ext4 leaves at the end of a file that was appended to: zeros. The first
# start meets them, the next one mends.
kestrel_is_there() {
    pulse lists >"$WORK/lists" 2>"$WORK/err" && grep -q kestrel "$WORK/lists"
}
zeros_at_the_end() {
    pulse redis stop
    data=$(find "$STATE/redis" -name '*.incr.aof')
    size=$(stat -c %s "$data")
    truncate -s +300 "$data"
    wait_until 20 kestrel_is_there || {
        cat "$WORK/err"
        tail "$STATE/redis/redis.log"
        return 1
    }
    [ "$(stat -c %s "$data.cut-at-$size")" = 300 ] &&
        grep -q 'listpulse: the last 300 bytes of' "$STATE/redis/redis.log"
}
ok 'zeros at the end of the append-only file are put aside' zeros_at_the_end
ok 'and it is all of the owner still' roots_files

# Redis itself would take the half of it at the start after the next.
half_a_transaction() {
    wait_until 20 kestrel_is_there
    pulse redis stop
    data=$(find "$STATE/redis" -name '*.incr.aof')
    printf '*1\r\n$5\r\nMULTI\r\n*2\r\n$4\r\nINCR\r\n$4\r\nhalf\r\n*2\r\n$4\r\nIN' \
        >>"$data"
    for _ in 1 2 3; do
        wait_until 20 kestrel_is_there || return 1
        pulse import "$top_srcdir/tests/data/sample.mbox" || return 1
        pulse redis stop
    done
    ! grep -q half "$data"
}
ok 'half a transaction at the end is taken off as a whole' half_a_transaction

# ---- data that it cannot read ------------------------------------------------

# The first data that it loads are those of a server of later years.
data_of_a_newer_server() {
    pulse redis stop
    data=$(find "$STATE/redis" -name '*.base.rdb')
    cp "$data" "$WORK/base.rdb"
    perl -pi -e 's/^REDIS\d{4}/REDIS0099/ if $. == 1' "$data"
    complains 2 "older than its data in $STATE/redis" pulse lists &&
        complains 2 "format version 99" pulse lists
}
ok 'data of a newer server are named as such' data_of_a_newer_server

other_complaints_are_shown() {
    cp "$WORK/base.rdb" "$data"
    echo nonsense >"$(find "$STATE/redis" -name '*.manifest')"
    complains 1 'the private Redis does not answer: ' pulse lists
    grep -qi manifest "$WORK/err"
}
ok 'else its own last complaint is shown' other_complaints_are_shown
