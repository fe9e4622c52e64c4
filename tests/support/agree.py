#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# agree.py SEED ROUNDS LISTPULSE [ARGUMENT...]: asks for digests of random lists,
# groups, intervals and filters in every format, and compares what text, markdown,
# HTML and CSV say with the JSON: totals, what is measured, each table with its
# counts and those of the interval before, each row of each section. ARGUMENTs
# stand before the command. Names the first difference and exits 1.
import csv
import html.parser
import io
import json
import random
import re
import subprocess
import sys

DAY = 86400
ROWS = {"superseded": "Superseded", "applied": "Applied",
        "waiting": "Waiting for review", "threads": "Busy threads",
        "unanswered": "Without an answer", "newcomers": "Newcomers"}
TOPS = {"top_domains": ("domains", "contributor Email domains"),
        "top_contributors": ("contributors", "contributors (Based"),
        "top_posters": ("posters", "posters"),
        "top_organisations": ("organisations", "organisations"),
        "top_paths": ("paths", "paths"),
        "top_reviewers": ("reviewers", "reviewers")}


def count(number, one, many):
    return f"{number} {one if number == 1 else many}"


def age(seconds):
    for unit, one in ((86400, "day"), (3600, "hour"), (60, "minute"),
                      (1, "second")):
        if seconds >= unit or unit == 1:
            return count(seconds // unit, one, one + "s")


def totals_words(totals):
    words = [("patches", "patch", "patches"), ("covers", "cover", "covers"),
             ("pulls", "pull request", "pull requests"),
             ("replies", "reply", "replies"), ("notices", "notice", "notices"),
             ("bot_reports", "bot report", "bot reports"),
             ("other", "other", "others")]
    said = count(totals["posts"], "post", "posts")
    if totals["posts"] == 0:
        return said
    said += " by " + count(totals["people"], "person", "people") + ": "
    said += ", ".join(count(totals[name], one, many)
                      for name, one, many in words if totals[name])
    if totals["patch_sets"]:
        said += "; " + count(totals["patch_sets"], "patch set", "patch sets")
    return said


def median_words(what, median):
    said = f"median {what} {age(median['median'])}"
    if median["count"] > 1:
        said += f" (90 % within {age(median['p90'])})"
    return said


# What must stand in text and markdown, and in the table of HTML.
def measures(own, young):
    sentences, cells = [], []
    reviews = []
    if own["patches"]:
        reviews.append(f"{own['patches_reviewed']} of {own['patches']} "
                       "patches reviewed")
        cells.append(("Patches reviewed",
                      f"{own['patches_reviewed']} of {own['patches']}"))
    newcomers = []
    for key, where, what, label in (
            ("first_reply_seconds", reviews, "first reply", "First reply"),
            ("first_review_seconds", reviews, "first review", "First review"),
            ("newcomers_first_reply_seconds", newcomers, "first reply",
             "First reply to newcomers"),
            ("newcomers_first_review_seconds", newcomers, "first review",
             "First review of newcomers")):
        if own[key]["count"] == 0 or (where is newcomers and young):
            continue
        where.append(median_words(what, own[key]))
        cells.append((label + ", median", age(own[key]["median"])))
        if own[key]["count"] > 1:
            cells.append((label + ", 90\u00a0% within", age(own[key]["p90"])))
    sentences += [", ".join(reviews)] if reviews else []
    sentences += ["To newcomers: " + ", ".join(newcomers)] if newcomers else []
    applied = own["applied_seconds"]
    if applied["count"]:
        sentences.append(
            count(applied["count"], "patch set", "patch sets") +
            f" applied, median version {own['applied_versions']['median']}, " +
            median_words("time", applied))
        cells += [("Patch sets applied", str(applied["count"])),
                  ("Version applied, median",
                   str(own["applied_versions"]["median"])),
                  ("Time until applied, median", age(applied["median"]))]
        if applied["count"] > 1:
            cells.append(("Time until applied, 90\u00a0% within",
                          age(applied["p90"])))
    return sentences, cells


class Tables(html.parser.HTMLParser):
    """The rows of each section's tables, a list of words a row; and all text."""

    def __init__(self, text):
        super().__init__()
        self.sections, self.words, self.row, self.name = {}, [], None, None
        self.summaries = 0
        self.feed(text)
        self.text = re.sub(r"[ \n]+", " ", " ".join(self.words))

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "section":
            self.name = attrs.get("id")
            self.sections[self.name] = []
        elif tag == "tr" and "names" not in (attrs.get("class") or "") and \
                "group" not in (attrs.get("class") or ""):
            self.row = []
            self.sections.setdefault(self.name, []).append(self.row)
        elif tag == "td" and self.row is not None:
            self.row.append("")
        elif tag == "summary":
            self.summaries += 1

    def handle_endtag(self, tag):
        if tag == "tr":
            self.row = None
        elif tag == "section":
            self.name = None

    def handle_data(self, data):
        self.words.append(data)
        if self.row:
            self.row[-1] += data

    def rows(self, name):
        return [row for row in self.sections.get(name, []) if row]


def unwrapped(text):
    return re.sub(r"\n  (?=\S)", " ", text)


def plain(text):
    return re.sub(r"\\(.)", r"\1", text)


# The lines of a section of text, without legend, names of columns and groups.
def lines_below(text, heading):
    at = text.find("===== " + heading + " =====\n\n")
    if at < 0:
        return []
    block = text[at:].split("\n\n", 1)[1]
    lines = []
    for line in block.split("\n"):
        if line.startswith("====="):
            break
        if line and not line.startswith(("... ", "+ applied  < ")) and \
                not re.fullmatch(r"(less than|\d+ to|\d+ days and).*:", line):
            lines.append(line)
        elif not line and lines and not text.startswith("===== Wait", at):
            break
    return lines


def items_below(text, heading):
    at = text.find("## " + heading + "\n\n")
    if at < 0:
        return []
    block = text[at:].split("\n\n", 1)[1].split("\n## ", 1)[0]
    return [line for line in block.split("\n")
            if line.startswith(("- ", "| ")) and
            not line.startswith(("- ... ", "| ---", "| :--"))]


class Digests:
    def __init__(self, command, arguments):
        self.command, self.arguments = command, arguments

    def ask(self, *more):
        done = subprocess.run([*self.command, "digest", *self.arguments, *more],
                              capture_output=True, check=False)
        assert done.returncode == 0, (done.stderr.decode(), self.arguments, more)
        return done.stdout.decode()

    def table(self, section):
        text = self.ask("--format", "csv", "--sections", section, "--previous")
        return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


FIGURES = (("posts", "post", "posts"), ("people", "person", "people"),
           ("patch_sets", "patch set", "patch sets"),
           ("patches", "patch", "patches"), ("covers", "cover", "covers"),
           ("pulls", "pull request", "pull requests"),
           ("replies", "reply", "replies"), ("notices", "notice", "notices"),
           ("bot_reports", "bot report", "bot reports"),
           ("other", "other", "others"))

# What the column of a table's rows is called, where they are no people.
NAMED = {"domains": "domain", "organisations": "organisation", "paths": "path"}


def mark_of(row):
    return (row.get("head") or row)["mark"]


# HTML has a figure of each kind, with its change.
def check_figures(root, page):
    totals, before = root["totals"], root["previous"]
    if totals["posts"] == 0:
        assert totals_words(totals) in page.text, ("html", totals)
        return
    for key, one, many in FIGURES:
        if not totals[key]:
            continue
        said = f" {count(totals[key], one, many)} "
        if before is not None and before["posts"]:
            change = totals[key] - before[key]
            said += f"{change:+d} " if change else "\u00b10 "
        assert said in page.text, ("html", said)


def check_totals(root, text, markdown, page):
    said = totals_words(root["totals"])
    assert said in unwrapped(text), ("text", said)
    assert said in plain(markdown), ("markdown", said)
    check_figures(root, page)
    before = root["previous"]
    if before is not None:
        said = "The interval before: " + totals_words(before)
        assert said in unwrapped(text), ("text", said)
        assert said in plain(markdown), ("markdown", said)
        assert root["totals"]["posts"] and before["posts"] or \
            said in page.text, ("html", said)
    days = root["days"]
    if root["totals"]["posts"]:
        assert sum(day["posts"] for day in days) == root["totals"]["posts"]
        assert sum(root["hours"]) == sum(root["weekdays"]) == \
            sum(zone["posts"] for zone in root["zones"]) == \
            root["totals"]["posts"]
    talk = root["talk"]
    if talk["new_threads"]:
        said = count(talk["new_threads"], "new thread of talk",
                     "new threads of talk")
        if talk["unanswered"]:
            said += f", {talk['unanswered']} without an answer"
        for words in (unwrapped(text), plain(markdown), page.text):
            assert said in words, said


def check_measures(root, text, markdown, page):
    own = root["measures"]
    if own is None:
        return 0
    # Nobody tells of newcomers where our record of the list is young.
    young = "To newcomers" not in text
    sentences, cells = measures(own, young)
    before = root["previous"] and root["previous"]["measures"]
    earlier = measures(before, young) if before else ([], [])
    for said in sentences:
        assert said in unwrapped(text), ("text", said)
        assert said in plain(markdown), ("markdown", said)
    said = [line for line in unwrapped(text).split("\n") if "; before: " in line]
    for line in said:
        now, then = line.split("; before: ")
        if now.startswith("To newcomers: "):
            then = "To newcomers: " + then
        assert now in sentences and then in earlier[0], line
    rows = {row[0]: row[1:] for row in page.rows("totals")}
    assert len(rows) == len(cells), (rows, cells)
    for label, value in cells:
        assert rows[label][0] == value, (label, value, rows[label])
    for label, value in earlier[1]:
        # A median of one value has no second row, nor what is not told now.
        if label in rows:
            assert rows[label][1] == value, (label, value, rows[label])
    return len(cells)


def weight(row):
    return row["count"] if "count" in row else row["tags"] + row["replies"]


def who_of(row):
    return next(str(row[key]) for key in ("domain", "path", "name", "email",
                                          "organisation") if row.get(key))


# Of each row of a table: how many, and what is said of the interval before.
def check_tops(digests, root, text, page):
    seen = 0
    has_moves = root["previous"] is not None and root["previous"]["posts"] > 0
    for key, (section, heading) in TOPS.items():
        rows = root[key]
        table = digests.table(section)
        assert len(table) == len(rows), (section, len(table), len(rows))
        shown = page.rows(section)
        at = text.find(heading)
        lines = text[at:].split("\n\n", 2)[1].split("\n") if at >= 0 else []
        if shown:
            assert len(shown) == len(rows), (section, shown)
        if at >= 0:
            assert len(lines) == len(rows), (section, lines)
        for i, row in enumerate(rows):
            number = weight(row)
            name = who_of(row)
            named = table[i][NAMED.get(section, "who")]
            assert named.lstrip("'") == name or \
                not name.isprintable(), (section, table[i], name)
            if "count" in row:
                assert int(table[i]["count"]) == number, (section, row)
            else:
                assert int(table[i]["tags"]) == row["tags"], (section, row)
            if at >= 0:
                assert int(lines[i].split()[0]) == number, (section, lines[i])
            if shown:
                told = [int(cell) for cell in shown[i] if cell.isdigit()][:2]
                assert told[0] == row.get("count", row.get("tags")), shown[i]
                if "replies" in row:
                    assert told[1] == row["replies"], shown[i]
            if "insertions" in row:
                lines_of = f"+{row['insertions']} -{row['deletions']}" \
                    if row["insertions"] + row["deletions"] else ""
                assert table[i]["lines"] == lines_of, (section, row, table[i])
                assert not shown or lines_of in shown[i], (section, shown[i])
                assert at < 0 or lines_of in lines[i], (section, lines[i])
            if not has_moves:
                continue
            before = [then for then in root["previous"][key]
                      if (then.get("email"), who_of(then)) ==
                      (row.get("email"), name)]
            if before:
                said = table[i]["before"]
                then, place = re.fullmatch(r"(\d+) before, place (\d+)",
                                           said).groups()
                assert int(then) == weight(before[0]), (section, said, before)
                there = root["previous"][key][int(place) - 1]
                assert there == before[0], (section, said, there)
                assert not shown or shown[i][-1] == said, \
                    (section, shown[i], said)
                seen += 1
            else:
                # Not among its first rows: further down, or not at all.
                assert re.fullmatch(r"none before|\d+ before, place \d+",
                                    table[i]["before"]), table[i]
            # A narrow line may be cut, a name is; what is told is the same.
            if at >= 0 and not lines[i].endswith("…"):
                assert f"({table[i]['before'].split(',')[0]}" in lines[i], \
                    (lines[i], table[i])
    return seen


def check_rows(digests, root, text, markdown, page):
    compared = 0
    for key, heading in ROWS.items():
        rows = root[key]
        marks = [mark_of(row) for row in rows]
        lines = lines_below(text, heading)
        shown = page.rows(key)
        if key == "newcomers":
            marks = marks[:len(lines)]
        assert [mark[:9] for mark in marks] == \
            [mark for line in lines
             for mark in re.findall(r"(?:^|\s)([0-9a-f]{9})(?=\s\s)", line)[:1]], \
            (key, marks, lines)
        assert len(items_below(markdown, heading)) - \
            (key == "threads" and bool(marks)) == len(marks), key
        assert len(shown) == len(marks), (key, shown)
        table = digests.table(key)
        assert [row["mark"] for row in table][:len(marks)] == marks, key
        compared += len(marks)
    sets = root["patch_sets"]
    table = digests.table("patches")
    assert [row["mark"] for row in table] == [mark_of(one) for one in sets]
    lines = lines_below(text, "Patch list in this time period")[1:]
    shown = page.rows("patches")
    assert len(lines) == len(shown) == len(sets), (len(lines), len(shown))
    for one, row, line, cells in zip(sets, table, lines, shown):
        parts = f"{one['parts']['seen']}/{one['parts']['total']}"
        if one["state"] != "pull":
            assert row["parts"] == parts, (row, parts)
            assert row["reviewed"] == (
                f"{one['reviewed']['patches']}/{one['parts']['total']}"
                if one["parts"]["total"] else ""), row
            reviewed = f"{one['reviewed']['patches']}/{one['parts']['total']}"
            assert reviewed in line.split()[:4], line
        missing = f"), {one['parts']['seen']} of {one['parts']['total']} parts"
        assert (missing in line) == \
            (one["parts"]["seen"] != one["parts"]["total"]), line
        assert mark_of(one)[:9] in line, line
        assert row["parts"] in cells and row["reviewed"] in cells, cells
        outcome = "applied" if one["applied"] else \
            "superseded" if one["superseded_by"] else row["now"]
        assert row["now"] == outcome and row["now"] in cells, (row, cells)
        assert line[0] == {"applied": "+", "superseded": "<", "waiting": "?",
                           "": " "}[outcome], line
    return compared + len(sets)


def check_filter(root, given, text, markdown, page):
    if not given:
        assert root["filter"] is None
        return
    name, value = given[0][2:], given[1]
    assert root["filter"][name] == value, root["filter"]
    of = root["filter"]["of_posts"]
    posts = root["totals"]["posts"]
    assert posts <= of, (posts, of)
    said = f"Only {name} {value}"
    if of:
        said += f": {posts or 'none'} of {count(of, 'post', 'posts')}"
    for words in (unwrapped(text), plain(markdown), page.text):
        assert said in words, said


def filters(chance, root):
    people = [row["email"] for row in root["top_posters"]] or ["a@b.example"]
    authors = [one["author"]["email"] for one in root["patch_sets"]] or people
    tags = [tag for one in root["patch_sets"] for tag in one["tags"]] or ["x"]
    threads = [row["root"] for row in root["threads"]] or ["a@b.example"]
    return chance.choice([
        ["--author", chance.choice(people)],
        ["--author", chance.choice(people).split("@")[0][:4]],
        ["--tag", chance.choice(tags)],
        ["--path", chance.choice(["fs/", "drivers/**", "*.c", "io_uring/",
                                  "target/linux/", "arch/powerpc", "src/"])],
        ["--state", chance.choice(["new", "updated", "resent", "rfc", "pull",
                                   "applied", "superseded", "waiting"])],
        ["--open", chance.choice(authors)],
        ["--thread", chance.choice(threads)],
        ["--author", "nobody-has-this-name"],
    ])


def main():
    chance = random.Random(int(sys.argv[1]))
    rounds, command = int(sys.argv[2]), sys.argv[3:]
    lists = json.loads(subprocess.run([*command, "lists", "--json"], check=True,
                                      capture_output=True).stdout)
    seen = {"rows": 0, "moves": 0, "measures": 0, "filters": 0, "groups": 0,
            "empty": 0}
    for number in range(rounds):
        some = chance.sample(lists, min(len(lists),
                                        chance.choice([1, 1, 2, 3])))
        name = ",".join(one["id"] for one in some)
        first = json.loads(subprocess.run(
            ["date", "-u", "-d", some[0]["first"], "+%s"], check=True,
            capture_output=True).stdout)
        last = json.loads(subprocess.run(
            ["date", "-u", "-d", some[0]["last"], "+%s"], check=True,
            capture_output=True).stdout)
        start = chance.randint(first - DAY, last)
        end = start + int(chance.random() * DAY *
                          chance.choice([3, 9, 35, 200]))
        span = [name, "--since", f"@{start}", "--until", f"@{end}"]
        given = []
        if number % 2:
            given = filters(chance, json.loads(
                Digests(command, span).ask("--format", "json")))
        digests = Digests(command, span + given)
        root = json.loads(digests.ask("--format", "json"))
        text = digests.ask("--previous", "--sections", "totals,domains,"
                           "contributors,posters,organisations,paths,reviewers,"
                           "patches,superseded,applied,waiting,threads,"
                           "unanswered,newcomers")
        markdown = digests.ask("--format", "markdown", "--previous",
                               "--sections", "totals,superseded,applied,"
                               "waiting,threads,unanswered,newcomers")
        page = Tables(digests.ask("--format", "html", "--previous",
                                  "--sections", "totals,domains,contributors,"
                                  "posters,organisations,paths,reviewers,patches,"
                                  "superseded,applied,waiting,threads,"
                                  "unanswered,newcomers"))
        try:
            check_filter(root, given, text, markdown, page)
            check_totals(root, text, markdown, page)
            seen["measures"] += check_measures(root, text, markdown, page)
            seen["moves"] += check_tops(digests, root, text, page)
            seen["rows"] += check_rows(digests, root, text, markdown, page)
        except Exception:
            print("digest", *span, *given)
            raise
        seen["filters"] += bool(given)
        seen["groups"] += len(some) > 1
        seen["empty"] += root["totals"]["posts"] == 0
    print(rounds, "digests:", ", ".join(f"{number} {name}"
                                         for name, number in seen.items()))
    assert seen["rows"] and seen["moves"] and seen["measures"], seen


main()
