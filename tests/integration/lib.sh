# Shell library of the end-to-end tests: TAP, a work folder that goes away,
# and servers of our own. Sourced: . "$top_srcdir/tests/integration/lib.sh"
#
# Everything listens on loopback ports that were free or on sockets in the
# work folder, and is ended by its process id. Nothing here sleeps for a time:
# wait_until polls for a state, with a limit.

: "${top_srcdir:?run by make check}" "${top_builddir:?run by make check}"
PATH=$PATH:/usr/sbin:/sbin
export LC_ALL=C.UTF-8 TZ=UTC
unset LISTPULSE_STATE
# Suppressions and answers for the sanitizer builds; others ignore these.
export ASAN_OPTIONS="verify_asan_link_order=0:$ASAN_OPTIONS"

LISTPULSE=$top_builddir/digest/listpulse
MILTER=$top_builddir/milter/listpulse-milter
SEND_MAIL=$top_srcdir/tests/support/send-mail
CLOCK=$top_builddir/tests/support/clock.so
CORPUS=${LISTPULSE_CORPUS:-$top_srcdir/../shared/corpus}
SAMPLE=$top_srcdir/tests/data/sample.mbox
SAMPLE_LIST=kestrel-devel.lists.example.org
OTHER_LIST=heron-net.lists.example.net

# ---- TAP ----------------------------------------------------------------

test_number=0
planned=0

plan() {
    planned=$1
    echo "1..$1"
}

skip_all() {
    echo "1..0 # SKIP $*"
    exit 0
}

# ok NAME COMMAND...: one test. What the command says is shown if it fails.
ok() {
    test_number=$((test_number + 1))
    name=$1
    shift
    if "$@" >"$WORK/test.log" 2>&1; then
        echo "ok $test_number - $name"
        return 0
    fi
    sed 's/^/# /' "$WORK/test.log" | head -n 60
    echo "not ok $test_number - $name"
    return 1
}

# skip_rest WHY: the planned tests that are left cannot run here.
skip_rest() {
    while [ "$test_number" -lt "$planned" ]; do
        test_number=$((test_number + 1))
        echo "ok $test_number # SKIP $*"
    done
}

bail_out() {
    echo "Bail out! $*"
    exit 1
}

# Both files are the same; if not, how they differ.
same() {
    cmp -s "$1" "$2" && return 0
    diff -u "$1" "$2" | head -n 50
    return 1
}

# exits CODE COMMAND...: it ends with this code.
exits() {
    wanted=$1
    shift
    "$@"
    status=$?
    [ "$status" -eq "$wanted" ] && return 0
    echo "exit code $status, not $wanted: $*"
    return 1
}

# ---- the work folder and what runs ------------------------------------------

pids=
postfix_instances=
WORK=$(mktemp -d "${TMPDIR:-/tmp}/listpulse-test.XXXXXX") ||
    bail_out 'no work folder'
chmod 755 "$WORK"
# Sendmail wants its folders where nobody else may write, all the way up.
SAFE=
STATE=$WORK/state

is_gone() {
    ! kill -0 "$1" 2>/dev/null
}

stop_process() {
    [ -n "$1" ] || return 0
    kill "$1" 2>/dev/null
    kill -CONT "$1" 2>/dev/null
    wait_until 10 is_gone "$1" || kill -9 "$1" 2>/dev/null
    wait "$1" 2>/dev/null
    return 0
}

cleanup() {
    trap '' INT TERM
    for instance in $postfix_instances; do
        stop_postfix "$instance"
    done
    for pid in $pids; do
        stop_process "$pid"
    done
    "$LISTPULSE" --state "$STATE" redis stop >/dev/null 2>&1
    [ -z "$LISTPULSE_TEST_KEEP" ] || {
        echo "# kept: $WORK $SAFE"
        return
    }
    rm -rf "$WORK" ${SAFE:+"$SAFE"}
}
trap 'status=$?; cleanup; exit $status' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# wait_until SECONDS COMMAND...: true as soon as the command is.
wait_until() {
    limit=$(($(date +%s) + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "$(date +%s)" -le "$limit" ] || return 1
        sleep 0.03
    done
}

free_port() {
    perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(Listen => 1,
        LocalAddr => "127.0.0.1", LocalPort => 0)->sockport'
}

port_answers() {
    perl -MIO::Socket::INET -e 'exit !IO::Socket::INET->new(
        PeerAddr => "127.0.0.1", PeerPort => $ARGV[0], Timeout => 2)' "$1"
}

