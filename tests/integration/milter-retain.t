#!/bin/sh
# What is older than retain_text and retain_posts goes from Redis by itself,
# and the counters of its month stay.
. "$top_srcdir/tests/integration/lib.sh"
plan 5

sample=$top_srcdir/tests/data/sample.mbox
CONF=$WORK/listpulse.conf
printf 'retain_posts = "2000d"\nlists = "all"\n' >"$CONF"
chmod 644 "$CONF"

start_redis
list=$(listpulse import "$sample" >/dev/null 2>&1; listpulse lists | awk 'NR > 1 && $2 > 10 { print $1; exit }')
before=$(posts "$list")
month=$(redis-cli -s "$REDIS_SOCKET" --scan --pattern "lp:{$list}:month:*" | head -1)
counted=$(redis-cli -s "$REDIS_SOCKET" hget "$month" posts)
ok "posts of $list are there" test "${before:-0}" -gt 10

printf 'retain_posts = "1d"\nlists = "all"\n' >"$CONF"
start_milter "$WORK/run/milter.sock"
gone() { [ "$(posts "$list")" = 0 ]; }
ok 'a day later they are gone' wait_until 30 gone
ok 'the counters of their month stay' \
    test "$counted" = "$(redis-cli -s "$REDIS_SOCKET" hget "$month" posts)"
ok 'what is left agrees' listpulse verify "$list"
ok 'no row is left' \
    test -z "$(redis-cli -s "$REDIS_SOCKET" --scan --pattern "lp:{$list}:rows:*")"
