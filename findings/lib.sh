# Shell library of the findings. Sourced; see README.md for the form.
# Leaves: WORK (temporary, removed at the end), ROOT (unpacked packages).
# shellcheck shell=sh
set -eu
WORK=$(mktemp -d)
ROOT=$WORK/root
mkdir "$ROOT"
trap 'rm -rf "$WORK"' EXIT
trap 'exit 1' INT TERM

not_tried() {
    echo "not tried: $*" >&2
    exit 77
}

# apt_for RELEASE ARGUMENT...: apt-get with lists of its own, from the mirror
# that this machine uses.
apt_for() {
    apt_release=$1
    shift
    apt=$WORK/apt-$apt_release
    [ -d "$apt" ] || {
        mirror=$(apt-get indextargets --format '$(REPO_URI) $(ORIGIN) $(LABEL)' |
            sed -n 's/ Debian Debian$//p' | head -n 1)
        mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$apt/empty"
        keys=/usr/share/keyrings/debian-archive-keyring.gpg
        echo "deb [signed-by=$keys] ${mirror:?no Debian mirror is known to apt} \
$apt_release main" >"$apt/sources.list"
        : >"$apt/status"
        run_apt -qq update >"$apt/log" 2>&1 || {
            cat "$apt/log" >&2
            not_tried "no package lists of $apt_release"
        }
    }
    run_apt "$@"
}

run_apt() {
    apt-get -o Dir::Etc::SourceList="$apt/sources.list" \
        -o Dir::Etc::SourceParts="$apt/empty" -o Dir::State="$apt" \
        -o Dir::State::Lists="$apt/lists" -o Dir::State::Status="$apt/status" \
        -o Dir::Cache="$apt/cache" -o APT::Sandbox::User=root "$@"
}

# packages RELEASE NAME=VERSION...: unpacked below $ROOT.
packages() {
    release=$1
    shift
    mkdir -p "$WORK/debs"
    for package; do
        [ -z "${FINDINGS_NEWEST:-}" ] || package=${package%%=*}
        (cd "$WORK/debs" && apt_for "$release" -qq download "$package") \
            >"$WORK/download.log" 2>&1 || {
            cat "$WORK/download.log" >&2
            not_tried "$package of $release cannot be downloaded"
        }
    done
    for deb in "$WORK"/debs/*.deb; do
        echo "# $(basename "$deb" .deb)"
        dpkg -x "$deb" "$ROOT"
    done
    rm -rf "$WORK/debs"
}

# npm_packages NAME@VERSION...: in $WORK/node_modules, without their scripts.
npm_packages() {
    command -v npm >/dev/null || not_tried 'there is no npm'
    (cd "$WORK" && npm install --silent --no-save --ignore-scripts \
        --no-audit --no-fund "$@") >"$WORK/download.log" 2>&1 || {
        cat "$WORK/download.log" >&2
        not_tried "$* cannot be downloaded"
    }
}

# expect WHAT WANTED SEEN: the behaviour that the finding is about.
expect() {
    if [ "$2" = "$3" ]; then
        echo "as found: $1: $3"
        return 0
    fi
    echo "CHANGED: $1: expected '$2', seen '$3'"
    exit 1
}
