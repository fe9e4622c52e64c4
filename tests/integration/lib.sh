# Shell library of the end-to-end tests: TAP over tools/servers.sh.
# Sourced: . "$top_srcdir/tests/integration/lib.sh"

. "${top_srcdir:?run by make check}/tools/servers.sh"
# For the sanitizer builds; others do not read it.
export ASAN_OPTIONS="verify_asan_link_order=0:$ASAN_OPTIONS"

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
    test_name=$1
    shift
    if "$@" >"$WORK/test.log" 2>&1; then
        echo "ok $test_number - $test_name"
        return 0
    fi
    sed 's/^/# /' "$WORK/test.log" | head -n 60
    echo "not ok $test_number - $test_name"
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

# same_but_for_ages FILE OTHER: two JSON digests until now are made at two
# moments. Sets the ages in both files to 0.
same_but_for_ages() {
    sed -i 's/"age_seconds": [0-9]*/"age_seconds": 0/' "$1" "$2" &&
        same "$1" "$2"
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

needs_corpus() {
    [ -e "$CORPUS/$1" ] || skip_all "no $1 in ${CORPUS}"
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
