/* SPDX-License-Identifier: MIT */
/*
 * Changes from root to an ordinary user, for good.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

typedef enum PrivilegesError {
    PRIVILEGES_ERROR_UNKNOWN, /* no such user or group */
    PRIVILEGES_ERROR_DENIED,  /* may not become that user */
} PrivilegesError;
#define PRIVILEGES_ERROR privileges_error_quark()
GQuark privileges_error_quark(void);

typedef struct Account {
    char *name;
    uid_t user;
    gid_t group;
} Account;

/* Reads USER[:GROUP], names or numbers. */
bool account_find(const char *spec, Account *account, GError **error);
void account_clear(Account *account);
/* Also checks that there is no way back. Does nothing if we are that user. */
bool privileges_drop(const Account *account, GError **error);
