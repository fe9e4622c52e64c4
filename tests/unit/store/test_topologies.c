/* SPDX-License-Identifier: MIT */
/* A real Redis Cluster and real Sentinels, started by redis-cluster. */
#include "tests/support/unit.h"

#include "store/maintain.h"
#include "tests/support/activity.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LISTS = 12,
    POSTS = 600, /* over all lists */
    TRIES = 300, /* of RETRY_PAUSE each */
    RETRY_PAUSE = 100 * 1000,
    PORTS = 6,
};

static const int64_t september = INT64_C(1759122000000);

typedef struct Servers {
    char *folder;
    char *ports[PORTS];
    Store *store;
} Servers;

static bool run_quietly(const char *format, ...) G_GNUC_PRINTF(1, 2);

static bool run_quietly(const char *format, ...)
{
    va_list list;
    int status = 0;

    va_start(list, format);
    g_autofree char *line = g_strdup_vprintf(format, list);
    va_end(list);
    char *words[] = { (char[]){ "/bin/sh" }, (char[]){ "-c" }, line, NULL };
    return g_spawn_sync(NULL, words, NULL,
                        G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                        NULL, NULL, NULL, NULL, &status, NULL) &&
           g_spawn_check_wait_status(status, NULL);
}

static const char *source_folder(void)
{
    const char *folder = g_getenv("top_srcdir");

    return folder != NULL ? folder : ".";
}

static bool read_ports(Servers *servers)
{
    g_autofree char *path = g_build_filename(servers->folder, "ports", NULL);
    g_autofree char *text = NULL;

    if (!g_file_get_contents(path, &text, NULL, NULL))
        return false;
    g_auto(GStrv) lines = g_strsplit(g_strchomp(text), "\n", -1);
    for (unsigned i = 0; i < PORTS && lines[i] != NULL; i++)
        servers->ports[i] = g_strdup(lines[i]);
    return true;
}

static Servers *start(const char *action)
{
    Servers *servers = g_new0(Servers, 1);

    servers->folder = g_dir_make_tmp("lp-servers-XXXXXX", NULL);
    if (!run_quietly("%s/tests/support/redis-cluster %s %s", source_folder(),
                     action, servers->folder) ||
        !read_ports(servers))
        return NULL;
    return servers;
}

static bool open_at(Servers *servers, const char *spec)
{
    const StoreOptions options = { .redis = spec };
    g_autoptr(GError) error = NULL;

    servers->store = store_open(&options, &error);
    if (servers->store == NULL)
        print_message("# %s\n", error->message);
    return servers->store != NULL;
}

static int start_cluster(void **state)
{
    Servers *servers = start("start-cluster");

    if (servers == NULL)
        return -1;
    g_autofree char *spec =
        g_strdup_printf("cluster://127.0.0.1:%s,127.0.0.1:"
                        "%s",
                        servers->ports[0], servers->ports[4]);
    *state = servers;
    return open_at(servers, spec) ? 0 : -1;
}

static int start_sentinel(void **state)
{
    Servers *servers = start("start-sentinel");

    if (servers == NULL)
        return -1;
    g_autofree char *spec =
        g_strdup_printf("sentinel://127.0.0.1:%s,127.0.0.1:%s/lp",
                        servers->ports[2], servers->ports[3]);
    *state = servers;
    return open_at(servers, spec) ? 0 : -1;
}

static int stop(void **state)
{
    Servers *servers = *state;

    store_free(servers->store);
    run_quietly("%s/tests/support/redis-cluster stop %s", source_folder(),
                servers->folder);
    run_quietly("rm -rf %s", servers->folder);
    for (unsigned i = 0; i < PORTS; i++)
        g_free(servers->ports[i]);
    g_free(servers->folder);
    g_free(servers);
    return 0;
}

/* --- traffic --------------------------------------------------------- */

static char *list_name(unsigned i)
{
    return g_strdup_printf("list%u.example.org", i % LISTS);
}

typedef struct Traffic {
    StoreItem items[POSTS];
} Traffic;

