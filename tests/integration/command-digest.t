#!/bin/sh
# digest, lists, show, watch, status, forget: on our own sample.
. "${top_srcdir:?run by make check}/tests/integration/command.sh"
have redis-server || skip_all 'redis-server is not here'

list=kestrel-devel
range=5427ad98e..e396598eb
# What each test writes for itself, so that nothing depends on the clock.
pulse import "$SAMPLE" >"$WORK/import.log" 2>&1 || {
    sed 's/^/# /' "$WORK/import.log"
    bail_out 'the sample cannot be imported'
}

every_format_is_printed() {
    for format in text classic markdown html json; do
        pulse digest $list $range --format $format >"$WORK/$format" || return 1
        [ -s "$WORK/$format" ] || return 1
        iconv -f UTF-8 -t UTF-8 "$WORK/$format" >/dev/null || return 1
    done
    head -n 1 "$WORK/classic" | grep -q "^From 5427ad98e to e396598eb$"
}

names_of_a_list_mean_the_same() {
    pulse digest $SAMPLE_LIST $range >"$WORK/full" &&
        pulse digest $list $range >"$WORK/short" &&
        pulse digest KESTREL-devel $range >"$WORK/loud" &&
        same "$WORK/full" "$WORK/short" && same "$WORK/full" "$WORK/loud"
}

a_file_is_written_whole_or_not() {
    pulse digest $list $range >"$WORK/wanted" &&
        echo before >"$WORK/file" &&
        pulse digest $list $range --output "$WORK/file" >"$WORK/out" &&
        same "$WORK/wanted" "$WORK/file" && [ ! -s "$WORK/out" ] || return 1
    echo before >"$WORK/file"
    complains 2 'no' pulse digest $list 000000000.. -o "$WORK/file" &&
        [ "$(cat "$WORK/file")" = before ] &&
        complains 1 "$WORK/no-such-folder" pulse digest $list $range \
            -o "$WORK/no-such-folder/file"
}

an_empty_interval_says_where_mail_is() {
    pulse digest $list 2001 >"$WORK/empty" &&
        grep -q 'The newest post of the list is of 2025-03-1' "$WORK/empty" &&
        ! grep -q '=====' "$WORK/empty" || {
        cat "$WORK/empty"
        return 1
    }
    pulse digest $list 2001 --skip-empty >"$WORK/empty" &&
        [ ! -s "$WORK/empty" ] &&
        pulse digest $list $range --skip-empty >"$WORK/full" &&
        [ -s "$WORK/full" ]
}

# A pipe stays a pipe and a link a link; what cannot be is told in our words.
a_file_may_be_a_pipe_or_a_link() {
    mkfifo "$WORK/pipe" && ln -s wanted.file "$WORK/link" &&
        : >"$WORK/wanted.file" || return 1
    cat "$WORK/pipe" >"$WORK/piped" &
    reader=$!
    pulse digest $list $range --output "$WORK/pipe" && wait $reader &&
        [ -p "$WORK/pipe" ] && same "$WORK/wanted" "$WORK/piped" &&
        pulse digest $list $range --output "$WORK/link" &&
        [ -L "$WORK/link" ] && same "$WORK/wanted" "$WORK/wanted.file" &&
        complains 1 "listpulse: $WORK/none/file: No such file" pulse \
            digest $list $range -o "$WORK/none/file"
}

# A sendmail that keeps what it is given.
make_sendmail() {
    mkdir -p "$WORK/bin"
    cat >"$WORK/bin/sendmail" <<EOF
#!/bin/sh
printf '%s\n' "\$@" >"$WORK/sent.arguments"
cat >"$WORK/sent.mail"
exit \$(cat "$WORK/sendmail.code")
EOF
    chmod +x "$WORK/bin/sendmail"
    echo "$1" >"$WORK/sendmail.code"
}

with_sendmail() {
    (PATH="$WORK/bin:$PATH" && "$@")
}

# A post of DATE, from FROM; answers the third argument if there is one.
post_of() {
    printf 'From x@example.org Mon Jan  1 00:00:00 2024\n'
    printf 'From: %s\nDate: %s 10:00:00 +0000\nSubject: a talk\n' "$2" "$1"
    printf 'Message-ID: <%s@example.org>\n' "$(printf '%s' "$1$2" | tr -dc '[:alnum:]')"
    printf 'List-Id: <names.example.org>\n'
    [ -z "${3:-}" ] || printf 'In-Reply-To: <%s@example.org>\n' "$3"
    printf '\nA text.\n\n'
}

