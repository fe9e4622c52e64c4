#!/bin/sh
# Finding: a milter of Sendmail does not see the Message-Id and Date that Sendmail
#          gives a mail without them; only the macro {msg_id} at end of message
#          tells the new id.
# Guess:   a milter is shown the header that the recipient gets, at least the
#          Message-Id under which the mail is known from then on. Postfix, where it
#          adds these headers (always_add_missing_headers), shows them.
# Seen:    sendmail-bin 8.17.1.9-2+deb12u2 (Debian 12).
# Hurts:   who counts or archives by Message-ID in a milter: the same mail, read
#          from a mailbox later, has another identity. Take {msg_id} where
#          no Message-ID was seen, and expect another Date there.
. "$(dirname "$0")/common"
[ "$(id -u)" -eq 0 ] || not_tried 'only root can run Sendmail'
packages bookworm sendmail-bin=8.17.1.9-2+deb12u2 \
    sendmail-cf=8.17.1.9-2+deb12u2 libmilter1.0.1=8.17.1.9-2+deb12u2 \
    libmilter-dev=8.17.1.9-2+deb12u2 libwrap0=7.6.q-32 \
    libldap-2.5-0=2.5.13+dfsg-5 libsasl2-2=2.1.28+dfsg-10 \
    libdb5.3=5.3.28+dfsg2-1 libnsl2=1.3.0-2 libtirpc3=1.3.3+ds-1 m4=1.4.19-3 \
    libsigsegv2=2.14-1

tell_milter
use_libraries

port=$(free_port)
"$WORK/tell" "inet:$port@127.0.0.1" >"$WORK/told" 2>"$WORK/log" &
milter=$!
trap 'kill $milter 2>/dev/null; rm -rf "$WORK"' EXIT

mkdir -m 700 "$WORK/queue"
: >"$WORK/empty"
echo 'hosts files' >"$WORK/switch"
cat >"$WORK/sendmail.mc" <<END
divert(-1)
include(\`$ROOT/usr/share/sendmail/cf/m4/cf.m4')
divert(0)dnl
OSTYPE(\`linux')dnl
DOMAIN(\`generic')dnl
define(\`QUEUE_DIR', \`$WORK/queue')dnl
define(\`STATUS_FILE', \`$WORK/status')dnl
define(\`confPID_FILE', \`$WORK/pid')dnl
define(\`ALIAS_FILE', \`$WORK/empty')dnl
define(\`confCW_FILE', \`$WORK/empty')dnl
define(\`confCT_FILE', \`$WORK/empty')dnl
define(\`confSERVICE_SWITCH_FILE', \`$WORK/switch')dnl
define(\`confDELIVERY_MODE', \`queue')dnl
define(\`confDONT_PROBE_INTERFACES', \`True')dnl
define(\`confDONT_BLAME_SENDMAIL', \`TrustStickyBit')dnl
FEATURE(\`promiscuous_relay')dnl
FEATURE(\`accept_unresolvable_domains')dnl
FEATURE(\`accept_unqualified_senders')dnl
FEATURE(\`nocanonify')dnl
INPUT_MAIL_FILTER(\`tell', \`S=inet:$port@127.0.0.1, F=T')dnl
MAILER(\`smtp')dnl
END
m4=$(find "$ROOT/usr/bin" -name m4)
"$m4" -D_CF_DIR_="$ROOT/usr/share/sendmail/cf/" "$WORK/sendmail.mc" \
    >"$WORK/sendmail.cf" 2>"$WORK/log"
# One line after the other, as it is answered: Sendmail takes no line that comes
# early. It waits a minute for a dotted host name unless it has one.
cat >"$WORK/talk.pl" <<'END'
use IPC::Open2;
alarm 60;
open2(my $answer, my $line, @ARGV);
sub answered { while (my $a = <$answer>) { print $a; last if $a =~ /^\d+ / } }
answered();
for ('HELO client.example.org', 'MAIL FROM:<ada@example.org>',
     'RCPT TO:<bo@example.org>', 'DATA',
     "From: Ada <ada>\r\nSubject: hello\r\n\r\nHello.\r\n.", 'QUIT') {
    print $line "$_\r\n";
    $line->flush;
    answered();
}
END
perl "$WORK/talk.pl" unshare --uts sh -c 'hostname mx.example.test && exec "$@"' \
    sh "$ROOT/usr/libexec/sendmail/sendmail" -C "$WORK/sendmail.cf" -bs \
    >"$WORK/session" 2>&1 || :
grep -q 'Message accepted' "$WORK/session" || {
    cat "$WORK/session" >&2
    not_tried 'Sendmail does not take the mail'
}
# Ids and times that differ each time are made one.
expect 'what the milter saw' 'From: Ada <ada>
Subject: hello
Hello.
{msg_id} <ID@mx.example.test>' \
    "$(tr -d '\r' <"$WORK/told" | sed 's/<[0-9].*@/<ID@/')"
expect 'what waits in the queue' 'Date
From: Ada <ada>
Message-Id: <ID@mx.example.test>
Subject: hello' "$(sed -n 's/^H?[^?]*?//p' "$WORK"/queue/qf* | grep -v '^Received\|^Return-Path' |
    sed 's/<[0-9].*@/<ID@/; s/^Date: .*/Date/' | sort)"
