/* SPDX-License-Identifier: MIT */
/*
 * Decides who may use a private Redis. Its owner and root write. If the group
 * may enter the state directory (mode 0710), members of the group read: the
 * server's default user may then only read, and the user that writes has a
 * password that only the owner can read.
 */
#pragma once

#include "store/connection.h"

#include <glib.h>
#include <stdbool.h>
#include <sys/stat.h>

/* The user that writes. */
#define SHARING_WRITER "listpulse"

/* Returns the writer's password; owned; NULL if there is none or we may not
 * read it. */
char *sharing_secret(const char *state);
/* Makes the users of a server that has loaded its data, and a secret if there
 * is none, and sets the modes of folder and socket. connection: as the default
 * user. Fails with STORE_ERROR_WAIT while the server loads. To be called as the
 * owner. */
bool sharing_apply(const struct stat *state, const char *folder,
                   Connection *connection, GError **error);
/* Returns true if this process may start the server and use the folder as its
 * owner does. If not, the error says who may read, or that the server does not
 * run. */
bool sharing_may_start(const char *state, GError **error);
