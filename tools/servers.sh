# Shell library that starts servers of our own: Redis, the milter, Postfix,
# Sendmail, a far side that takes mail. For the tests and for conf/quickstart;
# sourced, with top_srcdir and top_builddir set.
#
# Everything listens on loopback ports that were free or on sockets in the
# work folder, and is ended by its process id when the shell ends. Nothing
# here sleeps for a time: wait_until polls for a state, with a limit. No
# server that the machine runs already is looked at.

: "${top_srcdir:?not set}" "${top_builddir:?not set}"
PATH=$PATH:/usr/sbin:/sbin
export LC_ALL=C.UTF-8 TZ=UTC
unset LISTPULSE_STATE

LISTPULSE=$top_builddir/command/listpulse
MILTER=$top_builddir/milter/listpulse-milter
SEND_MAIL=$top_srcdir/tests/support/send-mail
CLOCK=$top_builddir/tests/support/clock.so
# Where tools/get-server unpacks Postfix and Sendmail.
LISTPULSE_SERVERS=${LISTPULSE_SERVERS:-$top_builddir/servers}

bail_out() {
    echo "${0##*/}: $*" >&2
    exit 1
}

# What cannot run here at all; tests say it their own way.
skip_all() {
    bail_out "$@"
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
    set +e
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

# ---- Redis ------------------------------------------------------------------

# The server's program is in Debian's redis-tools, under another name.
find_redis() {
    needs redis-cli
    have redis-server && return
    needs redis-check-rdb
    mkdir -p "$WORK/bin"
    ln -sf "$(command -v redis-check-rdb)" "$WORK/bin/redis-server"
    PATH=$WORK/bin:$PATH
}

# start_redis [option...]: sets REDIS to its address, REDIS_PID.
start_redis() {
    find_redis
    REDIS_SOCKET=$WORK/redis.sock
    rm -f "$REDIS_SOCKET"
    redis-server --port 0 --unixsocket "$REDIS_SOCKET" --unixsocketperm 777 \
        --dir "$WORK" --save '' --appendonly no "$@" \
        >>"$WORK/redis.log" 2>&1 &
    REDIS_PID=$!
    pids="$REDIS_PID $pids"
    REDIS=unix:$REDIS_SOCKET
    wait_until 20 redis_answers || {
        tail -n 20 "$WORK/redis.log" | sed 's/^/# /'
        bail_out 'Redis does not start'
    }
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
    find_postfix_user
    echo "-u nobody:$MAIL_GROUP"
}

# use_settings FILE: CONF is a copy of it that the milter's user can read,
# wherever the sources lie.
use_settings() {
    CONF=$WORK/listpulse.conf
    cp "$1" "$CONF" && chmod 644 "$CONF"
}

# start_milter SOCKET [option...]: sets MILTER_PID. With LISTPULSE_TEST_CLOCK
# set, its clock is what that file says.
start_milter() {
    MILTER_SOCKET=$1
    shift
    find_redis
    mkdir -p "$STATE" "$(dirname "$MILTER_SOCKET")"
    [ "$(id -u)" -ne 0 ] || chown -R nobody "$STATE" "$(dirname "$MILTER_SOCKET")"
    [ -z "$LISTPULSE_TEST_CLOCK" ] || cp "$CLOCK" "$WORK/clock.so"
    # shellcheck disable=SC2046
    env ${LISTPULSE_TEST_CLOCK:+LD_PRELOAD="$WORK/clock.so"} \
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

# Nothing waits in the journal.
milter_is_idle() {
    listpulse status --json | grep -q '"journal_rows_waiting": 0\b'
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
    find_postfix
    SINK=$WORK/sink
    mkdir -p "$SINK"
    SINK_PORT=$(free_port)
    (cd "$SINK" && exec "$SMTP_SINK" -u root -d 'mail.' "127.0.0.1:$SINK_PORT" 100) \
        >>"$WORK/sink.log" 2>&1 &
    pids="$! $pids"
    wait_until 20 port_answers "$SINK_PORT" || {
        sed 's/^/# /' "$WORK/sink.log"
        bail_out 'smtp-sink does not start'
    }
}

sink_has() {
    [ "$(find "$SINK" -type f | wc -l)" -ge "$1" ]
}

# Postfix keeps mail in these folders of its queue, and more beside them (an
# installed 3.10 copies files of /etc there); Sendmail in the queue itself.
queues_are_empty() {
    for queue in "$WORK"/*/queue ${SAFE:+"$SAFE"/*/queue}; do
        [ ! -d "$queue" ] && continue
        if [ -d "$queue/active" ]; then
            set -- maildrop incoming active deferred hold corrupt
        else
            set -- .
        fi
        (cd "$queue" && find "$@" -type f 2>/dev/null) | grep -q . && return 1
    done
    return 0
}

# delivered N: at least N mails are at the far side, and none is on its way.
delivered() {
    sink_has "$1" && queues_are_empty
}

# ---- Postfix ----------------------------------------------------------------

# Who Postfix runs as, whether it is installed or only unpacked.
find_postfix_user() {
    MAIL_OWNER=daemon
    MAIL_DROP=mail
    getent passwd postfix >/dev/null && getent group postdrop >/dev/null && {
        MAIL_OWNER=postfix
        MAIL_DROP=postdrop
    }
    MAIL_GROUP=$(id -gn "$MAIL_OWNER")
}

# find_postfix: sets POSTFIX_ROOT, empty where Postfix is installed, else the
# folder that it was unpacked to, and SMTP_SINK.
find_postfix() {
    find_postfix_user
    POSTFIX_ROOT=
    [ -x /usr/lib/postfix/sbin/smtpd ] && [ -z "$LISTPULSE_OWN_POSTFIX" ] || {
        POSTFIX_ROOT=$LISTPULSE_SERVERS/postfix
        "$top_srcdir/tools/get-server" postfix "$POSTFIX_ROOT" \
            >"$WORK/get-postfix.log" 2>&1 ||
            skip_all 'no Postfix here, and none to be had'
        export LD_LIBRARY_PATH="$POSTFIX_ROOT/usr/lib/postfix"
    }
    SMTP_SINK=$POSTFIX_ROOT/usr/sbin/smtp-sink
}

# Of settings that stand twice, only the last: Postfix warns of each at every
# start, and when postlogd itself does so while its socket is full, it waits for
# itself for ever.
last_settings() {
    awk '/^[^ \t]/ {
            name = $0
            sub(/[ \t]*=.*/, "", name)
            if (!(name in text)) names[++count] = name
            text[name] = $0
            next
        }
        /./ { text[name] = text[name] "\n" $0 }
        END { for (i = 1; i <= count; i++) print text[names[i]] }'
}

