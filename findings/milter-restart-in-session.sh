#!/bin/sh
# Finding: a milter that is restarted sees nothing more of the SMTP sessions that
#          were open: Postfix connects to it when a client connects, and never
#          again, however many mails the session still brings.
# Guess:   the next MAIL makes a new connection to the milter; what is missed are
#          mails of the seconds in which it was away.
# Seen:    postfix 3.7.11-0+deb12u1; Sendmail 8.17.1.9 does the same (Debian 12).
# Hurts:   with milter_default_action=accept mail passes unchecked and uncounted
#          for as long as a list manager or relay keeps its session, with no line
#          in the milter's log. Stop the milter in a quiet moment, reload instead
#          of restarting, and do not take its start for the end of the gap.
. "$(dirname "$0")/common"
. "$(dirname "$0")/postfix"
postfix_and_milter

milter_port=$(free_port)
# Restarts the milter and waits until it listens.
cat >"$WORK/restart" <<END
[ ! -e $WORK/pid ] || kill -9 \$(cat $WORK/pid)
$WORK/tell inet:$milter_port@127.0.0.1 >>$WORK/told 2>>$WORK/log &
echo \$! >$WORK/pid
perl -MIO::Socket::INET -e 'for (1 .. 100) { exit 0 if IO::Socket::INET->new(
    PeerAddr => "127.0.0.1:$milter_port"); select undef, undef, undef, 0.1 }'
END
trap 'stop_postfix; kill -9 $(cat "$WORK/pid") || :; rm -rf "$WORK"' EXIT
sh "$WORK/restart"
start_postfix "smtpd_milters = inet:127.0.0.1:$milter_port" \
    'milter_default_action = accept'

# mails COMMAND: three mails in one session, and a fourth in one of its own.
mails() {
    : >"$WORK/told"
    talk 'HELO client.example.org' \
        'MAIL FROM:<a@example.org>' 'RCPT TO:<b@example.org>' DATA 'Subject: 1

.' "$1" 'MAIL FROM:<a@example.org>' 'RCPT TO:<b@example.org>' DATA 'Subject: 2

.' 'MAIL FROM:<a@example.org>' 'RCPT TO:<b@example.org>' DATA 'Subject: 3

.' QUIT >"$WORK/session"
    talk 'HELO client.example.org' \
        'MAIL FROM:<a@example.org>' 'RCPT TO:<b@example.org>' DATA 'Subject: 4

.' QUIT >>"$WORK/session"
    echo "$(grep -c 'queued as' "$WORK/session") accepted, seen:" \
        "$(sed -n 's/^Subject: //p' "$WORK/told" | paste -sd' ')"
}
expect 'without a restart' '4 accepted, seen: 1 2 3 4' "$(mails '!:')"
expect 'with a restart behind the first' '4 accepted, seen: 1 4' \
    "$(mails "!sh $WORK/restart")"
