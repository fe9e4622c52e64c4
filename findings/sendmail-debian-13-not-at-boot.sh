#!/bin/sh
# Finding: the sendmail-bin package of Debian 13 starts Sendmail when it is
#          installed and leaves its unit disabled: after the next boot there is
#          no mail server. Its postinst ends with "exit 0" before the lines of
#          debhelper that enable the unit.
# Guess:   a package with a unit enables it, as policy and debhelper do; what
#          runs after the installation runs after a boot.
# Seen:    sendmail-bin 8.18.1-6+b1 (Debian 13). 8.17.1.9-2+deb12u2 (Debian 12)
#          has no unit of its own: systemd makes one of the init script, for
#          which update-rc.d is called.
# Hurts:   hosts with Sendmail that were installed as 13: the first reboot stops
#          their mail. "systemctl enable sendmail".
. "$(dirname "$0")/common"
command -v deb-systemd-helper >/dev/null ||
    not_tried 'there is no deb-systemd-helper'
mkdir "$WORK/deb"
package=sendmail-bin=8.18.1-6+b1
[ -z "${FINDINGS_NEWEST:-}" ] || package=${package%%=*}
(cd "$WORK/deb" && apt_for trixie -qq download "$package") >"$WORK/log" 2>&1 ||
    not_tried "$package cannot be downloaded"
dpkg -x "$WORK"/deb/*.deb "$ROOT"
dpkg -e "$WORK"/deb/*.deb "$WORK/control"

# Its last lines, from where all is configured and the daemon was started, as
# dpkg runs them in a root of its own; with and without that exit.
sed -n "/^# If we're still here/,\$p" "$WORK/control/postinst" |
    sed '/^if \[ -f \/etc\/mail\/sendmail.mc \]/,/fi;$/d' >"$WORK/as-shipped"
sed '/^exit 0;$/d' "$WORK/as-shipped" >"$WORK/without-exit"
is_enabled() {
    rm -rf "$ROOT/etc/systemd" "$ROOT/var/lib/systemd"
    mkdir -p "$ROOT/etc/systemd/system" "$ROOT/var/lib/systemd"
    DPKG_MAINTSCRIPT_PACKAGE=sendmail-bin DPKG_ROOT=$ROOT \
        sh -e "$1" configure '' >>"$WORK/log" 2>&1 || {
        cat "$WORK/log" >&2
        not_tried 'the script does not run here'
    }
    [ -L "$ROOT/etc/systemd/system/multi-user.target.wants/sendmail.service" ] &&
        echo enabled || echo disabled
}
expect 'it has a unit' yes \
    "$([ -e "$ROOT/usr/lib/systemd/system/sendmail.service" ] && echo yes)"
expect 'the unit, after the script' disabled "$(is_enabled "$WORK/as-shipped")"
expect 'and if its lines were reached' enabled \
    "$(is_enabled "$WORK/without-exit")"