# Ann wrote her name a year ago; the thread that she answers leads there.
a_name_is_the_same_for_all_sections() {
    {
        post_of '2 Jan 2024' 'Ann Finch <ann@example.org>'
        post_of '3 Jan 2025' ann@example.org 2Jan2024AnnFinchannexampleorg
        post_of '3 Jan 2025' 'Zoe Owl <zoe@example.org>'
        post_of '3 Jan 2025' 'Al Wren <al@example.org>'
    } >"$WORK/names.mbox"
    pulse import "$WORK/names.mbox" >"$WORK/import.log" 2>&1 || return 1
    pulse digest names 2025 --format csv --sections posters >"$WORK/alone" &&
        pulse digest names 2025 --format json >"$WORK/whole" &&
        cut -d, -f2 "$WORK/alone" | sed 1d >"$WORK/alone.names" &&
        python3 -c 'import json, sys
for row in json.load(sys.stdin)["top_posters"]: print(row["name"])' \
            <"$WORK/whole" >"$WORK/whole.names" &&
        [ "$(sed -n 2p "$WORK/alone.names")" = 'Ann Finch' ] &&
        same "$WORK/whole.names" "$WORK/alone.names" || {
        cat "$WORK/alone"
        return 1
    }
}

# Taken apart by another program than the one that made it.
parts_of_the_mail() {
    python3 - "$WORK/sent.mail" <<'END'
import email, email.policy, email.utils, sys
with open(sys.argv[1], "rb") as file:
    mail = email.message_from_binary_file(file, policy=email.policy.default)
print(mail.get_content_type(), *(part.get_content_type() for part in mail.iter_parts()))
print("date" if email.utils.parsedate_to_datetime(mail["Date"]) else "no date")
print("id" if mail["Message-ID"].endswith("@kestrel-devel.lists.example.org>") else "no id")
text = mail.get_body(("plain",)).get_content()
print(text.splitlines()[0])
print(mail.get_body(("html",)).get_content().splitlines()[0])
END
}

a_mail_is_sent() {
    make_sendmail 0
    with_sendmail pulse digest $list $range --mail team@example.org \
        >"$WORK/out" || return 1
    parts_of_the_mail >"$WORK/parts"
    printf '%s\n' 'multipart/alternative text/plain text/html' date id \
        'From 5427ad98e to e396598eb' '<!DOCTYPE html>' >"$WORK/expected"
    [ ! -s "$WORK/out" ] &&
        grep -qx 'team@example.org' "$WORK/sent.arguments" &&
        grep -qx 'To: team@example.org' "$WORK/sent.mail" &&
        grep -q '^Subject: KESTREL-DEVEL mailing list update' \
            "$WORK/sent.mail" &&
        grep -qx 'Auto-Submitted: auto-generated' "$WORK/sent.mail" &&
        grep -qx 'List-Id: <digest-of-kestrel-devel.lists.example.org.listpulse.invalid>' \
            "$WORK/sent.mail" &&
        ! grep -q '^From ' "$WORK/sent.mail" &&
        same "$WORK/expected" "$WORK/parts" || {
        head -n 20 "$WORK/sent.mail"
        return 1
    }
}

# However it comes back: by the list, or by an import that names the list.
our_own_mail_is_not_counted() {
    {
        echo 'List-Id: <kestrel-devel.lists.example.org>'
        cat "$WORK/sent.mail"
    } >"$WORK/back"
    pulse lists >"$WORK/before"
    pulse import "$WORK/back" >"$WORK/out" 2>&1
    pulse import --list $SAMPLE_LIST "$WORK/back" >>"$WORK/out" 2>&1
    pulse lists >"$WORK/after"
    same "$WORK/before" "$WORK/after" && ! grep 'counted 1' "$WORK/out"
}

a_mail_that_is_refused_is_told() {
    make_sendmail 75
    with_sendmail complains 1 sendmail \
        pulse digest $list $range --mail team@example.org
}

posts_of() {
    perl -MJSON::PP -0777 -ne 'print decode_json($_)->{totals}{posts}' "$1"
}

