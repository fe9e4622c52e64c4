/* SPDX-License-Identifier: MIT */
/*
 * What the process that reads strangers' mail may ask of the kernel from then
 * on, whatever a mail makes of it: files, memory, sockets that it opens itself;
 * no program, no process, no thread, no server of its own. seccomp(2), by
 * libseccomp; hides which calls those are.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* False in a build without libseccomp, and in one with sanitizers, whose own
 * calls are others. */
bool confine_is_built(void);
/* For good, with all that this process starts. Running a program ends it
 * (SIGSYS); any other call that is not needed is answered as by a kernel that
 * does not know it (ENOSYS). False without error if it is not built, with
 * error (G_FILE_ERROR) if the kernel will not. */
bool confine(GError **error);
