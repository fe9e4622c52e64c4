#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# browser.py SITE PAGE...: opens pages of a folder in Chromium, at 390, 768 and
# 1280 pixels, light and dark, and at 390 without scripts, and names what is wrong:
# something wider than the screen, a word broken in its middle, text with less
# contrast than 4.5, something to tap smaller than 24 pixels, an element that
# mail has made, a request to elsewhere. Exits 1 then. Needs chromedriver, which
# is spoken to as WebDriver says; no library.
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

CHECKS = r"""
const faults = [];
const wide = document.documentElement.clientWidth;
function seen(element) {
  const box = element.getBoundingClientRect();
  return box.width > 0 && box.height > 0 &&
      getComputedStyle(element).visibility !== "hidden";
}
function inPre(element) { return element.closest("pre, svg") !== null; }
function say(what, element) {
  faults.push(what + ": " + element.tagName + " " +
              (element.textContent || "").trim().slice(0, 60));
}
if (document.documentElement.scrollWidth > wide)
  faults.push("the page is " + document.documentElement.scrollWidth +
              " wide on " + wide);
for (const element of document.querySelectorAll("main *"))
  if (seen(element) && !inPre(element) &&
      element.getBoundingClientRect().right > wide + 1)
    say("wider than the screen", element);

function numbers(colour) {
  const parts = colour.match(/[\d.]+/g).map(Number);
  return parts.length < 4 ? parts.concat(1) : parts;
}
function light(colour) {
  const [r, g, b] = colour.slice(0, 3).map(function (part) {
    part /= 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function ground(element) {
  for (let at = element; at; at = at.parentElement) {
    const colour = numbers(getComputedStyle(at).backgroundColor);
    if (colour[3] === 1) return colour;
  }
  return matchMedia("(prefers-color-scheme: dark)").matches ? [0, 0, 0, 1]
                                                            : [255, 255, 255, 1];
}
function contrast(one, other) {
  const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
let texts = 0;
while (walker.nextNode()) {
  const node = walker.currentNode, element = node.parentElement;
  if (!node.data.trim() || !seen(element) ||
      element.closest("script, style, title, desc")) continue;
  const style = getComputedStyle(element);
  const ink = numbers(element.closest("svg") ? style.fill : style.color);
  const ratio = contrast(ink, ground(element));
  texts++;
  if (ratio < 4.5) say("contrast " + ratio.toFixed(2), element);
  if (inPre(element)) continue;
  for (const word of node.data.matchAll(/[\p{L}\p{N}]{2,30}/gu)) {
    const range = document.createRange();
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].length);
    const rows = new Set(Array.from(range.getClientRects(),
                                    (box) => Math.round(box.top)));
    /* Between ideographs any browser may begin a new line. */
    if (rows.size > 1 && !/[\u3000-\u9fff\uac00-\ud7af]/.test(word[0]))
      say("broken word " + word[0], element);
  }
}
if (texts < 5) faults.push("hardly any text");
for (const element of document.querySelectorAll("a, button, input, summary")) {
  const box = element.getBoundingClientRect();
  if (seen(element) && (box.height < 23.5 || box.width < 23.5))
    say("small: " + box.width.toFixed() + " x " + box.height.toFixed(), element);
}
for (const element of document.querySelectorAll(
         "img, iframe, object, embed, form, base, body script, [onclick], " +
         "[onload], [onerror], [onmouseover], [style]"))
  say("not ours", element);
return { faults: faults, filters: document.querySelectorAll("input").length };
"""


LOOKS = [(width, scheme) for width in (390, 768, 1280)
         for scheme in ("light", "dark")]


class Browser:
    def __init__(self, scripts):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.home = tempfile.mkdtemp()
        self.driver = subprocess.Popen(
            ["chromedriver", f"--port={self.port}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=dict(os.environ, HOME=self.home))
        self.session = ""
        options = {"args": ["--headless=new", "--no-sandbox", "--disable-gpu",
                            "--hide-scrollbars", "--disable-dev-shm-usage",
                            f"--user-data-dir={self.home}/profile"],
                   "prefs": {} if scripts else {
                       "profile.managed_default_content_settings.javascript": 2}}
        for attempt in range(100):
            try:
                answer = self.ask("", {"capabilities": {"alwaysMatch": {
                    "goog:chromeOptions": options,
                    "goog:loggingPrefs": {"performance": "ALL"}}}})
                break
            except OSError:
                if attempt == 99:
                    raise
                time.sleep(0.2)
        self.session = "/" + answer["sessionId"]

    def ask(self, what, body=None):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/session{self.session}{what}",
            json.dumps(body).encode() if body is not None else None,
            {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def command(self, name, **params):
        return self.ask("/goog/cdp/execute", {"cmd": name, "params": params})

    def run(self, script):
        return self.ask("/execute/sync", {"script": script, "args": []})

    def requests(self):
        for entry in self.ask("/se/log", {"type": "performance"}):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                yield message["params"]["request"]["url"]

    def close(self):
        try:
            urllib.request.urlopen(urllib.request.Request(
                f"http://127.0.0.1:{self.port}/session{self.session}",
                method="DELETE"), timeout=20).close()
        finally:
            self.driver.terminate()
            self.driver.wait(20)
            shutil.rmtree(self.home, ignore_errors=True)


def look(browser, site, page, width, scheme, scripts):
    browser.command("Emulation.setDeviceMetricsOverride", width=width,
                    height=900, deviceScaleFactor=1, mobile=width < 700)
    browser.command("Emulation.setEmulatedMedia", features=[
        {"name": "prefers-color-scheme", "value": scheme}])
    browser.ask("/url", {"url": f"file://{site}/{page}"})
    found = browser.run(CHECKS)
    faults = found["faults"]
    if not scripts and found["filters"]:
        faults.append("a filter without scripts")
    faults[:0] = [f"a request to {url}" for url in browser.requests()
                  if not url.startswith((f"file://{site}/", "data:",
                                         "chrome:"))]
    for fault in faults[:12]:
        print(f"{page} at {width}, {scheme}, "
              f"scripts {'on' if scripts else 'off'}: {fault}")
    return len(faults), found["filters"]


def main():
    site, pages = os.path.realpath(sys.argv[1]), sys.argv[2:]
    faults = looks = filters = 0
    for scripts in (True, False):
        browser = Browser(scripts)
        try:
            for page in pages:
                for width, scheme in LOOKS if scripts else LOOKS[:1]:
                    bad, boxes = look(browser, site, page, width, scheme,
                                      scripts)
                    faults, looks = faults + bad, looks + 1
                    filters += boxes
        finally:
            browser.close()
    print(f"{len(pages)} pages, {looks} looks, {faults} faults, "
          f"{filters} filters")
    return 1 if faults or not pages else 0


sys.exit(main())
