/* SPDX-License-Identifier: MIT */
#include "store/connection.h"

#include "store/error.h"
#include "store/server.h"

#include <errno.h>
#include <sys/time.h>

#include "base/banned.h"

enum { MILLISECONDS = 1000, WORDS_MAX = 16 };

struct Connection {
    redisContext *redis;
    char *place; /* for messages */
};

void connection_free(Connection *connection)
{
    if (connection == NULL)
        return;
    if (connection->redis != NULL)
        redisFree(connection->redis);
    g_free(connection->place);
    g_free(connection);
}

bool connection_is_good(const Connection *connection)
{
    return connection->redis != NULL && connection->redis->err == 0;
}

static struct timeval to_timeval(int milliseconds)
{
    return (struct timeval){ .tv_sec = milliseconds / MILLISECONDS,
                             .tv_usec =
                                 (milliseconds % MILLISECONDS) * MILLISECONDS };
}

static void set_broken(const Connection *connection, GError **error)
{
    const redisContext *redis = connection->redis;
    const char *why = "out of memory";

    if (redis != NULL && redis->err == REDIS_ERR_IO &&
        (errno == EAGAIN || errno == EWOULDBLOCK || errno == ETIMEDOUT))
        why = "no answer in time";
    else if (redis != NULL)
        why = redis->errstr;
    g_set_error(error, STORE_ERROR, STORE_ERROR_UNREACHABLE, "%s: %s",
                connection->place, why);
}

void connection_append(Connection *connection, int count,
                       const char *const *arguments, const size_t *lengths)
{
    /* hiredis does not write to them, its prototype is merely old. */
    redisAppendCommandArgv(connection->redis, count,
                           (const char **)(guintptr)arguments, lengths);
}

void connection_append_formatted(Connection *connection, const char *bytes,
                                 size_t length, bool after_asking)
{
    static const char asking[] = "*1\r\n$6\r\nASKING\r\n";

    if (after_asking)
        redisAppendFormattedCommand(connection->redis, asking,
                                    sizeof(asking) - 1);
    redisAppendFormattedCommand(connection->redis, bytes, length);
}

Reply *connection_read(Connection *connection, GError **error)
{
    void *reply = NULL;

    errno = 0;
    if (redisGetReply(connection->redis, &reply) != REDIS_OK) {
        set_broken(connection, error);
        return NULL;
    }
    return reply;
}

int connection_file(const Connection *connection)
{
    return connection->redis->fd;
}

bool connection_receive(Connection *connection, GPtrArray *replies,
                        GError **error)
{
    void *reply = NULL;

    errno = 0;
    if (redisBufferRead(connection->redis) != REDIS_OK) {
        set_broken(connection, error);
        return false;
    }
    while (redisGetReplyFromReader(connection->redis, &reply) == REDIS_OK) {
        if (reply == NULL)
            return true;
        g_ptr_array_add(replies, reply);
    }
    set_broken(connection, error);
    return false;
}

Reply *connection_command(Connection *connection, GError **error,
                          const char *word, ...)
{
    const char *words[WORDS_MAX];
    int count = 0;
    va_list list;

    va_start(list, word);
    for (; word != NULL && count < WORDS_MAX; word = va_arg(list, const char *))
        words[count++] = word;
    va_end(list);
    connection_append(connection, count, words, NULL);
    g_autoptr(Reply) reply = connection_read(connection, error);
    if (reply == NULL || !reply_is_good(reply, error))
        return NULL;
    return g_steal_pointer(&reply);
}

static bool authenticate(Connection *connection,
                         const ConnectionOptions *options, GError **error)
{
    if (options->password == NULL)
        return true;
    const char *user = options->user != NULL ? options->user : "default";
    g_autoptr(Reply) reply = connection_command(connection, error, "AUTH", user,
                                                options->password, NULL);
    return reply != NULL;
}

static bool choose_database(Connection *connection, int database,
                            GError **error)
{
    if (database == 0)
        return true;
    g_autofree char *number = g_strdup_printf("%d", database);
    g_autoptr(Reply) reply =
        connection_command(connection, error, "SELECT", number, NULL);
    return reply != NULL;
}

/* A server that does not let us ask, or is busy, says so at the first command.
 */
static bool check_server(Connection *connection, GError **error)
{
    g_autoptr(GError) refusal = NULL;
    g_autoptr(Reply) reply =
        connection_command(connection, &refusal, "INFO", "server", NULL);

    if (reply == NULL && !connection_is_good(connection)) {
        g_propagate_error(error, g_steal_pointer(&refusal));
        return false;
    }
    return reply == NULL || !reply_is_string(reply) ||
           server_is_fit(reply->str, connection->place, error);
}

/* Takes ownership of the connection and returns it ready for commands. */
static Connection *make_ready(Connection *made,
                              const ConnectionOptions *options, GError **error)
{
    g_autoptr(Connection) connection = made;

    if (!connection_is_good(connection)) {
        set_broken(connection, error);
        return NULL;
    }
    redisSetTimeout(connection->redis,
                    to_timeval(options->command_milliseconds));
    if (!authenticate(connection, options, error) ||
        !choose_database(connection, options->database, error) ||
        !(options->takes_any || check_server(connection, error)))
        return NULL;
    return g_steal_pointer(&connection);
}

Connection *connection_open_unix(const char *path,
                                 const ConnectionOptions *options,
                                 GError **error)
{
    Connection *connection = g_new0(Connection, 1);

    connection->place = g_strdup(path);
    connection->redis = redisConnectUnixWithTimeout(
        path, to_timeval(options->connect_milliseconds));
    return make_ready(connection, options, error);
}

Connection *connection_open_tcp(const char *host, int port,
                                const ConnectionOptions *options,
                                GError **error)
{
    Connection *connection = g_new0(Connection, 1);

    connection->place = g_strdup_printf("%s:%d", host, port);
    connection->redis = redisConnectWithTimeout(
        host, port, to_timeval(options->connect_milliseconds));
    return make_ready(connection, options, error);
}
