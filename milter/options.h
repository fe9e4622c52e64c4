/* SPDX-License-Identifier: MIT */
/*
 * The command line of listpulse-milter.
 */
#pragma once

#include "base/settings.h"

#include <glib.h>
#include <stdbool.h>

typedef struct Options {
    char *config;   /* absolute, or NULL */
    char *state;    /* likewise */
    char *redis;    /* or NULL */
    char *socket;   /* or NULL */
    char *pid_file; /* absolute, or NULL */
    char *user;     /* USER[:GROUP] or NULL */
    bool is_foreground;
    bool only_check; /* -n */
    bool only_try;   /* -t */
    int verbosity;
    char **files;       /* of -t, lent from argv; NULL-terminated */
    char *process;      /* processor only: what its parent handed down */
    bool is_helped;     /* -h */
    bool shows_version; /* -V */
} Options;

/* Returns false if usage was wrong, after saying so on standard error. */
bool options_parse(int argc, char **argv, Options *options);
void options_clear(Options *options);
void options_print_help(void);

/* Returns the settings, overridden by the command line; owned. */
Settings *options_settings(const Options *options, GError **error);
