#!/bin/sh
# A milter that is not there, that died or that is frozen: with the lines that
# we ship Postfix and Sendmail take the mail within the limits set there.
. "$top_srcdir/tests/integration/lib.sh"
needs_root
plan 18

list=heron.lists.example.org

# session PORT ID [PID]: the mail ID, as a new session; this process is frozen
# when the recipient was taken. Fails if the mail is not taken.
session() {
    perl -MIO::Socket::INET -e '
        my ($port, $list, $id, $pid) = @ARGV;
        alarm 60;
        my $server = IO::Socket::INET->new(PeerAddr => "127.0.0.1",
            PeerPort => $port) or die "no connection: $!\n";
        sub talk {
            my ($line) = @_;
            print $server "$line\r\n" if defined $line;
            while (my $reply = <$server>) {
                next if $reply =~ /^\d\d\d-/;
                $reply =~ /^[23]/ or die "$reply";
                return;
            }
            die "hung up\n";
        }
        talk();
        talk("EHLO client.example");
        talk("MAIL FROM:<a\@example.org>");
        talk("RCPT TO:<archive\@example.net>");
        kill STOP => $pid if $pid;
        talk("DATA");
        print $server map { "$_\r\n" } "From: A Person <a\@example.org>",
            "Subject: [PATCH] heron: do less", "Message-ID: <$id\@example.org>",
            "Date: Mon, 29 Sep 2025 10:00:00 +0000", "List-Id: <$list>", "";
        talk("text\r\n.");
        talk("QUIT");
    ' "$1" "$list" "$2" "$3"
}

# within SECONDS NAME COMMAND...: and says how many it took. The bounds lie well
# above our limits, for a busy machine, and below the 30 s of the servers' own.
within() {
    most=$1
    what=$2
    shift 2
    began=$(date +%s%N)
    "$@" || return 1
    took=$((($(date +%s%N) - began) / 1000000))
    echo "$what: $took ms" | tee -a "$WORK/took"
    [ "$took" -lt $((most * 1000)) ]
}

crowd() {
    crowd_pids=
    for n in $(seq 20); do
        session "$1" "$2.$n" &
        crowd_pids="$crowd_pids $!"
    done
    for pid in $crowd_pids; do
        wait "$pid" || return 1
    done
}

is_back() {
    kill -CONT "$MILTER_PID"
    session "$1" "$2" && wait_until 20 has_posts "$list" "$3"
}

# frozen NAME PORT SOCKET: the limits are those of conf/
frozen() {
    name=$1
    port=$2
    ok "$name, absent: no wait" within 12 "$name, absent" session "$port" "$name.a"
    start_milter "$3"
    ok "$name: mail is counted" is_back "$port" "$name.b" "$((taken + 1))"
    kill -STOP "$MILTER_PID"
    ok "$name, frozen: a mail waits for three seconds" \
        within 20 "$name, frozen" session "$port" "$name.c"
    ok "$name, frozen: so do twenty at once" \
        within 28 "$name, frozen, 20 at once" crowd "$port" "$name.d"
    ok "$name: it goes on, and mail is counted again" \
        is_back "$port" "$name.e" "$((taken + 2))"
    ok "$name, frozen within a mail: ten seconds at most" \
        within 28 "$name, frozen within a mail" \
        session "$port" "$name.f" "$MILTER_PID"
    ok "$name: it goes on once more" \
        is_back "$port" "$name.g" "$((taken + 3))"
    kill -9 "$MILTER_PID"
    wait "$MILTER_PID" 2>/dev/null
    ok "$name, dead, its socket there: no wait" \
        within 12 "$name, dead" session "$port" "$name.h"
    taken=$((taken + 3))
}

taken=0
start_redis
start_sink
start_postfix mx "$(postfix_milter_lines)" 'default_process_limit = 30'
frozen Postfix "$POSTFIX_PORT" "$POSTFIX/queue/listpulse/milter.sock"
ok 'Postfix: all of them arrive' wait_until 30 delivered 27
start_sendmail sendmail "$top_srcdir/conf/sendmail.m4"
frozen Sendmail "$SENDMAIL_PORT" "$SAFE/run/milter.sock"
ok 'Sendmail: all of them arrive' wait_until 30 delivered 54
sed 's/^/# /' "$WORK/took"
