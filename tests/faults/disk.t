#!/bin/sh
# The disk of the state directory: what the journal may take of it, and what
# becomes of mail when there is no more. Redis is away meanwhile.
. "$top_srcdir/tests/integration/lib.sh"
. "$top_srcdir/tests/integration/milter.sh"
. "$top_srcdir/tests/faults/judge.sh"
needs_root
plan 13
exec 3>&1

hold_redis() {
    kill -STOP "$REDIS_PID"
}
release_redis() {
    kill -CONT "$REDIS_PID"
}
status_number() {
    listpulse status --json | sed -n "s/^ *\"$1\": \([0-9]*\),*$/\1/p" | head -n 1
}
kilobytes() { # of the journal on its disk
    du -ck "$STATE"/journal.db* | tail -n 1 | cut -f 1
}
# goes_on NAME SECONDS: mail that comes now is counted within so many.
goes_on() {
    begin
    drive 50 0 && wait_until "$2" caught_up
}

# ---- a backlog that is limited ------------------------------------------------------

start_redis
printf 'backlog_megabytes = 8\n' >"$WORK/listpulse.conf"
CONF=$WORK/listpulse.conf
chmod 644 "$CONF"
milter_here
megabytes=${LISTPULSE_FAULT_MEGABYTES:-60}
begin
hold_redis
ok 'more mail than may wait passes' drive $((megabytes * 5)) 0 -s 200000
bounded() {
    echo "the journal takes $(kilobytes) KB"
    [ "$(kilobytes)" -lt $(((8 + 36) * 1024)) ]
}
ok 'the journal takes no more than it may, and its log' bounded
is_lost() {
    [ "$(status_number lost)" -gt 0 ]
}
ok 'what is beyond is counted as lost' wait_until 20 is_lost
ok 'status says that the journal takes no mails' \
    sh -c "'$LISTPULSE' --state '$STATE' --redis '$REDIS' status | grep 'does not take mails'"
release_redis
over() {
    judged "a backlog of $megabytes MB where 8 may wait" &&
        [ "$(number named)" -gt 0 ] && [ "$(number counted)" -gt 40 ]
}
ok 'and named; all else is counted' over
ok 'mail that comes then is counted at once' goes_on 'after it' 10
stop_milter

# ---- a disk that the journal shares ----------------------------------------------------

mkdir -p "$WORK/disk"
mount -t tmpfs -o size=100m,mode=755 listpulse "$WORK/disk" 2>/dev/null || {
    skip_rest 'no file system can be mounted here'
    exit 0
}
trap 'status=$?; trap "" INT TERM; umount -l "$WORK/disk"; cleanup; exit $status' EXIT
STATE=$WORK/disk/state
CONF=
free_kilobytes() {
    df -k --output=avail "$WORK/disk" | tail -n 1
}
milter_here
begin
hold_redis
ok 'more mail than the disk could hold passes' drive 600 0 -s 200000
leaves_room() {
    echo "$(free_kilobytes) KB are free"
    [ "$(free_kilobytes)" -gt $((7 * 1024)) ]
}
ok 'others still have room on it' leaves_room
release_redis
ok 'what did not fit is named' judged 'a journal that shares a disk of 100 MB'
ok 'and mail is counted again without help' goes_on 'after it' 10

# ---- a disk that others have filled ------------------------------------------------------

fill_disk() {
    dd if=/dev/zero of="$WORK/disk/ballast" bs=64k 2>/dev/null
    [ "$(free_kilobytes)" -lt 64 ]
}
filled() {
    begin
    drive 100 0 && wait_until 20 caught_up && hold_redis && drive 100 0 &&
        fill_disk && drive 100 0 && release_redis && drive 100 0
}
ok 'mail passes on a full disk' filled
spaced() {
    rm -f "$WORK/disk/ballast"
    wait_until 10 caught_up
    judged 'a disk that others filled' && [ "$(number named)" = 0 ]
}
ok 'with room again all of it is counted within seconds' spaced
ok 'the counters agree' listpulse verify
stop_milter
