#!/bin/sh
# Digests that come by themselves: sections of the settings, cursors, and the
# mail as it lies in a Maildir, where a real Postfix has put it and Python's
# email takes it apart.
. "${top_srcdir:?run by make check}/tests/integration/command.sh"
have redis-server || skip_all 'redis-server is not here'
needs_root
plan 14

clock=${LISTPULSE%/command/*}/tests/support/clock.so
conf=$WORK/digests.conf
boxes=$WORK/boxes
apart=$top_srcdir/tests/support/site/mail.py
cat >"$conf" <<END
digest "weekly" {
    lists = { "kestrel-devel", "heron-net" }
    every = "week"
    mail = { "ada@example.org", "team@example.org" }
    publish = "$WORK/site"
}
digest "plain" {
    lists = { "kestrel-devel" }
    every = "week"
    mail = { "plain@example.org" }
    format = "rfc1153"
}
digest "mime" {
    lists = { "kestrel-devel" }
    every = "week"
    mail = { "mime@example.org" }
    format = "mime-digest"
}
END

# at TIME COMMAND...: the command, at another time; without the preloaded
# clock where a sanitizer wants to be first.
at() {
    date -u -d "$1" +%s000 >"$WORK/clock"
    shift
    LISTPULSE_TEST_CLOCK=$WORK/clock LD_PRELOAD=$clock \
        "$LISTPULSE" -c "$conf" --state "$STATE" "$@" \
        >"$WORK/out" 2>"$WORK/err"
    status=$?
    cat "$WORK/err"
    return $status
}

mails() {
    find "$boxes" -path "*/$1/new/*" -type f 2>"$WORK/find.err" | wc -l
}

has_mails() {
    [ "$(mails "$1")" -ge "$2" ]
}

a_list_changes() {
    pulse import "$SAMPLE" >"$WORK/import.log" 2>&1
}

sendmail_fails() {
    mkdir -p "$WORK/bad"
    printf '#!/bin/sh\ncat >/dev/null\nexit 75\n' >"$WORK/bad/sendmail"
    chmod +x "$WORK/bad/sendmail"
    PATH=$WORK/bad:$PATH at '2025-03-17 06:00 UTC' run weekly && return 1
    grep -q '^listpulse: weekly: kestrel-devel: sendmail: ' "$WORK/err" &&
        pulse cursors --json >"$WORK/cursors" &&
        [ "$(cat "$WORK/cursors")" = "[]" ]
}

a_run_mails() {
    at '2025-03-18 06:00 UTC' run weekly plain mime &&
        wait_until 30 has_mails mime 1 && wait_until 30 has_mails ada 2 &&
        wait_until 30 has_mails team 2 &&
        wait_until 30 has_mails plain 1 && [ -s "$WORK/site/index.html" ]
}

python_reads_it() {
    python3 "$apart" "$boxes"/ada/new/* >"$WORK/apart" || return 1
    cat "$WORK/apart"
    [ "$(sort -u "$WORK/apart" | wc -l)" -eq 2 ] &&
        grep -q '^kestrel-devel.lists.example.org -$' "$WORK/apart"
}

nothing_is_sent_twice() {
    at '2025-03-19 06:00 UTC' run weekly plain && sleep 1
    [ "$(mails ada)" -eq 2 ] && [ "$(mails plain)" -eq 1 ]
}

# Another week with a mail: one digest, which answers the first.
the_next_one_answers() {
    cat >"$WORK/next.mbox" <<'MAIL'
From ada@example.org Wed Mar 19 06:00:00 2025
From: Ada <ada@example.org>
Date: Wed, 19 Mar 2025 06:00:00 +0000
List-Id: <kestrel-devel.lists.example.org>
Message-ID: <next-week@example.org>
Subject: [PATCH] core: something

From here on it is short.

From ada the text goes on.

Signed-off-by: Ada <ada@example.org>
---
 a.c | 1 +

diff --git a/a.c b/a.c
--- a/a.c
+++ b/a.c
@@ -1,1 +1,2 @@
 a
+b

MAIL
    pulse import "$WORK/next.mbox" >"$WORK/import.log" 2>&1 &&
        at '2025-03-24 06:00 UTC' run weekly &&
        wait_until 30 has_mails ada 3 || return 1
    python3 "$apart" "$boxes"/ada/new/* >"$WORK/apart" || return 1
    cat "$WORK/apart"
    grep -q '^kestrel-devel.lists.example.org answers$' "$WORK/apart"
}

# As it lies in the mailbox, and with "From " at the head of no line.
the_text_is_readable_as_it_lies() {
    for mail in "$boxes"/ada/new/*; do
        grep -q '^=46rom 20' "$mail" || grep -q '^=46rom [0-9a-f]' "$mail" ||
            { echo "$mail"; return 1; }
        grep '^From ' "$mail" && return 1
        grep 'Encoding: base64' "$mail" && return 1
    done
    return 0
}

is_rfc1153() {
    python3 - "$boxes"/plain/new/* <<'END'
import email, email.policy, re, sys
mail = email.message_from_binary_file(open(sys.argv[1], "rb"),
                                      policy=email.policy.default)
text = mail.get_content()
preamble, rest = text.split("\n" + "-" * 70 + "\n\n", 1)
messages = rest.split("\n" + "-" * 30 + "\n\n")
end = messages.pop()
assert "Today's Topics:" in preamble, preamble
topics = re.findall(r"^ +[0-9]+\. (.*)$", preamble, re.M)
assert len(messages) == len(topics) > 5, (len(messages), len(topics))
for topic, message in zip(topics, messages):
    inner = email.message_from_string(message, policy=email.policy.default)
    assert inner["Subject"].split() == topic.split(), (inner["Subject"], topic)
    assert inner["Date"] and inner["From"], message[:200]
assert re.match(r"End of .* Digest\n\*+\n", end), end
END
}

# RFC 2046, 5.1.5, by Python's email: the mails are those of RFC 1153's form.
is_a_mime_digest() {
    python3 - "$boxes"/mime/new/* "$boxes"/plain/new/* <<'END'
import email, email.policy, re, sys
mime, plain = (email.message_from_binary_file(open(name, "rb"),
                                              policy=email.policy.default)
               for name in sys.argv[1:])
assert not mime.defects and mime["X-Listpulse-List"], mime.items()
assert mime.get_content_type() == "multipart/mixed"
topics, digest = mime.iter_parts()
assert digest.get_content_type() == "multipart/digest"
assert "Today's Topics:" in topics.get_content()
inner = [part.get_payload(0) for part in digest.iter_parts()]
bursts = plain.get_content().split("\n" + "-" * 70 + "\n\n", 1)[1] \
    .split("\n" + "-" * 30 + "\n\n")[:-1]
assert len(inner) == len(bursts) > 5, (len(inner), len(bursts))
for message, burst in zip(inner, bursts):
    other = email.message_from_string(burst, policy=email.policy.default)
    for name in "Subject", "Message-ID", "Date":
        assert str(message[name]).split() == str(other[name]).split(), name
    assert message["From"].addresses[0].addr_spec in burst, message["From"]
    assert message.get_content_type() == "text/plain"
    # RFC 1153 puts a blank before a line that would end a message.
    text = re.sub(r"^ (-{30,})", r"\1", burst.split("\n\n", 1)[1], flags=re.M)
    assert message.get_content().strip() == text.strip(), burst
END
}

a_mime_digest_is_a_mail() {
    complains 2 'is a mail' pulse digest kestrel-devel --format mime-digest
}

no_digest_is_counted() {
    cat "$boxes"/ada/new/* >"$WORK/own.mbox"
    for mail in "$boxes"/ada/new/*; do
        pulse import --list kestrel-devel - <"$mail" >"$WORK/import.log" 2>&1
    done
    pulse lists >"$WORK/lists" && grep -q "$SAMPLE_LIST  *63 " "$WORK/lists"
}

cursors_are_shown_and_moved() {
    says weekly pulse cursors && says weekly pulse cursors kestrel-devel weekly &&
        pulse cursors --set 5427ad98e kestrel-devel mine &&
        says mine pulse cursors kestrel-devel &&
        pulse cursors --remove kestrel-devel mine &&
        complains 2 'mine: no such cursor' pulse cursors kestrel-devel mine &&
        complains 2 'mine: no such cursor' \
            pulse cursors --remove kestrel-devel mine &&
        complains 2 'needs LIST and NAME' pulse cursors --remove kestrel-devel
}

bad_sections_are_refused() {
    for body in 'lists = {} mail = { "a@b.org" }' 'lists = { "x" }' \
        'lists = { "x" } mail = { "nobody" }' \
        'lists = { "x" } mail = { "a@b.org" } every = "hour"' \
        'lists = { "x" } mail = { "a@b.org" } format = "pdf"'; do
        printf 'digest "w" { %s }\n' "$body" >"$WORK/bad.conf"
        complains 2 'bad.conf:' "$LISTPULSE" -c "$WORK/bad.conf" \
            --state "$STATE" run w || return 1
    done
    complains 2 'no section digest "other"' "$LISTPULSE" -c "$conf" \
        --state "$STATE" run other
}

units_are_good() {
    mkdir -p "$WORK/units" && sed "s,@bindir@,${LISTPULSE%/*}," \
        "$top_srcdir/conf/listpulse-digest@.service.in" \
        >"$WORK/units/listpulse-digest@.service" &&
        cp "$top_srcdir/conf/listpulse-digest@.timer" "$WORK/units" &&
        cp "$WORK/units/listpulse-digest@.service" \
            "$WORK/units/listpulse-digest@weekly.service" &&
        cp "$WORK/units/listpulse-digest@.timer" \
            "$WORK/units/listpulse-digest@weekly.timer" &&
        systemd-analyze verify --man=no \
            "$WORK/units/listpulse-digest@weekly.service" \
            "$WORK/units/listpulse-digest@weekly.timer" >"$WORK/verify" 2>&1
    grep -F 'listpulse-digest@' "$WORK/verify" | grep -v 'listpulse.service'
    ! grep -F 'listpulse-digest@' "$WORK/verify" |
        grep -qv 'listpulse.service'
}

mkdir -p "$boxes"
chown nobody "$boxes"
chmod a+x "$WORK"
export SINK_PORT=
start_postfix mail "virtual_mailbox_domains = example.org" \
    "virtual_mailbox_base = $boxes" \
    "virtual_mailbox_maps = inline:{ada@example.org=ada/ team@example.org=team/ plain@example.org=plain/ mime@example.org=mime/}" \
    "virtual_uid_maps = static:$(id -u nobody)" \
    "virtual_gid_maps = static:$(id -g nobody)" \
    "virtual_minimum_uid = 1" "virtual_mailbox_limit = 0" \
    "export_environment = TZ MAIL_CONFIG LANG LD_LIBRARY_PATH"
{
    echo 'pickup unix n - n 1 1 pickup'
    echo 'virtual unix - n n - - virtual'
} >>"$POSTFIX/master.cf"
"$POSTFIX_ROOT/usr/sbin/postfix" -c "$POSTFIX" reload >"$WORK/reload.log" 2>&1
mkdir -p "$WORK/bin"
cat >"$WORK/bin/sendmail" <<END
#!/bin/sh
MAIL_CONFIG=$POSTFIX exec env -u LD_PRELOAD $POSTFIX_ROOT/usr/sbin/sendmail "\$@"
END
chmod +x "$WORK/bin/sendmail"
PATH=$WORK/bin:$PATH

ok 'there is mail' a_list_changes
ok 'a failing sendmail moves no cursor' sendmail_fails
ok 'a run mails and publishes' a_run_mails
ok 'another program reads text and page' python_reads_it
ok 'nothing is sent twice' nothing_is_sent_twice
ok 'the next digest answers the one before' the_next_one_answers
ok 'its text is readable as it lies' the_text_is_readable_as_it_lies
ok 'RFC 1153 bursts into its messages' is_rfc1153
ok 'the MIME digest has the same mails' is_a_mime_digest
ok 'a MIME digest is nothing to be printed' a_mime_digest_is_a_mail
ok 'no digest is counted' no_digest_is_counted
ok 'cursors are listed, set and removed' cursors_are_shown_and_moved
ok 'bad sections are refused' bad_sections_are_refused
if have systemd-analyze; then
    ok 'units are well-formed' units_are_good
else
    ok 'units are well-formed # SKIP systemd-analyze is not here' true
fi
