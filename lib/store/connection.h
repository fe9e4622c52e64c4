/* SPDX-License-Identifier: MIT */
/*
 * One connection to one Redis. The only file that includes hiredis besides
 * reply.h. hiredis 0.14.1 hangs in redisReconnect, so a connection that failed
 * is freed and a new one opened.
 */
#pragma once

#include "store/reply.h"
#include "store/spec.h"

#include <glib.h>
#include <stdbool.h>

typedef struct Connection Connection;

typedef struct ConnectionOptions {
    const char *user, *password; /* or NULL */
    int database;
    int connect_milliseconds, command_milliseconds;
    bool takes_any; /* accept a server that cannot count, too: see server.h */
} ConnectionOptions;

Connection *connection_open_unix(const char *path,
                                 const ConnectionOptions *options,
                                 GError **error);
Connection *connection_open_tcp(const char *host, int port,
                                const ConnectionOptions *options,
                                GError **error);
void connection_free(Connection *connection);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Connection, connection_free)
/* Returns false after an I/O failure: the connection must be freed. */
bool connection_is_good(const Connection *connection);

/* Sends a command; arguments are binary-safe. connection_read returns the
 * answers in order. */
void connection_append(Connection *connection, int count,
                       const char *const *arguments, const size_t *lengths);
/* Sends bytes made by redisFormatCommandArgv, after ASKING if wanted, which has
 * an answer of its own. */
void connection_append_formatted(Connection *connection, const char *bytes,
                                 size_t length, bool after_asking);
/* Returns the next answer, which may be an error answer; owned; NULL only when
 * the connection broke. */
Reply *connection_read(Connection *connection, GError **error);
/* Returns the file descriptor to poll for input; lent. */
int connection_file(const Connection *connection);
/* Appends the complete answers (Reply *) that have come; call it when there is
 * input, since it reads once. Returns false when the connection broke. */
bool connection_receive(Connection *connection, GPtrArray *replies,
                        GError **error);
/* Sends a command of words and returns its answer; owned. An error answer
 * becomes error. */
Reply *connection_command(Connection *connection, GError **error,
                          const char *word, ...) G_GNUC_NULL_TERMINATED;
