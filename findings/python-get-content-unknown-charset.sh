#!/bin/sh
# Finding: Python's EmailMessage.get_content() raises LookupError where a mail names
#          a charset that Python does not know, although its argument errors is
#          'replace' by default; iso-8859-8-i and unknown-8bit are such names.
# Guess:   it reads any mail, with U+FFFD where bytes make no sense: that is what
#          errors='replace' promises, and what it does for wrong bytes.
# Seen:    python3.11-minimal 3.11.2-6+deb12u8 (Debian 12), Python 3.13.5 (Debian
#          13).
# Hurts:   readers of archives: tests pass, and one mail in some thousands ends the
#          run. Catch LookupError and decode get_payload(decode=True) as one likes.
. "$(dirname "$0")/common"
packages bookworm python3.11-minimal=3.11.2-6+deb12u8 \
    libpython3.11-minimal=3.11.2-6+deb12u8 libpython3.11-stdlib=3.11.2-6+deb12u8

cat >"$WORK/read.py" <<'END'
import email, email.policy, sys
mail = email.message_from_bytes(
    b'Subject: x\nMIME-Version: 1.0\nContent-Transfer-Encoding: 8bit\n'
    b'Content-Type: text/plain; charset=' + sys.argv[1].encode() +
    b'\n\nAd\xe4\n', policy=email.policy.default)
try:
    print(ascii(mail.get_content(errors='replace').strip()))
except Exception as error:
    print(type(error).__name__)
END
content() {
    PYTHONHOME=$ROOT/usr "$ROOT/usr/bin/python3.11" -sSB "$WORK/read.py" "$1"
}
expect 'utf-8, which the bytes are not' "'Ad\\ufffd'" "$(content utf-8)"
expect 'us-ascii, which they are not either' "'Ad\\ufffd'" "$(content us-ascii)"
expect 'iso-8859-8-i, registered for mail' LookupError "$(content iso-8859-8-i)"
expect 'unknown-8bit' LookupError "$(content unknown-8bit)"
