#!/bin/sh
# What is older than retain_text and retain_posts goes from Redis by itself,
# and the counters of its month stay.
. "$top_srcdir/tests/integration/lib.sh"
. "$top_srcdir/tests/integration/milter.sh"
plan 16

sample=$top_srcdir/tests/data/sample.mbox
CONF=$WORK/listpulse.conf
printf 'retain_posts = "2000d"\nlists = "all"\n' >"$CONF"
chmod 644 "$CONF"

start_redis
list=$(listpulse import "$sample" >/dev/null 2>&1; listpulse lists | awk 'NR > 1 && $2 > 10 { print $1; exit }')
before=$(posts "$list")
month=$(redis-cli -s "$REDIS_SOCKET" --scan --pattern "lp:{$list}:month:*" | head -1)
counted=$(redis-cli -s "$REDIS_SOCKET" hget "$month" posts)
ok "posts of $list are there" test "${before:-0}" -gt 10

printf 'retain_posts = "1d"\nlists = "all"\n' >"$CONF"
start_milter "$WORK/run/milter.sock"
# A round is an hour; a reload begins another one.
a_part_goes() {
    then=$(posts "$list")
    kill -USR1 "$MILTER_PID"
    wait_until 30 fewer || return 1
    [ $((then - $(posts "$list"))) -le $((before / 20 > 0 ? before / 20 : 1)) ]
}
fewer() { [ "$(posts "$list")" -lt "$then" ]; }
ok 'a day later the oldest twentieth goes' a_part_goes
ok 'which the log says' will_log "$list: $((then - $(posts "$list"))) old posts"
ok 'an hour later the next one' a_part_goes
ok 'the counters of their month stay' \
    test "$counted" = "$(redis-cli -s "$REDIS_SOCKET" hget "$month" posts)"
ok 'what is left agrees' listpulse verify "$list"

# --- by size ------------------------------------------------------------------

stop_milter
sized=sized.example.org

# archive FROM TO LINES: patches of this list with so long a text, which does
# not pack.
archive() {
    perl -e '
        my ($from, $to, $lines) = @ARGV;
        for my $number ($from .. $to) {
            srand $number;
            printf "From mboxrd\@z Thu Jan  1 00:00:00 1970\n"
                . "From: P%d <p%d\@example.org>\nSubject: [PATCH] part %d\n"
                . "Date: Tue, 11 Mar 2025 %02d:%02d:%02d +0000\n"
                . "Message-ID: <%d\@sized>\nList-Id: <sized.example.org>\n\n",
                ($number % 50) x 2, $number, $number / 3600,
                $number / 60 % 60, $number % 60, $number;
            print join("", map { chr 33 + rand 90 } 1 .. 70), "\n"
                for 1 .. $lines;
            print "\nSigned-off-by: P <p\@example.org>\n\n";
        }' "$1" "$2" "$3"
}

# takes LIMIT: so many bytes does the list take, at most.
takes() {
    set -- "$1" "$(listpulse lists | awk -v list=$sized '$1 == list {
        print int($(NF - 2) * ($(NF - 1) == "MiB" ? 1048576 : 1024)) }')"
    echo "$sized takes $2"
    [ "${2:-0}" -gt 0 ] && [ "$2" -le "$1" ]
}

has_text() {
    listpulse digest $sized --since 2025-03-11 --sections entries --format json |
        perl -MJSON::PP -e 'local $/; my $digest = decode_json <STDIN>;
            my %text = map { $_->{head}{message_id} => $_->{head}{text} }
                @{ $digest->{patch_sets} };
            exit !defined $text{"$ARGV[0]\@sized"}' "$1"
}

# A step is made with each sign of life, once a second.
alive_ms() {
    listpulse status --json | sed -n 's/^ *"processor_alive_ms": \([0-9]*\),*$/\1/p'
}
lives_beyond() {
    [ "$(alive_ms)" -gt "$1" ]
}
stands_still() {
    then=$(posts $sized)
    wait_until 60 lives_beyond $(($(alive_ms) + 3000)) &&
        [ "$(posts $sized)" = "$then" ]
}

