#!/bin/sh
# What format 4 counted, read, brought up and filled in place: golden data of
# the sample, of all situations and of the last 1,500 mails of kvm-ppc (without
# texts), against the same mails counted into an empty Redis.
. "$top_srcdir/tests/integration/lib.sh"
needs xz
needs perl
plan 15

KVM=kvm-ppc.vger.kernel.org
KVM_RANGE=d05c62ea2f12e551969d0b7b46ba0ebbef676732..
SITUATIONS=$top_srcdir/tests/data/situations
KILLS=6
pid_old=
# What records of format 4 do not hold; the rest of a digest is the same.
LACKING='paths fixes base_commit pull_url pull_ref'

# ---- two servers --------------------------------------------------------

# use old|new: the server that `listpulse` and `ask` speak to.
use() {
    REDIS_SOCKET=$WORK/$1.sock
    REDIS=unix:$REDIS_SOCKET
}

# start old|new: an empty server, or one with the golden data.
start() {
    use "$1"
    mkdir -p "$WORK/$1"
    rm -f "$REDIS_SOCKET" "$WORK/$1/dump.rdb"
    [ "$1" = new ] || cp "$WORK/format4.rdb" "$WORK/$1/dump.rdb"
    redis-server --port 0 --unixsocket "$REDIS_SOCKET" --dir "$WORK/$1" \
        --save '' --appendonly no >>"$WORK/redis.log" 2>&1 &
    eval "pid_$1=$!"
    pids="$! $pids"
    wait_until 20 redis_answers || bail_out 'Redis does not start'
}

ask() {
    redis-cli -s "$REDIS_SOCKET" "$@"
}

lists_of() {
    ask smembers lp:lists | sort
}

drop_texts() {
    ask --scan --pattern "lp:{$KVM}:texts:*" | xargs -r redis-cli -s \
        "$REDIS_SOCKET" del >/dev/null
}

