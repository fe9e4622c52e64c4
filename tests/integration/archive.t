#!/bin/sh
# A list's whole life: kvm-ppc, 5,965 mails, against the figures that an
# independent program found. It took five build reports of a robot for parts
# of a series, "[agraf-2.6:snp-host-v10 63/108]": 2,533 there, 2,528 here.
. "$top_srcdir/tests/integration/lib.sh"
needs_corpus kvm-ppc.bundle
needs git
plan 17

archive=$WORK/kvm-ppc.git
list=kvm-ppc.vger.kernel.org

total() {
    found=$(sed -n "/\"totals\"/,/}/s/^ *\"$1\": \([0-9]*\).*/\1/p" \
        "$WORK/json" | head -n 1)
    [ "$found" = "$2" ] && return 0
    echo "$1: $found, not $2"
    return 1
}

sum() {
    found=0
    for name in $1; do
        found=$((found + $(sed -n \
            "/\"totals\"/,/}/s/^ *\"$name\": \([0-9]*\).*/\1/p" "$WORK/json" |
            head -n 1)))
    done
    [ "$found" -eq "$2" ] && return 0
    echo "$1: $found, not $2"
    return 1
}

start_redis
git clone -q --bare "$CORPUS/kvm-ppc.bundle" "$archive" ||
    bail_out 'the bundle cannot be cloned'
# A library that is loaded when it is needed shows in what the loader tells.
imports_without_libgit2() (
    grep -q '^#define LIBGIT2_SONAME' "$top_builddir/config.h" || return 0
    export LD_DEBUG=libs LD_DEBUG_OUTPUT="$WORK/loaded"
    listpulse import "$archive" && ls "$WORK"/loaded.* &&
        ! grep 'calling init: .*libgit2' "$WORK"/loaded.*
)

plain_mail_is_read_without_gmime() (
    grep -q '^#define GMIME_SONAME' "$top_builddir/config.h" || return 0
    export LD_DEBUG=libs LD_DEBUG_OUTPUT="$WORK/plain"
    printf '%s\n' 'From: A <a@example.org>' 'Subject: [PATCH] x' \
        'Message-ID: <plain@example.org>' 'List-Id: <plain.example.org>' \
        'Date: Mon, 2 Mar 2026 10:00:00 +0000' \
        'Content-Type: text/plain; charset=utf-8' \
        'Content-Transfer-Encoding: 8bit' '' 'text' | listpulse import - &&
        ls "$WORK"/plain.* && ! grep 'calling init: .*libgmime' "$WORK"/plain.*
)

ok 'a plain archive needs no libgit2' imports_without_libgit2
ok 'the archive imports' listpulse import "$archive"
listpulse digest "$list" --since 2019-01-01 --until 2026-01-01 --format json \
    >"$WORK/json" || bail_out 'no digest'
ok 'every mail but three is a post' total posts 5962
ok 'three are duplicates' total duplicates 3
ok 'patches and covers, with three mis-tagged ones' \
    sum 'patches covers' 2530
ok 'covers' total covers 232
ok 'pull requests, of which one had two parts' total pulls 21
ok 'every post is of one kind' \
    sum 'patches covers pulls replies notices bot_reports other' 5962
ok 'the counters agree with the posts' listpulse verify "$list"
listpulse lists >"$WORK/before"
ok 'the archive imports again' listpulse import "$archive"
listpulse lists >"$WORK/after"
ok 'and nothing moves' same "$WORK/before" "$WORK/after"
# The first rows of top_contributors, "address count" each.
busiest() {
    sed -n '/"top_contributors"/,/\]/p' "$WORK/json" |
        sed -n -e 's/^ *"email": "\(.*\)",*$/\1/p' \
            -e 's/^ *"count": \([0-9]*\),*$/\1/p' | paste -d' ' - - |
        head -n 3 >"$WORK/busiest"
    printf '%s\n' 'npiggin@gmail.com 657' \
        'sean.j.christopherson@intel.com 271' 'seanjc@google.com 111' \
        >"$WORK/wanted"
    same "$WORK/wanted" "$WORK/busiest"
}

