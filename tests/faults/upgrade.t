#!/bin/sh
# A host is upgraded while mail comes, with what an older version counted in
# Redis, and killed five times on the way: processor, milter, Redis. Nothing is
# lost, nothing doubled, and what was there reads as before.
#
# With LISTPULSE_OLD, the build folder of commit 47d3529, that program counts
# kvm-ppc, io-uring and the first mails; else the golden data stand for it, and
# there are no archives to read again.
# LISTPULSE_FAULT_RATE  mails a second (50)
. "$top_srcdir/tests/integration/lib.sh"
. "$top_srcdir/tests/integration/milter.sh"
. "$top_srcdir/tests/faults/judge.sh"
needs xz
[ -n "$LISTPULSE_OLD" ] && plan 7 || plan 6
exec 3>&1

rate=${LISTPULSE_FAULT_RATE:-50}
old=$LISTPULSE_OLD
new_milter=$MILTER
OLD_LISTS='kvm-ppc.vger.kernel.org kestrel-devel.lists.example.org'
[ -z "$old" ] || OLD_LISTS='kvm-ppc.vger.kernel.org io-uring.vger.kernel.org'

# Of the lists that mail is driven for: what the older version counted has ids
# that two mails share.
verdict() {
    "$top_builddir/tests/faults/counted" "$REDIS" "$STATE" >"$WORK/all" &&
        gap_values >"$WORK/gaps" || return 1
    grep -E "^($(echo "$LISTS" | tr , '|')) " "$WORK/all" >"$WORK/counted"
    "$top_srcdir/tests/faults/judge" --sent "$SENT" \
        --counted "$WORK/counted" --gaps "$WORK/gaps"
}

pause() {
    perl -e 'select undef, undef, undef, $ARGV[0] + rand $ARGV[1]' "$1" "$2"
}

# ---- what an older version counted --------------------------------------------

old_pulse() {
    find "$old/command" "$old/digest" -maxdepth 1 -name listpulse 2>/dev/null |
        head -n 1
}

import_archives() { # COMMAND
    for name in kvm-ppc io-uring; do
        [ -d "$WORK/$name.git" ] ||
            git clone -q --bare "$CORPUS/$name.bundle" "$WORK/$name.git" ||
            return 1
        "$1" --state "$WORK/import" --redis "$REDIS" import \
            "$WORK/$name.git" >>"$WORK/import.log" 2>&1 || return 1
    done
}

if [ -n "$old" ]; then
    needs git
    needs_corpus io-uring.bundle
    start_redis --appendonly yes
    import_archives "$(old_pulse)" || bail_out 'the older version does not count'
    MILTER=$old/milter/listpulse-milter
else
    xz -dc "$top_srcdir/tests/data/format4.rdb.xz" >"$WORK/dump.rdb"
    start_redis
    redis config set appendonly yes >/dev/null
fi

# all_digests FILE: of the lists that the older version counted; without entries,
# since the kept data have no texts.
shown=totals,domains,contributors,posters,organisations,reviewers,patches
shown=$shown,applied,waiting,threads,unanswered,newcomers
all_digests() {
    for list in $OLD_LISTS; do
        for format in json text; do
            listpulse digest "$list" --since 2019-01-01 --until 2026-01-01 \
                --sections "$shown" --format "$format" || return 1
        done
    done >"$1"
}

format_is() {
    for list in $OLD_LISTS; do
        [ "$(redis hget "lp:{$list}:meta" format)" = "$1" ] || return 1
    done
}

is_brought_up() {
    for list in $OLD_LISTS; do
        full=$((($(redis hget "lp:{$list}:meta" post) + 1) / 32))
        [ "$(redis hget "lp:{$list}:meta" packed)" = "$full" ] || return 1
    done
}

# ---- mail, all the while ----------------------------------------------------------

# A second's mail at a time; the log has what was answered for.
flow() {
    while [ ! -e "$WORK/enough" ]; do
        drive "$rate" "$rate" || pause 0.05 0.1
    done
} >"$WORK/flow.log" 2>&1

restart_milter() {
    kill "$MILTER_PID"
    wait "$MILTER_PID" 2>/dev/null
    MILTER=$new_milter
    milter_here
}

kill_processor() {
    victim=$(processor)
    kill -9 "$victim" 2>/dev/null
    wait_until 20 has_another_processor "$victim"
}

