#!/bin/sh
# SPDX-License-Identifier: MIT
# What Prometheus is told, read by Prometheus's own program: a series a list,
# with the numbers of the digest; and the dashboard that draws it.
. "${top_srcdir:?run by make check}/tests/integration/command.sh"
have redis-server || skip_all 'redis-server is not here'
plan 8

clock=${LISTPULSE%/command/*}/tests/support/clock.so
conf=$top_srcdir/tests/data/sample.conf
dashboard=$top_srcdir/conf/grafana-dashboard.json
socket=$STATE/redis/redis.sock

find_promtool() {
    PROMTOOL=$(command -v promtool) && return
    PROMTOOL=$LISTPULSE_SERVERS/prometheus/usr/bin/promtool
    "$top_srcdir/tools/get-server" prometheus "$LISTPULSE_SERVERS/prometheus" \
        >"$WORK/get-prometheus.log" 2>&1
}

# A while after the sample's day.
at_its_time() {
    date -u -d '2025-03-13 12:00' +%s000 >"$WORK/clock"
    LISTPULSE_TEST_CLOCK=$WORK/clock LD_PRELOAD=$clock \
        "$LISTPULSE" -c "$conf" --state "$STATE" "$@"
}

metrics() {
    at_its_time status --prometheus >"$WORK/metrics" 2>"$WORK/err"
}

# Of every list; what a list has no value of has no line.
they_are_the_digests() {
    metrics || return 1
    for list in "$SAMPLE_LIST" "$OTHER_LIST"; do
        at_its_time digest "$list" 7d --format json >"$WORK/$list.json" ||
            return 1
    done
    pulse lists --json >"$WORK/lists.json" || return 1
    perl -MJSON::PP -MTime::Piece -e '
        my ($folder, @lists) = @ARGV;
        sub load { open my $in, "<", "$folder/$_[0]" or die; local $/;
                   decode_json(<$in>) }
        my (%is, $compared);
        open my $in, "<", "$folder/metrics" or die;
        while (<$in>) {
            /^listpulse_list_(\w+)\{list="([^"]+)"\} (\S+)$/ or next;
            die "twice: $_" if defined $is{$2}{$1};
            $is{$2}{$1} = $3;
        }
        my %known = map { $_->{id} => $_ } @{load("lists.json")};
        for my $list (@lists) {
            my $digest = load("$list.json");
            my $measures = $digest->{measures};
            my $last = $known{$list}{last};
            my %wanted = (up => 1, posts_total => $known{$list}{posts},
                recent_posts => $digest->{totals}{posts},
                recent_patches => $digest->{totals}{patches},
                waiting_patch_sets => scalar @{$digest->{waiting}},
                first_reply_median_seconds =>
                    $measures->{first_reply_seconds}{median},
                first_review_median_seconds =>
                    $measures->{first_review_seconds}{median},
                recent_reviewed_ratio => $measures->{patches} > 0
                    ? $measures->{patches_reviewed} / $measures->{patches}
                    : undef);
            die "last post of $list" if
                int($is{$list}{last_post_timestamp_seconds}) - 60 > Time::Piece
                    ->strptime($last, "%Y-%m-%dT%H:%M:%SZ")->epoch;
            for (sort keys %wanted) {
                my ($told, $wanted) = ($is{$list}{$_}, $wanted{$_});
                print "$list $_ ", $told // "-", " ", $wanted // "-", "\n";
                die "differs" if defined $told != defined $wanted
                    || defined $told && abs($told - $wanted) > 1e-9;
                $compared++ if $told;
            }
        }
        die "hardly anything: $compared" if $compared < 10;' \
        "$WORK" "$SAMPLE_LIST" "$OTHER_LIST"
}

# Duplicates of the sample: one, see its README.
copies_and_people_are_told() {
    grep -qxF "listpulse_list_duplicates_total{list=\"$SAMPLE_LIST\"} 1" \
        "$WORK/metrics" &&
        grep -qE "^listpulse_list_people\{list=\"$SAMPLE_LIST\"\} [1-9]" \
            "$WORK/metrics"
}

any_list_id_is_a_label() {
    pulse import --list '~u/finch{1}.lists.example.org' "$SAMPLE" \
        >"$WORK/import.log" 2>&1 || return 1
    metrics && grep -F 'list="~u/finch{1}.lists.example.org"' "$WORK/metrics" &&
        "$PROMTOOL" check metrics <"$WORK/metrics"
}

# The milter's metrics among them.
promtool_finds_nothing() {
    [ "$(grep -c '^listpulse_' "$WORK/whole")" -gt 60 ] || {
        cat "$WORK/whole"
        return 1
    }
    "$PROMTOOL" check metrics <"$WORK/whole" >"$WORK/lint" 2>&1
    status=$?
    cat "$WORK/lint"
    [ $status -eq 0 ] && [ ! -s "$WORK/lint" ]
}

# Each name that it draws is told, and each name of a list is drawn.
the_dashboard_draws_what_is_told() {
    python3 - "$dashboard" "$WORK/whole" "$WORK/rules" <<'END'
import json, re, sys
board = json.load(open(sys.argv[1]))
told = set(re.findall(r"^(listpulse_\w+)", open(sys.argv[2]).read(), re.M))
told |= set(re.findall(r"^# TYPE (listpulse_list_\w+)", open(sys.argv[2]).read(),
                       re.M))
queries = [target["expr"] for panel in board["panels"]
           for target in panel.get("targets", [])]
variables = [v["query"]["query"] for v in board["templating"]["list"]
             if v["type"] == "query"]
drawn = set(re.findall(r"\b(listpulse_\w+)", " ".join(queries + variables)))
assert len(queries) > 15, queries
assert drawn <= told, "not told: %s" % sorted(drawn - told)
lists = {name for name in told if name.startswith("listpulse_list_")}
assert len(lists) > 8 and lists <= drawn, sorted(lists - drawn)
# No two panels in one place, and all within the 24 columns.
places = set()
for panel in board["panels"]:
    at = panel["gridPos"]
    own = {(x, y) for x in range(at["x"], at["x"] + at["w"])
           for y in range(at["y"], at["y"] + at["h"])}
    assert at["x"] + at["w"] <= 24 and not own & places, panel["title"]
    places |= own
ids = [panel["id"] for panel in board["panels"]]
assert len(ids) == len(set(ids))
# The form that Grafana's dashboard kind asks for, as far as we use it.
for key, kind in (("uid", str), ("title", str), ("description", str),
                  ("timezone", str), ("refresh", str), ("tags", list),
                  ("editable", bool), ("schemaVersion", int), ("version", int)):
    assert type(board[key]) is kind, key
assert 8 <= len(board["uid"]) <= 40 and board["graphTooltip"] in (0, 1, 2)
assert board["schemaVersion"] >= 36 and {"from", "to"} == set(board["time"])
for variable in board["templating"]["list"]:
    assert variable["type"] in ("query", "adhoc", "constant", "datasource",
                                "interval", "textbox", "custom", "system")
    assert variable["hide"] in (0, 1, 2), variable["name"]
for panel in board["panels"]:
    assert isinstance(panel["title"], str) and panel["gridPos"]["h"] > 0
    if panel["type"] == "row":
        assert panel["panels"] == [] and panel["collapsed"] is False
        continue
    assert {"defaults", "overrides"} <= set(panel["fieldConfig"]), panel["title"]
    refs = [target["refId"] for target in panel["targets"]]
    assert refs and len(refs) == len(set(refs)), panel["title"]
    for one in [panel, *panel["targets"]]:
        assert one["datasource"] == {"type": "prometheus",
                                     "uid": "${datasource}"}, panel["title"]
    steps = panel["fieldConfig"]["defaults"].get("thresholds", {}).get(
        "steps", [])
    assert all(isinstance(step["color"], str) for step in steps)
    values = [step["value"] for step in steps[1:]]
    assert values == sorted(values), panel["title"]
rules = [{"record": "listpulse:query%d" % i,
          "expr": q.replace("$list", ".*").replace("$__rate_interval", "5m")}
         for i, q in enumerate(queries)]
assert "$" not in " ".join(rule["expr"] for rule in rules)
json.dump({"groups": [{"name": "dashboard", "rules": rules}]},
          open(sys.argv[3], "w"))
END
}

promtool_reads_its_queries() {
    "$PROMTOOL" check rules "$WORK/rules" >"$WORK/lint" 2>&1
    status=$?
    cat "$WORK/lint"
    [ $status -eq 0 ] && grep -qE 'SUCCESS: [0-9]{2} rules' "$WORK/lint"
}

one_that_cannot_be_read_is_down() {
    redis-cli -s "$socket" hset "lp:{$OTHER_LIST}:meta" format 99 \
        >"$WORK/cli" 2>&1 || return 1
    metrics
    status=$?
    grep -F "$OTHER_LIST" "$WORK/metrics"
    [ $status -eq 1 ] &&
        [ "$(grep -cF "$OTHER_LIST" "$WORK/metrics")" -eq 1 ] &&
        grep -qxF "listpulse_list_up{list=\"$OTHER_LIST\"} 0" "$WORK/metrics" &&
        grep -qxF "listpulse_list_up{list=\"$SAMPLE_LIST\"} 1" "$WORK/metrics"
}

# A file that is named and missing is refused with the settings; one that
# cannot be read leaves the series of lists out, whole.
what_cannot_be_told_is_left_out() {
    mkdir "$WORK/mailmap"
    echo "mailmap = \"$WORK/mailmap\"" >"$WORK/bad.conf"
    "$LISTPULSE" -c "$WORK/bad.conf" --state "$STATE" status --prometheus \
        >"$WORK/out" 2>"$WORK/err"
    status=$?
    cat "$WORK/err"
    [ $status -ne 0 ] && grep -q '^listpulse: .*mailmap' "$WORK/err" &&
        ! grep -q listpulse_list_ "$WORK/out"
}

find_promtool || skip_all 'no promtool here, and none to be had'
pulse import "$SAMPLE" >"$WORK/import.log" 2>&1 ||
    bail_out 'the sample cannot be imported'
ok 'a list has the numbers of its digest' they_are_the_digests
ok 'copies and people are told' copies_and_people_are_told
ok 'any List-Id is a label' any_list_id_is_a_label
start_milter "$WORK/socket/milter"
CONF=$conf
wait_until 20 metrics || sed 's/^/# /' "$WORK/err"
cp "$WORK/metrics" "$WORK/whole"
ok 'promtool finds nothing to say' promtool_finds_nothing
ok 'the dashboard draws what is told' the_dashboard_draws_what_is_told
ok 'promtool reads its queries' promtool_reads_its_queries
stop_milter
ok 'a list that cannot be read is down' one_that_cannot_be_read_is_down
ok 'what cannot be told is left out, whole' what_cannot_be_told_is_left_out
