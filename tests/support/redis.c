/* SPDX-License-Identifier: MIT */
#include "tests/support/redis.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>

/* A package may be built where no Redis is: then whatever is linked with this
 * is skipped. The names are those that store/private_redis.c looks for. */
__attribute__((constructor)) static void skip_without_a_server(void)
{
    const char *const names[] = { "redis-server", "valkey-server",
                                  "redis-check-rdb", "valkey-check-rdb" };

    for (unsigned i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_find_program_in_path(names[i]);

        if (path != NULL)
            return;
    }
    (void)printf("1..0 # SKIP there is no Redis\n");
    exit(0);
}

static void remove_folder(const char *path)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    const char *name = NULL;

    while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
        g_autofree char *inside = g_build_filename(path, name, NULL);
        if (g_file_test(inside, G_FILE_TEST_IS_DIR))
            remove_folder(inside);
        else
            (void)g_unlink(inside);
    }
    (void)g_rmdir(path);
}

int test_redis_start(void **state)
{
    TestRedis *redis = g_new0(TestRedis, 1);
    g_autoptr(GError) error = NULL;

    redis->state = g_dir_make_tmp("lp-test-XXXXXX", NULL);
    const StoreOptions options = { .redis = "private", .state = redis->state };
    redis->store = store_open(&options, &error);
    if (redis->store == NULL || !store_ping(redis->store, &error)) {
        (void)fprintf(stderr, "# %s\n", error->message);
        return -1;
    }
    *state = redis;
    return 0;
}

int test_redis_stop(void **state)
{
    TestRedis *redis = *state;
    bool was_running = false;

    store_free(redis->store);
    const bool is_stopped =
        store_private_stop(redis->state, &was_running, NULL);
    remove_folder(redis->state);
    g_free(redis->state);
    g_free(redis);
    return is_stopped ? 0 : -1;
}

char *test_redis_cli(const TestRedis *redis, const char *command)
{
    g_autofree char *line = g_strdup_printf(
        "redis-cli -s %s/redis/redis.sock %s", redis->state, command);
    char *output = NULL;

    if (!g_spawn_command_line_sync(line, &output, NULL, NULL, NULL))
        return g_strdup("");
    return output;
}