static Traffic *traffic_new(void)
{
    Traffic *traffic = g_new0(Traffic, 1);

    for (unsigned i = 0; i < POSTS; i++) {
        g_autofree char *name = list_name(i);
        const Facts facts = { .list = name,
                              .number = i + 1,
                              .arrival_ms = september + i,
                              .mark = i % 200,
                              .parent = i > LISTS ? i + 1 - LISTS : 0 };
        traffic->items[i].activity = test_activity(&facts);
        traffic->items[i].position =
            (StorePosition){ "journal", i + 1, i >= LISTS ? i + 1 - LISTS : 0 };
    }
    return traffic;
}

static void traffic_free(Traffic *traffic)
{
    for (unsigned i = 0; i < POSTS; i++)
        activity_free((Activity *)(guintptr)traffic->items[i].activity);
    g_free(traffic);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Traffic, traffic_free)

/* As the processor does: the same items again until all are counted. */
static void count_until_done(Servers *servers, StoreItem *items, unsigned count)
{
    g_autoptr(GError) error = NULL;

    for (int tries = 0; tries < TRIES; tries++) {
        g_clear_error(&error);
        if (store_count(servers->store, items, count, NULL, &error))
            return;
        g_usleep(RETRY_PAUSE);
    }
    fail_msg("%s", error->message);
}

static void assert_all_counted_once(Servers *servers)
{
    for (unsigned i = 0; i < LISTS; i++) {
        g_autofree char *name = list_name(i);
        g_autoptr(GError) error = NULL;
        g_autoptr(StoreVerification) verification =
            store_verify(servers->store, name, "", &error);
        if (verification == NULL)
            fail_msg("%s: %s", name, error->message);
        for (unsigned j = 0; j < verification->faults->len; j++)
            print_message("# %s: %s\n", name,
                          (char *)g_ptr_array_index(verification->faults, j));
        assert_int_equal(verification->fault_count, 0);
        assert_int_equal(verification->rows, POSTS / LISTS);
    }
    g_autoptr(GPtrArray) lists = store_lists(servers->store, NULL);
    assert_non_null(lists);
    assert_int_equal(lists->len, LISTS);
}

static void lists_spread_over_a_cluster(void **state)
{
    Servers *servers = *state;
    g_autoptr(Traffic) traffic = traffic_new();

    for (unsigned at = 0; at < POSTS; at += 60)
        count_until_done(servers, traffic->items + at, 60);
    assert_all_counted_once(servers);
}

/* Why a tool failed; kept for the rest of the program. */
static const char *last_lines(const Servers *servers, const char *name)
{
    enum { BYTES = 300 };
    g_autofree char *path = g_build_filename(servers->folder, name, NULL);
    char *log = NULL;
    gsize length = 0;

    if (!g_file_get_contents(path, &log, &length, NULL))
        return "no log";
    return log + (length > BYTES ? length - BYTES : 0);
}

/* All slots of the first master go to the second while posts are counted. */
static void slots_move_while_posts_are_counted(void **state)
{
    Servers *servers = *state;
    g_autoptr(Traffic) traffic = traffic_new();

    count_until_done(servers, traffic->items, 60);
    g_autofree char *line = g_strdup_printf(
        "%s/tests/support/redis-cluster drain %s %s %s >%s/drain.out 2>&1; "
        "echo $? >%s/drained",
        source_folder(), servers->folder, servers->ports[0], servers->ports[1],
        servers->folder, servers->folder);
    char *words[] = { (char[]){ "/bin/sh" }, (char[]){ "-c" }, line, NULL };
    assert_true(g_spawn_async(NULL, words, NULL, 0, NULL, NULL, NULL, NULL));
    for (unsigned at = 60; at < POSTS; at += 12) {
        count_until_done(servers, traffic->items + at, 12);
        g_usleep(RETRY_PAUSE / 4);
    }
    g_autofree char *done = g_build_filename(servers->folder, "drained", NULL);
    for (int i = 0; i < 4 * TRIES; i++) {
        if (g_file_test(done, G_FILE_TEST_EXISTS))
            break;
        g_usleep(RETRY_PAUSE);
    }
    g_autofree char *status = NULL;
    assert_true(g_file_get_contents(done, &status, NULL, NULL));
    if (strcmp(status, "0\n") != 0)
        print_message("# %s\n", last_lines(servers, "reshard.log"));
    assert_string_equal(status, "0\n");
    assert_all_counted_once(servers);
}

