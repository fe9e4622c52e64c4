#!/bin/sh
# What is asked wrongly is told in one line, with the exit codes of the manual.
. "${top_srcdir:?run by make check}/tests/integration/command.sh"

commands='digest publish import lists show status watch verify forget export
    redis cursors run'

every_command_has_help() {
    for command in $commands; do
        says "usage: listpulse $command" "$LISTPULSE" "$command" --help ||
            return 1
        says '--config FILE' "$LISTPULSE" "$command" -h || return 1
        says 'listpulse ' "$LISTPULSE" "$command" -V || return 1
        says "  $command" "$LISTPULSE" --help || return 1
    done
}

# Formats are completed from their line, which is one for that.
help_fits_a_terminal() {
    for command in '' $commands; do
        # shellcheck disable=SC2086
        "$LISTPULSE" $command --help | grep -v -e '--format' |
            grep '.\{81,\}' && return 1
    done
    return 0
}

# The long options that a command's --help has of its own.
options_in_help() {
    "$LISTPULSE" "$1" --help | sed '/ --config FILE/,$d' |
        sed -n 's/^  .*--\([a-z-]*\).*/\1/p' | sort
}

options_in_manual() {
    awk -v section=".Ss listpulse $1" '
        /^\.S[sh] / { inside = $0 == section }
        inside && /^\.It Fl / {
            for (i = 2; i <= NF; i++)
                if ($i ~ /^-[a-z]/) print substr($i, 2)
        }' "$top_srcdir/man/listpulse.1" | sort
}

the_manual_has_every_option() {
    for command in $commands; do
        options_in_help "$command" >"$WORK/help"
        options_in_manual "$command" >"$WORK/manual"
        same "$WORK/help" "$WORK/manual" || {
            echo "listpulse $command: --help and listpulse(1) differ"
            return 1
        }
        grep -q "^\.Ss listpulse $command\$" "$top_srcdir/man/listpulse.1" ||
            return 1
    done
}

# Every name in a schema stands in its section of the manual.
the_manual_has_every_field() {
    fields_stand_in digest.schema.json '^\.Sh JSON' '^\.Sh ENV' &&
        fields_stand_in show.schema.json '^\.Ss listpulse show' \
            '^\.Ss listpulse status'
}

fields_stand_in() {
    sed -n "/$2/,/$3/p" "$top_srcdir/man/listpulse.1" >"$WORK/section"
    perl -MJSON::PP -0777 -e '
        sub names {
            my ($node) = @_;
            ref $node eq "ARRAY" and return map { names($_) } @$node;
            ref $node eq "HASH" or return;
            my $own = $node->{properties};
            return ((ref $own eq "HASH" ? keys %$own : ()),
                map { names($_) } values %$node);
        }
        my %names = map { $_ => 1 } names(decode_json(<>));
        print map { "$_\n" } sort keys %names;' \
        "$top_srcdir/conf/$1" >"$WORK/names"
    [ "$(wc -l <"$WORK/names")" -gt 50 ] || return 1
    while read -r name; do
        grep -qw -- "$name" "$WORK/section" || {
            echo "not in the manual: $name"
            return 1
        }
    done <"$WORK/names"
}

help_needs_no_state() {
    says usage "$LISTPULSE" --state /dev/null/none digest --help
}

# They and what they need take most of the time of a start.
big_libraries_are_not_loaded_at_start() {
    for name in LIBGIT2 GMIME; do
        grep -q "^#define ${name}_SONAME" "$top_builddir/config.h" || return 0
    done
    objdump -p "$LISTPULSE" >"$WORK/objdump" || return 1
    ! grep -E 'NEEDED.*lib(git2|gmime|gobject)' "$WORK/objdump"
}

common_options_go_before_and_after() {
    complains 1 '' "$LISTPULSE" --redis "unix:$WORK/none" lists &&
        complains 1 '' "$LISTPULSE" lists --redis "unix:$WORK/none"
}

bad_settings_are_named() {
    printf 'redis = "private"\nno_such_key = 1\n' >"$WORK/bad.conf"
    complains 2 "$WORK/bad.conf:2" "$LISTPULSE" -c "$WORK/bad.conf" lists
}

