/* SPDX-License-Identifier: MIT */
#include "store/router.h"

#include "base/list_id.h"
#include "store/cluster.h"
#include "store/error.h"
#include "store/private_redis.h"
#include "store/sentinel.h"
#include "store/sharing.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/banned.h"

enum {
    CONNECT_MILLISECONDS = 1000,
    COMMAND_MILLISECONDS = 2000,
    ROUNDS_MAX = 12,          /* of following moved slots */
    ROUND_PAUSE = 100 * 1000, /* microseconds, times the round */
};

struct Router {
    RedisSpec *spec;
    char *state;
    bool may_start;
    unsigned private_megabytes;
    ConnectionOptions options;
    char *password;          /* of the password file; options lends it */
    GHashTable *connections; /* "host:port", "" for the only one */
    Cluster *cluster;        /* slots, where there are any */
};

static bool read_password(const char *path, char **password, GError **error)
{
    struct stat status;

    if (stat(path, &status) == 0 && (status.st_mode & S_IROTH) != 0) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_SPEC,
                    "%s: everybody may read the password: chmod 0640 it", path);
        return false;
    }
    g_autoptr(GError) failure = NULL;
    if (!g_file_get_contents(path, password, NULL, &failure)) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_SPEC,
                    "cannot read the Redis password: %s", failure->message);
        return false;
    }
    g_strchomp(*password);
    return true;
}

Router *router_new(const StoreOptions *options, GError **error)
{
    g_autoptr(Router) router = g_new0(Router, 1);

    router->connections = g_hash_table_new_full(
        g_str_hash, g_str_equal, g_free, (GDestroyNotify)connection_free);
    router->spec = redis_spec_parse(
        options->redis != NULL ? options->redis : "private", error);
    if (router->spec == NULL)
        return NULL;
    if (options->password_file != NULL && options->password_file[0] != '\0' &&
        !read_password(options->password_file, &router->password, error))
        return NULL;
    router->state = g_strdup(options->state);
    router->may_start = !options->no_start;
    router->private_megabytes = options->private_megabytes;
    router->options = (ConnectionOptions){
        .user = router->spec->user,
        .password = router->password != NULL ? router->password
                                             : router->spec->password,
        .database = router->spec->database,
        .connect_milliseconds = options->connect_milliseconds != 0
                                    ? options->connect_milliseconds
                                    : CONNECT_MILLISECONDS,
        .command_milliseconds = options->command_milliseconds != 0
                                    ? options->command_milliseconds
                                    : COMMAND_MILLISECONDS,
    };
    if (router_is_cluster(router))
        router->cluster = cluster_new(router->spec);
    return g_steal_pointer(&router);
}

void router_free(Router *router)
{
    if (router == NULL)
        return;
    g_hash_table_unref(router->connections);
    cluster_free(router->cluster);
    redis_spec_free(router->spec);
    g_free(router->password);
    g_free(router->state);
    g_free(router);
}

bool router_is_cluster(const Router *router)
{
    return router->spec->kind == REDIS_CLUSTER;
}

/* Logs in as the user that writes, if this process may know its password. A
 * server that an older program started has no such user; it is added. */
static Connection *enter_socket(const Router *router, const char *path,
                                GError **error)
{
    g_autofree char *secret = sharing_secret(router->state);
    ConnectionOptions options = router->options;
    g_autoptr(GError) first = NULL;

    if (secret == NULL) {
        Connection *plain = connection_open_unix(path, &options, error);

        if (plain == NULL || !router->may_start ||
            !sharing_may_start(router->state, NULL) ||
            private_redis_share(router->state, plain, error))
            return plain;
        connection_free(plain);
        return NULL;
    }
    options.user = SHARING_WRITER;
    options.password = secret;
    Connection *connection = connection_open_unix(path, &options, &first);

    if (connection != NULL ||
        !g_error_matches(first, STORE_ERROR, STORE_ERROR_DENIED)) {
        if (connection == NULL)
            g_propagate_error(error, g_steal_pointer(&first));
        return connection;
    }
    connection = connection_open_unix(path, &router->options, error);
    if (connection == NULL ||
        private_redis_share(router->state, connection, error))
        return connection;
    connection_free(connection);
    return NULL;
}

