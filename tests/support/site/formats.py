#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# formats.py JSON CSV ATOM: the three tell of the same patch sets. CSV is read as
# RFC 4180 has it, Atom as RFC 4287.
import csv
import datetime
import json
import sys
import xml.etree.ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"

with open(sys.argv[1], encoding="utf-8") as file:
    sets = json.load(file)["patch_sets"]
with open(sys.argv[2], encoding="utf-8", newline="") as file:
    raw = file.read()
assert raw.count("\n") == raw.count("\r\n"), "a bare line feed"
rows = list(csv.DictReader(raw.splitlines(keepends=True), strict=True))
marks = [one["head"]["mark"] for one in sets]
assert [row["mark"] for row in rows] == marks, (len(rows), len(marks))
for row, one in zip(rows, sets):
    assert None not in row and None not in row.values(), row
    assert row["state"].split()[0].lower() == one["state"], (row, one["state"])
    assert not row["patch_set"].startswith(("=", "+", "-", "@")), row
    assert row["patch_set"].lstrip("'")[:20] in one["head"]["subject"] or \
        not one["head"]["subject"].isascii() or "<U+" in row["patch_set"], row

feed = xml.etree.ElementTree.parse(sys.argv[3]).getroot()
assert feed.tag == ATOM + "feed"
for name in ("id", "title", "updated"):
    assert feed.findtext(ATOM + name), name
entries = feed.findall(ATOM + "entry")
assert [entry.findtext(ATOM + "id").rsplit("/", 1)[1]
        for entry in entries] == marks
for entry in entries:
    for name in ("title", "updated"):
        assert entry.findtext(ATOM + name), name
    assert entry.findtext(f"{ATOM}author/{ATOM}name")
    datetime.datetime.strptime(entry.findtext(ATOM + "updated"),
                               "%Y-%m-%dT%H:%M:%SZ")
    assert entry.find(ATOM + "content") is not None or \
        entry.find(ATOM + "link[@rel='alternate']") is not None
print(len(rows), "patch sets")
