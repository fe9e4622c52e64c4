/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "store/follow.h"
#include "store/maintain.h"
#include "tests/support/activity.h"
#include "tests/support/redis.h"

#include <poll.h>
#include <string.h>

static const int64_t september = INT64_C(1759122000000); /* 2025-09-29 */

#define EVENTS "lp:{test.example.org}:events"
enum { KEPT = 1000, NODE = 128, PATIENCE_MS = 10000 };

static void count(const TestRedis *redis, unsigned number, bool is_replay)
{
    const Facts facts = { .number = number,
                          .arrival_ms = september + number,
                          .mark = number % 256,
                          .is_replay = is_replay };
    g_autoptr(Activity) activity = test_activity(&facts);
    g_autoptr(GError) error = NULL;
    StoreItem item = { .activity = activity };

    if (!store_count(redis->store, &item, 1, NULL, &error))
        fail_msg("%s", error->message);
    assert_int_equal(item.outcome, STORE_COUNTED);
}

static void assert_told(const TestRedis *redis, const char *command,
                        const char *answer)
{
    g_autofree char *told = test_redis_cli(redis, command);

    assert_string_equal(told, answer);
}

/* The lists of the messages that come next. */
static GPtrArray *next_lists(StoreFollower *follower)
{
    g_autoptr(GError) error = NULL;
    struct pollfd input = { .fd = store_follower_file(follower),
                            .events = POLLIN };

    assert_int_equal(poll(&input, 1, PATIENCE_MS), 1);
    GPtrArray *lists = store_follower_take(follower, &error);
    if (lists == NULL)
        fail_msg("%s", error->message);
    return lists;
}

static void a_follower_is_told_of_mail_and_of_imports(void **state)
{
    const TestRedis *redis = *state;
    g_autoptr(StoreFollower) follower = store_follow(redis->store, NULL);

    assert_non_null(follower);
    for (unsigned i = 0; i < 2; i++) {
        count(redis, i + 1, i == 1);
        g_autoptr(GPtrArray) lists = next_lists(follower);

        assert_int_equal(lists->len, 1);
        assert_string_equal(lists->pdata[0], test_list);
    }
}

static void a_follower_of_a_server_that_ends_is_told(void **state)
{
    const TestRedis *redis = *state;
    g_autoptr(StoreFollower) follower = store_follow(redis->store, NULL);
    g_autoptr(GError) error = NULL;
    bool was_running = false;

    assert_non_null(follower);
    assert_true(store_private_stop(redis->state, &was_running, NULL));
    assert_null(store_follower_take(follower, &error));
    assert_int_equal(error->code, STORE_ERROR_UNREACHABLE);
}

static void the_stream_holds_what_came_by_mail(void **state)
{
    const TestRedis *redis = *state;

    count(redis, 1, true);
    count(redis, 2, false);
    assert_told(redis, "xlen " EVENTS, "1\n");
    g_autofree char *entry = test_redis_cli(redis, "xrange " EVENTS " - +");
    assert_non_null(strchr(entry, '\n'));
    assert_string_equal(strchr(entry, '\n') + 1,
                        "post\n2\narrival\n1759122000002\nkind\npatch\nmark\n"
                        "0202020202020202020202020202020202020202\n"
                        "message-id\n2@example.org\n"
                        "subject\n[PATCH] subject 2\n"
                        "name\nSome Body\naddress\na2@example.org\n");
}

static void the_stream_is_bounded(void **state)
{
    const TestRedis *redis = *state;

    for (unsigned i = 1; i <= KEPT + 2 * NODE; i++)
        count(redis, i, false);
    g_autofree char *length = test_redis_cli(redis, "xlen " EVENTS);
    assert_in_range(strtoul(length, NULL, 10), KEPT, KEPT + NODE);
}

static void an_erased_post_leaves_the_stream(void **state)
{
    const TestRedis *redis = *state;
    const StoreErasure forget = { test_list, "", STORE_FORGET, NULL };
    const uint32_t posts[] = { 150, 1 };
    uint64_t erased = 0;

    for (unsigned i = 1; i <= 200; i++)
        count(redis, i, false);
    assert_true(store_erase_posts(redis->store, &forget, posts,
                                  G_N_ELEMENTS(posts), &erased, NULL));
    assert_int_equal(erased, 2);
    g_autofree char *entries = test_redis_cli(redis, "xrange " EVENTS " - +");
    assert_null(strstr(entries, "\n1@example.org\n"));
    assert_null(strstr(entries, "\n150@example.org\n"));
    assert_non_null(strstr(entries, "\n149@example.org\n"));
    assert_non_null(strstr(entries, "\n151@example.org\n"));
    assert_told(redis, "xlen " EVENTS, "198\n");
}

#define redis_test(name)                                                       \
    cmocka_unit_test_setup_teardown(name, test_redis_start, test_redis_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        redis_test(a_follower_is_told_of_mail_and_of_imports),
        redis_test(a_follower_of_a_server_that_ends_is_told),
        redis_test(the_stream_holds_what_came_by_mail),
        redis_test(the_stream_is_bounded),
        redis_test(an_erased_post_leaves_the_stream),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
