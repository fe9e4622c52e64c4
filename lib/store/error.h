/* SPDX-License-Identifier: MIT */
/*
 * The failures between this program and Redis, by what a caller does about
 * them.
 */
#pragma once

#include <glib.h>

typedef enum StoreError {
    STORE_ERROR_SPEC,        /* --redis cannot be understood */
    STORE_ERROR_UNREACHABLE, /* not running, hung, closed: try again later */
    STORE_ERROR_WAIT,        /* LOADING, BUSY, MASTERDOWN, TRYAGAIN: soon */
    STORE_ERROR_MASTER,      /* READONLY, CLUSTERDOWN: find the master again */
    STORE_ERROR_FULL,        /* OOM, MISCONF: wait and warn */
    STORE_ERROR_EVICTS,      /* it drops keys when full: warn, wait long */
    STORE_ERROR_DENIED,      /* NOAUTH, WRONGPASS, NOPERM: warn, wait long */
    STORE_ERROR_SCHEMA,      /* WRONGTYPE, a later version's data: stop */
    STORE_ERROR_GAP,         /* a position is not the expected one */
    STORE_ERROR_UNKNOWN,     /* there is no such list, mark, message */
    STORE_ERROR_AMBIGUOUS,   /* several posts have the mark; the message names
                                them */
} StoreError;
#define STORE_ERROR store_error_quark()
GQuark store_error_quark(void);
