/* SPDX-License-Identifier: MIT */
/*
 * From root to an ordinary user, for good.
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

/* USER[:GROUP], names or numbers. */
bool account_find(const char *spec, Account *account, GError **error);
void account_clear(Account *account);
/* Also proves that there is no way back. Nothing to do if we are it. */
bool privileges_drop(const Account *account, GError **error);
