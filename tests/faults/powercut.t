#!/bin/sh
# Four power cuts under load: what neither disk nor Redis has any more is
# named, and nothing is counted twice. `make powercut` does many more.
. "$top_srcdir/tests/integration/lib.sh"
needs_root

seed=${LISTPULSE_SEED:-$$}
cuts=$WORK/cuts
"$top_srcdir/tests/faults/powercut" --cuts 4 --seed "$seed" >"$cuts" 2>&1
status=$?
why=$(sed -n 's/^1..0 # SKIP //p' "$cuts")
[ -z "$why" ] || skip_all "$why"
plan 1
shown() {
    cat "$cuts"
    return $status
}
ok "four power cuts lose nothing silently (seed $seed)" shown
grep '^#' "$cuts"
