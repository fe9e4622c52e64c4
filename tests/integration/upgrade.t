#!/bin/sh
# What format 4 counted, read, brought up and filled in place: golden data of
# the sample, of all situations and of the last 1,500 mails of kvm-ppc (without
# texts). A post keeps the kind under which it was counted, whatever grammar was
# mended since: so digests are compared with those of the same posts written
# down and counted anew, and the posts with those of the same mails.
. "$top_srcdir/tests/integration/lib.sh"
needs xz
needs perl
plan 14

KVM=kvm-ppc.vger.kernel.org
KVM_RANGE=d05c62ea2f12e551969d0b7b46ba0ebbef676732..
SITUATIONS=$top_srcdir/tests/data/situations
KILLS=6
pid_old=

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

# The mails of the golden data, whether they were read before or not.
import_all() {
    listpulse import --again "$SAMPLE" "$SITUATIONS"/*.mbox \
        >"$WORK/import.log" || return 1
    [ -z "$archive" ] ||
        listpulse import --again --range "$KVM_RANGE" "$archive"
}

# ---- comparing -----------------------------------------------------------

# digest_of old|new LIST FORMAT: to $WORK/old.digest, $WORK/new.digest. The kept
# data of kvm-ppc have no texts, which a digest says and ends with 1.
digest_of() {
    use "$1"
    listpulse digest "$2" --since 2000-01-01 --until 2026-01-01 --top 100000 \
        --format "$3" >"$WORK/$1.digest" 2>"$WORK/complaint" ||
        grep -q 'texts of posts are gone' "$WORK/complaint"
}

# posts_alike: each list has the same posts as where the mails were counted
# today, and those of the same kind have the same optional fields, all of them.
posts_alike() {
    for list in $(cat "$WORK/lists"); do
        for server in old new; do
            use "$server"
            listpulse export "$list" >"$WORK/$server.json" || return 1
        done
        perl -MJSON::PP -e '
            my (%posts, %copies);
            for my $server ("old", "new") {
                open(my $in, "<", "$ARGV[0]/$server.json") or die;
                while (<$in>) {
                    my $line = decode_json($_);
                    $posts{$server}{ $line->{identity} } = $line
                        if $line->{post};
                    $copies{$server} += $line->{copies} || 0;
                }
            }
            my $json = JSON::PP->new->canonical;
            my $others = 0;
            for my $id (keys %{ $posts{old} }) {
                my ($old, $new) = ($posts{old}{$id}, $posts{new}{$id});
                die "$id: nobody sent it\n" unless $new;
                if ($old->{kind} ne $new->{kind}) { $others++; next }
                my ($had, $has) =
                    map { $json->encode($_->{fields} || {}) } $old, $new;
                die "$id: $had, not $has\n" if $had ne $has;
                die "$id: knows $old->{known}\n"
                    if $old->{known} != $new->{known};
            }
            my ($had, $has) = map { scalar keys %{ $posts{$_} } } "old", "new";
            die "$had posts, not $has\n" if $had != $has;
            die "$copies{old} copies, not $copies{new}\n"
                if $copies{old} != $copies{new};
            die "$others of $had are of another kind\n"
                if $others > 3 + $had / 20;
        ' "$WORK" || {
            echo "$list"
            return 1
        }
    done
}

# The posts of the one written down, and counted into the other.
count_anew() {
    for list in $(cat "$WORK/lists"); do
        use old
        listpulse export "$list" >"$WORK/posts.json" || return 1
        use new
        listpulse import "$WORK/posts.json" >"$WORK/import.log" || return 1
    done
}

# all_alike FORMAT...: every list of the golden data has the same digests.
all_alike() {
    lists_alike "$(cat "$WORK/lists")" "$@"
}

lists_alike() {
    lists=$1
    shift
    for list in $lists; do
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
count_anew || bail_out 'the posts cannot be counted anew'

ok 'the golden data are of format 4' format_is 4
ok 'they read as the same posts counted anew' all_alike json
ok 'in all formats' lists_alike "$SAMPLE_LIST ${archive:+$KVM}" \
    text classic markdown html
ok 'their counters agree with the posts' all_verify

use old
# Mail of other lists, as it may come at any moment.
sed 's/kestrel-devel/other-devel/g; s/heron-net/other-net/g' "$SAMPLE" \
    >"$WORK/other.mbox"
ok 'an import of other mail brings them up' \
    listpulse import "$WORK/other.mbox"
ok 'full buckets of texts are packed as today' texts_are_packed
ok 'nothing else changed' all_alike json
use old
ok 'the same mails again fill what was lacking' import_all
use new
ask flushall >/dev/null
import_all >"$WORK/import.log" || bail_out 'the mails cannot be counted'
ok 'then all posts know what those counted today know' posts_alike
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
    use new
    ask flushall >/dev/null
    listpulse import "$archive" || return 1
    echo "$KVM" >"$WORK/lists"
}

ok "filled and counted, both killed $KILLS times" killed_at_random
same_as_at_once() {
    posts_alike && all_verify
}
ok 'nothing is lost, nothing doubled' same_as_at_once
