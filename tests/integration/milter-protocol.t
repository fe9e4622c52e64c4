#!/bin/sh
# The milter protocol, as MTAs speak it and as none should: no action is ever
# asked for, each mail is counted once, at its end, and nothing that comes on
# one connection harms another.
. "$top_srcdir/tests/integration/lib.sh"
. "$top_srcdir/tests/integration/milter.sh"
plan 25

list=heron.lists.example.org
CONF=$WORK/listpulse.conf
cat >"$CONF" <<END
lists = "configured"
list $list { addresses = { "heron@lists.example.org" } }
list other.lists.example.org { }
END
start_redis
milter_here

# ---- what is negotiated ------------------------------------------------------------

# NOCONNECT NOHELO NORCPT NODATA NOUNKNOWN, NR_HDR NR_MAIL NR_BODY, LEADSPC
ok 'no action is asked for, and what nobody reads is not sent' \
    script connect 'negotiate 1ff 1fffff' no-actions 'steps 18438b' quit
ok 'nothing is asked for that is not offered' \
    script connect 'negotiate 1 1' no-actions quit
changes_nothing() {
    nm "$MILTER" >"$WORK/names" && grep -q ' smfi_register' "$WORK/names" &&
        ! grep -E ' smfi_(add|chg|del|ins|repl|quarantine|setreply|setmlreply)' \
            "$WORK/names"
}
ok 'no function that changes or answers a mail is in the program' \
    changes_nothing
ok 'an MTA of the first version is served' script connect 'negotiate 0f 3f' \
    no-actions 'list-mail heron.lists.example.org old-1' \
    'reply c' 'reply c' 'reply c' 'reply c' 'reply c' 'reply c' \
    eoh 'reply c' 'body text' 'reply c' eom 'reply c' quit
ok 'its mail is counted' counted "$list" 1
mail="list-mail $list"
ok 'headers and bodies are not answered, two ends are' \
    script connect negotiate "$mail one" 'silent 100' eoh 'reply c' \
    'body text' 'silent 100' eom 'reply c' quit
ok 'a blank that the old MTA took off makes no other mail' \
    script connect negotiate "$mail old-1" eoh 'reply c' 'body text' eom \
    'reply c' quit
ok 'both are counted once' counted "$list" 2

# ---- when a mail counts ---------------------------------------------------------------

ok 'a mail for no list leaves at the end of its headers' \
    script connect negotiate 'list-mail none.example.org x' eoh 'reply a' \
    "$mail two" eoh 'reply c' eom 'reply c' quit
ok 'an abort after the end changes nothing' \
    script connect negotiate "$mail three" eoh 'reply c' eom 'reply c' abort \
    "$mail four" eoh 'reply c' eom 'reply c' abort quit
ok 'an abort in between, a second MAIL, a lost connection: not counted' \
    script connect negotiate "$mail a1" eoh 'reply c' 'body x' abort \
    "$mail a2" eoh 'reply c' 'body x' \
    "$mail five" eoh 'reply c' eom 'reply c' \
    "$mail a3" drop connect negotiate "$mail a4" eoh 'reply c' 'body x' drop
ok 'a connection used again without negotiation' \
    script connect negotiate "$mail six" eoh 'reply c' eom 'reply c' reuse \
    "$mail seven" eoh 'reply c' eom 'reply c' reuse \
    "$mail a5" eoh 'reply c' reuse "$mail eight" eoh 'reply c' eom 'reply c'
ok 'nothing of one mail is left in the next' \
    script connect negotiate "$mail nine" 'headers 50 100' eoh 'reply c' \
    'fill 300000' eom 'reply c' mail 'header From: b@example.org' eoh 'reply a' \
    "$mail ten" eoh 'reply c' eom 'reply c' quit
ok 'each is counted once' counted "$list" 11
ok 'by its X-Mailing-List, by an address of the settings' \
    script connect negotiate mail 'header From: c@example.org' \
    'header Message-ID: <x1@example.org>' \
    'header X-Mailing-List: heron@lists.example.org' eoh 'reply c' \
    eom 'reply c' mail 'header From: c@example.org' \
    'header Message-ID: <x2@example.org>' \
    'header X-Mailing-List: other@lists.example.org' eoh 'reply c' eom 'reply c'
on_both() {
    counted "$list" 12 && counted other.lists.example.org 1
}
ok 'on the list that is meant' on_both

# ---- abuse -----------------------------------------------------------------------------

ok '5,000 headers, headers of 60,000 bytes, 10 MB of body' \
    script connect negotiate "$mail big" 'headers 5000 70' \
    'headers 20 60000' eoh 'reply c' 'fill 10000000' eom 'reply c' quit
ok 'a packet that is too long ends its session' \
    script connect negotiate "$mail a6" 'claim 70000000 L 1000' closed
ok 'so does one of an unknown kind, and what is none' \
    script connect 'bytes 0000000041' drop connect negotiate 'claim 1 ! 0' \
    closed connect 'bytes 474554202f' closed
ok 'half a packet and then nothing' \
    script connect negotiate "$mail a7" 'claim 500 L 100' drop \
    connect 'bytes 0000' drop connect negotiate 'claim 9 B 2' drop
before=$(descriptors "$MILTER_PID")
ok '10,000 connections that say nothing' script 'knock 10000'
back_to_before() {
    [ "$(descriptors "$MILTER_PID")" -le "$((before + 4))" ]
}
ok 'they leave no descriptor behind' wait_until 20 back_to_before
stalled() {
    script connect negotiate "$mail slow" eoh 'reply c' 'body half' \
        'pause 3000' 'body half' eom 'reply c' &
    stalling=$!
    client drive -n 200 -k 8 --limit 2000 --lists "$list" && wait "$stalling"
}
ok 'sessions that stall do not hold others up' stalled
ok 'all of that is counted, and nothing else' counted "$list" 214

# ---- few descriptors ---------------------------------------------------------------------

stop_milter
start_few() {
    # shellcheck disable=SC3045
    ulimit -S -n 64
    milter_here
    # shellcheck disable=SC3045
    ulimit -S -n 1024
    client drive -n 300 -k 100 --tag crowd --limit 3000 --patient \
        --acknowledged "$WORK/crowd" --lists "$list"
    client drive -n 50 -k 4 --tag calm --lists "$list" && milter_lives &&
        counted "$list" $((214 + 50 + $(wc -l <"$WORK/crowd")))
}
ok 'with 64 descriptors a crowd does no lasting harm' start_few
