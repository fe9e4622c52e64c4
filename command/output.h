/* SPDX-License-Identifier: MIT */
/*
 * Where a digest goes: a terminal through a pager, a pipe, a file that is
 * whole or not there, a mail.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Standard output is a terminal that wants colour (NO_COLOR, TERM). */
bool output_has_colour(void);
/* Returns the columns of the terminal that standard output is, 72 to 160; 80
 * where it is none. */
unsigned output_width(void);
/* To standard output; on a terminal through $PAGER, else less. */
bool output_page(const char *text, size_t length, GError **error);
/* Another file of this name is replaced at once, or not at all. */
bool output_file(const char *path, const char *text, size_t length,
                 GError **error);
/* A whole mail, headers first, to sendmail(1) for these addresses (const char
 * *). */
bool output_mail(const GPtrArray *addresses, const char *mail, size_t length,
                 GError **error);
/* Fit to be sendmail's argument: one address, no option, no blanks. */
bool output_is_address(const char *address);
