#!/bin/sh
# Mail of no list passes and leaves no trace; hostile mail passes and is
# counted as what can be told of it.
. "$top_srcdir/tests/integration/lib.sh"
needs_root
plan 15

list=hostile.lists.example.org
CONF=$WORK/listpulse.conf
printf "lists = \"configured\"\nlist %s { }\n" "$list" >"$CONF"

send() {
    "$SEND_MAIL" --port "$POSTFIX_PORT" "$@"
}

# head NAME: the header lines that all of them have but the ones left out.
head_of() {
    cat <<END
To: hostile@$list
Subject: $1
Date: Tue, 11 Mar 2025 10:00:00 +0000
List-Id: <$list>
END
}

start_redis
start_sink
start_postfix mx "$(postfix_milter_lines)"
keys_before=$(redis-cli -s "$REDIS_SOCKET" dbsize)
start_milter "$POSTFIX/queue/listpulse/milter.sock"

# ---- no trace -----------------------------------------------------------------

cat >"$WORK/private" <<END
From: Somebody <somebody@example.com>
To: friend@example.net
Subject: a private word: mulberry
Date: Tue, 11 Mar 2025 10:00:00 +0000
Message-ID: <mulberry-1@example.com>

Nobody shall count this mulberry.
END
sed -e 's/mulberry-1/mulberry-2/' -e '/^Date:/a List-Id: <other.lists.example.org>' \
    "$WORK/private" >"$WORK/other"
ok 'mail of no list, and of a list that is not configured, is taken' \
    send "$WORK/private" "$WORK/other"
ok 'both arrive' wait_until 30 delivered 2

# ---- hostile ------------------------------------------------------------------

{
    head_of 'no Message-ID'
    printf 'From: a@example.com\n\ntext\n'
} >"$WORK/1"
{
    head_of 'no From'
    printf 'Message-ID: <2@example.com>\n\ntext\n'
} >"$WORK/2"
{
    head_of '=?x-none?Q?=FF=FE?= =?utf-8?B?!!!?='
    printf 'From: =?utf-8?Q?=C3=28?= <c@example.com>\n'
    printf 'Message-ID: <3@example.com>\nMIME-Version: 1.0\n'
    printf 'Content-Type: text/plain; charset=x-none\n\n\377\376\303(\n'
} >"$WORK/3"
{
    head_of 'a NUL'
    printf 'From: d@example.com\nMessage-ID: <4@example.com>\n\nte\000xt\n'
} >"$WORK/4"
{
    perl -e 'print "X-Filler-$_: of no use\n" for 1 .. 2500'
    head_of '5,000 headers'
    printf 'From: e@example.com\nMessage-ID: <5@example.com>\n'
    perl -e 'print "Subject: of no use\n" for 1 .. 2500'
    printf '\ntext\n'
} >"$WORK/5"
{
    head_of '50 MB'
    printf 'From: f@example.com\nMessage-ID: <6@example.com>\n\n'
    perl -e 'print "x" x 79, "\n" for 1 .. 655_360'
} >"$WORK/6"
{
    head_of 'a long Cc'
    printf 'From: g@example.com\nMessage-ID: <7@example.com>\nCc: '
    perl -e 'print "a\@example.com, " x 1_200, "b\@example.com\n\ntext\n"'
} >"$WORK/7"
{
    head_of 'parts in parts'
    printf 'From: h@example.com\nMessage-ID: <8@example.com>\n'
    printf 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b0\n\n'
    perl -e 'for (1 .. 40) { $n = $_ - 1;
        print "--b$n\nContent-Type: multipart/mixed; boundary=b$_\n\n" }'
} >"$WORK/8"

for mail in '1 no Message-ID' '2 no From' '3 a broken charset' '4 a NUL' \
    '5 5,000 headers' '6 50 MB' '7 a Cc of 20 KB' \
    '8 40 nested parts'; do
    ok "mail with ${mail#* } is taken" send "$WORK/${mail%% *}"
done
ok 'all arrive' wait_until 120 delivered 10
ok 'all are counted' wait_until 60 has_posts "$list" 8
listpulse digest "$list" --last 7d --format json >"$WORK/json" 2>"$WORK/err"
ok 'what is broken shows as malformed' \
    sh -c 'n=$(sed -n "s/^ *\"malformed\": \([0-9]*\).*/\1/p" "$1" | head -n 1)
        echo "malformed: $n"; [ "$n" -ge 3 ]' sh "$WORK/json"
listpulse digest "$list" --last 7d >"$WORK/text" 2>"$WORK/err"
ok 'the digest is valid UTF-8' iconv -f UTF-8 -t UTF-8 "$WORK/text"

stop_milter
no_mulberry() {
    [ "$keys_before" -eq 0 ] && ! grep -rl mulberry "$STATE" &&
        ! listpulse lists | grep other.lists.example.org &&
        ! redis-cli -s "$REDIS_SOCKET" keys '*other.lists*' | grep .
}
ok 'the mail of no list left no trace' no_mulberry
