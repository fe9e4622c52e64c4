/* SPDX-License-Identifier: MIT */
/*
 * Who uses a private Redis. Its owner and root write; where the state directory
 * lets its group pass (mode 0710), members of the group read: the server's
 * default user may only read then, and the one that writes has a password that
 * only the owner can read.
 */
#pragma once

#include "store/connection.h"

#include <glib.h>
#include <stdbool.h>
#include <sys/stat.h>

/* The user that writes. */
#define SHARING_WRITER "listpulse"

/* The writer's password; owned; NULL if there is none, or not for us. */
char *sharing_secret(const char *state);
/* Lines for redis.conf, with a secret made where there is none and the modes of
 * folders set; owned. To be called as the owner, who holds the lock. */
char *sharing_settings(const struct stat *state, const char *folder,
                       GError **error);
/* The same for a server that runs already: an older program started it.
 * connection: as its default user. */
bool sharing_apply(const struct stat *state, const char *folder,
                   Connection *connection, GError **error);
/* Whether this process may start the server and use the folder as its owner
 * does. If not, the error says who may read, or that it does not run. */
bool sharing_may_start(const char *state, GError **error);
