#!/bin/sh
# SPDX-License-Identifier: MIT
# Digests of random lists, groups, intervals and filters say the same in every
# format: of the sample's lists, and of the corpora that are here.
. "${top_srcdir:?run by make check}/tests/integration/command.sh"
have redis-server || skip_all 'redis-server is not here'
have python3 || skip_all 'python3 is not here'
plan 3

corpus=${LISTPULSE_CORPUS:-$top_srcdir/../shared/corpus}
rounds=12

all_is_there() {
    pulse import "$SAMPLE" >"$WORK/import.log" 2>&1 || return 1
    for name in kvm-ppc openwrt-devel samba-technical io-uring; do
        [ -e "$corpus/$name.bundle" ] || continue
        git clone -q --bare "$corpus/$name.bundle" "$WORK/$name.git" &&
            pulse import --list "$name.example.org" "$WORK/$name.git" \
                >>"$WORK/import.log" 2>&1 || return 1
        rounds=50
    done
}

# A difference of one is found.
differs() {
    cat >"$WORK/changed" <<END
#!/bin/sh
"$LISTPULSE" "\$@" >"$WORK/said" || exit
case " \$* " in
*' markdown '*) sed 's/\([0-9]\) posts by/1\1 posts by/' "$WORK/said" ;;
*) cat "$WORK/said" ;;
esac
END
    chmod +x "$WORK/changed"
    ! agree 15 12 "$WORK/changed" >"$WORK/differs" 2>&1 &&
        grep -q "'markdown'" "$WORK/differs" || {
        cat "$WORK/differs"
        return 1
    }
}

agree() {
    seed=$1 count=$2 command=$3
    python3 "$top_srcdir/tests/support/agree.py" "$seed" "$count" "$command" \
        --state "$STATE"
}

ok 'lists are there' all_is_there
ok 'all formats say the same' agree 15 $rounds "$LISTPULSE"
ok 'and a difference is seen' differs
