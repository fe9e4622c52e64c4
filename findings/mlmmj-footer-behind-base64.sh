#!/bin/sh
# Finding: mlmmj writes its footer behind the last line of a mail as it is, also
#          where the body is base64 or multipart: the footer's letters are decoded
#          with the text, or stand behind the last boundary, where nobody looks.
# Guess:   a list manager that adds a footer looks at the encoding, and adds text
#          or a part, or leaves such mails alone.
# Seen:    mlmmj 1.3.0-4 (Debian 12), 1.5.2-1 (Debian 13).
# Hurts:   subscribers and archives: text that has 3n bytes ends in binary rubbish,
#          which is no UTF-8, so that a strict reader refuses all of it. Cut what
#          comes behind the base64, or read the text up to the first wrong byte.
. "$(dirname "$0")/common"
packages bookworm mlmmj=1.3.0-4

list=$WORK/kestrel
mkdir "$list"
for folder in archive bounce control digesters.d incoming moderation \
    nomailsubs.d queue queue/discarded requeue subconf subscribers.d text \
    unsubconf; do
    mkdir "$list/$folder"
done
echo kestrel@lists.example.org >"$list/control/listaddress"
echo owner@lists.example.org >"$list/control/owner"
printf '%s\n' '-- ' 'kestrel list' >"$list/control/footer"

# sent ENCODING BODY: what comes of a mail with this body, without its header.
sent() {
    rm -f "$list"/archive/*
    "$ROOT/usr/bin/mlmmj-receive" -F -L "$list" >"$WORK/log" 2>&1 <<END || :
Return-Path: <ada@example.org>
From: Ada <ada@example.org>
To: kestrel@lists.example.org
Subject: hello
Message-ID: <1@example.org>
MIME-Version: 1.0
$1

$2
END
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        [ ! -s "$list/archive/1" ] || break
        sleep 0.3
    done
    sed '1,/^$/d' "$list/archive/1"
    rm -f "$list/index"
}
base64='Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: base64'
expect 'a body of base64' 'SGVsbG8h
-- 
kestrel list' "$(sent "$base64" SGVsbG8h)"
expect 'bytes that it is decoded to; Hello! has 6' 14 \
    "$(sent "$base64" SGVsbG8h | perl -MMIME::Base64 -0777 -ne \
        'print length decode_base64($_)')"
expect 'a body of two parts' '--part

Hello!
--part--
-- 
kestrel list' "$(sent 'Content-Type: multipart/mixed; boundary=part' '--part

Hello!
--part--')"
