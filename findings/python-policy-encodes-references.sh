#!/bin/sh
# Finding: Python's email.policy.default and SMTP write a Message-ID in References
#          or In-Reply-To that does not fit into a line as RFC 2047 words, also
#          when a mail is only read and written again.
# Guess:   structured headers are folded between ids, and an id that is longer
#          than a line stays whole: Message-ID itself does.
# Seen:    python3.11-minimal 3.11.2-6+deb12u8 (Debian 12), Python 3.13.5 (Debian
#          13).
# Hurts:   list software and gateways on these policies break threads, since
#          readers compare "=?utf-8?q?=3C...?=" with "<...>"; who reads mail meets
#          such References and has to decode them, which RFC 2047 forbids there.
#          Write with policy.clone(max_line_length=998).
. "$(dirname "$0")/common"
packages bookworm python3.11-minimal=3.11.2-6+deb12u8 \
    libpython3.11-minimal=3.11.2-6+deb12u8 libpython3.11-stdlib=3.11.2-6+deb12u8

# again POLICY: the parent of a mail that went through Python, its id shortened.
again() {
    cat >"$WORK/again.py" <<END
import email, email.policy, sys
mail = email.message_from_binary_file(sys.stdin.buffer,
                                      policy=email.policy.$1)
sys.stdout.buffer.write(mail.as_bytes())
END
    PYTHONHOME=$ROOT/usr "$ROOT/usr/bin/python3.11" -sSB "$WORK/again.py" <<END |
From: Ada <ada@example.org>
Message-ID: <$id>
References: <first@example.org>
 <$id>
Subject: Re: long ids

Hello.
END
        tr -d '\r' | sed -n "s/$id/LONG/; /^Message-ID/p; /^References/,/^Subject/p" |
        sed '/^Subject/d; s/q?.*/q?.../; 4,$d'
}
id=20250311074500.123456789-1-ada.lovelace@a-very-long-name.department.example.org
expect 'default' 'Message-ID: <LONG>
References: <first@example.org> =?utf-8?q?...
 =?utf-8?q?...' "$(again default)"
expect 'SMTP' 'Message-ID: <LONG>
References: <first@example.org> =?utf-8?q?...
 =?utf-8?q?...' "$(again SMTP)"
expect 'default, without a limit of lines' 'Message-ID: <LONG>
References: <first@example.org>
 <LONG>' "$(again 'default.clone(max_line_length=998)')"
