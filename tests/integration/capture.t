#!/bin/sh
# What the milter keeps of a mail is byte for byte what an import of the same
# mail keeps, also where headers and bodies are odd: that is why a live digest
# equals an imported one. What an MTA refuses or changes is left out for it.
. "$top_srcdir/tests/integration/lib.sh"
needs_root
plan 4

list=odd.lists.example.org
CONF=$WORK/listpulse.conf
echo "list $list { }" >"$CONF"
captured=$top_builddir/tests/support/captured
mkdir -p "$WORK/mails" "$WORK/cr"

# mail FOLDER/NAME FORMAT...: a list mail; the formats of printf go on behind
# the headers that all have.
mail() {
    file=$WORK/$1
    shift
    {
        printf 'List-Id: <%s>\nFrom: Ann <a@example.org>\n' "$list"
        printf 'Date: Tue, 11 Mar 2025 10:00:00 +0000\n'
        printf 'Message-ID: <%s@example.org>\n' "${file##*/}"
        for format; do
            # shellcheck disable=SC2059
            printf "$format"
        done
    } >"$file"
}

# repeat COUNT TEXT
repeat() {
    perl -e 'print $ARGV[1] x $ARGV[0]' "$1" "$2"
}

mail mails/blanks-at-end 'Subject: s  \t \nCc: a@b \n\tc@d  \n\nx\n'
mail mails/no-blank 'Subject:s\nCc:\ta@b\nReply-To:   c@d\n\nx\n'
mail mails/folds 'Subject:\n folded\n\tmore \n  and more\n\nx\n'
mail mails/blank-folds 'Subject: s\n \n\t\nCc: a@b\n \n more\n\nx\n'
mail mails/blank-before-colon 'Subject \t: s\n\nx\n'
mail mails/case 'sUbJeCt: s\nCC: a@b\ncc: c@d\n\nx\n'
mail mails/empty-values 'Subject:\nCc:\nReply-To: \n\nx\n'
mail mails/no-header-line 'Subject: s\nthis is none\nCc: a@b\n\nx\n'
mail mails/no-name 'Subject: s\n: x\nCc: a@b\n\nx\n'
mail mails/odd-names 'Subject: s\nX-!#$%%&: x\nN\303\244me: y\nCc: a@b\n\nx\n'
mail mails/no-body 'Subject: s\n'
mail mails/empty-body 'Subject: s\n\n'
mail mails/empty-lines 'Subject: s\n\n\n\nx\n \n\t\n\n\n'
mail mails/no-line-end 'Subject: s\n\nx'
mail mails/8bit 'Subject: \344 \303\244\n\n\344\n'
mail mails/dots 'Subject: s\n\n.\n..\n.x\n'
mail mails/from-lines 'Subject: s\n\nFrom here\n>From there\n'
mail mails/nul 'Subject: s\n\na\000b\n'
mail mails/received 'Received: from a\n\tby b; c\nReceived: d\nSubject: s\n\nx\n'
mail mails/twice 'Subject: s\nSubject: t\nFrom: b@c\nDate: d\n\nx\n'
mail mails/addresses 'Reply-To: "Q, R" <q@r>,\n s@t\nCc: G: a@b, c@d;\n\nx\n'
mail mails/long-header "Subject: $(repeat 5000 x)\n\nx\n"
mail mails/long-folds "Subject: s$(repeat 2500 '\n xxxx yyyy')\n\nx\n"
mail mails/many-headers "$(repeat 600 'Cc: a@b\n')\nx\n"
mail mails/long-line "Subject: s\n\n$(repeat 30000 'ten bytes ')\nx\n"
mail mails/parts 'Content-Type: multipart/mixed; boundary="x"\n\n--x\n' \
    'Content-Type: text/plain\n\nx\n--x--\n'
# Sendmail refuses these, and takes a NUL out of a header.
mail cr/in-body 'Subject: s\n\na\rb\r\rc\n\rd\n'
mail cr/in-header 'Subject: a\rb\n\rCc: c@d\nReply-To\r: e@f\n\rg@h\n\nx\n'
mail cr/nul-in-header 'Subject: a\000b\n c\n\nx\n'

send() {
    "$SEND_MAIL" --port "$@"
}

start_redis
start_sink
start_postfix odd "$(postfix_milter_lines)"
start_milter "$POSTFIX/queue/listpulse/milter.sock"
ok 'Postfix takes odd mail' \
    send "$POSTFIX_PORT" "$WORK"/mails/* "$WORK"/cr/*
ok 'it is captured as an import captures it' \
    "$captured" "$STATE/journal.db" "$WORK"/mails/* "$WORK"/cr/*
stop_milter

STATE=$WORK/state.sendmail
start_sendmail odd-sendmail "$top_srcdir/conf/sendmail.m4"
start_milter "$SAFE/run/milter.sock"
ok 'Sendmail takes odd mail' send "$SENDMAIL_PORT" "$WORK"/mails/*
ok 'it is captured as an import captures it, too' \
    "$captured" "$STATE/journal.db" "$WORK"/mails/*
