/* SPDX-License-Identifier: MIT */
/*
 * HTML mail as plain text, crudely: for mails that have no plain text part.
 */
#pragma once

/* Tags off, line ends where blocks and breaks are, character references
 * resolved, blanks collapsed (but in <pre>), scripts and styles left out.
 * html: valid UTF-8; owned, valid UTF-8. */
char *mail_html_to_text(const char *html);
