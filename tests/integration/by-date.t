#!/bin/sh
# SPDX-License-Identifier: MIT
# digest --by date: an archive that was filled on one day, long after its mail
# was written, gives the digests of one that was filled as it was written.
. "${top_srcdir:?run by make check}/tests/integration/command.sh"
have redis-server || skip_all 'redis-server is not here'
plan 5

year='--since 2025-01-01 --until 2026-01-01'

# received TIME: the sample as if all of it had been received then; without
# TIME: as if nobody had noted when, so that it arrived at its Date. Mails
# without a Date that can be believed, and copies, are left out.
received() {
    perl -e '
        local $/;
        my ($when) = @ARGV;
        my %known;
        open my $in, "<:raw", shift @{[$ENV{SAMPLE}]} or die;
        for my $mail (split /^(?=From [^\n]+\d{4}$)/m, <$in>) {
            my ($head, $body) = split /\n\n/, $mail, 2;
            my ($date) = $head =~ /^Date: (.*2025.*)$/mi or next;
            my ($id) = $head =~ /^Message-ID:\s*(\S+)/mi or next;
            next if $known{$id}++;
            $head =~ s/^Received:[^\n]*\n(?:[ \t][^\n]*\n)*//mgi;
            $head =~ s/\n/\nReceived: from a.example by b.example; $when\n/
                if $when;
            print "$head\n\n$body";
        }' "$@"
}

digest() {
    state=$1
    shift
    # shellcheck disable=SC2086
    "$LISTPULSE" --state "$WORK/$state" digest kestrel-devel "$@"
}

all_formats_are_the_same() {
    for format in text markdown html json classic atom; do
        # shellcheck disable=SC2086
        digest live $year --format $format >"$WORK/live.$format" &&
            digest late $year --by date --format $format \
                >"$WORK/late.$format" || return 1
        same "$WORK/live.$format" "$WORK/late.$format" || return 1
    done
    grep -E '[0-9]+ posts by' "$WORK/live.text"
    posts=$(sed -n 's/.* UTC: \([0-9]*\) posts by.*/\1/p' "$WORK/live.text")
    [ "$posts" -gt 40 ]
}

# From 9 to 17 o'clock, from mark to mark, and one author's.
parts_of_it_are_the_same() {
    set -- '2025-03-11T09:00:00Z..2025-03-11T17:00:00Z' \
        "$(sed -n 's/^From \([0-9a-f]\{9\}\) to .*/\1/p' "$WORK/live.marks").." \
        "$year --author maren"
    for interval; do
        # shellcheck disable=SC2086
        digest live $interval --format json >"$WORK/live.part" &&
            digest late $interval --by date --format json >"$WORK/late.part" ||
            return 1
        same_but_for_ages "$WORK/live.part" "$WORK/late.part" || return 1
        grep -qE '"posts": [1-9]' "$WORK/live.part" || {
            cat "$WORK/live.part"
            return 1
        }
    done
}

by_arrival_it_is_of_another_time() {
    # shellcheck disable=SC2086
    digest late $year --sections totals >"$WORK/out" &&
        grep -q '[^0-9]0 posts' "$WORK/out" && return 0
    cat "$WORK/out"
    return 1
}

several_lists_are_the_same() {
    # shellcheck disable=SC2086
    "$LISTPULSE" --state "$WORK/live" digest --all $year >"$WORK/live.all" &&
        "$LISTPULSE" --state "$WORK/late" digest --all $year --by date \
            >"$WORK/late.all" &&
        same "$WORK/live.all" "$WORK/late.all"
}

what_cannot_be_is_told() {
    complains 2 '--by is date or arrival' digest late --by week &&
        complains 2 'whatever its Date' digest late --by date \
            --since-cursor morning
}

export SAMPLE
received >"$WORK/live.mbox"
received 'Wed, 4 Nov 2026 12:00:00 +0000' >"$WORK/late.mbox"
for state in live late; do
    "$LISTPULSE" --state "$WORK/$state" import "$WORK/$state.mbox" \
        >"$WORK/import.log" 2>&1 || bail_out "$(cat "$WORK/import.log")"
done
digest live 2025-03-11T08:00:00Z..2025-03-11T12:00:00Z --format json |
    perl -MJSON::PP -0777 -ne '
        my @sets = @{decode_json($_)->{patch_sets}};
        print "From ", substr($sets[-1]{head}{mark}, 0, 9), " to it\n"' \
    >"$WORK/live.marks"
ok 'a late archive gives the same digests, in all formats' \
    all_formats_are_the_same
ok 'and parts of them' parts_of_it_are_the_same
ok 'by arrival it is of another time' by_arrival_it_is_of_another_time
ok 'several lists are the same' several_lists_are_the_same
ok 'what cannot be is told' what_cannot_be_is_told
for state in live late; do
    "$LISTPULSE" --state "$WORK/$state" redis stop >"$WORK/stop.log" 2>&1
done
