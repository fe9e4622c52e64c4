/* SPDX-License-Identifier: MIT */
/*
 * Writes a digest to a terminal through a pager, to a pipe, to a file that is
 * complete or absent, or to a mail.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Returns true if standard output is a terminal that wants colour (NO_COLOR,
 * TERM). */
bool output_has_colour(void);
/* Returns the columns of the terminal on standard output, 72 to 160; 80 if it
 * is not a terminal. */
unsigned output_width(void);
/* Writes to standard output; on a terminal through $PAGER or less. */
bool output_page(const char *text, size_t length, GError **error);
/* Writes a file. An existing one is replaced as a whole or not at all. */
bool output_file(const char *path, const char *text, size_t length,
                 GError **error);
/* Passes a whole mail, headers first, to sendmail(1) for these addresses (const
 * char *). */
bool output_mail(const GPtrArray *addresses, const char *mail, size_t length,
                 GError **error);
/* Returns true if it may be an argument of sendmail: one address, no option, no
 * blanks. */
bool output_is_address(const char *address);
