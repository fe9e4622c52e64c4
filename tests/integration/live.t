#!/bin/sh
# Live equals import, and mail is what it was: the sample through a real
# Postfix, a real Sendmail, as an mbox and as a git archive gives one and the
# same digest. The daemon's clock is set to when each mail once arrived.
. "$top_srcdir/tests/integration/lib.sh"
needs_root
needs git
plan 18

use_settings "$top_srcdir/tests/data/sample.conf"
LISTPULSE_TEST_CLOCK=$WORK/clock
export LISTPULSE_TEST_CLOCK
mails=64

# No marks in this one: then they are made from the mails, as for live mail.
unmarked=$WORK/unmarked.mbox
sed 's/^From [0-9a-f]\{40\} /From - /' "$SAMPLE" >"$unmarked"

# digests NAME: what Redis holds now, as digests in the folder NAME.
digests() {
    mkdir -p "$WORK/$1"
    for list in $SAMPLE_LIST $OTHER_LIST; do
        for format in text json classic; do
            listpulse digest "$list" --since 2025-03-10 --until 2025-03-13 \
                --format $format >"$WORK/$1/$list.$format" || return 1
        done
    done
    grep -q '"posts": 62\b' "$WORK/$1/$SAMPLE_LIST.json"
}

folders_equal() {
    diff -ru "$WORK/$1" "$WORK/$2"
}

# A git archive has marks of its own: its commits.
without_marks() {
    cp -r "$WORK/$1" "$WORK/$2" &&
        sed -i -e 's/"mark": *"[0-9a-f]*"/"mark": ""/' \
            -e 's/\b[0-9a-f]\{40\}\b/MARK/g' \
            -e 's/"#m[0-9a-f]*"/"#MARK"/g; s/id="m[0-9a-f]*"/id="MARK"/g' \
            -e '/^From\|^KVM\|update from/s/\b[0-9a-f]\{9,40\}\b/MARK/g' \
            -e 's/\(, by v[0-9.]* \)[0-9a-f]\{9\}$/\1MARK/' \
            -e '/^[+<? ] [a-zR]/s/\b[0-9a-f]\{9\}\b/MARK/' \
            -e 's/^\( *[0-9]* [a-z ]*\|\)[0-9a-f]\{9\}  /\1MARK  /' \
            "$WORK/$2"/*
}

forget_all() {
    redis-cli -s "$REDIS_SOCKET" flushall
    STATE=$WORK/state.$1
}

send_all() {
    rm -rf "${SINK:?}"/*
    "$SEND_MAIL" --port "$1" --clock "$LISTPULSE_TEST_CLOCK" "$SAMPLE" &&
        wait_until 60 delivered $mails && far_side "$SINK" "$WORK/$2" &&
        [ "$(wc -l <"$WORK/$2")" -eq $mails ]
}

all_counted() {
    [ $(($(posts $SAMPLE_LIST) + $(posts $OTHER_LIST))) -eq 64 ] &&
        milter_is_idle
}

start_redis
start_sink

ok 'the mbox imports' listpulse import "$unmarked"
ok 'the digests of the mbox' digests mbox
forget_all git
ok 'the archive is made' \
    "$top_srcdir/tests/support/make-archive" "$SAMPLE" "$WORK/sample.git"
ok 'the git archive imports' listpulse import "$WORK/sample.git"
ok 'the digests of the git archive' digests git
without_marks mbox mbox.masked
without_marks git git.masked
ok 'git archive and mbox give the same digests' \
    folders_equal mbox.masked git.masked

start_postfix plain
ok 'Postfix without the milter takes all mails' \
    send_all "$POSTFIX_PORT" postfix.without
start_postfix filtered "$(postfix_milter_lines)"
forget_all postfix
start_milter "$POSTFIX/queue/listpulse/milter.sock"
ok 'Postfix with the milter takes all mails' \
    send_all "$POSTFIX_PORT" postfix.with
ok 'and they are the same bytes at the far side' \
    same "$WORK/postfix.without" "$WORK/postfix.with"
ok 'all are counted' wait_until 30 all_counted
ok 'the digests of mail through Postfix' digests postfix
ok 'are those of the mbox' folders_equal mbox postfix
stop_milter

start_sendmail plain-sendmail
ok 'Sendmail without the milter takes all mails' \
    send_all "$SENDMAIL_PORT" sendmail.without
start_sendmail filtered-sendmail "$top_srcdir/conf/sendmail.m4"
forget_all sendmail
start_milter "$SAFE/run/milter.sock"
ok 'Sendmail with the milter takes all mails' \
    send_all "$SENDMAIL_PORT" sendmail.with
ok 'and they are the same bytes at the far side' \
    same "$WORK/sendmail.without" "$WORK/sendmail.with"
ok 'all are counted' wait_until 30 all_counted
ok 'the digests of mail through Sendmail' digests sendmail
ok 'are those of the mbox' folders_equal mbox sendmail
