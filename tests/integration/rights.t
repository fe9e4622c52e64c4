#!/bin/sh
# SPDX-License-Identifier: MIT
# A Redis whose ACL lacks a command tears nothing and is told by the command's
# name; the lists of the manual are those of the sources. One bad list holds up
# no other, and a Redis that drops keys is not counted into.
. "$top_srcdir/tests/integration/lib.sh"
. "$top_srcdir/tests/integration/milter.sh"
plan 24

page=$top_srcdir/man/listpulse-counters.7
admin() {
    redis-cli -s "$REDIS_SOCKET" "$@"
}

# ---- what the sources run --------------------------------------------------------

# Words in capitals and quotes that the server knows as commands; with `readonly`
# only those that write nothing. AUTH is everybody's; SHUTDOWN, ACL and CONFIG go
# to a private server, SENTINEL, ROLE and CLUSTER to others.
commands_of() {
    kind=$1
    shift
    { cat "$@" | grep -oE "[\"'][A-Z]{3,}[\"']"
        # What a script can do without.
        cat "$@" | grep -oE "call\('[a-z]+'" | cut -c 6-; } |
        tr -d "\"'" | tr 'a-z' 'A-Z' | sort -u |
        grep -vE '^(AUTH|SHUTDOWN|SENTINEL|ROLE|CLUSTER|READONLY|ACL|CONFIG)$' |
        while read -r word; do
            flags=$(admin command info "$word")
            case $kind:$flags in
                *:) continue ;;
                readonly:*write* | readonly:*noscript*may_replicate*) continue ;;
            esac
            echo "$word" | tr 'A-Z' 'a-z'
        done
}
as_granted() {
    sed -e 's/^script$/script|load/' -e 's/^memory$/memory|usage/' | sort -u
}
granted() { # USER: the commands of its line in the manual
    sed -n "/^user $1 on/,/^\.Ed/p" "$page" | grep -oE '\+[a-z|]+' |
        tr -d + | sort -u
}
rule_of() { # USER: the line, as ACL SETUSER takes it
    sed -n "/^user $1 on/,/^\.Ed/p" "$page" | grep -v '^\.Ed' |
        sed -e 's/^user //' -e 's/PASSWORD/secret/' | tr -s ' \n' ' '
}
same_lists() {
    printf '%s\n' "$1" >"$WORK/one"
    printf '%s\n' "$2" >"$WORK/other"
    [ -n "$1" ] && same "$WORK/one" "$WORK/other"
}

port=$(free_port)
start_redis --port "$port"
# shellcheck disable=SC2046
admin acl setuser $(rule_of listpulse) >"$WORK/acl"
# shellcheck disable=SC2046
admin acl setuser $(rule_of listpulse-reader) >>"$WORK/acl"
ok 'both ACL lines of the manual are taken' \
    sh -c '[ "$(grep -c "^OK" "$1")" -eq 2 ]' - "$WORK/acl"
