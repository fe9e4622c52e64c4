#!/bin/sh
# The same mail again is the same post, however it comes.
. "$top_srcdir/tests/integration/lib.sh"
needs_root
plan 7

list=copies.lists.example.org
mail=$WORK/mail
cat >"$mail" <<END
From: Pip O'Rourke <pip@orourke.example>
To: copies@$list
Subject: [PATCH] one: and only one
Date: Tue, 11 Mar 2025 10:00:00 +0000
Message-ID: <20250311100000.1@orourke.example>
List-Id: <$list>

Once.
END

has_duplicates() {
    listpulse digest "$list" --since 2025-01-01 --format json |
        grep -q "\"duplicates\": $1\\b"
}

start_redis
start_sink
start_postfix mx "$(postfix_milter_lines)"
start_milter "$POSTFIX/queue/listpulse/milter.sock"
ok 'three copies to three recipients are taken' \
    "$SEND_MAIL" --port "$POSTFIX_PORT" --each --to a@example.net \
    --to b@example.net --to c@example.net "$mail"
ok 'three arrive' wait_until 30 delivered 3
ok 'one is counted' wait_until 30 has_posts "$list" 1
ok 'the others are duplicates' wait_until 30 has_duplicates 2
listpulse import "$mail" >"$WORK/import.log" 2>&1
ok 'the same mail imported is one post still' has_posts "$list" 1
ok 'and one more duplicate' has_duplicates 3
"$SEND_MAIL" --port "$POSTFIX_PORT" --to a@example.net --to b@example.net \
    --to c@example.net "$mail" >"$WORK/send.log" 2>&1
ok 'one mail to three recipients at once is one copy' \
    wait_until 30 has_duplicates 4