have() {
    for tool; do
        command -v "$tool" >/dev/null 2>&1 || return 1
    done
}

# needs TOOL...: skips the whole test where one is missing.
needs() {
    for tool; do
        have "$tool" || skip_all "no $tool here"
    done
}

needs_root() {
    [ "$(id -u)" -eq 0 ] || skip_all 'only root can start a mail server'
}

needs_corpus() {
    [ -e "$CORPUS/$1" ] || skip_all "no $1 in ${CORPUS}"
}

# ---- Redis ------------------------------------------------------------------

# start_redis [option...]: sets REDIS to its address, REDIS_PID.
start_redis() {
    needs redis-server redis-cli
    REDIS_SOCKET=$WORK/redis.sock
    rm -f "$REDIS_SOCKET"
    redis-server --port 0 --unixsocket "$REDIS_SOCKET" --unixsocketperm 777 \
        --dir "$WORK" --save '' --appendonly no "$@" \
        >>"$WORK/redis.log" 2>&1 &
    REDIS_PID=$!
    pids="$REDIS_PID $pids"
    REDIS=unix:$REDIS_SOCKET
    wait_until 20 redis_answers || bail_out 'Redis does not start'
}

redis_answers() {
    [ "$(redis-cli -s "$REDIS_SOCKET" ping 2>&1)" = PONG ]
}

# listpulse with this test's Redis and settings.
listpulse() {
    "$LISTPULSE" ${CONF:+-c "$CONF"} --state "$STATE" ${REDIS:+--redis "$REDIS"} "$@"
}

# ---- the milter -------------------------------------------------------------

# Root may not run it; this user may, and Postfix may reach its socket.
milter_user() {
    [ "$(id -u)" -eq 0 ] || return 0
    if getent group postfix >/dev/null; then
        echo "-u nobody:postfix"
    else
        echo "-u nobody"
    fi
}

# start_milter SOCKET [option...]: sets MILTER_PID. With LISTPULSE_TEST_CLOCK
# set, its clock is what that file says.
start_milter() {
    MILTER_SOCKET=$1
    shift
    mkdir -p "$STATE"
    [ "$(id -u)" -ne 0 ] || chown -R nobody "$STATE" "$(dirname "$MILTER_SOCKET")"
    # shellcheck disable=SC2046
    env ${LISTPULSE_TEST_CLOCK:+LD_PRELOAD="$CLOCK"} \
        "$MILTER" -f ${CONF:+-c "$CONF"} --state "$STATE" \
        ${REDIS:+--redis "$REDIS"} -p "local:$MILTER_SOCKET" $(milter_user) \
        "$@" >>"$WORK/milter.log" 2>&1 &
    MILTER_PID=$!
    pids="$MILTER_PID $pids"
    wait_until 20 test -S "$MILTER_SOCKET" || {
        sed 's/^/# /' "$WORK/milter.log"
        bail_out 'the milter does not start'
    }
}

stop_milter() {
    stop_process "$MILTER_PID"
}

# posts LIST: how many posts Redis holds of it.
posts() {
    listpulse lists 2>/dev/null | awk -v list="$1" '$1 == list { print $2 }'
}

has_posts() {
    [ "$(posts "$1")" = "$2" ]
}

# ---- the far side: smtp-sink, one file a mail -----------------------------------

# start_sink: sets SINK_PORT and SINK, the folder.
start_sink() {
    needs_root
    needs smtp-sink
    SINK=$WORK/sink
    mkdir -p "$SINK"
    SINK_PORT=$(free_port)
    (cd "$SINK" && exec smtp-sink -u root -d 'mail.' "127.0.0.1:$SINK_PORT" 100) \
        >>"$WORK/sink.log" 2>&1 &
    pids="$! $pids"
    wait_until 20 port_answers "$SINK_PORT" || bail_out 'smtp-sink does not start'
}

sink_has() {
    [ "$(find "$SINK" -type f | wc -l)" -ge "$1" ]
}

