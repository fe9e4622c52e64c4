# Shell library of the install tests: roots of Debian releases, booted by
# systemd-nspawn in a network of their own. Sourced, with top_srcdir set.
#
# Roots are made once, by debootstrap, below $ROOTS and not changed then; a
# machine boots a copy on top of one (overlayfs) in $WORK, and has all packages
# that it may want in a folder, so that apt needs no network.

ROOTS=${LISTPULSE_ROOTS:-/var/cache/listpulse-roots}
WORK=
machine=
machine_pid=
nspawn_pid=

fail() {
    echo "install test: $*" >&2
    exit 1
}

# What a machine that runs this test must have.
cannot_boot() {
    [ "$(id -u)" -eq 0 ] || {
        echo 'only root can boot a root'
        return 0
    }
    for tool in systemd-nspawn debootstrap nsenter; do
        command -v "$tool" >/dev/null || {
            echo "there is no $tool"
            return 0
        }
    done
    return 1
}

# ---- roots ------------------------------------------------------------------

# What a walk installs in a machine, beside what it finds there.
mail_servers='postfix sendmail sendmail-bin sendmail-cf sensible-mda mlmmj'
other_packages='redis-server redis-tools valkey-server bsd-mailx procps python3 sqlite3 mailman3'
boot_packages='systemd-sysv,dbus,perl,ca-certificates,iproute2,procps'

quiet() {
    "$@" >>"$ROOTS/log" 2>&1 </dev/null || {
        tail -n 20 "$ROOTS/log" >&2
        fail "$* failed; more in $ROOTS/log"
    }
}

# in_root ROOT COMMAND...: not booted, with the network of this machine, and
# no service is started there.
in_root() {
    root=$1
    shift
    cp /etc/resolv.conf "$root/etc/resolv.conf"
    printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
    chmod 755 "$root/usr/sbin/policy-rc.d"
    mount -t proc proc "$root/proc"
    status=0
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
        DEBIAN_FRONTEND=noninteractive chroot "$root" "$@" || status=$?
    umount "$root/proc"
    rm -f "$root/usr/sbin/policy-rc.d"
    return $status
}

# release_root RELEASE: $ROOTS/RELEASE, a small system that boots.
release_root() {
    [ ! -e "$ROOTS/$1/.complete" ] || return 0
    rm -rf "${ROOTS:?}/$1"
    echo "# making a root of $1"
    quiet debootstrap --variant=minbase --include="$boot_packages" "$1" \
        "$ROOTS/$1"
    rm -f "$ROOTS/$1"/etc/machine-id
    : >"$ROOTS/$1/etc/machine-id"
    echo "$1" >"$ROOTS/$1/etc/hostname"
    : >"$ROOTS/$1/.complete"
}

# build_root RELEASE: $ROOTS/RELEASE-build, with all that is needed to build,
# also a package; and $ROOTS/RELEASE-pool, all that a machine may install. What
# is there already is not fetched again.
build_root() {
    build=$ROOTS/$1-build
    wanted=$(sed -n "/^build=/,/'\$/p; /^package=/,/'\$/p" \
        "$top_srcdir/tools/install-packages" | tr -s '\n' ' ')
    wanted="$wanted $mail_servers $other_packages"
    mkdir -p "$ROOTS"
    # Held, shared, until the end: nobody changes a root under a machine.
    exec 9>"$ROOTS/$1.lock"
    flock -s 9
    ! is_complete || return 0
    flock -u 9
    flock -x 9
    is_complete || make_build_root "$1"
    flock -s 9
}

is_complete() {
    [ "$(cat "$build/.complete" 2>/dev/null)" = "$wanted" ]
}

make_build_root() {
    release_root "$1"
    echo "# installing what builds in a root of $1"
    rm -rf "$build/.complete"
    [ -d "$build" ] || cp -a "$ROOTS/$1" "$build"
    rm -f "$build/.complete"
    mkdir -p "$ROOTS/$1-pool/partial"
    mount --bind "$ROOTS/$1-pool" "$build/var/cache/apt/archives"
    (fill_build_root "$1")
    status=$?
    umount "$build/var/cache/apt/archives"
    [ $status -eq 0 ] || exit 1
    printf '%s\n' "$wanted" >"$build/.complete"
}

fill_build_root() {
    cp "$top_srcdir/tools/install-packages" "$build/root/"
    quiet in_root "$build" apt-get -q update
    quiet in_root "$build" /root/install-packages build package
    quiet in_root "$build" apt-get -q -y install ccache
    echo "# fetching what is installed in a machine of $1"
    # What is in the smaller root is all that apt may count on.
    cp -a "$ROOTS/$1/var/lib/dpkg/status" "$build/root/status"
    for server in $mail_servers $other_packages \
        "$(in_root "$build" dpkg-query -W -f '${Package} ')"; do
        # shellcheck disable=SC2086
        in_root "$build" apt-get -q -y --no-install-recommends \
            --download-only -o Dir::State::Status=/root/status install \
            $server >>"$ROOTS/log" 2>&1 || echo "# no $server in $1"
    done
    # As a repository for apt.
    quiet in_root "$build" sh -c \
        'cd /var/cache/apt/archives && dpkg-scanpackages . >Packages'
}

