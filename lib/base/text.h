/* SPDX-License-Identifier: MIT */
/*
 * Text from strangers made fit to keep and to show.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* No byte above 127; NUL is one of them. */
bool text_is_ascii(const char *bytes, size_t length);
/* A copy of bytes without NUL; g_strndup looks for one, twice as slowly. */
char *text_dup(const char *bytes, size_t length);
/* Valid UTF-8 of any bytes: what is not becomes U+FFFD, NUL too. Owned. */
char *text_make_valid(const char *bytes, size_t length);
/* Blanks (also line ends) collapsed to one, trimmed; in place. */
char *text_collapse(char *text);
/*
 * Appends text so that no byte of it acts on a terminal or hides: C0 (but
 * \n and \t if keep_lines), DEL, C1, bidirectional and other format
 * controls become visible escapes such as <U+202E>. Invalid UTF-8 becomes
 * U+FFFD.
 */
void text_append_visible(GString *out, const char *text, size_t length,
                         bool keep_lines);
char *text_visible(const char *text); /* one line; owned */
/* Columns on a terminal, wide characters counted twice. */
size_t text_columns(const char *text);
/* Returns visible text that takes at most so many columns: what is longer ends
 * in "..." as one character, and between words if one ends near there, else
 * behind a sign that joins the words of a name, as in "some_long_...". Owned.
 */
char *text_fit(const char *text, size_t columns);
/* Cuts at a character's border to at most max bytes; owned. */
char *text_cut(const char *text, size_t max_bytes);
/* How many letters to add, drop, change or swap to get from one word to the
 * other. */
unsigned text_distance(const char *from, const char *to);
