/* SPDX-License-Identifier: MIT */
/*
 * How a store is opened: which Redis, and what may be asked of it.
 */
#pragma once

#include <stdbool.h>

typedef struct StoreOptions {
    const char *redis; /* as in settings: "private", unix:, redis://... */
    const char *state; /* state directory, for the private Redis */
    const char *password_file;                      /* or NULL */
    int connect_milliseconds, command_milliseconds; /* 0: 1000, 2000 */
    unsigned private_megabytes; /* the most that a private one holds; 0: any */
    bool no_start;       /* do not start a private Redis that is not running */
    bool allow_eviction; /* take one that drops keys when it is full */
} StoreOptions;
