#!/bin/sh
# Every fuzz target runs its kept inputs: one line a target.
if [ -z "$fuzz_targets" ]; then
    echo '1..0 # SKIP no fuzz target in this build'
    exit 0
fi
set -- $fuzz_targets
echo "1..$#"
number=0
for target; do
    number=$((number + 1))
    name=${target##*/fuzz_}
    log=$(mktemp) || exit 1
    if $LISTPULSE_TEST_RUNNER "$top_builddir/$target" "$top_srcdir/tests/fuzz/corpus/$name" \
        >"$log" 2>&1; then
        echo "ok $number - $name takes $(tail -n 1 "$log") and lives"
    else
        sed 's/^/# /' "$log"
        echo "not ok $number - $name takes every kept input and lives"
    fi
    rm -f "$log"
done
