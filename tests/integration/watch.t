#!/bin/sh
# SPDX-License-Identifier: MIT
# watch: each new post once, at once, whatever happens to Redis meanwhile; a
# table that fits the terminal.
. "${top_srcdir:?run by make check}/tests/integration/command.sh"
. "$top_srcdir/tests/integration/milter.sh"
plan 9

list=many.lists.example.org
mails=10000

# many FROM UNTIL: an mbox of so many posts, a second apart.
many() {
    perl -MPOSIX=strftime -e 'my ($from, $until, $list) = @ARGV;
        for ($from .. $until - 1) {
            my $date = strftime("%a, %d %b %Y %H:%M:%S +0000",
                gmtime 1741687200 + $_);
            my $mark = strftime("%a %b %d %H:%M:%S %Y", gmtime 1741687200 + $_);
            print "From - $mark\nFrom: Pip <pip\@orourke.example>\n",
                "Subject: [PATCH] part $_\nDate: $date\n",
                "Message-ID: <$_\@$list>\nList-Id: <$list>\n\nText.\n\n";
        }' "$1" "$2" "$list"
}

# watched N: so many lines were printed, and no more a moment later.
has_lines() {
    [ "$(wc -l <"$WORK/posts")" -ge "$1" ]
}
watched() {
    wait_until 30 has_lines "$1" && sleep 0.3 &&
        [ "$(wc -l <"$WORK/posts")" -eq "$1" ] || {
        echo "$(wc -l <"$WORK/posts") lines, wanted $1"
        cat "$WORK/err"
        return 1
    }
}
ids() {
    sed -n 's/.*"message_id":"\([^"]*\)".*/\1/p' "$WORK/posts"
}
watches() {
    kill -0 "$watch"
}
begin_watch() { # OPTIONS...
    "$LISTPULSE" --state "$STATE" watch --json "$@" >"$WORK/posts" \
        2>"$WORK/err" &
    watch=$!
    wait_until 20 sh -c "redis-cli -s '$STATE/redis/redis.sock' \
        pubsub numsub lp:events | grep -qx 1"
}
end_watch() {
    watches && kill "$watch" && wait "$watch"
}
# Nobody watches any more, however a test ended.
no_watch() {
    kill "$watch" 2>/dev/null
    wait "$watch" 2>/dev/null
}
redis_pid() {
    redis-cli -s "$STATE/redis/redis.sock" info server |
        sed -n 's/^process_id:\([0-9]*\).*/\1/p'
}

pulse redis start
each_once() {
    begin_watch || return 1
    many 0 2000 | pulse import - && watched 2000 &&
        kill -9 "$(redis_pid)" && many 2000 6000 | pulse import - &&
        watched 6000 && many 6000 $mails | pulse import - &&
        watched $mails && end_watch && ids | sort -u >"$WORK/ids" &&
        [ "$(wc -l <"$WORK/ids")" -eq $mails ]
}
ok "$mails posts of a new list, a kill -9 of Redis: each post once" each_once
no_watch
is_object() {
    head -n 1 "$WORK/posts" && head -n 1 "$WORK/posts" | grep -qE "^\{\"list\":\"$list\",\"post\":1,\
\"arrival\":\"2025-03-11T10:00:00Z\",\"kind\":\"patch\",\"subject\":\"\[PATCH\] part 0\",\
\"author\":\{\"name\":\"Pip\",\"email\":\"pip@orourke.example\"\},\
\"message_id\":\"0@$list\",\"mark\":\"[0-9a-f]{40}\",\"insertions\":0,\"deletions\":0\}$"
}
ok 'an object a post, with who, what and where' is_object
at_once() {
    begin_watch $list || return 1
    many $mails $((mails + 1)) | pulse import - || return 1
    sleep 1
    has_lines 1 && pulse import "$SAMPLE" && end_watch && watched 1
}
ok 'within a second; of one list, nothing else' at_once
no_watch

# ---- the terminal ----------------------------------------------------------------

# screen COLUMNS LINES: what watch draws, each line as it stands.
screen() {
    command script -qec "stty cols $1 rows $2; '$LISTPULSE' --state '$STATE' watch -n 1" \
        /dev/null </dev/null | tr -d '\r' |
        sed -e 's/\x1b\[[?0-9;]*[A-Za-z]//g' >"$WORK/screen"
}
fits() { # COLUMNS LINES
    screen "$1" "$2" && sed "s/^/$1 x $2: /" "$WORK/screen" | tail -n 25 &&
        grep -q '^listpulse  20' "$WORK/screen" &&
        grep -q '^Last posts' "$WORK/screen" &&
        perl -CSD -e 'my ($columns, $lines) = @ARGV; my @all = <STDIN>;
            chomp @all;
            my @wide = grep { length > $columns } @all;
            exit(@all > $lines || @wide > 0)' \
            "$1" "$2" <"$WORK/screen"
}
all_fit() {
    fits 60 24 && fits 80 24 && fits 80 12 && fits 200 50
}
ok 'the table fits 60, 80 and 200 columns' all_fit

# ---- by mail -----------------------------------------------------------------------

start_redis
milter_here
stream=good.lists.example.org
send() {
    client drive -n "$1" --lists $stream --tag "$2" >"$WORK/drive.log"
}
in_stream() {
    send 3 first && counted $stream 3 &&
        [ "$(redis xlen "lp:{$stream}:events")" = 3 ] &&
        redis xrevrange "lp:{$stream}:events" + - count 1 >"$WORK/entry" &&
        grep -qx message-id "$WORK/entry" && grep -qx subject "$WORK/entry"
}
ok 'what comes by mail stands in the stream of its list' in_stream
example() {
    # The manual's own line.
    line=$(sed -n 's/^\(redis-cli .*xread .*\)$/\1/p' \
        "$top_srcdir/man/listpulse-counters.7" |
        sed -e 's/SOCKET/$REDIS_SOCKET/' -e "s/LIST/$stream/" -e 's/ \$$/ 0-0/')
    [ -n "$line" ] && eval "$line" | grep -qx subject
}
ok "the manual's example follows it" example
redis acl setuser plain on '>secret' resetchannels '~lp:*' +@all -xadd \
    -publish -subscribe >/dev/null
redis acl setuser reader on '>secret' resetchannels '~lp:*' +@all >/dev/null
url() {
    echo "redis://$1:secret@127.0.0.1:$port/0"
}
as() {
    user=$1
    shift
    "$LISTPULSE" --state "$WORK/plain" --redis "$(url "$user")" "$@"
}
port=$(free_port)
redis config set port "$port" >/dev/null
without_rights() {
    as plain import "$SAMPLE" && as plain verify
}
ok 'whose ACL lacks them counts without stream and messages' without_rights
asks_instead() {
    "$LISTPULSE" --state "$WORK/plain" --redis "$(url reader)" watch --json \
        >"$WORK/posts" 2>"$WORK/err" &
    watch=$!
    wait_until 20 grep -q 'asking Redis again' "$WORK/err" &&
        send 2 second && watched 2 && end_watch
}
ok 'who may not subscribe asks each second, and is told' asks_instead
no_watch
no_output() {
    as reader watch -n 1 >/dev/full 2>"$WORK/err"
    [ $? -eq 1 ] && grep -q 'No space left' "$WORK/err"
}
ok 'a full disk below its output is told' no_output
