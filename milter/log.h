/* SPDX-License-Identifier: MIT */
/*
 * Logs to syslog (facility mail), and in the foreground to standard error: one
 * line for each change of state, never one for each mail (but at debug). Lines
 * are made harmless and cut, since they may quote strangers.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* part: "collector" or "processor"; lent for ever. */
void log_open(const char *part, bool to_stderr, int verbosity);

/* For what needs an administrator, or loses something. */
void log_error(const char *format, ...) G_GNUC_PRINTF(1, 2);
/* For what may mend itself. */
void log_warning(const char *format, ...) G_GNUC_PRINTF(1, 2);
/* For changes of state. */
void log_notice(const char *format, ...) G_GNUC_PRINTF(1, 2);
/* For one line per mail, only with -v. */
void log_debug(const char *format, ...) G_GNUC_PRINTF(1, 2);
bool log_shows_debug(void);
