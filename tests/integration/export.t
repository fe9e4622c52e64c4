#!/bin/sh
# SPDX-License-Identifier: MIT
# What export prints, import takes back: from one kind of Redis to the next,
# private, single, cluster, Sentinel, private, with the same digests all along.
. "${top_srcdir:?run by make check}/tests/integration/command.sh"
. "$top_srcdir/tests/integration/cluster.sh"
needs perl
plan 17

LIST=$SAMPLE_LIST
sentinel=$WORK/sentinel

end_all() {
    "$top_srcdir/tests/support/redis-cluster" stop "$sentinel"
    "$LISTPULSE" --state "$WORK/back" redis stop >/dev/null 2>&1
    end_cluster
}

# at WHERE COMMAND...: listpulse on that Redis.
at() {
    where=$1
    shift
    case $where in
    private) pulse "$@" ;;
    back) "$LISTPULSE" --state "$WORK/back" "$@" ;;
    single) "$LISTPULSE" --state "$STATE" --redis "$REDIS" "$@" ;;
    cluster) "$LISTPULSE" --state "$STATE" --redis "cluster://$first" "$@" ;;
    sentinel) "$LISTPULSE" --state "$STATE" --redis "$SENTINEL" "$@" ;;
    esac
}

# pour FROM TO: every list of one into the other.
pour() {
    at "$1" lists | awk 'NR > 1 { print $1 }' >"$WORK/lists"
    [ -s "$WORK/lists" ] || return 1
    while read -r list; do
        at "$1" export "$list" >"$WORK/$1.$list.json" &&
            at "$2" import "$WORK/$1.$list.json" || return 1
    done <"$WORK/lists"
}

# alike ONE OTHER: the same digests, and the same once more written down but
# for numbers, which are given anew.
alike() {
    while read -r list; do
        for format in json text classic markdown html; do
            for where in "$1" "$2"; do
                at "$where" digest "$list" --since 2019-01-01 \
                    --until 2025-06-01 --format $format >"$WORK/$where.digest" ||
                    return 1
            done
            same "$WORK/$1.digest" "$WORK/$2.digest" || return 1
        done
        at "$2" export "$list" | sed 's/"post":[0-9]*,//' >"$WORK/again" &&
            sed 's/"post":[0-9]*,//' "$WORK/$1.$list.json" >"$WORK/first" &&
            same "$WORK/first" "$WORK/again" &&
            at "$2" verify "$list" || return 1
    done <"$WORK/lists"
}

# goes FROM TO
goes() {
    pour "$1" "$2" && alike "$1" "$2"
}

same_state() {
    at "$1" lists | awk '{ print $1, $2 }' >"$WORK/one"
    at "$2" lists | awk '{ print $1, $2 }' >"$WORK/other"
    same "$WORK/one" "$WORK/other"
}

start_redis
start_cluster
trap 'status=$?; end_all; exit $status' EXIT
"$top_srcdir/tests/support/redis-cluster" start-sentinel "$sentinel" \
    >"$WORK/sentinel.log" 2>&1 || bail_out 'no Sentinel'
SENTINEL=sentinel://127.0.0.1:$(sed -n 3p "$sentinel/ports")/lp

# Something of everything: copies, an erased author, mail of another charset, a
# list of an odd name.
sed 's/heron-net.lists.example.net/~u\/heron++.lists.example.net/' "$SAMPLE" \
    >"$WORK/odd.mbox"
pulse import "$SAMPLE" "$WORK/odd.mbox" >"$WORK/log" 2>&1 ||
    bail_out 'no import'
if [ -e "$CORPUS/kvm-ppc.bundle" ] && have git; then
    git clone -q --bare "$CORPUS/kvm-ppc.bundle" "$WORK/kvm-ppc.git" &&
        pulse import "$WORK/kvm-ppc.git" >"$WORK/log" || bail_out 'no archive'
fi
pulse forget "$LIST" --author diego@salvatierra.example >"$WORK/log" ||
    bail_out 'nothing to forget'

