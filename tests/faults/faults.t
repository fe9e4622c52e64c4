#!/bin/sh
# Forty faults drawn at random, and a few with Sentinel and with a cluster:
# nothing is lost silently, nothing doubled, no mail changed or deferred. `make
# soak` runs many more.
. "$top_srcdir/tests/integration/lib.sh"
needs_root
plan 3

lab=$top_srcdir/tests/faults/lab
seed=${LISTPULSE_SEED:-$$}
ok "forty faults lose, double and change nothing (seed $seed)" \
    "$lab" --faults 40 --rate 30 --seed "$seed"
ok 'nor do failovers of Sentinel' \
    "$lab" --faults 8 --rate 20 --seed "$seed" --sentinel
ok 'nor do those of a cluster' \
    "$lab" --faults 6 --rate 20 --seed "$seed" --cluster
