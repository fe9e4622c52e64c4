#!/bin/sh
# Finding: Postfix with a milter, whichever and whatever it does, cuts a header field
#          after 60,000 bytes, at a fold, in the mail that is delivered, and logs
#          nothing. header_size_limit (102,400) is not what bounds it.
# Guess:   a milter that changes nothing leaves the mail as it would be without.
# Seen:    postfix 3.7.11-0+deb12u1 (Debian 12).
# Hurts:   a thread of some thousand answers, whose References lose their newest
#          ids, which come last: readers put the answer in a wrong place, and a
#          signature over the field breaks at the next hop.
. "$(dirname "$0")/common"
. "$(dirname "$0")/postfix"
postfix_and_milter

milter_port=$(free_port)
"$WORK/tell" "inet:$milter_port@127.0.0.1" >"$WORK/told" 2>"$WORK/log" &
milter=$!
trap 'stop_postfix; kill $milter 2>/dev/null || :; rm -rf "$WORK"' EXIT
echo '/^Subject: / HOLD' >"$WORK/header"
references=$(perl -e 'printf " <%04d\@example.org>\n", $_ for 1 .. 4000')

# kept LINE...: sends 4,000 ids through a Postfix with these lines of
# main.cf; says how many stand in its queue, whether the field behind them does,
# and how many lines of cleanup's tell of a header: that it was held.
kept() {
    start_postfix "header_checks = regexp:$WORK/header" "$@"
    talk 'HELO client.example.org' 'MAIL FROM:<ada@example.org>' \
        'RCPT TO:<bo@example.org>' DATA "From: Ada <ada@example.org>
Subject: hello
References:$references
Comments: behind

Hello.
." QUIT >"$WORK/session"
    "$ROOT/usr/sbin/postcat" -c "$WORK/postfix" -h -q \
        "$(basename "$WORK"/queue/hold/*)" >"$WORK/kept"
    stop_postfix
    echo "$(grep -c '<[0-9]*@example.org>$' "$WORK/kept") ids," \
        "$(grep -c '^Comments: behind$' "$WORK/kept") behind," \
        "$(grep -c 'cleanup.*\(warning\|header\)' "$WORK/queue/maillog") told"
    rm -rf "$WORK/postfix" "$WORK/queue" "$WORK/data"
}
expect 'without a milter' '4000 ids, 1 behind, 1 told' "$(kept)"
expect 'with one' '2999 ids, 1 behind, 1 told' \
    "$(kept "smtpd_milters = inet:127.0.0.1:$milter_port")"
