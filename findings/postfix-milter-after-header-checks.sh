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
. "$(dirname "$0")/postfix"
postfix_and_milter

milter_port=$(free_port)
"$WORK/tell" "inet:$milter_port@127.0.0.1" >"$WORK/told" 2>"$WORK/log" &
milter=$!
trap 'stop_postfix; kill $milter 2>/dev/null || :; rm -rf "$WORK"' EXIT
printf '%s\n' '/^Subject: (.*)/ REPLACE Subject: [extern] $1' \
    '/^List-Id:/ IGNORE' >"$WORK/header"
echo '/^Hello/ REPLACE Good-bye.' >"$WORK/body"
start_postfix "smtpd_milters = inet:127.0.0.1:$milter_port" \
    "header_checks = regexp:$WORK/header" "body_checks = regexp:$WORK/body" \
    'canonical_maps = inline:{ada@old.example=ada@new.example}' \
    'local_header_rewrite_clients = permit_mynetworks'

talk 'HELO client.example.org' 'MAIL FROM:<ada@old.example>' \
    'RCPT TO:<bo@example.org>' DATA 'From: Ada <ada@old.example>
Subject: hello
Message-ID: <1@old.example>
Date: Tue, 11 Mar 2025 07:45:00 +0000
List-Id: <kestrel.lists.example.org>

Hello.
.' QUIT >"$WORK/session"
expect 'what the milter saw' 'From: Ada <ada@new.example>
Subject: [extern] hello
Message-ID: <1@old.example>
Date: Tue, 11 Mar 2025 07:45:00 +0000
Good-bye.
{msg_id} none' "$(tr -d '\r' <"$WORK/told")"