a_cursor_shows_everything_once() {
    pulse digest $list --since-cursor me -f json >"$WORK/all" &&
        pulse digest $list --since-cursor me --advance -f json \
            >"$WORK/first" &&
        same_but_for_ages "$WORK/all" "$WORK/first" &&
        pulse digest $list --since-cursor me -f json >"$WORK/second" &&
        pulse digest $list --since-cursor you --since 2025-03-11 -f json \
            >"$WORK/other" || return 1
    [ "$(posts_of "$WORK/second")" -eq 0 ] &&
        [ "$(posts_of "$WORK/first")" -gt 50 ] &&
        [ "$(posts_of "$WORK/other")" -gt 50 ] || return 1
    make_sendmail 75
    with_sendmail pulse digest $list --since-cursor them --advance \
        --mail a@example.org 2>/dev/null && return 1
    pulse digest $list --since-cursor them -f json >"$WORK/third" &&
        same_but_for_ages "$WORK/all" "$WORK/third"
}

colour_and_pager_are_for_terminals() {
    have script || return 0
    pulse digest $list $range >"$WORK/plain"
    grep -q "$(printf '\033')" "$WORK/plain" && return 1
    cat >"$WORK/bin-pager" <<EOF
#!/bin/sh
echo "paged"
exec cat
EOF
    chmod +x "$WORK/bin-pager"
    TERM=xterm PAGER="$WORK/bin-pager" NO_COLOR=1 script -qec \
        "'$LISTPULSE' --state '$STATE' digest $list $range" /dev/null \
        </dev/null >"$WORK/terminal" 2>&1 || return 1
    tr -d '\r' <"$WORK/terminal" >"$WORK/shown"
    { echo paged && cat "$WORK/plain"; } >"$WORK/wanted"
    same "$WORK/wanted" "$WORK/shown"
}

a_closed_pipe_is_no_trouble() {
    pulse digest $list $range 2>"$WORK/err" | head -n 1 >/dev/null
    [ ! -s "$WORK/err" ]
}

show_tells_what_lacks_a_review() {
    pulse show $list df8147646 >"$WORK/out" || return 1
    cat "$WORK/out"
    grep -qx 'no review    1, 2, 3, 4, 5, 6, 8, 9, 10' "$WORK/out"
}

lists_are_told_to_programs() {
    pulse lists --json >"$WORK/json" || return 1
    cat "$WORK/json"
    LIST=$SAMPLE_LIST perl -MJSON::PP -0777 -ne '
        my %lists = map { $_->{id} => $_ } @{ decode_json($_) };
        my $list = $lists{$ENV{LIST}};
        exit !($list->{posts} == 62 && $list->{today} == 0 &&
            $list->{first} =~ /^2025-03-1\dT..:..:..Z$/ && $list->{bytes} > 0)
        ' "$WORK/json"
}

show_tells_what_was_understood() {
    pulse show $list a6817e0b1 >"$WORK/out" || return 1
    cat "$WORK/out"
    grep -qx 'message-id   20250311064512.7781-3-maren@fjord.example' \
        "$WORK/out" &&
        grep -qx 'kind         patch: PATCH in its subject' "$WORK/out" &&
        grep -qx 'part         2 of 4' "$WORK/out" &&
        grep -q '^author       Maren Östlund <maren@fjord.example>' \
            "$WORK/out" || return 1
    pulse show $SAMPLE_LIST '<20250311064512.7781-3-maren@fjord.example>' \
        >"$WORK/by-id" && same "$WORK/out" "$WORK/by-id"
}

escapes_are_made_visible() {
    pulse show $list 120862418 >"$WORK/out" &&
        pulse digest $list $range >>"$WORK/out" || return 1
    ! grep -q "$(printf '\033')" "$WORK/out" &&
        ! grep -q "$(printf '\342\200\256')" "$WORK/out"
}

watch_prints_lines() {
    pulse watch --rounds 1 >"$WORK/out" || return 1
    cat "$WORK/out"
    grep -q " $SAMPLE_LIST posts [1-9][0-9]* duplicates 1 " "$WORK/out" &&
        pulse watch $list -n 2 -s 1 >"$WORK/out" &&
        [ "$(wc -l <"$WORK/out")" -eq 1 ]
}

