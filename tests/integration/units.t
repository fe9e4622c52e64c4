#!/bin/sh
# The units as they are installed, without starting them; tests/install/walk
# starts them.
. "${top_srcdir:?run by make check}/tests/integration/lib.sh"
have systemd-analyze || skip_all 'systemd-analyze is not here'
plan 7

folder="${top_builddir:?}/conf"
units="$folder/listpulse.service $folder/listpulse-digest@.service"

# systemd knows every word, and where a program is missing it names it.
no_word_is_strange() {
    for unit in $units; do
        systemd-analyze verify --man=no \
            "$(instance "$unit")" 2>&1
    done | grep -E 'Unknown|Failed to parse|Invalid|ignoring' >"$WORK/words"
    cat "$WORK/words"
    [ ! -s "$WORK/words" ]
}

# A template is read by the name of an instance.
instance() {
    copy=$WORK/$(basename "$1" | sed 's/@\./@weekly./')
    cp "$1" "$copy" && echo "$copy"
}

# The whole unit fails with 226/NAMESPACE where a path without - is not there.
paths_may_be_missing() {
    sed -n 's/^ExecPaths=//p; s/^ReadWritePaths=//p' $units |
        tr ' ' '\n' | grep -v -e '^-' -e '/listpulse-milter$' >"$WORK/paths"
    cat "$WORK/paths"
    [ ! -s "$WORK/paths" ]
}

# What a reload starts may be started.
programs_may_run() {
    grep -q '^NoExecPaths=/$' "$folder/listpulse.service" &&
        sed -n 's/^Exec\(Start\|Reload\)=\([^ ]*\).*/\2/p' \
            "$folder/listpulse.service" | sort -u >"$WORK/programs" || return 1
    sed -n 's/^ExecPaths=//p' "$folder/listpulse.service" | tr ' ' '\n' |
        sed 's/^-//' | sort -u >"$WORK/allowed"
    comm -23 "$WORK/programs" "$WORK/allowed" >"$WORK/forbidden"
    cat "$WORK/forbidden"
    [ -s "$WORK/programs" ] && [ ! -s "$WORK/forbidden" ]
}

# A unit that waits for a notice which never comes is killed again and again.
type_is_kept() {
    type=exec watchdog=0
    if grep -q '^#define HAVE_SYSTEMD 1' "$top_builddir/config.h"; then
        type=notify watchdog=1
    fi
    grep -qx "Type=$type" "$folder/listpulse.service" &&
        [ "$(grep -c '^WatchdogSec=' "$folder/listpulse.service")" = $watchdog ]
}

# A private Redis is in the same control group.
no_limit_binds_redis() {
    ! grep -E '^Memory(Max|High)=' $units
}

# systemd 252 sets NoNewPrivileges with nearly all that is restricted, if it
# changes the user itself.
sendmail_keeps_its_group() {
    grep -q '^ExecStart=!/usr/bin/setpriv --reuid=listpulse --regid=listpulse ' \
        "$folder/listpulse-digest@.service" &&
        ! grep -E '^(NoNewPrivileges|PrivateUsers|RestrictSUIDSGID)=' \
            "$folder/listpulse-digest@.service"
}

is_tight() {
    systemd-analyze security --offline=true --no-pager \
        "$folder/listpulse.service" 2>&1 | tail -n 1 | tee "$WORK/exposure"
    awk -F: '{ exit !($2 + 0 > 0 && $2 + 0 <= 1.1) }' "$WORK/exposure"
}

ok 'systemd knows every word' no_word_is_strange
ok 'paths that a host may not have do not stop it' paths_may_be_missing
ok 'what start and reload run may be run' programs_may_run
ok 'the program tells what the type waits for' type_is_kept
ok 'no limit of memory counts what Redis holds' no_limit_binds_redis
ok 'sendmail may write to its queue' sendmail_keeps_its_group
ok 'the exposure of the service is at most 1.1' is_tight
