#!/bin/sh
# Faults drawn at random, and a few with Sentinel and with a cluster:
# nothing is lost silently, nothing doubled, no mail changed or deferred. `make
# soak` runs many more.
. "$top_srcdir/tests/integration/lib.sh"
needs_root
plan 3

lab=$top_srcdir/tests/faults/lab
seed=${LISTPULSE_SEED:-$$}
both=collector_killed,processor_killed,redis_killed,collector_stopped
both=$both,processor_stopped,redis_stopped,milter_restarted,milter_reloaded
both=$both,scripts_flushed,redis_unreachable,disk_full,right_denied
both=$both,redis_evicts,list_unreadable,milter_frozen
ok "faults, and neither Redis nor journals are what they were (seed $seed)" \
    "$lab" --faults 44 --rate 30 --seed "$seed" \
    --kinds "$both,redis_set_back,redis_set_back,journal_restored,\
journal_log_lost,journal_of_other,journal_damaged,journal_deleted,\
journal_replaced"
ok 'nor do failovers of Sentinel' \
    "$lab" --faults 8 --rate 20 --seed "$seed" --sentinel
ok 'nor do those of a cluster' \
    "$lab" --faults 6 --rate 20 --seed "$seed" --cluster
