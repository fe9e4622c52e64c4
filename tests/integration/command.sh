# SPDX-License-Identifier: MIT
# What the tests of the command share; sources lib.sh.

. "${top_srcdir:?run by make check}/tests/integration/lib.sh"

# The command on a state directory of the test's own.
pulse() {
    "$LISTPULSE" --state "$STATE" "$@"
}

# complains CODE PATTERN COMMAND...: it ends with CODE, prints nothing but one
# line on standard error, "listpulse: ...", in which the pattern is found.
complains() {
    wanted=$1
    pattern=$2
    shift 2
    "$@" >"$WORK/out" 2>"$WORK/err"
    status=$?
    cat "$WORK/err"
    [ "$status" -eq "$wanted" ] || {
        echo "exit code $status, not $wanted: $*"
        return 1
    }
    [ -s "$WORK/out" ] && {
        echo "standard output is not empty: $*"
        return 1
    }
    [ "$(wc -l <"$WORK/err")" -eq 1 ] || {
        echo "not one line: $*"
        return 1
    }
    grep -q '^listpulse: ' "$WORK/err" || {
        echo "does not start with listpulse: "
        return 1
    }
    grep -qF -- "$pattern" "$WORK/err" || {
        echo "does not say: $pattern"
        return 1
    }
}

# says PATTERN COMMAND...: it ends well and its output has the pattern.
says() {
    pattern=$1
    shift
    "$@" >"$WORK/out" || return 1
    grep -qF -- "$pattern" "$WORK/out" || {
        cat "$WORK/out"
        echo "does not say: $pattern"
        return 1
    }
}