sources=$(ls "$top_srcdir"/lib/store/*.c "$top_srcdir"/lib/store/*.lua)
# shellcheck disable=SC2086
ok "the writer's commands are those of the sources" \
    same_lists "$(commands_of all $sources | as_granted)" "$(granted listpulse)"
reader_words=$(commands_of readonly "$top_srcdir"/lib/store/*.c | as_granted |
    grep -vE '^(evalsha|script\|load)$')
ok "the reader's are those that write nothing" \
    same_lists "$reader_words" "$(granted listpulse-reader)"

# ---- users -------------------------------------------------------------------------

writer=redis://listpulse:secret@127.0.0.1:$port
reader=redis://listpulse-reader:secret@127.0.0.1:$port
as() {
    REDIS=$1
    shift
    listpulse "$@"
    status=$?
    REDIS=unix:$REDIS_SOCKET
    return $status
}
writes() {
    as "$writer" import "$SAMPLE" && as "$writer" verify &&
        as "$writer" forget "$SAMPLE_LIST" --before 2001-01-01
}
reads() {
    as "$reader" digest kestrel-devel --since 2020-01-01 >"$WORK/digest" &&
        as "$reader" lists && as "$reader" verify
}
refused() {
    as "$reader" import "$SAMPLE" 2>"$WORK/err"
    [ $? -eq 1 ] && grep -q 'denied: evalsha' "$WORK/err"
}
ok 'the writer of the manual counts, verifies and erases' writes
ok 'its reader prints a digest and the lists, and verifies' reads
ok 'and may not import' refused

mail() { # LIST NUMBER
    cat <<END
From: Pip O'Rourke <pip$2@orourke.example>
To: list@$1
Subject: [PATCH] part $2 of it all
Date: Tue, 11 Mar 2025 10:00:00 +0000
Message-ID: <20250311100000.$2.$1@orourke.example>
List-Id: <$1>

Text $2.
END
}
good=good.lists.example.org
bad=bad.lists.example.org

one_less() {
    number=100
    for word in $(granted listpulse | grep -vE \
        '^(select|scan|memory|strlen|zcard|publish|subscribe|x)'); do
        number=$((number + 1))
        mail $good $number >"$WORK/mail"
        before=$(admin dbsize)
        admin script flush >/dev/null
        admin acl setuser listpulse "-$word" >/dev/null
        as "$writer" import "$WORK/mail" >"$WORK/out" 2>"$WORK/err"
        code=$?
        admin acl setuser listpulse "+$word" >/dev/null
        case $word in # read by other commands than import
            zrange) continue ;;
        esac
        grep -q "denied: .*${word%|*}" "$WORK/err" && [ $code -eq 1 ] &&
            [ "$(admin dbsize)" = "$before" ] || {
            echo "without $word: exit $code, $(cat "$WORK/err")"
            return 1
        }
        as "$writer" import "$WORK/mail" >"$WORK/out" 2>&1 || return 1
    done
    as "$writer" verify "$good"
}
ok 'without any one of them nothing is written, and it is named' one_less

# ---- the milter: ACL, eviction, one bad list --------------------------------------

REDIS=$writer
milter_here
REDIS=unix:$REDIS_SOCKET
send() { # LIST COUNT
    sent=$((sent + 1))
    client drive -n "$2" --lists "$1" --tag "mail$sent" >>"$WORK/drive.log"
}
sent=0
milter_status() {
    STATE=$STATE listpulse status
}
status_says() {
    wait_until 30 sh -c "\"$LISTPULSE\" --state '$STATE' --redis '$REDIS' status | grep -q '$1'" || {
        milter_status
        tail -5 "$WORK/milter.log"
        return 1
    }
}
has_all() { # LIST POSTS
    counted "$1" "$2" && as "$writer" verify "$1"
}
start=$(posts $good)
send $good 5
ok 'all five' has_all $good $((start + 5))
admin acl setuser listpulse -zincrby >/dev/null
send $good 20
ok 'a right that goes is told by its name' status_says 'denied: zincrby'
admin acl setuser listpulse +zincrby >/dev/null
ok 'when it is back nothing is lost or doubled' has_all $good $((start + 25))
admin config set maxmemory-policy allkeys-lru >/dev/null
ok 'a policy that drops keys is told' status_says 'maxmemory-policy allkeys-lru'
ok 'by the milter, too' will_log 'Redis is dropping keys'
send $good 20
waits() {
    [ "$(posts $good)" = $((start + 25)) ] &&
        listpulse status --json | grep -q '"journal_rows_waiting": 20\b'
}
ok 'and counting waits' wait_until 20 waits
admin config set maxmemory-policy noeviction >/dev/null
ok 'until the policy is mended' has_all $good $((start + 45))
send $bad 10
ok 'a second list' has_all $bad 10
admin rename "lp:{$bad}:month:$(date -u +%Y%m)" aside >/dev/null
admin set "lp:{$bad}:month:$(date -u +%Y%m)" other >/dev/null
send $bad 10
send $good 10
ok 'one bad list does not hold up the other' has_all $good $((start + 55))
ok 'it is named' status_says "held  *$bad: "
admin del "lp:{$bad}:month:$(date -u +%Y%m)" >/dev/null
admin rename aside "lp:{$bad}:month:$(date -u +%Y%m)" >/dev/null
ok 'when it is mended its mails are counted, from the journal' has_all $bad 20
admin hset "lp:{$bad}:meta" format 1 >/dev/null
named_in_lists() {
    listpulse lists >"$WORK/lists"
    [ $? -eq 1 ] && grep -q "^$bad *cannot be read: " "$WORK/lists" &&
        grep -q "^$good *$((start + 55)) " "$WORK/lists"
}
ok 'lists shows the others and names it' named_in_lists
admin hset "lp:{$bad}:meta" format "$(sed -n "s/^local FORMAT = '\(.*\)'/\1/p" "$top_srcdir/lib/store/count.lua")" >/dev/null

# ---- a digest that meets a lost key -------------------------------------------------

lost_key() { # KEY: the digest says so and ends with 1
    admin rename "lp:{$good}:$1" aside >/dev/null || return 1
    listpulse digest "$good" --since 2020-01-01 >"$WORK/digest" 2>"$WORK/err"
    code=$?
    admin rename aside "lp:{$good}:$1" >/dev/null
    [ $code -eq 1 ] && grep -q "$good.*missing" "$WORK/err" || {
        echo "$1: exit $code: $(cat "$WORK/err")"
        return 1
    }
}
each_lost_key() {
    for key in posts:0 posts:1 texts:0 texts:1 "rows:202503:0" "month:202503" \
        "rows:$(date -u +%Y%m):0"; do
        lost_key "$key" || return 1
    done
    listpulse digest "$good" --since 2020-01-01 >"$WORK/digest"
}
ok 'a digest that misses a bucket or rows says so and ends with 1' each_lost_key

# ---- forget --all: also a list that cannot be read ------------------------------------

admin hset "lp:{$bad}:meta" format 1 >/dev/null
admin sadd "lp:{$bad}:month:200001" other >/dev/null
erases_it() {
    as "$writer" forget "$bad" --all && listpulse lists >"$WORK/lists" &&
        ! grep -q "^$bad" "$WORK/lists" && grep -q "^$good " "$WORK/lists" &&
        [ "$(admin --scan --pattern "lp:{$bad}:*")" = "lp:{$bad}:meta" ]
}
ok 'a bad list is erased as a whole, the other stays' erases_it
sleep 0.1
send $bad 7
ok 'what comes then is counted anew, and nothing of before' has_all $bad 7
stop_milter
cat >"$WORK/listpulse.conf" <<END
max_lists = 2
END
chmod 644 "$WORK/listpulse.conf"
# shellcheck disable=SC2034
CONF=$WORK/listpulse.conf
milter_here
send $good 5
send invented.lists.example.org 3
ok 'a list beyond max_lists is named in the log and status' \
    will_log 'list invented.lists.example.org is not counted'
ok 'with how many of its mails' \
    status_says '3 mails of lists beyond max_lists, the last of invented'
