#!/bin/sh
# Our own list day: its digests in every format, as tests/data keeps them.
# After a change that is meant, LISTPULSE_UPDATE=1 writes them anew: read the
# difference before it is committed.
. "$top_srcdir/tests/integration/lib.sh"
plan 9

use_settings "$top_srcdir/tests/data/sample.conf"
interval=5427ad98e..e396598eb

is_kept() {
    listpulse digest kestrel-devel "$interval" --format "$1" \
        >"$WORK/sample.$1" || return 1
    [ -z "$LISTPULSE_UPDATE" ] ||
        cp "$WORK/sample.$1" "$top_srcdir/tests/data/sample.$1"
    same "$top_srcdir/tests/data/sample.$1" "$WORK/sample.$1"
}

start_redis
ok 'the sample imports' listpulse import "$SAMPLE"
ok 'the list has every post' has_posts $SAMPLE_LIST 62
ok 'the other list has its own' has_posts $OTHER_LIST 2
for format in classic text markdown html json; do
    ok "the $format digest is the one that is kept" is_kept $format
done
ok 'the counters agree with the posts' listpulse verify
