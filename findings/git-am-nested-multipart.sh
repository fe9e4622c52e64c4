#!/bin/sh
# Finding: git am and git mailinfo on a patch that is attached to a mail of text
#          and HTML (multipart/mixed of multipart/alternative and the patch): the
#          commit message gets the first part's boundary and Content-Type, or the
#          words before it, and then the HTML as well.
# Guess:   the text/plain part is the message, the attachment the patch.
# Seen:    git 1:2.39.5-0+deb12u3 (Debian 12), 1:2.47.3-0+deb13u1 (Debian 13).
# Hurts:   maintainers who apply what Outlook, Apple Mail or Gmail attached, and
#          who compares a commit with the mail that it came from: its message is
#          no more the mail's text. Read such mails with a MIME library, and give
#          git am the plain text and the patch.
. "$(dirname "$0")/common"
packages bookworm git=1:2.39.5-0+deb12u3

# message_of PREAMBLE: the commit message that git makes of the mail.
message_of() {
    (cd "$WORK" && "$ROOT/usr/bin/git" mailinfo message patch >info) <<END
From: Ada <ada@example.org>
Subject: [PATCH] f: say two
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="outer"

--outer
Content-Type: multipart/alternative; boundary="inner"
$1
--inner
Content-Type: text/plain; charset="UTF-8"

Why it is so.

--inner
Content-Type: text/html; charset="UTF-8"

<div>Why it is so.</div>

--inner--
--outer
Content-Type: text/x-patch; name="p.patch"
Content-Disposition: attachment; filename="p.patch"

diff --git a/f b/f
--- a/f
+++ b/f
@@ -1 +1 @@
-one
+two
--outer--
END
    grep . "$WORK/message"
}
expect 'without words before the first part' '--inner
Content-Type: text/plain; charset="UTF-8"
Why it is so.
<div>Why it is so.</div>' "$(message_of '')"
expect 'with words before the first part' 'This is a mail of several parts.
Why it is so.
<div>Why it is so.</div>' "$(message_of '
This is a mail of several parts.')"
