#!/bin/sh
# Finding: psl_registrable_domain() makes a domain of an IPv4 address (192.0.2.7:
#          2.7), and with a final dot or capitals that name a suffix it names the
#          suffix itself: mail.example.co.uk. gives "co.uk.".
# Guess:   what is no host name gives NULL, and the root's dot and case do not
#          matter, as in DNS.
# Seen:    libpsl5 0.21.2-1 (Debian 12), libpsl5t64 0.21.2-1.1+b1 (Debian 13).
# Hurts:   who groups senders or hosts by domain: all networks with the same last
#          bytes are one organisation, all of Britain's companies another. Make it
#          lower case with psl_str_to_utf8lower(), cut the dot, pass over numbers.
. "$(dirname "$0")/common"
packages bookworm libpsl5=0.21.2-1 libpsl-dev=0.21.2-1

cat >"$WORK/domain.c" <<'END'
#include <libpsl.h>
#include <stdio.h>
int main(int argc, char **argv)
{
    const char *domain = argc < 2 ? NULL
        : psl_registrable_domain(psl_builtin(), argv[1]);
    puts(domain != NULL ? domain : "NULL");
}
END
library=$(find "$ROOT" -name 'libpsl.so.5' | head -n 1)
cc -I"$ROOT/usr/include" -o "$WORK/domain" "$WORK/domain.c" "$library" \
    -Wl,--unresolved-symbols=ignore-in-shared-libs
use_libraries
expect 'a host' example.co.uk "$("$WORK/domain" mail.example.co.uk)"
expect 'the same with the dot of the root' co.uk. \
    "$("$WORK/domain" mail.example.co.uk.)"
expect 'the same in capitals' CO.UK "$("$WORK/domain" MAIL.EXAMPLE.CO.UK)"
expect 'an address' 2.7 "$("$WORK/domain" 192.0.2.7)"