not_redis_is_told() {
    port=$(free_port)
    perl -MIO::Socket::INET -e '
        my $server = IO::Socket::INET->new(Listen => 5, ReuseAddr => 1,
            LocalAddr => "127.0.0.1", LocalPort => $ARGV[0]) or exit 1;
        while (my $peer = $server->accept) {
            sysread($peer, my $words, 4096);
            print $peer "220 mail.example.org ESMTP\r\n";
        }' "$port" &
    pids="$pids $!"
    wait_until 10 port_answers "$port" || return 1
    complains 1 '' "$LISTPULSE" --redis "redis://127.0.0.1:$port" lists
}

plan 39
ok 'every command has help and a version' every_command_has_help
ok 'which fits a terminal' help_fits_a_terminal
ok 'the manual has every field of the JSON' the_manual_has_every_field
ok 'libgit2 and GMime are loaded when they are needed' big_libraries_are_not_loaded_at_start
ok 'help needs no state directory' help_needs_no_state
ok 'the manual has every option, and no other' the_manual_has_every_option
ok 'the version is shown' says 'listpulse ' "$LISTPULSE" --version
ok 'no command' complains 2 'no command' "$LISTPULSE"
ok 'an unknown command' complains 2 'tigest: no such command; near: digest' \
    "$LISTPULSE" tigest
ok 'a command that is near none' complains 2 'listpulse --help names them' \
    "$LISTPULSE" celebrate
ok 'help on a command' says 'usage: listpulse digest' "$LISTPULSE" help digest
ok 'help on none' says 'usage: listpulse ' "$LISTPULSE" help
ok 'help on an unknown command' complains 2 'imprt: no such command; near: import' \
    "$LISTPULSE" help imprt
ok 'an unknown option' complains 2 '--tops: no such option; near: --top' \
    "$LISTPULSE" digest kvm --tops
ok 'a state that is neither one of patch sets nor a directory' \
    complains 2 'lost: no such state; there are new, ' \
    "$LISTPULSE" digest kvm --state lost
ok 'an unknown letter' complains 2 '-x: no such option' "$LISTPULSE" -x
ok 'an option without its value' complains 2 '--format: needs a value' \
    "$LISTPULSE" digest kvm --format
ok 'a number that is none' complains 2 '--top x: not a number' \
    "$LISTPULSE" digest kvm --top x
ok 'a missing list' complains 2 'too few arguments' "$LISTPULSE" digest
ok 'a missing source' complains 2 'too few arguments' "$LISTPULSE" import
ok 'too many arguments' complains 2 'too many' "$LISTPULSE" lists kvm
ok 'an unknown format' complains 2 'rtf: no such format; there are text' \
    pulse digest kvm --format rtf
ok 'an unknown section' complains 2 'people: no such section' \
    pulse digest kvm --sections totals,people
ok 'a mail to something that is no address' \
    complains 2 'not a mail address' pulse digest kvm --mail -oQ/tmp
ok '--advance without a cursor' complains 2 'needs --since-cursor' \
    pulse digest kvm --advance
ok 'a cursor with an odd name' complains 2 "a cursor's name" \
    pulse digest kvm --since-cursor 'a b'
ok 'status in two forms at once' complains 2 'not both' \
    pulse status --json --prometheus
ok 'forget without what' complains 2 'one of --author' pulse forget kvm
ok 'forget with two whats' complains 2 'one of --author' \
    pulse forget kvm --author a@b --before now
ok 'redis with an unknown action' complains 2 'start, stop or info' \
    pulse redis restart
ok 'redis stop for a Redis of others' complains 2 'only a private' \
    pulse --redis "unix:$WORK/none" redis stop
ok 'common options go before and after the command' \
    common_options_go_before_and_after
ok 'settings that are not there' complains 2 "$WORK/none.conf" \
    "$LISTPULSE" -c "$WORK/none.conf" lists
ok 'bad settings are named by file and line' bad_settings_are_named
ok 'an unknown kind of Redis' complains 2 'gopher' \
    pulse --redis gopher://example.org lists
ok 'a Redis that is not there' complains 1 "$WORK/none" \
    pulse --redis "unix:$WORK/none" lists
ok 'a port of somebody else' not_redis_is_told
ok 'a state directory that cannot be' complains 1 /dev/null/none \
    "$LISTPULSE" --state /dev/null/none lists
ok 'nothing was started' [ ! -e "$STATE/redis" ]
