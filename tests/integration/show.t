#!/bin/sh
# SPDX-License-Identifier: MIT
# show --json: of every post of the sample, as its schema says, and telling
# the same as the lines of show and the JSON of digest.
. "${top_srcdir:?run by make check}/tests/integration/command.sh"
have redis-server || skip_all 'redis-server is not here'
plan 7

list=$SAMPLE_LIST
conf=$top_srcdir/tests/data/sample.conf

show() {
    "$LISTPULSE" -c "$conf" --state "$STATE" show "$@"
}

all_are_shown() {
    pulse export $list | sed -n 's/.*"mark": *"\([0-9a-f]\{40\}\)".*/\1/p' |
        sort -u >"$WORK/marks"
    [ "$(wc -l <"$WORK/marks")" -eq 62 ] || {
        wc -l "$WORK/marks"
        return 1
    }
    mkdir -p "$WORK/shown"
    while read -r mark; do
        show --json $list "$mark" >"$WORK/shown/$mark.json" &&
            show $list "$mark" >"$WORK/shown/$mark.text" || return 1
    done <"$WORK/marks"
}

# FOLDER COUNT: so many files.
are_as_the_schema_says() {
    python3 - "$top_srcdir/conf/show.schema.json" "$@" <<'END'
import glob, json, jsonschema, sys
schema = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
files = glob.glob(sys.argv[2] + "/*.json")
faults = ["%s: %s: %s" % (name, error.json_path, error.message)
          for name in files for error in validator.iter_errors(
              json.load(open(name)))]
print("\n".join(faults))
assert len(files) == int(sys.argv[3]) and not faults
# A schema that allows everything would say so of anything.
broken = json.load(open(files[0]))
broken["posts"][0]["kind"] = "letter"
assert not validator.is_valid(broken)
END
}

they_say_what_the_lines_say() {
    python3 - "$WORK/shown" <<'END'
import glob, json, re, sys
sets = reviews = malformed = 0
for name in glob.glob(sys.argv[1] + "/*.json"):
    post, = json.load(open(name))["posts"]
    lines = []
    for line in open(name.replace(".json", ".text")):
        label, text = line[:13].strip(), line[13:].rstrip("\n")
        lines.append((label or lines[-1][0], text))
    def told(label):
        return [text for own, text in lines if own == label]
    # Of every malformed mail, and of no other, both say why.
    malformed += "malformed" in post["notes"]
    assert bool(post["defects"]) == ("malformed" in post["notes"]), name
    assert len(told("malformed")) == len(post["defects"]), (name, lines)
    assert told("mark") == [post["mark"]]
    assert told("message-id") == [post["message_id"]]
    assert told("kind") == ["%s: %s" % (post["kind"], post["reason"])], name
    assert told("size") == ["%d bytes" % post["size"]]
    for label, key in (("answers", "answers"), ("replies", "replies"),
                       ("same id", "same_message_id")):
        assert [text[:9] for text in told(label)] == [
            other["mark"][:9] for other in post[key]], (name, label)
    assert len(told("credits")) == len(post["credits"])
    assert len(told("trailers")) == len(post["trailers"])
    own = post["patch_set"]
    assert bool(told("set")) == (own is not None), name
    if own is None:
        continue
    sets += 1
    reviews += len(own["reviews"])
    assert [text[:9] for text in told("parts")] == [
        part["mark"][:9] for part in own["parts"]], name
    found = re.match(r"v(\d+)(?:\.(\d+))?, (\d+) of (\d+) parts.* (\d+) reviewed",
                     told("set")[0])
    if found:
        assert [int(number or 0) for number in found.groups()] == [
            own["version"], own["minor"], own["seen"], own["total"],
            own["reviewed"]], name
    at = [revision["is_this"] for revision in own["revisions"]].index(True)
    assert [text[:9] for text in told("supersedes")] == [
        revision["head"]["mark"][:9]
        for revision in reversed(own["revisions"][:at])], name
    assert [text[:9] for text in told("superseded")] == [
        revision["head"]["mark"][:9]
        for revision in own["revisions"][at + 1:]], name
    assert bool(told("first reply")) == (own["first_reply"] is not None), name
    assert bool(told("about")) == (own["about"] is not None), name
    assert ("the whole set" in told("applied")) <= own["applied"]["is_whole"]
assert sets > 30 and reviews > 10, (sets, reviews)
assert malformed > 3, malformed
END
}