# keeps SETTING: with it, all of the list fits into a megabyte.
keeps() {
    takes 1048576 && return 1
    printf '%s\nlists = "all"\n' "$1" >"$CONF"
    start_milter "$WORK/run/milter.sock"
    wait_until 60 takes 1048576 && wait_until 60 stands_still
}

oldest_texts_go() {
    keeps 'retain_text = "1MB"' && stop_milter && has_posts $sized 1500 &&
        has_text 1500 && ! has_text 1
}

oldest_posts_go() {
    before=$(posts $sized)
    keeps 'retain_posts = "1MB"' && stop_milter &&
        [ "$(posts $sized)" -lt "$before" ] &&
        [ "$(posts $sized)" -gt $((before / 2)) ] &&
        listpulse show $sized 4500@sized >"$WORK/newest" &&
        ! listpulse show $sized 1@sized
}

printf 'lists = "all"\n' >"$CONF"
archive 1 1500 12 >"$WORK/texts.mbox"
archive 1501 4500 0 >"$WORK/posts.mbox"
ok 'a list with large texts' listpulse import "$WORK/texts.mbox"
ok 'the oldest texts go where a list takes too much' oldest_texts_go
printf 'lists = "all"\n' >"$CONF"
ok 'a list with many posts' listpulse import "$WORK/posts.mbox"
ok 'the oldest posts go where a list takes too much' oldest_posts_go
ok 'and what is left agrees' listpulse verify $sized

# ---- a clock that is wrong -------------------------------------------------------

daily=daily.example.org
now=$(date +%s)
perl -MPOSIX=strftime -e '
    my $now = shift;
    for my $number (1 .. 60) {
        my $when = $now - 3600 - (60 - $number) * 8 * 3600;
        my $date = strftime("%a, %d %b %Y %H:%M:%S +0000", gmtime $when);
        print "From mboxrd\@z Thu Jan  1 00:00:00 1970\nFrom: P <p\@example.org>\n"
            . "Subject: word $number\nDate: $date\nMessage-ID: <$number\@daily>\n"
            . "List-Id: <daily.example.org>\n\nText.\n\n";
    }' "$now" >"$WORK/daily.mbox"
printf 'retain_posts = "100d"\nlists = "all"\n' >"$CONF"
listpulse import "$WORK/daily.mbox" >/dev/null 2>&1
LISTPULSE_TEST_CLOCK=$WORK/clock
export LISTPULSE_TEST_CLOCK
set_clock() { # DAYS from now
    echo $(((now + $1 * 86400) * 1000)) >"$LISTPULSE_TEST_CLOCK.new"
    mv "$LISTPULSE_TEST_CLOCK.new" "$LISTPULSE_TEST_CLOCK"
}
set_clock 0
: >"$WORK/milter.log"
start_milter "$SOCKET"
wait_until 20 has_processor
ahead() {
    set_clock 400
    will_log 'the clock was set by' && kill -USR1 "$MILTER_PID" &&
        will_log 'old posts stay: the clock was set' && has_posts $daily 60
}
ok 'a clock that is set 400 days ahead erases nothing' ahead
begun_wrong() {
    stop_milter
    : >"$WORK/milter.log"
    start_milter "$SOCKET"
    will_log "$daily: old posts stay: by this clock" && has_posts $daily 60
}
ok 'nor does one that was wrong from the start' begun_wrong
with_mail() {
    client drive -n 5 --lists $daily && wait_until 20 has_posts $daily 65 &&
        stop_milter || return 1
    : >"$WORK/milter.log"
    start_milter "$SOCKET"
    will_log "$daily: old posts stay: by this clock" && has_posts $daily 65
}
ok 'nor if mail arrives under it' with_mail
back() {
    stop_milter
    set_clock 0
    printf 'retain_posts = "10d"\nlists = "all"\n' >"$CONF"
    start_milter "$SOCKET"
    wait_until 20 has_posts $daily 62
}
ok 'with the right clock a twentieth goes' back
ok 'and what is left agrees, too' listpulse verify $daily
stop_milter
