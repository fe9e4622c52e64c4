#!/bin/sh
# SPDX-License-Identifier: MIT
# status beside a real daemon and a real Redis, well and not well.
. "${top_srcdir:?run by make check}/tests/integration/command.sh"
have redis-server || skip_all 'redis-server is not here'

CONF=$WORK/listpulse.conf
echo 'lists = "all"' >"$CONF"
start_redis
chmod 755 "$WORK"
mkdir -p "$WORK/socket"
start_milter "$WORK/socket/milter"

status() {
    "$LISTPULSE" --state "$STATE" --redis "$REDIS" status "$@"
}

is_healthy() {
    status >"$WORK/status"
}

is_not_healthy() {
    status >"$WORK/status"
    [ $? -eq 1 ]
}

becomes() {
    wait_until 30 "$1" && return 0
    cat "$WORK/status" "$WORK/milter.log"
    return 1
}

text_tells_of_all() {
    status >"$WORK/out" || return 1
    cat "$WORK/out"
    for word in 'status  *healthy' 'milter  *running' sessions mails posts \
        'journal  *0 rows wait, 0 s behind' 'redis  *unix:.*: answers' \
        'wait  *p50'; do
        grep -q "^$word" "$WORK/out" || {
            echo "no line: $word"
            return 1
        }
    done
}

json_is_read_by_others() {
    status --json | perl -MJSON::PP -0777 -ne '
        my $status = decode_json($_);
        my $milter = $status->{milter};
        die "not healthy" unless $status->{healthy};
        die "trouble" if defined $milter->{trouble};
        defined $milter->{$_} || die "no $_" for qw(sessions seen kept
            counted duplicates malformed truncated lost lag_seconds
            journal_rows_waiting redis_state last_error
            end_of_message_wait);
        die "state $milter->{redis_state}"
            unless $milter->{redis_state} =~ /^(up|unknown)$/;
        die "waits" unless @{$milter->{end_of_message_wait}{histogram}} > 5;
        die "redis" unless $status->{redis}{version} =~ /^\d/;'
}

# Every sample has its HELP and TYPE before it, once.
metrics_have_the_text_form() {
    status --prometheus | perl -ne '
        if (/^# HELP (\w+) \S/) { die "twice: $1" if $help{$1}++; next }
        if (/^# TYPE (\w+) (counter|gauge|histogram)$/) {
            die "no help: $1" unless $help{$1}; $type{$1} = $2; next }
        /^(listpulse_\w+)(\{le="[^"]+"\})? (-?[0-9.e+]+)$/
            or die "what is $_";
        my ($name, $value) = ($1, $3);
        (my $base = $name) =~ s/_(bucket|sum|count)$//;
        my $type = $type{$name} || $type{$base} or die "no type: $name";
        die "name: $name" if $type eq "counter" && $name !~ /_total$/;
        $seen{$name} = $value;
        END {
            die "not healthy" unless $seen{listpulse_healthy} == 1;
            exists $seen{"listpulse_$_"} or die "no $_" for qw(redis_up
                seen_total counted_total lost_total lag_seconds
                journal_rows_waiting end_of_message_wait_seconds_count);
        }'
}

a_stopped_redis_is_told() {
    kill -STOP "$REDIS_PID" || return 1
    becomes is_not_healthy
    told=$?
    grep -q '^redis .*answers' "$WORK/status" && told=1
    kill -CONT "$REDIS_PID"
    [ $told -eq 0 ] && becomes is_healthy
}

a_killed_milter_is_told() {
    kill -9 "$MILTER_PID"
    becomes is_not_healthy && grep -q '^milter  *the milter' "$WORK/status"
}

no_password_is_shown() {
    "$LISTPULSE" --state "$STATE" --redis redis://me:secret@127.0.0.1:1/0 \
        status >"$WORK/out" 2>&1
    "$LISTPULSE" --state "$STATE" --redis redis://me:secret@127.0.0.1:1/0 \
        lists >>"$WORK/out" 2>&1
    cat "$WORK/out"
    ! grep -q secret "$WORK/out"
}

plan 7
ok 'a daemon that runs is healthy' becomes is_healthy
ok 'status tells of milter, journal and Redis' text_tells_of_all
ok 'its JSON is read by others' json_is_read_by_others
ok 'its metrics have the text form of Prometheus' metrics_have_the_text_form
ok 'a Redis that hangs is told' a_stopped_redis_is_told
ok 'a milter that was killed is told' a_killed_milter_is_told
ok 'no password is shown' no_password_is_shown
