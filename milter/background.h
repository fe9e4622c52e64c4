/* SPDX-License-Identifier: MIT */
/*
 * Into the background, and back to the one who started us with the news of
 * how it went: the command ends when the daemon listens, or with its exit
 * code.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Returns in the child: a file to tell the outcome to; -1 if it cannot. The
 * parent waits for it and exits. */
int background_enter(void);
/* code 0: all is well. Nothing if file is -1. Closes it. */
void background_tell(int file, int code);

/* Locks and writes the pid file; its descriptor must stay open, -1 and error
 * if it cannot. */
int pid_file_write(const char *path, GError **error);
