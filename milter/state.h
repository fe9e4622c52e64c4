/* SPDX-License-Identifier: MIT */
/*
 * The state directory: the names of its files, and locks that make it ours
 * alone.
 */
#pragma once

#include "milter/privileges.h"

#include <glib.h>
#include <stdbool.h>

typedef enum StateError {
    STATE_ERROR_RIGHT, /* cannot be made or written */
    STATE_ERROR_TAKEN, /* another instance uses it */
} StateError;
#define STATE_ERROR state_error_quark()
GQuark state_error_quark(void);

#define STATE_JOURNAL        "journal.db"
#define STATE_STATUS         "milter.status"
#define STATE_RESERVE        "journal.reserve"
#define STATE_COLLECTOR_LOCK "milter.lock"
#define STATE_PROCESSOR_LOCK "processor.lock"

/* Owned. */
char *state_path(const char *state, const char *name);
/* Makes it if necessary, for the account (NULL: for us) and nobody else. */
bool state_make(const char *state, const Account *account, GError **error);
/* Returns a descriptor that holds the lock as long as it is open; -1 with error
 * if another process has it. */
int state_lock(const char *state, const char *name, GError **error);
