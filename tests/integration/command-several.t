#!/bin/sh
# digest of several lists as one: named with commas, as a group, all.
. "${top_srcdir:?run by make check}/tests/integration/command.sh"
have redis-server || skip_all 'redis-server is not here'
plan 9

pulse import "$SAMPLE" >"$WORK/import.log" 2>&1 ||
    bail_out 'the sample cannot be imported'
cat >"$WORK/groups.conf" <<END
group "birds" {
    lists = { "kestrel-devel", "$OTHER_LIST" }
    title = "Birds of prey"
}
END
year='--since 2025-01-01 --until 2026-01-01'

# posts OPERANDS...: how many posts a digest counts.
posts() {
    # shellcheck disable=SC2086
    pulse -c "$WORK/groups.conf" digest $year --format json "$@" \
        >"$WORK/json" 2>"$WORK/err" || {
        cat "$WORK/err"
        return 1
    }
    perl -MJSON::PP -0777 -ne 'print decode_json($_)->{totals}{posts}' \
        "$WORK/json"
}

# Both mails of the other list came to the first one, too: 62 and 2.
counts_once() {
    [ "$(posts "$1")" -eq 62 ] || {
        echo "$1: $(posts "$1") posts"
        return 1
    }
}

each_row_tells_its_lists() {
    # shellcheck disable=SC2086
    pulse -c "$WORK/groups.conf" digest birds $year >"$WORK/text" &&
        grep -q '^BIRDS\|^Birds of prey mailing list update' "$WORK/text" &&
        grep -q 'on kestrel-devel, heron-net' "$WORK/text"
}

all_needs_no_list() {
    # shellcheck disable=SC2086
    pulse digest --all $year --sections totals >"$WORK/all" &&
        grep -q ': 62 posts by' "$WORK/all"
}

one_that_cannot_be_read_is_told() {
    redis-cli -s "$STATE/redis/redis.sock" hset "lp:{$OTHER_LIST}:meta" format 99 \
        >"$WORK/cli" 2>&1 || {
        cat "$WORK/cli"
        return 1
    }
    # shellcheck disable=SC2086
    pulse digest "kestrel-devel,$OTHER_LIST" $year >"$WORK/out" 2>"$WORK/err"
    status=$?
    cat "$WORK/err"
    [ $status -eq 1 ] && grep -q "$OTHER_LIST" "$WORK/err" &&
        grep -q ': 62 posts by' "$WORK/out"
}

ok 'two lists are one digest' counts_once "kestrel-devel,$OTHER_LIST"
ok 'in any order' counts_once "$OTHER_LIST,kestrel-devel"
ok 'one that is named twice is there once' \
    counts_once "$OTHER_LIST,kestrel-devel,kestrel-devel"
ok 'a group is its lists' counts_once birds
ok 'each row tells its lists' each_row_tells_its_lists
ok 'all lists need no name' all_needs_no_list
ok 'a list that is not there is named' complains 2 'nothing: no such list' \
    pulse digest kestrel-devel,nothing
ok 'classic is of one list' complains 2 'classic: is of one list only' \
    pulse digest --all --format classic
ok 'one that cannot be read is told, the others are shown' \
    one_that_cannot_be_read_is_told
