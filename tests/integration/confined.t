#!/bin/sh
# The process that reads mail runs with a filter of system calls, and starts
# nothing any more; a private Redis that ends is started again all the same.
. "$top_srcdir/tests/integration/lib.sh"
. "$top_srcdir/tests/integration/milter.sh"
confined=2
"$MILTER" -V | grep -q ', with seccomp' || confined=0 # as it says
plan 8

list=heron.lists.example.org
REDIS=
milter_here

# process_says FIELD VALUE: of /proc/PID/status of the processor.
process_says() {
    awk -v field="$1:" '$1 == field { print $2 }' \
        "/proc/$(processor)/status" | grep -qx "$2"
}

send() {
    script connect negotiate "list-mail $list $1" eoh 'reply c' 'body text' \
        eom 'reply c'
}

ok 'a private Redis is started' wait_until 20 listpulse status
ok 'and then mail is read with a filter, if it is built so' \
    wait_until 20 process_says Seccomp $confined
ok 'and without new privileges' process_says NoNewPrivs 1
ok 'a mail' send first
ok 'is counted' counted "$list" 1

# The server ends behind everybody's back.
redis_ends() {
    kill -9 "$(cat "$STATE/redis/redis.pid")"
}
mail_after_the_end() {
    redis_ends && send second && counted "$list" 2
}
ok 'Redis ends, a mail comes, and is counted' mail_after_the_end
ok 'the process was renewed, and is confined again' \
    wait_until 20 process_says Seccomp $confined
ok 'that was no death' sh -c '! grep -q "processor was ended\|processor died" "$1"' \
    sh "$WORK/milter.log"
