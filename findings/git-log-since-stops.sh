#!/bin/sh
# Finding: git log --since ends the walk at the first commit that is older: what
#          lies behind one commit with a wrong, early time is not shown, however
#          young it is. --since-as-filter (git 2.37) looks at each commit.
# Guess:   --since leaves out the commits that are older, and no others.
# Seen:    git 1:2.39.5-0+deb12u3 (Debian 12), 1:2.47.3-0+deb13u1 (Debian 13).
# Hurts:   digests and importers over mail archives in git, where times are those
#          of mails: one mail whose sender's clock said 2001 hides a week, and
#          nothing is said. Take --since-as-filter, or look at times oneself.
. "$(dirname "$0")/common"
packages bookworm git=1:2.39.5-0+deb12u3

HOME=$WORK GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@old.example
GIT_COMMITTER_NAME=Ada GIT_COMMITTER_EMAIL=ada@old.example
export HOME GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME \
    GIT_COMMITTER_EMAIL
git() {
    "$ROOT/usr/bin/git" -C "$WORK/archive" "$@"
}
mkdir "$WORK/archive"
git init -q --template= 2>"$WORK/log"
for day in 2025-03-01 2025-03-02 2001-01-01 2025-03-04 2025-03-05; do
    GIT_AUTHOR_DATE="$day 12:00:00 +0000"
    GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE
    export GIT_AUTHOR_DATE GIT_COMMITTER_DATE
    git commit -q --allow-empty -m "$day"
done
shown() {
    git log --format=%s "$@" | paste -sd' '
}
expect 'commits since February, --since' '2025-03-05 2025-03-04' \
    "$(shown --since=2025-02-01T00:00:00Z)"
expect 'commits since February, --since-as-filter' \
    '2025-03-05 2025-03-04 2025-03-02 2025-03-01' \
    "$(shown --since-as-filter=2025-02-01T00:00:00Z)"
