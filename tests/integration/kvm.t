#!/bin/sh
# The digest that started the project, from its own mail.
. "$top_srcdir/tests/integration/lib.sh"
needs_corpus kvm-2025-09-29.mbox
plan 9

interval=59bf583ce..29a23e72d

digest() {
    listpulse digest kvm "$interval" --format "$1"
}

has() {
    grep -qF -e "$2" "$WORK/$1" && return 0
    echo "no such line in $1: $2"
    return 1
}

# The kind of the post of this sender with this subject.
kind_of() {
    digest json >"$WORK/json" || return 1
    listpulse show kvm "$1" | grep -qi "^kind.*$2" && return 0
    listpulse show kvm "$1"
    return 1
}

start_redis
ok 'the mbox imports' listpulse import "$CORPUS/kvm-2025-09-29.mbox"
digest classic >"$WORK/classic" 2>&1
digest text >"$WORK/text" 2>&1
ok 'classic is the digest, byte for byte' \
    same "$CORPUS/kvm-2025-09-29.digest" "$WORK/classic"
ok 'text shows decoded names' has text 'Philippe Mathieu-Daudé'
ok 'text counts 88 posts' has text ': 88 posts by '
ok 'the tester of a cover wrote a reply' kind_of 1001000000 reply
ok 'a reply without Re: is one' kind_of 1016000000 reply
ok 'the reply without Re: is no contribution' \
    sh -c '! sed -n "/^Top 15 contributors (/,/^Top 15 reviewers/p" "$1" |
        grep -e Schippers -e "Jack Wang"' sh "$WORK/text"
ok 'a single patch is in the patch list' sh -c '
    sed -n "/^===== Patch list/,/^===== Patch Commit/p" "$1" |
        grep "Shivank\|$2"' sh "$WORK/text" "$(grep -A4 \
    '^From: Shivank Garg' "$CORPUS/kvm-2025-09-29.mbox" |
    sed -n 's/^Subject: \[PATCH[^]]*\] *//p' | cut -c1-40)"
ok 'the counters agree with the posts' listpulse verify kvm