/* Half of a list's keys are here, half there: the post that would need both is
 * neither counted nor erased, whichever half its meta hash is in, and once the
 * slot has moved it is. */
static void assert_nothing_happens(Servers *servers, StoreItem *item)
{
    static const uint32_t first = 1;
    const StoreErasure erasure = { .list = item->activity->list,
                                   .prefix = "",
                                   .kind = STORE_FORGET };
    g_autoptr(GError) count_error = NULL, erase_error = NULL;
    uint64_t erased = 0;

    assert_false(store_count(servers->store, item, 1, NULL, &count_error));
    assert_true(g_error_matches(count_error, STORE_ERROR, STORE_ERROR_WAIT));
    assert_int_equal(item->outcome, STORE_PENDING);
    assert_false(store_erase_posts(servers->store, &erasure, &first, 1, &erased,
                                   &erase_error));
    assert_true(g_error_matches(erase_error, STORE_ERROR, STORE_ERROR_WAIT));
}

static void a_torn_slot_tears_no_post(void **state)
{
    static const char *const moved[] = { "meta", "people" };
    Servers *servers = *state;
    g_autoptr(Traffic) traffic = traffic_new();
    const char *cluster = source_folder();

    count_until_done(servers, traffic->items, 60);
    for (unsigned i = 0; i < G_N_ELEMENTS(moved); i++) {
        g_autofree char *list = list_name(i);
        assert_true(run_quietly("%s/tests/support/redis-cluster tear %s %s "
                                "'lp:{%s}:%s'",
                                cluster, servers->folder, list, list,
                                moved[i]));
        assert_nothing_happens(servers, &traffic->items[60 + i]);
        assert_true(run_quietly("%s/tests/support/redis-cluster mend %s %s",
                                cluster, servers->folder, list));
    }
    count_until_done(servers, traffic->items, POSTS);
    assert_all_counted_once(servers);
}

static void kill_server(const Servers *servers, const char *port)
{
    assert_true(run_quietly("kill -9 $(cat %s/%s/pid)", servers->folder, port));
}

/* What the dead master had not told its replica is sent again, as the
 * processor does from the journal: from the position that Redis holds. */
static void send_again(Servers *servers, Traffic *traffic)
{
    for (unsigned i = 0; i < LISTS; i++) {
        g_autofree char *name = list_name(i);
        uint64_t row = 0;
        for (int tries = 0; tries < TRIES; tries++) {
            if (store_position(servers->store, name, "journal", &row, NULL,
                               NULL))
                break;
            g_usleep(RETRY_PAUSE);
        }
        for (unsigned at = i; at < POSTS; at += LISTS) {
            StoreItem *item = &traffic->items[at];
            if (item->position.row > row)
                item->outcome = STORE_PENDING;
        }
    }
    count_until_done(servers, traffic->items, POSTS);
}

static void a_master_dies_while_posts_are_counted(void **state)
{
    Servers *servers = *state;
    g_autoptr(Traffic) traffic = traffic_new();

    for (unsigned at = 0; at < POSTS; at += 60) {
        if (at == 300)
            kill_server(servers, servers->ports[0]);
        count_until_done(servers, traffic->items + at, 60);
    }
    send_again(servers, traffic);
    assert_all_counted_once(servers);
}

static void sentinel_names_another_master(void **state)
{
    Servers *servers = *state;
    g_autoptr(Traffic) traffic = traffic_new();

    for (unsigned at = 0; at < POSTS; at += 60) {
        if (at == 300)
            kill_server(servers, servers->ports[0]);
        count_until_done(servers, traffic->items + at, 60);
    }
    send_again(servers, traffic);
    assert_all_counted_once(servers);
}

#define cluster_test(name)                                                     \
    cmocka_unit_test_setup_teardown(name, start_cluster, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cluster_test(lists_spread_over_a_cluster),
        cluster_test(slots_move_while_posts_are_counted),
        cluster_test(a_torn_slot_tears_no_post),
        cluster_test(a_master_dies_while_posts_are_counted),
        cmocka_unit_test_setup_teardown(sentinel_names_another_master,
                                        start_sentinel, stop),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