/* Two processes may find a server without users, and make them at once: the one
 * that comes second is denied, and enters with the password of the first. */
static Connection *open_socket(const Router *router, const char *path,
                               GError **error)
{
    g_autoptr(GError) first = NULL;
    Connection *connection = enter_socket(router, path, &first);

    if (connection != NULL)
        return connection;
    if (g_error_matches(first, STORE_ERROR, STORE_ERROR_DENIED))
        return enter_socket(router, path, error);
    g_propagate_error(error, g_steal_pointer(&first));
    return NULL;
}

static Connection *open_private(const Router *router, GError **error)
{
    g_autofree char *path = private_redis_socket(router->state, error);

    if (path == NULL)
        return NULL;
    g_autoptr(GError) first = NULL;
    Connection *connection = open_socket(router, path, &first);
    if (connection != NULL)
        return connection;
    if (!sharing_may_start(router->state, error))
        return NULL;
    if (!router->may_start) {
        g_propagate_error(error, g_steal_pointer(&first));
        return NULL;
    }
    if (!private_redis_start(router->state, router->private_megabytes, error))
        return NULL;
    return open_socket(router, path, error);
}

static Connection *open_only(const Router *router, GError **error)
{
    const RedisSpec *spec = router->spec;

    if (spec->kind == REDIS_PRIVATE)
        return open_private(router, error);
    if (spec->kind == REDIS_UNIX)
        return connection_open_unix(spec->path, &router->options, error);
    if (spec->kind == REDIS_SENTINEL)
        return sentinel_open_master(spec, &router->options, error);
    const RedisHost *host = g_ptr_array_index(spec->hosts, 0);
    return connection_open_tcp(host->host, host->port, &router->options, error);
}

static Connection *open_place(const Router *router, const char *place,
                              GError **error)
{
    if (place[0] == '\0')
        return open_only(router, error);
    g_autoptr(RedisHost) host = cluster_parse_place(place);
    return connection_open_tcp(host->host, host->port, &router->options, error);
}

static Connection *connection_at(Router *router, const char *place,
                                 GError **error)
{
    Connection *connection = g_hash_table_lookup(router->connections, place);

    if (connection != NULL && connection_is_good(connection))
        return connection;
    g_hash_table_remove(router->connections, place);
    connection = open_place(router, place, error);
    if (connection != NULL)
        g_hash_table_insert(router->connections, g_strdup(place), connection);
    return connection;
}

/* Asks the known nodes, one after the other, which node serves which slots. */
static bool learn_slots(Router *router, GError **error)
{
    g_autoptr(GPtrArray) places = cluster_places(router->cluster);
    g_autoptr(GError) last = NULL;

    for (unsigned i = 0; i < places->len; i++) {
        const char *place = g_ptr_array_index(places, i);
        g_clear_error(&last);
        Connection *connection = connection_at(router, place, &last);
        if (connection == NULL)
            continue;
        g_autoptr(Reply) reply =
            connection_command(connection, &last, "CLUSTER", "SLOTS", NULL);
        if (reply != NULL && cluster_learn(router->cluster, reply, place))
            return true;
    }
    if (last == NULL)
        g_set_error_literal(&last, STORE_ERROR, STORE_ERROR_MASTER,
                            "the cluster serves no slots");
    g_propagate_error(error, g_steal_pointer(&last));
    return false;
}

Connection *router_open_another(Router *router, GError **error)
{
    if (router->cluster == NULL)
        return open_only(router, error);
    g_autoptr(GPtrArray) places = cluster_places(router->cluster);
    g_autoptr(GError) last = NULL;

    for (unsigned i = 0; i < places->len; i++) {
        g_clear_error(&last);
        Connection *connection =
            open_place(router, g_ptr_array_index(places, i), &last);
        if (connection != NULL)
            return connection;
    }
    g_propagate_error(error, g_steal_pointer(&last));
    return NULL;
}

