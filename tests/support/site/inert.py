#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# inert.py PAGE...: names every element and attribute that no page of ours has:
# then text from mail became one.
import html.parser
import sys

ELEMENTS = set("""html head meta title link script body main nav a b h1 h2 p
small section div figure figcaption i svg desc g rect line text table tbody tr th
td span code wbr pre footer details summary""".split())
ATTRIBUTES = set("""lang charset http-equiv content name rel href type src defer
class id aria-label aria-hidden role width height x y x1 x2 y1 y2 text-anchor
data-name colspan""".split())


class Page(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.faults, self.scripts, self.path = [], 0, path
        with open(path, encoding="utf-8") as page:
            self.feed(page.read())

    def handle_starttag(self, tag, attributes):
        names = dict(attributes)
        if tag not in ELEMENTS:
            self.faults.append(f"<{tag}>")
        for name, value in attributes:
            if name not in ATTRIBUTES:
                self.faults.append(f"<{tag} {name}>")
            if name in ("href", "src") and (value or "").strip().lower() \
                    .startswith(("javascript:", "data:", "//")):
                self.faults.append(value)
        if tag == "script" and not (names.get("src") or "") \
                .endswith("listpulse.js"):
            self.faults.append("<script> of another")


faults = 0
for path in sys.argv[1:]:
    for fault in Page(path).faults[:5]:
        print(f"{path}: {fault}")
        faults += 1
sys.exit(1 if faults else 0)
