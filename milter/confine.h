/* SPDX-License-Identifier: MIT */
/*
 * Limits what the process that reads strangers' mail may ask of the kernel,
 * whatever a mail does to it: it may use files, memory and sockets that it
 * opens itself, but start no program, process, thread or server. Uses
 * seccomp(2) through libseccomp; hides the list of system calls.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Returns false in a build without libseccomp, and in one with sanitizers,
 * which need other calls. */
bool confine_is_built(void);
/* Confines this process and all that it starts, for good. Running a program
 * ends it (SIGSYS); any other call that is not needed fails as in a kernel that
 * does not know it (ENOSYS). Returns false without error if it is not built in,
 * with error (G_FILE_ERROR) if the kernel refuses. */
bool confine(GError **error);
