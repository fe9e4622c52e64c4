/* SPDX-License-Identifier: MIT */
/*
 * The style sheet of HTML pages. Made for phones first: below 700 pixels the
 * rows of wide tables become cards. The page can be read without the sheet,
 * too.
 */
#pragma once

/* The content of <style>. */
extern const char html_style[];
/* Returns the same for mail readers, which do not know variables: with light
 * colours in their place, and no dark ones. Owned. */
char *html_style_for_mail(void);