queues_are_empty() {
    for queue in "$WORK"/*/queue ${SAFE:+"$SAFE"/*/queue}; do
        [ ! -d "$queue" ] && continue
        (cd "$queue" && find . -path ./pid -prune -o -type f \
            ! -name prng_exch -print) | grep -q . && return 1
    done
    return 0
}

# delivered N: at least N mails are at the far side, and none is on its way.
delivered() {
    sink_has "$1" && queues_are_empty
}

# far_side FOLDER FILE: what smtp-sink wrote, as one line a mail, sorted: its
# digest and size. Left out is what differs from run to run: the lines that
# smtp-sink puts on top, the Received header of our own server, and a
# Message-ID or Date that Sendmail made where there was none. So equal files
# mean equal mails.
far_side() {
    perl -e '
        use Digest::SHA "sha256_hex";
        my @lines;
        for my $file (glob "$ARGV[0]/*") {
            open(my $in, "<:raw", $file) or die "$file: $!\n";
            local $/;
            my $mail = <$in>;
            $mail =~ s/\A(?:X-(?:Client|Helo|Mail|Rcpt)[^\n]*\n)+//;
            my $day = "";
            for (1 .. 2) {
                $mail =~ s/\A(Received:[^\n]*\n(?:[ \t][^\n]*\n)*)//
                    or die "$file: no Received header on top\n";
                $day = $1 =~ /;\s*(\w+, +\d+ \w+ \d+)/ ? $1 : "?";
            }
            my ($head, $body) = split /\n\n/, $mail, 2;
            $head =~ s/^(Message-Id: <)\d+\.\w+(\@mx\.example\.test>)/$1$2/m;
            $head =~ s/^Date: \Q$day\E .*/Date:/m;
            $mail = "$head\n\n$body";
            push @lines, sha256_hex($mail) . " " . length($mail) . "\n";
        }
        print sort @lines;
    ' "$1" >"$2"
}

# ---- Postfix ----------------------------------------------------------------

# start_postfix NAME [main.cf line...]: sets POSTFIX_PORT and POSTFIX, its
# folder; its queue is $POSTFIX/queue. Start the sink first.
start_postfix() {
    needs_root
    needs postfix
    POSTFIX=$WORK/$1
    shift
    POSTFIX_PORT=$(free_port)
    mkdir -p "$POSTFIX/queue" "$POSTFIX/data"
    chown postfix "$POSTFIX/data"
    cat >"$POSTFIX/main.cf" <<END
compatibility_level = 3.6
queue_directory = $POSTFIX/queue
data_directory = $POSTFIX/data
maillog_file = $POSTFIX/log
maillog_file_prefixes = $WORK
myhostname = mx.example.test
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
mydestination =
local_recipient_maps =
alias_maps =
alias_database =
relayhost = [127.0.0.1]:$SINK_PORT
smtp_dns_support_level = disabled
smtp_host_lookup = native
smtp_line_length_limit = 0
smtp_tls_security_level = none
smtpd_peername_lookup = no
smtputf8_enable = no
message_size_limit = 104857600
smtpd_client_connection_count_limit = 0
notify_classes =
default_process_limit = 20
milter_default_action = tempfail
END
    for line; do
        echo "$line"
    done >>"$POSTFIX/main.cf"
    cat >"$POSTFIX/master.cf" <<END
127.0.0.1:$POSTFIX_PORT inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
END
    postfix_instances="$POSTFIX $postfix_instances"
    postfix -c "$POSTFIX" start >"$POSTFIX/start.log" 2>&1
    wait_until 20 port_answers "$POSTFIX_PORT" || {
        sed 's/^/# /' "$POSTFIX/start.log" "$POSTFIX/log"
        bail_out 'Postfix does not start'
    }
}

stop_postfix() {
    postfix -c "$1" stop >/dev/null 2>&1
}

# The lines that we ship, in a form that start_postfix takes.
postfix_milter_lines() {
    grep -v '^#' "$top_srcdir/conf/postfix.main.cf"
}

# ---- Sendmail -----------------------------------------------------------------