they_say_what_the_digest_says() {
    "$LISTPULSE" -c "$conf" --state "$STATE" digest $list --since 2025-01-01 \
        --until 2026-01-01 --format json >"$WORK/digest.json" || return 1
    python3 - "$WORK/digest.json" "$WORK/shown" <<'END'
import json, sys
digest = json.load(open(sys.argv[1]))
assert len(digest["patch_sets"]) > 10
for row in digest["patch_sets"]:
    head = row["head"]
    shown = json.load(open("%s/%s.json" % (sys.argv[2], head["mark"])))
    post, = shown["posts"]
    own = post["patch_set"]
    assert post["message_id"] == head["message_id"]
    assert post["arrival"] == head["arrival"] and post["date"] == head["date"]
    assert (own["version"], own["minor"]) == (row["version"], row["minor"]), head
    assert own["reviewed"] == row["reviewed"]["patches"], head
    assert own["is_complete"] == row["parts"]["complete"], head
    assert own["is_pull"] == (row["state"] == "pull"), head
    for key in "reply", "review":
        first = own["first_" + key]
        assert (first and first["seconds"]) == row["first_%s_seconds" % key], head
    assert own["applied"]["is_whole"] == (row["applied"] is not None), head
    at = [revision["is_this"] for revision in own["revisions"]].index(True)
    older = own["revisions"][at - 1]["head"]["message_id"] if at else None
    assert row["supersedes"] == older, head
    assert post["counted_as"]["email"] == row["author"]["email"], head
END
}

# A later revision may name all that came before it; a stranger's claim is told.
claims_are_of_strangers() {
    perl -e '
        my ($n, $before) = (0, "");
        for (["ada", "[PATCH] heap: free it", ""],
             ["ada", "[PATCH v2] heap: free it", "Supersedes: <1\@x.example>"],
             ["ada", "[PATCH v3] heap: free it", "Supersedes: <1\@x.example>"],
             ["eve", "[PATCH v4] pool: lend it", "Supersedes: <1\@x.example>"]) {
            my ($who, $subject, $names) = @$_;
            my $file = $who eq "eve" ? "pool.c" : "heap.c";
            $n++;
            printf "From a Thu May  %d 09:00:00 2025\nFrom: %s <%s\@%s.example>" .
                "\nSubject: %s\nDate: 0%d May 2025 09:00:00 +0000\n" .
                "Message-ID: <%d\@x.example>\n\ntext\n\n%s\n---\n" .
                "diff --git a/%s b/%s\n--- a/%s\n+++ b/%s\n" .
                "@@ -1 +1 @@\n-%s\n+%s %d\n\n",
                $n, ucfirst $who, $who, $who, $subject, $n, $n, $names,
                ($file) x 4, $who, $who, $n;
        }' >"$WORK/claims.mbox"
    "$LISTPULSE" --state "$STATE" import --list claims.lists.example \
        "$WORK/claims.mbox" &&
        "$LISTPULSE" --state "$STATE" show claims '<1@x.example>' >"$WORK/claim" ||
        return 1
    sed -n '/^superseded/,$p' "$WORK/claim" | sed 's/^\(.\{13\}\)[0-9a-f]* */\1/'
    grep -c 'has no part in it' "$WORK/claim" | grep -qx 1 &&
        grep -q '^supersede?.*Eve asks for it' "$WORK/claim"
}