static const char *place_of(Router *router, const char *tag, GError **error)
{
    if (router->cluster == NULL)
        return "";
    if (!cluster_knows_slots(router->cluster) && !learn_slots(router, error))
        return NULL;
    /* No List-Id has a colon, any other key has. */
    g_autofree char *name =
        strchr(tag, ':') != NULL ? g_strdup(tag) : list_id_encode(tag);
    const char *place = cluster_place_of(router->cluster, name);
    if (place == NULL)
        g_set_error_literal(error, STORE_ERROR, STORE_ERROR_MASTER,
                            "the cluster serves not all slots");
    return place;
}

static bool needs_sending(const BatchCommand *command)
{
    return command->reply == NULL;
}

/* Sends every command that has no answer to its node. */
static bool send_round(Router *router, Batch *batch, GPtrArray *sent_to,
                       GError **error)
{
    for (unsigned i = 0; i < batch_length(batch); i++) {
        BatchCommand *command = batch_command(batch, i);
        if (!needs_sending(command))
            continue;
        const char *place = command->asked != NULL
                                ? command->asked
                                : place_of(router, command->tag, error);
        Connection *connection =
            place != NULL ? connection_at(router, place, error) : NULL;
        if (connection == NULL)
            return false;
        connection_append_formatted(connection, command->bytes, command->length,
                                    command->asked != NULL);
        sent_to->pdata[i] = connection;
    }
    return true;
}

static void read_answer(Connection *connection, BatchCommand *command,
                        GError **error)
{
    if (command->asked != NULL) {
        G_GNUC_UNUSED g_autoptr(Reply) asking =
            connection_read(connection, NULL);
        g_clear_pointer(&command->asked, g_free);
    }
    if (connection_is_good(connection))
        command->reply = connection_read(connection, error);
    else
        g_set_error_literal(error, STORE_ERROR, STORE_ERROR_UNREACHABLE,
                            "the connection to Redis broke");
}

static bool read_round(Batch *batch, const GPtrArray *sent_to, GError **error)
{
    bool is_whole = true;

    for (unsigned i = 0; i < batch_length(batch); i++) {
        BatchCommand *command = batch_command(batch, i);
        Connection *connection = sent_to->pdata[i];

        if (connection == NULL)
            continue;
        read_answer(connection, command, is_whole ? error : NULL);
        is_whole = is_whole && command->reply != NULL;
    }
    return is_whole;
}

/* Finds answers of a cluster that only say where, or when, to ask again. */
static bool has_redirects(Router *router, Batch *batch)
{
    bool found = false;

    if (router->cluster == NULL)
        return false;
    for (unsigned i = 0; i < batch_length(batch); i++) {
        BatchCommand *command = batch_command(batch, i);
        if (command->reply == NULL ||
            !cluster_is_redirect(router->cluster, command->reply,
                                 &command->asked))
            continue;
        g_clear_pointer(&command->reply, reply_free);
        found = true;
    }
    return found;
}

static void drop_bad_connections(Router *router)
{
    GHashTableIter iterator;
    gpointer connection = NULL;

    g_hash_table_iter_init(&iterator, router->connections);
    while (g_hash_table_iter_next(&iterator, NULL, &connection)) {
        if (!connection_is_good(connection))
            g_hash_table_iter_remove(&iterator);
    }
}

static bool run_round(Router *router, Batch *batch, GError **error)
{
    g_autoptr(GPtrArray) sent_to = g_ptr_array_new();

    g_ptr_array_set_size(sent_to, (int)batch_length(batch));
    const bool is_sent = send_round(router, batch, sent_to, error);
    const bool is_read = read_round(batch, sent_to, is_sent ? error : NULL);
    drop_bad_connections(router);
    return is_sent && is_read;
}

bool router_run(Router *router, Batch *batch, GError **error)
{
    for (int round = 1;; round++) {
        g_autoptr(GError) failure = NULL;
        const bool is_whole = run_round(router, batch, &failure);

        if (!is_whole && router->cluster != NULL)
            cluster_forget_slots(router->cluster);
        if (!is_whole) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return false;
        }
        if (!has_redirects(router, batch))
            return true;
        if (round == ROUNDS_MAX) {
            g_set_error_literal(error, STORE_ERROR, STORE_ERROR_WAIT,
                                "the cluster is moving slots");
            return false;
        }
        g_usleep((gulong)ROUND_PAUSE * (gulong)(round - 1));
    }
}

