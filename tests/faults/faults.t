#!/bin/sh
# Fifty faults drawn at random, and a few with Sentinel: nothing is lost,
# nothing doubled, no mail changed or deferred. `make soak` runs many more.
. "$top_srcdir/tests/integration/lib.sh"
needs_root
plan 2

lab=$top_srcdir/tests/faults/lab
seed=${LISTPULSE_SEED:-$$}
ok "fifty faults lose, double and change nothing (seed $seed)" \
    "$lab" --faults 50 --rate 30 --seed "$seed"
ok 'nor do failovers of Sentinel' \
    "$lab" --faults 8 --rate 20 --seed "$seed" --sentinel
