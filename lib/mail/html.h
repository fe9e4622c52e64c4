/* SPDX-License-Identifier: MIT */
/*
 * Turns HTML into plain text, crudely: for mails that have no plain text part.
 */
#pragma once

/* Removes tags, scripts and styles, puts line ends where blocks and breaks are,
 * resolves character references and collapses blanks (except in <pre>). html:
 * valid UTF-8. Returns valid UTF-8; owned. */
char *mail_html_to_text(const char *html);
