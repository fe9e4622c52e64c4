/* SPDX-License-Identifier: MIT */
/*
 * The private Redis: a redis-server of the state directory's own, on a UNIX
 * socket in it, append-only file on, started when it is first needed.
 */
#pragma once

#include "store/connection.h"

#include <glib.h>
#include <stdbool.h>

/* Owned path of the socket, short enough for sun_path whatever the state
 * directory is: a relative place is reached through /proc/self/fd. */
char *private_redis_socket(const char *state, GError **error);
/* Starts it if nobody else has; true when the server was started or was
 * there. It may still be loading. megabytes: the most that it holds, it
 * refuses to count more; 0: no limit. */
bool private_redis_start(const char *state, unsigned megabytes, GError **error);
/* Lets the group of the state directory read from a server that was started
 * before it could; connection: as its default user. */
bool private_redis_share(const char *state, Connection *connection,
                         GError **error);
bool private_redis_stop(const char *state, bool *was_running, GError **error);
