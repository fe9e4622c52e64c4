/* SPDX-License-Identifier: MIT */
/*
 * Reads a MAINTAINERS file in the form of the Linux kernel's, which says what
 * files belong to a subsystem. A section is a title and, below it, lines of a
 * letter, a colon and a value, up to a blank line; F: names files, X: files
 * that do not belong to it.
 */
#pragma once

#include <glib.h>

typedef struct Subsystem {
    char *title;
    char **files;    /* patterns, NULL behind the last; at least one */
    char **excluded; /* likewise, may have none */
} Subsystem;

typedef enum MaintainersError {
    MAINTAINERS_ERROR_FILE,    /* cannot be read, or has no section */
    MAINTAINERS_ERROR_UNKNOWN, /* no such section, or several: names some */
} MaintainersError;
#define MAINTAINERS_ERROR maintainers_error_quark()
GQuark maintainers_error_quark(void);

/* Returns the section whose title is name, in any case, else the only one whose
 * title contains it; owned. NULL with error. */
Subsystem *maintainers_find(const char *path, const char *name, GError **error);
/* The same for a file's text; path is for the error. */
Subsystem *maintainers_find_in(const char *text, const char *path,
                               const char *name, GError **error);
void subsystem_free(Subsystem *subsystem);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Subsystem, subsystem_free)
