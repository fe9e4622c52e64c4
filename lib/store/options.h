/* SPDX-License-Identifier: MIT */
/*
 * The options with which a store is opened.
 */
#pragma once

#include <stdbool.h>

typedef struct StoreOptions {
    const char *redis; /* as in settings: "private", unix:, redis://... */
    const char *state; /* state directory, for the private Redis */
    const char *password_file;                      /* or NULL */
    int connect_milliseconds, command_milliseconds; /* 0: 1000, 2000 */
    unsigned private_megabytes; /* memory limit of a private one; 0: none */
    bool no_start;       /* do not start a private Redis that is not running */
    bool allow_eviction; /* accept one that drops keys when it is full */
} StoreOptions;
