#!/bin/sh
# SPDX-License-Identifier: MIT
# Who reads what the daemon counted: root, the daemon's user, members of its
# group; nobody else, and nobody but the first two starts or changes anything.
. "${top_srcdir:?run by make check}/tests/integration/command.sh"
needs_root
needs setpriv
plan 20

OWNER=61001 # user and group of the daemon; numbers that nobody has
STATE=$WORK/state
chmod 711 "$WORK"
find_redis
# The users of this test must reach the program, wherever it was built.
mkdir "$WORK/bin.own"
cp "$LISTPULSE" "$WORK/bin.own/listpulse"
chmod 755 "$WORK/bin.own" "$WORK/bin.own/listpulse"
cp "$SAMPLE" "$WORK/sample.mbox"
chmod 644 "$WORK/sample.mbox"
redis_program=$(readlink -f "$(command -v redis-server)")
mkdir -p "$WORK/programs"
cp "$redis_program" "$WORK/programs/redis-server"
chmod 755 "$WORK/programs" "$WORK/programs/redis-server"
PATH=$WORK/programs:$PATH

# as owner|member|stranger|root COMMAND...: listpulse as that user.
as() {
    who=$1
    shift
    case $who in
    owner) set -- setpriv --reuid=$OWNER --regid=$OWNER --clear-groups \
        "$WORK/bin.own/listpulse" --state "$STATE" "$@" ;;
    member) set -- setpriv --reuid=61002 --regid=61002 --groups=$OWNER \
        "$WORK/bin.own/listpulse" --state "$STATE" "$@" ;;
    stranger) set -- setpriv --reuid=61003 --regid=61003 --clear-groups \
        "$WORK/bin.own/listpulse" --state "$STATE" "$@" ;;
    root) set -- "$LISTPULSE" --state "$STATE" "$@" ;;
    esac
    env HOME="$WORK/home" "$@"
}

as_member() {
    as member "$@"
}

as_stranger() {
    as stranger "$@"
}

socket=$STATE/redis/redis.sock

is_stopped() {
    ! redis-cli -s "$socket" ping 2>/dev/null | grep -q .
}

none_of_root() {
    find "$STATE" ! -user $OWNER >"$WORK/found"
    [ ! -s "$WORK/found" ] || {
        cat "$WORK/found"
        return 1
    }
}

# The state directory as the package makes it.
mkdir "$STATE"
chown $OWNER:$OWNER "$STATE"
chmod 710 "$STATE"

ok 'a member starts no Redis' complains 1 'does not run' as_member lists
ok 'nor does a stranger, who is told the group' \
    complains 1 "members of the group" as_stranger lists
ok 'and nothing was made' sh -c '[ -z "$(ls -A "$1")" ]' sh "$STATE"
ok 'root counts' as root import "$WORK/sample.mbox"
ok 'and leaves no file of root' none_of_root
as root digest "$SAMPLE_LIST" --since 2025-01-01 >"$WORK/by_root" ||
    bail_out 'no digest'
as member digest "$SAMPLE_LIST" --since 2025-01-01 >"$WORK/by_member" 2>"$WORK/err"
ok 'a member reads the same' same "$WORK/by_root" "$WORK/by_member"

reads_all() {
    for command in "lists" "show $SAMPLE_LIST 5427ad98e" "verify $SAMPLE_LIST" \
        "watch -n 1" "export $SAMPLE_LIST"; do
        # shellcheck disable=SC2086
        as member $command >"$WORK/out" 2>&1 || {
            echo "$command"
            cat "$WORK/out"
            return 1
        }
    done
}
ok 'with every command that only reads' reads_all
ok 'a member counts nothing' \
    exits 1 as member import --again "$WORK/sample.mbox"
ok 'and erases nothing' \
    exits 1 as member forget "$SAMPLE_LIST" --author diego@salvatierra.example

denied() {
    for command in 'flushall' 'set x y' 'config set maxmemory 1mb' 'shutdown' \
        'acl setuser default +@all' 'debug sleep 1' \
        'eval return(1) 0' 'hset lp:{x}:meta post 1' 'keys lp:lists' \
        "del lp:lists" 'script flush' 'monitor'; do
        # shellcheck disable=SC2086
        timeout 5 setpriv --reuid=61002 --regid=61002 --groups=$OWNER \
            redis-cli -s "$socket" $command >"$WORK/out" 2>&1
        grep -qi 'NOPERM\|no permissions\|DEBUG command not allowed' "$WORK/out" || {
            echo "$command: $(cat "$WORK/out")"
            return 1
        }
    done
}
ok 'nor does Redis let one do anything else' denied
posts_of() {
    as root lists | awk -v list="$SAMPLE_LIST" '$1 == list { print $2 }'
}
ok 'what was counted is still there' [ "$(posts_of)" = 62 ]
ok 'a stranger reads nothing and is told the group' \
    complains 1 'members of the group' as_stranger lists
ok "the password is the owner's alone" sh -c '
    [ "$(stat -c "%a %u" "$1/redis/secret")" = "600 61001" ]' sh "$STATE"
ok 'the owner counts, too' as owner import --again "$WORK/sample.mbox"
ok 'root stops it' as root redis stop
# Redis replays what it wrote as the default user, who may then do all.
counted_is_loaded() {
    as owner lists >"$WORK/lists" && cat "$WORK/lists" &&
        [ "$(posts_of)" = 62 ] && as owner verify
}
ok 'started again it has all that was counted' counted_is_loaded
ok 'and a member reads it' as_member lists
as root redis stop >/dev/null

# One that was started before there was a group: as 47d3529 did.
old_is_shared() {
    wait_until 10 is_stopped
    rm -f "$STATE/redis/secret"
    sed -i '/^user /d; s/^unixsocketperm .*/unixsocketperm 700/' \
        "$STATE/redis/redis.conf"
    chmod 700 "$STATE/redis"
    (cd "$STATE/redis" && setpriv --reuid=$OWNER --regid=$OWNER --clear-groups \
        redis-server redis.conf) >/dev/null
    wait_until 10 sh -c '! "$1" --state "$2" lists | grep -q never' sh \
        "$LISTPULSE" "$STATE"
    as root lists >/dev/null && as member lists >"$WORK/out" &&
        grep -q kestrel "$WORK/out" && denied && none_of_root
}
ok 'a server from before is shared while it runs' old_is_shared

# ---- how the daemon is -----------------------------------------------------------

cp "$MILTER" "$WORK/bin.own/milter"
mkdir "$WORK/run"
chown $OWNER:$OWNER "$WORK/run"
setpriv --reuid=$OWNER --regid=$OWNER --clear-groups "$WORK/bin.own/milter" -f \
    --state "$STATE" -p "local:$WORK/run/milter.sock" >"$WORK/milter.log" 2>&1 &
daemon=$!
pids="$daemon $pids"
ok 'a member learns how the daemon is' wait_until 20 as_member status
strangers_status() {
    as_stranger status >"$WORK/out" 2>&1 && return 1
    cat "$WORK/out"
    grep -q 'Permission denied' "$WORK/out"
}
ok 'and a stranger does not' strangers_status
stop_process $daemon
as root redis stop >/dev/null
