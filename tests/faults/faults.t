#!/bin/sh
# Faults of all kinds drawn at random, with one Redis, with Sentinel and with a
# cluster: nothing is lost silently, nothing doubled, no mail changed or
# deferred. `make soak` runs many more.
. "$top_srcdir/tests/integration/lib.sh"
needs_root
plan 3

lab=$top_srcdir/tests/faults/lab
seed=${LISTPULSE_SEED:-$$}
ok "faults of all kinds: nothing is amiss (seed $seed)" \
    "$lab" --faults 40 --rate 30 --seed "$seed"
ok 'nor is it where Sentinel fails over' \
    "$lab" --faults 9 --rate 20 --seed "$seed" --sentinel
ok 'nor in a cluster' \
    "$lab" --faults 8 --rate 20 --seed "$seed" --cluster
