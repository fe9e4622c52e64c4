/* SPDX-License-Identifier: MIT */
/*
 * The style sheet of HTML pages. Phone first: below 700 pixels the rows of
 * wide tables are cards. No grid of a table is needed to read the page: without
 * the sheet it is still in order.
 */
#pragma once

/* What stands between <style> and </style>. */
extern const char html_style[];
/* Returns the same for readers of mail, which know no variables: light colours
 * in their places, and no dark ones. Owned. */
char *html_style_for_mail(void);