status_of_who_only_imports() {
    pulse status >"$WORK/out" && grep -q '^status      healthy' "$WORK/out" &&
        grep -q '^milter      none here' "$WORK/out" &&
        grep -q '^redis .*answers' "$WORK/out" || return 1
    pulse status --json >"$WORK/out" && perl -MJSON::PP -0777 -ne '
        my $status = decode_json($_);
        exit(!$status->{healthy} || defined $status->{milter}{trouble}
            || defined $status->{redis}{trouble});' "$WORK/out" || return 1
    pulse status --prometheus >"$WORK/out" &&
        grep -qx 'listpulse_healthy 1' "$WORK/out" &&
        grep -qx 'listpulse_redis_up 1' "$WORK/out"
}

status_starts_nothing() {
    "$LISTPULSE" --state "$WORK/empty" status >"$WORK/out"
    [ $? -eq 1 ] && [ ! -e "$WORK/empty/redis" ]
}

an_author_is_forgotten() {
    says 'would erase' pulse forget $list --author maren@fjord.example \
        --dry-run && pulse show $list a6817e0b1 >/dev/null &&
        says 'erased' pulse forget $list --author MAREN@fjord.example &&
        complains 2 '' pulse show $list a6817e0b1 &&
        says 'all agree' pulse verify $list || return 1
    pulse digest $list --since 2025-03-10 --until 2025-03-13 -f json \
        >"$WORK/out" && ! grep -q '"maren@fjord.example"' "$WORK/out" ||
        return 1
    # The post at the cursor was one of them: it stays where it is in time.
    pulse digest $list --since-cursor me -f json >"$WORK/out" &&
        [ "$(posts_of "$WORK/out")" -eq 0 ]
}

redis_can_be_stopped() {
    pulse redis stop && complains 0 'was not running' pulse redis stop &&
        pulse redis start && says redis_version pulse redis info
}

plan 31
ok 'every format is printed, in valid UTF-8' every_format_is_printed
ok 'names of a list mean the same' names_of_a_list_mean_the_same
ok 'an unknown list: its neighbours are named' \
    complains 2 "near: $SAMPLE_LIST" pulse digest kestrel-devle
ok 'an unknown list, far from all' complains 2 'no such list' \
    pulse digest zzzzzzzzzzzzzz
ok 'an unknown mark' complains 2 000000000 pulse digest $list 000000000..
ok 'a mark that is too short' complains 2 '' pulse digest $list abc..
ok 'A after B' complains 2 '' pulse digest $list e396598eb..5427ad98e
ok 'since after until' complains 2 '' pulse digest $list \
    --since 2025-03-12 --until 2025-03-11
ok 'a time that is none' complains 2 'fortnight' pulse digest $list \
    --since fortnight
ok 'a time zone that is none' complains 2 'Atlantis' pulse digest $list \
    --timezone Europe/Atlantis --since today
ok 'a time zone that only POSIX reads' complains 2 'UTC+3: no time zone' \
    pulse digest $list --timezone UTC+3
ok 'an empty interval is a digest' pulse digest $list --since 2001-01-01 \
    --until 2001-01-02
ok 'a file is written whole or not at all' a_file_is_written_whole_or_not
ok 'a file may be a pipe or a link' a_file_may_be_a_pipe_or_a_link
ok 'an empty interval says where mail is' an_empty_interval_says_where_mail_is
ok 'a mail is sent' a_mail_is_sent
ok 'our own mail is not counted' our_own_mail_is_not_counted
ok 'a mail that is refused is told' a_mail_that_is_refused_is_told
ok 'a cursor shows everything once' a_cursor_shows_everything_once
ok 'a name is the same for all sections' a_name_is_the_same_for_all_sections
ok 'colour and pager are for terminals' colour_and_pager_are_for_terminals
ok 'a closed pipe is no trouble' a_closed_pipe_is_no_trouble
ok 'show tells what was understood' show_tells_what_was_understood
ok 'show tells which parts lack a review' show_tells_what_lacks_a_review
ok 'lists are told to programs' lists_are_told_to_programs
ok 'escapes from mail are made visible' escapes_are_made_visible
ok 'watch prints lines where there is no terminal' watch_prints_lines
ok 'status of who only imports is healthy' status_of_who_only_imports
ok 'status starts nothing' status_starts_nothing
ok 'an author is forgotten, and the counters agree' an_author_is_forgotten
ok 'the private Redis is stopped and started' redis_can_be_stopped
