#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# links.py DIR: names every relative link of the pages in DIR that leads nowhere,
# and every link that is none of http, https and relative. Exits 1 if there is
# one, or if there is no page.
import html.parser
import os
import sys
import urllib.parse


class Page(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.links, self.ids = [], set()
        with open(path, encoding="utf-8") as page:
            self.feed(page.read())

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name in ("href", "src"):
                self.links.append(value or "")
            if name == "id":
                self.ids.add(value)


def faults_of(path, page, pages):
    for link in page.links:
        parts = urllib.parse.urlsplit(link)
        if parts.scheme in ("http", "https"):
            continue
        if parts.scheme or parts.netloc:
            yield link
            continue
        target = path
        if parts.path:
            target = os.path.normpath(os.path.join(
                os.path.dirname(path), urllib.parse.unquote(parts.path)))
        if not os.path.isfile(target):
            yield link
        elif parts.fragment and target in pages and \
                parts.fragment not in pages[target].ids:
            yield link


def main():
    paths = [os.path.join(folder, name)
             for folder, _, names in os.walk(sys.argv[1])
             for name in names if name.endswith(".html")]
    pages = {path: Page(path) for path in map(os.path.normpath, paths)}
    faults = [(path, link) for path, page in pages.items()
              for link in faults_of(path, page, pages)]
    for path, link in faults[:20]:
        print(f"{path}: {link}")
    count = sum(len(page.links) for page in pages.values())
    print(f"{len(pages)} pages, {count} links, {len(faults)} lead nowhere")
    return 1 if faults or not pages else 0


sys.exit(main())
