#!/bin/sh
# The private Redis: which program it is, and whose its files are.
. "$top_srcdir/tests/integration/command.sh"
needs_root
find_redis
plan 4

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
    (PATH=$WORK/only && pulse lists) >"$WORK/lists" &&
        grep -q kestrel "$WORK/lists"
}
ok 'it is found as redis-check-rdb too' by_the_checkers_name
