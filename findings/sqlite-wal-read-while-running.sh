#!/bin/sh
# Finding: who may read a SQLite database in WAL mode, but not write to its folder,
#          reads it while another process has it open, and not any more once the
#          last one has closed it well: "attempt to write a readonly database".
# Guess:   a closed database is one plain file, and mode=ro or -readonly reads what
#          one may read; if anything, a writer is in the way.
# Seen:    sqlite3 3.40.1-2+deb12u2 (Debian 12), 3.46.1-7+deb13u2 (Debian 13).
# Hurts:   monitoring and backup users: all is well in tests, and when the service
#          stops, which is when one looks, nothing can be read. Say immutable=1 if
#          no one has it open (never otherwise), or keep a connection that lives.
. "$(dirname "$0")/common"
[ "$(id -u)" -eq 0 ] || not_tried 'only root can become another user'
packages bookworm sqlite3=3.40.1-2+deb12u2 libsqlite3-0=3.40.1-2+deb12u2 \
    libedit2=3.1-20221030-2 libbsd0=0.11.7-2 libmd0=1.0.4-2
use_libraries

chmod 755 "$WORK"
sqlite() {
    "$ROOT/usr/bin/sqlite3" "$@"
}
reader() {
    setpriv --reuid 65534 --regid 65534 --clear-groups \
        "$ROOT/usr/bin/sqlite3" "$1" 'SELECT * FROM t' 2>&1 |
        sed 's/.*\(attempt to [a-z ]*\).*/\1/; s/ $//'
}
sqlite "$WORK/data" 'PRAGMA journal_mode = WAL; CREATE TABLE t (a);
    INSERT INTO t VALUES (1);' >"$WORK/log"
expect 'files after a good close' data "$(cd "$WORK" && echo data*)"
expect 'read when all have closed it' 'attempt to write a readonly database' \
    "$(reader "file:$WORK/data?mode=ro")"
expect 'the same with immutable=1' 1 \
    "$(reader "file:$WORK/data?mode=ro&immutable=1")"

# Another process has it open as long as its standard input is.
mkfifo "$WORK/statements"
sqlite "$WORK/data" <"$WORK/statements" >"$WORK/answers" &
exec 3>"$WORK/statements"
echo 'INSERT INTO t VALUES (2); SELECT 1;' >&3
for _ in 1 2 3 4 5 6 7 8 9 10; do
    [ ! -s "$WORK/answers" ] || break
    sleep 0.3
done
expect 'read while another has it open' '1 2' \
    "$(reader "file:$WORK/data?mode=ro" | paste -sd' ')"
exec 3>&-
wait
expect 'read when it has closed it' 'attempt to write a readonly database' \
    "$(reader "file:$WORK/data?mode=ro")"