# find_sendmail: sets SENDMAIL to the folder that holds Debian's Sendmail:
# unpacked there by tests/run, else unpacked now beside the build. Postfix's
# package and Sendmail's exclude each other, so it is not installed.
find_sendmail() {
    SENDMAIL=${LISTPULSE_SENDMAIL:-$top_builddir/tests/sendmail}
    [ -x "$SENDMAIL/usr/libexec/sendmail/sendmail" ] ||
        "$top_srcdir/tests/support/get-sendmail" "$SENDMAIL" >/dev/null 2>&1 ||
        skip_all 'no Sendmail here, and none to be had'
}

# start_sendmail NAME [m4 file]: sets SENDMAIL_PORT. Start the sink first.
# SAFE/run is the folder for a milter's socket.
start_sendmail() {
    needs_root
    needs m4 unshare
    find_sendmail
    [ -n "$SAFE" ] || SAFE=$(mktemp -d /var/lib/listpulse-test.XXXXXX) ||
        bail_out 'no safe folder'
    chmod 755 "$SAFE"
    SENDMAIL_PORT=$(free_port)
    folder=$SAFE/$1
    mkdir -p "$folder/queue" "$SAFE/run"
    chmod 700 "$folder/queue"
    : >"$folder/empty"
    cat >"$folder/sendmail.mc" <<END
divert(-1)
include(\`$SENDMAIL/usr/share/sendmail/cf/m4/cf.m4')
divert(0)dnl
OSTYPE(\`linux')dnl
DOMAIN(\`generic')dnl
define(\`QUEUE_DIR', \`$folder/queue')dnl
define(\`STATUS_FILE', \`$folder/status')dnl
define(\`HELP_FILE', \`$folder/empty')dnl
define(\`confPID_FILE', \`$folder/pid')dnl
define(\`confCONTROL_SOCKET_NAME', \`')dnl
define(\`ALIAS_FILE', \`$folder/empty')dnl
define(\`confCW_FILE', \`$folder/empty')dnl
define(\`confCT_FILE', \`$folder/empty')dnl
define(\`confUSERDB_SPEC', \`')dnl
define(\`confHOSTS_FILE', \`/etc/hosts')dnl
define(\`confSERVICE_SWITCH_FILE', \`$folder/switch')dnl
define(\`confTO_IDENT', \`0')dnl
define(\`confMAX_HEADERS_LENGTH', \`10485760')dnl
define(\`confDELIVERY_MODE', \`background')dnl
define(\`confREFUSE_LA', \`1000')dnl
define(\`confQUEUE_LA', \`1000')dnl
define(\`confDELAY_LA', \`0')dnl
define(\`confDONT_PROBE_INTERFACES', \`True')dnl
define(\`confLISTPULSE_SOCKET', \`$SAFE/run/milter.sock')dnl
define(\`SMART_HOST', \`esmtp:[127.0.0.1]')dnl
define(\`ESMTP_MAILER_ARGS', \`TCP \$h $SINK_PORT')dnl
define(\`confBIND_OPTS', \`')dnl
FEATURE(\`promiscuous_relay')dnl
FEATURE(\`accept_unresolvable_domains')dnl
FEATURE(\`accept_unqualified_senders')dnl
FEATURE(\`nocanonify')dnl
FEATURE(\`no_default_msa')dnl
DAEMON_OPTIONS(\`Port=$SENDMAIL_PORT, Addr=127.0.0.1, Name=MTA')dnl
${2:+include(\`$2')dnl}
MAILER(\`smtp')dnl
END
    echo 'hosts files' >"$folder/switch"
    m4 -D_CF_DIR_="$SENDMAIL/usr/share/sendmail/cf/" "$folder/sendmail.mc" \
        >"$folder/sendmail.cf" 2>"$folder/m4.log" ||
        bail_out "sendmail.mc: $(cat "$folder/m4.log")"
    # A dotted host name of its own, or it waits a minute for one.
    unshare --uts sh -c 'hostname mx.example.test && exec "$@"' sh \
        "$SENDMAIL/usr/libexec/sendmail/sendmail" -bD -C "$folder/sendmail.cf" \
        -L listpulse-test -q1m >>"$folder/log" 2>&1 &
    pids="$! $pids"
    wait_until 20 port_answers "$SENDMAIL_PORT" || {
        sed 's/^/# /' "$folder/log"
        bail_out 'Sendmail does not start'
    }
}