kill_and_start_milter() {
    kill_milter
    milter_here
}

kill_and_start_redis() {
    kill -9 "$REDIS_PID"
    wait "$REDIS_PID" 2>/dev/null
    start_redis --appendonly yes
}

ok 'the older version counted in format 4' format_is 4
all_digests "$WORK/before" || bail_out 'no digest'
begin
milter_here
flow &
flowing=$!
pids="$flowing $pids"
pause 3 0.5
restart_milter
for victim in processor milter processor redis milter; do
    pause 0.2 1
    case $victim in
    processor) kill_processor ;;
    milter) kill_and_start_milter ;;
    redis) kill_and_start_redis ;;
    esac
done
ok 'all of it is brought up, whatever was killed' wait_until 300 is_brought_up
pause 2 1
touch "$WORK/enough"
wait "$flowing"
ok 'nothing is lost and nothing doubled' judged 'upgraded while mail came'
ok 'it is of today'\''s format' format_is 5
all_digests "$WORK/after"
listpulse lists | awk -v lists="$OLD_LISTS" 'NR == 1 || index(lists, $1) {
    print $1, $2 }' >"$WORK/lists"
ok 'and reads as before' same "$WORK/before" "$WORK/after"

# ---- beside the same posts counted anew -----------------------------------------

# export_to ENDING
export_to() {
    for list in $OLD_LISTS; do
        listpulse export "$list" >"$WORK/$list.$1" || return 1
    done
}

# Into an empty Redis, from what the one that was upgraded holds.
as_counted_anew() {
    stop_milter
    export_to upgraded || return 1
    if [ -n "$old" ]; then
        for name in kvm-ppc io-uring; do
            listpulse import --again "$WORK/$name.git" >>"$WORK/import.log" ||
                return 1
        done
        export_to filled || return 1
    fi
    redis flushall >/dev/null
    for list in $OLD_LISTS; do
        listpulse import "$WORK/$list.upgraded" >>"$WORK/import.log" || return 1
    done
    all_digests "$WORK/anew"
    same "$WORK/after" "$WORK/anew"
}
ok 'digests are those of the same posts counted into an empty Redis' \
    as_counted_anew

# What the old form lacked is there once the archives were read again: paths,
# ancestors, fixes, base_commit, pull_url, pull_ref. A post keeps what the grammar
# of then made of it, so some are of another kind.
as_counted_today() {
    redis flushall >/dev/null
    import_archives "$LISTPULSE" || return 1
    listpulse lists | awk '{ print $1, $2 }' >"$WORK/today"
    same "$WORK/lists" "$WORK/today" && export_to today || return 1
    for list in $OLD_LISTS; do
        perl -MJSON::PP -e '
            my ($folder, $list) = @ARGV;
            my $json = JSON::PP->new->canonical;
            my (%posts, %others);
            for my $when ("upgraded", "filled", "today") {
                open(my $in, "<", "$folder/$list.$when") or die;
                while (<$in>) {
                    my $line = decode_json($_);
                    $posts{$when}{ $line->{identity} } = $line
                        if $line->{post};
                }
            }
            my $lacked = 0;
            for my $id (keys %{ $posts{today} }) {
                my ($old, $filled, $new) =
                    map { $posts{$_}{$id} } "upgraded", "filled", "today";
                die "$id: is not there\n" unless $old && $filled;
                $lacked++ if !defined $old->{known};
                for my $key ("known", "fields") {
                    my ($had, $has) = map { $json->encode([ $_->{$key} ]) }
                        $filled, $new;
                    die "$id: $key: $had, not $has\n"
                        if $had ne $has && $filled->{kind} eq $new->{kind};
                }
                $json->encode([ $filled->{$_} ]) eq $json->encode([ $new->{$_} ])
                    or $others{$_}++
                    for "kind", "credits", "notice", "text", "links", "author";
            }
            printf "# %s: %d posts, %d lacked fields, 0 do now; read otherwise: %s\n",
                $list, scalar keys %{ $posts{today} }, $lacked,
                join(", ", map { "$_ $others{$_}" } sort keys %others);
        ' "$WORK" "$list" >&3 || return 1
    done
}
[ -z "$old" ] ||
    ok 'and once the archives were read again nothing is lacking' as_counted_today
