#!/bin/sh
# Finding: b4 am 0.14 adds to every patch the trailers that were sent in answer to
#          the cover; 0.12 adds them to none unless it is run with -t. The same
#          mails become other commits on Debian 12 and 13.
# Guess:   which reviews a commit carries is decided by the mails, not by the
#          release of the tool that applies them.
# Seen:    b4 0.12.0-2 (Debian 12), 0.14.2-2 (Debian 13).
# Hurts:   who counts reviews in a history, or checks a history against the list:
#          a maintainer who upgrades credits reviewers several times as often from
#          one week to the next. Count reviews from the mails.
. "$(dirname "$0")/common"
packages bookworm b4=0.12.0-2 git=1:2.39.5-0+deb12u3 \
    python3.11-minimal=3.11.2-6+deb12u8 \
    libpython3.11-minimal=3.11.2-6+deb12u8 \
    libpython3.11-stdlib=3.11.2-6+deb12u8 python3-requests python3-urllib3 \
    python3-certifi python3-chardet python3-idna python3-charset-normalizer \
    python3-six python3-dnspython python3-dkim python3-patatt python3-nacl \
    python3-cffi-backend
old=$ROOT/usr/lib/python3/dist-packages
ROOT=$WORK/newer
mkdir "$ROOT"
packages trixie b4=0.14.2-2
new=$ROOT/usr/lib/python3/dist-packages
ROOT=$WORK/root

HOME=$WORK PATH=$ROOT/usr/bin:$PATH GIT_EXEC_PATH=$ROOT/usr/lib/git-core
export HOME PATH GIT_EXEC_PATH
git config --global user.name Me
git config --global user.email me@example.org
git init -q --template= "$WORK/work" 2>"$WORK/log"

patch() {
    cat <<END
From ada@example.org Tue Mar 11 07:45:0$1 2025
From: Ada <ada@example.org>
Date: Tue, 11 Mar 2025 07:45:0$1 +0000
Subject: [PATCH $1/2] f: part $1
Message-ID: <$1@example.org>
In-Reply-To: <0@example.org>
References: <0@example.org>

Why part $1 is.

Signed-off-by: Ada <ada@example.org>
---
 f$1 | 2 +-
 1 file changed, 1 insertion(+), 1 deletion(-)

diff --git a/f$1 b/f$1
index 5626abf..814f4a4 100644
--- a/f$1
+++ b/f$1
@@ -1 +1 @@
-one
+two
-- 
2.39.2

END
}
{
    cat <<'END'
From ada@example.org Tue Mar 11 07:45:00 2025
From: Ada <ada@example.org>
Date: Tue, 11 Mar 2025 07:45:00 +0000
Subject: [PATCH 0/2] f: two parts
Message-ID: <0@example.org>

Both of them.

END
    patch 1
    patch 2
    cat <<'END'
From bo@example.org Tue Mar 11 08:45:00 2025
From: Bo <bo@example.org>
Date: Tue, 11 Mar 2025 08:45:00 +0000
Subject: Re: [PATCH 0/2] f: two parts
Message-ID: <3@example.org>
In-Reply-To: <0@example.org>
References: <0@example.org>

Reviewed-by: Bo <bo@example.org>

END
} >"$WORK/series"

# reviewed MODULES [OPTION]: version, and how many patches carry the review.
reviewed() {
    modules=$1
    shift
    (cd "$WORK/work" && PYTHONHOME=$WORK/root/usr PYTHONPATH=$modules:$old \
        python3.11 -sB -m b4.command --offline-mode am "$@" -m "$WORK/series" \
        -o - 0@example.org >"$WORK/patches" 2>"$WORK/log") || {
        cat "$WORK/log" >&2
        not_tried 'b4 does not run'
    }
    grep -c '^Reviewed-by: Bo' "$WORK/patches" || :
}
expect 'b4 0.12' 0 "$(reviewed "$old")"
expect 'b4 0.12 with -t' 2 "$(reviewed "$old" -t)"
expect 'b4 0.14' 2 "$(reviewed "$new")"