# ---- a machine --------------------------------------------------------------

# new_machine ROOT RELEASE [FOLDER]: a copy of $ROOTS/ROOT, and the pool. FOLDER,
# or a clone of this repository, is in /root/listpulse.
new_machine() {
    WORK=$(mktemp -d "${TMPDIR:-/var/tmp}/listpulse-install.XXXXXX")
    machine=lp-$(basename "$WORK" | tr -d . | tr '[:upper:]' '[:lower:]' |
        tail -c 16)
    mkdir "$WORK/upper" "$WORK/work" "$WORK/root"
    mount -t overlay overlay -o \
        "lowerdir=$ROOTS/$1,upperdir=$WORK/upper,workdir=$WORK/work" \
        "$WORK/root" 2>/dev/null || cp -a "$ROOTS/$1/." "$WORK/root/"
    echo 'deb [trusted=yes] file:/pool ./' >"$WORK/root/etc/apt/sources.list"
    rm -rf "$WORK/root"/etc/apt/sources.list.d/* "$WORK/root"/var/lib/apt/lists/*
    echo mx.example.test >"$WORK/root/etc/hostname"
    echo '127.0.0.1 mx.example.test mx localhost' >"$WORK/root/etc/hosts"
    mkdir -p "$WORK/root/pool" "$WORK/root/ccache" "$ROOTS/ccache"
    pool=$ROOTS/$2-pool
    if [ -n "$3" ]; then
        cp -a "$3" "$WORK/root/root/listpulse"
    else
        git clone -q "$top_srcdir" "$WORK/root/root/listpulse" || exit 1
    fi
}

is_running() {
    machine_pid=$(pgrep -P "$nspawn_pid" | head -n 1)
    [ -n "$machine_pid" ] &&
        inside systemctl is-system-running 2>/dev/null |
        grep -qE 'running|degraded'
}

# A kernel that has the old control groups gives a new machine the new ones.
boot() {
    SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 systemd-nspawn --quiet \
        --directory="$WORK/root" --machine="$machine" --private-network \
        --bind-ro="$pool:/pool" --bind="$ROOTS/ccache:/ccache" --register=no --keep-unit --boot \
        --console=pipe >>"$WORK/console" 2>&1 </dev/null 9>&- &
    nspawn_pid=$!
    wait_until 60 is_running || {
        inside systemctl list-jobs || cat "$WORK/console"
        fail "$machine does not boot"
    }
    inside sh -c 'ip link set lo up 2>/dev/null; apt-get -qq update'
}

# inside COMMAND...: in the booted machine, as its root, in /root/listpulse.
inside() {
    nsenter -t "$machine_pid" -m -u -i -n -p -- env -i \
        PATH=/usr/lib/ccache:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        DEB_BUILD_OPTIONS="$DEB_BUILD_OPTIONS" CCACHE_DIR=/ccache HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
        sh -c 'cd /root/listpulse 2>/dev/null || cd /root; exec "$@"' sh "$@"
}

nspawn_is_gone() {
    ! kill -0 "$nspawn_pid" 2>/dev/null
}

power_off() {
    [ -n "$nspawn_pid" ] || return 0
    inside systemctl poweroff >/dev/null 2>&1
    wait_until 60 nspawn_is_gone || {
        kill -9 "$machine_pid" 2>/dev/null
        kill "$nspawn_pid" 2>/dev/null
    }
    wait "$nspawn_pid" 2>/dev/null
    nspawn_pid=
}

remove_machine() {
    [ -n "$WORK" ] || return 0
    power_off
    ! mountpoint -q "$WORK/root" || umount "$WORK/root"
    [ -n "$LISTPULSE_TEST_KEEP" ] || rm -rf "$WORK"
    WORK=
}
trap 'status=$?; remove_machine; exit $status' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# wait_until SECONDS COMMAND...: true as soon as the command is.
wait_until() {
    limit=$(($(date +%s) + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "$(date +%s)" -le "$limit" ] || return 1
        sleep 0.1
    done
}

# ---- README -----------------------------------------------------------------

# sh_blocks FILE [NUMBER]: the lines of its shell blocks, of all or of one.
sh_blocks() {
    awk -v number="$2" '
        /^```/ && shown { shown = 0; next }
        /^```sh$/ { shown = number == "" || ++block == number; next }
        shown' "$1"
}

# readme SECTION [NUMBER]: those below this heading of README.md.
readme() {
    awk -v section="### $1" '/^##/ { inside = $0 == section } inside' \
        "$top_srcdir/README.md" >"$WORK/section"
    sh_blocks "$WORK/section" "$2"
}
