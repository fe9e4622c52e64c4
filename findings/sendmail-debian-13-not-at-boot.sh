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
[ "$(id -u)" -eq 0 ] || not_tried 'only root can make a root'
command -v debootstrap >/dev/null || not_tried 'there is no debootstrap'
version=8.18.1-6+b1

# Two looks: the script as it is shipped, and what it does in a root.
mirror=$(apt-get indextargets --format '$(REPO_URI) $(ORIGIN) $(LABEL)' |
    sed -n 's/ Debian Debian$//p' | head -n 1)
timeout 250 debootstrap --variant=minbase \
    --include=systemd-sysv,init-system-helpers,sendmail-bin trixie "$ROOT" \
    "$mirror" >"$WORK/log" 2>&1 || {
    tail -n 5 "$WORK/log" >&2
    not_tried 'no root of Debian 13'
}
seen=$(chroot "$ROOT" dpkg-query -W -f '${Version}' sendmail-bin)
echo "# sendmail-bin $seen"
[ "$seen" = "$version" ] || [ -n "${FINDINGS_NEWEST:-}" ] ||
    not_tried "sendmail-bin is $seen now"
expect 'it has a unit' yes "$([ -e "$ROOT/usr/lib/systemd/system/sendmail.service" ] &&
    echo yes)"
expect 'the unit is' disabled \
    "$(chroot "$ROOT" systemctl is-enabled sendmail.service)"
expect 'the first exit at the top level stands' 'before enable' \
    "$(awk '/^exit 0;?$/ { print "before enable"; exit }
        /deb-systemd-helper enable/ { print "behind it"; exit }' \
        "$ROOT/var/lib/dpkg/info/sendmail-bin.postinst")"
chroot "$ROOT" systemctl enable sendmail.service >/dev/null 2>&1
expect 'once somebody has enabled it' enabled \
    "$(chroot "$ROOT" systemctl is-enabled sendmail.service)"
