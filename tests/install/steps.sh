# The steps of the install tests, over lib.sh: one line each, TAP's words.
# Sourced, with release and list set.

failed=0
log=${LISTPULSE_INSTALL_LOG:-/dev/null}

# step NAME COMMAND...: what it says is shown if it fails.
step() {
    step_name=$1
    shift
    began=$(date +%s)
    rm -f "$WORK/note"
    if "$@" >"$WORK/step" 2>&1; then
        echo "ok - $step_name ($(($(date +%s) - began)) s)"
        [ ! -e "$WORK/note" ] || sed 's/^/#   /' "$WORK/note"
    else
        failed=$((failed + 1))
        echo "not ok - $step_name"
        tail -n 40 "$WORK/step" | sed 's/^/#   /'
        # Nothing goes on behind a line of README that does not work.
        [ "$1" != lines ] || exit 1
    fi
    {
        echo "==> $step_name"
        cat "$WORK/step"
    } >>"$log"
}

# lines SECTION [BLOCK]: README's, in one shell that stops at the first fault.
lines() {
    readme "$@" >"$WORK/lines"
    run_lines "README's $*"
}

# guide NAME [BLOCK]: the same of doc/NAME.md.
guide() {
    sh_blocks "$top_srcdir/doc/$1.md" "$2" >"$WORK/lines"
    run_lines "doc/$1.md"
}

run_lines() {
    [ -s "$WORK/lines" ] || {
        echo "no lines: $1"
        return 1
    }
    cat "$WORK/lines"
    cp "$WORK/lines" "$WORK/root/root/lines"
    inside sh -e /root/lines
}

# mail SUBJECT: by SMTP, as a list's server hands it on; prints the seconds.
mail() {
    inside perl -MIO::Socket::INET -MTime::HiRes=time -e '
        my ($list, $subject) = @ARGV;
        my $began = time;
        my $server = IO::Socket::INET->new(PeerAddr => "127.0.0.1:25",
            Timeout => 20) or die "no server at port 25: $@\n";
        my @lines = ("", "EHLO lists.example.org",
            "MAIL FROM:<bounces\@localhost>",
            "RCPT TO:<root\@localhost>", "DATA",
            "From: Ada Finch <ada\@finch.example>\r\n"
            . "To: heron\@lists.example.org\r\nSubject: $subject\r\n"
            . "Date: Tue, 04 Mar 2025 10:00:00 +0000\r\n"
            . "Message-ID: <" . time . "\@finch.example>\r\n"
            . "List-Id: <$list>\r\n\r\nThey nest again.\r\n.", "QUIT");
        for my $line (@lines) {
            print $server "$line\r\n" if length $line;
            my $reply;
            do { $reply = <$server> // die "connection lost\n" }
                while $reply =~ /^\d\d\d-/;
            $reply =~ /^[23]/ or die "$line: $reply";
        }
        printf "%.2f\n", time - $began;
    ' "$list" "$1"
}

mail_in_time() {
    seconds=$(mail "$1") || return 1
    echo "$seconds seconds"
    awk -v seconds="$seconds" 'BEGIN { exit !(seconds <= 1) }'
}

has_counted() {
    [ "$(inside listpulse lists | awk -v list="$list" \
        '$1 == list || index(list, $1) == 1 { print $2 }')" = "$1" ]
}

# counts N: so many posts are there soon, and no more.
counts() {
    wait_until 20 has_counted "$1" && return
    inside listpulse lists
    inside listpulse status
    inside journalctl -u listpulse --no-pager -n 30
    return 1
}

is_active() {
    inside systemctl is-active "$1"
}

# Active, and still so when a start that fails would have failed.
stays_up() {
    wait_until 20 is_active listpulse &&
        pid=$(inside systemctl show -P MainPID listpulse) && sleep 3 &&
        [ "$(inside systemctl show -P MainPID listpulse)" = "$pid" ] && return
    inside systemctl status listpulse --no-pager
    inside journalctl -u listpulse --no-pager -n 30
    return 1
}

is_tight() {
    inside systemd-analyze security --no-pager listpulse.service | tail -n 1 |
        tee "$WORK/exposure"
    awk -F: '{ exit !($2 + 0 > 0 && $2 + 0 <= 1.1) }' "$WORK/exposure"
}

digest_shows() {
    inside listpulse digest "$list" --last 3650d >"$WORK/digest" || return 1
    cat "$WORK/digest"
    grep -q '1 post by 1 person' "$WORK/digest"
}

is_clean() {
    strange=$(inside git status --porcelain)
    [ -z "$strange" ] || {
        echo "$strange"
        return 1
    }
}

nothing_of_roots() {
    strange=$(inside find /var/lib/listpulse ! -user listpulse)
    [ -z "$strange" ] || {
        echo "not listpulse's: $strange"
        return 1
    }
}

install_server() {
    case $server in
    postfix)
        inside sh -c 'echo postfix postfix/main_mailer_type select Local only |
            debconf-set-selections
            echo postfix postfix/mailname string mx.example.test |
                debconf-set-selections
            apt-get -q -y --no-install-recommends install postfix'
        ;;
    sendmail)
        # It listens to nobody while the load of the whole machine is high.
        inside apt-get -q -y --no-install-recommends install \
            sendmail sendmail-bin sendmail-cf make &&
            echo 'define(`confREFUSE_LA'"', \`1000')dnl" |
            inside tee -a /etc/mail/sendmail.mc
        ;;
    esac
}

answers_at_25() {
    inside perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(
        PeerAddr => "127.0.0.1:25", Timeout => 2); exit !($s && <$s>)'
}

# The package that README's first lines build.
build_package() {
    DEB_BUILD_OPTIONS=nocheck lines 'Debian package' 1 || return 1
    rm -rf "$kept"
    mkdir -p "$kept"
    cp "$WORK"/root/root/listpulse/deb/* "$kept/"
}

# lintian, as far as it is a fault.
lint() {
    inside lintian --fail-on error,warning --suppress-tags \
        bad-distribution-in-changes-file,initial-upload-closes-no-bugs \
        "/root/listpulse/deb/$(cd "$kept" && ls ./*.changes)"
}

# debian/tests, as Debian runs them.
autopkgtest_passes() {
    inside sh -c 'autopkgtest --ignore-restrictions=isolation-container \
        -B deb/listpulse_*.deb ./ -- null' && return
    status=$?
    inside journalctl -u listpulse --no-pager -n 20
    return $status
}

# have_package: in $kept, made anew for another tree than the last one was.
have_package() {
    kept=$ROOTS/$release-deb
    tree=$(git -C "$top_srcdir" rev-parse 'HEAD^{tree}')
    [ ! -e "$kept/$tree" ] || return 0
    new_machine "$release-build" "$release"
    echo "# $release, building the package"
    step 'a machine for it boots' boot
    step 'README: build a package' build_package
    step 'lintian has no word against it' lint
    step 'autopkgtest: a mail' autopkgtest_passes
    remove_machine
    [ $failed -eq 0 ] || exit 1
    : >"$kept/$tree"
}

# take_package: the machine has it where README built it.
take_package() {
    mkdir -p "$WORK/root/root/listpulse/deb"
    cp "$kept"/*.deb "$WORK/root/root/listpulse/deb/"
}

# prepare RELEASE: the roots; ends with 77 where nothing can be booted.
prepare() {
    why=$(cannot_boot) && {
        echo "not tried: $why"
        exit 77
    }
    build_root "$1"
}