# mails FOLDER DAY LINE REVIEW: a patch that adds LINE, a review of it by REVIEW and a
# question, as a list's archive has them that got them on that day of May.
mails() {
    perl -e '
        my ($day, $line, $review) = @ARGV;
        my $top = "From a Thu May  $day 09:00:00 2025\n" .
            "Received: from a by b; 0$day May 2025 09:00:00 +0000\n" .
            "Date: Mon, 12 May 2025 09:00:00 +0000\n";
        print $top, "From: Ada <ada\@x.example>\nSubject: [PATCH] heap: free it\n",
            "Message-ID: <1\@x.example>\n\ntext\n---\n",
            "diff --git a/heap.c b/heap.c\n--- a/heap.c\n+++ b/heap.c\n",
            "@@ -1 +1 @@\n-old\n+$line\n\n";
        print $top, "From: Bo <bo\@y.example>\nSubject: Re: [PATCH] heap: free it\n",
            "In-Reply-To: <1\@x.example>\nMessage-ID: <2\@y.example>\n\n",
            "Reviewed-by: $review\n\n";
        print $top, "From: Eve <eve\@z.example>\nSubject: Re: [PATCH] heap: free it\n",
            "In-Reply-To: <1\@x.example>\nMessage-ID: <3\@z.example>\n\n",
            "Why $day?\n\n";' "$@"
}

# Of the earlier copies those that change what is counted are told, once each.
earlier_copies() {
    mails 9 new 'Bo <bo@y.example>' >"$WORK/9.mbox"
    mails 8 new 'Bo <bo@y.example>' >"$WORK/8.mbox"
    mails 7 other 'Mallory <m@z.example>' >"$WORK/7.mbox"
    mails 6 another 'Mallory <m@z.example>' >"$WORK/6.mbox"
    for day in 9 8 7 6; do
        "$LISTPULSE" --state "$STATE" import --list copies.lists.example \
            "$WORK/$day.mbox" >"$WORK/import.$day" || return 1
    done
    ! grep 'something else' "$WORK/import.9" "$WORK/import.8" &&
        grep '(2 earlier copies say something else)' "$WORK/import.7" || return 1
    mkdir "$WORK/copy"
    for id in 1@x 2@y 3@z; do
        "$LISTPULSE" --state "$STATE" show copies "<$id.example>" |
            grep -E '^(arrived|copies|credits)'
        "$LISTPULSE" --state "$STATE" show --json copies "<$id.example>" \
            >"$WORK/copy/$id.json"
    done >"$WORK/copies"
    cat "$WORK/copies"
    grep -l '"earlier_copy_differs"' "$WORK"/copy/*.json | wc -l |
        grep -qx 2 &&
        [ "$(grep -c '^arrived .*2025-05-06' "$WORK/copies")" -eq 3 ] &&
        [ "$(grep -c '^copies .*something else$' "$WORK/copies")" -eq 2 ] &&
        grep -q '^credits .*Bo <bo@y.example>' "$WORK/copies" &&
        ! grep -q Mallory "$WORK/copies" &&
        "$LISTPULSE" --state "$STATE" verify copies && are_as_the_schema_says "$WORK/copy" 3
}

# Of a Message-ID that was used twice, both; of none, a line and nothing else.
ids_lead_to_posts() {
    id=$(perl -0777 -ne 'print $1 if /"message_id": "([^"]+)"/' \
        "$WORK/shown/$(head -n 1 "$WORK/marks").json")
    show --json $list "<$id>" >"$WORK/by-id" &&
        same "$WORK/shown/$(head -n 1 "$WORK/marks").json" "$WORK/by-id" &&
        complains 2 'no such post' show --json $list 'nobody@nowhere.example'
}

pulse import "$SAMPLE" >"$WORK/import.log" 2>&1 ||
    bail_out 'the sample cannot be imported'
ok 'every post is shown' all_are_shown
ok 'as the schema says' are_as_the_schema_says "$WORK/shown" 62
ok 'and as the lines do' they_say_what_the_lines_say
ok 'and as the digest does' they_say_what_the_digest_says
ok 'Message-IDs lead to posts' ids_lead_to_posts
ok 'claims of strangers alone are told' claims_are_of_strangers
ok 'earlier copies that say something else are told' earlier_copies