# The mails of the golden data, whether they were read before or not.
import_all() {
    listpulse import --again "$SAMPLE" "$SITUATIONS"/*.mbox \
        >"$WORK/import.log" || return 1
    [ -z "$archive" ] ||
        listpulse import --again --range "$KVM_RANGE" "$archive"
}

# ---- comparing -----------------------------------------------------------

is_mended() {
    grep -v '^#' "$top_srcdir/tests/data/format4.mended" |
        grep -q "^$1 "
}

# digest_of old|new LIST FORMAT: to $WORK/$1.digest; JSON without what is
# lacking.
digest_of() {
    use "$1"
    listpulse digest "$2" --since 2000-01-01 --until 2026-01-01 --top 100000 \
        --format "$3" >"$WORK/$1.digest" || return 1
    [ "$3" = json ] || return 0
    LACKING=$LACKING perl -MJSON::PP -0777 -i -pe '
        sub prune {
            my $at = shift;
            if (ref $at eq "HASH") {
                delete $at->{$_} for split " ", $ENV{LACKING};
                prune($_) for values %$at;
            } elsif (ref $at eq "ARRAY") {
                prune($_) for @$at;
            }
        }
        my $json = JSON::PP->new->canonical->pretty;
        my $digest = $json->decode($_);
        prune($digest) if $ENV{PRUNE};
        $_ = $json->encode($digest);
    ' "$WORK/$1.digest"
}

# all_alike FORMAT...: every list of the golden data has the same digests.
all_alike() {
    lists_alike "$(cat "$WORK/lists")" "$@"
}

lists_alike() {
    lists=$1
    shift
    for list in $lists; do
        if is_mended "$list"; then
            use old && before=$(posts "$list")
            use new && has_posts "$list" "$before" || return 1
            continue
        fi
        for format; do
            digest_of old "$list" "$format" && digest_of new "$list" "$format" ||
                return 1
            same "$WORK/new.digest" "$WORK/old.digest" || {
                echo "$list: $format"
                return 1
            }
        done
    done
}

all_verify() {
    use old
    for list in $(cat "$WORK/lists"); do
        listpulse verify "$list" || return 1
    done
}

# Records, texts and what is known of them are the same, byte for byte.
keys_alike() {
    for server in old new; do
        use "$server"
        ask --scan | grep -v other-devel | grep -e ':posts:' -e ':texts:' -e ':known$' | sort |
            while read -r key; do
                printf '%s %s\n' "$key" "$(ask --raw get "$key" | cksum)"
            done >"$WORK/$server.keys"
    done
    same "$WORK/new.keys" "$WORK/old.keys"
}

format_is() {
    use old
    for list in $(cat "$WORK/lists"); do
        [ "$(ask hget "lp:{$list}:meta" format)" = "$1" ] || {
            echo "$list: format $(ask hget "lp:{$list}:meta" format)"
            return 1
        }
    done
}

# No bucket of texts that is full has a frame a text any more.
texts_are_packed() {
    use old
    for list in $(cat "$WORK/lists"); do
        full=$((($(ask hget "lp:{$list}:meta" post) + 1) / 32))
        at=0
        while [ "$at" -lt "$full" ]; do
            key="lp:{$list}:texts:$at"
            at=$((at + 1))
            [ "$(ask exists "$key")" = 1 ] || continue
            ask --raw getrange "$key" 0 3 | od -An -tx1 |
                grep -q '28 b5 2f fd' || {
                echo "$key is as format 4 had it"
                return 1
            }
        done
    done
}

# ---- one after the other ---------------------------------------------------

xz -dc "$top_srcdir/tests/data/format4.rdb.xz" >"$WORK/format4.rdb" ||
    bail_out 'no golden data'
archive=
if [ -e "$CORPUS/kvm-ppc.bundle" ] && have git; then
    archive=$WORK/kvm-ppc.git
    git clone -q --bare "$CORPUS/kvm-ppc.bundle" "$archive" ||
        bail_out 'the bundle cannot be cloned'
fi

find_redis
start old
lists_of >"$WORK/lists"
[ -n "$archive" ] || sed -i "/^$KVM\$/d" "$WORK/lists"
start new
import_all >/dev/null || bail_out 'the mails cannot be counted'
drop_texts

ok 'the golden data are of format 4' format_is 4
export PRUNE=1
ok 'they read as the same mails counted today' all_alike json
ok 'their counters agree with the posts' all_verify

use old
printf '' >"$WORK/empty.mbox"
# Mail of another list, as it may come at any moment.
sed 's/kestrel-devel/other-devel/g' "$SAMPLE" >"$WORK/other.mbox"
ok 'an import of other mail brings them up' \
    listpulse import "$WORK/other.mbox"
ok 'full buckets of texts are packed as today' texts_are_packed
ok 'nothing else changed' all_alike json
use old
ok 'the same mails again fill what was lacking' import_all
drop_texts
unset PRUNE
ok 'all digests are those of the same mails counted today' all_alike json text
ok 'in all formats' lists_alike "$SAMPLE_LIST ${archive:+$KVM}" \
    classic markdown html
ok 'the records are the same bytes' keys_alike
ok 'the counters still agree' all_verify

# ---- a newer format ---------------------------------------------------------

newer_is_refused() {
    use old
    ask hset "lp:{$SAMPLE_LIST}:meta" format 99 >/dev/null
    exits 1 listpulse digest "$SAMPLE_LIST" 2>"$WORK/err" || return 1
    cat "$WORK/err"
    grep -q 'newer listpulse (format 99' "$WORK/err" &&
        exits 1 listpulse import --again "$SAMPLE" 2>"$WORK/err" &&
        grep -q 'newer listpulse (format 99' "$WORK/err"
}

ok 'a newer format is refused by name' newer_is_refused
ok 'which stops no other list' listpulse digest "$OTHER_LIST" --since 2025-03-01

# ---- killed while mail is counted ---------------------------------------------

[ -n "$archive" ] || {
    skip_rest 'no kvm-ppc.bundle'
    exit 0
}

# killed_now_and_then COMMAND...: runs it as often as it is killed, at another
# moment each time, then to its end.
killed_now_and_then() {
    for turn in $(seq "$KILLS"); do
        "$@" >"$WORK/killed.log.$turn" 2>&1 &
        victim=$!
        perl -e 'select undef, undef, undef, rand 0.4'
        kill -9 "$victim" 2>/dev/null
        wait "$victim" 2>/dev/null
    done
    "$@"
}

# The old mails filled and brought up, while those before them are counted.
killed_at_random() {
    stop_process "$pid_old"
    start old
    killed_now_and_then "$LISTPULSE" --state "$STATE" --redis "$REDIS" \
        import --again --range "$KVM_RANGE" "$archive" >"$WORK/again.log" 2>&1 &
    filler=$!
    killed_now_and_then "$LISTPULSE" --state "$STATE" --redis "$REDIS" \
        import --range "..${KVM_RANGE%..}" "$archive" || return 1
    wait "$filler" || {
        cat "$WORK/again.log"
        return 1
    }
    drop_texts
    use new
    ask flushall >/dev/null
    listpulse import "$archive" || return 1
    drop_texts
    echo "$KVM" >"$WORK/lists"
}

ok "filled and counted, both killed $KILLS times" killed_at_random
same_as_at_once() {
    use new
    listpulse lists | grep "^$KVM" | awk '{ print $2 }' >"$WORK/wanted"
    use old
    listpulse lists | grep "^$KVM" | awk '{ print $2 }' >"$WORK/found"
    same "$WORK/wanted" "$WORK/found" && all_alike json text classic &&
        all_verify
}
ok 'nothing is lost, nothing doubled' same_as_at_once
