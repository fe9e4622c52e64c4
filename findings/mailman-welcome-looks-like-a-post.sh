#!/bin/sh
# Finding: Mailman 3 sends a welcome to each subscriber under the list's own
#          List-Id, without X-List-Administrivia and without Auto-Submitted; what
#          tells it from a post is that List-Post is missing, and its From. A
#          comment above the lines that write the headers still promises
#          X-List-Administrivia.
# Guess:   what a list's software writes itself is marked: Mailman 2.1 wrote
#          X-List-Administrivia: yes, RFC 3834 asks for Auto-Submitted.
# Seen:    mailman3 3.3.8-2~deb12u2 (Debian 12).
# Hurts:   who takes mail with a List-Id for posts (archives, statistics,
#          filters): 50 subscribers that are added make 50 posts. Look at From:
#          LIST-request, LIST-confirm and LIST-bounces are the software.
. "$(dirname "$0")/common"
command -v python3 >/dev/null || not_tried 'there is no python3'
packages bookworm mailman3=3.3.8-2~deb12u2 python3-falcon python3-mimeparse \
    python3-public python3-aiosmtpd python3-importlib-resources \
    python3-more-itertools python3-zipp python3-mako python3-markupsafe \
    python3-greenlet python3-sqlalchemy python3-alembic python3-authres \
    python3-dnspython python3-dkim python3-publicsuffix2 python3-authheaders \
    python3-click python3-colorama python3-dateutil python3-six \
    python3-zope.interface python3-flufl.bounce python3-flufl.i18n \
    python3-psutil python3-flufl.lock python3-gunicorn python3-lazr.delegates \
    python3-lazr.config python3-passlib python3-certifi \
    python3-charset-normalizer python3-chardet python3-idna python3-urllib3 \
    python3-requests python3-zope.event python3-zope.hookable \
    python3-zope.component python3-zope.i18nmessageid python3-zope.schema \
    python3-zope.configuration python3-pkg-resources python3-setuptools \
    python3-attr
python3 -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' ||
    not_tried 'compiled modules of Debian 12 want Python 3.11'

mkdir "$WORK/var"
cat >"$WORK/mailman.cfg" <<END
[mailman]
layout: here
site_owner: owner@lists.example.org
[mta]
incoming: mailman.mta.null.NullMTA
[paths.here]
var_dir: $WORK/var
END
cat >"$WORK/welcome.py" <<'END'
# Add a subscriber, let the runner of Mailman's own mail work once, print what
# would go out by SMTP.
import sys

from mailman.core.initialize import initialize
initialize(sys.argv[1])
from mailman.app.lifecycle import create_list
from mailman.config import config
from mailman.interfaces.domain import IDomainManager
from mailman.interfaces.subscriptions import ISubscriptionManager
from mailman.interfaces.usermanager import IUserManager
from mailman.runners.virgin import VirginRunner
from zope.component import getUtility

getUtility(IDomainManager).add("lists.example.org")
heron = create_list("heron@lists.example.org", ["owner@lists.example.org"])
ada = getUtility(IUserManager).create_address("ada@finch.example", "Ada Finch")
ISubscriptionManager(heron).register(
    ada, pre_verified=True, pre_confirmed=True, pre_approved=True)
config.db.commit()
VirginRunner("virgin")._one_iteration()
out = config.switchboards["out"]
for name in out.files:
    message, _ = out.dequeue(name)
    for header in message.items():
        print("%s: %s" % header)
END
cd "$WORK" || exit
PYTHONPATH=$ROOT/usr/lib/python3/dist-packages \
    timeout 120 python3 "$WORK/welcome.py" "$WORK/mailman.cfg" \
    >"$WORK/headers" 2>"$WORK/log" || {
    tail -n 5 "$WORK/log" >&2
    not_tried 'Mailman does not start here'
}
sed 's/^/# /' "$WORK/headers"
has() {
    grep -ci "^$1:" "$WORK/headers" || true
}
expect 'a welcome is on its way' 'Welcome' \
    "$(sed -n 's/^Subject: \(Welcome\) .*/\1/p' "$WORK/headers")"
expect 'it has a List-Id' 1 "$(has List-Id)"
expect 'it has X-List-Administrivia' 0 "$(has X-List-Administrivia)"
expect 'it has Auto-Submitted' 0 "$(has Auto-Submitted)"
expect 'it has List-Post' 0 "$(has List-Post)"
expect 'it is from' heron-request@lists.example.org \
    "$(sed -n 's/^From: //p' "$WORK/headers")"