bool router_run_good(Router *router, Batch *batch, GError **error)
{
    if (!router_run(router, batch, error))
        return false;
    for (unsigned i = 0; i < batch_length(batch); i++) {
        if (batch_good_reply(batch, i, error) == NULL)
            return false;
    }
    return true;
}

/* In a cluster answers may have to be asked for again elsewhere. */
static bool run_then_take(Router *router, Batch *batch, BatchTake take,
                          void *data, GError **error)
{
    if (!router_run_good(router, batch, error))
        return false;
    for (unsigned i = 0; i < batch_length(batch); i++)
        take(batch_reply(batch, i), data);
    return true;
}

/* Reads all answers, even after one that is an error. */
static bool read_each(Connection *connection, const Batch *batch,
                      BatchTake take, void *data, GError **error)
{
    const unsigned count = batch_length(batch);
    bool is_good = true;

    for (unsigned i = 0; i < count && connection_is_good(connection); i++) {
        g_autoptr(Reply) reply =
            connection_read(connection, is_good ? error : NULL);

        is_good = is_good && reply != NULL &&
                  batch_judge_command(batch_command(batch, i), reply, error);
        if (is_good)
            take(reply, data);
    }
    return is_good;
}

bool router_run_each(Router *router, Batch *batch, BatchTake take, void *data,
                     GError **error)
{
    if (router->cluster != NULL)
        return run_then_take(router, batch, take, data, error);

    Connection *connection = connection_at(router, "", error);

    if (connection == NULL)
        return false;
    for (unsigned i = 0; i < batch_length(batch); i++) {
        const BatchCommand *command = batch_command(batch, i);

        connection_append_formatted(connection, command->bytes, command->length,
                                    false);
    }
    const bool is_good = read_each(connection, batch, take, data, error);
    drop_bad_connections(router);
    return is_good;
}

Reply *router_command(Router *router, const char *tag, GError **error,
                      const char *word, ...)
{
    g_autoptr(Batch) batch = batch_new();
    va_list list;

    va_start(list, word);
    batch_add_list(batch, tag, word, list);
    va_end(list);
    if (!router_run(router, batch, error) ||
        batch_good_reply(batch, 0, error) == NULL)
        return NULL;
    return g_steal_pointer(&batch_command(batch, 0)->reply);
}

GPtrArray *router_everywhere(Router *router, GError **error, const char *word,
                             ...)
{
    g_autoptr(GPtrArray) replies =
        g_ptr_array_new_with_free_func((GDestroyNotify)reply_free);
    va_list list;

    va_start(list, word);
    g_autoptr(GPtrArray) words = batch_collect_words(word, list);
    va_end(list);
    if (router->cluster != NULL && !cluster_knows_slots(router->cluster) &&
        !learn_slots(router, error))
        return NULL;
    g_autoptr(GPtrArray) places = router->cluster != NULL
                                      ? cluster_masters(router->cluster)
                                      : g_ptr_array_new();
    if (router->cluster == NULL)
        g_ptr_array_add(places, (gpointer)(gintptr) "");
    for (unsigned i = 0; i < places->len; i++) {
        Connection *connection =
            connection_at(router, g_ptr_array_index(places, i), error);
        if (connection == NULL)
            return NULL;
        connection_append(connection, (int)words->len,
                          (const char *const *)words->pdata, NULL);
        g_autoptr(Reply) reply = connection_read(connection, error);
        g_autofree char *name = g_ascii_strdown(word, -1);
        if (reply == NULL || (reply_is_error(reply, "NOPERM") &&
                              !batch_judge(name, reply, error)))
            return NULL;
        g_ptr_array_add(replies, g_steal_pointer(&reply));
    }
    return g_steal_pointer(&replies);
}

bool router_limit_private(Router *router, GError **error)
{
    g_autofree char *bytes = g_strdup_printf(
        "%" G_GUINT64_FORMAT, (guint64)router->private_megabytes * 1024 * 1024);

    if (router->spec->kind != REDIS_PRIVATE)
        return true;
    g_autoptr(Reply) reply = router_command(router, "lp:lists", error, "CONFIG",
                                            "SET", "maxmemory", bytes, NULL);
    return reply != NULL;
}