# start_postfix NAME [main.cf line...]: sets POSTFIX_PORT and POSTFIX, its
# folder; its queue is $POSTFIX/queue. Start the sink first.
start_postfix() {
    needs_root
    find_postfix
    POSTFIX=$WORK/$1
    shift
    POSTFIX_PORT=$(free_port)
    mkdir -p "$POSTFIX/queue" "$POSTFIX/data"
    chown "$MAIL_OWNER" "$POSTFIX/data"
    {
        cat <<END
compatibility_level = 3.6
command_directory = $POSTFIX_ROOT/usr/sbin
daemon_directory = $POSTFIX_ROOT/usr/lib/postfix/sbin
shlib_directory = $POSTFIX_ROOT/usr/lib/postfix
meta_directory = $POSTFIX_ROOT/etc/postfix
sendmail_path = $POSTFIX_ROOT/usr/sbin/sendmail
mailq_path = $POSTFIX_ROOT/usr/bin/mailq
newaliases_path = $POSTFIX_ROOT/usr/bin/newaliases
mail_owner = $MAIL_OWNER
setgid_group = $MAIL_DROP
import_environment = MAIL_CONFIG TZ LANG=C LD_LIBRARY_PATH
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
${SINK_PORT:+relayhost = [127.0.0.1]:$SINK_PORT}
smtp_dns_support_level = disabled
smtp_host_lookup = native
smtp_line_length_limit = 0
smtp_tls_security_level = none
smtpd_peername_lookup = no
smtputf8_enable = no
message_size_limit = 104857600
smtpd_client_connection_count_limit = 0
notify_classes =
local_header_rewrite_clients =
default_process_limit = 20
milter_default_action = tempfail
END
        for line; do
            echo "$line"
        done
    } | last_settings >"$POSTFIX/main.cf"
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
    "$POSTFIX_ROOT/usr/sbin/postfix" -c "$POSTFIX" start >"$POSTFIX/start.log" 2>&1
    wait_until 20 port_answers "$POSTFIX_PORT" || {
        sed 's/^/# /' "$POSTFIX/start.log" "$POSTFIX/log"
        bail_out 'Postfix does not start'
    }
}

stop_postfix() {
    "$POSTFIX_ROOT/usr/sbin/postfix" -c "$1" stop >/dev/null 2>&1
}

# The lines that we ship, in a form that start_postfix takes.
postfix_milter_lines() {
    grep -v '^#' "$top_srcdir/conf/postfix.main.cf"
}

# ---- Sendmail -----------------------------------------------------------------

# find_sendmail: sets SENDMAIL to the folder that Sendmail was unpacked to.
find_sendmail() {
    SENDMAIL=$LISTPULSE_SERVERS/sendmail
    "$top_srcdir/tools/get-server" sendmail "$SENDMAIL" \
        >"$WORK/get-sendmail.log" 2>&1 ||
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
    filter=
    [ -z "$2" ] || filter="include(\`$2')dnl"
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
$filter
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