ok 'the busiest authors' busiest

# "MARK OLDER NEWER PULL APPLIED REPLY REVIEW" of each set: the two beside it
# and the pull request that lists it as marks, "part" of a series, or "-"; the
# others 1 or 0.
told_by_digest() {
    listpulse digest "$list" --since 1990-01-01 --until 2030-01-01 \
        --format json --sections patches --top 100000 | perl -MJSON::PP -e '
        local $/;
        my $sets = decode_json(<STDIN>)->{patch_sets};
        my %mark = map { $_->{head}{message_id} => $_->{head}{mark} } @$sets;
        for my $set (@$sets) {
            print join(" ", (map { substr($_, 0, 9) } $set->{head}{mark},
                map { defined $_ ? $mark{$_} // "part" : "-" }
                    @$set{qw(supersedes superseded_by pull_request)}),
                map { defined $set->{$_} ? 1 : 0 }
                    qw(applied first_reply_seconds first_review_seconds)),
                "\n" }'
}

told_by_show() {
    while read -r mark _; do
        listpulse show "$list" "$mark" | awk -v mark="$mark" '
            BEGIN { older = newer = pull = "-"; applied = reply = review = 0 }
            $1 == "supersedes" { older = /this part of/ ? "part" : $2 }
            $1 == "superseded" { newer = $2 }
            $1 == "pull" && $2 == "request" { pull = $3 }
            $1 == "applied" { applied = $2 !~ /^[0-9]+$/ || /  by this: / }
            $1 == "first" && $2 == "reply" { reply = 1 }
            $1 == "first" && $2 == "review" { review = 1 }
            END { print mark, older, newer, pull, applied, reply, review }' ||
            return 1
    done
}

sets_are_shown_as_told() {
    told_by_digest >"$WORK/told" && [ "$(wc -l <"$WORK/told")" -gt 600 ] &&
        told_by_show <"$WORK/told" >"$WORK/shown" &&
        same "$WORK/told" "$WORK/shown"
}

ok 'show tells of each set what a digest tells' sets_are_shown_as_told

# Its cover arrived with its answer, four minutes after it was sent.
delays_are_by_dates() {
    listpulse show "$list" dab108ebd >"$WORK/show" &&
        grep -q '^first reply .* after 4 minutes:' "$WORK/show"
}

ok 'show tells delays by Dates' delays_are_by_dates

# It was not answered; the next one goes on where it ends.
pulls_go_on() {
    listpulse show "$list" b80468eab >"$WORK/show" &&
        grep -q '^set  *pull request, lists 32 patches$' "$WORK/show" &&
        grep -q '^repeated  *a later pull request begins' "$WORK/show" &&
        grep -q '^applied  *6ac61bb30 ' "$WORK/show"
}

ok 'show tells what became of a pull request' pulls_go_on
kill_while_importing() {
    redis-cli -s "$REDIS_SOCKET" flushall
    STATE=$WORK/state.again
    listpulse import "$archive" &
    import=$!
    wait_until 30 sh -c "[ \$(redis-cli -s '$REDIS_SOCKET' dbsize) -gt 5 ]"
    kill -9 $import
    wait $import
    listpulse import "$archive" || return 1
    listpulse lists >"$WORK/resumed"
    awk '{ print $1, $2 }' "$WORK/before" >"$WORK/before.posts"
    awk '{ print $1, $2 }' "$WORK/resumed" >"$WORK/resumed.posts"
    same "$WORK/before.posts" "$WORK/resumed.posts"
}
ok 'a plain mail needs no GMime' plain_mail_is_read_without_gmime
ok 'an import killed with -9 goes on where it was' kill_while_importing
