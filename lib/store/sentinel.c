/* SPDX-License-Identifier: MIT */
#include "store/sentinel.h"

#include "store/error.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

static bool is_master(Connection *connection, GError **error)
{
    g_autoptr(Reply) role = connection_command(connection, error, "ROLE", NULL);

    if (role == NULL)
        return false;
    if (role->type == REDIS_REPLY_ARRAY && role->elements > 0 &&
        reply_is_string(role->element[0]) &&
        strcmp(role->element[0]->str, "master") == 0)
        return true;
    g_set_error_literal(error, STORE_ERROR, STORE_ERROR_MASTER,
                        "Sentinel named a server that is no master now");
    return false;
}

/* Sentinels take no database, and in most set-ups no password either. */
static Reply *ask(const RedisHost *host, const RedisSpec *spec,
                  const ConnectionOptions *options, GError **error)
{
    const ConnectionOptions plain = {
        .connect_milliseconds = options->connect_milliseconds,
        .command_milliseconds = options->command_milliseconds,
    };
    g_autoptr(Connection) connection =
        connection_open_tcp(host->host, host->port, &plain, error);

    if (connection == NULL)
        return NULL;
    g_autoptr(Reply) reply =
        connection_command(connection, error, "SENTINEL",
                           "get-master-addr-by-name", spec->name, NULL);
    if (reply == NULL)
        return NULL;
    if (reply->type == REDIS_REPLY_ARRAY && reply->elements == 2 &&
        reply_is_string(reply->element[0]) &&
        reply_is_string(reply->element[1]))
        return g_steal_pointer(&reply);
    g_set_error(error, STORE_ERROR, STORE_ERROR_MASTER,
                "Sentinel %s:%d knows no master \"%s\"", host->host, host->port,
                spec->name);
    return NULL;
}

static Connection *open_named(const Reply *address,
                              const ConnectionOptions *options, GError **error)
{
    const int port = (int)g_ascii_strtoll(address->element[1]->str, NULL, 10);
    g_autoptr(Connection) connection =
        connection_open_tcp(address->element[0]->str, port, options, error);

    if (connection == NULL || !is_master(connection, error))
        return NULL;
    return g_steal_pointer(&connection);
}

Connection *sentinel_open_master(const RedisSpec *spec,
                                 const ConnectionOptions *options,
                                 GError **error)
{
    g_autoptr(GError) last = NULL;

    for (unsigned i = 0; i < spec->hosts->len; i++) {
        g_clear_error(&last);
        g_autoptr(Reply) address =
            ask(g_ptr_array_index(spec->hosts, i), spec, options, &last);
        if (address == NULL)
            continue;
        Connection *master = open_named(address, options, &last);
        if (master != NULL)
            return master;
    }
    g_propagate_error(error, g_steal_pointer(&last));
    return NULL;
}
