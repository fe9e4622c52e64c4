/* SPDX-License-Identifier: MIT */
/*
 * The private Redis: a redis-server for one state directory, on a UNIX socket
 * in it, with an append-only file, started when it is first needed.
 */
#pragma once

#include "store/connection.h"

#include <glib.h>
#include <stdbool.h>

/* Returns the path of the socket, owned. It is short enough for sun_path
 * whatever the state directory is: /proc/self/fd leads to the directory. */
char *private_redis_socket(const char *state, GError **error);
/* Starts it if nobody else has; returns true when the server was started or was
 * there. It may still be loading. megabytes: its memory limit, above which it
 * refuses to count; 0: no limit. */
bool private_redis_start(const char *state, unsigned megabytes, GError **error);
/* Lets the group of the state directory read from a server that was started
 * before the group was allowed to. connection: as its default user. */
bool private_redis_share(const char *state, Connection *connection,
                         GError **error);
bool private_redis_stop(const char *state, bool *was_running, GError **error);
