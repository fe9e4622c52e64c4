#!/bin/sh
# SIGUSR1: the configuration is read anew, without losing a mail.
. "$top_srcdir/tests/integration/lib.sh"
. "$top_srcdir/tests/integration/milter.sh"
plan 13

CONF=$WORK/listpulse.conf
echo 'lists = configured list one.example.org { }' >"$CONF"
start_redis
milter_here
wait_until 5 has_processor
first=$(processor)

reload() {
    kill -USR1 "$MILTER_PID"
}

# mail LIST ID REPLY: what the end of headers is answered with
mail() {
    script connect negotiate "list-mail $1 $2" eoh "reply $3" quit
}

ok 'a list that is not configured is none of ours' mail two.example.org a a
echo 'list two.example.org { }' >>"$CONF"
reload
answers() {
    wait_until 10 mail two.example.org b c
}
ok 'after a reload it is' answers
ok 'the log says so' will_log 'read anew'
echo 'oops = 1' >>"$CONF"
reload
ok 'a bad configuration is refused, with file and line' \
    will_log 'listpulse.conf:3'
ok 'the old one stays' mail two.example.org c c
refused() {
    listpulse status >"$WORK/status" 2>&1
    [ $? -eq 1 ] && grep -q 'refused.*listpulse.conf:3: no such option .oops' "$WORK/status"
}
sed -i '$d' "$CONF"
cp "$CONF" "$WORK/good"
# The command reads the same file, which is good again; the milter knows not.
status_names_it() {
    wait_until 5 refused || {
        cat "$WORK/status"
        return 1
    }
}
ok 'status tells of it, and why' status_names_it
reload
healthy() {
    wait_until 10 listpulse status
}
ok 'until a good one was read' healthy

# A mail belongs to the configuration of its start.
crossing() {
    script connect negotiate 'list-mail two.example.org crossing' 'pause 500' \
        'pause 1500' eoh 'reply c' eom 'reply c' quit &
    crossing=$!
    sleep 0.2
    echo 'lists = configured list one.example.org { }' >"$CONF"
    reload
    wait_until 10 mail two.example.org d a || return 1
    wait "$crossing"
}
ok 'a mail on its way keeps the configuration it began with' crossing
ok 'and is counted' counted two.example.org 1

# Two hundred of them while mail comes.
storm() {
    client drive -n 4000 -r 1000 -k 8 --lists one.example.org --tag storm \
        --acknowledged "$WORK/acknowledged" &
    driving=$!
    for n in $(seq 200); do
        case $((n % 3)) in
        0) echo 'list three.example.org { }' >>"$CONF" ;;
        1) echo 'lists = configured list one.example.org { }' >"$CONF" ;;
        2) echo 'nonsense' >"$WORK/nonsense" ;;
        esac
        reload
        sleep 0.015
    done
    wait "$driving" && [ "$(wc -l <"$WORK/acknowledged")" -eq 4000 ]
}
ok '200 reloads under load: every mail is answered' storm
ok 'and counted' counted one.example.org 4000
ok 'by the processor of the beginning' test "$first" = "$(processor)"

# The processor is reloaded with the collector, but is not there as early.
early() {
    stop_milter
    milter_here
    for n in $(seq 40); do
        reload
        sleep 0.005
    done
    wait_until 10 has_processor && ! logged 'was ended by'
}
ok '40 reloads at its start do not end the processor' early
