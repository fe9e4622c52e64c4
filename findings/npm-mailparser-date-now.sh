#!/bin/sh
# Finding: mailparser gives the time at which it runs as the date of a mail whose
#          Date it cannot read, and nothing that tells so; it cannot read zones by
#          name such as CET or MET.
# Guess:   mail.date is undefined then, as it is where there is no Date.
# Seen:    mailparser 3.9.0 and 3.14.2 (npm), Node 20.
# Hurts:   importers and readers of archives: old mail of servers in Europe is
#          dated today, sorts first, and another day at each run. Look into
#          headerLines for what Date says and read that oneself.
. "$(dirname "$0")/common"
npm_packages mailparser@3.9.0

cat >"$WORK/date.js" <<'END'
const { simpleParser } = require('mailparser');
const before = Date.now();
simpleParser(process.argv[2] + 'Subject: x\r\n\r\nHello.\r\n').then((mail) => {
    const time = mail.date && mail.date.getTime();
    console.log(!mail.date ? 'none'
        : time >= before && time <= Date.now() ? 'now'
        : mail.date.toISOString());
});
END
# date_of HEADER
date_of() {
    (cd "$WORK" && node date.js "$1")
}
crlf=$(printf '\r\n.')
crlf=${crlf%.}
expect 'no Date' none "$(date_of '')"
expect 'a zone by number' 2005-03-11T06:45:00.000Z \
    "$(date_of "Date: Fri, 11 Mar 2005 07:45:00 +0100$crlf")"
expect 'a zone by an American name' 2005-03-11T12:45:00.000Z \
    "$(date_of "Date: Fri, 11 Mar 2005 07:45:00 EST$crlf")"
expect 'a zone by a European name' now \
    "$(date_of "Date: Fri, 11 Mar 2005 07:45:00 CET$crlf")"
expect 'a day in German' now \
    "$(date_of "Date: Fr, 11 Mrz 2005 07:45:00 +0100$crlf")"
