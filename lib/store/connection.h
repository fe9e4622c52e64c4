/* SPDX-License-Identifier: MIT */
/*
 * One connection to one Redis, and what its answers mean. The only file that
 * includes hiredis besides reply.h. hiredis 0.14.1 hangs in redisReconnect,
 * so a connection that failed is freed and a new one opened.
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
    bool takes_any; /* also a server that cannot count, see server.h */
} ConnectionOptions;

Connection *connection_open_unix(const char *path,
                                 const ConnectionOptions *options,
                                 GError **error);
Connection *connection_open_tcp(const char *host, int port,
                                const ConnectionOptions *options,
                                GError **error);
void connection_free(Connection *connection);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Connection, connection_free)
/* False after an I/O failure: free it. */
bool connection_is_good(const Connection *connection);

/* Binary-safe arguments; the answer comes with connection_read, in order. */
void connection_append(Connection *connection, int count,
                       const char *const *arguments, const size_t *lengths);
/* Bytes as redisFormatCommandArgv gives them; behind ASKING if wanted, which
 * has an answer of its own. */
void connection_append_formatted(Connection *connection, const char *bytes,
                                 size_t length, bool after_asking);
/* The next answer, an error answer too; NULL only when the connection broke. */
Reply *connection_read(Connection *connection, GError **error);
/* To poll for input. */
int connection_file(const Connection *connection);
/* Appends the whole answers (Reply *) that have come; call it when there is
 * input, since it reads once. False when the connection broke. */
bool connection_receive(Connection *connection, GPtrArray *replies,
                        GError **error);
/* One command of words, its answer; an error answer becomes error. */
Reply *connection_command(Connection *connection, GError **error,
                          const char *word, ...) G_GNUC_NULL_TERMINATED;
