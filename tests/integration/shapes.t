#!/bin/bash
# SPDX-License-Identifier: MIT
# Time and memory follow what there is, whatever its shape: a thread of 20,000
# answers, a chain of as many, 2,000 pull requests that list the same titles.
# The limits are of processor time and address space; what is quadratic goes far
# beyond them.
. "$top_srcdir/tests/integration/command.sh"
find_redis
plan 12

# shellcheck disable=SC2034
seconds=5
kilobytes=600000
# A sanitizer wants a multiple of both.
case $(ldd "$LISTPULSE" 2>/dev/null) in
    *libasan* | *libtsan*) kilobytes=unlimited seconds=60 ;;
esac
within_limits() {
    (ulimit -t $seconds && ulimit -v $kilobytes && pulse "$@") >"$WORK/out" 2>"$WORK/err" || {
        echo "exit code $?: $*: $(head -c 300 "$WORK/err")"
        return 1
    }
}

for shape in 'answers 20000' 'chain 20000' 'pulls 2000'; do
    # shellcheck disable=SC2086
    "$top_srcdir/tests/support/shapes" $shape >"$WORK/mbox"
    # shellcheck disable=SC2034
    STATE=$WORK/state.${shape% *}
    pulse import "$WORK/mbox" >"$WORK/import.log" 2>&1
    ok "$shape: show" within_limits show shape 0.shape@example.org
    ok "$shape: a digest of a day" within_limits digest shape \
        --since 2025-02-20 --until 2025-02-21
    ok "$shape: a digest of all" within_limits digest shape \
        --since 2025-01-01 --format json
    ok "$shape: verify" within_limits verify shape
    pulse redis stop
done
