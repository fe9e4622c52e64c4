/* SPDX-License-Identifier: MIT */
/*
 * Puts the daemon into the background and reports the outcome to the process
 * that started it: the command ends when the daemon listens, or with its exit
 * code.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Returns, in the child, a file for reporting the outcome; -1 on failure. The
 * parent waits for the outcome and exits. */
int background_enter(void);
/* Reports the outcome, 0 for success, and closes the file. Does nothing if file
 * is -1. */
void background_tell(int file, int code);

/* Locks and writes the pid file. Returns its descriptor, which must stay open;
 * -1 with error on failure. */
int pid_file_write(const char *path, GError **error);
