/* SPDX-License-Identifier: MIT */
/* listpulse redis: the private Redis, and what any of them says of itself. */
#include "command/command.h"

#include <string.h>

#include "base/banned.h"

static const Option redis_options[] = { { .name = NULL } };

static int start(const Settings *settings, GError **error)
{
    g_autoptr(Store) store = command_store(settings, error);

    return store != NULL && store_ping(store, error) ? EXIT_GOOD : EXIT_FAILED;
}

static int stop(const Settings *settings, GError **error)
{
    bool was_running = false;

    if (strcmp(settings->redis, "private") != 0) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_WRONG,
                    "redis stop: only a private Redis is ours to stop");
        return EXIT_USAGE;
    }
    if (!store_private_stop(settings->state, &was_running, error))
        return EXIT_FAILED;
    if (!was_running)
        command_warn("redis stop", "was not running");
    return EXIT_GOOD;
}

static int info(const Settings *settings, GError **error)
{
    static const char *const fields[] = {
        "redis_version",     "role",        "uptime_in_seconds",
        "used_memory_human", "aof_enabled", "aof_last_write_status",
        "connected_clients",
    };
    g_autoptr(Store) store = command_store(settings, error);
    g_autoptr(GString) out = g_string_new(NULL);

    if (store == NULL)
        return EXIT_FAILED;
    g_autofree char *where = command_redis_shown(settings);
    g_string_append_printf(out, "%-22s %s\n", "redis", where);
    g_string_append_printf(out, "%-22s %s\n", "state", settings->state);
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
        g_autoptr(GError) failure = NULL;
        g_autofree char *value = store_info(store, fields[i], &failure);

        if (failure != NULL) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return EXIT_FAILED;
        }
        if (value != NULL)
            g_string_append_printf(out, "%-22s %s\n", fields[i], value);
    }
    return command_print(out->str, out->len, error) ? EXIT_GOOD : EXIT_FAILED;
}

static int run(const Invocation *invocation, GError **error)
{
    static const struct {
        const char *name;
        int (*run)(const Settings *settings, GError **error);
    } actions[] = { { "start", start }, { "stop", stop }, { "info", info } };
    const char *word = invocation->operands[0];

    for (size_t i = 0; i < G_N_ELEMENTS(actions); i++) {
        if (strcmp(actions[i].name, word) == 0)
            return actions[i].run(invocation->settings, error);
    }
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_WRONG,
                "redis %s: start, stop or info", word);
    return EXIT_USAGE;
}

const Command command_redis = {
    .name = "redis",
    .operands = "start|stop|info",
    .summary = "start, stop or describe the Redis that holds the counts",
    .options = redis_options,
    .options_size = 0,
    .least = 1,
    .most = 1,
    .run = run,
};