ok 'from a private Redis to a single server' goes private single
ok 'on to a cluster' goes single cluster
ok 'on to Sentinel' goes cluster sentinel
ok 'and back to a private one' goes sentinel back
ok 'which has what the first had' alike private back
ok 'and as many posts of each list' same_state private back

# ---- once more, and with live mail -----------------------------------------

ok 'an import of the same again counts nothing' says 'counted 0 posts' \
    at single import "$WORK/private.$LIST.json"
ok 'nor adds copies' alike private single
ok 'what was erased does not come back with the mail' \
    says 'counted 0 posts' at single import --again "$SAMPLE"
ok 'an archive is not read anew' sh -c '
    [ ! -e "$1" ] || "$2" --state "$3" --redis "$4" import "$1" |
        grep "counted 0 posts of 0 mails"' sh "$WORK/kvm-ppc.git" "$LISTPULSE" \
    "$STATE" "$REDIS"

# ---- as it is kept -----------------------------------------------------------

packed() {
    needs gzip
    redis-cli -s "$REDIS_SOCKET" flushall >/dev/null
    pulse export "$LIST" | gzip >"$WORK/list.json.gz" &&
        at single import "$WORK/list.json.gz" &&
        redis-cli -s "$REDIS_SOCKET" flushall >/dev/null &&
        pulse export "$LIST" | at single import - &&
        echo "$LIST" >"$WORK/lists" && alike private single
}
ok 'compressed, and through a pipe' packed

every_line_is_json() {
    perl -MJSON::PP -ne '
        my $line = decode_json($_);
        $posts += exists $line->{post};
        $lists{$line->{list}}++;
        END { print "$posts posts\n"; exit(keys %lists != 1 || !$posts) }
    ' "$WORK/private.$LIST.json"
}
ok 'a JSON line a post, each with its list' every_line_is_json

cut_is_told() {
    head -n 20 "$WORK/private.$LIST.json" >"$WORK/cut.json"
    redis-cli -s "$REDIS_SOCKET" flushall >/dev/null
    exits 1 at single import "$WORK/cut.json" >"$WORK/out" 2>"$WORK/err"
    cat "$WORK/out" "$WORK/err"
    grep -q 'its last line is missing' "$WORK/err" &&
        grep -q 'counted 19 posts' "$WORK/out"
}
ok 'a cut export is told, what there is is counted' cut_is_told

bad_line_is_told() {
    sed '5s/"identity":"[^"]*"/"identity":"none"/' \
        "$WORK/private.$LIST.json" >"$WORK/bad.json"
    redis-cli -s "$REDIS_SOCKET" flushall >/dev/null
    exits 1 at single import "$WORK/bad.json" >"$WORK/out" 2>"$WORK/err"
    cat "$WORK/out" "$WORK/err"
    grep -q '1 unreadable' "$WORK/out"
}
ok 'a line that cannot be read is passed over and told' bad_line_is_told

# The bar is drawn where standard error is a terminal, and nothing of it else.
bar_on_a_terminal() {
    have script || return 0
    at private export "$LIST" 2>"$WORK/err" >"$WORK/out" && [ ! -s "$WORK/err" ]
}
ok 'without a terminal no progress is drawn' bar_on_a_terminal
ok 'no list: told' complains 2 'nowhere' at private export nowhere
ok 'killed again and again, it ends with the same' sh -c '
    redis-cli -s "$1" flushall >/dev/null
    for turn in 1 2 3 4 5; do
        "$2" --state "$3" --redis "$4" import "$5" >/dev/null 2>&1 &
        pid=$!
        perl -e "select undef, undef, undef, rand 0.1"
        kill -9 "$pid" 2>/dev/null
        wait "$pid"
    done
    "$2" --state "$3" --redis "$4" import "$5" &&
        "$2" --state "$3" --redis "$4" verify' sh "$REDIS_SOCKET" \
    "$LISTPULSE" "$STATE" "$REDIS" "$WORK/private.$LIST.json"
