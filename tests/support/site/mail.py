#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# mail.py MAIL...: takes digests apart with Python's email. Prints a line a mail,
# the list and "answers" or "-"; exits 1 where one is not as it should be: text
# and page under their types, ids of its own, no line that was escaped.
import email
import email.policy
import re
import sys

ids = {}
answers = []
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        mail = email.message_from_binary_file(file, policy=email.policy.default)
    assert mail.get_content_type() == "multipart/alternative", path
    text, page = mail.iter_parts()
    assert text.get_content_type() == "text/plain"
    assert page.get_content_type() == "text/html"
    words, html = text.get_content(), page.get_content()
    assert re.match(r"From .* to .*\n.* mailing list update", words), words[:200]
    assert not re.search(r"^>From ", words, re.M)
    assert not re.search(r"var\(|display:\s*grid|<script", html)
    assert html.rstrip().endswith("</html>")
    assert mail["Date"] and mail["From"] and mail["Auto-Submitted"]
    of = mail["X-Listpulse-List"]
    assert mail["List-Id"] != f"<{of}>" and of in mail["List-Id"]
    assert mail["Message-ID"] not in ids
    assert mail["Subject"].isprintable()
    ids[mail["Message-ID"]] = of
    answers.append((of, mail["In-Reply-To"]))
for of, before in answers:
    assert before is None or ids.get(before) == of, before
    print(of, "-" if before is None else "answers")
