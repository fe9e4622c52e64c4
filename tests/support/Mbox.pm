# SPDX-License-Identifier: MIT
#
# Mbox files for the tests' own tools; knows nothing of listpulse's reader.
package Mbox;
use strict;
use warnings;
use Exporter 'import';
use POSIX ();

our @EXPORT = qw(arrival_of mails_of);
my %month;
@month{qw(Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec)} = (0 .. 11);

# The mails of an mbox: a "From " line at the start or after an empty line
# begins one; the empty line before it is the mbox's, not the mail's. A file
# that does not start with "From " is one mail.
sub mails_of {
    my ($file) = @_;
    open(my $in, '<:raw', $file) or die "$file: $!\n";
    local $/ = undef;
    my $bytes = <$in>;
    return ($bytes) unless $bytes =~ /\AFrom /;
    my @mails = split /(?:\A|(?<=\n)\n)From [^\n]*\n/, $bytes;
    shift @mails;
    $mails[-1] =~ s/\n\n\z/\n/;
    s/^>(>*From )/$1/mg for @mails;
    return @mails;
}

# Seconds of the newest Received header, undef without one.
sub arrival_of {
    my ($mail) = @_;
    my ($head) = split /\n\n/, $mail, 2;
    $head =~ s/\n[ \t]+/ /g;
    return undef
        unless $head =~
        /^Received:[^\n]*;\s*\w+,\s+(\d+)\s+(\w+)\s+(\d+)\s+(\d+):(\d+):(\d+)/m;
    local $ENV{TZ} = 'UTC';
    POSIX::tzset();
    return POSIX::mktime($6, $5, $4, $1, $month{$2}, $3 - 1900);
}

1;
