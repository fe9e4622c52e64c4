/* SPDX-License-Identifier: MIT */
/*
 * Makes text from strangers fit to keep and to show.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Returns true if no byte is above 127; NUL counts as ASCII. */
bool text_is_ascii(const char *bytes, size_t length);
/* Copies bytes that have no NUL; g_strndup looks for one and takes twice as
 * long. Owned. */
char *text_dup(const char *bytes, size_t length);
/* Makes valid UTF-8 of any bytes: NUL and bytes that are not UTF-8 become
 * U+FFFD. Owned. */
char *text_make_valid(const char *bytes, size_t length);
/* Collapses blanks (and line ends) to one and trims, in place. Returns text. */
char *text_collapse(char *text);
/*
 * Appends text in such a way that no byte of it acts on a terminal or is
 * hidden: C0 (but \n and \t if keep_lines), DEL, C1, bidirectional and other
 * format controls become visible escapes such as <U+202E>. Invalid UTF-8
 * becomes U+FFFD.
 */
void text_append_visible(GString *out, const char *text, size_t length,
                         bool keep_lines);
char *text_visible(const char *text); /* one line; owned */
/* Returns the columns on a terminal; wide characters count twice. */
size_t text_columns(const char *text);
/* Returns visible text that takes at most so many columns: what is longer ends
 * in "..." as one character, and between words if one ends near there, else
 * behind a sign that joins the words of a name, as in "some_long_...". Owned.
 */
char *text_fit(const char *text, size_t columns);
/* Cuts to at most max_bytes, between characters; owned. */
char *text_cut(const char *text, size_t max_bytes);
/* Returns how many letters have to be added, dropped, changed or swapped to get
 * from one word to the other. */
unsigned text_distance(const char *from, const char *to);
