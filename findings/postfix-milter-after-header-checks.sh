#!/bin/sh
# Finding: what Postfix does to a mail by itself comes before its milters, smtpd's
#          too: they are shown header and body after header_checks, body_checks and
#          canonical_maps, without the fields that were ignored.
# Guess:   smtpd_milters hang at the SMTP server, so they are shown what the client
#          sent, and cleanup's work on the mail comes behind them.
# Seen:    postfix 3.7.11-0+deb12u1 (Debian 12).
# Hurts:   who checks signatures or counts lists in a milter: a rule that marks
#          subjects or drops List-Id, written for the mailbox, blinds the milter.
#          Sendmail shows its milters what came. Put such rules behind it, in
#          smtp_header_checks, a later hop or the delivery.
. "$(dirname "$0")/common"
[ "$(id -u)" -eq 0 ] || not_tried 'only root can run Postfix'
packages bookworm postfix=3.7.11-0+deb12u1 \
    libmilter1.0.1=8.17.1.9-2+deb12u2 libmilter-dev=8.17.1.9-2+deb12u2 \
    libsasl2-2=2.1.28+dfsg-10 libdb5.3=5.3.28+dfsg2-1 libnsl2=1.3.0-2 \
    libtirpc3=1.3.3+ds-1
tell_milter
use_libraries

milter_port=$(free_port)
"$WORK/tell" "inet:$milter_port@127.0.0.1" >"$WORK/told" 2>"$WORK/log" &
milter=$!
port=$(free_port)
postfix() {
    "$ROOT/usr/sbin/postfix" -c "$WORK/postfix" "$1" >>"$WORK/log" 2>&1
}
trap 'postfix stop || :; kill $milter 2>/dev/null || :; rm -rf "$WORK"' EXIT

chmod 755 "$WORK"
mkdir -p "$WORK/postfix" "$WORK/queue" "$WORK/data"
chown daemon "$WORK/data"
cat >"$WORK/postfix/main.cf" <<END
compatibility_level = 3.6
command_directory = $ROOT/usr/sbin
daemon_directory = $ROOT/usr/lib/postfix/sbin
shlib_directory = $ROOT/usr/lib/postfix
meta_directory = $ROOT/etc/postfix
sendmail_path = $ROOT/usr/sbin/sendmail
mailq_path = $ROOT/usr/bin/mailq
newaliases_path = $ROOT/usr/bin/newaliases
mail_owner = daemon
setgid_group = mail
import_environment = MAIL_CONFIG TZ LANG=C LD_LIBRARY_PATH
queue_directory = $WORK/queue
data_directory = $WORK/data
maillog_file = $WORK/queue/maillog
maillog_file_prefixes = $WORK
myhostname = mx.example.test
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mydestination =
local_recipient_maps =
alias_maps =
alias_database =
default_transport = discard
smtpd_peername_lookup = no
smtpd_milters = inet:127.0.0.1:$milter_port
header_checks = regexp:$WORK/header
body_checks = regexp:$WORK/body
canonical_maps = inline:{ada@old.example=ada@new.example}
local_header_rewrite_clients = permit_mynetworks
END
printf '%s\n' '/^Subject: (.*)/ REPLACE Subject: [extern] $1' \
    '/^List-Id:/ IGNORE' >"$WORK/header"
echo '/^Hello/ REPLACE Good-bye.' >"$WORK/body"
cat >"$WORK/postfix/master.cf" <<END
127.0.0.1:$port inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
discard unix - - n - - discard
bounce unix - - n - 0 bounce
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
END
postfix start || not_tried 'Postfix does not start'

cat >"$WORK/talk.pl" <<'END'
use IO::Socket::INET;
alarm 60;
my $server;
for (1 .. 100) {
    $server = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $ARGV[0])
        and last;
    select undef, undef, undef, 0.1;
}
sub answered { while (my $line = <$server>) { print $line; last if $line =~ /^\d+ / } }
answered();
for ('HELO client.example.org', 'MAIL FROM:<ada@old.example>',
     'RCPT TO:<bo@example.org>', 'DATA',
     "From: Ada <ada\@old.example>\r\nSubject: hello\r\n" .
     "Message-ID: <1\@old.example>\r\nDate: Tue, 11 Mar 2025 07:45:00 +0000\r\n" .
     "List-Id: <kestrel.lists.example.org>\r\n\r\nHello.\r\n.", 'QUIT') {
    print $server "$_\r\n";
    answered();
}
END
perl "$WORK/talk.pl" "$port" >"$WORK/session" 2>&1 || :
grep -q queued "$WORK/session" || {
    cat "$WORK/session" >&2
    not_tried 'Postfix does not take the mail'
}
expect 'what the milter saw' 'From: Ada <ada@new.example>
Subject: [extern] hello
Message-ID: <1@old.example>
Date: Tue, 11 Mar 2025 07:45:00 +0000
Good-bye.
{msg_id} none' "$(tr -d '\r' <"$WORK/told")"
