/* SPDX-License-Identifier: MIT */
/*
 * What the daemon says: to syslog (facility mail), and to standard error in
 * the foreground. One line a change of state, never one a mail (but at
 * debug). Lines are made harmless and cut: they may quote strangers.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* part: "collector" or "processor"; lent for ever. */
void log_open(const char *part, bool to_stderr, int verbosity);

/* Needs somebody, or loses something. */
void log_error(const char *format, ...) G_GNUC_PRINTF(1, 2);
/* May mend itself. */
void log_warning(const char *format, ...) G_GNUC_PRINTF(1, 2);
/* Changes of state. */
void log_notice(const char *format, ...) G_GNUC_PRINTF(1, 2);
/* With -v only: one line a mail. */
void log_debug(const char *format, ...) G_GNUC_PRINTF(1, 2);
bool log_shows_debug(void);
