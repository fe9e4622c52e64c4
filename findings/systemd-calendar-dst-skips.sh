#!/bin/sh
# Finding: a timer with OnCalendar= at a time that the change to summer time
#          leaves out does not run on that day at all. Where clocks change at
#          midnight, that is OnCalendar=daily.
# Guess:   it runs as soon as the gap is over, as cron's jobs do: each day has
#          its run, and Persistent=true catches up at the latest.
# Seen:    systemd 252.39-1~deb12u2 (Debian 12), 257.13-1~deb13u1 (Debian 13).
# Hurts:   whoever makes a digest, a backup or a clean-up a day by local time:
#          one day of the year has none, and nothing was missed as far as systemd
#          knows. Name the zone (daily UTC), and let each run begin where the
#          last one ended instead of 24 hours ago.
. "$(dirname "$0")/common"
packages bookworm systemd=252.39-1~deb12u2 libsystemd-shared=252.39-1~deb12u2 \
    libapparmor1=3.0.8-3 libseccomp2 libkmod2=30+20221128-1 libip4tc2=1.8.9-2 \
    libpam0g libaudit1=1:3.0.9-1 libcap-ng0=0.8.3-1+b3 tzdata
use_libraries
TZDIR=$ROOT/usr/share/zoneinfo
export TZDIR

# runs ZONE DAY EXPRESSION: the days of the next three runs from then on.
runs() {
    TZ=$1 "$ROOT/usr/bin/systemd-analyze" calendar --base-time="$2 12:00:00" \
        --iterations=3 "$3" |
        sed -n 's/.*\(elapse\|Iter[a-z.]* #[23]\): [A-Z][a-z]* \([0-9-]*\) .*/\2/p' |
        paste -sd' '
}
expect '02:30 in Berlin, clocks change on the 29th' \
    '2026-03-28 2026-03-30 2026-03-31' \
    "$(runs Europe/Berlin 2026-03-27 '*-*-* 02:30:00')"
expect 'daily in Beirut, clocks change on the 29th' \
    '2026-03-28 2026-03-30 2026-03-31' "$(runs Asia/Beirut 2026-03-27 daily)"
expect 'daily UTC in Beirut' '2026-03-28 2026-03-29 2026-03-30' \
    "$(runs Asia/Beirut 2026-03-27 'daily UTC')"
